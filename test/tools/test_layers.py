"""tools/layers refuses includes that go the wrong way, and only those."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "layers"


def run(root, sources):
    for name, text in sources.items():
        path = root / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    done = subprocess.run([sys.executable, TOOL, root], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


GOOD = {"base/status.h": "#include <string>\n", "text/csv.cc": '#include "base/status.h"\n'}


def test_right_way_passes(tmp_path):
    assert run(tmp_path, GOOD) == (0, "layers: all includes go the right way\n")


@pytest.mark.parametrize(
    "sources, message",
    [
        (
            {"base/bad.cc": '// bad\n#include "text/csv.h"\n', "text/csv.h": ""},
            "src/base/bad.cc:2: base must not include text/csv.h (it may include: nothing)",
        ),
        (
            {"ops/bad.cc": ' #  include "format/sink.h"\n', "format/sink.h": ""},
            "src/ops/bad.cc:1: ops must not include format/sink.h "
            "(it may include: base text expr contract)",
        ),
        (
            {"text/bad_test.cc": '#include "csv.h"\n', "text/csv.h": ""},
            'src/text/bad_test.cc:1: include not found under src: "csv.h" '
            '(write it as "folder/file.h")',
        ),
        (
            {"new/thing.cc": ""},
            "src/new/thing.cc:1: folder src/new has no layer (add it to ALLOWED in tools/layers)",
        ),
    ],
)
def test_wrong_way_fails(tmp_path, sources, message):
    assert run(tmp_path, GOOD | sources) == (1, message + "\n")


def test_shared_shapes_are_allowed(tmp_path):
    sources = {"ops/dedupe.cc": '#include "format/reject.h"\n', "format/reject.h": ""}
    assert run(tmp_path, sources)[0] == 0


def test_no_sources_is_an_error(tmp_path):
    assert run(tmp_path, {})[0] == 1


def test_the_sources_of_tamis_pass():
    done = subprocess.run([sys.executable, TOOL], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
