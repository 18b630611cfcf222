CREATE TABLE t (a INT, b INT)
USING DELTA
OPTIONS ('compression' = 'zstd')
PARTITIONED BY (day, kind)
LOCATION 's3://bucket/events'
COMMENT 'All events'
TBLPROPERTIES ('delta.appendOnly' = 'true', delta.enableChangeDataFeed = true)