"""`tamis generate --inject`: faults in known numbers, the same bytes however made, and what validate finds."""

import json
import subprocess

import duckdb
import pyarrow.parquet as pq
import pytest

CONTRACT = """\
apiVersion: v3.1.0
kind: DataContract
id: orders
version: 1.0.0
status: active
schema:
  - name: orders
    customProperties:
      - property: tamis.generate
        value:
          inject:
            duplicates: {rate: 1%, by: ordered_at, later_by: 1 hour, after: 20}
            nulls: 0.5%
            malformed: 2%
            late: {rate: 1%, late_by: 2 hours}
    properties:
      - {name: id, logicalType: integer, physicalType: bigint, required: true, primaryKey: true, primaryKeyPosition: 1}
      - {name: code, logicalType: string, required: true, unique: true, customProperties: [{property: tamis.generate, value: uuid}]}
      - {name: amount, logicalType: number, physicalType: "decimal(8,2)", required: true, logicalTypeOptions: {minimum: 0, maximum: 999.99}}
      - {name: count, logicalType: integer, physicalType: int, logicalTypeOptions: {minimum: 1, exclusiveMaximum: 10}}
      - {name: share, logicalType: number, required: true, logicalTypeOptions: {minimum: 0, maximum: 1}}
      - name: country
        logicalType: string
        physicalType: varchar(2)
        required: true
        logicalTypeOptions: {pattern: "^[A-Z]{2}$"}
        customProperties: [{property: tamis.generate, value: {provider: choice, values: [CH, DE, FR]}}]
      - {name: ordered_at, logicalType: timestamp, required: true}
      - {name: day, logicalType: date, logicalTypeOptions: {minimum: "2020-01-01"}}
      - {name: note, logicalType: string}
      - {name: ok, logicalType: boolean}
"""
ROWS = 30000


@pytest.fixture
def run(tamis, tmp_path):
    (tmp_path / "c.odcs.yaml").write_text(CONTRACT)

    def call(*words, expect=0):
        done = subprocess.run([tamis, *map(str, words)], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == expect, done.stderr
        return done
    return call


def generate(run, out, *options):
    return json.loads(run("generate", "c.odcs.yaml", "--rows", ROWS, "-o", out, "--json", *options).stdout)


def validate(run, path):
    return json.loads(run("validate", path, "-c", "c.odcs.yaml", "--max-rejects", "100%", "--json").stdout)


def expected(rate):
    """A share of ROWS, give or take five standard deviations."""
    mean = ROWS * rate
    return pytest.approx(mean, abs=5 * mean ** 0.5)


def test_validate_finds_exactly_what_was_injected_into_csv(run):
    made = generate(run, "o.csv", "--inject", "ragged=0.4%")
    injected = made["injected"]
    by_rule = injected.pop("by_rule")
    assert injected == {"duplicates": expected(0.01), "nulls": expected(0.005), "malformed": expected(0.02),
                        "ragged": expected(0.004), "late": expected(0.01)}
    assert made["books"]["rows_out"] == ROWS + injected["duplicates"]
    found = validate(run, "o.csv")
    assert found["rejects"]["by_rule"] == by_rule
    rejected = sum(injected[kind] for kind in ("duplicates", "nulls", "malformed", "ragged"))
    assert found["books"]["rejected"] == rejected
    assert found["books"]["rows_in"] == ROWS + injected["duplicates"]
    for rule in ("type amount", "overflow id", "minimum amount", "maximum count", "pattern country",
                 "column_count", "quote", "primary_key id", "unique code", "required share", "nan share"):
        assert by_rule[rule] > 0, rule


@pytest.mark.parametrize("ending", ["jsonl", "parquet", "arrow"])
def test_validate_finds_exactly_what_was_injected_into(run, ending):
    made = generate(run, f"o.{ending}", *(["--inject", "ragged=0.4%"] if ending == "jsonl" else []))
    found = validate(run, f"o.{ending}")
    assert found["rejects"]["by_rule"] == made["injected"]["by_rule"]
    assert found["books"]["rows_in"] == ROWS + made["injected"]["duplicates"]


def test_threads_and_parts_give_the_same_bytes(run, tmp_path):
    generate(run, "one.csv", "--inject", "ragged=1%", "--threads", "1")
    whole = (tmp_path / "one.csv").read_bytes()
    generate(run, "eight.csv", "--inject", "ragged=1%", "--threads", "8")
    assert (tmp_path / "eight.csv").read_bytes() == whole
    counts = []
    for i in range(1, 8):
        counts.append(generate(run, f"p{i}.csv", "--inject", "ragged=1%", "--part", f"{i}/7")["injected"])
    assert b"".join((tmp_path / f"p{i}.csv").read_bytes() for i in range(1, 8)) == whole
    total = generate(run, "again.csv", "--inject", "ragged=1%")["injected"]
    assert sum(part["nulls"] for part in counts) == total["nulls"]
    assert sum(part["duplicates"] for part in counts) == total["duplicates"]


def test_rows_without_faults_are_those_without_inject(run, tmp_path):
    generate(run, "clean.csv", "--inject", "none")
    generate(run, "faulty.csv")
    clean = (tmp_path / "clean.csv").read_text().splitlines()
    assert len(clean) == ROWS + 1
    kept = set(clean) & set((tmp_path / "faulty.csv").read_text().splitlines())
    assert len(kept) == expected(1 - 0.035)


def test_copies_are_later_and_late_rows_are_earlier(run, tmp_path):
    made = generate(run, "o.parquet", "--inject", "nulls=0,malformed=0")
    generate(run, "clean.parquet", "--inject", "none")
    shifted = duckdb.sql(f"""
        SELECT epoch(f.ordered_at - c.ordered_at)::INT AS seconds, count(*)
        FROM '{tmp_path}/o.parquet' f JOIN '{tmp_path}/clean.parquet' c USING (id) GROUP BY 1""").fetchall()
    assert dict(shifted) == {0: ROWS - made["injected"]["late"], 3600: made["injected"]["duplicates"],
                             -7200: made["injected"]["late"]}
    distance = duckdb.sql(f"""
        SELECT max(far) FROM (SELECT max(n) - min(n) AS far FROM (
            SELECT id, file_row_number AS n FROM read_parquet('{tmp_path}/o.parquet', file_row_number=true))
        GROUP BY id HAVING count(*) > 1)""").fetchone()[0]
    assert 20 <= distance <= 30  # 20 rows, and the copies in between


def test_parquet_and_csv_have_the_same_copies(run, tmp_path):
    generate(run, "o.csv", "--inject", "malformed=0,nulls=0")
    generate(run, "o.parquet", "--inject", "malformed=0,nulls=0")
    assert pq.read_metadata(tmp_path / "o.parquet").num_rows > ROWS
    difference = duckdb.sql(f"""
        SELECT count(*) FROM (
        (SELECT id, code, ordered_at::TIMESTAMP FROM read_csv('{tmp_path}/o.csv')
         EXCEPT ALL SELECT id, code, ordered_at::TIMESTAMP FROM '{tmp_path}/o.parquet'))""").fetchone()
    assert difference == (0,)


@pytest.mark.parametrize("words, message", [
    (["--inject", "nuls=1%"], "--inject: unknown fault: nuls (did you mean nulls?)"),
    (["--inject", "nulls"], "--inject: nulls has no share (such as nulls=1%)"),
    (["--inject", "nulls=120%"], "--inject: not a share of the rows: nulls=120%"),
    (["--inject", "nulls=90%,malformed=50%"], "are more than 100% together"),
    (["--inject", "ragged=1%", "--format", "parquet"], "table orders can't have ragged lines in this format"),
])
def test_what_cant_be_injected_is_said(run, words, message):
    assert message in run("generate", "c.odcs.yaml", "-o", "x.csv", *words, expect=2).stderr
