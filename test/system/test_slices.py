"""`tamis generate --slices`: counts by slice, the same rows in every range and part, atomic, skewed."""

import json
import subprocess

import duckdb
import numpy as np
import pytest

CONTRACT = """\
apiVersion: v3.1.0
kind: DataContract
id: sales
version: 1.0.0
status: active
schema:
  - name: sales
    customProperties:
      - property: tamis.generate
        value:
          slices:
            7: {amount: {from: 5000, to: 5099}}
            3..4: {status: {provider: choice, values: [late]}}
    properties:
      - {name: slice, logicalType: integer}
      - {name: sale_id, logicalType: integer, physicalType: bigint, required: true, unique: true}
      - name: amount
        logicalType: integer
        customProperties: [{property: tamis.generate, value: {provider: integer, from: 0, to: 999}}]
      - name: status
        logicalType: string
        customProperties: [{property: tamis.generate, value: {provider: choice, values: [new, done]}}]
"""
COUNTS = {0: 250_000, 1: 40_000, 2: 0, 3: 7_000, 4: 900, 5: 130_000, 6: 3, 7: 20_000, 8: 499}
SLICES = " table | slice | rows\n-------+---+---\n" + "".join(
    f" sales | {slice} | {rows:,}\n" for slice, rows in COUNTS.items()) + f"({len(COUNTS)} rows)\n"


@pytest.fixture
def generate(tamis, tmp_path):
    (tmp_path / "sales.odcs.yaml").write_text(CONTRACT)
    (tmp_path / "sales.slices").write_text(SLICES)

    def run(*options, expect=0):
        done = subprocess.run([tamis, "generate", "sales.odcs.yaml", *map(str, options)], cwd=tmp_path,
                              capture_output=True, text=True)
        assert done.returncode == expect, done.stderr
        return done
    return run


def rows_of(path, kind="parquet", ending=None):
    source = f"read_{kind}('{path}/**/*.{ending or kind}', hive_partitioning=true)"
    return duckdb.sql(f"SELECT slice::INT AS slice, sale_id, amount, status FROM {source} ORDER BY sale_id").fetchnumpy()


def same(a, b):
    return all(np.array_equal(a[name], b[name]) for name in a)


def test_each_slice_has_its_rows(generate, tmp_path):
    generate("--slices", "sales.slices", "-o", "out")
    counts = dict(duckdb.sql(f"SELECT slice, count(*) FROM '{tmp_path}/out/**/*.parquet' GROUP BY 1").fetchall())
    assert counts == {slice: rows for slice, rows in COUNTS.items() if rows}
    distinct, total = duckdb.sql(
        f"SELECT count(DISTINCT sale_id), count(*) FROM '{tmp_path}/out/**/*.parquet'").fetchone()
    assert distinct == total == sum(COUNTS.values())


def test_threads_formats_parts_and_ranges_give_the_same_rows(generate, tmp_path):
    generate("--slices", "sales.slices", "-o", "one", "--threads", "1")
    whole = rows_of(tmp_path / "one")
    generate("--slices", "sales.slices", "-o", "eight", "--threads", "8")
    generate("--slices", "sales.slices", "-o", "csv", "--format", "csv")
    assert same(rows_of(tmp_path / "eight"), whole)
    assert same(rows_of(tmp_path / "csv", "csv"), whole)
    generate("--slices", "sales.slices", "-o", "json", "--format", "jsonl", "--compression", "gzip")
    assert same(rows_of(tmp_path / "json", "json", "jsonl.gz"), whole)
    generate("--slices", "sales.slices", "-o", "small", "--format", "csv", "--file-size", "1MB")
    assert same(rows_of(tmp_path / "small", "csv"), whole)
    sizes = [file.stat().st_size for file in (tmp_path / "small" / "slice=0").iterdir()]
    assert len(sizes) > 3 and sorted(sizes)[1] > 800_000 and max(sizes) < 1_200_000
    for i in (1, 2, 3):
        generate("--slices", "sales.slices", "-o", f"parts/p{i}", "--part", f"{i}/3")
    assert same(rows_of(tmp_path / "parts"), whole)
    for name, chosen in (("a", "[..2]"), ("b", "[3..6]"), ("c", "[7..]")):
        generate("--slices", "sales.slices" + chosen, "-o", f"ranges/{name}")
    assert same(rows_of(tmp_path / "ranges"), whole)


def test_slices_have_distributions_of_their_own(generate, tmp_path):
    generate("--slices", "sales.slices", "-o", "out")
    found = duckdb.sql(f"""SELECT slice, min(amount), max(amount), list_sort(list(DISTINCT status))
                           FROM '{tmp_path}/out/**/*.parquet' GROUP BY 1 ORDER BY 1""").fetchall()
    for slice, low, high, status in found:
        assert (low >= 5000 and high <= 5099) if slice == 7 else high <= 999
        assert status == (["late"] if slice in (3, 4) else status) and (slice in (3, 4) or "late" not in status)


def test_scale_rounds_and_says_what_vanishes(generate, tmp_path):
    done = generate("--slices", "sales.slices", "--scale", "1e-3", "-o", "out", "--json")
    record = json.loads(done.stdout)
    counts = dict(duckdb.sql(f"SELECT slice, count(*) FROM '{tmp_path}/out/**/*.parquet' GROUP BY 1").fetchall())
    assert counts == {0: 250, 1: 40, 3: 7, 4: 1, 5: 130, 7: 20}
    assert record["warnings"][0] == "2 slices have no rows at this scale: 6, 8"
    assert record["books"]["rows_out"] == sum(counts.values())


def test_the_skew_is_that_of_numpy(generate):
    skew = json.loads(generate("--slices", "sales.slices", "-o", "out", "--json").stdout)["skew"]
    rows = np.sort([rows for rows in COUNTS.values() if rows]).astype(float)
    gini = np.abs(rows[:, None] - rows[None, :]).mean() / (2 * rows.mean())
    assert skew["slices"] == len(rows) and skew["rows"] == rows.sum()
    assert (skew["min"], skew["max"]) == (rows[0], rows[-1])
    assert skew["gini"] == pytest.approx(gini, abs=1e-3)
    assert skew["max_to_mean"] == pytest.approx(rows[-1] / rows.mean(), abs=1e-3)
    assert skew["top_tenth_share"] == pytest.approx(rows[-1] / rows.sum(), abs=1e-3)
    assert [item["slice"] for item in skew["largest"]] == ["0", "5", "1", "7", "3"]


def test_a_failed_run_changes_nothing(generate, tmp_path):
    generate("--slices", "sales.slices[3..4]", "-o", "out")
    before = rows_of(tmp_path / "out")
    (tmp_path / "bad.slices").write_text("sales | 1 | 10\nsales | 2 | ten\n")
    done = generate("--slices", "bad.slices", "-o", "out", expect=2)
    assert "bad.slices:2:13: not a number of rows: ten" in done.stderr
    assert same(rows_of(tmp_path / "out"), before)
    assert "needs" not in generate("--slices", "sales.slices[4]", "-o", "out.csv", expect=2).stdout


def test_slices_join_and_replace_others(generate, tmp_path):
    generate("--slices", "sales.slices[0..3]", "-o", "out")
    generate("--slices", "sales.slices[4..8]", "-o", "out", "--mode", "append")
    generate("--slices", "sales.slices", "-o", "whole")
    assert same(rows_of(tmp_path / "out"), rows_of(tmp_path / "whole"))
    (tmp_path / "new.slices").write_text("sales | 1 | 7\nsales | 3 | 0\n")
    generate("--slices", "new.slices", "-o", "out", "--mode", "replace_partitions")
    counts = dict(duckdb.sql(f"SELECT slice, count(*) FROM '{tmp_path}/out/**/*.parquet' GROUP BY 1").fetchall())
    assert counts == {slice: rows for slice, rows in COUNTS.items() if rows and slice != 3} | {1: 7}


def test_hundreds_of_slices_of_hundreds_of_millions_of_rows(generate, tmp_path):
    lines = [f"sales | {i} | {100_000_000 + 997_001 * i}" for i in range(300)]
    (tmp_path / "many.slices").write_text("\n".join(lines))
    record = json.loads(generate("--slices", "many.slices", "--scale", "1e-6", "-o", "out", "--json").stdout)
    assert record["skew"]["slices"] == 300 and record["outputs"][0]["files"] == 300
    # One slice of the full size begins at the row where the ones before end.
    generate("--slices", "many.slices[1]", "--part", "1/100000", "-o", "deep", "--format", "csv")
    first = duckdb.sql(f"SELECT min(sale_id), count(*) FROM read_csv('{tmp_path}/deep/**/*.csv')").fetchone()
    assert first == (100_000_001, 1009)
