"CREATE TABLE t (a INT);
CREATE UNLOGGED TABLE "Odd Names"."Table One" (
    "order" serial PRIMARY KEY,
    "UPPER" int UNIQUE,
    "with ""quote""" varchar,
    plain_text text COLLATE "C",
    during tsrange,
    parent integer REFERENCES "Odd Names"."Table One" ("order") ON DELETE SET NULL,
    EXCLUDE USING gist (during WITH &&)
) WITH (fillfactor=70);