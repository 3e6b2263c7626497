"""What the text quotes of one reviewed series: its size, its cases, its rate, its dose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, of_total
from evidence.table.audit.claims.said import claim, is_named, reference_of, said
from evidence.table.audit.claims.text import without_references
from evidence.table.audit.claims.topics import events_of_group, group_named
from evidence.table.percents import agrees
from evidence.table.words import NUMBER, number

_CASES = re.compile(
    rf"(?P<author>[A-Z][\w'’-]+)\s+et\s+al\.?,?\s*\[?(?P<ref>\d{{1,3}})?\]?[^.;]{{0,40}}?"
    rf"\b(?:published|reported|described|observed|found|had|saw)\s+(?P<n>{NUMBER})\s+"
    r"(?:cases?|patients?)\s+(?:of|with)\s+(?P<what>[^.,;]+)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_RESPONSE = re.compile(r"\brespon(?:se|ses|ders?|ded)\b[^.;]*%|%[^.;]*\brespon", re.IGNORECASE)
_OTHER_RATE = re.compile(r"surviv|free|relaps|mortality|reduction|confidence", re.IGNORECASE)
_COMPLETE = re.compile(r"\bcomplete (?:response|remission)|\bCR\b", re.IGNORECASE)
_DOSE = re.compile(
    r"(?P<mg>\d+(?:\.\d+)?)\s*mg\b(?:\s*/\s*(?P<per>kg|m2|m²)\b)?(?!\s*/)", re.IGNORECASE
)
_SIZE = (
    re.compile(
        rf"\b(?:series|study|trial|cohort|report)\s+(?:of|with|in|on|including|comprising)\s+"
        rf"(?P<n>{NUMBER})\s+(?:[\w-]+\s+){{0,2}}(?:patients|cases|subjects)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:treated|included|enrolled|studied|reported(?:\s+on)?)\s+(?P<n>{NUMBER})\s+"
        r"(?:patients|cases|subjects)\b(?P<which>[^.,;]*)",
        re.IGNORECASE,
    ),
)
"""``a series of 39 patients``, ``treated 39 patients``."""
_PART = re.compile(r"\s*(?!(?:and|but|between|from|in\s+\d)\b)\w")
"""Words after ``5 patients`` that may make them a part of the series: *with*, *who*, by a route."""
_OUTCOMES = ("CR", "PR", "SD", "PD", "NE", "ORR")
ROUTE_WORDS = {
    "SC": re.compile(r"\bsubcutaneous(?:ly)?\b|\bSC\b|\bs\.c\."),
    "IV": re.compile(r"\bintravenous(?:ly)?\b|\bIV\b|\bi\.v\."),
    "PO": re.compile(r"\boral(?:ly)?\b|\bby mouth\b|\bPO\b"),
    "IM": re.compile(r"\bintramuscular(?:ly)?\b"),
    "IL": re.compile(r"\bintralesional(?:ly)?\b"),
}


def cases_of_reference(case: Case) -> Iterator[Finding]:
    """A number of cases quoted for one series that its row does not give."""
    for item in said(case):
        for match in _CASES.finditer(item.text):
            group = group_named(match["what"])
            subject = next((s for s in item.reviewed if _is_meant(s, match)), None)
            if group is None or subject is None:
                continue
            stated = number(match["n"])
            entries = [
                (f"arms[{a}].complications[{i}].events", c.events)
                for a, arm in enumerate(subject.series.arms)
                for i, c in enumerate(arm.complications or ())
                if c.group == group and c.events is not None
            ]
            counts = [events for _, events in entries]
            if not entries or stated in {*counts, sum(counts)}:
                continue
            yield claim(
                "claim-cases",
                "high",
                item,
                subject,
                entries[0][0],
                stated=f"{stated} cases of {match['what'].strip()} in {subject.series.label}",
                computed=f"{events_of_group(subject, group)} in its row",
                arithmetic=f"the row has {' + '.join(map(str, counts))}, the text {stated}",
                would_change=f"the rate of {group.lower()} events of this series",
            )


def rates(case: Case) -> Iterator[Finding]:
    """Response rates quoted for series whose rows neither print nor give them."""
    for item in said(case):
        percents = [float(p) for p in _PERCENT.findall(without_references(item.text))]
        cited = item.cited()
        about = _RESPONSE.search(item.text) and not _OTHER_RATE.search(item.text)
        complete = len(item.references) in (0, len(cited))
        if not percents or len(percents) != len(cited) or not about or not complete:
            continue
        outcome = "CR" if _COMPLETE.search(item.text) else "ORR"
        for percent, subject in zip(percents, cited, strict=True):
            row = item.counts(subject, outcome)
            printed = {b.responses.stated_percent.get(outcome) for b in subject.blocks}
            if row is None or percent in printed or agrees(percent, *row, cut=True):
                continue
            yield claim(
                "claim-rate",
                "high",
                item,
                subject,
                "arms[0].responses[0]",
                stated=f"{outcome} {percent:g} % for {_named(subject)}",
                computed=of_total(*row),
                arithmetic=f"{subject.series.label}: {row[0]} of {row[1]} in the table",
                would_change="a claim about this series' response",
            )


def doses(case: Case) -> Iterator[Finding]:
    """A dose or route quoted for series whose rows had another."""
    for item in said(case):
        for subject in item.cited():
            stated = _doses_in(item.about(subject))
            routes = {n for n, words in ROUTE_WORDS.items() if words.search(item.about(subject))}
            given = _doses_given(subject)
            units = {unit for _, _, unit in given}
            told = {(dose, unit) for dose, unit in stated if unit in units}
            other_dose = bool(told) and not any(
                low <= dose <= high and unit == own
                for dose, unit in told
                for low, high, own in given
            )
            mine = {route for arm in subject.series.arms for route in arm.regimen.routes}
            other_route = len(routes) == 1 and bool(mine) and not routes & mine
            if not other_dose and not other_route:
                continue
            words = " ".join([*(f"{d:g} {unit}" for d, unit in sorted(stated)), *sorted(routes)])
            row = f"{_show_given(given)} {'/'.join(sorted(mine))}".strip()
            yield claim(
                "claim-dose",
                "high",
                item,
                subject,
                "arms[0].regimen.dose_mg" if other_dose else "arms[0].regimen.routes",
                stated=f"{words} for {_named(subject)}",
                computed=f"{subject.series.label} gave {row}",
                arithmetic=f"{words} in the text, {row} in the table",
                would_change="a claim about a dose or route",
            )


def _doses_in(text: str) -> set[tuple[float, str]]:
    """(dose, unit) of every dose in a text."""
    return {
        (float(m["mg"]), f"mg/{m['per'].replace('²', '2')}" if m["per"] else "mg")
        for m in _DOSE.finditer(text)
    }


def _doses_given(subject: Subject) -> list[tuple[float, float, str]]:
    """(lowest, highest, unit) of every arm's dose, and of the steps towards it."""
    regimens = [arm.regimen for arm in subject.series.arms]
    given = [(r.dose_mg.low, r.dose_mg.high, r.dose_unit) for r in regimens if r.dose_mg]
    return given + [(d, d, r.dose_unit) for r in regimens for d in r.escalation_mg if r.dose_mg]


def _show_given(given: list[tuple[float, float, str]]) -> str:
    highest = dict.fromkeys(f"{high:g} {unit}" for _, high, unit in given)
    return ", ".join(highest)


def size(case: Case) -> Iterator[Finding]:
    """A number of patients quoted for one series that no number of its row equals."""
    for item in said(case):
        cited = item.cited()
        if len(cited) != 1 or len(item.references) > 1:
            continue
        text = without_references(item.about(cited[0]))
        known = _numbers_of(cited[0])
        for match in (m for way in _SIZE for m in way.finditer(text)):
            told, which = number(match["n"]), match.groupdict().get("which") or ""
            total = max(known, default=0)
            if not known or told in known or (told < total and _PART.match(which)):
                continue
            yield claim(
                "claim-size",
                "medium",
                item,
                cited[0],
                "arms[0].population",
                stated=f"{told} patients in {cited[0].series.label}",
                computed=f"{total} in its row",
                arithmetic=f"the text has {told} patients, the row {total}",
                would_change="the denominator of this series, or whom its row leaves out",
            )


def _numbers_of(subject: Subject) -> set[int]:
    """Every number of patients a row gives: of all, by disease, within a larger group, by count."""
    found: set[int | None] = set()
    for arm in subject.series.arms:
        found |= {arm.size, arm.total, *arm.population.values()}
        found |= {arm.within.patients} if arm.within else set()
    for block in subject.blocks:
        found |= {block.total, *(getattr(block.responses, o) for o in _OUTCOMES)}
    found.add(sum(arm.size or 0 for arm in subject.series.arms))
    return {n for n in found if n}


def _named(subject: Subject) -> str:
    reference = reference_of(subject)
    return subject.series.label if reference is None else f"reference {reference}"


def _is_meant(subject: Subject, match: re.Match[str]) -> bool:
    if match["ref"] is not None and reference_of(subject) is not None:
        return reference_of(subject) == int(match["ref"])
    return is_named(subject, match["author"])
