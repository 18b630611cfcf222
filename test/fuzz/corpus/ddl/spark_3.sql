0CREATE TABLE t (a INT);
CREATE TABLE IF NOT EXISTS iceberg_table (id INT, ts TIMESTAMP) USING iceberg PARTITIONED BY (days(ts), bucket(16, id));