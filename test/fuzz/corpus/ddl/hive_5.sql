hCREATE TABLE t (a INT);
CREATE TABLE copy_of LIKE serde_table;