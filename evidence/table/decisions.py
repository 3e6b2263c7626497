"""What recorded decisions do to the rows of a series: which they leave out, which rest on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from evidence.model.outcome import COMPLICATION_PREFIX, OUTCOME_NAMES, SUMS

if TYPE_CHECKING:
    from evidence.model.series import Decision, Overlap, Series

UNPOOLED = ("response_months", "treatment_weeks", "follow_up_months", "patients", "readings")
"""Fields that no row of the table rests on."""
OF_COMPLICATIONS = (
    *("complication", "no-complications", "death-", "event-", "fatal-", "grade-", "organism-"),
    "claim-own-events",
)
OF_NO_ROW = (
    *("unit-", "statistic-", "treatment-statistic", "endpoint-", "duration-", "abbreviation-"),
    *("relapses-above-responders", "claim-unsupported"),
    *("patient-summary", "patient-times", "patient-response-after", "patient-duration"),
)
"""How the codes of findings begin that concern complications alone, or nothing that is pooled."""


def left_out(series: Series) -> Callable[[str], str | None]:
    """A function outcome → why the series takes no part in it, by status or decision."""
    whole = "rejected by the reviewer" if series.status == "rejected" else None
    named: dict[str, str] = {}
    for d in series.decisions:
        if d.action != "exclude":
            continue
        words = f"excluded by {d.by} on {d.on}: {d.why}"
        field = d.field or ""
        leaf = field.rsplit(".", 1)[-1]
        if leaf in OUTCOME_NAMES:
            named |= dict.fromkeys(_with_sums(leaf), words)
        elif ".complications" in field:
            named["complication"] = words
        elif not any(f".{name}" in field for name in UNPOOLED):
            whole = whole or words
    return lambda outcome: whole or named.get(outcome.partition(":")[0])


def resting_on(series: Series, outcome: str) -> Iterator[str]:
    """The decisions that the series' rows of an outcome rest on: what, by whom, when, why."""
    for d in series.decisions:
        if _concerns(d, outcome):
            yield f"{d.finding}: {d.action}, {d.by}, {d.on}: {d.why}"


def _concerns(decision: Decision, outcome: str) -> bool:
    field, code = decision.field or "", decision.finding
    leaf = field.rsplit(".", 1)[-1]
    if leaf in OUTCOME_NAMES:
        return outcome in _with_sums(leaf)
    if ".complications" in field or (not field and code.startswith(OF_COMPLICATIONS)):
        return outcome.startswith(COMPLICATION_PREFIX)
    return not any(f".{name}" in field for name in UNPOOLED) and not code.startswith(OF_NO_ROW)


def _with_sums(outcome: str) -> tuple[str, ...]:
    """An outcome and those it is a part of."""
    return (outcome, *(whole for whole, parts in SUMS.items() if outcome in parts))


def overlap_words(overlap: Overlap, other: str) -> str:
    """A recorded overlap as a decision: ``overlap with roe-2006: same patients, M. Roe, ...``."""
    said = ", ".join(str(w) for w in (overlap.relation, overlap.by, overlap.on) if w is not None)
    return f"overlap with {other}: {said}" + (f": {overlap.why}" if overlap.why else "")
