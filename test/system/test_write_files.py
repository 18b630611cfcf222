"""Which files a write makes: their sizes, their number, and that a dataset stays one table."""

import random
import re
import subprocess

import polars
import pyarrow
import pyarrow.csv
import pyarrow.dataset
import pyarrow.parquet
import pytest

ROWS = 150_000
FILE_BYTES = 500_000

CONTRACT = """
apiVersion: v3.1.0
kind: DataContract
id: orders
version: 1.0.0
status: active
schema:
  - name: orders
    properties:
      - {name: id, logicalType: integer, required: true}
      - {name: shop, logicalType: string, required: true}
      - {name: note, logicalType: string}
      - {name: price, logicalType: number, required: true}
"""


@pytest.fixture(scope="module")
def orders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("orders")
    rng = random.Random(1)
    (folder / "orders.odcs.yaml").write_text(CONTRACT)
    with open(folder / "in.csv", "w") as file:
        file.write("id,shop,note,price\n")
        for i in range(ROWS):
            note = "" if i % 5 == 0 else "n" * rng.randrange(30)
            file.write(f"{i},shop-{rng.randrange(7)},{note},{rng.randrange(10**9) / 8}\n")
    return folder


def run(tamis, folder, write, *options, sql=None):
    source = f"sql: {sql}\n    " if sql else ""
    (folder / "p.yaml").write_text(f"""
steps:
  s:
    read: {{path: in.csv, contract: orders.odcs.yaml}}
    write: {write}
""" if not sql else f"""
steps:
  r:
    read: {{path: in.csv, contract: orders.odcs.yaml}}
    write: {{path: plain, file_size: 500kB}}
  s:
    {source}write: {write}
""")
    done = subprocess.run([tamis, "run", "p.yaml", "-q", *options], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def parts(folder):
    """The dataset's files in the order of their numbers, without their run's id."""
    found = {}
    for path in folder.rglob("part-*"):
        name = re.sub(r"-\d{8}-\d{6}-\w{6}", "", str(path.relative_to(folder)))
        assert name not in found
        found[name] = path
    return dict(sorted(found.items()))


def rows_of(paths, form):
    if form == "csv":
        convert = pyarrow.csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
        tables = [pyarrow.csv.read_csv(path, convert_options=convert) for path in paths]
    elif form == "arrow":
        tables = [pyarrow.ipc.open_file(path).read_all() for path in paths]
    else:
        tables = [pyarrow.parquet.read_table(path, partitioning=None) for path in paths]
    return pyarrow.concat_tables(tables, promote_options="permissive").to_pylist()


@pytest.mark.parametrize("form", ["parquet", "csv", "arrow"])
def test_files_of_about_one_size(tamis, orders, form):
    run(tamis, orders, f"{{path: whole, format: {form}}}")
    whole = parts(orders / "whole")
    assert list(whole) == [f"part-00000.{form}"]
    expected = rows_of(whole.values(), form)
    assert [row["id"] for row in expected] == list(range(ROWS))
    first = None
    for threads in (1, 2, 5):
        run(tamis, orders, f"{{path: cut, format: {form}, file_size: {FILE_BYTES}}}", "--threads", str(threads))
        cut = parts(orders / "cut")
        sizes = [path.stat().st_size for path in cut.values()]
        total = whole[f"part-00000.{form}"].stat().st_size
        assert list(cut) == [f"part-{i:05}.{form}" for i in range(len(cut))]
        assert total / FILE_BYTES - 1 <= len(cut) <= total / FILE_BYTES + 3, sizes
        assert all(0.85 * FILE_BYTES < size < 1.15 * FILE_BYTES for size in sizes[1:-1]), sizes
        assert 0.5 * FILE_BYTES < sizes[0] < 1.3 * FILE_BYTES and sizes[-1] < 1.15 * FILE_BYTES, sizes
        assert rows_of(cut.values(), form) == expected
        contents = [path.read_bytes() for path in cut.values()]
        first = first or contents
        assert contents == first, f"{threads} threads"


def test_files_of_partitions(tamis, orders):
    contents = None
    for threads in (1, 3):
        run(tamis, orders, "{path: shops, partition_by: shop, file_size: 100kB}", "--threads", str(threads))
        found = parts(orders / "shops")
        for shop in range(7):
            mine = {name: path for name, path in found.items() if name.startswith(f"shop=shop-{shop}/")}
            assert list(mine) == [f"shop=shop-{shop}/part-{i:05}.parquet" for i in range(len(mine))]
            sizes = [path.stat().st_size for path in mine.values()]
            assert len(sizes) > 2 and all(80_000 < size < 120_000 for size in sizes[:-1]), sizes
        now = [path.read_bytes() for path in found.values()]
        contents = contents or now
        assert now == contents
    table = pyarrow.dataset.dataset(orders / "shops", partitioning="hive").to_table()
    assert sorted(table["id"].to_pylist()) == list(range(ROWS))


def test_file_size_of_sums(tamis, orders):
    """The sums that share row groups with their input are not shared where files are cut."""
    run(tamis, orders, "{path: sums, file_size: 300kB}",
        sql="SELECT id, shop, price, sum(price) OVER (PARTITION BY id) AS total FROM r")
    assert len(parts(orders / "sums")) > 3 and len(parts(orders / "plain")) > 2
    table = pyarrow.dataset.dataset(orders / "sums").to_table()
    assert table.num_rows == ROWS and table["total"] == table["price"]


def test_many_partitions_in_little_memory(tamis, tmp_path):
    """2,000 partitions that get their rows evenly are 2,000 files, and what doesn't fit is spilled."""
    rows, keys = 2_400_000, 2_000
    rng = random.Random(3)
    notes = [rng.randbytes(12).hex() for _ in range(1000)]
    with open(tmp_path / "in.csv", "w") as file:
        file.write("key,id,note\n")
        file.writelines(f"{i * 7919 % keys},{i},{notes[i * i % 1000]}\n" for i in range(rows))
    (tmp_path / "keys.odcs.yaml").write_text("""
apiVersion: v3.1.0
kind: DataContract
id: keys
version: 1.0.0
status: active
schema:
  - name: keys
    properties:
      - {name: key, logicalType: integer, required: true}
      - {name: id, logicalType: integer, required: true}
      - {name: note, logicalType: string}
""")
    (tmp_path / "temp").mkdir()
    done = subprocess.run(
        [tamis, "convert", "in.csv", "out", "-c", "keys.odcs.yaml", "--partition-by", "key", "--memory", "64MiB",
         "--temp", "temp", "-q", "--json"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(parts(tmp_path / "out")) == keys
    assert list((tmp_path / "temp").iterdir()) == []
    peak = int(re.search(r'"peak_memory_bytes": (\d+)', done.stdout).group(1))
    assert peak < 200 << 20, peak
    table = pyarrow.dataset.dataset(tmp_path / "out", partitioning="hive").to_table()
    assert table.num_rows == rows
    ids = sorted(table["id"].to_pylist())
    assert ids == list(range(rows))
    one = pyarrow.parquet.read_table(next((tmp_path / "out" / "key=5").iterdir()), partitioning=None)
    assert one["id"].to_pylist() == [i for i in range(rows) if i * 7919 % keys == 5]


def append(tamis, folder, *options):
    return subprocess.run([tamis, "convert", *options, "--mode", "append", "-q"], cwd=folder, capture_output=True,
                          text=True)


def test_append_keeps_one_table(tamis, tmp_path):
    """After an append that is accepted, readers find one schema; one that is refused changes nothing."""
    (tmp_path / "in.csv").write_text("id,shop,note,price\n1,a,,2.5\n")
    (tmp_path / "orders.odcs.yaml").write_text(CONTRACT)
    contract = ("-c", "orders.odcs.yaml")
    assert append(tamis, tmp_path, "in.csv", "zone", *contract).returncode == 0
    assert append(tamis, tmp_path, "in.csv", "zone", *contract).returncode == 0
    before = sorted(path for path in (tmp_path / "zone").rglob("*"))
    refused = append(tamis, tmp_path, "in.csv", "zone")
    assert refused.returncode == 2
    assert "zone: the rows don't fit this dataset: its column 1 is id: int64, not id: string" in refused.stderr
    assert sorted(path for path in (tmp_path / "zone").rglob("*")) == before
    assert polars.read_parquet(tmp_path / "zone/*.parquet").height == 2


@pytest.mark.parametrize("writer", ["pyarrow", "polars"])
def test_append_beside_foreign_files(tamis, tmp_path, writer):
    rows = {"id": [1, 2], "shop": ["a", "b"], "note": [None, "x"], "price": [1.5, 2.0]}
    (tmp_path / "zone").mkdir()
    if writer == "pyarrow":
        pyarrow.parquet.write_table(pyarrow.table(rows), tmp_path / "zone/theirs.parquet")
    else:
        polars.DataFrame(rows).write_parquet(tmp_path / "zone/theirs.parquet")
    (tmp_path / "in.csv").write_text("id,shop,note,price\n3,a,,2.5\n")
    (tmp_path / "orders.odcs.yaml").write_text(CONTRACT)
    refused = append(tamis, tmp_path, "in.csv", "zone")
    assert refused.returncode == 2 and "id: int64, not id: string (as in zone/theirs.parquet)" in refused.stderr
    assert [path.name for path in (tmp_path / "zone").iterdir()] == ["theirs.parquet"]
    accepted = append(tamis, tmp_path, "in.csv", "zone", "-c", "orders.odcs.yaml")
    assert accepted.returncode == 0, accepted.stderr
    assert sorted(polars.read_parquet(tmp_path / "zone/*.parquet")["id"].to_list()) == [1, 2, 3]
