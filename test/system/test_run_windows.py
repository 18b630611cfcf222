"""The examples windows and usage agree with DuckDB and with the bytes of their raw files."""

import collections
import datetime
import gzip
import json
import shutil
import subprocess

import duckdb
import pyarrow.dataset
import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def example(tamis, tmp_path_factory):
    def run(name, *options):
        folder = tmp_path_factory.mktemp(name) / name
        shutil.copytree(ROOT / "examples" / name, folder,
                        ignore=shutil.ignore_patterns("out", "standard_zone", "consumption_zone", "rejection_zone"))
        done = subprocess.run([tamis, "run", f"{name}.yaml", "--json", *options], cwd=folder,
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return folder, json.loads(done.stdout)
    return run


@pytest.fixture(scope="module")
def windows(example):
    return example("windows")


WINDOWS_SQL = """
SELECT time_bucket(INTERVAL 10 MINUTE, CAST(time AS TIMESTAMP), TIMESTAMP '1970-01-01') AS window_start,
       count(*) FILTER (lower(trim(action)) = 'open') AS Open,
       count(*) FILTER (lower(trim(action)) = 'close') AS Close,
       (Open + Close) / 2.0 AS avg_actions
FROM read_csv('{}', all_varchar = true) GROUP BY window_start ORDER BY window_start
"""


def read_csv(folder):
    files = list(folder.glob("*.csv"))
    assert len(files) == 1
    return duckdb.sql(f"""
        SELECT CAST(window_start AS TIMESTAMP) AS window_start, Open, Close, CAST(avg_actions AS DOUBLE) AS avg_actions
        FROM read_csv('{files[0]}') ORDER BY window_start""").fetchall()


def test_windows_agree_with_duckdb(windows):
    folder, _ = windows
    expected = duckdb.sql(WINDOWS_SQL.format(folder / "events.csv.gz")).fetchall()
    assert len(expected) > 100
    assert read_csv(folder / "out" / "windows") == expected
    first = max(expected, key=lambda row: (row[1], -row[0].timestamp()))
    assert read_csv(folder / "out" / "top") == [first]


def test_windows_count_every_event(windows):
    folder, record = windows
    with gzip.open(folder / "events.csv.gz", "rt") as file:
        actions = collections.Counter(line.strip().split(",")[1] for line in file.readlines()[1:])
    rows = read_csv(folder / "out" / "windows")
    assert sum(row[1] for row in rows) == actions["Open"]
    assert sum(row[2] for row in rows) == actions["Close"]
    assert record["steps"][0]["books"]["rows_in"] == sum(actions.values()) == 100_000


@pytest.fixture(scope="module")
def usage(example):
    return example("usage", "--run-time", "2024-03-02T08:00:00Z")


def zone(folder, name):
    return pyarrow.dataset.dataset(folder / "data" / name / "usage" / "2024-03-02", format="parquet").to_table()


# What the contract says, in DuckDB's words. NaN is no reading; a short record has no time.
GOOD_SQL = """
SELECT * FROM (SELECT TRY_CAST(customer_id AS INTEGER) AS customer_id, TRY_CAST(usage_kwh AS DOUBLE) AS usage_kwh,
                      TRY_CAST(start_time AS TIMESTAMPTZ) AS start_time
               FROM read_csv('{}', all_varchar = true, null_padding = true))
WHERE customer_id IS NOT NULL AND usage_kwh IS NOT NULL AND start_time IS NOT NULL AND NOT isnan(usage_kwh)
"""


@pytest.fixture(scope="module")
def good(usage):
    folder, _ = usage
    raw = next((folder / "data" / "raw_zone" / "usage").glob("*.csv"))
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("CREATE TABLE good AS " + GOOD_SQL.format(raw))
    return connection


def test_standard_zone_agrees_with_duckdb(usage, good):
    standard = zone(usage[0], "standard_zone")
    good.register("standard", standard)
    assert good.sql("SELECT count(*) FROM good").fetchone()[0] > 4000
    columns = "customer_id, usage_kwh, start_time"
    assert good.sql(f"SELECT {columns} FROM standard EXCEPT ALL SELECT {columns} FROM good").fetchall() == []
    assert good.sql(f"SELECT {columns} FROM good EXCEPT ALL SELECT {columns} FROM standard").fetchall() == []
    assert good.sql("SELECT DISTINCT received_at = TIMESTAMPTZ '2024-03-02 08:00:00Z' FROM standard").fetchall() == [(True,)]


def test_consumption_zone_agrees_with_duckdb(usage, good):
    good.register("consumption", zone(usage[0], "consumption_zone"))
    differences = good.sql("""
        SELECT * FROM (SELECT customer_id, round(daily_usage_kwh, 6) AS total, count(*) AS n, round(sum(usage_kwh), 6) AS kwh,
                              max(start_time_utc) AS last FROM consumption GROUP BY ALL) AS ours
        FULL JOIN (SELECT customer_id, round(sum(usage_kwh), 6) AS total, count(*) AS n, max(start_time) AS last
                   FROM good GROUP BY ALL) AS theirs USING (customer_id)
        WHERE ours.n IS DISTINCT FROM theirs.n OR ours.last IS DISTINCT FROM theirs.last
              OR abs(ours.total - theirs.total) > 1e-6 OR abs(ours.kwh - theirs.total) > 1e-6
              OR ours.total IS NULL OR theirs.total IS NULL""").fetchall()
    assert differences == []
    assert good.sql("SELECT count(DISTINCT customer_id) FROM consumption").fetchone()[0] > 100


def test_rejects_are_lines_of_the_raw_file(usage, good):
    folder, record = usage
    raw = next((folder / "data" / "raw_zone" / "usage").glob("*.csv"))
    content = raw.read_bytes()
    lines = content.split(b"\n")
    rejects = zone(folder, "rejection_zone").to_pylist()
    seen = set()
    for reject in rejects:
        assert reject["file"] == str(raw.relative_to(folder))
        assert reject["raw"] == lines[reject["line"] - 1]
        assert reject["record"] == reject["line"] - 1  # the header is line 1, and no record spans lines
        at = reject["byte_offset"]
        assert content[at:at + len(reject["raw"]) + 1] == reject["raw"] + b"\n"
        assert content[at - 1:at] == b"\n"
        assert reject["reasons"]
        seen.add(reject["line"])
    assert len(seen) == len(rejects)  # each line once, with all its reasons
    data_lines = len([line for line in lines[1:] if line])
    assert len(rejects) + good.sql("SELECT count(*) FROM good").fetchone()[0] == data_lines
    books = record["books"]
    assert (books["rows_in"], books["rejected"]) == (data_lines, len(rejects))


def reasons_of(line):
    """What is wrong with a line of the example's raw file, found independently of tamis."""
    fields = line.decode().split(",")
    if len(fields) != 3:
        return {("", "column_count")}
    customer, kwh, time = fields
    found = set()
    if not customer:
        found.add(("customer_id", "required"))
    elif not customer.isdigit():
        found.add(("customer_id", "type"))
    elif int(customer) > 2**31 - 1:
        found.add(("customer_id", "overflow"))
    if not kwh:
        found.add(("usage_kwh", "required"))
    elif kwh == "NaN":
        found.add(("usage_kwh", "nan"))
    try:
        datetime.datetime.fromisoformat(time)
    except ValueError:
        found.add(("start_time", "type"))
    return found


def test_rejects_have_all_their_reasons(usage):
    folder, record = usage
    raw = next((folder / "data" / "raw_zone" / "usage").glob("*.csv"))
    lines = raw.read_bytes().split(b"\n")
    expected = {number: reasons_of(line) for number, line in enumerate(lines, 1) if number > 1 and line}
    expected = {number: reasons for number, reasons in expected.items() if reasons}
    found = {reject["line"]: {(reason["column"] or "", reason["rule"]) for reason in reject["reasons"]}
             for reject in zone(folder, "rejection_zone").to_pylist()}
    assert found == expected
    assert {len(reasons) for reasons in found.values()} >= {1, 3}
