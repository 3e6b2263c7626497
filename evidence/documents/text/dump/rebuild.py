"""Rebuild a table that was dumped without columns: the ways to read it, the surest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evidence.documents.base import Footnote, Grid
from evidence.documents.text.dump.by_types import by_types
from evidence.documents.text.dump.periodic import in_columns
from evidence.documents.text.dump.problems import no_columns
from evidence.documents.text.dump.regions import Region
from evidence.documents.text.dump.regular import regular_grid
from evidence.documents.text.dump.separate import by_labels, by_promises, by_repetition
from evidence.documents.text.dump.types import tag_words
from evidence.documents.text.dump.words import split_words
from evidence.documents.text.kinds import with_kind_doubts
from evidence.documents.text.limits import WORDS, table_too_large
from evidence.errors import Place, Problem


def rebuild(
    region: Region,
    notes: Sequence[Footnote],
    *,
    known: Collection[str] = (),
    name: str = "",
    gaps: bool = True,
) -> tuple[Grid | None, list[Problem]]:
    """The grid of a dumped table and what is in doubt; None where no columns could be told.

    ``known`` are the words of the whole text; they decide whether a hyphen at a line's end stays.
    ``gaps`` says whether wider gaps may part cells.
    """
    place = Place(document=name, table=region.label, line=region.first)
    if region.words > WORDS:
        return None, [table_too_large(place, f"{region.words} words")]
    grid, problems = _read(region, notes, known, name, gaps=gaps)
    return (with_kind_doubts(grid) if grid is not None else None), problems


def _read(
    region: Region, notes: Sequence[Footnote], known: Collection[str], name: str, *, gaps: bool
) -> tuple[Grid | None, list[Problem]]:
    found = by_repetition(region, notes, known, name)
    if found is not None:
        return found
    if in_columns(region.body):
        return None, [no_columns(Place(document=name, table=region.label, line=region.first))]
    words = tag_words(split_words(region.body, gaps=gaps))
    return (
        by_labels(region, notes, known, name)
        or regular_grid(region, words, notes, known, name)
        or by_promises(region, notes, known, name)
        or by_types(region, words, notes, known, name)
    )
