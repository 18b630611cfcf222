CREATE TABLE IF NOT EXISTS `my-project.sales.orders` (
  id INT64 NOT NULL OPTIONS (description = "Key; of the order"),
  name STRING(40) COLLATE 'und:ci',
  total NUMERIC(12, 2) DEFAULT 0,
  plain_numeric NUMERIC,
  big BIGNUMERIC,
  rate FLOAT64, ok BOOL, day DATE, at TIMESTAMP, wall DATETIME, t TIME,
  raw BYTES, doc JSON, place GEOGRAPHY, span INTERVAL,
  items ARRAY<STRUCT<sku STRING NOT NULL OPTIONS (description = 'code'), quantity INT64, prices ARRAY<NUMERIC(10,2)>>>,
  address STRUCT<street STRING, zip STRING(5)>,
  PRIMARY KEY (id) NOT ENFORCED,
)
PARTITION BY DATE(at)
CLUSTER BY name, day
OPTIONS (
  description = '''Orders of
the shop''',
  partition_expiration_days = 30,
  labels = [("team", "sales"), ("env", "prod")],
  require_partition_filter = TRUE
);
# a comment of BigQuery
CREATE TABLE my-project.sales.lines (
  order_id INT64 REFERENCES `my-project.sales.orders`(id) NOT ENFORCED,
  r RANGE<DATE>
) PARTITION BY TIMESTAMP_TRUNC(_PARTITIONTIME, DAY);
