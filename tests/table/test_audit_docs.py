"""The page about the audit names every rule once, with its severities and an example."""

from __future__ import annotations

import re
from pathlib import Path

from evidence.table.audit import RULES

_ROW = re.compile(r"^\| `([\w-]+)` \| ([\w, ]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def test_every_rule_is_documented_once(root: Path) -> None:
    rows = _ROW.findall((root / "docs" / "audit.md").read_text(encoding="utf-8"))
    assert sorted(code for code, *_ in rows) == sorted(RULES)
    for code, severities, what, example in rows:
        assert set(severities.split(", ")) <= {"high", "medium", "low"}, code
        assert what.strip() and example.strip(), code


def test_severities_are_those_of_the_rules(root: Path) -> None:
    """Every severity a rule's module can give for its code is the one the page says."""
    rows = _ROW.findall((root / "docs" / "audit.md").read_text(encoding="utf-8"))
    folder = root / "evidence" / "table" / "audit"
    source = "\n".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    for code, severities, *_ in rows:
        said = set(severities.split(", "))
        literal = re.findall(rf'"{code}",\s+(?:severity=)?"(high|medium|low)",', source)
        if literal:
            assert set(literal) == said, code


def test_every_rule_has_its_own_code() -> None:
    folder = Path(__file__).resolve().parents[2] / "evidence" / "table" / "audit"
    source = "\n".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    for code in RULES:
        assert f'"{code}"' in source


def test_the_json_of_a_finding_is_what_the_page_says(root: Path) -> None:
    from evidence.errors import Place
    from evidence.model.finding import Finding

    page = (root / "docs" / "audit.md").read_text(encoding="utf-8")
    section = page.partition("## A finding\n")[2].partition("\n## ")[0]
    place = Place(document="a.pdf", page=2, table="1", row=3, box_pt=(1, 2, 3, 4), text="5 CR")
    plain = Finding(
        code="x", severity="low", series=None, field=None, stated="s", computed="c",
        arithmetic="a", places=(place,),
    ).to_dict()  # fmt: skip
    assert list(plain) == re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    (shown,) = re.findall(r"list of `\{([^}]+)\}`", section)
    places = plain["places"]
    assert isinstance(places, list)
    assert list(places[0]) == shown.split(", ")
    assert places[0]["box"] == [1, 2, 3, 4]
