"""A doubt about a head is one about its column: what adds up in fewer rows than not is chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.extraction.source import Notes
from evidence.model.series import Series

_SHARES = ".stated_percent."
"""Percentages are settled by no sum of counts, and say nothing of their column."""


@dataclass(slots=True, kw_only=True)
class HeadDoubts:
    """For each column whose head is in doubt: the values that stayed so, and those that did not."""

    standing: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Column to how many."""
    settled: dict[tuple[str, str], list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Column to (series, path, doubt)."""

    def add(self, series: str, notes: Notes) -> None:
        """Note what the checks of one series made of the doubts about its heads."""
        for path, note in notes.readings.items():
            source = notes.cells.get(note.cell or "")
            if source is None or source.doubt is None or _SHARES in path:
                continue
            column = (source.table or "", source.column or "")
            if note.doubt is None:
                self.settled[column].append((series, path, source.doubt))
            else:
                self.standing[column] += 1

    def restored(self, built: Sequence[Series]) -> list[Series]:
        """The series with the doubt of every column that most of its rows did not settle."""
        again: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for column, settled in self.settled.items():
            for series, path, doubt in settled if self.standing[column] > len(settled) else ():
                again[series][path] = doubt
        return [_doubted(one, again[one.series]) if one.series in again else one for one in built]


def _doubted(series: Series, doubts: dict[str, str]) -> Series:
    readings = dict(series.readings)
    for path, doubt in doubts.items():
        readings[path] = readings[path].model_copy(update={"doubt": doubt, "checked": ()})
    return series.model_copy(update={"readings": readings})
