"""Values that lie outside the range or the interval printed with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.audit.columns import COLUMNS, timed
from evidence.table.derive import stated_counts
from evidence.table.places import RESPONSE_CELLS

_NUM = r"\d+(?:[.·]\d+)?"
INTERVAL = re.compile(
    rf"(?P<percent>{_NUM})\s*%\s*(?:[;,:(\[]\s*(?:9[059]\s*%\s*)?|9[059]\s*%\s*)"
    r"(?:CI|confidence\s+intervals?|credible\s+intervals?)\s*[,:=(\[]?\s*(?:of\s+)?"
    rf"(?P<low>{_NUM})\s*%?\s*(?:-{{1,3}}|–|—|to|,|;)\s*(?P<high>{_NUM})",
    re.IGNORECASE,
)
"""``55% (95% CI, 36-72)``; the percentage right before *CI* is the level of the interval."""


class Interval(NamedTuple):
    """A percentage outside the interval printed with it."""

    words: str
    percent: float
    low: float
    high: float

    @property
    def arithmetic(self) -> str:
        """Which end it lies beyond."""
        if self.low > self.high:
            return f"the interval begins at {self.low:g}% and ends at {self.high:g}%"
        end = f"below {self.low:g}%" if self.percent < self.low else f"above {self.high:g}%"
        return f"{self.percent:g}% is {end}; an estimate lies within its interval"


def outside_intervals(text: str) -> Iterator[Interval]:
    """Every percentage of a text that its own interval leaves out."""
    for match in INTERVAL.finditer(text):
        percent, low, high = (float(match[n].replace("·", ".")) for n in ("percent", "low", "high"))
        of_one = high <= 1 < percent
        if not of_one and not low <= percent <= high:
            yield Interval(match[0], percent, low, high)


def intervals(subject: Subject, case: Case) -> Iterator[Finding]:
    """A percentage of a cell outside the confidence interval printed beside it.

    High where no count stands beside it, so that a pooled number rests on the percentage.
    """
    for key, cell in subject.series.cells.items():
        for told in outside_intervals(cell.text):
            counted = any(stated_counts(b.responses) for b in subject.blocks)
            yield finding(
                "interval-against-percent",
                "high" if key in RESPONSE_CELLS and not counted else "medium",
                subject,
                "arms[0].responses[0]" if key in RESPONSE_CELLS else f"cells.{key}",
                stated=told.words,
                computed=f"{told.percent:g}% is outside {told.low:g} to {told.high:g}%",
                arithmetic=told.arithmetic,
                would_change="the percentage or its interval is another's",
            )


def durations(subject: Subject, case: Case) -> Iterator[Finding]:
    """A median or mean outside the range printed with it, or a range that begins above its end."""
    for name, (unit, _) in COLUMNS.items():
        for item in timed(subject, name):
            point, low, high = item.duration.point, item.duration.low, item.duration.high
            if low is None or high is None or item.duration.comparator is not None:
                continue
            if low <= (low if point is None else point) <= high:
                continue
            shown = f"range {low:g} to {high:g} {unit}"
            outside = point is not None and low <= high
            yield finding(
                "duration-outside-range",
                "medium",
                subject,
                item.field,
                stated=item.words,
                computed=f"{point:g} {unit} is outside its range" if outside else shown,
                arithmetic=f"{point:g} {unit}, {shown}"
                if outside
                else f"{low:g} is above {high:g}",
                would_change="the duration of this series",
            )
