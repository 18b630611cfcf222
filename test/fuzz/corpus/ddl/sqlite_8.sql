ECREATE TABLE t (a INT);
CREATE INDEX i ON lines (text);