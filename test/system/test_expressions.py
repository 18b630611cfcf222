"""Expressions against DuckDB: what tamis computes itself must be what the printed SQL gives there.

The cases of test/expr/cases.txt and seeded random expressions run over batches of awkward values,
plain and dictionary-encoded."""

import datetime
import decimal
import json
import os
import random
import subprocess

import duckdb
import pyarrow as pa
import pytest

from built import ROOT, program

PROGRAM = program("expr_eval")
UTC = datetime.timezone.utc

TEXTS = ["", " ", "abc", "ABC def", "  two  spaces ", "straße", "ÉCOLE élan", "日本語テキスト", "a%b_c\\d",
         "it's", '"q"', "12", "-7", "+5", "3.50", "1e3", "NaN", "-inf", "true", "FALSE", "2016-02-29",
         "2017-02-29", "2016-07-28 04:19:28", "2016-07-28T04:19:28.123456Z", "2016-07-28 04:19:28+05:30",
         "9223372036854775808", "a,b,,c", "xxaxx", "e\u0301", "\U0001F926\u200d", "tab\there", None]
INTS = [0, 1, -1, 2, 7, -7, 100, 2**31 - 1, -(2**31), 10, 3, 12, None]
BIGS = [0, 1, -1, 5, -5, 2**53 + 1, 2**63 - 1, -(2**63), 1000, 86400, 10**12, 60, None]
DOUBLES = [0.0, -0.0, 1.5, -1.5, 2.5, 0.1, 1.005, 1e15, 1e300, 1e-300, float("nan"), float("inf"),
           float("-inf"), 123456.789, -2.675, 4503599627370497.5, None]
DECIMALS = ["0.00", "1.25", "-1.25", "99999999.99", "-0.01", "2.50", "3.75", "0.05", None]
WIDE = ["0", "1.0000000001", "-1234567890123456789012345678.0123456789",
        "9999999999999999999999999999.9999999999", "0.5", None]
DATES = [datetime.date(1970, 1, 1), datetime.date(1969, 12, 31), datetime.date(2016, 2, 29),
         datetime.date(2021, 1, 1), datetime.date(2024, 12, 30), datetime.date(1600, 3, 1),
         datetime.date(2000, 2, 28), datetime.date(9999, 12, 31), datetime.date(1, 1, 1),
         datetime.date(2023, 1, 31), None]
TIMES = [datetime.datetime(1970, 1, 1, tzinfo=UTC), datetime.datetime(1969, 12, 31, 23, 59, 59, 999500, UTC),
         datetime.datetime(2016, 7, 28, 4, 19, 28, 0, UTC), datetime.datetime(2016, 2, 29, 12, 30, 1, 5, UTC),
         datetime.datetime(2024, 12, 31, 23, 59, 59, 999999, UTC), datetime.datetime(1600, 3, 1, 1, 2, 3, 40, UTC),
         datetime.datetime(2023, 1, 31, 0, 0, 0, 1, UTC), None]


def batch(rows=64):
    """Every list is cycled with its own length, so that values meet in many pairs."""
    def cycle(values, step=1):
        return [values[(i * step) % len(values)] for i in range(rows)]

    def text(values):
        return pa.array(values, pa.string())

    return pa.RecordBatch.from_pydict({
        "s": text(cycle(TEXTS)),
        "t": text(cycle(TEXTS, 5)),
        "w": text(cycle(["Open", "close", None, "OPEN", " Close "])),
        "i": pa.array(cycle(INTS), pa.int32()),
        "k": pa.array(cycle([0, 1, 2, 3, 5, -1, 8, None]), pa.int8()),
        "b": pa.array(cycle(BIGS), pa.int64()),
        "n": pa.array(cycle([1, 2, 3, -4, 0, None, 12]), pa.int64()),
        "f": pa.array(cycle(DOUBLES), pa.float64()),
        "g": pa.array(cycle([0.5, -0.25, 2.0, 3.0, None, 0.0, 100.0]), pa.float64()),
        "r": pa.array(cycle([0.5, 1.25, -3.0, None]), pa.float32()),
        "m": pa.array([None if v is None else decimal.Decimal(v) for v in cycle(DECIMALS)], pa.decimal128(10, 2)),
        "x": pa.array([None if v is None else decimal.Decimal(v) for v in cycle(WIDE)], pa.decimal128(38, 10)),
        "d": pa.array(cycle(DATES), pa.date32()),
        "e": pa.array(cycle(DATES, 3), pa.date32()),
        "p": pa.array(cycle(TIMES), pa.timestamp("us", "UTC")),
        "q": pa.array(cycle(TIMES, 3), pa.timestamp("us", "UTC")),
        "c": pa.array(cycle([True, False, None]), pa.bool_()),
        "h": pa.array(cycle([True, None, False, False]), pa.bool_()),
    })


def encoded(plain):
    """The same batch with its texts as dictionaries."""
    columns, fields = [], []
    for field, column in zip(plain.schema, plain.columns):
        if pa.types.is_string(field.type):
            column = column.dictionary_encode()
        columns.append(column)
        fields.append(pa.field(field.name, column.type))
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


def answers(expressions, data, folder):
    path = folder / "batch.arrow"
    with pa.ipc.new_file(path, data.schema) as writer:
        writer.write_batch(data)
    run = subprocess.run([PROGRAM, path], input="\n".join(expressions) + "\n", capture_output=True, text=True,
                         check=True)
    return [json.loads(line) for line in run.stdout.rstrip("\n").split("\n")]


def shown(value, kind):
    """A value of DuckDB's Arrow result as expr_eval prints its own."""
    if value is None:
        return None
    if pa.types.is_boolean(kind):
        return "true" if value else "false"
    if pa.types.is_floating(kind):
        return value
    return str(value)


def same(ours, theirs, kind):
    if ours is None or theirs is None:
        return ours is None and theirs is None
    if pa.types.is_floating(kind):
        ours = float(ours)
        if ours != ours or theirs != theirs:
            return ours != ours and theirs != theirs
        return ours == theirs or abs(ours - theirs) <= 4e-16 * max(abs(ours), abs(theirs))
    if pa.types.is_decimal(kind):
        return decimal.Decimal(ours) == decimal.Decimal(theirs)
    return ours == theirs


class Oracle:
    def __init__(self, data):
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.register("data", pa.Table.from_batches([data]))

    def run(self, sql):
        result = self.connection.execute(f"SELECT {sql} AS x FROM data").to_arrow_table().column(0)
        kind = result.type
        if pa.types.is_timestamp(kind):
            result = result.cast(pa.int64())
        if pa.types.is_date(kind):  # Python's dates end before DuckDB's
            result = result.cast(pa.int32())
        return kind, [shown(v, kind) for v in result.to_pylist()]


def types_agree(ours, theirs):
    theirs = str(theirs)
    return ours == theirs or {ours, theirs} == {"string", "large_string"}


def compare(answer, oracle):
    """None if both agree, else what differs."""
    if not answer["in_duckdb"]:
        return None
    try:
        kind, theirs = oracle.run(answer["duckdb"])
    except duckdb.Error as error:
        return None if "failure" in answer else f"DuckDB fails: {str(error)[:300]}"
    if "failure" in answer:
        return f"only tamis fails: {answer['failure']}"
    all_null = not any(v is not None for v in theirs)  # DuckDB may fold such to an untyped NULL
    if not all_null and not types_agree(answer["type"], kind):
        return f"type {answer['type']} but DuckDB {kind}"
    for row, (ours, other) in enumerate(zip(answer["values"], theirs, strict=True)):
        if not same(ours, other, kind):
            return f"row {row}: {ours!r} but DuckDB {other!r}"
    return None


def check(expressions, folder):
    data = batch()
    oracle = Oracle(data)
    plain = answers(expressions, data, folder)
    as_dictionary = answers(expressions, encoded(data), folder)
    wrong = []
    for answer, other in zip(plain, as_dictionary, strict=True):
        if "error" in answer:
            wrong.append((answer["input"], answer["error"]))
            continue
        if answer["again"] != answer["canonical"] or not answer["same_type"]:
            wrong.append((answer["input"], f"canonical {answer['canonical']} reads as {answer['again']}"))
        if answer.get("values") != other.get("values") or ("failure" in answer) != ("failure" in other):
            wrong.append((answer["input"], f"plain {answer.get('values') or answer['failure']}\n"
                          f"    dictionary {other.get('values') or other.get('failure')}"))
        difference = compare(answer, oracle)
        if difference:
            wrong.append((answer["input"], difference + "\n    " + answer["duckdb"]))
    return wrong


def cases():
    """The expressions of cases.txt that have no error, in the schema that it names."""
    lines = (ROOT / "test" / "expr" / "functions.txt").read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def report(wrong):
    return f"{len(wrong)} differ\n" + "\n".join(f"{expr}\n    {why}" for expr, why in wrong[:40])


def test_functions_agree_with_duckdb(tmp_path):
    wrong = check(cases(), tmp_path)
    assert not wrong, report(wrong)


class Generator:
    """Random well-typed expressions; a number's magnitude is kept small so that not all overflow."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *options):
        return self.random.choice(options)

    def boolean(self, depth):
        r = self.random.randrange(14) if depth > 0 else 0
        d = depth - 1
        if r < 2:
            return self.pick("c", "h", "TRUE", "FALSE")
        if r < 4:
            return f"({self.boolean(d)} {self.pick('AND', 'OR')} {self.boolean(d)})"
        if r == 4:
            return f"NOT {self.boolean(d)}" if self.pick(0, 1) else f"({self.boolean(d)}) IS NOT NULL"
        kind = self.pick("integer", "double", "decimal", "text", "date", "timestamp")
        make = getattr(self, kind)
        if r < 9:
            return f"({make(d)} {self.pick('=', '<>', '<', '<=', '>', '>=')} {make(d)})"
        if r == 9:
            return f"({make(d)} {self.pick('', 'NOT ')}BETWEEN {make(d)} AND {make(d)})"
        if r == 10:
            return f"({make(d)} {self.pick('', 'NOT ')}IN ({make(0)}, {make(0)}, {make(0)}))"
        if r == 11:
            return f"({make(d)} IS {self.pick('', 'NOT ')}DISTINCT FROM {make(d)})"
        if r == 12:
            pattern = self.pick("%a%", "_b%", "%", "a!%b%", "%é%", "", "O%n", "__")
            return f"({self.text(d)} {self.pick('', 'NOT ')}LIKE '{pattern}' ESCAPE '!')"
        return f"{self.pick('contains', 'starts_with', 'ends_with')}({self.text(d)}, {self.text(0)})"

    def integer(self, depth):
        if depth <= 0:
            return self.pick("i", "k", "n", "3", "-2", "0", "17", "$number")
        d = depth - 1
        return self.pick(
            lambda: f"({self.integer(d)} {self.pick('+', '-', '*', '%')} {self.integer(d)})",
            lambda: f"div({self.integer(d)}, {self.integer(d)})",
            lambda: f"abs({self.integer(d)})",
            lambda: f"sign({self.pick(self.integer, self.double, self.decimal)(d)})",
            lambda: f"length({self.text(d)})",
            lambda: f"{self.pick('year', 'month', 'day', 'quarter', 'week', 'day_of_week', 'day_of_year')}"
                    f"({self.pick(self.date, self.timestamp)(d)})",
            lambda: f"{self.pick('hour', 'minute', 'second', 'epoch', 'epoch_ms', 'epoch_us')}({self.timestamp(d)})",
            lambda: f"TRY_CAST({self.pick(self.text, self.decimal, self.double)(d)} AS "
                    f"{self.pick('int', 'bigint', 'smallint')})",
            lambda: f"date_diff('{self.pick('year', 'quarter', 'month', 'week', 'day')}', {self.date(d)}, {self.date(d)})",
            lambda: f"date_diff('{self.pick('hour', 'minute', 'second', 'day', 'week')}', "
                    f"{self.timestamp(d)}, {self.timestamp(d)})",
            lambda: f"{self.pick('bit_and', 'bit_or', 'bit_xor')}({self.integer(d)}, {self.integer(d)})",
            lambda: self.choice(self.integer, d))()

    def double(self, depth):
        if depth <= 0:
            return self.pick("f", "g", "r", "1.5e0", "-2e0", "$share")
        d = depth - 1
        return self.pick(
            lambda: f"({self.double(d)} {self.pick('+', '-', '*', '/', '%')} {self.pick(self.double, self.integer)(d)})",
            lambda: f"({self.integer(d)} / {self.integer(d)})",
            lambda: f"{self.pick('abs', 'ceil', 'floor', 'trunc', 'sqrt', 'round')}({self.double(d)})",
            lambda: f"round({self.double(d)}, {self.pick(0, 1, 2, 5)})",
            lambda: f"CAST({self.pick(self.integer, self.decimal)(d)} AS double)",
            lambda: f"TRY_CAST({self.text(d)} AS double)",
            lambda: self.choice(self.double, d))()

    def decimal(self, depth):
        if depth <= 0:
            return self.pick("m", "1.5", "-0.25", "100.0", "CAST(k AS decimal(5,1))")
        d = depth - 1
        return self.pick(
            lambda: f"({self.decimal(0)} {self.pick('+', '-', '*', '%')} {self.decimal(0)})",
            lambda: f"({self.decimal(0)} {self.pick('+', '-')} {self.integer(0)})",
            lambda: f"{self.pick('abs', 'ceil', 'floor', 'trunc', '-')}({self.decimal(0)})",
            lambda: f"round({self.decimal(d)}, {self.pick(0, 1, 2)})",
            lambda: f"TRY_CAST({self.pick(self.double, self.text, self.integer)(d)} AS "
                    f"{self.pick('decimal(10,2)', 'decimal(18,0)', 'decimal(5,4)')})",
            lambda: f"coalesce({self.decimal(0)}, {self.decimal(0)})")()

    def text(self, depth):
        if depth <= 0:
            return self.pick("s", "t", "w", "'abc'", "'é'", "''", "$word", "' '")
        d = depth - 1
        return self.pick(
            lambda: f"{self.pick('lower', 'upper', 'initcap', 'trim', 'ltrim', 'rtrim', 'md5', 'sha256')}({self.text(d)})",
            lambda: f"({self.text(d)} || {self.text(d)})",
            lambda: f"concat_ws({self.text(0)}, {self.text(d)}, {self.text(d)})",
            lambda: f"{self.pick('left', 'right', 'repeat')}({self.text(d)}, {self.pick('k', '2', '0', '-1', 'n')})",
            lambda: f"substring({self.text(d)}, {self.pick('k', '2', '0', '-1', 'n')}, {self.pick('k', '3', '0')})",
            lambda: f"{self.pick('lpad', 'rpad')}({self.text(d)}, {self.pick('k', '6', '0')}, '{self.pick('x', 'é-')}')",
            lambda: f"replace({self.text(d)}, {self.text(0)}, {self.text(0)})",
            lambda: f"split_part({self.text(d)}, '{self.pick(',', 'a', ' ')}', {self.pick(1, 2, -1, -2, 9)})",
            lambda: f"regexp_replace({self.text(d)}, '{self.pick('[aeiou]', '(.)b', '^ +', 'x*')}', "
                    f"'{self.pick('-', '', '<$>')}')",
            lambda: f"regexp_extract({self.text(d)}, '{self.pick('([a-z]+)', '(x)?b|(c)', '.$')}')",
            lambda: f"CAST({self.pick(self.integer, self.decimal, self.date, self.timestamp, self.boolean)(d)} AS text)",
            lambda: f"strftime({self.pick(self.date, self.timestamp)(0)}, '%Y-%m-%d %H:%M:%S.%f %j %y %%')",
            lambda: f"nullif({self.text(d)}, {self.text(0)})",
            lambda: self.choice(self.text, d))()

    def date(self, depth):
        if depth <= 0:
            return self.pick("d", "e", "DATE '2020-02-29'", "$day", "today()")
        d = depth - 1
        return self.pick(
            lambda: f"date({self.timestamp(d)})",
            lambda: f"date_trunc('{self.pick('year', 'quarter', 'month', 'week', 'day')}', {self.date(d)})",
            lambda: f"last_day({self.date(d)})",
            lambda: f"date_trunc('month', if({self.date(0)} > DATE '1900-01-01' AND {self.date(0)} < DATE '3000-01-01', "
                    f"DATE '2019-05-05', DATE '2000-01-01'))",
            lambda: f"(greatest(least({self.date(0)}, DATE '3000-01-01'), DATE '1500-01-01') "
                    f"{self.pick('+', '-')} INTERVAL {self.pick('1 DAY', '3 MONTH', '2 YEAR', '5 WEEK')})",
            lambda: f"date_add('{self.pick('day', 'month', 'year', 'week')}', k, "
                    f"greatest(least({self.date(0)}, DATE '3000-01-01'), DATE '1500-01-01'))",
            lambda: f"TRY_CAST({self.text(d)} AS date)",
            lambda: self.choice(self.date, d))()

    def timestamp(self, depth):
        if depth <= 0:
            return self.pick("p", "q", "TIMESTAMP '2016-07-28 04:19:28.5Z'", "run_time()")
        d = depth - 1
        return self.pick(
            lambda: f"date_trunc('{self.pick('year', 'month', 'week', 'day', 'hour', 'minute', 'second')}', {self.timestamp(d)})",
            lambda: f"({self.timestamp(0)} {self.pick('+', '-')} INTERVAL "
                    f"{self.pick('1 HOUR', '90 MINUTE', '1 MONTH', '3 DAY', '250 MILLISECOND')})",
            lambda: f"window_start(INTERVAL {self.pick('10 MINUTE', '7 SECOND', '1 DAY', '1 WEEK')}, {self.timestamp(d)})",
            lambda: f"to_timestamp({self.pick('k', 'n', '0')})",
            lambda: f"date_add('{self.pick('hour', 'month', 'second')}', k, {self.timestamp(0)})",
            lambda: f"TRY_CAST({self.text(d)} AS timestamp)",
            lambda: f"CAST({self.date(0)} AS timestamp)",
            lambda: self.choice(self.timestamp, d))()

    def choice(self, make, depth):
        return self.pick(
            lambda: f"CASE WHEN {self.boolean(depth)} THEN {make(depth)} ELSE {make(depth)} END",
            lambda: f"CASE {self.integer(0)} WHEN 1 THEN {make(depth)} WHEN 2 THEN {make(0)} END",
            lambda: f"if({self.boolean(depth)}, {make(depth)}, {make(0)})",
            lambda: f"coalesce({make(depth)}, {make(depth)})",
            lambda: f"{self.pick('greatest', 'least')}({make(depth)}, {make(0)})",
            lambda: f"nullif({make(depth)}, {make(0)})")()

    def any(self, depth):
        return self.pick(self.boolean, self.integer, self.double, self.decimal, self.text, self.date,
                         self.timestamp)(depth)


@pytest.mark.parametrize("seed", range(int(os.environ.get("EXPR_SEEDS", "4"))))
def test_random_expressions_agree_with_duckdb(seed, tmp_path):
    generator = Generator(seed)
    wrong = check([generator.any(generator.random.randrange(1, 4)) for _ in range(400)], tmp_path)
    assert not wrong, report(wrong)


def test_every_letter_has_duckdbs_case(tmp_path):
    points = [chr(c) for c in range(1, 0x110000) if not 0xD800 <= c < 0xE000]
    data = pa.RecordBatch.from_pydict({"s": pa.array(points)})
    for answer in answers(["lower(s)", "upper(s)"], data, tmp_path):
        kind, theirs = Oracle(data).run(answer["duckdb"])
        assert answer["values"] == theirs


def test_xxhash64_is_sparks(tmp_path):
    """SELECT xxhash64(...) in Spark 4: its documentation's examples and the seed for NULL."""
    data = pa.RecordBatch.from_pydict({"s": pa.array(["Spark"]), "i": pa.array([123], pa.int32())})
    values = [a["values"] for a in answers(["xxhash64(s)", "xxhash64(CAST(NULL AS text))", "xxhash64(i)",
                                            "xxhash64(s, i)"], data, tmp_path)]
    assert values[0] == ["-4294468057691064905"] and values[1] == ["42"]
