"""What readers see while a dataset is replaced again and again."""

import collections
import os
import subprocess
import threading

import duckdb
import pyarrow.csv  # noqa: F401
import pytest

from publish_tree import WRITER, files_of, is_hidden, run, view

FILES = 5
SIZE = 3000
OVERWRITES = 200


class Writer(threading.Thread):
    """Publishes version after version until it has published OVERWRITES of them."""

    def __init__(self, dataset, mode):
        super().__init__()
        self.dataset, self.mode, self.error = dataset, mode, ""

    def run(self):
        for i in range(OVERWRITES):
            done = subprocess.run([WRITER, "write", str(self.dataset), self.mode, f"v{i}", str(FILES), str(SIZE)],
                                  capture_output=True, text=True)
            if done.returncode != 0:
                self.error = done.stderr
                return


def versions(names):
    return {name.rsplit("-", 1)[1] for name in names}


def list_flat(dataset):
    return [entry.name for entry in os.scandir(dataset) if not is_hidden(entry.name)]


def read_all(dataset, names):
    found = {}
    for name in names:
        with open(os.path.join(dataset, name), "rb") as file:
            found[name] = file.read()
    return found


def test_lister_sees_whole_versions(tmp_path):
    """One folder: a listing is one version, and what was listed can be read or is loudly gone."""
    dataset = tmp_path / "table"
    run("write", dataset, "flat", "start", FILES, SIZE)
    writer = Writer(dataset, "flat")
    writer.start()
    seen = collections.Counter()
    while writer.is_alive():
        try:
            names = list_flat(dataset)
        except FileNotFoundError:
            seen["folder removed while it was listed"] += 1
            continue
        if not names:
            seen["empty"] += 1
            continue
        try:
            found = read_all(dataset, names)
        except FileNotFoundError:
            seen["listed file replaced"] += 1
            continue
        run_id = next(iter(found)).rsplit("-", 1)[1].removesuffix(".txt")
        assert found == files_of(run_id, FILES, SIZE, flat=True)
        seen["whole"] += 1
    writer.join()
    print(dict(seen))
    assert writer.error == ""
    assert seen["whole"] > OVERWRITES
    assert len(view(dataset)) == FILES
