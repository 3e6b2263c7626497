"""What the text quotes of one reviewed series: its cases, its rate, its dose."""

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
_DOSE = re.compile(r"(\d+(?:\.\d+)?)\s*mg\b(?!\s*/)", re.IGNORECASE)
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
    """Response rates quoted for series whose rows do not give them."""
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
            if row is None or agrees(percent, *row, cut=True):
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
        stated = {float(d) for d in _DOSE.findall(item.text)}
        routes = {name for name, words in ROUTE_WORDS.items() if words.search(item.text)}
        for subject in item.cited() if stated or len(routes) == 1 else []:
            regimens = [arm.regimen for arm in subject.series.arms]
            given = [r.dose_mg for r in regimens if r.dose_mg is not None and r.dose_unit == "mg"]
            steps = {d for r in regimens for d in r.escalation_mg}
            other_dose = bool(stated and given) and not any(
                g.low <= d <= g.high or d in steps for g in given for d in stated
            )
            mine = {route for r in regimens for route in r.routes}
            other_route = len(routes) == 1 and bool(mine) and not routes & mine
            if not other_dose and not other_route:
                continue
            said_words = " ".join([*(f"{d:g} mg" for d in sorted(stated)), *sorted(routes)])
            row = ", ".join(f"{g.high:g} mg" for g in given) + f" {'/'.join(sorted(mine))}"
            yield claim(
                "claim-dose",
                "high",
                item,
                subject,
                "arms[0].regimen.dose_mg" if other_dose else "arms[0].regimen.routes",
                stated=f"{said_words} for {_named(subject)}",
                computed=f"{subject.series.label} gave {row.strip()}",
                arithmetic=f"{said_words} in the text, {row.strip()} in the table",
                would_change="a claim about a dose or route",
            )


def _named(subject: Subject) -> str:
    reference = reference_of(subject)
    return subject.series.label if reference is None else f"reference {reference}"


def _is_meant(subject: Subject, match: re.Match[str]) -> bool:
    if match["ref"] is not None and reference_of(subject) is not None:
        return reference_of(subject) == int(match["ref"])
    return is_named(subject, match["author"])
