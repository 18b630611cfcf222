"""`tamis generate` of tables that refer to each other, checked by DuckDB: every foreign key has a parent, keys are
unique, every table passes `tamis validate` with its own contract."""

import subprocess

import duckdb
import pytest

HEAD = """apiVersion: v3.1.0
kind: DataContract
id: shop
version: 1.0.0
status: active
schema:
"""


def column(name, logical="integer", physical="bigint", required=True, key=0, to="", generate="", more=""):
    parts = [f"name: {name}", f"logicalType: {logical}", f'physicalType: "{physical}"', f"required: {str(required).lower()}"]
    if key:
        parts += ["primaryKey: true", f"primaryKeyPosition: {key}"]
    if to:
        parts.append(f"relationships: [{{to: {to}}}]")
    if generate:
        parts.append(f"customProperties: [{{property: tamis.generate, value: {generate}}}]")
    if more:
        parts.append(more)
    return "      - {" + ", ".join(parts) + "}\n"


def table(name, *columns, rows=None, relationships=""):
    text = f"  - name: {name}\n"
    if rows is not None:
        text += f"    customProperties: [{{property: tamis.generate, value: {{rows: {rows}}}}}]\n"
    return text + relationships + "    properties:\n" + "".join(columns)


SHOP = HEAD + "".join([
    table("regions", column("code", "string", "varchar(40)", key=1), rows=20),
    table("customers",
          column("id", key=1),
          column("region", "string", "varchar(40)", to="regions.code", generate="{distribution: zipf, exponent: 0.8}"),
          column("favourite", to="products.id", required=False, generate="{null_rate: 0.4}"),
          column("city", "string", "varchar(60)", required=False, generate="{null_rate: 0.25}"),
          rows=2000),
    # Refers to customers, which refer to it: a cycle of tables.
    table("products",
          column("id", generate="{provider: sequence, start: 1000, step: 7}", key=1),
          column("first_buyer", to="customers.id", required=False, generate="{null_rate: 0.1}"),
          column("price", "number", "decimal(8,2)", generate="{from: 1, to: 900}"),
          rows=500),
    table("employees",
          column("id", key=1),
          column("manager_id", required=False, to="employees.id", generate="{null_rate: 0.02}"),
          rows=3000),
    table("orders",
          column("id", key=1),
          column("customer_id", to="customers.id", generate="{children: {from: 0, to: 9}}"),
          column("employee_id", to="employees.id")),
    table("order_lines",
          column("order_id", key=1, to="orders.id", generate="{children: {values: [1, 2, 6], weights: [5, 3, 2]}}"),
          column("line", physical="int", key=2),
          column("product_id", to="products.id", generate="{distribution: zipf}"),
          column("price", "number", "decimal(8,2)", generate="{provider: parent, of: product_id, column: price}"),
          column("quantity", physical="int", generate="{from: 1, to: 9}"),
          column("total", "number", "decimal(12,2)", generate="{provider: expression, value: price * quantity}")),
    # A key of two foreign keys; and a table that refers to it by both.
    table("likes",
          column("customer_id", key=1, to="customers.id"),
          column("product_id", key=2, to="products.id"),
          rows=100000),
    table("like_notes",
          column("id", key=1),
          column("customer_id"),
          column("product_id"),
          rows=5000,
          relationships="    relationships: [{type: foreignKey, from: [like_notes.customer_id, like_notes.product_id], "
                        "to: [likes.customer_id, likes.product_id]}]\n"),
    # One row of its own for each, and different products for each order.
    table("profiles", column("customer_id", key=1, to="customers.id"), rows=1500),
    table("gifts",
          column("order_id", key=1, to="orders.id", generate="{children: {from: 0, to: 3}}"),
          column("product_id", key=2, to="products.id")),
])

FOREIGN_KEYS = [
    ("customers", ["region"], "regions", ["code"]),
    ("customers", ["favourite"], "products", ["id"]),
    ("products", ["first_buyer"], "customers", ["id"]),
    ("employees", ["manager_id"], "employees", ["id"]),
    ("orders", ["customer_id"], "customers", ["id"]),
    ("orders", ["employee_id"], "employees", ["id"]),
    ("order_lines", ["order_id"], "orders", ["id"]),
    ("order_lines", ["product_id"], "products", ["id"]),
    ("likes", ["customer_id"], "customers", ["id"]),
    ("likes", ["product_id"], "products", ["id"]),
    ("like_notes", ["customer_id", "product_id"], "likes", ["customer_id", "product_id"]),
    ("profiles", ["customer_id"], "customers", ["id"]),
    ("gifts", ["order_id"], "orders", ["id"]),
    ("gifts", ["product_id"], "products", ["id"]),
]

KEYS = {
    "regions": "code", "customers": "id", "products": "id", "employees": "id", "orders": "id",
    "order_lines": "order_id, line", "likes": "customer_id, product_id", "like_notes": "id",
    "profiles": "customer_id", "gifts": "order_id, product_id",
}


def run(tamis, *arguments):
    return subprocess.run([tamis, *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def shop(tamis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    contract = folder / "shop.odcs.yaml"
    contract.write_text(SHOP)
    done = run(tamis, "generate", contract, "-o", folder / "csv", "--seed", "5")
    assert done.returncode == 0, done.stderr
    return contract, folder


def rows_of(folder, name):
    return f"read_csv('{folder / 'csv' / name}.csv', header = true)"


@pytest.mark.parametrize("child,columns,parent,to", FOREIGN_KEYS)
def test_every_foreign_key_has_a_parent(shop, child, columns, parent, to):
    _, folder = shop
    known = " AND ".join(f"c.{column} IS NOT NULL" for column in columns)
    same = " AND ".join(f"c.{column} = p.{other}" for column, other in zip(columns, to))
    rows, orphans = duckdb.sql(f"""
        SELECT count(*), count(*) FILTER (WHERE {known} AND NOT EXISTS (
            SELECT 1 FROM {rows_of(folder, parent)} p WHERE {same})) FROM {rows_of(folder, child)} c""").fetchone()
    assert rows > 0 and orphans == 0


@pytest.mark.parametrize("name,key", KEYS.items())
def test_keys_are_unique(shop, name, key):
    _, folder = shop
    rows, keys = duckdb.sql(f"SELECT count(*), count(DISTINCT ({key})) FROM {rows_of(folder, name)}").fetchone()
    assert rows == keys > 0


@pytest.mark.parametrize("name", KEYS)
def test_every_table_keeps_its_contract(tamis, shop, name):
    contract, folder = shop
    done = run(tamis, "validate", folder / "csv" / f"{name}.csv", "-c", contract, "--table", name)
    assert done.returncode == 0, done.stderr


def test_children_are_as_many_as_asked(shop):
    _, folder = shop
    shares = duckdb.sql(f"""
        SELECT n, count(*) FROM (SELECT count(*) AS n FROM {rows_of(folder, 'order_lines')} GROUP BY order_id)
        GROUP BY n ORDER BY n""").fetchall()
    orders = sum(count for _, count in shares)
    assert [n for n, _ in shares] == [1, 2, 6]
    for (_, count), share in zip(shares, (0.5, 0.3, 0.2)):
        assert abs(count / orders - share) < 0.02
    least, most, mean = duckdb.sql(f"""
        SELECT min(n), max(n), avg(n) FROM (SELECT count(o.id) AS n FROM {rows_of(folder, 'customers')} c
        LEFT JOIN {rows_of(folder, 'orders')} o ON o.customer_id = c.id GROUP BY c.id)""").fetchone()
    assert (least, most) == (0, 9) and abs(mean - 4.5) < 0.2
    gaps = duckdb.sql(f"""
        SELECT count(*) FROM (SELECT max(line) AS m, count(*) AS n FROM {rows_of(folder, 'order_lines')}
        GROUP BY order_id) WHERE m != n""").fetchone()[0]
    assert gaps == 0


def test_managers_come_before_those_they_manage(shop):
    _, folder = shop
    wrong, nobody, tops = duckdb.sql(f"""
        SELECT count(*) FILTER (WHERE manager_id >= id), count(*) FILTER (WHERE manager_id IS NULL),
               count(*) FILTER (WHERE id = 1 AND manager_id IS NULL) FROM {rows_of(folder, 'employees')}""").fetchone()
    assert wrong == 0 and 20 < nobody < 120 and tops == 1


def test_values_of_the_parent_and_expressions_agree(shop):
    _, folder = shop
    rows, wrong = duckdb.sql(f"""
        SELECT count(*), count(*) FILTER (WHERE abs(l.price - p.price) > 0.001 OR abs(l.total - l.price * l.quantity) > 0.001)
        FROM {rows_of(folder, 'order_lines')} l JOIN {rows_of(folder, 'products')} p ON p.id = l.product_id""").fetchone()
    assert rows > 10000 and wrong == 0


def test_nulls_are_as_many_as_asked(shop):
    _, folder = shop
    favourite, city, buyer = duckdb.sql(f"""
        SELECT (SELECT avg((favourite IS NULL)::INT) FROM {rows_of(folder, 'customers')}),
               (SELECT avg((city IS NULL)::INT) FROM {rows_of(folder, 'customers')}),
               (SELECT avg((first_buyer IS NULL)::INT) FROM {rows_of(folder, 'products')})""").fetchone()
    assert abs(favourite - 0.4) < 0.05 and abs(city - 0.25) < 0.05 and abs(buyer - 0.1) < 0.05


def test_zipf_prefers_few_parents(shop):
    _, folder = shop
    counts = [n for (n,) in duckdb.sql(f"""
        SELECT count(*) FROM {rows_of(folder, 'order_lines')} GROUP BY product_id ORDER BY 1 DESC""").fetchall()]
    total = sum(counts)
    harmonic = sum(1 / k for k in range(1, 501))
    for k in (1, 2, 3, 10):
        assert abs(counts[k - 1] / total - 1 / (k * harmonic)) < 0.015
    assert len(counts) > 450


def test_threads_parts_and_formats_give_the_same_rows(tamis, shop):
    contract, folder = shop
    whole = (folder / "csv" / "order_lines.csv").read_bytes()
    base = ["generate", contract, "--table", "order_lines", "--seed", "5"]
    done = run(tamis, *base, "-o", folder / "one.csv", "--threads", "1")
    assert done.returncode == 0, done.stderr
    assert (folder / "one.csv").read_bytes() == whole
    parts = b""
    for i in (1, 2, 3):
        assert run(tamis, *base, "-o", folder / f"p{i}.csv", "--part", f"{i}/3", "--threads", "8").returncode == 0
        parts += (folder / f"p{i}.csv").read_bytes()
    assert parts == whole
    assert run(tamis, *base, "-o", folder / "lines.parquet").returncode == 0
    difference = duckdb.sql(f"""
        SELECT count(*) FROM ((FROM '{folder}/lines.parquet') EXCEPT ALL (FROM {rows_of(folder, 'order_lines')}))
        """).fetchone()[0]
    assert difference == 0


def test_a_million_keys_are_unique(tamis, tmp_path):
    contract = tmp_path / "big.odcs.yaml"
    contract.write_text(HEAD + table("a", column("id", key=1), rows=2000) + table("b", column("id", key=1), rows=700) + table(
        "pairs", column("a_id", key=1, to="a.id"), column("b_id", key=2, to="b.id"),
        column("mail", "string", "varchar(80)", generate="email", more="unique: true"), rows=1_000_000))
    out = tmp_path / "pairs.csv"
    done = run(tamis, "generate", contract, "--table", "pairs", "-o", out)
    assert done.returncode == 0, done.stderr
    rows, pairs, mails = duckdb.sql(f"""
        SELECT count(*), count(DISTINCT (a_id, b_id)), count(DISTINCT mail) FROM read_csv('{out}')""").fetchone()
    assert rows == pairs == mails == 1_000_000
    done = run(tamis, "generate", contract, "--table", "pairs", "-o", out, "--rows", "pairs=1400001")
    assert done.returncode == 2
    assert "table pairs can't have 1400001 rows: its primary key has 1400000 values" in done.stderr


def test_rows_of_tables_are_asked_for_by_name(tamis, tmp_path):
    contract = tmp_path / "shop.odcs.yaml"
    contract.write_text(SHOP)
    done = run(tamis, "generate", contract, "-o", tmp_path / "out", "--rows", "50", "--rows", "products=80",
               "--rows", "likes=99")
    assert done.returncode == 0, done.stderr
    lines = {name: len((tmp_path / "out" / f"{name}.csv").read_text().splitlines()) - 1 for name in KEYS}
    assert (lines["customers"], lines["products"], lines["likes"], lines["profiles"]) == (50, 80, 99, 50)
    assert 100 < lines["orders"] < 400
    done = run(tamis, "generate", contract, "-o", tmp_path / "out", "--rows", "orders=5")
    assert done.returncode == 2 and "those of its parents say so" in done.stderr
    done = run(tamis, "generate", contract, "-o", tmp_path / "out", "--rows", "order=5")
    assert done.returncode == 2 and "orders" in done.stderr
