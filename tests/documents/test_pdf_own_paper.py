"""The paper typeset for this repository: the layout of the published one, in our own words."""

from __future__ import annotations

from pathlib import Path

from evidence.documents.pdf import read_pdf


def test_its_tables_are_whole(root: Path) -> None:
    """Table 1: five patients and a median row. Table 2: 14 series in 7 columns over two pages."""
    document = read_pdf(root / "sources" / "alemtuzumab-2026.pdf")
    grids = {grid.label: grid for grid in document.grids}
    assert set(grids) == {"1", "2"}
    assert len(grids["1"].rows) - grids["1"].header_rows == 6
    series = grids["2"]
    assert len(series.pages) == 2
    assert len(series.rows) - series.header_rows == 14
    assert {len(row) for row in series.rows} == {7}
    assert [row[0].plain.split()[0] for row in series.rows[1:4]] == ["Lundin", "Lundin", "Kennedy"]
    assert not [c.text for row in series.rows for c in row if c.doubt and "characters" in c.doubt]
