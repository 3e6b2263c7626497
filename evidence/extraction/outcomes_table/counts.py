"""Counts in a table cell: ``20 (27%)``, ``13/69 (18.8%)``, ``8 of 17``, ``0``, ``--``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.·]\d+)?"
_FORMS = (
    rf"(?P<events>\d+)\s*/\s*(?P<total>\d+)\s*(?:\(?\s*(?P<percent>{_NUMBER})\s*%?\s*\)?)?",
    rf"(?P<percent>{_NUMBER})\s*%?\s*\(\s*(?P<events>\d+)\s*(?:/|of)\s*(?P<total>\d+)\s*\)",
    rf"(?P<events>\d+)\s*\(\s*(?P<percent>{_NUMBER})\s*%?\s*(?:\)|$)",
    rf"(?P<events>\d+)\s+(?P<percent>{_NUMBER})\s*%",
    rf"(?P<percent>{_NUMBER})\s*%?\s*\(\s*n\s*=\s*(?P<events>\d+)\s*\)",
    rf"(?P<percent>{_NUMBER})\s*%",
    rf"(?P<percent>{_NUMBER})\s*%\s*\(\s*(?P<events>\d+)\s*\)",
    r"(?P<events>\d{1,3}(?:,\d{3})+|\d+)",
    r"(?P<decimal>\d+[.·]\d+)",
)
_PATTERNS = tuple(re.compile(form) for form in _FORMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCount:
    """What one cell counts; ``percent`` as printed (0–100)."""

    events: int | None = None
    total: int | None = None
    percent: float | None = None
    unread: str | None = None


def read_count(text: str, *, percent_only: bool = False) -> CellCount | None:
    """The count a cell begins with; None where it holds no number.

    ``percent_only`` says that the column's head promises percentages without counts.
    """
    text = " ".join(text.replace("–", "-").split())
    best: tuple[int, re.Match[str]] | None = None
    for pattern in _PATTERNS:
        match = pattern.match(text)
        if match and (best is None or match.end() > best[0]):
            best = (match.end(), match)
    if best is None:
        return None
    groups = {name: value for name, value in best[1].groupdict().items() if value is not None}
    rest = text[best[0] :].strip(" .;,*†‡§¶") or None
    percent = groups.get("percent") or groups.get("decimal")
    events = groups.get("events")
    if percent_only and percent is None:
        percent, events = events, None
    return CellCount(
        events=int(events.replace(",", "")) if events else None,
        total=int(groups["total"]) if "total" in groups else None,
        percent=float(percent.replace("·", ".")) if percent else None,
        unread=rest,
    )
