"""JSON lines and ORC against oracles that tamis did not write: Python's json, pyarrow and DuckDB."""

import base64
import datetime
import decimal
import gzip
import json
import random
import re
import subprocess

import duckdb
import pyarrow as pa
import pyarrow.orc
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
"""
TYPED = CONTRACT + """\
      - {name: id, physicalType: bigint, required: true}
      - {name: text, physicalType: string}
      - {name: "odd \\"näme\\"", physicalType: string}
      - {name: ratio, physicalType: double}
      - {name: amount, physicalType: 'decimal(20,4)'}
      - {name: flag, physicalType: boolean}
      - {name: small, physicalType: smallint}
      - {name: day, physicalType: date}
      - {name: clock, physicalType: timestamp_ntz}
      - {name: instant, physicalType: timestamp}
      - {name: bytes, physicalType: binary}
      - {name: nested, physicalType: 'struct<x: int, y: array<string>, z: struct<deep: double>>'}
      - {name: counts, physicalType: 'map<string, bigint>'}
"""
ANY = CONTRACT + "      - {name: v, physicalType: json}\n    customProperties:\n" \
    "      - {property: tamis.format, value: {format: jsonl, extra: ignore}}\n"

LETTERS = ["a", "é", "日本", "😀", '"', "\\", "/", "\n", "\t", "\r", "\b", "\x1f", "\x7f", " ", "long " * 40, "\u2028"]


def convert(tamis, source, target, *more, code=0):
    done = subprocess.run([tamis, "convert", source, target, "-q", *more], capture_output=True, text=True, timeout=300)
    assert done.returncode == code, done.stderr
    return done


def contract(tmp_path, text):
    path = tmp_path / "contract.odcs.yaml"
    path.write_text(text)
    return path


def text_of(chance):
    return "".join(chance.choices(LETTERS, k=chance.randrange(6)))


def typed_row(chance, number):
    micros = chance.randrange(-10**15, 4 * 10**15)
    clock = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=micros)
    row = {
        "id": chance.choice([number, -number, 2**63 - 1, -2**63]),
        "text": text_of(chance),
        'odd "näme"': text_of(chance),
        "ratio": chance.choice([chance.uniform(-1e6, 1e6), 5e-324, 1.7976931348623157e308, 0.1, -0.0, 3]),
        "amount": decimal.Decimal(chance.randrange(-10**20, 10**20)).scaleb(-4),
        "flag": chance.random() < 0.5,
        "small": chance.randrange(-32768, 32768),
        "day": (datetime.date(1970, 1, 1) + datetime.timedelta(days=chance.randrange(-200000, 200000))),
        "clock": clock,
        "instant": clock.replace(tzinfo=datetime.timezone.utc),
        "bytes": chance.randbytes(chance.randrange(5)),
        "nested": {"x": chance.randrange(-9, 9), "y": [text_of(chance) for _ in range(chance.randrange(3))],
                   "z": chance.choice([None, {"deep": 1.5}, {"deep": None}])},
        "counts": {f"k{i}" + text_of(chance): chance.randrange(99) for i in range(chance.randrange(3))},
    }
    for name in list(row):
        if name != "id" and chance.random() < 0.15:
            row[name] = None
    return row


def json_value(value):
    if isinstance(value, decimal.Decimal):
        return f"<number {value:f}>"
    if isinstance(value, datetime.datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def dump(chance, row):
    """A line, spelled in one of the many ways that JSON allows."""
    items = [(name, json_value(value)) for name, value in row.items() if value is not None or chance.random() < 0.5]
    if chance.random() < 0.3:
        chance.shuffle(items)
    separators = chance.choice([(",", ":"), (", ", ": "), (" ,\t", " : ")])
    line = json.dumps(dict(items), ensure_ascii=chance.random() < 0.5, separators=separators)
    line = re.sub(r'"<number (.*?)>"', r"\1", line)  # json has no way to write all digits of a decimal
    return chance.choice(["", "", " ", "\t"]) + line + chance.choice(["", "", " "])


def plain(row):
    """A row as pyarrow gives it back."""
    row = dict(row)
    if row["counts"] is not None:
        row["counts"] = list(row["counts"].items())
    return row


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("threads", [1, 8])
def test_reads_what_python_writes(tamis, tmp_path, line_end, threads):
    chance = random.Random(f"{line_end}{threads}")
    rows = [typed_row(chance, n) for n in range(8000)]
    lines = []
    for row in rows:
        lines.append(dump(chance, row))
        if chance.random() < 0.02:
            lines.append(chance.choice(["", "  ", "\t"]))  # blank lines are no records
    source = tmp_path / "in.jsonl"
    bom = "\ufeff" if threads == 8 else ""
    source.write_bytes((bom + line_end.join(lines) + ("" if threads == 1 else line_end)).encode())
    target = tmp_path / "out.parquet"
    convert(tamis, source, target, "-c", contract(tmp_path, TYPED), "--threads", str(threads))
    assert [row for row in pq.read_table(target).to_pylist()] == [plain(row) for row in rows]


def test_writes_what_python_pyarrow_and_duckdb_read(tamis, tmp_path):
    chance = random.Random(5)
    rows = [typed_row(chance, n) for n in range(3000)]
    source, target, parquet = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "out.parquet"
    source.write_text("".join(dump(chance, row) + "\n" for row in rows))
    path = contract(tmp_path, TYPED)
    convert(tamis, source, target, "-c", path)
    convert(tamis, source, parquet, "-c", path)

    read = [json.loads(line, parse_float=decimal.Decimal) for line in target.read_text().split("\n") if line]
    assert len(read) == len(rows)
    for got, row in zip(read, rows):
        assert list(got) == list(row)
        for name, value in row.items():
            if name == "ratio" and value is not None:
                assert float(got[name]) == value
            elif name in ("clock", "instant") and value is not None:
                assert datetime.datetime.fromisoformat(got[name].replace("Z", "+00:00")) == value
            elif name != "nested":
                assert got[name] == (json_value(value) if not isinstance(value, decimal.Decimal) else value)
    # Read back, all is as it was.
    again = tmp_path / "again.parquet"
    convert(tamis, target, again, "-c", path)
    assert pq.read_table(again).equals(pq.read_table(parquet))

    duckdb.sql("SET TimeZone = 'UTC'")
    columns = "{id: 'BIGINT', text: 'VARCHAR', ratio: 'DOUBLE', flag: 'BOOLEAN', day: 'DATE', clock: 'TIMESTAMP', nested: 'STRUCT(x INT, y VARCHAR[])'}"
    query = "SELECT id, text, ratio, flag, day, clock, nested.x, nested.y FROM {}"
    by_duckdb = duckdb.sql(query.format(f"read_json('{target}', format='newline_delimited', columns={columns})"))
    assert by_duckdb.fetchall() == duckdb.sql(query.format(f"'{parquet}'")).fetchall()


def strict(line):
    """The value of v, or None where tamis must refuse the line. Raises nothing."""
    def no_constant(name):
        raise ValueError(name)

    def members(pairs):
        return pairs

    try:
        text = line.decode("utf-8")
        if "\x00" in text:
            return None
        value = json.loads(text.strip("\r"), parse_constant=no_constant, object_pairs_hook=lambda p: ("object", members(p)),
                           parse_int=lambda t: t, parse_float=lambda t: t)
    except (ValueError, RecursionError):
        return None
    if not (isinstance(value, tuple) and value[0] == "object"):
        return None
    found = [member for name, member in value[1] if name == "v"]
    if len(found) > 1:
        return None
    if found and isinstance(found[0], str) and (b'"v"' in line or b"\\u" in line):
        try:
            found[0].encode()
        except UnicodeEncodeError:
            return None  # half of a surrogate pair
        if "\0" in found[0]:
            return None
    return ("ok", len(found))


def mutate(chance, line):
    line = bytearray(line)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(line) + 1)
        kind = chance.randrange(4)
        if kind == 0 and at < len(line):
            del line[at]
        elif kind == 1:
            line[at:at] = chance.choice([b"{", b"}", b"[", b"]", b'"', b"\\", b",", b":", b"0", b"-", b".", b"e", b" ", b"\x01", b"\x00",
                                         b"\xff", b"\xc3", b"null", b"\\u", b"\\ud83d", b"NaN", b"1.", b"01", b'"v":'])
        elif kind == 2 and at < len(line):
            line[at] = chance.randrange(256)
        else:
            line = line[:at]
    return bytes(line).replace(b"\n", b" ")


def test_accepts_what_a_strict_reader_accepts(tamis, tmp_path):
    chance = random.Random(11)
    lines = []
    for number in range(30000):
        value = chance.choice([1, -1.5e300, "t", text_of(chance), None, True, [], {}, [1, {"a": [None]}], {"b": {"c": []}}, 10**30])
        row = {"v": value} if chance.random() < 0.8 else {"w": [value], "v": value, "ß": {}}
        line = json.dumps(row, ensure_ascii=chance.random() < 0.5).encode()
        lines.append(line if chance.random() < 0.2 else mutate(chance, line))
    lines = [line for line in lines if line.strip(b" \t\r")]
    source, target, bad = tmp_path / "in.jsonl", tmp_path / "out.parquet", tmp_path / "bad.parquet"
    source.write_bytes(b"\n".join(lines))
    convert(tamis, source, target, "-c", contract(tmp_path, ANY), "--rejects", bad)
    rejects = pq.read_table(bad).to_pylist()
    refused = {reject["record"] - 1 for reject in rejects}
    expected = {number for number, line in enumerate(lines) if strict(line) is None}
    wrong = [(lines[n], n in refused) for n in sorted(refused ^ expected)]
    assert not wrong, wrong[:5]
    assert pq.read_metadata(target).num_rows == len(lines) - len(expected)
    offset = 0
    offsets = []
    for line in lines:
        offsets.append(offset)
        offset += len(line) + 1
    for reject in rejects:
        number = reject["record"] - 1
        assert (reject["line"], reject["byte_offset"]) == (number + 1, offsets[number])
        assert reject["raw"] == lines[number].removesuffix(b"\r")


def test_every_reason_is_named_by_its_path(tamis, tmp_path):
    source, bad = tmp_path / "in.jsonl", tmp_path / "bad.jsonl"
    source.write_bytes(b'{"id":"1","text":2,"amount":1.23456,"small":40000,"day":"2024-02-30","nested":{"x":1.5,"y":[1,"a",null]},'
                       b'"counts":{"a":"b","a":1},"flag":"true","text":""}\n'
                       b'{"id":1}\n{"text":"\xff","id":1e0,"amount":12e-1}\n')
    convert(tamis, source, tmp_path / "o.parquet", "-c", contract(tmp_path, TYPED), "--rejects", bad)
    first, second = [json.loads(line) for line in bad.read_text().splitlines()]
    assert {(reason["column"], reason["rule"]) for reason in first["reasons"]} == {
        ("id", "type"), ("text", "type"), ("text", "duplicate_member"), ("amount", "overflow"), ("small", "overflow"), ("day", "type"),
        ("nested.x", "type"), ("nested.y[0]", "type"), ("counts.a", "type"), ("counts.a", "duplicate_member"), ("flag", "type")}
    assert [(reason["column"], reason["rule"]) for reason in second["reasons"]] == [("text", "encoding")]
    assert {reason["column"]: reason["value"] for reason in first["reasons"]}["nested.x"] == "1.5"


def test_extra_members_are_told_refused_or_ignored(tamis, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id":1,"more":2,"nested":{"x":1,"q":[{}]}}\n{"id":2,"more":3}\n')
    path = contract(tmp_path, TYPED)
    warned = subprocess.run([tamis, "convert", source, tmp_path / "o.parquet", "-c", path], capture_output=True, text=True)
    assert warned.returncode == 0 and "more (2 times), nested.q (1 time)" in warned.stderr
    refused = convert(tamis, source, tmp_path / "o.parquet", "-c", path, "--extra", "reject", code=1)
    assert "the contract has no such member" in refused.stderr
    ignored = subprocess.run([tamis, "convert", source, tmp_path / "o.parquet", "-c", path, "--extra", "ignore"],
                             capture_output=True, text=True)
    assert ignored.returncode == 0 and "warning" not in ignored.stderr


def test_without_a_contract_all_is_text_and_new_names_are_refused(tamis, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.parquet"
    lines = ['{"a":1,"b":{"c":[1.50]}}'] * 1000 + ['{"d":1}', '{"a":"x"}']
    source.write_text("\n".join(lines))
    convert(tamis, source, target, code=1)
    convert(tamis, source, target, "--max-rejects", "1")
    rows = pq.read_table(target).to_pylist()
    assert rows[0] == {"a": "1", "b": '{"c":[1.50]}'} and rows[-1] == {"a": "x", "b": None} and len(rows) == 1001


def test_long_and_deep_lines(tamis, tmp_path):
    source, target, bad = tmp_path / "in.jsonl", tmp_path / "out.parquet", tmp_path / "bad.parquet"
    lines = ['{"v":"' + "x" * (15 << 20) + '"}', '{"v":1}', '{"v":"' + "y" * (17 << 20) + '"}', '{"v":2}',
             '{"v":' + "[" * 255 + "]" * 255 + "}", '{"v":' + "[" * 300 + "]" * 300 + "}", '{"v":3']
    source.write_text("\n".join(lines))
    convert(tamis, source, target, "-c", contract(tmp_path, ANY), "--rejects", bad)
    reasons = [(reject["record"], [reason["rule"] for reason in reject["reasons"]]) for reject in pq.read_table(bad).to_pylist()]
    assert reasons == [(3, ["too_long"]), (6, ["json"]), (7, ["json"])]
    assert [len(row["v"]) for row in pq.read_table(target).to_pylist()] == [15 << 20, 1, 1, 510]


def test_nulls_are_omitted_and_not_a_number_is_null(tamis, tmp_path):
    table = pa.table({"a": pa.array([None, 1.5, float("nan"), float("inf")]), "b": pa.array([None, {"c": None, "d": 1}, {"c": "x", "d": None}, None]),
                      "l": pa.array([[1, None], None, [], [2]])})
    pq.write_table(table, tmp_path / "in.parquet")
    convert(tamis, tmp_path / "in.parquet", tmp_path / "o.jsonl")
    assert (tmp_path / "o.jsonl").read_text().splitlines() == [
        '{"a":null,"b":null,"l":[1,null]}', '{"a":1.5,"b":{"c":null,"d":1},"l":null}', '{"a":null,"b":{"c":"x","d":null},"l":[]}',
        '{"a":null,"b":null,"l":[2]}']
    convert(tamis, tmp_path / "in.parquet", tmp_path / "o.jsonl", "--nulls", "omit")
    assert (tmp_path / "o.jsonl").read_text().splitlines()[:2] == ['{"l":[1,null]}', '{"a":1.5,"b":{"d":1}}']


@pytest.mark.parametrize("name", ["o.csv.gz", "o.csv.zst", "o.tsv.gz", "o.jsonl.gz", "o.jsonl.zst", "o.ndjson", "o.json"])
def test_compressed_files_read_back_and_do_not_depend_on_threads(tamis, tmp_path, name):
    rows = "".join(f"{n},text {n % 97},{n * n}\n" for n in range(200000))
    (tmp_path / "in.csv").write_text("a,b,c\n" + rows)
    convert(tamis, tmp_path / "in.csv", tmp_path / name, "--threads", "1")
    once = (tmp_path / name).read_bytes()
    convert(tamis, tmp_path / "in.csv", tmp_path / name, "--threads", "8")
    assert (tmp_path / name).read_bytes() == once
    convert(tamis, tmp_path / name, tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_text() == "a,b,c\n" + rows
    if name.endswith(".gz"):
        text = gzip.decompress(once).decode()
        assert (tmp_path / "in.csv").stat().st_size > 3 << 20, "several members"
        if ".csv" in name:
            assert text == "a,b,c\n" + rows
        if ".tsv" in name:
            assert text == ("a,b,c\n" + rows).replace(",", "\t")
    assert duckdb.sql(f"SELECT count(*), sum(c::BIGINT) FROM '{tmp_path / name}'").fetchone() == (200000, sum(n * n for n in range(200000)))


def test_orc_is_read_back_by_pyarrow(tamis, tmp_path):
    chance = random.Random(3)
    rows = [typed_row(chance, n) for n in range(3000)]
    source, orc, parquet = tmp_path / "in.jsonl", tmp_path / "o.orc", tmp_path / "o.parquet"
    source.write_text("".join(dump(chance, row) + "\n" for row in rows))
    path = contract(tmp_path, TYPED)
    for codec in ("none", "snappy", "zstd"):
        convert(tamis, source, orc, "-c", path, "--codec", codec)
        read = pyarrow.orc.read_table(orc)
        assert read.num_rows == len(rows) and read.column_names == list(rows[0])
        assert [{k: v for k, v in row.items() if k not in ("clock", "instant")} for row in read.to_pylist()] == [
            {k: v for k, v in plain(row).items() if k not in ("clock", "instant")} for row in rows]
        convert(tamis, orc, parquet, "-c", path)
        assert pq.read_table(parquet).to_pylist() == [plain(row) for row in rows]
    pyarrow.orc.write_table(pa.table({"id": [1, 2], "text": ["a", None]}), orc)
    convert(tamis, orc, tmp_path / "o.jsonl")
    assert (tmp_path / "o.jsonl").read_text() == '{"id":1,"text":"a"}\n{"id":2,"text":null}\n'


def test_broken_orc_is_an_error(tamis, tmp_path):
    (tmp_path / "x.orc").write_bytes(b"ORC" + b"x" * 100)
    done = convert(tamis, tmp_path / "x.orc", tmp_path / "o.csv", code=1)
    assert "not a readable ORC file" in done.stderr
    pq.write_table(pa.table({"u": pa.array([1], pa.uint8())}), tmp_path / "u.parquet")
    done = convert(tamis, tmp_path / "u.parquet", tmp_path / "u.orc", code=2)
    assert "ORC has no type for column u" in done.stderr


def test_damaged_compressed_lines_are_an_error(tamis, tmp_path):
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(b'{"a":1}\n' * 100)[:-9])
    done = convert(tamis, tmp_path / "x.jsonl.gz", tmp_path / "o.csv", code=1)
    assert "damaged gzip" in done.stderr
