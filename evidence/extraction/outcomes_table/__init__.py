"""Efficacy and toxicity tables of a paper that is one series: counts by arm, grade, timepoint."""

from __future__ import annotations

from dataclasses import replace

from evidence.documents.base import Document
from evidence.errors import Problem
from evidence.extraction.outcomes_table.found import (
    Counted,
    OutcomesReading,
    ResponseBlock,
    Sized,
    TimeFound,
    ToxicCount,
)
from evidence.extraction.outcomes_table.grid import View, view
from evidence.extraction.outcomes_table.responses import is_everybody, read_responses
from evidence.extraction.outcomes_table.times import read_times
from evidence.extraction.outcomes_table.toxicity import read_toxicity
from evidence.vocabulary import Vocabulary, parse_legend

__all__ = [
    "Counted",
    "OutcomesReading",
    "ResponseBlock",
    "Sized",
    "TimeFound",
    "ToxicCount",
    "is_everybody",
    "read_outcomes",
]


def read_outcomes(document: Document, vocabulary: Vocabulary) -> OutcomesReading:
    """Everything the response and toxicity tables of one paper state, and what was not read."""
    blocks: list[ResponseBlock] = []
    toxicities: list[ToxicCount] = []
    times: list[TimeFound] = []
    sizes: dict[str, Sized] = {}
    problems: list[Problem] = []
    for grid in document.grids:
        seen = view(grid)
        if seen is None or vocabulary.column(seen.heads[0].text) == "series":
            continue
        own = vocabulary
        for note in grid.footnotes:
            own = own.with_legend(parse_legend(note.text))
        _add_sizes(seen, sizes)
        found, missed = read_responses(seen, own, document=document.name)
        toxic, left = ([], []) if found else read_toxicity(seen, own, document=document.name)
        durations = [] if toxic else read_times(seen, own)
        blocks, toxicities, times = blocks + found, toxicities + toxic, times + durations
        problems += missed + left
    return OutcomesReading(
        blocks=tuple(blocks), toxicities=tuple(toxicities), times=tuple(times), sizes=sizes,
        problems=tuple(problems),
    )  # fmt: skip


def _add_sizes(view: View, sizes: dict[str, Sized]) -> None:
    """Sizes of a table's columns; a label keeps the first, with every table that repeats it."""
    for head in view.heads:
        if head.total is None or not head.levels:
            continue
        known = sizes.get(head.levels[0])
        if known is None:
            place = view.place(head.size_cell, None, head.index)
            sizes[head.levels[0]] = Sized(n=head.total, source=place, tables=(place.table,))
        elif known.n == head.total and view.grid.label not in known.tables:
            sizes[head.levels[0]] = replace(known, tables=(*known.tables, view.grid.label))
