CREATE EXTERNAL TABLE IF NOT EXISTS logs.page_view (
  viewTime INT, userid BIGINT,
  page_url STRING, referrer_url STRING,
  ip STRING COMMENT 'IP Address of the User',
  tags ARRAY<STRING>, params MAP<STRING, STRING>,
  nested STRUCT<a: INT, b: ARRAY<STRUCT<c: STRING>>>,
  choice UNIONTYPE<INT, STRING>,
  price DECIMAL(10,2), made TIMESTAMP, code CHAR(3), name VARCHAR(40)
)
COMMENT 'This is the page view table'
PARTITIONED BY (dt STRING, country STRING COMMENT 'ISO code')
CLUSTERED BY (userid) SORTED BY (viewTime DESC) INTO 32 BUCKETS
ROW FORMAT DELIMITED
  FIELDS TERMINATED BY '\001'
  COLLECTION ITEMS TERMINATED BY '\002'
  MAP KEYS TERMINATED BY '\003'
  LINES TERMINATED BY '\n'
STORED AS SEQUENCEFILE
LOCATION 'hdfs://namenode/logs/page_view'
TBLPROPERTIES ('skip.header.line.count'='1', 'a'='b;c');
CREATE TABLE serde_table (a STRING, b INT)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
WITH SERDEPROPERTIES ('separatorChar' = '\t', 'quoteChar' = '"')
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat';
CREATE TABLE skewed (a STRING, b INT) SKEWED BY (a) ON ('x', 'y') STORED AS DIRECTORIES;
CREATE TABLE copy_of LIKE serde_table;
MSCK REPAIR TABLE logs.page_view;
