"""References in a citation style: pandoc where it is installed, a clear refusal where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.errors import WrongUsage
from evidence.export import csl
from evidence.model.series import Citation

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Plain</title><id>plain</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix=".">
    <names variable="author"><name/></names>
    <date variable="issued" prefix=" (" suffix=") "><date-part name="year"/></date>
    <text variable="container-title" font-style="italic"/>
  </layout></bibliography>
</style>
"""
CITATIONS = {
    "roe-2001": Citation(authors="Roe et al.", year=2001, journal="Blood & Skin", volume="3"),
    "poe-2002": Citation(authors="Poe A, Doe B", year=2002, title="A series"),
}


def test_items_hold_what_is_known() -> None:
    first, second = csl.to_csl_json(CITATIONS)
    assert first["container-title"] == "Blood & Skin" and "title" not in first
    assert second["issued"] == {"date-parts": [[2002]]}
    assert len(second["author"]) == 2


def test_a_style_formats_every_series(tmp_path: Path) -> None:
    if csl.find_pandoc() is None:
        pytest.skip("pandoc is not installed")
    style = tmp_path / "plain.csl"
    style.write_text(STYLE, encoding="utf-8")
    found = csl.cite(CITATIONS, style)
    assert set(found) == set(CITATIONS)
    assert "(2001)" in found["roe-2001"] and "Blood & Skin" in found["roe-2001"]


def test_missing_style_and_missing_pandoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUsage, match="does not exist"):
        csl.cite(CITATIONS, tmp_path / "none.csl")
    style = tmp_path / "plain.csl"
    style.write_text(STYLE, encoding="utf-8")
    monkeypatch.setattr(csl, "find_pandoc", lambda: None)
    with pytest.raises(WrongUsage, match="needs pandoc"):
        csl.cite(CITATIONS, style)
