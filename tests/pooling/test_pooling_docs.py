"""docs/methods.md names every problem code and every method of the room."""

from __future__ import annotations

import re
from pathlib import Path

from evidence.pooling import METHOD_NAMES, TESTS
from evidence.pooling.effects import TRANSFORMS
from evidence.pooling.paired import WITHIN_METHODS


def test_every_problem_code_is_in_the_table(root: Path) -> None:
    text = (root / "docs" / "methods.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z0-9-]+)`", text))
    found: set[str] = set()
    for path in (root / "evidence" / "pooling").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'code="([a-z0-9-]+)"', source))
        found |= set(re.findall(r'_(?:fault|wrong)\(\s*"([a-z0-9-]+)"', source))
    assert len(found) > 30
    assert found <= documented, sorted(found - documented)


def test_every_name_is_documented(root: Path) -> None:
    text = (root / "docs" / "methods.md").read_text(encoding="utf-8")
    for name in (*METHOD_NAMES, *TESTS, *TRANSFORMS, *WITHIN_METHODS):
        assert re.search(rf"`[^`]*\b{re.escape(name)}\b[^`]*`", text), name
