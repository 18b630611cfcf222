fCREATE TABLE t (a INT);
CREATE TABLE lines (
  customer INTEGER NOT NULL REFERENCES customers(id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  text TEXT,
  later INTEGER REFERENCES later_table(id),
  PRIMARY KEY (customer, line),
  CONSTRAINT positive CHECK (line > 0)
) WITHOUT ROWID, STRICT;