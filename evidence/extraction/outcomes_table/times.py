"""Medians of time endpoints in the rows of outcome tables: ``PFS (month)``, ``Median (95% CI)``."""

from __future__ import annotations

import re

from evidence.extraction.outcomes_table.columns import head_label
from evidence.extraction.outcomes_table.found import TimeFound
from evidence.extraction.outcomes_table.grid import Line, View
from evidence.extraction.outcomes_table.heads import Head, is_group
from evidence.extraction.outcomes_table.responses import is_everybody
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

_TIME_CELL = re.compile(
    r"(?P<median>\d+(?:[.·]\d+)?)\s*(?:[(\[]\s*(?:95\s?%\s?CI[:,]?\s*)?(?P<low>\d+(?:[.·]\d+)?)\s*"
    r"(?:-|–|to|,)\s*(?:(?P<high>\d+(?:[.·]\d+)?)\+?|N[A-Z]+)\s*[)\]])?$"
)


def read_times(view: View, vocabulary: Vocabulary) -> list[TimeFound]:
    """Medians of time endpoints in the rows of a response table: ``PFS (month)``, ``Median``."""
    times: list[TimeFound] = []
    above = ""
    for line in view.lines:
        label = line.text(0)
        groups = [h for h in view.heads[view.labels :] if is_group(h)]
        cells = [(h, m) for h in groups if (m := _TIME_CELL.match(line.text(h.index)))]
        if not is_everybody(line.group):
            continue
        named = "" if _endpoint(label, vocabulary) else above
        whole = " ".join([line.outer or "", line.section or "", named, label])
        if not cells:
            above = label
            continue
        endpoint, unit = _endpoint(whole, vocabulary), _unit(whole)
        if endpoint and unit and "median" in whole.lower():
            once = {id(line.cells[h.index]): (h, m) for h, m in reversed(cells)}
            times += [_time(view, line, h, m, endpoint, unit) for h, m in reversed(once.values())]
    return times


def _endpoint(text: str, vocabulary: Vocabulary) -> str | None:
    tokens = lex(text, vocabulary, ("endpoints",))
    return next((token.name for token in tokens if token.kind == "endpoints"), None)


def _unit(text: str) -> str | None:
    match = re.search(r"\b(day|week|wk|month|mo|year|yr)s?\b", text, re.I)
    return (
        {"wk": "week", "mo": "month", "yr": "year"}.get(match[1].lower(), match[1].lower())
        if match
        else None
    )


def _time(
    view: View, line: Line, head: Head, match: re.Match[str], endpoint: str, unit: str
) -> TimeFound:
    def number(name: str) -> float | None:
        return float(match[name].replace("·", ".")) if match[name] else None

    return TimeFound(
        label=head_label(head), endpoint=endpoint, median=number("median") or 0.0,
        low=number("low"),
        high=number("high"), unit=unit, source=view.source(line, head.index),
    )  # fmt: skip
