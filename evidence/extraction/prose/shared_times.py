"""Values of two groups under one endpoint: ``10.3 months in the A arm and 9.3 in the B arm``."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extraction.prose.groups import group_after, group_before
from evidence.extraction.prose.time_found import BRACKET, NUM, UNIT, UNITS, TimeStated

_GROUP = (
    r"(?:(?:in|for|of)\s+(?:all\s+|the\s+)*[A-Z][\w/+-]*[- ]treated\s+patients|"
    r"(?:in|for|"
    r"of)\s+(?:the\s+)?(?:patients\s+in\s+(?:the\s+)?)?[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,4}?"
    r"\s+(?:treatment\s+)?(?:groups?|arms?|cohorts?)\b)"
)
_NEXT = re.compile(
    rf"\s*(?:{BRACKET})?\s*(?:{_GROUP}|(?:in|"
    rf"for)\s+(?:the\s+)?[\w/+ -]{{1,40}}?)?\s*(?:,\s*)?"
    rf"(?:and|vs\.?|versus|compared (?:with|to))\s+(?:{_GROUP}\s*(?:was\s*)?)?"
    rf"(?P<value>{NUM})(?![\d.])\s*(?P<unit>{UNIT})?(?!\s*%|-)",
    re.IGNORECASE,
)


def share_times(text: str, first: TimeStated) -> list[TimeStated]:
    """Values of two groups under one endpoint; none where the text does not say whose is whose."""
    at = first.end
    match = _NEXT.match(text, at)
    group = group_after(text, at) or group_before(text, first.value_start) or first.group
    if match is None:
        return [replace(first, group=group)]
    other = group_before(text, match.start("value")) if _names_next(text, at, match) else None
    other = group_after(text, match.end()) or other
    after = re.match(r"\s*(?:months?\s+)?(?:for|in|among)\s[^.;,]{1,40}", text[match.end() :])
    if group is None and after is not None and _PART_OF_ALL.search(after[0]):
        return [first]
    if group is None or other is None or group == other:
        return []
    unit = UNITS[match["unit"][0].lower()] if match["unit"] else first.unit
    second = replace(
        first, group=other, value=float(match["value"]), unit=unit, low=None, high=None,
        start=match.start("value"), end=match.end(), value_start=match.start("value"),
    )  # fmt: skip
    return [replace(first, group=group), second]


_PART_OF_ALL = re.compile(
    r"\b(?:responders?|responding|who|with|complete|partial|CR|PR|stage|younger|older)\b"
)
"""A second group that is a part of the first, which is then everybody."""


def _names_next(text: str, at: int, match: re.Match[str]) -> bool:
    return re.search(r"\b(?:and|vs\.?|versus)\s+(?:in|for)\b", text[at : match.end()]) is not None
