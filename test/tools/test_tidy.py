"""tools/tidy finds what it promises to find; its ratchet only goes down."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "tidy"
FINE = "tidy: nothing to complain about\n"


def write(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def run(root, *arguments):
    done = subprocess.run([sys.executable, TOOL, root, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def function(lines, head="int Long() {"):
    return "// Does a thing.\n" + head + "\n" + "  f();\n" * (lines - 2) + "}\n"


LONG_HEADS = {
    "int Long() {": "Long",
    "static int* Long(int a = 3) noexcept {": "Long",
    "Thing::Thing(int a) : a_(a), b_{a} {": "Thing::Thing",
    "template <class T>\nauto Long(T value) -> T {": "Long",
    "struct Plan Long() {": "Long",
    "bool operator==(const A& a, const A& b) {": "operator==",
    "template <class T>\nvoid Box<T>::Long(T value) {": "Box::Long",
    "__attribute__((target(\"avx2\"))) int Long(int a) {": "Long",
    "TEST(Suite, Case) {": "Suite.Case",
    "namespace a {\nnamespace {\nvoid Inner() {": "Inner",
    "class Outer {\n public:\n  int Member() const override {": "Member",
    "int Long(const std::vector<int>& v = {}) {": "Long",
}


@pytest.mark.parametrize("head", LONG_HEADS)
def test_long_function_fails(tmp_path, head):
    closing = "}\n" * (head.count("namespace") + head.count("class Outer"))
    above = head.count("\n") if "template" not in head else 0
    lines = 71 + (head.count("\n") if "template" in head else 0)
    write(tmp_path, {"src/base/long.cc": function(lines + above, head) + closing})
    code, out = run(tmp_path)
    assert code == 1
    assert f"function {LONG_HEADS[head]} has 7" in out, out


@pytest.mark.parametrize(
    "text",
    [
        function(70),
        "// Two.\n" + (function(60)[17:]) * 2,
        "// Data.\nconst int kTable[] = {\n" + "  1,\n" * 100 + "};\n",
        "// Names.\nnamespace a {\n" + "int f();\n" * 100 + "}\n",
        "// Type.\nstruct A {\n" + "  int f();\n" * 100 + "};\n",
        "// Enum.\nenum class A : int {\n" + "  k,\n" * 100 + "};\n",
        '// Text.\nconst char* kText = R"(\n' + "void f() {\n" * 100 + ')";\n',
    ],
)
def test_short_functions_and_long_data_pass(tmp_path, text):
    write(tmp_path, {"src/base/fine.cc": text})
    assert run(tmp_path) == (0, FINE)


def test_ratchet_only_goes_down(tmp_path):
    baseline = tmp_path / "tools/tidy-baseline.txt"
    write(tmp_path, {"src/base/a.cc": function(80), "tools/tidy-baseline.txt": "src/base/a.cc:Long 80\n"})
    assert run(tmp_path) == (0, FINE)
    write(tmp_path, {"src/base/a.cc": function(81)})
    assert "has 81 lines, the limit is 80" in run(tmp_path, "--update")[1]
    write(tmp_path, {"src/base/a.cc": function(75)})
    assert "is shorter than 80 by now" in run(tmp_path)[1]
    assert run(tmp_path, "--update") == (0, FINE)
    assert "src/base/a.cc:Long 75\n" in baseline.read_text()
    write(tmp_path, {"src/base/a.cc": function(20)})
    assert run(tmp_path, "--update") == (0, FINE)
    assert "Long" not in baseline.read_text()


LEFT = "TO" + "DO"


@pytest.mark.parametrize(
    "name, text, message",
    [
        ("src/a/b.cc", "int a;\n", "src/a/b.cc:1: the first line must say the file's job"),
        ("src/a/b.h", "// Wide.\n// " + "x" * 98 + "\n", "src/a/b.h:2: line has 101 columns"),
        ("src/a/b.cc", f"// Fine.\n// {LEFT}: later\n", f"src/a/b.cc:2: {LEFT} is left"),
        ("src/a/string_utils.h", "// Fine.\n", "src/a/string_utils.h:1: utils says nothing"),
        ("src/common/a.h", "// Fine.\n", "src/common/a.h:1: common says nothing"),
        ("docs/a.md", "See `src/base/gone.h`.\n", "docs/a.md:1: path does not exist: src/base/gone.h"),
        ("docs/a.md", "Rows are cut there (src/base/gone.cc).\n", "docs/a.md:1: path does not exist: src/base/gone.cc"),
        ("README.md", "\n[guide](docs/gone.md#top)\n", "README.md:2: path does not exist: docs/gone.md"),
        ("CONTRIBUTING.md", "Run `tools/gone --fast`\n", "CONTRIBUTING.md:1: path does not exist: tools/gone"),
    ],
)
def test_violation_fails(tmp_path, name, text, message):
    write(tmp_path, {name: text})
    code, out = run(tmp_path)
    assert code == 1 and message in out, out


def test_paths_that_are_fine(tmp_path):
    write(
        tmp_path,
        {
            "src/base/a.h": "// é: characters count, not bytes: " + "é" * 60 + "\n",
            "docs/a.md": "`src/base/a.h`, `src/MODULE/x.cc`, `data/raw/*.csv`, `src/**/*.h`, [b](b.md), "
            "[c](https://example.org/x)\n",
            "docs/b.md": "`cp src/base/a.h build/`\n",
        },
    )
    assert run(tmp_path) == (0, FINE)
