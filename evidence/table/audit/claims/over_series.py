"""What the text sums up over the reviewed series: a median, a range of rates, the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject, of_total
from evidence.table.audit.claims.said import Said, claim, said
from evidence.table.audit.claims.text import LASTED, MEDIAN, field_of
from evidence.table.percents import agrees

_NUM = r"\d+(?:\.\d+)?"
_RATES = re.compile(
    rf"\b(?:(?P<which>complete|overall|objective)?\s*(?:response|remission)\s+rates?\s+"
    rf"(?:ranged|ranging|varied|varying)|rates?\s+of\s+(?P<kind>complete|overall|objective)\s+"
    rf"(?:response|remission)s?)\s+(?:from|between)\s+(?P<low>{_NUM})\s*%?\s*"
    rf"(?:to|and|-+|–)\s*(?P<high>{_NUM})\s*%",
    re.IGNORECASE,
)
_EXTREME = re.compile(
    r"\b(?P<end>highest|best|lowest|poorest)\s+(?:(?P<which>complete|overall|objective)\s+)?"
    rf"(?:response|remission)\s+rate\b[^.;%]{{0,40}}?\b(?P<told>{_NUM})\s*%",
    re.IGNORECASE,
)
_OF_SOME = re.compile(r"\b(?:among|in\s+patients|with|for|at)\b", re.IGNORECASE)
_FIRST = re.compile(
    r"\b(?:first|earliest)\s+(?:[\w-]+\s+){0,2}(?:description|report|series|study|publication|use)"
    r"\b[^.;\d]{0,60}?\b(?:from|in|to)\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ROUNDING_MONTHS = 0.5
MANY = 3
"""Series from which on a range of rates can be held against them."""


def literature_median(case: Case) -> Iterator[Finding]:
    """A median over the series that the table's medians do not give."""
    for item in said(case):
        cited = item.cited()
        told = [m for way in (MEDIAN, LASTED) for m in way.finditer(item.text)]
        for match in told if len(cited) > 1 else ():
            if field_of(match["what"])[0] != "response_months" or match["unit"][0] not in "mM":
                continue
            stated = float(match["value"])
            medians = [(s, path, m) for s in cited for path, m in _medians(s)]
            known = [m for _, _, m in medians]
            own = [m for s in item.own if s not in cited for _, m in _medians(s)]
            if len(known) < 2 or any(
                abs(stated - median(v)) <= _ROUNDING_MONTHS for v in (known, known + own)
            ):
                continue
            shown = ", ".join(f"{m:.3g}" for m in sorted(known))
            own_median = [(s, path) for s in item.own for path, _ in _medians(s)]
            subject, path = own_median[0] if own_median else medians[0][:2]
            yield claim(
                "claim-median",
                "high",
                item,
                subject,
                path,
                stated=f"median {match['what'].strip()} {match['value']} {match['unit']}",
                computed=f"median of the {len(known)} stated medians is {median(known):g} months",
                arithmetic=f"stated medians in months: {shown}",
                would_change="a claim about the response duration over all series",
            )


def range_of_rates(case: Case) -> Iterator[Finding]:
    """A range of response rates that a series of the table lies outside of, or does not reach."""
    for item in said(case):
        match = _RATES.search(item.text)
        meant = item.cited() or list(item.reviewed)
        if match is None or (item.references and len(item.references) != len(item.cited())):
            continue
        which = match["which"] or match["kind"] or ""
        outcome = "CR" if which.casefold() == "complete" else "ORR"
        known = [(s, row) for s in meant if (row := item.counts(s, outcome)) is not None]
        if len(known) < MANY:
            continue
        known.sort(key=lambda pair: pair[1][0] / pair[1][1])
        for name, told, (subject, row) in (
            ("lowest", match["low"], known[0]),
            ("highest", match["high"], known[-1]),
        ):
            if _reached(item, float(told), outcome, meant, row, lowest=name == "lowest"):
                continue
            yield claim(
                "claim-range",
                "high",
                item,
                subject,
                "arms[0].responses[0]",
                stated=f"{name} {outcome} of the series {told}%",
                computed=f"{name} in the table: {subject.series.label}, {of_total(*row)}",
                arithmetic=f"{of_total(*row)}, not {told}%",
                would_change="a claim about how the response varies between series",
            )


def extreme_rate(case: Case) -> Iterator[Finding]:
    """A highest or lowest response rate that a series of the table goes beyond."""
    for item in said(case):
        match = _EXTREME.search(item.text)
        if match is None or _OF_SOME.search(item.text) or len(item.references) > 1:
            continue
        outcome = "CR" if (match["which"] or "").casefold() == "complete" else "ORR"
        known = [(s, row) for s in item.reviewed if (row := item.counts(s, outcome)) is not None]
        known.sort(key=lambda pair: pair[1][0] / pair[1][1])
        if len(known) < MANY:
            continue
        high = match["end"].casefold() in ("highest", "best")
        subject, row = known[-1 if high else 0]
        told, rate = float(match["told"]), 100 * row[0] / row[1]
        if agrees(told, *row, cut=True) or (told > rate if high else told < rate):
            continue
        yield claim(
            "claim-range",
            "high",
            item,
            subject,
            "arms[0].responses[0]",
            stated=f"{match['end'].lower()} {outcome} of the series {told:g}%",
            computed=f"{match['end'].lower()} in the table: {subject.series.label}, "
            f"{of_total(*row)}",
            arithmetic=f"{of_total(*row)}, not {told:g}%",
            would_change="a claim about how the response varies between series",
        )


def _reached(
    item: Said,
    told: float,
    outcome: str,
    meant: list[Subject],
    row: tuple[int, int],
    *,
    lowest: bool,
) -> bool:
    """The end of a range is the outermost row's, or that of a part of a series beyond it."""
    if agrees(told, *row, cut=True):
        return True
    outermost = 100 * row[0] / row[1]
    if told > outermost if lowest else told < outermost:
        return False
    names = {s.series.series for s in meant}
    percents = {p for s in meant for b in s.blocks for p in b.responses.stated_percent.values()}
    return told in percents or any(
        r.series in names and r.outcome == outcome and r.events is not None and r.total
        and agrees(told, r.events, r.total, cut=True)
        for r in item.rows
    )  # fmt: skip


def first_report(case: Case) -> Iterator[Finding]:
    """A first report said to be later than a series of the table."""
    for item in said(case):
        match = _FIRST.search(item.text)
        dated = [(year, s) for s in item.reviewed if (year := s.series.citation.year) is not None]
        if match is None or not dated:
            continue
        year, subject = min(dated, key=lambda pair: pair[0])
        if year >= int(match["year"]):
            continue
        yield claim(
            "claim-first",
            "medium",
            item,
            subject,
            "citation.year",
            stated=f"the first report in {match['year']}",
            computed=f"{subject.series.label} is earlier",
            arithmetic=f"{year} is before {match['year']}",
            would_change="a claim about the first report",
        )


def _medians(subject: Subject) -> list[tuple[str, float]]:
    """Plain stated medians of response duration: no bounds, lists, counts or other endpoints."""
    return [
        (f"arms[{a}].response_months[{i}].median", d.median)
        for a, arm in enumerate(subject.series.arms)
        for i, d in enumerate(arm.response_months)
        if d.median is not None
        and d.comparator is None
        and d.patients is None
        and d.endpoint in (None, "DOR")
    ]
