"""What the text says of the reviewed series against the table of series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from evidence.model.finding import Finding, FindingSeverity
from evidence.table.audit.base import Case, Subject, finding
from evidence.table.audit.claims.own import MEDIAN, counts_in_table, field_of
from evidence.table.audit.claims.text import (
    NUMBER,
    Said,
    number,
    reference_of,
    said,
    without_references,
)
from evidence.table.audit.claims.topics import events_of_group, group_named
from evidence.table.overlap import surnames
from evidence.table.percents import agrees
from evidence.table.strata import ALL

_LARGEST = re.compile(
    rf"\b(?:(?P<n>{NUMBER})\s+)?largest\s+(?:series|studies|study|trials|cohorts)", re.IGNORECASE
)
_SIZES = re.compile(r"(?<![\d.])(\d+)(?![\d.%])(?=[^.;%]{0,40}?\bpatients\b)", re.IGNORECASE)
_SERIES = re.compile(rf"\b(?P<n>{NUMBER})\s+(?:published\s+)?series\b", re.IGNORECASE)
_NOWHERE = re.compile(
    r"\b(?:not|never)\s+(?:been\s+)?(?:observed|reported|described|seen|found)\s+in\s+"
    r"(?:any\s+other|other)\s+(?:study|studies|series|reports?|trials?)",
    re.IGNORECASE,
)
_CASES = re.compile(
    rf"(?P<author>[A-Z][\w'’-]+)\s+et\s+al\.?\s*\[?(?P<ref>\d{{1,3}})?\]?[^.;]{{0,40}}?"
    rf"\b(?:published|reported|described|observed|found|had)\s+(?P<n>{NUMBER})\s+"
    r"(?:cases?|patients?)\s+(?:of|with)\s+(?P<what>[^.,;]+)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_RESPONSE = re.compile(r"\brespon(?:se|ses|ders?)\b[^.;]*%|%[^.;]*\brespon", re.IGNORECASE)
_OTHER_RATE = re.compile(r"surviv|free|relaps|mortality|reduction|confidence", re.IGNORECASE)
_DOSE = re.compile(r"(\d+(?:\.\d+)?)\s*mg\b(?!\s*/)", re.IGNORECASE)
ROUTE_WORDS = {
    "SC": re.compile(r"\bsubcutaneous(?:ly)?\b|\bSC\b|\bs\.c\."),
    "IV": re.compile(r"\bintravenous(?:ly)?\b|\bIV\b|\bi\.v\."),
    "PO": re.compile(r"\boral(?:ly)?\b|\bby mouth\b|\bPO\b"),
    "IM": re.compile(r"\bintramuscular(?:ly)?\b"),
    "IL": re.compile(r"\bintralesional(?:ly)?\b"),
}


def largest(case: Case) -> Iterator[Finding]:
    """The largest series are said to be of sizes that larger ones in the table exceed."""
    for item in said(case):
        match = _LARGEST.search(item.text)
        sizes = _sizes(item, case)
        if match is None or len(sizes) < 2:
            continue
        named = [int(n) for n in _SIZES.findall(item.text[match.end() :])]
        many = number(match["n"]) if match["n"] else len(named)
        known = [n for n in named if n in sizes.values()][:many]
        ranked = sorted(sizes.items(), key=lambda pair: -pair[1])
        top = [n for _, n in ranked[: len(known)]]
        if not known or sorted(known) == sorted(top):
            continue
        missed = [f"{label} ({n})" for label, n in ranked[: len(known)] if n not in known]
        first = next(s for s in item.reviewed if missed[0].startswith(f"{s.series.label} ("))
        yield _claim(
            "claim-largest",
            "medium",
            item,
            first,
            stated=f"largest series: {' and '.join(map(str, known))} patients",
            computed=f"larger in the table: {', '.join(missed)}",
            arithmetic="sizes in the table: " + ", ".join(str(n) for _, n in ranked),
            would_change="a claim about the largest series",
        )


def literature_median(case: Case) -> Iterator[Finding]:
    """A median over the series that the table's medians do not give."""
    for item in said(case):
        if not item.references:
            continue
        for match in MEDIAN.finditer(item.text):
            field, _ = field_of(match["what"])
            cited = item.cited()
            if field != "response_months" or len(cited) < 2:
                continue
            stated = float(match["value"])
            medians = {s.series.label: m for s in cited for m in _medians(s)}
            with_own = [*medians.values(), *(m for s in item.own for m in _medians(s))]
            if len(medians) < 2 or any(
                abs(stated - median(v)) <= 0.5 for v in (list(medians.values()), with_own)
            ):
                continue
            shown = ", ".join(f"{m:g}" for m in sorted(medians.values()))
            yield _claim(
                "claim-median",
                "medium",
                item,
                (*item.own, *cited)[0],
                stated=f"median {match['what'].strip()} {match['value']} {match['unit']}",
                computed=f"median of the {len(medians)} stated medians is "
                f"{median(medians.values()):g} months",
                arithmetic=f"stated medians in months: {shown}",
                would_change="a claim about the response duration over all series",
            )


def not_elsewhere(case: Case) -> Iterator[Finding]:
    """Something is said to have been seen in no other series, and the table has it."""
    for item in said(case):
        if not _NOWHERE.search(item.text):
            continue
        group = group_named(item.text) or group_named(item.before)
        if group is None:
            continue
        words_said = f"{item.before} {item.text}"
        about = {s.series.series for s in item.reviewed if _is_named(s, words_said)}
        others = [
            (s, words)
            for s in (*item.reviewed, *item.own)
            if s.series.series not in about and (words := events_of_group(s, group))
        ]
        if others:
            yield _claim(
                "claim-not-elsewhere",
                "medium",
                item,
                others[0][0],
                stated=f"{group.lower()} events in no other series",
                computed="; ".join(f"{s.series.label}: {words}" for s, words in others),
                arithmetic=f"{len(others)} other series of the table with {group.lower()} events",
                would_change="a claim about safety",
            )


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
                c.events
                for arm in subject.series.arms
                for c in arm.complications or ()
                if c.group == group and c.events is not None
            ]
            if not entries or stated in {*entries, sum(entries)}:
                continue
            yield _claim(
                "claim-cases",
                "medium",
                item,
                subject,
                stated=f"{stated} cases of {match['what'].strip()} in {subject.series.label}",
                computed=f"{events_of_group(subject, group)} in its row",
                arithmetic=f"the row has {' + '.join(map(str, entries))}, the text {stated}",
                would_change=f"the rate of {group.lower()} events of this series",
                field="arms[0].complications",
            )


def rates(case: Case) -> Iterator[Finding]:
    """Response rates quoted for reference numbers that their rows do not give."""
    for item in said(case):
        percents = [float(p) for p in _PERCENT.findall(without_references(item.text))]
        by_number = {reference_of(s): s for s in item.reviewed}
        cited = [by_number.get(r) for r in item.references]
        about = _RESPONSE.search(item.text) and not _OTHER_RATE.search(item.text)
        if not percents or len(percents) != len(cited) or not about:
            continue
        outcome = "CR" if re.search(r"complete (?:response|remission)", item.text, re.I) else "ORR"
        for percent, subject in zip(percents, cited, strict=True):
            row = None if subject is None else counts_in_table(subject, outcome, case)
            if subject is None or row is None or agrees(percent, *row, cut=True):
                continue
            yield _claim(
                "claim-rate",
                "medium",
                item,
                subject,
                stated=f"{outcome} {percent:g} % for reference {reference_of(subject)}",
                computed=f"{row[0]} of {row[1]} is {100 * row[0] / row[1]:.1f} %",
                arithmetic=f"{subject.series.label}: {row[0]} of {row[1]} in the table",
                would_change="a claim about this series' response",
                field="arms[0].responses",
            )


def doses(case: Case) -> Iterator[Finding]:
    """A dose or route quoted for reference numbers whose rows had another."""
    for item in said(case):
        stated = {float(d) for d in _DOSE.findall(item.text)}
        routes = {name for name, words in ROUTE_WORDS.items() if words.search(item.text)}
        for subject in item.cited() if stated or len(routes) == 1 else []:
            regimens = [arm.regimen for arm in subject.series.arms]
            given = [r.dose_mg for r in regimens if r.dose_mg is not None and r.dose_unit == "mg"]
            other_dose = bool(stated and given) and not any(
                g.low <= d <= g.high for g in given for d in stated
            )
            mine = {route for r in regimens for route in r.routes}
            other_route = len(routes) == 1 and bool(mine) and not routes & mine
            if not other_dose and not other_route:
                continue
            said_words = " ".join([*(f"{d:g} mg" for d in sorted(stated)), *sorted(routes)])
            row = ", ".join(f"{g.high:g} mg" for g in given) + f" {'/'.join(sorted(mine))}"
            yield _claim(
                "claim-dose",
                "medium",
                item,
                subject,
                stated=f"{said_words} for reference {reference_of(subject)}",
                computed=f"{subject.series.label} gave {row}",
                arithmetic=f"{said_words} in the text, {row} in the table",
                would_change="a claim about a dose or route",
                field="arms[0].regimen",
            )


def number_of_series(case: Case) -> Iterator[Finding]:
    """A number of series that is neither that of the table nor of the references cited."""
    for item in said(case):
        match = _SERIES.search(without_references(item.text))
        if match is None or len(item.references) < 3:
            continue
        stated, listed = number(match["n"]), len(item.reviewed)
        if stated in {listed, len(item.references), listed + len(item.own)}:
            continue
        yield _claim(
            "claim-number-of-series",
            "low",
            item,
            item.reviewed[0],
            stated=f"{stated} series",
            computed=f"{listed} in the table, {len(item.references)} references",
            arithmetic=f"{listed} rows with a reference, {len(item.references)} references cited",
            would_change="a claim about how many series there are",
        )


def _sizes(item: Said, case: Case) -> dict[str, int]:
    names = {s.series.series: s.series.label for s in item.reviewed}
    return {
        names[row.series]: row.total
        for row in case.rows
        if row.series in names and row.outcome == "ORR" and row.stratum == ALL
        and row.arm is None and row.total
    }  # fmt: skip


def _medians(subject: Subject) -> list[float]:
    """Plain stated medians of response duration: no bounds, lists, counts or other endpoints."""
    return [
        d.median
        for arm in subject.series.arms
        for d in arm.response_months
        if d.median is not None
        and d.comparator is None
        and d.patients is None
        and d.endpoint in (None, "DOR")
    ]


def _is_named(subject: Subject, text: str) -> bool:
    names = surnames(subject.series.citation.authors)
    return bool(names) and re.search(rf"\b{re.escape(names[0])}\b", text, re.IGNORECASE) is not None


def _is_meant(subject: Subject, match: re.Match[str]) -> bool:
    if match["ref"] is not None:
        return reference_of(subject) == int(match["ref"])
    return _is_named(subject, match["author"])


def _claim(
    code: str,
    severity: FindingSeverity,
    item: Said,
    subject: Subject,
    *,
    stated: str,
    computed: str,
    arithmetic: str,
    would_change: str,
    field: str = "arms[0].population",
) -> Finding:
    made = finding(
        code,
        severity,
        subject,
        field,
        stated=stated,
        computed=computed,
        arithmetic=arithmetic,
        would_change=would_change,
    )
    return replace(made, places=(item.sentence.place, *made.places))
