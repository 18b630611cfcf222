CREATE OR REPLACE TABLE lake.events (
  id BIGINT NOT NULL COMMENT 'Key',
  kind STRING DEFAULT 'view' COMMENT "it's kind",
  amount DECIMAL(10,2),
  payload STRUCT<user: STRING COMMENT 'who', tags: ARRAY<STRING>, `odd name`: INT, geo: STRUCT<lat: DOUBLE, lon: DOUBLE NOT NULL>>,
  attributes MAP<STRING, ARRAY<INT>>,
  at TIMESTAMP,
  wall TIMESTAMP_NTZ,
  day DATE GENERATED ALWAYS AS (CAST(at AS DATE)),
  letter CHAR(1), small BYTE, middle SHORT, big LONG, f FLOAT, b BINARY, flag BOOLEAN,
  v VARIANT
)
USING DELTA
OPTIONS ('compression' = 'zstd')
PARTITIONED BY (day, kind)
LOCATION 's3://bucket/events'
COMMENT 'All events'
TBLPROPERTIES ('delta.appendOnly' = 'true', delta.enableChangeDataFeed = true);
CREATE TABLE IF NOT EXISTS iceberg_table (id INT, ts TIMESTAMP) USING iceberg PARTITIONED BY (days(ts), bucket(16, id));
CREATE TABLE bucketed (id INT, name VARCHAR(20)) USING parquet CLUSTERED BY (id) SORTED BY (name) INTO 8 BUCKETS;
CREATE TABLE clustered (id INT, name STRING) USING delta CLUSTER BY (id, name);
CREATE VIEW v AS SELECT 1;
