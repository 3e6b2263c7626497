"""When a response was counted: ``at week 12``, ``at the 12-month visit``."""

from __future__ import annotations

import re

_UNITS = r"(?:weeks?|months?|days?|years?)"
TIME = (
    rf"(?:the\s+)?(?:end\s+of\s+)?(?P<time>{_UNITS}\s+\d+|\d+[\s-]{_UNITS})"
    r"(?:\s+(?:visit|evaluation|assessment|time\s?point|follow[\s-]?up))?"
)
SAID = re.compile(rf"\b(?:at|by|after)\s+{TIME}", re.IGNORECASE)
_LEAD = re.compile(
    rf"(?:^|[;.:]\s+)(?:and\s+|but\s+)?(?:at|by|after)\s+"
    rf"(?:the\s+)?(?:(?:[a-z-]+\s+){{1,3}}?(?:at|after)\s+)?{TIME}\s*,",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"\s*(?:[(\[][^)\]]*[)\]]\s*)?,?\s*(?:at|by)\s+{TIME}(?!\s+of\b)", re.IGNORECASE
)


def timepoint_of(text: str, mention_end: int, rate_start: int, rate_end: int) -> str | None:
    """The time right after a count or its outcome, last between them, or over the clause."""
    found = _NEXT.match(text, max(rate_end, mention_end)) or _NEXT.match(text, rate_end)
    if found is None:
        between = list(SAID.finditer(text, min(mention_end, rate_start), rate_start))
        found = between[-1] if between else None
    if found is None:
        leads = list(_LEAD.finditer(text, 0, rate_start))
        closed = leads and re.search(r"[;.]\s", text[leads[-1].end() : rate_start])
        found = leads[-1] if leads and not closed else None
    return " ".join(found["time"].lower().replace("-", " ").split()) if found else None
