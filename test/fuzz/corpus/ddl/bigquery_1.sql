CREATE TABLE t (a INT, b INT)
PARTITION BY DATE(at)
CLUSTER BY name, day
OPTIONS (
  description = '''Orders of
the shop''',
  partition_expiration_days = 30,
  labels = [("team", "sales"), ("env", "prod")],
  require_partition_filter = TRUE
)