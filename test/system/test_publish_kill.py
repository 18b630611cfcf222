"""A dataset is the old one or the new one, whenever its writer is killed and however full its disk is."""

import json
import os
import pathlib
import random
import signal
import subprocess
import time

import pytest

from publish_tree import WRITER, content, files_of, is_hidden, litter, run, view

FILES = 6
SIZE = 20_000


def start(dataset, mode, run_id, *options):
    return subprocess.Popen([WRITER, "write", str(dataset), mode, run_id, str(FILES), str(SIZE), *options],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def after(old, mode, run_id):
    new = files_of(run_id, FILES, SIZE)
    return {**old, **new} if mode == "append" else new


def agree(dataset):
    run("verify", dataset)
    manifest = json.loads((dataset / "_tamis/manifest.json").read_text())
    listed = {file["path"]: file["bytes"] for file in manifest["files"]}
    assert listed == {path: len(data) for path, data in view(dataset).items()}


@pytest.mark.parametrize("protocol", ["exchange", "journal"])
def test_killed_at_any_moment(tmp_path, protocol):
    options = ["journal"] if protocol == "journal" else []
    dataset = tmp_path / "zone" / "table"
    run("write", dataset, "overwrite", "r0", FILES, SIZE, *options)
    old = view(dataset)
    begin = time.monotonic()
    run("write", dataset, "overwrite", "r0b", FILES, SIZE, *options)
    whole_s = time.monotonic() - begin
    old = view(dataset)
    outcomes = {"old": 0, "new": 0, "done": 0}
    for seed in range(200):
        rng = random.Random(seed)
        mode = rng.choice(["overwrite", "overwrite", "append", "replace_partitions"])
        if len(old) > 8 * FILES:
            mode = "overwrite"
        run_id = f"s{seed}"
        writer = start(dataset, mode, run_id, *options)
        time.sleep(rng.uniform(0, 1.2 * whole_s))
        writer.send_signal(signal.SIGKILL)
        out, _ = writer.communicate()
        if protocol == "journal":
            run("recover", dataset)  # the journal may be between the two until then
        now = view(dataset)
        new = after(old, mode, run_id)
        assert now == old or now == new, f"seed {seed}, {mode}"
        if "version" in out:
            assert now == new, f"seed {seed}: what was reported as done is gone"
            outcomes["done"] += 1
        outcomes["new" if now == new else "old"] += 1
        old = now
        if seed % 10 == 9:
            run("write", dataset, "overwrite", f"clean{seed}", FILES, SIZE, *options)
            old = files_of(f"clean{seed}", FILES, SIZE)
            assert view(dataset) == old
            agree(dataset)
            assert litter(dataset) == []
    print(outcomes)
    assert outcomes["old"] >= 20 and outcomes["new"] >= 20, outcomes  # or the kills come too early or too late


def test_killed_before_anything_is_published(tmp_path):
    for seed in range(40):
        dataset = tmp_path / "zone" / f"table{seed}"
        writer = start(dataset, "overwrite", "r1", *(["journal"] if seed % 2 else []))
        time.sleep(random.Random(seed).uniform(0, 0.03))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        run("recover", dataset)
        now = view(dataset)
        assert now in ({}, files_of("r1", FILES, SIZE)), seed
        run("write", dataset, "append", "r2", FILES, SIZE)
        assert view(dataset) == {**now, **files_of("r2", FILES, SIZE)}
        assert litter(dataset) == []


def test_killed_single_file(tmp_path):
    path = tmp_path / "out.csv"
    old = None
    for seed in range(60):
        writer = subprocess.Popen([WRITER, "file", str(path), f"r{seed}", "3000000"])
        time.sleep(random.Random(seed).uniform(0, 0.02))
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        now = path.read_bytes() if path.exists() else None
        assert now in (old, content(f"r{seed}", 0, 3_000_000)), seed
        old = now
    run("file", path, "last", 10)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.csv"]


@pytest.fixture
def small_disk(tmp_path):
    if os.geteuid() != 0:
        pytest.fail("this test mounts a small tmpfs: run it as root")
    mounted = []

    def mount(megabytes):
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)], check=True)
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("protocol", ["exchange", "journal"])
@pytest.mark.parametrize("mode", ["overwrite", "append", "replace_partitions"])
def test_full_disk(small_disk, protocol, mode):
    options = ["journal"] if protocol == "journal" else []
    failures = 0
    for megabytes in range(1, 12):
        dataset = small_disk(megabytes) / "zone" / "table"
        run("write", dataset, "overwrite", "r1", 4, 50_000, *options)
        old = view(dataset)
        tried = run("write", dataset, mode, "r2", 4, 1_000_000, *options, check=False)
        if tried.returncode == 0:
            assert view(dataset) == ({**old, **files_of("r2", 4, 1_000_000)} if mode == "append"
                                     else files_of("r2", 4, 1_000_000))
            agree(dataset)
            break
        failures += 1
        assert tried.returncode == 3, tried.stderr
        assert "no space left on device" in tried.stderr and str(dataset.parent) in tried.stderr
        assert view(dataset) == old
        assert litter(dataset) == []
        agree(dataset)
    assert failures >= 3 and tried.returncode == 0


def test_full_disk_single_file(small_disk):
    folder = small_disk(1)
    path = folder / "out.csv"
    run("file", path, "r1", 1000)
    tried = run("file", path, "r2", 2_000_000, check=False)
    assert tried.returncode == 3 and "no space left on device" in tried.stderr
    assert path.read_bytes() == content("r1", 0, 1000)
    assert [entry.name for entry in folder.iterdir()] == ["out.csv"]


def test_mount_point_takes_the_journal(small_disk):
    dataset = small_disk(8)  # its parent is another file system: it can't be exchanged
    for run_id in ("r1", "r2"):
        done = run("write", dataset, "overwrite", run_id, FILES, SIZE)
        assert "by journal" in done.stdout
        assert view(dataset) == files_of(run_id, FILES, SIZE)
        agree(dataset)
        assert [name for name in litter(dataset) if "disk" not in name] == []


def test_two_writers(tmp_path):
    dataset = tmp_path / "table"
    writers = [start(dataset, "append", f"w{i}") for i in range(8)]
    errors = []
    done = {}
    for i, writer in enumerate(writers):
        _, error = writer.communicate()
        if writer.returncode == 0:
            done.update(files_of(f"w{i}", FILES, SIZE))
        else:
            assert writer.returncode == 3
            errors.append(error)
    assert view(dataset) == done and done
    for error in errors:
        assert f"{dataset}: another run is writing it: run w" in error, error
    agree(dataset)
    assert litter(dataset) == []
