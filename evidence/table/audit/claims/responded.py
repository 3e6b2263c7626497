"""How many patients the text says responded, of one reviewed series or of the paper's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding, FindingSeverity
from evidence.table.audit.base import Case, Subject, of_total
from evidence.table.audit.claims.said import Said, claim, said
from evidence.table.percents import show_percent
from evidence.table.words import NUMBER, number

_RESPONDED = re.compile(
    rf"\b(?:(?P<n>{NUMBER})\s+of|(?P<all>all|none)(?:\s+of)?)\s+"
    rf"(?:(?:the|our|their|these)\s+)?(?P<of>{NUMBER})?\s*(?:patients\s+|(?=responded))"
    r"(?:responded|(?:had|achieved|showed|obtained|reached)\s+an?\s+"
    r"(?P<kind>complete|partial|overall|objective)?\s*(?:response|remission))\b"
    r"(?!\s+(?:after|to|within|by|at|when|only|initially|again|in|of|on)\b)",
    re.IGNORECASE,
)
"""``45 of 51 patients responded``; with more words it may be a part of the responses."""
_SHARE = re.compile(
    r"\b(?P<kind>complete|partial|overall|objective)\s+(?:response|remission)s?\s+(?:rates?\s+)?"
    r"(?:was\s+|were\s+)?(?:seen\s+)?(?:in|of)\s+(?P<p>\d+(?:\.\d+)?)\s*%",
    re.IGNORECASE,
)
"""``complete responses in 58% and partial responses in 33%``: one alone is read as a rate."""
OUTCOMES = {"complete": "CR", "partial": "PR"}


def of_reference(case: Case) -> Iterator[Finding]:
    """Responders quoted for one reviewed series that its row does not give."""
    for item in said(case):
        cited = item.cited()
        if len(cited) == 1 and len(item.references) <= 1:
            yield from _against(item, cited[0], "claim-rate")
            yield from _shares(item, cited[0])


def of_own(case: Case) -> Iterator[Finding]:
    """Responders among the paper's own patients that their row does not give."""
    for item in said(case):
        if item.references or item.cited() or len(item.own) != 1:
            continue
        yield from _against(item, item.own[0], "claim-own-response")


def _shares(item: Said, subject: Subject) -> Iterator[Finding]:
    """Several percentages of one series, each with its kind of response."""
    told = list(_SHARE.finditer(item.text))
    for match in told if len(told) > 1 else ():
        outcome = OUTCOMES.get(match["kind"].casefold(), "ORR")
        percent = float(match["p"])
        row = item.against(subject, outcome, percent)
        if row is None:
            continue
        yield claim(
            "claim-rate",
            "high",
            item,
            subject,
            "arms[0].responses[0]",
            stated=f"{outcome} {show_percent(percent)} in the text",
            computed=of_total(*row),
            arithmetic=f"{subject.series.label}: {of_total(*row)}, not {show_percent(percent)}",
            would_change="a claim about this series' response",
        )


def _against(
    item: Said, subject: Subject, code: str, severity: FindingSeverity = "high"
) -> Iterator[Finding]:
    for match in _RESPONDED.finditer(item.text):
        outcome = OUTCOMES.get((match["kind"] or "").casefold(), "ORR")
        row = item.counts(subject, outcome)
        if row is None or (match["of"] is not None and number(match["of"]) != row[1]):
            continue
        told = number(match["n"]) if match["n"] else row[1] * (match["all"].casefold() == "all")
        if told == row[0] or (match["n"] and match["of"] is None):
            continue
        yield claim(
            code,
            severity,
            item,
            subject,
            "arms[0].responses[0]",
            stated=f"{outcome} {told} of {row[1]} in the text",
            computed=f"{row[0]} of {row[1]} in the table",
            arithmetic=f"{subject.series.label}: {of_total(*row)}, not {of_total(told, row[1])}",
            would_change=f"{outcome} of this series, or a claim about it",
        )
