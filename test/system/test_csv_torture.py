"""CSV against oracles that tamis did not write: Python's csv module and DuckDB."""

import csv
import io
import random
import subprocess

import duckdb
import pyarrow.parquet as pq
import pytest

CONTRACT = """\
apiVersion: v3.1.0
kind: DataContract
id: torture
version: 1.0.0
status: active
schema:
  - name: torture
    properties:
{columns}
    customProperties:
      - property: tamis.format
        value: {format}
"""

PIECES = ["a", "bc", "1", " ", "x y", "é", "日本", "{q}", "{d}", "\n", "\r\n", "{q}{q}", "#", "long " * 30]


def contract(path, names, dialect, kind="string"):
    columns = "\n".join(
        f"      - {{name: {n}, logicalType: {kind}, physicalType: {'text' if kind == 'string' else kind}}}"
        for n in names
    )
    quote = "''''" if dialect["quote"] == "'" else f"'{dialect['quote']}'"
    delimiter = '"\\t"' if dialect["delimiter"] == "\t" else f"'{dialect['delimiter']}'"
    layout = f"{{format: csv, delimiter: {delimiter}, quote: {quote}, escape: {quote}, null_values: []}}"
    path.write_text(CONTRACT.format(columns=columns, format=layout))
    return path


def convert(tamis, source, contract_path, target, *more):
    done = subprocess.run(
        [tamis, "convert", source, target, "--contract", contract_path, "-q", *more],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done


def parquet_rows(path):
    """All rows of a Parquet file or of a directory of them, in order."""
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    return [tuple(row.values()) for file in files for row in pq.read_table(file).to_pylist()]


def torture_rows(seed, dialect, columns, count):
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        fields = []
        for _ in range(columns):
            pieces = chance.choices(PIECES, k=chance.randrange(5))
            fields.append("".join(pieces).replace("{q}", dialect["quote"]).replace("{d}", dialect["delimiter"]))
        rows.append(tuple(fields))
    return rows


DIALECTS = [
    {"delimiter": ",", "quote": '"'},
    {"delimiter": ";", "quote": "'"},
    {"delimiter": "\t", "quote": '"'},
    {"delimiter": "|", "quote": '"'},
]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: repr(d["delimiter"]))
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL], ids=["minimal", "all"])
def test_reads_what_python_writes(tamis, tmp_path, dialect, line_end, quoting):
    names = ["a", "b", "c"]
    rows = torture_rows(f"{dialect}{line_end}{quoting}", dialect, 3, 20000)
    source = tmp_path / "in.csv"
    with source.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(
            out, delimiter=dialect["delimiter"], quotechar=dialect["quote"], lineterminator=line_end, quoting=quoting
        )
        writer.writerow(names)
        writer.writerows(rows)
    target = tmp_path / "out.parquet"
    convert(tamis, source, contract(tmp_path / "c.odcs.yaml", names, dialect), target)
    assert parquet_rows(target) == rows


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: repr(d["delimiter"]))
def test_writes_what_python_and_duckdb_read(tamis, tmp_path, dialect):
    names = ["a", "b"]
    rows = torture_rows(str(dialect), dialect, 2, 5000)
    source = tmp_path / "in.csv"
    with source.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, delimiter=dialect["delimiter"], quotechar=dialect["quote"], lineterminator="\n")
        writer.writerows([names, *rows])
    target = tmp_path / "out.csv"
    convert(tamis, source, contract(tmp_path / "c.odcs.yaml", names, dialect), target)
    if target.is_dir():
        target = next(target.glob("*.csv"))
    # tamis writes its own default dialect unless told otherwise; the header tells which.
    text = target.read_bytes().decode()
    delimiter = dialect["delimiter"] if text.startswith(f"a{dialect['delimiter']}b") else ","
    quote = dialect["quote"] if delimiter == dialect["delimiter"] else '"'
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote))
    assert read[0] == names
    assert [tuple(row) for row in read[1:]] == rows
    by_duckdb = duckdb.sql(
        f"""SELECT * FROM read_csv({str(target)!r}, delim={delimiter!r}, quote={"''''" if quote == "'" else repr(quote)},
            escape={"''''" if quote == "'" else repr(quote)}, header=true, all_varchar=true, nullstr='no such text',
            auto_detect=false, columns={{'a': 'VARCHAR', 'b': 'VARCHAR'}}, parallel=false)"""
    ).fetchall()
    assert by_duckdb == rows


def test_types_values_as_duckdb_does(tamis, tmp_path):
    chance = random.Random(11)
    source = tmp_path / "in.csv"
    with source.open("w") as out:
        out.write("i,d,day,at\n")
        for _ in range(30000):
            i = chance.choice([chance.randrange(-(2**63), 2**63), chance.randrange(-99, 99), ""])
            d = chance.choice([chance.uniform(-1e6, 1e6), chance.random() * 10.0 ** chance.randrange(-300, 300), 7, ""])
            day = f"{chance.randrange(1, 9999):04}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
            clock = f"{chance.randrange(24):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"
            zone = chance.choice(["", "Z", "+05:30", "-07:00", "+00:00"])
            fraction = chance.choice(["", ".5", ".123", ".000001", ".999999"])
            out.write(f"{i},{d!r},{day},{day}T{clock}{fraction}{zone}\n".replace("''", ""))
    text = CONTRACT.format(
        columns="\n".join(
            [
                "      - {name: i, logicalType: integer, physicalType: bigint}",
                "      - {name: d, logicalType: number, physicalType: double}",
                "      - {name: day, logicalType: date, physicalType: date}",
                "      - {name: at, logicalType: timestamp, physicalType: timestamp}",
            ]
        ),
        format="{format: csv}",
    )
    (tmp_path / "c.odcs.yaml").write_text(text)
    target = tmp_path / "out.parquet"
    convert(tamis, source, tmp_path / "c.odcs.yaml", target)
    files = f"{target}/**/*.parquet" if target.is_dir() else str(target)
    database = duckdb.connect()
    database.sql("SET TimeZone='UTC'")
    database.sql(
        f"""CREATE TABLE theirs AS SELECT i, d, day, CAST("at" AS TIMESTAMPTZ) AS "at" FROM read_csv({str(source)!r},
            auto_detect=false, header=true, delim=',', quote='"',
            columns={{'i': 'BIGINT', 'd': 'DOUBLE', 'day': 'DATE', 'at': 'VARCHAR'}})"""
    )
    database.sql(f"CREATE TABLE ours AS SELECT i, d, day, \"at\" FROM read_parquet({files!r})")
    assert database.sql("SELECT count(*) FROM ours").fetchone() == (30000,)
    assert database.sql("SELECT * FROM theirs EXCEPT ALL SELECT * FROM ours").fetchall() == []


def test_every_bad_record_is_rejected_as_it_stands(tamis, tmp_path):
    good = b"1,2.5,2024-01-01\n"
    bad = [
        b"x,2.5,2024-01-01",
        b"1,2.5",
        b"1,2.5,2024-01-01,4",
        b'"1"2,2.5,2024-01-01',
        b"1,2.5,2024-02-30",
        b"99999999999999999999,1,2024-01-01",
        b'"1\n2",1,2024-01-01',
        b"1\x00,1,2024-01-01",
        b"\xff,1,2024-01-01",
    ]
    source = tmp_path / "in.csv"
    with source.open("wb") as out:
        out.write(b"i,d,day\n")
        for record in bad * 50:
            out.write(good * 3 + record + b"\n")
    (tmp_path / "c.odcs.yaml").write_text(
        CONTRACT.format(
            columns="\n".join(
                [
                    "      - {name: i, logicalType: integer, physicalType: bigint}",
                    "      - {name: d, logicalType: number, physicalType: double}",
                    "      - {name: day, logicalType: date, physicalType: date}",
                ]
            ),
            format="{format: csv}",
        )
    )
    target, rejects = tmp_path / "out.parquet", tmp_path / "rejects"
    convert(tamis, source, tmp_path / "c.odcs.yaml", target, "--rejects", rejects)
    assert len(parquet_rows(target)) == 3 * 50 * len(bad)
    files = sorted(rejects.rglob("*.parquet")) if rejects.is_dir() else [rejects]
    table = [row for file in files for row in pq.read_table(file).to_pylist()]
    assert sorted(row["raw"] for row in table) == sorted(bad * 50)
    data = source.read_bytes()
    for row in table:
        begin = row["byte_offset"]
        assert data[begin : begin + len(row["raw"])] == row["raw"]
        assert row["line"] == data[:begin].count(b"\n") + 1
        assert row["reasons"]
