USE [Shop]
GO
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[Customer](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[Name] [nvarchar](50) COLLATE Latin1_General_CI_AS NOT NULL,
	[Email] [varchar](100) NULL,
	[Notes] [nvarchar](max) NULL,
	[Level] [tinyint] NOT NULL CONSTRAINT [DF_Level] DEFAULT ((1)),
	[Active] [bit] NOT NULL,
	[Balance] [money] NULL,
	[Rate] [float] NULL, [Real] [real] NULL,
	[Total] [decimal](18, 2) NULL,
	[Created] [datetime2](7) NOT NULL,
	[Old] [datetime] NULL,
	[Zone] [datetimeoffset](3) NULL,
	[T] [time](0) NULL,
	[Guid] [uniqueidentifier] ROWGUIDCOL NOT NULL,
	[Doc] [xml] NULL,
	[Bin] [varbinary](max) NULL, [Hash] [binary](32) NULL,
	[Ver] [rowversion],
	[Kind] [sql_variant] NULL,
	[Upper]  AS (upper([Name])) PERSISTED,
 CONSTRAINT [PK_Customer] PRIMARY KEY CLUSTERED 
(
	[Id] ASC
)WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF, IGNORE_DUP_KEY = OFF) ON [PRIMARY],
 CONSTRAINT [UQ_Email] UNIQUE NONCLUSTERED ([Email] ASC, [Name] DESC)
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
CREATE TABLE [sales].[Order Lines] (
  [Id] bigint NOT NULL PRIMARY KEY,
  [Customer Id] int NOT NULL FOREIGN KEY REFERENCES [dbo].[Customer] ([Id]),
  [Customer] int NOT NULL,
  [Qty] int NOT NULL CHECK ([Qty]>(0)),
  [State] char(1) NOT NULL,
  INDEX IX_State ([State])
) WITH (DATA_COMPRESSION = PAGE)
GO
ALTER TABLE [dbo].[Customer] ADD  CONSTRAINT [DF_Active]  DEFAULT ((1)) FOR [Active]
GO
ALTER TABLE [sales].[Order Lines]  WITH CHECK ADD  CONSTRAINT [CK_State] CHECK  (([State]='C' OR [State]='B' OR [State]='A'))
GO
ALTER TABLE [sales].[Order Lines] CHECK CONSTRAINT [CK_State]
GO
CREATE PROCEDURE p AS BEGIN SELECT 1; SELECT 2 END
GO
CREATE TABLE one (a int)
CREATE TABLE two (b int)
ALTER TABLE two ADD CONSTRAINT pk_two PRIMARY KEY (b)
DROP TABLE three
SET NOCOUNT ON
IF OBJECT_ID('four') IS NULL
BEGIN
  CREATE TABLE four (a int)
END
ALTER TABLE four CHECK CONSTRAINT ALL
CREATE TABLE five (a int)
