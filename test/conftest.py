"""What all system tests share: the program, and that a skipped test is a failed one."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def tamis():
    """The program's path: build/tamis, or that of the build that TAMIS_BUILD names (a sanitizer's)."""
    path = Path(os.environ.get("TAMIS_BUILD", ROOT / "build")) / "tamis"
    assert path.is_file(), f"{path} is not built: run make"
    return path


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
