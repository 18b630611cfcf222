qPRAGMA foreign_keys=ON;
BEGIN TRANSACTION;
CREATE TABLE "customers" (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  [first name] TEXT NOT NULL,
  `email` VARCHAR(120) UNIQUE ON CONFLICT IGNORE,
  born DATE,
  made DATETIME DEFAULT CURRENT_TIMESTAMP,
  weight REAL CHECK (weight > 0.0 AND weight < 500.5),
  count INT DEFAULT 0,
  anything,
  any_more NOT NULL,
  photo BLOB,
  amount NUMERIC(10,2) DEFAULT (1 + 2),
  double_amount NUMERIC(10,2) GENERATED ALWAYS AS (amount * 2) VIRTUAL,
  state TEXT COLLATE NOCASE CHECK (state = 'new' OR state = 'paid')
);
CREATE TABLE lines (
  customer INTEGER NOT NULL REFERENCES customers(id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  text TEXT,
  later INTEGER REFERENCES later_table(id),
  PRIMARY KEY (customer, line),
  CONSTRAINT positive CHECK (line > 0)
) WITHOUT ROWID, STRICT;
CREATE TABLE later_table (id INTEGER PRIMARY KEY, v TEXT) STRICT;
CREATE TRIGGER tr AFTER INSERT ON lines BEGIN UPDATE customers SET count = count + 1; SELECT CASE WHEN 1 THEN 2 END; END;
CREATE INDEX i ON lines (text);
COMMIT;
