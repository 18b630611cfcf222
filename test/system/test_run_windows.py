"""Windows over random rows and the examples windows and usage agree with DuckDB and Python."""

import collections
import datetime
import decimal
import gzip
import json
import math
import random
import shutil
import subprocess

import duckdb
import pyarrow
import pyarrow.dataset
import pyarrow.parquet
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


EPOCH = datetime.datetime(1970, 1, 1)
TEXTS = ["a", "b", "ab", "B", "", "10", "9", "\u00e9", "\U0001f600", "z" * 20]
REALS = [math.nan, -math.nan, 0.0, -0.0, 1.5, -1.5, 1e300, -1e300, math.inf, -math.inf, 5e-324, 2.0, 10.0]

# Name, type, and a random value of each key column.
KEYS = [
    ("b", pyarrow.bool_(), lambda r: r.random() < 0.5),
    ("i8", pyarrow.int8(), lambda r: r.randint(-128, 127) // 8),
    ("i32", pyarrow.int32(), lambda r: r.choice([-2**31, 2**31 - 1, 0, -1, 1, 255, 256])),
    ("i64", pyarrow.int64(), lambda r: r.choice([-2**63, 2**63 - 1, 0, -1, 1, 255, 256, -300])),
    ("f", pyarrow.float32(), lambda r: r.choice([value for value in REALS if not 1e30 < abs(value) < math.inf])),
    ("d", pyarrow.float64(), lambda r: r.choice(REALS)),
    ("m", pyarrow.decimal128(20, 3), lambda r: decimal.Decimal(r.randint(-30, 30)) * decimal.Decimal("1000000.001")),
    ("s", pyarrow.string(), lambda r: r.choice(TEXTS)),
    ("coded", pyarrow.dictionary(pyarrow.int32(), pyarrow.string()), lambda r: r.choice(TEXTS)),
    ("day", pyarrow.date32(), lambda r: datetime.date(1970, 1, 1) + datetime.timedelta(days=r.randint(-20, 20))),
    ("moment", pyarrow.timestamp("us"), lambda r: EPOCH + datetime.timedelta(microseconds=r.randint(-20, 20))),
]


def column_of(r, kind, value, rows, null_share=0.1):
    return pyarrow.array([None if r.random() < null_share else value(r) for _ in range(rows)], kind)


@pytest.fixture(scope="module")
def random_rows(tmp_path_factory):
    """A Parquet file of several row groups: times around 1970, keys of all types, values; NULLs in each."""
    r = random.Random(11)
    rows = 20_000
    columns = {"time": column_of(r, pyarrow.timestamp("us"), lambda r: EPOCH + datetime.timedelta(
        microseconds=r.randint(-3 * 86_400_000_000, 3 * 86_400_000_000) // r.choice([1, 100])), rows, 0.02)}
    for name, kind, value in KEYS:
        columns[name] = column_of(r, kind, value, rows)
    columns["v"] = column_of(r, pyarrow.int64(), lambda r: r.randint(-2**48, 2**48), rows)
    columns["small"] = column_of(r, pyarrow.int16(), lambda r: r.randint(-2**15, 2**15 - 1), rows)
    columns["w"] = column_of(r, pyarrow.float64(), lambda r: math.nan if r.random() < 0.002 else r.uniform(-1e6, 1e6),
                             rows)
    path = tmp_path_factory.mktemp("random") / "rows.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=1500)
    return path


def run_window(tamis, folder, read, window, threads=2):
    pipeline = {"steps": {"w": {"read": read, "window": window, "write": "out.parquet"}}}
    (folder / "p.yaml").write_text(json.dumps(pipeline))  # JSON is YAML
    done = subprocess.run([tamis, "run", "p.yaml", "-q", "--threads", str(threads)], cwd=folder,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return pyarrow.parquet.read_table(folder / "out.parquet")


def rows_of(table):
    return [tuple(row.values()) for row in table.to_pylist()]


def same(ours, theirs):
    if isinstance(ours, float) and isinstance(theirs, float):
        return ours == theirs or (math.isnan(ours) and math.isnan(theirs)) or math.isclose(ours, theirs, rel_tol=1e-9)
    return ours == theirs


def assert_same_rows(ours, theirs):
    """Also in the same order."""
    assert len(ours) == len(theirs)
    for our_row, their_row in zip(ours, theirs):
        assert all(map(same, our_row, their_row)) and len(our_row) == len(their_row), (our_row, their_row)


AGGREGATES = {"count": "n", "sum": ["v", "small", "w"], "avg": ["v", "small", "w"], "min": ["v", "small", "w"],
              "max": ["v", "small", "w"]}
AGGREGATES_SQL = "count(*), " + ", ".join(
    f"{name}({column})" for name in ["sum", "avg", "min", "max"] for column in ["v", "small", "w"])


@pytest.mark.parametrize("every, keys", [
    *((every, [key[0]]) for every, key in zip(["10 minutes", "1 days", "7 hours", "3 days", "366 days"] * 3, KEYS)),
    ("10 minutes", []), ("1500 milliseconds", []), ("13 hours", ["b", "d"]), ("1 days", ["s", "i64", "m"]),
    ("5 days", ["day", "coded", "f", "moment"]),
])
def test_random_windows_agree_with_duckdb(tamis, random_rows, tmp_path, every, keys):
    by = {"by": keys} if keys else {}
    ours = run_window(tamis, tmp_path, str(random_rows), {"time": "time", "every": every, **by, **AGGREGATES})
    grouped = ["window_start", *keys]
    theirs = duckdb.sql(f"""
        SELECT time_bucket(INTERVAL '{every}', time, TIMESTAMP '1970-01-01') AS window_start,
               {"".join(key + ", " for key in keys)} {AGGREGATES_SQL}
        FROM '{random_rows}' GROUP BY {", ".join(grouped)}
        ORDER BY {", ".join(f"{name} ASC NULLS LAST" for name in grouped)}""").fetchall()
    assert ours.column_names[:len(grouped)] == grouped
    assert len(theirs) >= 4
    assert_same_rows(rows_of(ours), theirs)


def test_windows_are_the_same_for_any_number_of_threads(tamis, random_rows, tmp_path):
    window = {"time": "time", "every": "1 hours", "by": ["d", "s"], **AGGREGATES}
    results = {repr(rows_of(run_window(tamis, tmp_path, str(random_rows), window, threads)))
               for threads in [1, 2, 3, 7, 2, 3]}
    assert len(results) == 1


def test_sums_of_doubles_are_exact(tamis, tmp_path):
    r = random.Random(5)
    values = [r.uniform(-1, 1) * 2.0 ** r.randint(-60, 60) for _ in range(30_000)]
    groups = [r.randint(0, 9) for _ in values]
    table = pyarrow.table({"time": pyarrow.array([EPOCH] * len(values), pyarrow.timestamp("us")), "g": groups,
                           "v": values})
    pyarrow.parquet.write_table(table, tmp_path / "in.parquet", row_group_size=1000)
    window = {"time": "time", "every": "1 days", "by": "g", "sum": "v", "avg": "v"}
    expected = []
    for group in range(10):
        chosen = [value for value, one in zip(values, groups) if one == group]
        expected.append((EPOCH, group, math.fsum(chosen), math.fsum(chosen) / len(chosen)))
    for threads in [1, 3]:
        assert rows_of(run_window(tamis, tmp_path, "in.parquet", window, threads)) == expected


PIVOT_CONTRACT = """
apiVersion: v3.1.0
kind: DataContract
id: t
version: 1.0.0
status: active
schema:
  - name: t
    properties:
      - {name: time, physicalType: timestamp_ntz}
      - {name: s, physicalType: text}
      - {name: w, physicalType: double}
"""


@pytest.mark.parametrize("fill", [None, -1])
def test_random_pivots_agree_with_duckdb(tamis, random_rows, tmp_path, fill):
    # Few values of w, so that cells without rows, without values and with both are there.
    duckdb.sql(f"""COPY (SELECT time, s, CASE WHEN v % 3 = 0 THEN w END AS w FROM '{random_rows}' LIMIT 3000)
                   TO '{tmp_path}/in.parquet'""")
    (tmp_path / "t.odcs.yaml").write_text(PIVOT_CONTRACT)
    window = {"time": "time", "every": "20 minutes", "pivot": {"s": ["b", "a", "missing", ""]}, "sum": "w",
              "max": "w", **({} if fill is None else {"fill": fill})}
    ours = run_window(tamis, tmp_path, {"path": "in.parquet", "contract": "t.odcs.yaml"}, window)
    cells = [f"CASE WHEN count(*) FILTER (s = '{value}') = 0 THEN {'NULL' if fill is None else fill} "
             f"ELSE {name}(w) FILTER (s = '{value}') END AS {name}_{i}"
             for name in ["sum", "max"] for i, value in enumerate(["b", "a", "missing", ""])]
    theirs = duckdb.sql(f"""
        SELECT time_bucket(INTERVAL '20 minutes', time, TIMESTAMP '1970-01-01') AS window_start, {", ".join(cells)}
        FROM '{tmp_path}/in.parquet' GROUP BY window_start ORDER BY window_start NULLS LAST""").fetchall()
    kinds = collections.Counter("fill" if cell == -1 else "null" if cell is None else "value"
                                for row in theirs for cell in row[1:])
    assert min(kinds["value"], kinds["null"], kinds["fill"] if fill else 1) > 0
    assert_same_rows(rows_of(ours), theirs)
