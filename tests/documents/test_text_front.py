"""The title and the abstract of a text file without headings."""

from __future__ import annotations

from pathlib import Path

from evidence.documents import read_document
from evidence.documents.base import TextBlock
from evidence.documents.text.front import with_front
from evidence.extraction import extract

ABSTRACT = """Zorgumab in refractory pemphigus

Background: Little is known of zorgumab.

Methods: We gave 12 patients with pemphigus 100 mg intravenously once a week.

Results: Seven of 12 patients had a complete response.
"""


def kinds(*texts: str) -> list[str]:
    return [b.kind for b in with_front(TextBlock(text=text) for text in texts)]


def test_an_abstract_saved_as_text_is_a_series(tmp_path: Path) -> None:
    path = tmp_path / "abstract.txt"
    path.write_text(ABSTRACT)
    document = read_document(path)
    assert document.info.title == "Zorgumab in refractory pemphigus"
    (series,) = extract(document).series
    (arm,) = series.arms
    assert (arm.size, arm.responses[0].CR) == (12, 7)


def test_run_in_headings_make_an_abstract_of_a_long_text() -> None:
    assert kinds("Results: 5 of 9 responded.", "x " * 4000) == ["abstract", "paragraph"]


def test_a_short_text_without_headings_is_an_abstract_below_its_title() -> None:
    assert kinds("A title", "Nine patients. Five responded.") == ["title", "abstract"]
    assert kinds("Nine patients. Five responded.", "More.") == ["abstract", "abstract"]


def test_a_text_with_headings_keeps_its_paragraphs() -> None:
    heading = TextBlock(text="Results", kind="heading")
    blocks = with_front([TextBlock(text="A title"), heading, TextBlock(text="Five responded.")])
    assert [b.kind for b in blocks] == ["paragraph", "heading", "paragraph"]
