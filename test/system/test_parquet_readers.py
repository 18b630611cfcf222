"""pyarrow, DuckDB and Polars read tamis's Parquet files as they read pyarrow's files of the same rows."""

import os
import subprocess
from pathlib import Path

import duckdb
import polars
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest

from built import program


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([program("parquet_samples"), str(folder)], check=True)
    stems = sorted(path.with_suffix("") for path in folder.glob("*.arrow"))
    assert len(stems) == 76
    for stem in stems:
        with pa.ipc.open_file(f"{stem}.arrow") as file:
            pq.write_table(file.read_all(), f"{stem}.pyarrow", row_group_size=700)
    return stems


def unlike(stem, read):
    """The columns of which `read` makes something else than of pyarrow's file; an error counts as a value."""

    def attempt(suffix, column):
        try:
            return read(f"{stem}{suffix}", column)
        except Exception as error:  # a type that a reader does not know
            return type(error).__name__

    different = []
    for column in pq.read_schema(f"{stem}.pyarrow").names:
        ours, theirs = attempt(".parquet", column), attempt(".pyarrow", column)
        if isinstance(ours, str) or isinstance(theirs, str):
            same = isinstance(ours, str) and isinstance(theirs, str) and ours == theirs
        else:
            same = ours.equals(theirs)
        if not same:
            different.append(column)
    return different


def check(samples, read):
    different = {stem.name: columns for stem in samples if (columns := unlike(stem, read))}
    assert different == {}


def test_pyarrow(samples):
    for stem in samples:
        ours, theirs = pq.read_table(f"{stem}.parquet"), pq.read_table(f"{stem}.pyarrow")
        assert ours.schema.equals(theirs.schema), stem.name
        assert same(ours, theirs), stem.name


def same(ours, theirs):
    """Equal, or equal as text: NaN does not equal itself."""
    return ours.num_rows == theirs.num_rows and all(
        a.equals(b) or [repr(x) for x in a.to_pylist()] == [repr(x) for x in b.to_pylist()]
        for a, b in zip(ours.columns, theirs.columns)
    )


def test_pyarrow_sees_the_declared_types(samples):
    """Without ARROW:schema, only the Parquet types speak."""
    for stem in samples:
        ours, theirs = (pq.ParquetFile(f"{stem}{suffix}").schema for suffix in (".parquet", ".pyarrow"))
        for i in range(len(theirs.names)):
            a, b = ours.column(i), theirs.column(i)
            assert a.logical_type.to_json() == b.logical_type.to_json(), (stem.name, a, b)
            assert (a.name, a.max_definition_level) == (b.name, b.max_definition_level)


def test_statistics(samples):
    """Bounds hold: no value of a row group lies outside of them."""
    checked = 0
    for stem in samples:
        file = pq.ParquetFile(f"{stem}.parquet")
        for group in range(file.metadata.num_row_groups):
            table = file.read_row_group(group)
            for i, column in enumerate(table.columns):
                chunk = file.metadata.row_group(group).column(i)
                if chunk.statistics is None or chunk.physical_type == "BOOLEAN":
                    continue
                assert chunk.statistics.null_count == column.null_count
                if not chunk.statistics.has_min_max:
                    continue
                try:
                    values = [value for value in column.to_pylist() if value is not None]
                    low, high = chunk.statistics.min, chunk.statistics.max
                    assert low <= min(values) and max(values) <= high, (stem.name, i)
                    checked += 1
                except (TypeError, ValueError, OverflowError, pa.ArrowNotImplementedError, NotImplementedError):
                    pass  # Python has no value of this type, or pyarrow none for its bounds
    assert checked > 1000


def test_duckdb(samples):
    connection = duckdb.connect()

    def read(path, column):
        return connection.execute(f"SELECT {column}::VARCHAR, typeof({column}) FROM '{path}'").to_arrow_table()

    connection.execute("SET TimeZone = 'UTC'")
    for stem in samples:
        os.link(f"{stem}.pyarrow", f"{stem}.pyarrow.parquet")

    def read_either(path, column):
        return read(path if path.endswith(".parquet") else f"{path}.parquet", column)

    check(samples, read_either)


def test_duckdb_filters(samples):
    """Row groups that a filter drops by their bounds hold no row that it wants."""
    connection = duckdb.connect()
    for stem in samples:
        if not stem.name.startswith("extremes"):
            continue
        with pa.ipc.open_file(f"{stem}.arrow") as file:
            rows = file.read_all()
        # A table of DuckDB's own: on Arrow's tables, filters would compare NaN as Arrow does.
        connection.execute("CREATE OR REPLACE TABLE expected AS SELECT * FROM rows")
        for where in (
            *(f"text = '{text}'" for text in rows["text"].to_pylist()[::97]),
            "number = 0", "number > 2990", "isnan(number)", "number < 1", "number >= 'NaN'::DOUBLE",
            "count > 9223372036854775807", "count < 10", "count = 18446744073709551615",
        ):
            query = f"SELECT count(*) FROM {{}} WHERE {where}"
            ours = connection.execute(query.format(f"'{stem}.parquet'")).fetchone()
            assert ours == connection.execute(query.format("expected")).fetchone(), (stem.name, where)
        query = "SELECT min(text), max(text), min(number), max(number), min(count), max(count) FROM {}"
        ours = connection.execute(query.format(f"'{stem}.parquet'")).fetchone()
        assert repr(ours) == repr(connection.execute(query.format("expected")).fetchone())


def test_polars(samples):
    check(samples, lambda path, column: polars.read_parquet(path, columns=[column]))


def test_polars_filters(samples):
    for stem in samples:
        if not stem.name.startswith("extremes"):
            continue
        ours, theirs = polars.scan_parquet(f"{stem}.parquet"), polars.read_ipc(f"{stem}.arrow")
        for where in (polars.col("number") > 2990, polars.col("count") > 2**63, polars.col("text") >= "z",
                      polars.col("number").is_nan(), polars.col("number") == 0):
            assert ours.filter(where).collect().equals(theirs.filter(where)), (stem.name, str(where))
