"""What the text says of how many series there are and how large: held against the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject
from evidence.table.audit.claims.said import Said, claim
from evidence.table.audit.claims.said import said as sentences
from evidence.table.audit.claims.text import without_references
from evidence.table.population import relevant_labels, whole_total
from evidence.table.stratum import ALL
from evidence.table.switches import is_case_report
from evidence.table.words import NUMBER, number

_LARGEST = re.compile(
    rf"\b(?:(?P<n>{NUMBER})\s+)?largest(?:\s+(?:(?:published|reported|available|case)\s+)?"
    r"(?P<what>series|studies|study|trials?|cohorts?)\b(?!\s+of\s+(?:its|this|their))|"
    r"(?=\s*,\s*(?:that|those|by)\b|\s+of\s+(?:these|them)\b))",
    re.IGNORECASE,
)
"""``The 2 largest studies``, ``the largest, that of Roe``."""
_SIZES = re.compile(
    r"(?<![\d.])(\d+)(?![\d.%])(?=[^.;%]{0,40}?\bpatients\b)|\bn\s*=\s*(\d+)\b", re.IGNORECASE
)
_SERIES = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?:(?:published|case|small|retrospective|eligible)\s+)*"
    r"(?:series|studies)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?:(?:single|isolated|published)\s+)*case\s+reports?\b", re.IGNORECASE
)
_PATIENTS = re.compile(
    rf"\b(?:total\s+of|in\s+total,?|altogether,?|in\s+all,?|comprising|including)\s+"
    rf"(?P<n>{NUMBER})\s+(?:treated\s+)?patients\b",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\btables?\s+\d", re.IGNORECASE)
MANY = 3
"""References from which on a sentence speaks of the reviewed series as a whole."""


def largest(case: Case) -> Iterator[Finding]:
    """The largest series are said to be of sizes, or by references, that larger ones exceed."""
    for item in sentences(case):
        match = _LARGEST.search(item.text)
        if match is None or len(sizes := _sizes(item, case)) < 2:
            continue
        singular = (match["what"] or "study").casefold() in {"study", "trial", "cohort"}
        many = number(match["n"]) if match["n"] else 1 if singular else None
        named = _named(item, match, sizes)[:many]
        ranked = sorted(sizes.values(), key=lambda pair: -pair[1])
        top = ranked[: len(named)]
        if not named or sorted(named) == sorted(n for _, n in top):
            continue
        missed = [(subject, n) for subject, n in top if n not in named]
        yield claim(
            "claim-largest",
            "high",
            item,
            missed[0][0],
            "arms[0].population",
            stated=f"largest series: {' and '.join(map(str, named))} patients",
            computed="larger in the table: "
            + ", ".join(f"{subject.series.label} ({n})" for subject, n in missed),
            arithmetic="sizes in the table: " + ", ".join(str(n) for _, n in ranked),
            would_change="a claim about the largest series",
        )


def _named(item: Said, match: re.Match[str], sizes: dict[str, tuple[Subject, int]]) -> list[int]:
    """Sizes told after *largest* that the table has; without any, those of the cited series.

    The patients whose response was assessed may stand for all who were treated.
    """
    told = [int(a or b) for a, b in _SIZES.findall(item.text[match.end() :])]
    if told:
        known = {n: n for _, n in sizes.values()}
        assessed = {
            row.total: sizes[row.series][1]
            for row in item.rows
            if row.series in sizes and row.outcome == "ORR" and row.stratum == ALL
        }
        return [size for n in told if (size := (assessed | known).get(n)) is not None]
    cited = [sizes[s.series.series][1] for s in item.cited() if s.series.series in sizes]
    return cited if len(cited) <= MANY else []


def number_of_series(case: Case) -> Iterator[Finding]:
    """A number of series that is neither that of the table nor of the references cited."""
    for item in sentences(case):
        match = _SERIES.search(without_references(item.text))
        if match is None or not item.reviewed or not _is_of_all(item):
            continue
        stated, listed = number(match["n"]), len(item.reviewed)
        references = len(item.references)
        if stated in {listed, listed + len(item.own)} | ({references} if references else set()):
            continue
        cited = f", {references} references" if references else ""
        yield claim(
            "claim-number-of-series",
            "low",
            item,
            None,
            None,
            stated=f"{stated} series",
            computed=f"{listed} in the table{cited}",
            arithmetic=f"{listed} rows of other papers in the table{cited} cited; not {stated}",
            would_change="a claim about how many series there are",
        )


def number_of_reports(case: Case) -> Iterator[Finding]:
    """A number of case reports: against the table's, or said to be beyond what it can show."""
    for item in sentences(case):
        match = _REPORTS.search(without_references(item.text))
        if match is None or not item.reviewed:
            continue
        stated, listed = number(match["n"]), _case_reports(item)
        if stated == listed:
            continue
        yield claim(
            "claim-case-reports",
            "low",
            item,
            None,
            None,
            stated=f"{stated} case reports",
            computed=f"{listed} in the table"
            if listed
            else "cannot be verified: the table lists no case report",
            arithmetic=f"{len(item.reviewed)} rows of other papers, {listed} of one patient each",
            would_change="a claim about how many patients are known"
            + ("" if listed else "; their patients take no part in any pooled number"),
        )


def number_of_patients(case: Case) -> Iterator[Finding]:
    """A number of patients over the reviewed series that is no sum of the table's."""
    for item in sentences(case):
        match = _PATIENTS.search(without_references(item.text))
        if match is None or len(item.reviewed) < MANY or not _is_of_all(item):
            continue
        sizes = [n for _, n in _sizes(item, case).values()]
        treated = [_treated(s) for s in item.reviewed]
        own = sum(_treated(s) for s in item.own if s not in item.reviewed)
        sums = {sum(sizes), sum(treated), sum(sizes) + own, sum(treated) + own}
        stated = number(match["n"])
        if len(sizes) < len(item.reviewed) or stated in sums:
            continue
        yield claim(
            "claim-number-of-patients",
            "low",
            item,
            None,
            None,
            stated=f"{stated} patients",
            computed=f"{' or '.join(map(str, sorted(sums)))} in the table",
            arithmetic=f"{' + '.join(map(str, sizes))} = {sum(sizes)}"
            + (f"; with {own} of its own {sum(sizes) + own}" if own else ""),
            would_change="a claim about how many patients there are",
        )


def _is_of_all(item: Said) -> bool:
    return len(item.references) >= MANY or _TABLE.search(item.text) is not None


def _sizes(item: Said, case: Case) -> dict[str, tuple[Subject, int]]:
    """Series id → the reviewed series and its patients of the review's population."""
    found = {}
    for subject in item.reviewed:
        arms = subject.series.arms
        known = [whole_total(arm, relevant_labels(arm, case.diseases)) for arm in arms]
        if None not in known and any(known):
            found[subject.series.series] = subject, sum(n or 0 for n in known)
    return found


def _case_reports(item: Said) -> int:
    names = {s.series.series for s in item.reviewed}
    return len(
        {
            row.series
            for row in item.rows
            if row.series in names and row.stratum == ALL and is_case_report(row)
        }
    )


def _treated(subject: Subject) -> int:
    """Patients of every arm, those of the larger group where the row names one."""
    return sum(arm.within.patients if arm.within else arm.size or 0 for arm in subject.series.arms)
