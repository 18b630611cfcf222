"""No two headers define a type of one name: the linker would take the members of either for both."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
TYPE = re.compile(r"^(?:struct|class|enum class|enum)\s+(?:alignas\(\w+\)\s+)?(\w+)\b[^;]*\{", re.MULTILINE)


def test_types_of_headers_have_names_of_their_own():
    places = {}
    for header in sorted(SOURCE.rglob("*.h")):
        for name in TYPE.findall(header.read_text()):
            places.setdefault(name, []).append(str(header.relative_to(SOURCE)))
    assert len(places) > 100
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
