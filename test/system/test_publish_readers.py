"""What other programs see of a dataset: while it is replaced again and again, and in its names."""

import collections
import json
import os
import subprocess
import threading
import time

import duckdb
import polars
import pyarrow.dataset
import pytest

from publish_tree import WRITER, files_of, is_hidden, run, view

FILES = 5
SIZE = 3000
OVERWRITES = 200


class Writer(threading.Thread):
    """Publishes versions, one after the other."""

    def __init__(self, dataset, mode, *options, versions=60):
        super().__init__()
        self.versions = versions
        self.arguments = [mode, "{}", str(FILES), str(SIZE), *options]
        self.dataset, self.error = str(dataset), ""

    def run(self):
        for i in range(self.versions):
            arguments = [argument.format(f"v{i}") for argument in self.arguments]
            done = subprocess.run([WRITER, "write", self.dataset, *arguments],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                self.error = done.stderr
                return


GRACE_S = 0.05  # what the writer waits for readers (option `grace`)


def list_flat(dataset):
    """The names in a folder. A reader that was stopped for longer than the grace tries again."""
    while True:
        begin = time.monotonic()
        names = [entry.name for entry in os.scandir(dataset) if not is_hidden(entry.name)]
        if time.monotonic() - begin < GRACE_S:
            return names


def read_all(dataset, names):
    return {name: (dataset / name).read_bytes() for name in names}


def test_lister_sees_whole_versions(tmp_path):
    """One folder: a listing is one version; what was listed can be read, or is loudly gone."""
    dataset = tmp_path / "table"
    run("write", dataset, "flat", "start", FILES, SIZE)
    writer = Writer(dataset, "flat", "grace", versions=OVERWRITES)
    writer.start()
    seen = collections.Counter()
    while writer.is_alive():
        try:
            found = read_all(dataset, list_flat(dataset))
        except FileNotFoundError:
            seen["replaced"] += 1
            continue
        assert found, "the dataset was empty"
        run_id = next(iter(found)).rsplit("-", 1)[1].removesuffix(".txt")
        assert found == files_of(run_id, FILES, SIZE, flat=True)
        seen["whole"] += 1
    writer.join()
    print(dict(seen))
    assert writer.error == ""
    assert seen["whole"] > OVERWRITES
    assert len(view(dataset)) == FILES


def test_duckdb_sees_whole_versions(tmp_path):
    dataset = tmp_path / "table"
    run("write", dataset, "flat", "start", FILES, SIZE)
    writer = Writer(dataset, "flat", "grace")
    writer.start()
    seen = collections.Counter()
    sql = f"""SELECT count(DISTINCT filename), count(DISTINCT split_part(line, ':', 1))
              FROM read_csv('{dataset}/*.txt', columns={{'line': 'VARCHAR'}}, delim='|',
                            header=false, filename=true)"""
    while writer.is_alive():
        try:
            files, versions = duckdb.connect().execute(sql).fetchone()
        except duckdb.IOException:
            seen["replaced"] += 1
            continue
        assert (files, versions) == (FILES, 1)
        seen["whole"] += 1
    writer.join()
    print(dict(seen))
    assert writer.error == "" and seen["whole"] > 20


def test_journal_and_a_reader_that_waits_for_success(tmp_path):
    """A reader that finds _SUCCESS before and after, of one and the same manifest, has a version."""
    dataset = tmp_path / "table"
    run("write", dataset, "flat", "start", FILES, SIZE, "journal")
    writer = Writer(dataset, "flat", "journal")
    writer.start()
    seen = collections.Counter()

    def state():
        return (dataset / "_SUCCESS").stat().st_ino, (dataset / "_tamis/manifest.json").read_bytes()

    while writer.is_alive():
        try:
            before = state()
            found = read_all(dataset, list_flat(dataset))
            same = state() == before
        except FileNotFoundError:
            seen["between"] += 1
            continue
        if not same:
            seen["changed"] += 1
            continue
        run_id = next(iter(found)).rsplit("-", 1)[1].removesuffix(".txt")
        assert found == files_of(run_id, FILES, SIZE, flat=True)
        seen["whole"] += 1
    writer.join()
    print(dict(seen))
    assert writer.error == "" and seen["whole"] > writer.versions


def test_partitioned_reader_that_lists_first(tmp_path):
    """It lists all folders, then reads all: one version of every file, or an error."""
    dataset = tmp_path / "table"
    run("write", dataset, "overwrite", "start", FILES, SIZE)
    writer = Writer(dataset, "overwrite", "grace")
    writer.start()
    whole = 0
    while writer.is_alive():
        try:
            names = [f"{folder}/{name}" for folder in list_flat(dataset)
                     for name in list_flat(dataset / folder)]
            found = read_all(dataset, names)
        except FileNotFoundError:
            continue
        run_id = next(iter(found)).rsplit("-", 1)[1].removesuffix(".txt")
        assert found == files_of(run_id, FILES, SIZE)
        whole += 1
    writer.join()
    assert writer.error == "" and whole > writer.versions


VALUES = ["1", "a b", "a/b", "..", ".", "../../x", "x=y", "100%", "%2F", "a#b?c", "*", "[a]", "{b}",
          "'q'", '"q"', "a:b", "back\\slash", "line\nbreak", "\x01\x7f", "é😀", "a+b", " lead",
          "a&b;c", "_x", ".x", "__HIVE_DEFAULT_PARTITION__x"]


@pytest.fixture
def partitions(tmp_path):
    """A file for every value, in the folder that tamis makes for it."""
    for index, value in enumerate([*VALUES, None]):
        folder = run("partition", "k", *([] if value is None else [value])).stdout
        assert "/" not in folder and "\n" not in folder
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "part-0.csv").write_text(f"i\n{index}\n")
    return tmp_path


def expected():
    return dict(enumerate([*VALUES, None]))


def test_duckdb_reads_partition_values(partitions):
    rows = duckdb.connect().execute(f"""SELECT i, k FROM read_csv('{partitions}/*/*.csv', hive_partitioning=true,
                          hive_types={{'k': VARCHAR}})""").fetchall()
    assert dict(rows) == expected()


def test_pyarrow_reads_partition_values(partitions):
    schema = pyarrow.schema([("k", pyarrow.string())])
    hive = pyarrow.dataset.HivePartitioning(schema)
    table = pyarrow.dataset.dataset(partitions, format="csv", partitioning=hive).to_table()
    assert dict(zip(table["i"].to_pylist(), table["k"].to_pylist())) == expected()


def test_polars_reads_partition_values(partitions):
    for folder in partitions.iterdir():
        polars.read_csv(folder / "part-0.csv", glob=False).write_parquet(folder / "part-0.parquet")
        (folder / "part-0.csv").unlink()
    frame = polars.scan_parquet(f"{partitions}/", hive_partitioning=True,
                                hive_schema={"k": polars.String}).collect()
    assert dict(zip(frame["i"], frame["k"])) == expected()


def test_python_reads_what_tamis_writes_about_itself(tmp_path):
    dataset = tmp_path / "table"
    run("write", dataset, "overwrite", "r1", 2, 100)
    manifest = json.loads((dataset / "_tamis/manifest.json").read_text())
    record = json.loads((dataset / "_tamis/commits/00000001.json").read_text())
    assert manifest["version"] == record["version"] == 1
    assert manifest["rows"] == 2 and manifest["files"] == record["added"]
    for value in VALUES + ["\udcff\udc80"]:
        quoted = run("quote", os.fsencode(value).decode(errors="surrogateescape")).stdout
        assert json.loads(quoted) == value
