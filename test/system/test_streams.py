"""Closed, full and silent standard streams, and signals while nothing moves."""

import os
import signal
import subprocess
import time

import pytest

CSV = b"a,b\n1,2\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in.csv").write_bytes(CSV)
    return tmp_path


def shell(tamis, folder, command):
    return subprocess.run(["sh", "-c", command.replace("tamis ", f"{tamis} ")], cwd=folder, capture_output=True)


def test_a_closed_input_is_an_error_not_another_file(tamis, folder):
    done = shell(tamis, folder, "tamis convert - out.csv --format csv <&-")
    assert done.returncode == 3 and b"standard input" in done.stderr, done.stderr
    assert sorted(os.listdir(folder)) == ["in.csv"]


@pytest.mark.parametrize("command", ["inspect in.csv", "convert in.csv - --to csv", "--help", "inspect in.csv --json"])
@pytest.mark.parametrize("target", [">&-", "> /dev/full"])
def test_output_that_is_lost_is_an_error(tamis, folder, command, target):
    done = shell(tamis, folder, f"tamis {command} {target}")
    assert done.returncode == 3 and b"standard output" in done.stderr, (done.returncode, done.stderr)


def test_messages_never_land_in_data(tamis, folder):
    done = shell(tamis, folder, "tamis convert in.csv out.csv 2>&-")
    assert done.returncode == 0
    assert (folder / "out.csv").read_bytes() == CSV


def test_a_reader_that_has_enough_is_no_error(tamis, folder):
    done = shell(tamis, folder, "tamis inspect in.csv | head -1")
    assert done.returncode == 0 and done.stderr == b""


def interrupt(process):
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert process.returncode == 130 and b"interrupted" in error, (process.returncode, error)


def test_a_query_is_interrupted(tamis, folder):
    query = "SELECT count(*) FROM range(3000000000) a, range(1000) b"
    interrupt(subprocess.Popen([tamis, "sql", query], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE))


def test_waiting_for_a_silent_pipe_is_interrupted(tamis, folder):
    silent, writer = os.pipe()
    try:
        interrupt(subprocess.Popen([tamis, "convert", "-", "out.csv", "--format", "csv"], cwd=folder, stdin=silent,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    finally:
        os.close(silent)
        os.close(writer)
    assert sorted(os.listdir(folder)) == ["in.csv"]
