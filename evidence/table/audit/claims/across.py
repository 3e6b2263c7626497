"""What the text says of all reviewed series together: a median, what none or most of them saw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject
from evidence.table.audit.claims.said import claim, is_named, said
from evidence.table.audit.claims.text import MEDIAN, field_of
from evidence.table.audit.claims.topics import events_of_group, group_named
from evidence.vocabulary import load_vocabulary

_NOWHERE = re.compile(
    r"\b(?:not|never)\s+(?:been\s+)?(?:observed|reported|described|seen|found|noted)\s+in\s+"
    r"(?:any\s+other|other|any\s+of\s+the\s+other)\s+"
    r"(?:published\s+)?(?:study|studies|series|reports?|trials?)"
    r"|\bno\s+other\s+(?:study|series|report|trial)s?\s+(?:has\s+|have\s+)?"
    r"(?:observed|reported|described|saw|seen|found|noted)",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"^(?P<what>[^.;,]+?)\s+(?:is|are|was|were)\s+the\s+most\s+(?:common|frequent)\s+"
    r"(?:complication|adverse\s+(?:event|effect|reaction)|toxicity|side\s+effect)\b",
    re.IGNORECASE,
)
_ROUNDING_MONTHS = 0.5


def literature_median(case: Case) -> Iterator[Finding]:
    """A median over the series that the table's medians do not give."""
    for item in said(case):
        cited = item.cited()
        for match in MEDIAN.finditer(item.text) if len(cited) > 1 else ():
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


def not_elsewhere(case: Case) -> Iterator[Finding]:
    """Something is said to have been seen in no other series, and the table has it."""
    for item in said(case):
        if not _NOWHERE.search(item.text):
            continue
        group = group_named(item.text) or group_named(item.before)
        if group is None:
            continue
        words_said = f"{item.before} {item.text}"
        about = {s.series.series for s in item.reviewed if is_named(s, words_said)}
        others = [
            (s, words)
            for s in (*item.reviewed, *(s for s in item.own if s not in item.reviewed))
            if s.series.series not in about and (words := events_of_group(s, group))
        ]
        if others:
            yield claim(
                "claim-not-elsewhere",
                "high",
                item,
                others[0][0],
                _path_of_group(others[0][0], group),
                stated=f"{group.lower()} events in no other series",
                computed="; ".join(f"{s.series.label}: {words}" for s, words in others),
                arithmetic=f"{len(others)} other series of the table with {group.lower()} events",
                would_change="a claim about safety",
            )


def most_common(case: Case) -> Iterator[Finding]:
    """A most common complication that no row of the series cited for it lists."""
    vocabulary = load_vocabulary()
    for item in said(case):
        match, cited = _MOST.search(item.text), item.cited()
        known = vocabulary.complication(match["what"]) if match else None
        stating = [s for s in cited if any(arm.complications for arm in s.series.arms)]
        if match is None or known is None or not stating or len(cited) < len(item.references):
            continue
        if any(known[0] == name for s in stating for name in _terms(s)):
            continue
        yield claim(
            "claim-most-common",
            "low",
            item,
            stating[0],
            "arms[0].complications",
            stated=f"{match['what'].strip()} is the most common complication",
            computed="cannot be verified: in the row of none of the series cited for it",
            arithmetic=f"{len(cited)} series cited, {len(stating)} with complications in the "
            f"table, 0 with {match['what'].strip()}",
            would_change="a claim about safety; the table may list serious complications only",
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


def _terms(subject: Subject) -> Iterator[str]:
    for arm in subject.series.arms:
        for c in arm.complications or ():
            yield c.preferred or c.term
            yield from c.with_terms


def _path_of_group(subject: Subject, group: str) -> str:
    """The complication of a series in an organ class; else its cell of responses."""
    for a, arm in enumerate(subject.series.arms):
        for i, c in enumerate(arm.complications or ()):
            if c.group == group:
                return f"arms[{a}].complications[{i}].term"
    return "arms[0].responses[0].deaths"
