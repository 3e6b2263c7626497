"""Medians, ranges and other times in a sentence, each with its endpoint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence.extraction.prose.endpoints import Endpoint, find_endpoints
from evidence.extraction.prose.groups import subset_within
from evidence.extraction.prose.rates import PEOPLE
from evidence.extraction.prose.shared_times import share_times
from evidence.extraction.prose.time_found import BRACKET, NUM, UNIT, UNITS, TimeStated

_VALUE = re.compile(
    rf"(?P<value>{NUM})\s*\+?(?P<mean>\s*±\s*{NUM})?\s*-?(?P<unit>{UNIT})?'?"
    rf"(?P<rest>\s*{BRACKET}|,?\s*\(?(?:range|rango):?,?\s*(?:of\s*)?{NUM}\s*\+?\s*(?:-|to|a)\s*"
    rf"{NUM}\+?)?(?P<late>\s*{UNIT})?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:(?:range|rango)[d]?[,:;]?\s*(?:of|from|was|between)?|^\s*[(\[])\s*"
    rf"(?P<low>{NUM})\s*\+?\s*{UNIT}?\s*(?:-|to|and|a)\s*(?P<high>{NUM})",
    re.IGNORECASE,
)
_SPAN_FIRST = re.compile(
    rf"[^\d;.]{{0,30}}?\b(?:from|between|was|of)?\s*(?P<low>{NUM})\+?\s*(?:{UNIT}\s*)?(?:-|to|and)\s*"
    rf"(?P<high>{NUM})\+?\s*(?P<unit>{UNIT})\s*(?:[(\[]|,|with)\s*(?:an?\s+|the\s+)?"
    rf"(?P<stat>median|mean)\s*(?:of|was|,|:|=)?\s*(?P<value>{NUM})(?:\s*{UNIT})?",
    re.IGNORECASE,
)
"""A range before its median: ``lasted from 3 to 27 months (median 11)``."""
_KIND_OF = re.compile(
    r"\b(?P<kind>complete|partial|CRs?|PRs?)(?:\s+(?:clinical\s+)?(?:responses?|remissions?))?"
    r"(?:\s+(?:had\s+)?(?:an?\s+)?)?$",
    re.IGNORECASE,
)
"""Whose duration is told: ``complete remissions lasted``."""
_INTERVAL = re.compile(r"\bCI\b|confidence|%|IQR|quartile|\bSD\b", re.IGNORECASE)
_WHO = (
    rf"\b(?:in|for|of|among)\s+(?:the\s+|all\s+|these\s+|those\s+)*\d+\s+(?:[\w-]+\s+){{0,3}}?"
    rf"(?:{PEOPLE}|responders)"
)
_BETWEEN = re.compile(
    rf"(?:{_WHO}|{BRACKET}|\b[A-Za-z][\w-]*\d[\w-]*|[^\d;%()\[\]]){{0,110}}?(?={NUM})",
    re.IGNORECASE,
)
_NO_BETWEEN = re.compile(
    r"\b(?:number|cycles?|courses|doses?|age|rates?|hazard|ratio|HR|probabilit\w+|p\s*[=<]|"
    r"not (?:yet )?(?:been )?(?:reached|estimable|evaluable|available|calculable)|vs|versus|"
    r"compared|longer|shorter|better|improv\w+|increase\w*|decrease\w*|differ\w*|interval|count|than|every|within|"
    r"no significant)\b|[<>≤≥~]\s*$|(?<!reached )\bat\s*(?:the\s+)?$|\.\s+[A-Z]",
    re.IGNORECASE,
)
_BACK = re.compile(
    rf"(?:(?P<lead>median|mean)\s+(?:period\s+|time\s+|duration\s+)?of\s+)?(?P<value>{NUM})[\s-]*"
    rf"(?P<unit>{UNIT})'?\s*(?P<rest>{BRACKET}\s*)?(?:of\s+)?(?P<stat>median|mean)?\s*(?:of\s+)?$",
    re.IGNORECASE,
)


def find_stated_times(text: str) -> list[TimeStated]:
    """Times with an endpoint in a folded sentence; percentages at a time are none.

    Endpoints listed together (*median PFS and OS were 2 and 14 months*) take an equally long list
    of values in its order, and none otherwise.
    """
    found: list[TimeStated] = []
    runs = find_endpoints(text)
    for at, run in enumerate(runs):
        following = runs[at + 1] if at + 1 < len(runs) else None
        if len({endpoint.name for endpoint in run}) > 1:
            times = _listed(text, run)
        else:
            single = _span_first(text, run[-1]) or _after(text, run[-1], run[0].start)
            single = single or _before(text, run[0])
            if single and following and run[0].start < following[0].start < single.value_start:
                single = _before(text, run[0])
            times = [] if single is None else share_times(text, single)
            if run[0].name == "DOR" and (kind := _kind_of(text, run[0])):
                times = [replace(time, group=time.group or kind) for time in times]
        found += [t for t in times if not _overlap(t, found)]
    return found


def _overlap(time: TimeStated, others: Sequence[TimeStated]) -> bool:
    return any(t.value_start < time.end and time.value_start < t.end for t in others)


_RATE_AT = re.compile(
    r"-?\s*(?:year|yr|month|mo|week)s?\s+(?:overall|progression|disease|event|relapse|survival|OS|PFS|"
    r"EFS|DFS|rates?)\b",
    re.IGNORECASE,
)
"""``1-year overall survival``: a time at which a rate is given."""
_AND = re.compile(r"\s*(?:,|;|and|y)(?:\s|and|,)*", re.IGNORECASE)


def _listed(text: str, run: Sequence[Endpoint]) -> list[TimeStated]:
    """One value per endpoint, in their order; the last unit counts for values without one."""
    place = _first_number(text, run[-1].end)
    matches: list[re.Match[str]] = []
    while place is not None and (match := _VALUE.match(text, place)) is not None:
        if _RATE_AT.match(text, match.end("value")):
            break
        matches.append(match)
        joint = _AND.match(text, match.end())
        place = joint.end() if joint and re.match(r"\d", text[joint.end() :]) else None
    units = [_unit_of(match) for match in matches]
    if len(matches) != len(run) or units[-1] is None:
        return []
    statistic = _statistic(text[max(0, run[0].start - 40) : matches[0].start()])
    scope = subset_within(text[run[-1].end : matches[0].start()])
    return [
        _stated(endpoint.name, statistic, match, unit or units[-1] or "", endpoint.start, scope)
        for endpoint, match, unit in zip(run, matches, units, strict=True)
    ]


def _stated(
    name: str, statistic: str | None, match: re.Match[str], unit: str, start: int,
    group: str | None,
) -> TimeStated:  # fmt: skip
    rest = match["rest"] or ""
    span = None if _INTERVAL.search(rest) else _RANGE.search(rest.lstrip(" ,"))
    return TimeStated(
        endpoint=name, statistic=statistic or ("mean" if match["mean"] else None),
        value=float(match["value"]), low=float(span["low"]) if span else None,
        high=float(span["high"]) if span else None, unit=unit, start=start, end=match.end(),
        value_start=match.start(), group=group,
    )  # fmt: skip


def _unit_of(match: re.Match[str]) -> str | None:
    inner = re.search(UNIT, match["rest"] or "", re.IGNORECASE)
    printed = match["unit"] or (inner[0] if inner else None) or (match["late"] or "").strip()
    return UNITS[printed[0].lower()] if printed else None


def _first_number(text: str, end: int) -> int | None:
    """Where the value of an endpoint begins, if only words that tie them stand between."""
    between = _BETWEEN.match(text, end)
    if between is None or _NO_BETWEEN.search(re.sub(BRACKET, " ", between[0])):
        return None
    return between.end()


def _statistic(text: str) -> str | None:
    words = re.findall(r"\b(median|mean|average|mediana|media)\b", text, re.IGNORECASE)
    names = {"average": "mean", "mediana": "median", "media": "mean"}
    return names.get(words[-1].lower(), words[-1].lower()) if words else None


def _span_first(text: str, endpoint: Endpoint) -> TimeStated | None:
    found = _SPAN_FIRST.match(text, endpoint.end)
    if found is None:
        return None
    return TimeStated(
        endpoint=endpoint.name, statistic=found["stat"].lower(), value=float(found["value"]),
        low=float(found["low"]), high=float(found["high"]), unit=UNITS[found["unit"][0].lower()],
        start=endpoint.start, end=found.end(), value_start=found.start("low"),
    )  # fmt: skip


def _kind_of(text: str, endpoint: Endpoint) -> str | None:
    """Complete or partial responses, where only their duration is told."""
    words = text[endpoint.start : endpoint.end]
    inside = re.search(r"\b(?:complete|partial|CRs?|PRs?)\b", words, re.IGNORECASE)
    before = _KIND_OF.search(text[: endpoint.start])
    return inside[0] if inside else before["kind"] if before else None


def _after(text: str, endpoint: Endpoint, start: int) -> TimeStated | None:
    place = _first_number(text, endpoint.end)
    value = _VALUE.match(text, place) if place is not None else None
    if value is None or _RATE_AT.match(text, value.end("value")):
        return None
    if re.match(r"\s*(?:%|/|-\s*(?:\d|year|month|week))", text[value.end("value") :]):
        return None
    listed = _UNIT_LAST.match(text, value.end("value"))
    unit = UNITS[listed["unit"][0].lower()] if listed else _unit_of(value)
    unit = unit or ("year" if endpoint.name == "age" else None)
    if unit is None:
        return None
    between = text[endpoint.end : value.start()]
    statistic = _statistic(text[max(0, start - 40) : value.start()])
    if statistic is None and endpoint.name in _EVENTS and not _COPULA.fullmatch(between):
        return None
    return _stated(endpoint.name, statistic, value, unit, start, subset_within(between))


_UNIT_LAST = re.compile(
    rf"(?:\s*(?:,|,?\s*\band\b|\bvs\.?|\bversus\b|\bor\b)\s*{NUM})+\s*(?P<unit>{UNIT})",
    re.IGNORECASE,
)
"""A unit that stands once, after the last of several values: ``24, 34 and 30 weeks``."""
_EVENTS = frozenset(["PFS", "TTP", "TTF", "TTNT", "DFS", "EFS", "OS"])
_COPULA = re.compile(r"\s*(?:\([A-Z]{2,4}\))?\s*(?:was|were|is|of|:|=)?\s*")
"""All that stands between a time to an event and its value, where no statistic is named."""


def _before(text: str, endpoint: Endpoint) -> TimeStated | None:
    """``40 months' median follow-up``, ``after a median of 16 months of follow-up``."""
    back = _BACK.search(text[: endpoint.start])
    statistic = (back["stat"] or back["lead"]) if back else None
    if back is None or statistic is None:
        return None
    span = _RANGE.search(back["rest"] or "")
    return TimeStated(
        endpoint=endpoint.name, statistic=statistic.lower(), value=float(back["value"]),
        low=float(span["low"]) if span else None, high=float(span["high"]) if span else None,
        unit=UNITS[back["unit"][0].lower()], start=back.start(), end=endpoint.end,
        value_start=back.start("value"),
    )  # fmt: skip
