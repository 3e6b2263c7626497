"""A second reading of each value: plain patterns over the whole cell, apart from the grammars.

A value is agreed to only where the pattern finds it alone in its cell (or finds the same list as
the grammar), so that a token given to the wrong field by either reading shows as disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from evidence.extraction.second import citation, complications, outcomes, treatment
from evidence.extraction.second.reading import DASH, Reading, numbers_in, value_at
from evidence.extraction.source import Notes
from evidence.model.series import Series
from evidence.vocabulary import Vocabulary

__all__ = ["RULES", "agreed_paths", "value_at"]


def agreed_paths(series: Series, notes: Notes, vocabulary: Vocabulary) -> set[str]:
    """Paths whose value a second reading of the cell confirms.

    Words that were not read may change what the others mean: such a cell confirms nothing.
    """
    agreed: set[str] = set()
    for path, note in notes.readings.items():
        source = notes.cells.get(note.cell or "")
        if source is None or note.doubt is not None or source.cell.doubt is not None:
            continue
        if source.unread is not None and not path.startswith("citation"):
            continue
        value = value_at(series, path)
        for pattern, rule in RULES:
            if re.fullmatch(pattern, path):
                reading = Reading(
                    text=source.text.translate(DASH), value=value, path=path, series=series,
                    notes=notes, vocabulary=vocabulary, unit=source.column or "",
                )  # fmt: skip
                if rule(reading):
                    agreed.add(path)
                break
    return agreed


RULES: tuple[tuple[str, Callable[[Reading], bool]], ...] = (
    (r"citation\.authors", citation.authors),
    (r"citation\.year", citation.year),
    (r"citation\.reference", citation.reference),
    (r"arms\[\d+\]\.regimen\.drug", treatment.drug),
    (r"arms\[\d+\]\.regimen\.dose_mg", treatment.dose),
    (r"arms\[\d+\]\.regimen\.routes", treatment.routes),
    (r"arms\[\d+\]\.regimen\.doses_per_week", treatment.doses_per_week),
    (r"arms\[\d+\]\.(?:treatment_weeks|follow_up_months|response_months\[\d+\])", treatment.time),
    (r"arms\[\d+\]\.population\..+", outcomes.population),
    (r"arms\[\d+\]\.(?:total|within\.patients)", lambda r: numbers_in(r.text)[:1] == [r.value]),
    (r"arms\[\d+\]\.responses\[\d+\]\.stated_percent\..+", outcomes.percent),
    (r"arms\[\d+\]\.responses\[\d+\]\.total", lambda r: numbers_in(r.text) == [r.value]),
    (r"arms\[\d+\]\.responses\[\d+\]\.\w+", outcomes.response),
    (r"arms\[\d+\]\.complications\[\d+\]\.term", complications.term),
    (r"arms\[\d+\]\.complications\[\d+\]\.events", complications.events),
    (r"arms\[\d+\]\.complications\[\d+\]\.percent", complications.only_percent),
)
"""Path to the rule that reads it a second time; the first that fits decides."""
