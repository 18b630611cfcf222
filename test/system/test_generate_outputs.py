"""Every output of `tamis generate` has the same rows, whole or in parts; sizes are kept."""

import gzip
import json
import subprocess
from datetime import datetime

import duckdb
import pyarrow.dataset as ds
import pyarrow.orc
import pyarrow.parquet as pq
import pytest

from conftest import ROOT

EVENTS = ROOT / "examples" / "events" / "events.odcs.yaml"
WIDE = ROOT / "bench" / "jobs" / "wide.odcs.yaml"
PEOPLE = ROOT / "examples" / "people" / "people.odcs.yaml"
ROWS = 30000
ENDINGS = {"--format csv --compression gzip": "csv.gz", "--format jsonl --compression zstd": "jsonl.zst", "": "parquet"}


def run(tamis, *arguments, code=0):
    done = subprocess.run([tamis, *arguments], capture_output=True, text=True, timeout=300)
    assert done.returncode == code, done.stderr
    return done.stderr


@pytest.fixture
def generate(tamis, tmp_path):
    def make(contract, name, *options, rows=ROWS, code=0):
        path = tmp_path / name
        count = ["--rows", str(rows)] if rows else []
        message = run(tamis, "generate", contract, "-o", path, *count, *options, code=code)
        return path if code == 0 else message

    return make


def test_lines_do_not_depend_on_threads_and_parts_are_the_whole(generate):
    whole = generate(EVENTS, "whole.jsonl", "--threads", "1").read_bytes()
    assert whole.count(b"\n") == ROWS
    assert generate(EVENTS, "eight.jsonl", "--threads", "8").read_bytes() == whole
    for packed, unpack in (("", bytes), (".gz", gzip.decompress), (".zst", None)):
        parts = [generate(EVENTS, f"part{i}.jsonl{packed}", "--part", f"{i}/3").read_bytes() for i in (1, 2, 3)]
        if unpack:
            assert unpack(b"".join(parts)) == whole
        else:  # DuckDB unpacks zstd
            path = generate(EVENTS, "all.jsonl.zst")
            path.write_bytes(b"".join(parts))
            assert duckdb.sql(f"SELECT count(*) FROM read_json('{path}')").fetchone() == (ROWS,)
    first, second = (generate(EVENTS, f"{i}.jsonl.gz", "--threads", str(i)).read_bytes() for i in (1, 5))
    assert first == second and len(first) < len(whole) / 2


@pytest.mark.parametrize("contract", [EVENTS, WIDE, PEOPLE], ids=["events", "wide", "people"])
def test_lines_are_those_that_batches_make(tamis, generate, tmp_path, contract):
    """The fast way to text and the way by Arrow write the same bytes."""
    # Doubles have their digits in the one, as many as they need in the other: compared as numbers.
    read = (lambda data: [json.loads(line) for line in data.splitlines()]) if contract == WIDE else bytes
    text = read(generate(contract, "text.jsonl", rows=5000).read_bytes())
    parquet, lines = generate(contract, "rows.parquet", rows=5000), tmp_path / "lines.jsonl"
    run(tamis, "convert", parquet, lines, "--nulls", "omit" if contract == EVENTS else "write", "-q")
    assert read(lines.read_bytes()) == text
    for format in ("orc", "arrow"):
        run(tamis, "convert", generate(contract, f"rows.{format}", rows=5000), lines, "-c", contract, "--format", format,
            "--nulls", "omit" if contract == EVENTS else "write", "-q")
        assert read(lines.read_bytes()) == text


def test_columnar_parts_are_the_whole(generate):
    whole = pq.read_table(generate(EVENTS, "whole.parquet")).to_pylist()
    assert pq.read_table(generate(EVENTS, "p1.parquet", "--part", "1/2")).to_pylist() + pq.read_table(
        generate(EVENTS, "p2.parquet", "--part", "2/2")).to_pylist() == whole
    orc = [pyarrow.orc.read_table(generate(EVENTS, f"p{i}.orc", "--part", f"{i}/2")).to_pylist() for i in (1, 2)]
    assert orc[0] + orc[1] == whole


def test_events_are_coherent_and_keep_their_contract(tamis, generate):
    path = generate(EVENTS, "events.json")
    run(tamis, "validate", path, "-c", EVENTS, "--extra", "reject")
    rows = duckdb.sql(f"""
        SELECT domain, event_type LIKE 'payment%', count(*), count(data.new_status), count(data.reason), count(data."to"),
               count(data.amount), min(data.amount) >= 0 AND max(data.amount) < 1000, count(data.old_status) FROM read_json('{path}',
               format='newline_delimited', columns={{domain: 'VARCHAR', event_type: 'VARCHAR', data: 'STRUCT(id INT, old_status VARCHAR,
               new_status VARCHAR, reason VARCHAR, "to" INT, "from" INT, amount DECIMAL(10,2))'}})
        GROUP BY ALL ORDER BY ALL""").fetchall()
    (account, not_paid, accounts, *account_counts), (transaction, paid, transactions, *payment_counts) = rows
    assert (account, not_paid, transaction, paid) == ("account", False, "transaction", True)
    assert accounts + transactions == ROWS and abs(accounts - transactions) < ROWS / 20
    assert account_counts[:5] == [accounts, accounts, 0, 0, None] and 0.7 < account_counts[5] / accounts < 0.9
    assert payment_counts == [0, 0, transactions, transactions, True, 0]
    lines = path.read_text().splitlines()
    assert "null" not in path.read_text()
    times = [datetime.fromisoformat(json.loads(line)["timestamp"]) for line in lines]
    steps = [(b - a).total_seconds() for a, b in zip(times, times[1:])]
    assert min(steps) >= 1 and max(steps) <= 120 and 55 < sum(steps) / len(steps) < 66
    assert times[0].isoformat().startswith("2024-10-10T00:0")


@pytest.mark.parametrize("name,contract", [("e.jsonl", EVENTS), ("p.csv", PEOPLE), ("w.csv", WIDE)])
def test_sizes_are_kept(generate, name, contract):
    path = generate(contract, name, "--size", "20MB", rows=None)
    assert abs(path.stat().st_size - 20_000_000) < 200_000
    again = generate(contract, "again" + path.suffix, "--size", "20MB", "--threads", "7", rows=None)
    assert again.read_bytes() == path.read_bytes()


def test_sizes_of_columnar_files_are_those_of_their_text(tamis, generate):
    count = pq.read_metadata(generate(EVENTS, "e.parquet", "--size", "3MB", rows=None)).num_rows
    assert abs(generate(EVENTS, "e.jsonl", rows=count).stat().st_size - 3_000_000) < 30_000
    assert "give one of them" in generate(EVENTS, "x.csv", "--size", "1MB", code=2)
    assert "not a size" in generate(EVENTS, "x.csv", "--size", "many", rows=None, code=2)


@pytest.mark.parametrize("options", [["--format", "csv", "--compression", "gzip"], ["--format", "jsonl", "--compression", "zstd"], ["--format", "orc"], []],
                         ids=["csv.gz", "jsonl.zst", "orc", "parquet"])
def test_datasets_are_partitioned_and_appended_to(tamis, generate, tmp_path, options):
    target = tmp_path / "data"
    for i in (1, 2):
        generate(PEOPLE, "data", "--part", f"{i}/2", "--mode", "append", "--partition-by", "year=year(date_of_birth)", *options)
    names = {file.relative_to(target).parts[0] for file in target.rglob("*.*") if not file.name.startswith(("_", ".")) and file.is_file()
             and not file.relative_to(target).parts[0].startswith(("_", "."))}
    assert names == {f"year={year}" for year in range(1940, 2006)}
    if options[:2] == ["--format", "orc"]:
        rows = ds.dataset(target, format="orc", partitioning="hive").count_rows()
    else:
        rows = duckdb.sql(f"SELECT count(*) FROM '{target}/*/*.{ENDINGS[' '.join(options)]}'").fetchone()[0]
    assert rows == ROWS


def test_files_reach_a_size(generate):
    folder = generate(PEOPLE, "sized", "--format", "csv", "--file-size", "300KB")
    sizes = [file.stat().st_size for file in sorted(folder.glob("part-*.csv"))]
    assert len(sizes) > 4 and all(abs(size - 300_000) < 45_000 for size in sizes[1:-1])


def test_mistakes_are_told(generate, tmp_path):
    assert "each part would replace the folder" in generate(PEOPLE, "data", "--part", "1/2", code=2)
    assert "compression is of csv and jsonl" in generate(PEOPLE, "x.parquet", "--compression", "gzip", code=2)
    assert "codec is of parquet and orc" in generate(PEOPLE, "x.csv", "--codec", "zstd", code=2)
    assert "its name doesn't fit compression" in generate(PEOPLE, "x.csv.gz", "--compression", "zstd", code=2)
    assert "only CSV and JSON lines are compressed as a whole" in generate(PEOPLE, "x.parquet.gz", code=2)
    assert "can't be written as CSV" in generate(EVENTS, "x.csv", code=2)
    assert not list(tmp_path.glob("x.*"))


def test_standard_output_takes_the_contracts_format(tamis, generate):
    done = subprocess.run([tamis, "generate", EVENTS, "--rows", str(ROWS), "-o", "-"], capture_output=True, timeout=60)
    assert done.returncode == 0 and done.stdout == generate(EVENTS, "e.jsonl").read_bytes()
    packed = subprocess.run([tamis, "generate", EVENTS, "--rows", str(ROWS), "--compression", "gzip"], capture_output=True, timeout=60)
    assert gzip.decompress(packed.stdout) == done.stdout
