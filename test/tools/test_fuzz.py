"""The fuzzers' driver finds what it is there for, and tools/fuzz fails when it does."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLAGS = ["-std=c++20", "-g1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined",
         "-fno-sanitize-recover=all"]
TARGET = """
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  %s
  if (size < 4 || data[0] != 'B') return 0;
  if (data[1] != 'U') return 0;
  if (data[2] != 'G') return 0;
  if (data[3] != '!') return 0;
  %s
  return 0;
}
"""
# The bug: what it is in C++, and what the report must say.
BUGS = {
    "abort": ("std::abort();", "the input is saved as"),
    "overrun": ("volatile uint8_t past = data[size]; (void)past;", "heap-buffer-overflow"),
    "undefined": ("volatile int big = 2147483647; big = big + data[0];", "signed integer overflow"),
    "exception": ('throw std::runtime_error("thrown");', "thrown"),
    "segv": ("*reinterpret_cast<volatile char*>(data[3]) = 1;", "SEGV"),
    "endless": ("for (volatile bool on = true; on;) {}", "one input took too long"),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Links the driver with a target that runs `first` always and `body` on BUG!; returns its path."""
    objects = tmp_path_factory.mktemp("driver")
    compiler = ["g++-12", *FLAGS]
    subprocess.run([*compiler, "-O2", "-c", ROOT / "test/fuzz/driver.cc", "-o",
                    objects / "driver.o"], check=True)

    def link(folder, name, body, first=""):
        source = objects / f"{name}.cc"
        source.write_text(TARGET % (first, body))
        subprocess.run([*compiler, "-O1", "-fsanitize-coverage=trace-pc", "-c", source, "-o",
                        objects / f"{name}.o"], check=True)
        subprocess.run([*compiler, objects / f"{name}.o", objects / "driver.o", "-o",
                        folder / f"fuzz_{name}"], check=True)
        return folder / f"fuzz_{name}"

    return link


def tool(folder, seconds):
    done = subprocess.run([ROOT / "tools/fuzz", str(seconds), "7", folder], capture_output=True,
                          text=True)
    return done.returncode, done.stdout + done.stderr


def test_driver_finds_a_bug_behind_four_branches(build, tmp_path):
    build(tmp_path, "abort", BUGS["abort"][0])
    code, output = tool(tmp_path, 60)
    assert code == 1 and "fuzz: abort failed" in output, output
    found = tmp_path / "crash-fuzz_abort-7"
    assert found.read_bytes().startswith(b"BUG!")


@pytest.mark.parametrize("name", BUGS)
def test_driver_reports_each_kind_of_bug(build, tmp_path, name):
    body, report = BUGS[name]
    fuzzer = build(tmp_path, name, body)
    seed = tmp_path / "seed"
    seed.write_bytes(b"BUG!")
    crashes = tmp_path / "crashes"
    crashes.mkdir()
    done = subprocess.run([fuzzer, "-seconds=1", "-seed=7", "-timeout=1", f"-crashes={crashes}",
                           seed], capture_output=True, text=True)
    assert done.returncode != 0 and report in done.stderr, done.stderr
    assert (crashes / f"crash-fuzz_{name}-7").read_bytes() == b"BUG!"


def test_tool_fails_when_one_of_many_fails(build, tmp_path):
    fine = build(tmp_path, "fine", "")
    for name in ("fine2", "fine3"):
        shutil.copy(fine, tmp_path / f"fuzz_{name}")
    code, output = tool(tmp_path, 1)
    assert code == 0 and "3 fuzzers" in output and "passed" in output, output
    build(tmp_path, "always", "", first="std::abort();")
    code, output = tool(tmp_path, 1)
    assert code == 1 and "FAILED" in output and "fuzz: always failed" in output, output


@pytest.mark.parametrize("first, what", [
    ("static void* volatile kept; kept = std::malloc(9); kept = nullptr;", "LeakSanitizer"),
    ("_exit(0);", "exit code 0"),  # ends the fuzzer as if nothing had been found
])
def test_tool_fails_on_leaks_and_early_ends(build, tmp_path, first, what):
    build(tmp_path, "ends", "", first)
    code, output = tool(tmp_path, 1)
    assert code == 1 and what in output, output


def test_tool_fails_without_fuzzers(tmp_path):
    code, output = tool(tmp_path, 1)
    assert code == 1 and "no fuzzer in" in output
