"""tamis ddl against readers and databases that others wrote: datacontract-cli, sqlglot, SQLite."""

import json
import pathlib
import sqlite3
import subprocess
import sys

import pytest
import sqlglot
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FILES = sorted((ROOT / "test" / "ddl").glob("*.sql"))
SQLGLOT = {"redshift": "redshift", "postgresql": "postgres", "mysql": "mysql", "sqlite": "sqlite",
           "spark": "spark", "hive": "hive", "snowflake": "snowflake", "bigquery": "bigquery",
           "sqlserver": "tsql", "oracle": "oracle"}


def ddl(tamis, *arguments, **options):
    return subprocess.run([tamis, "ddl", *map(str, arguments)], capture_output=True, text=True, **options)


def done(result):
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_there_is_a_file_for_each_dialect():
    assert {path.stem for path in FILES} == {*SQLGLOT, "ansi"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_contracts_pass_lint(tamis, path, tmp_path):
    written = tmp_path / "contract.odcs.yaml"
    written.write_text(done(ddl(tamis, path, "--dialect", path.stem)))
    lint = subprocess.run([pathlib.Path(sys.executable).parent / "datacontract", "lint", written],
                          capture_output=True, text=True)
    assert lint.returncode == 0, lint.stdout + lint.stderr
    assert yaml.safe_load(written.read_text())["apiVersion"] == "v3.1.0"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_contract_files_print_as_their_ddl_does(tamis, path, tmp_path):
    contract = tmp_path / f"{path.stem}.odcs.yaml"
    done(ddl(tamis, path, "--dialect", path.stem, "-o", contract))
    for target in [*SQLGLOT, "ansi"]:
        direct = done(ddl(tamis, path, "--dialect", path.stem, "--to", target))
        assert done(ddl(tamis, contract, "--to", target)) == direct


def columns_by_sqlglot(text, dialect):
    """[column, ...] of each table as sqlglot reads it; it falls back to Command for what it can't."""
    tables = []
    for statement in sqlglot.parse(text, read=dialect):
        if not isinstance(statement, sqlglot.exp.Create) or statement.args["kind"] != "TABLE":
            continue
        schema = statement.this
        assert isinstance(schema, sqlglot.exp.Schema), statement.sql()
        columns = [column.name for column in schema.find_all(sqlglot.exp.ColumnDef)
                   if column.parent is schema]
        for partition in statement.find_all(sqlglot.exp.PartitionedByProperty):  # Hive's are typed
            columns += [column.name for column in partition.find_all(sqlglot.exp.ColumnDef)]
        tables.append(columns)
    return tables


PAIRS = [(path, target) for path in FILES for target in SQLGLOT if path.stem != target]


@pytest.mark.parametrize("path, target", PAIRS, ids=lambda value: getattr(value, "stem", value))
def test_sqlglot_reads_what_is_printed(tamis, path, target):
    documents = json.loads(done(ddl(tamis, path, "--dialect", path.stem, "--json")))
    expected = []
    for table in documents[0]["schema"]:
        properties = table["properties"]
        partitioned = [p for p in properties if p.get("partitioned") and target == "hive"]
        last = [p["name"] for p in sorted(partitioned, key=lambda p: p["partitionKeyPosition"])]
        expected.append([p["name"] for p in properties if p["name"] not in last] + last)
    text = done(ddl(tamis, path, "--dialect", path.stem, "--to", target))
    found = columns_by_sqlglot(text, SQLGLOT[target])
    assert sorted(found) == sorted(expected), text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_sqlite_runs_what_is_printed(tamis, path):
    database = sqlite3.connect(":memory:")
    database.executescript(done(ddl(tamis, path, "--dialect", path.stem, "--to", "sqlite")))
    documents = json.loads(done(ddl(tamis, path, "--dialect", path.stem, "--json")))
    for table in documents[0]["schema"]:
        name = table["name"].replace('"', '""')
        found = [row[1] for row in database.execute(f'PRAGMA table_xinfo("{name}")')]
        assert found == [p["name"] for p in table["properties"]]


def test_sqlite_enforces_what_the_contract_says(tamis, tmp_path):
    source = tmp_path / "t.sql"
    source.write_text("""CREATE TABLE p (id int PRIMARY KEY, s varchar(3) CHECK (s IN ('a', 'b''c')));
CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES p(id), q int CHECK (q > 0 AND q <= 9), r int NOT NULL,
  CHECK (q < r OR r IS NULL), UNIQUE (q, r));""")
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(done(ddl(tamis, source, "--dialect", "postgresql", "--to", "sqlite")))
    database.execute("INSERT INTO p VALUES (1, 'b''c')")
    database.execute("INSERT INTO t VALUES (1, 1, 9, 10)")
    for row in ["p VALUES (2, 'x')", "p VALUES (1, 'a')", "t VALUES (2, 2, 1, 2)", "t VALUES (2, 1, 0, 2)",
                "t VALUES (2, 1, 10, 12)", "t VALUES (2, 1, 5, 4)", "t VALUES (2, 1, 1, NULL)",
                "t VALUES (2, 1, 9, 10)"]:
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO " + row)


def test_tables_that_others_lose(tamis, tmp_path):
    """Input on which simple-ddl-parser or sqlglot (tobymao/sqlglot#3042, #7844) lost columns or clauses."""
    source = tmp_path / "t.sql"
    source.write_text("""CREATE TABLE a (x int ENCODE az64 NOT NULL, y varchar(10) ENCODE lzo DISTKEY,)
SORTKEY AUTO; CREATE TABLE b (key_ int, "a,b" int, "c;d" varchar(5) DEFAULT ');', e date sortkey not null);
create table c(id int identity(0,1) encode raw, t timestamp default sysdate) diststyle all;""")
    schema = json.loads(done(ddl(tamis, source, "--json", "--dialect", "redshift")))[0]["schema"]
    assert [[p["name"] for p in table["properties"]] for table in schema] == [
        ["x", "y"], ["key_", "a,b", "c;d", "e"], ["id", "t"]]
    kept = {p["name"]: p["customProperties"][0]["value"] for table in schema for p in table["properties"]
            if "customProperties" in p}
    assert kept["c;d"] == {"default": "');'"}
    assert kept["id"] == {"encode": "raw", "identity": {"start": 0, "increment": 1}}


def test_standard_input_and_output_file(tamis, tmp_path):
    out = tmp_path / "t.yaml"
    result = ddl(tamis, "-", "--dialect", "redshift", "-o", out, input="CREATE TABLE t (a int)")
    assert done(result) == ""
    assert yaml.safe_load(out.read_text())["schema"][0]["properties"][0]["name"] == "a"
    result = ddl(tamis, "-", "--dialect", "redshift", "-o", out, input="CREATE TABLE u (a intt)")
    assert result.returncode == 2
    assert yaml.safe_load(out.read_text())["schema"][0]["name"] == "t"
