"""Tables that a Word document titles but holds as a picture or as lines with tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evidence.documents.base import Grid
from evidence.documents.captions import parse_title
from evidence.documents.markup.runs import local
from evidence.documents.word.runs import W, paragraph_text
from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_PICTURES = {"drawing", "pict", "object"}


def absent_tables(items: Sequence[_Element], grids: Sequence[Grid], name: str) -> Iterator[Problem]:
    """A problem for each title beside which a picture or tabbed lines stand instead of a table."""
    found = {grid.label for grid in grids}
    for index, item in enumerate(items):
        parsed = parse_title(paragraph_text(item)) if local(item) == "p" else None
        if parsed is None or parsed[0] in found:
            continue
        place = Place(document=name, table=parsed[0])
        beside = [*items[max(0, index - 1) : index], *items[index + 1 : index + 3]]
        tabbed = [
            i for i in items[index + 1 : index + 3] if next(i.iter(f"{W}tab"), None) is not None
        ]
        if any(local(e) in _PICTURES for other in beside for e in other.iter()):
            found.add(parsed[0])
            yield _problem("table-is-image", f"the table ({parsed[1][:80]}) is a picture", place)
        elif len(tabbed) > 1:
            found.add(parsed[0])
            words = f"the columns of the table ({parsed[1][:80]}) are set with tabs"
            yield _problem("table-not-read", words, place)


def _problem(code: str, words: str, place: Place) -> Problem:
    return Problem(
        code=code,
        severity=Severity.ERROR,
        message=f"{words} and none of its cells could be read.",
        remedy="make a table of it in a word processor, or use the PDF or XML of the same paper",
        source=place,
    )
