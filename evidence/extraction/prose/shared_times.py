"""Values of several groups under one endpoint: ``10.3 months in arm A and 9.3 in arm B``."""

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
_OF = (
    rf"(?:(?:{_GROUP}|in\s+(?:arm|group|cohort)\s+\w\b)\s*(?:{BRACKET})?|"
    r"(?:in|for|with)\s+(?:the\s+)?[\w/+ -]{1,40}?)"
)
_NEXT = re.compile(
    rf"\s*(?:{BRACKET})?\s*{_OF}?\s*(?:,\s*)?"
    rf"(?:,(?=\s*{NUM}\s*,?\s*(?:and|,)\s*{NUM})|and|vs\.?|versus|compared (?:with|to))\s+"
    rf"(?:{_GROUP}\s*(?:was\s*)?)?"
    rf"(?P<value>{NUM})(?![\d.])\s*(?P<unit>{UNIT})?(?!\s*%|-)",
    re.IGNORECASE,
)
_PART_OF_ALL = re.compile(
    r"\b(?:responders?|responding|who|with|complete|partial|CR|PR|stage|younger|older)\b"
)
"""A second group that is a part of the first, which is then everybody."""


def share_times(text: str, first: TimeStated) -> list[TimeStated]:
    """Values of groups under one endpoint, each with its group or, where the text names none beside
    it, with its place in the list."""
    times = [first]
    while (match := _NEXT.match(text, times[-1].end)) is not None:
        unit = UNITS[match["unit"][0].lower()] if match["unit"] else first.unit
        at = match.start("value")
        times.append(replace(first, value=float(match["value"]), unit=unit, low=None, high=None,
                             start=at, end=match.end(), value_start=at))  # fmt: skip
    groups = [_group(text, time, times[at - 1] if at else None) for at, time in enumerate(times)]
    groups[0] = groups[0] or first.group
    if len(times) == 1:
        return [replace(first, group=groups[0])]
    after = re.match(r"\s*(?:months?\s+)?(?:for|in|among)\s[^.;,]{1,40}", text[times[1].end :])
    if groups[0] is None and after is not None and _PART_OF_ALL.search(after[0]):
        return [first]
    if None in groups or len(set(groups)) < len(groups):
        return [replace(time, place_in_list=(at, len(times), times[-1].end))
                for at, time in enumerate(times)]  # fmt: skip
    return [replace(time, group=group) for time, group in zip(times, groups, strict=True)]


def _group(text: str, time: TimeStated, before: TimeStated | None) -> str | None:
    """The group named beside a value."""
    named = group_after(text, time.end)
    if named or before is None:
        return named or group_before(text, time.value_start)
    led = re.search(r"\b(?:and|vs\.?|versus)\s+(?:in|for)\b", text[before.end : time.value_start])
    return group_before(text, time.value_start) if led else None
