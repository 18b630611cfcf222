"""Ten table definitions of real life: DDL to a contract, rows from it, and a real PostgreSQL takes them all under
every constraint that the DDL has."""

import csv
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCHEMAS = sorted((ROOT / "test" / "ddl" / "schemas").glob("*.sql"))
BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")
ROWS = 700
FEWER = {"terms": 60}  # its key has 80 values


class Server:
    """A PostgreSQL of its own: a new data folder, reached by a Unix socket only, never as root."""

    def __init__(self):
        assert BINARIES.is_dir(), "PostgreSQL is not installed: run tools/setup test"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tamis-pg-", dir="/tmp"))
        self.account = {}
        if os.geteuid() == 0:  # PostgreSQL refuses root
            entry = pwd.getpwnam("postgres")
            self.account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        self.folder.chmod(0o755)
        data = self.folder / "data"
        self.run("initdb", "-D", data, "-U", "tamis", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.process = subprocess.Popen(
            [BINARIES / "postgres", "-D", data, "-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off",
             "-c", "unix_socket_permissions=0777", "-c", "timezone=UTC"],
            stdout=subprocess.DEVNULL, stderr=open(self.folder / "log", "wb"), cwd="/", **self.account)
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise

    def run(self, program, *arguments):
        done = subprocess.run([BINARIES / program, *arguments], capture_output=True, text=True, cwd="/", **self.account)
        assert done.returncode == 0, done.stdout + done.stderr

    def wait(self):
        deadline = time.monotonic() + 60
        while subprocess.run([BINARIES / "pg_isready", "-q", "-h", self.folder]).returncode != 0:
            assert self.process.poll() is None and time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.05)

    def sql(self, text, database="postgres"):
        """The rows of the last statement, as texts. All of it is one transaction."""
        done = subprocess.run(
            [BINARIES / "psql", "-h", self.folder, "-U", "tamis", "-d", database, "-X", "-q", "-A", "-t", "-1",
             "-v", "ON_ERROR_STOP=1", "-F", "\t"], input=text, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    def database(self, name):
        subprocess.run([BINARIES / "createdb", "-h", self.folder, "-U", "tamis", name], check=True)
        return lambda text: self.sql(text, name)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="module")
def server():
    running = Server()
    yield running
    running.stop()


def run(tamis, *arguments):
    done = subprocess.run([tamis, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done


def contract_of(tamis, schema, folder):
    path = folder / f"{schema.stem}.odcs.yaml"
    dialect = "redshift" if schema.stem == "warehouse" else "postgresql"
    run(tamis, "ddl", schema, "--dialect", dialect, "-o", path)
    return path


def definition(tamis, schema):
    """The tables as PostgreSQL reads them: the file itself, or what tamis makes of Redshift's."""
    if schema.stem != "warehouse":
        return schema.read_text()
    made = run(tamis, "ddl", schema, "--dialect", "redshift", "--to", "postgresql").stdout
    return "CREATE SCHEMA dw;\n" + made


def parents(table):
    """The tables that a table of a contract refers to, and itself not."""
    found = set()
    for column in table["properties"]:
        found |= {relationship["to"].split(".")[0] for relationship in column.get("relationships", [])}
    for relationship in table.get("relationships", []):
        to = relationship["to"]
        found.add((to[0] if isinstance(to, list) else to).split(".")[0])
    return found - {table["name"]}


def in_order(tables):
    """Parents first; of a circle, whose keys are deferred, in any order."""
    left, ordered = dict(tables), []
    while left:
        ready = [name for name, table in left.items() if not parents(table) & left.keys()] or [next(iter(left))]
        for name in ready:
            ordered.append(left.pop(name))
    return ordered


def copy(tables, folder):
    statements = []
    for table in in_order(tables):
        path = folder / f"{table['name']}.csv"
        with open(path, newline="") as file:
            header = next(csv.reader(file))
        columns = ", ".join(f'"{name}"' for name in header)
        name = table.get("physicalName", table["name"])
        statements.append(f"\\copy {name} ({columns}) FROM '{path}' WITH (FORMAT csv, HEADER true)")
    return "\n".join(statements) + "\n"


def test_there_are_ten():
    assert len(SCHEMAS) == 10


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_generated_rows_keep_all_constraints(tamis, server, tmp_path, schema):
    contract = contract_of(tamis, schema, tmp_path)
    tables = {table["name"]: table for table in yaml.safe_load(contract.read_text())["schema"]}
    data = tmp_path / "data"
    run(tamis, "generate", contract, "-o", data, "--format", "csv", "--rows", ROWS,
        *(f"--rows={name}={rows}" for name, rows in FEWER.items() if name in tables))
    for name in tables:  # what tamis makes passes its own checks
        run(tamis, "validate", data / f"{name}.csv", "--contract", contract, "--table", name)
    sql = server.database(schema.stem)
    sql(definition(tamis, schema))
    sql(copy(tables, data))
    for name, table in tables.items():
        [[count]] = sql(f"SELECT count(*) FROM {table.get('physicalName', name)}")
        assert int(count) == FEWER.get(name, ROWS), name
    check_references(sql)


def check_references(sql):
    """No foreign key is kept by NULLs alone, nor by one row that all refer to."""
    keys = sql("""SELECT conrelid::regclass, string_agg(quote_ident(attname), ',') FROM pg_constraint
                  JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
                  WHERE contype = 'f' GROUP BY pg_constraint.oid, conrelid""")
    assert keys
    for table, columns in keys:
        [[rows]] = sql(f"SELECT count(DISTINCT ({columns})) FROM {table} WHERE num_nonnulls({columns}) > 0")
        assert int(rows) > 5, (table, columns)


def test_a_check_that_rows_would_break_is_refused_before_the_first(tamis, tmp_path):
    schema = tmp_path / "shares.sql"
    schema.write_text("CREATE TABLE shares (id bigint PRIMARY KEY, a integer NOT NULL CHECK (a BETWEEN 0 AND 100),\n"
                      "  b integer NOT NULL CHECK (b BETWEEN 0 AND 100), CHECK (a + b = 100));\n")
    contract = contract_of(tamis, schema, tmp_path)
    words = [tamis, "generate", contract, "-o", tmp_path / "shares.csv"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 2 and not (tmp_path / "shares.csv").exists()
    assert "generated rows would break the rule a + b = 100: in row 1 a = " in done.stderr
    # As the hint says: one of the columns follows the other.
    document = yaml.safe_load(contract.read_text())
    document["schema"][0]["properties"][2]["customProperties"] = [
        {"property": "tamis.generate", "value": {"provider": "expression", "value": "100 - a"}}]
    contract.write_text(yaml.safe_dump(document))
    assert subprocess.run(words, capture_output=True).returncode == 0
