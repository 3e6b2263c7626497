"""Laid-out tables across pages: a title at the foot, a part without one at the head."""

from __future__ import annotations

from pathlib import Path

from evidence.documents import read_document
from evidence.documents.base import Document

PROSE = """\
No deaths were seen in any of the reports that we found, although the follow-up was short in
many of them and the doses that were given differed between the centres a good deal, too. Some
of the patients had a relapse after the end of treatment, and most responded to it once more.
"""
HEAD = "Study              n     Dose               Response"
ROWS = [
    "Doe 2001           9     10 mg weekly       CR in 4",
    "Roe 2003           12    20 mg weekly       CR in 2",
    "Poe and Loe 2007   3     20 mg every week   CR in 1",
    "Moe 2011           31    10 mg weekly       CR in 9",
]


def read(folder: Path, *pages: str) -> Document:
    path = folder / "pages.txt"
    path.write_text("\f".join(pages), encoding="utf-8")
    return read_document(path)


def printed(document: Document) -> list[tuple[str | None, list[str], tuple[int, ...]]]:
    """(label, labels of the rows, pages) of every grid."""
    return [
        (g.label, [row[0].text for row in g.rows[g.header_rows :]], g.pages) for g in document.grids
    ]


def names(*rows: str) -> list[str]:
    return [row[:18].strip() for row in rows]


def test_a_title_at_the_foot_names_the_table_overleaf(tmp_path: Path) -> None:
    first = "\n".join(["Table 1. Doses.", HEAD, *ROWS[:3], "", PROSE, "Table 2. More.", ""])
    document = read(tmp_path, first, "\n".join([HEAD, *ROWS[1:], "", PROSE]))
    assert printed(document) == [
        ("1", names(*ROWS[:3]), (1,)),
        ("2", names(*ROWS[1:]), (2,)),
    ]
    assert document.grids[1].caption == "More."


def test_a_title_below_running_text_does_not_claim_the_table_above(tmp_path: Path) -> None:
    page = "\n".join(["Table 1. Doses.", HEAD, *ROWS, "", PROSE, "Table 2. A picture.", "", PROSE])
    assert printed(read(tmp_path, page)) == [("1", names(*ROWS), (1,))]


def test_rows_overleaf_go_on_below_repeated_running_heads(tmp_path: Path) -> None:
    one = "\n".join(["The journal 2020   17", "", PROSE, "Table 1. Doses.", HEAD, *ROWS[:2]])
    two = "\n".join(["The journal 2020   18", "", *ROWS[2:], "", "Notes: n, patients.", "", PROSE])
    three = "\n".join(["The journal 2020   19", "", PROSE])
    assert printed(read(tmp_path, one, two, three)) == [("1", names(*ROWS), (1, 2))]


def test_rows_overleaf_with_other_columns_are_named(tmp_path: Path) -> None:
    one = "\n".join(["Table 1. Doses.", HEAD, *ROWS[:3]])
    two = "\n".join(["Rash     4", "Fever    2", "Itch     7", "", PROSE])
    document = read(tmp_path, one, two)
    assert printed(document) == [("1", names(*ROWS[:3]), (1,))]
    (problem,) = [p for p in document.problems if p.code == "table-not-read"]
    assert problem.source is not None and problem.source.page == 2
