"""`tamis generate --profile`: rows that follow a sample, and a contract that tells no personal value of it."""

import csv
import datetime
import json
import math
import pathlib
import re
import subprocess
import sys

import datacontract
import duckdb
import numpy as np
import pytest

ROWS = 20000
FIRST = ["Ada", "Grace", "Edsger", "Barbara", "Donald", "Hedy", "Katherine", "Alan"]


def sample_rows(seed=1):
    draw = np.random.default_rng(seed)
    amount = np.round(draw.lognormal(4, 1, ROWS), 2)
    visits = draw.poisson(3, ROWS)
    temperature = draw.normal(20, 7, ROWS)
    day = draw.normal(0, 100, ROWS)
    start = datetime.datetime(2024, 3, 1)
    for i in range(ROWS):
        first = FIRST[int(draw.integers(len(FIRST)))]
        yield {
            "id": i + 1,
            "customer_id": 480_000 + int(draw.integers(9000)) * 17,
            "first_name": first + "ette",
            "last_name": f"Quux{int(draw.integers(10**6))}son",
            "email": f"{first.lower()}.{int(draw.integers(10**6))}@mailbox.invalid",
            "phone": f"+41 79 {int(draw.integers(100, 999))} {int(draw.integers(1000, 9999))}",
            "date_of_birth": (datetime.date(1970, 1, 1) + datetime.timedelta(days=int(draw.integers(9000)))).isoformat(),
            "comment": f"Called on day {int(draw.integers(10**6))} about the broken lamp",
            "amount": f"{amount[i]:.2f}",
            "visits": int(visits[i]),
            "temperature": f"{temperature[i]:.6f}".rstrip("0"),
            "status": draw.choice(["new", "paid", "sent", "lost"], p=[0.5, 0.3, 0.15, 0.05]),
            "rare": "usual" if i % 2000 else f"secret-{i}",
            "sku": f"{'ABC'[i % 3]}{'XYZ'[i // 3 % 3]}-{int(draw.integers(1000, 9999))}",
            "day": (datetime.date(2024, 1, 1) + datetime.timedelta(days=int(day[i]))).isoformat(),
            "seen_at": (start + datetime.timedelta(seconds=int(draw.exponential(500_000)))).isoformat(),
            "active": "true" if draw.random() < 0.8 else "false",
            "discount": "" if draw.random() < 0.25 else f"{draw.random():.3f}",
        }


PERSONAL = ["customer_id", "first_name", "last_name", "email", "phone", "date_of_birth", "comment"]


@pytest.fixture(scope="module")
def profiled(tamis, tmp_path_factory):
    """The sample, the contract that was made of it, and rows made by that."""
    folder = tmp_path_factory.mktemp("profile")
    rows = list(sample_rows())
    with open(folder / "people.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)

    def call(*words):
        done = subprocess.run([tamis, *map(str, words)], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done
    told = json.loads(call("generate", "--profile", "people.csv", "-o", "made.odcs.yaml", "--noise-seed", 7,
                           "--json").stdout)
    call("generate", "made.odcs.yaml", "--rows", ROWS, "-o", "made.parquet")
    call("convert", "people.csv", "sample.parquet", "-c", "made.odcs.yaml")
    return {"folder": folder, "rows": rows, "told": told, "call": call}


def numbers(profiled, name, column):
    cast = f"epoch({column})" if column in ("day", "seen_at") else f"{column}::DOUBLE"
    return np.sort(np.array(duckdb.sql(
        f"SELECT {cast} FROM '{profiled['folder']}/{name}.parquet' WHERE {column} IS NOT NULL").fetchnumpy().popitem()[1]))


def distance(a, b):
    """The two-sample Kolmogorov-Smirnov statistic."""
    at = np.concatenate([a, b])
    return np.abs(np.searchsorted(a, at, "right") / len(a) - np.searchsorted(b, at, "right") / len(b)).max()


@pytest.mark.parametrize("column, most", [
    ("amount", 0.03), ("visits", 0.03), ("temperature", 0.03), ("day", 0.03), ("seen_at", 0.03), ("discount", 0.03)])
def test_numbers_follow_the_sample(profiled, column, most):
    assert distance(numbers(profiled, "sample", column), numbers(profiled, "made", column)) < most


@pytest.mark.parametrize("column", ["status", "active", "rare"])
def test_categories_follow_the_sample(profiled, column):
    counts = [dict(duckdb.sql(f"SELECT {column}::TEXT, count(*) FROM '{profiled['folder']}/{name}.parquet' GROUP BY 1").fetchall())
              for name in ("sample", "made")]
    shared = {value: count for value, count in counts[0].items() if count >= 100}
    assert set(counts[1]) == set(shared)
    total = sum(shared.values())
    # Both vary, and noise is added: twice the critical value of 1 in 10,000 for 3 degrees of freedom.
    chi = sum((counts[1][value] - ROWS * count / total) ** 2 / (ROWS * count / total) for value, count in shared.items())
    assert chi < 2 * 21.1


def test_null_rates_follow_the_sample(profiled):
    for column, rate in (("discount", 0.25), ("amount", 0)):
        nulls = duckdb.sql(f"SELECT count(*) - count({column}) FROM '{profiled['folder']}/made.parquet'").fetchone()[0]
        assert nulls / ROWS == pytest.approx(rate, abs=0.02)


def test_types_are_inferred(profiled):
    types = {column["name"]: column["type"] for column in profiled["told"]["columns"]}
    assert types["id"] == types["visits"] == "int32"
    assert types["amount"].startswith("decimal128(") and types["amount"].endswith(", 2)")
    assert types["temperature"] == "double" and types["active"] == "bool"
    assert types["day"] == types["date_of_birth"] == "date32[day]" and types["seen_at"] == "timestamp[us]"
    assert types["sku"] == types["phone"] == "string"


def test_codes_keep_their_shape(profiled):
    matching, distinct = duckdb.sql(f"""
        SELECT bool_and(regexp_full_match(sku, '[A-Z]{{2}}-[0-9]{{4}}')), count(DISTINCT sku)
        FROM '{profiled['folder']}/made.parquet'""").fetchone()
    assert matching and distinct > ROWS / 2


def test_no_personal_value_is_in_the_contract(profiled):
    text = (profiled["folder"] / "made.odcs.yaml").read_text()
    words = set(re.split(r"[^\w.]+", text))  # 546368 is none of 02:23.546368
    for column in PERSONAL:
        for value in {str(row[column]) for row in profiled["rows"]}:
            assert value not in (words if value.isalnum() else text), f"{column}: {value}"
    assert "secret-" not in text  # a value of one row, in a column of another
    told = {column["name"]: column["told"] for column in profiled["told"]["columns"]}
    assert told["email"] == "personal (name email): nothing of its values is told"


def test_datacontract_cli_accepts_the_contract(profiled):
    assert datacontract
    done = subprocess.run([pathlib.Path(sys.executable).parent / "datacontract", "lint", "made.odcs.yaml"],
                          cwd=profiled["folder"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_keys_are_unique(profiled):
    ids = duckdb.sql(f"SELECT count(DISTINCT id) FROM '{profiled['folder']}/made.parquet'").fetchone()[0]
    assert ids == ROWS
    profiled["call"]("validate", "made.parquet", "-c", "made.odcs.yaml")


def test_noise_differs_unless_its_seed_is_given(profiled):
    texts = []
    for i, words in enumerate([["--noise-seed", 7], ["--noise-seed", 7], [], []]):
        profiled["call"]("generate", "--profile", "people.csv", "-o", f"n{i}.odcs.yaml", *words)
        texts.append((profiled["folder"] / f"n{i}.odcs.yaml").read_text())
    assert texts[0] == texts[1] and len(set(texts)) == 3


def test_a_contract_keeps_its_rules_and_says_what_is_personal(profiled):
    folder = profiled["folder"]
    (folder / "known.odcs.yaml").write_text("""\
apiVersion: v3.1.0
kind: DataContract
id: people
version: 2.1.0
status: active
schema:
  - name: people
    properties:
      - {name: id, logicalType: integer, physicalType: bigint, required: true}
      - {name: amount, logicalType: number, physicalType: "decimal(12,2)", required: true, logicalTypeOptions: {minimum: 1, maximum: 500}}
      - {name: visits, logicalType: integer, classification: confidential}
      - {name: status, logicalType: string, required: true}
""")
    profiled["call"]("generate", "known.odcs.yaml", "--profile", "people.csv", "-o", "kept.odcs.yaml", "-q")
    text = (folder / "kept.odcs.yaml").read_text()
    assert 'version: "2.1.0"' in text and "decimal(12,2)" in text
    profiled["call"]("generate", "kept.odcs.yaml", "--rows", 5000, "-o", "kept.parquet")
    profiled["call"]("validate", "kept.parquet", "-c", "kept.odcs.yaml")
    low, high = duckdb.sql(f"SELECT min(amount), max(amount) FROM '{folder}/kept.parquet'").fetchone()
    assert low >= 1 and high <= 500
    visits = text[text.index("visits"):text.index("- name: status")]
    assert "tamis.generate" not in visits


def test_parquet_samples_keep_their_types(profiled):
    profiled["call"]("generate", "--profile", "sample.parquet", "-o", "typed.odcs.yaml", "--noise-seed", 3)
    text = (profiled["folder"] / "typed.odcs.yaml").read_text()
    assert "physicalType: timestamp_ntz" in text or "physicalType: timestamp" in text
    profiled["call"]("generate", "typed.odcs.yaml", "--rows", 2000, "-o", "typed.parquet")


def test_small_samples_tell_little(profiled):
    folder = profiled["folder"]
    (folder / "few.csv").write_text("salary,grade\n" + "".join(f"{50000 + i * i * 37},g{i}\n" for i in range(8)))
    told = json.loads(profiled["call"]("generate", "--profile", "few.csv", "-o", "few.odcs.yaml", "--json",
                                              "--noise-seed", 5).stdout)
    text = (folder / "few.odcs.yaml").read_text()
    assert not any(str(50000 + i * i * 37) in text for i in range(8))
    assert told["columns"][0]["told"] == "too few values: nothing of them is told"
    assert math.isfinite(told["rows"])
