FCREATE TABLE t (a INT);
CREATE TABLE clustered (id INT, name STRING) USING delta CLUSTER BY (id, name);