)CREATE TABLE t (a INT, [Bin] [varbinary](max) NULL, [Hash] [binary](32) NULL, [Ver] [rowversion], [Kind] [sql_variant] NULL, [Upper]  AS (upper([Name])) PERSISTED, CONSTRAINT [PK_Customer] PRIMARY KEY CLUSTERED 
(
	[Id] ASC)