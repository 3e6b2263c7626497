"""Medians, ranges and other times in a sentence, each with its endpoint."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evidence.extraction.prose.groups import group_after, group_before

_ENDPOINTS = (
    ("DOR", r"(?:duration of (?:the |an? )?(?:objective |overall |complete |clinical "
            r")?(?:response|remission)s?|"
            r"(?:response|remission) duration|DOR\b)"),
    ("PFS", r"(?:progression[- ]free survival|PFS\b)"),
    ("TTP", r"(?:time to (?:disease |tumou?r )?progression|TTP\b)"),
    ("TTF", r"(?:time to treatment failure|failure[- ]free survival|TTF\b)"),
    ("TTNT", r"(?:time to next (?:treatment|therapy)|TTNT\b)"),
    ("TTR", r"(?:time to (?:first |best |onset of )?response|TTR\b)"),
    ("DFS", r"(?:(?:disease|relapse)[- ]free survival|DFS\b|RFS\b)"),
    ("EFS", r"(?:event[- ]free survival|EFS\b)"),
    ("OS", r"(?:overall survival|survival time|OS\b)"),
    ("follow-up", r"(?:follow(?:ed)?[- ]?up)"),
    ("treatment", r"(?:(?:duration|length) of (?:the )?(?:[\w-]+ ){0,2}?(?:treatment|"
                  r"therapy)|time on (?:study |protocol )?(?:treatment|therapy)|"
                  r"(?:treatment|therapy) duration)"),
    ("age", r"\bage\b"),
)  # fmt: skip
_ANY = re.compile("|".join(f"(?P<e{i}>{p})" for i, (_, p) in enumerate(_ENDPOINTS)), re.IGNORECASE)
_LISTED = "|".join(p for _, p in _ENDPOINTS)
_COORDINATED = re.compile(
    rf"\s*(?:\([^)]*\)\s*)?(?:,|and|or|/|&)\s*(?:the\s+)?(?:median\s+)?(?:{_LISTED})", re.I
)
_COORDINATED_BEFORE = re.compile(
    rf"(?:{_LISTED})\s*(?:\([^)]*\)\s*)?(?:,|and|or|/|&)\s*(?:the\s+)?(?:median\s+)?$", re.I
)
"""Two endpoints named together share their numbers in an order only *respectively* tells."""
_NUM = r"\d+(?:\.\d+)?"
_UNIT = r"(?:days?|weeks?|wks?|months?|mos?\b|years?|yrs?)"
_VALUE = re.compile(
    rf"(?P<value>{_NUM})\s*\+?\s*(?P<unit>{_UNIT})?'?"
    rf"(?P<rest>\s*[(\[][^)\]]*[)\]]|,?\s*\(?range:?,?\s*(?:of\s*)?{_NUM}\s*\+?\s*(?:-|"
    rf"to)\s*{_NUM}\+?)?(?P<late>\s*{_UNIT})?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"range[d]?[,:;]?\s*(?:of|from|was|between)?\s*(?P<low>{_NUM})\s*\+?\s*{_UNIT}?\s*(?:-|"
    rf"to|and)\s*(?P<high>{_NUM})",
    re.I,
)
_GROUP = (
    r"(?:(?:in|for|of)\s+(?:all\s+|the\s+)*[A-Z][\w/+-]*[- ]treated\s+patients|"
    r"(?:in|for|"
    r"of)\s+(?:the\s+)?(?:patients\s+in\s+(?:the\s+)?)?[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,4}?"
    r"\s+(?:treatment\s+)?(?:groups?|arms?|cohorts?)\b)"
)
_BETWEEN = re.compile(
    rf"(?:\s|{_GROUP}|\b(?:after|since|before|from|the|a|an|of|was|were|is|in|for|all|patients?|"
    r"interruption|initiation|"
    r"start|completion|treatment|therapy|among|estimated|reached|responders?|has been|been|"
    r"only|and|"
    r"as|study|entire|cohort|group|overall|to|these|responding|those)\b|[,:=]|\([A-Za-z]{1,5}\))*",
    re.IGNORECASE,
)
_BACK = re.compile(
    rf"(?P<value>{_NUM})[\s-]*(?P<unit>{_UNIT})'?\s*(?:of\s*)?(?P<stat>median|mean)\s*(?:of\s*)?$",
    re.I,
)
_NAMES = {"d": "day", "w": "week", "m": "month", "y": "year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStated:
    """One time in a sentence; ``statistic`` is None where the sentence names none."""

    endpoint: str
    statistic: str | None
    value: float
    low: float | None
    high: float | None
    unit: str
    start: int
    end: int
    value_start: int = 0
    group: str | None = None
    """The arm the value belongs to, where several values share the endpoint."""


def find_stated_times(text: str) -> list[TimeStated]:
    """Times with an endpoint in a folded sentence; percentages at a time are none."""
    found: list[TimeStated] = []
    for match in _ANY.finditer(text):
        if _COORDINATED.match(text[match.end() :]) or _COORDINATED_BEFORE.search(
            text[: match.start()]
        ):
            continue
        endpoint = next(name for i, (name, _) in enumerate(_ENDPOINTS) if match[f"e{i}"])
        time = _after(text, match, endpoint) or _before(text, match, endpoint)
        if time is not None and not any(t.start < time.end and time.start < t.end for t in found):
            found += _shared(text, time)
    return found


_NEXT = re.compile(
    rf"\s*(?:[(\[][^)\]]*[)\]])?\s*(?:{_GROUP}|(?:in|"
    rf"for)\s+(?:the\s+)?[\w/+ -]{{1,40}}?)?\s*(?:,\s*)?"
    rf"(?:and|vs\.?|versus|compared (?:with|to))\s+(?:{_GROUP}\s*(?:was\s*)?)?"
    rf"(?P<value>{_NUM})\s*(?P<unit>{_UNIT})?(?!\s*%)",
    re.IGNORECASE,
)


def _shared(text: str, first: TimeStated) -> list[TimeStated]:
    """Values of two groups under one endpoint; none where the text does not say whose is whose."""
    at = first.end
    match = _NEXT.match(text, at)
    group = group_after(text, at) or group_before(text, first.value_start)
    if match is None:
        return [replace(first, group=group)]
    other = group_before(text, match.start("value")) if _names_next(text, at, match) else None
    other = group_after(text, match.end()) or other
    if group is None or other is None or group == other:
        return []
    unit = _NAMES[match["unit"][0].lower()] if match["unit"] else first.unit
    second = replace(
        first, group=other, value=float(match["value"]), unit=unit, low=None, high=None,
        start=match.start("value"), end=match.end(),
    )  # fmt: skip
    return [replace(first, group=group), second]


def _names_next(text: str, at: int, match: re.Match[str]) -> bool:
    return re.search(r"\b(?:and|vs\.?|versus)\s+(?:in|for)\b", text[at : match.end()]) is not None


def _statistic(text: str) -> str | None:
    words = re.findall(r"\b(median|mean|average)\b", text, re.I)
    return {"average": "mean"}.get(words[-1].lower(), words[-1].lower()) if words else None


def _after(text: str, match: re.Match[str], endpoint: str) -> TimeStated | None:
    between = _BETWEEN.match(text, match.end())
    value = _VALUE.match(text, between.end() if between else match.end())
    if value is None:
        return None
    rest = value["rest"] or ""
    inner = re.search(_UNIT, rest, re.IGNORECASE)
    unit = (
        value["unit"]
        or (inner[0] if inner else None)
        or (value["late"] or "").strip()
        or ("year" if endpoint == "age" else None)
    )
    if unit is None or re.match(r"\s*%", text[value.end("value") :]):
        return None
    lead = text[max(0, match.start() - 40) : value.start()]
    span = _RANGE.search(rest)
    return TimeStated(
        endpoint=endpoint, statistic=_statistic(lead), value=float(value["value"]),
        low=float(span["low"]) if span else None, high=float(span["high"]) if span else None,
        unit=_NAMES[unit[0].lower()], start=match.start(), end=value.end(),
        value_start=value.start(),
    )  # fmt: skip


def _before(text: str, match: re.Match[str], endpoint: str) -> TimeStated | None:
    """``40 months' median follow-up``."""
    back = _BACK.search(text[: match.start()])
    if back is None:
        return None
    return TimeStated(
        endpoint=endpoint, statistic=back["stat"].lower(), value=float(back["value"]), low=None,
        high=None, unit=_NAMES[back["unit"][0].lower()], start=back.start(), end=match.end(),
    )  # fmt: skip
