"""Where the programs are that system tests start: below build, or below what TAMIS_BUILD names."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = Path(os.environ.get("TAMIS_BUILD", ROOT / "build"))


def program(name):
    """A program of test/system/CMakeLists.txt."""
    path = BUILD / "test" / "system" / name
    assert path.is_file(), f"{path} is not built: run make"
    return path
