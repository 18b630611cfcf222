"""`tamis generate`: parts, threads and formats give the same rows, and other tools read them."""

import csv
import subprocess

import duckdb
import pytest

from conftest import ROOT

CONTRACT = ROOT / "examples" / "people" / "people.odcs.yaml"
ROWS = 30000


@pytest.fixture
def generate(tamis, tmp_path):
    def run(name, *options):
        path = tmp_path / name
        done = subprocess.run([tamis, "generate", CONTRACT, "-o", path, "--rows", str(ROWS), *options],
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return path
    return run


def test_threads_and_parts_give_the_same_bytes(generate):
    whole = generate("whole.csv", "--threads", "1").read_bytes()
    assert generate("eight.csv", "--threads", "8").read_bytes() == whole
    parts = [generate(f"part{i}.csv", "--part", f"{i}/3").read_bytes() for i in (1, 2, 3)]
    assert b"".join(parts) == whole
    assert generate("seed.csv", "--seed", "99").read_bytes() != whole


def test_standard_output_has_the_same_bytes(tamis, generate):
    done = subprocess.run([tamis, "generate", CONTRACT, "-o", "-", "--rows", str(ROWS), "--format", "csv"],
                          capture_output=True)
    assert done.returncode == 0
    assert done.stdout == generate("whole.csv").read_bytes()


def test_python_reads_every_field(generate):
    with open(generate("people.csv"), newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert rows[0] == ["first_name", "last_name", "address", "date_of_birth"]
    assert len(rows) == ROWS + 1 and {len(row) for row in rows} == {4}
    assert all(row[2].count(",") == 2 for row in rows[1:])


def test_duckdb_finds_what_the_contract_says(generate):
    path = generate("people.csv")
    first, last, address, low, high = duckdb.sql(f"""
        SELECT count(DISTINCT first_name), count(DISTINCT last_name), bool_and(address LIKE '%, __ _____'),
               min(date_of_birth)::TEXT, max(date_of_birth)::TEXT FROM read_csv('{path}')""").fetchone()
    assert first > 300 and last > 300 and address
    assert low >= "1940-01-01" and high <= "2005-12-31"


def test_parquet_holds_the_same_rows(generate):
    text, parquet = generate("people.csv"), generate("people.parquet")
    difference = duckdb.sql(f"""
        (SELECT * FROM read_csv('{text}') EXCEPT ALL SELECT * FROM '{parquet}')
        UNION ALL (SELECT * FROM '{parquet}' EXCEPT ALL SELECT * FROM read_csv('{text}'))""").fetchall()
    assert difference == []
