"""From the evidence table to a pooled result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidence.errors import FindingsInData, Problem, Severity, unknown_name

if TYPE_CHECKING:
    from evidence.model.pooled import Excluded
    from evidence.model.protocol import Protocol
    from evidence.model.row import EvidenceRow
    from evidence.pooling import Result
    from evidence.table.conditions import Where
    from evidence.table.select import Selection
    from evidence.table.switches import Switches

MODERATORS = ("route", "dose", "disease")
"""Groupings every comparison is checked against for confounding."""


def model_settings(protocol: Protocol, given: Mapping[str, Any]) -> dict[str, Any]:
    """Pooling settings: what is given, else what the protocol says."""
    model = protocol.model
    settings: dict[str, Any] = {
        "method": model.method,
        "transform": model.transform,
        "test": model.test,
        "level": model.level,
        "series_interval": model.study_interval,
        "tau_prior": model.prior_tau_scale,
    }
    return settings | dict(given)


def pool_rows(
    rows: Sequence[EvidenceRow],
    protocol: Protocol,
    outcome: str,
    *,
    by: str | None = None,
    where: Where | None = None,
    switches: Switches | None = None,
    **settings: Any,
) -> Result:
    """Pool one outcome over selected rows; what was left out is named in the result.

    Raises:
        FindingsInData: no series reports the outcome under these conditions.
    """
    from evidence.pooling import pool

    chosen = choose(rows, protocol, outcome, by=by, where=where, switches=switches)
    moderators = {name: column(chosen.rows, name) for name in MODERATORS if name != by}
    result = pool(
        [row.events for row in chosen.rows],
        [row.total for row in chosen.rows],
        series=[row.series for row in chosen.rows],
        by=None if by is None else chosen.groups,
        by_name=by,
        outcome=outcome,
        year=column(chosen.rows, "year"),
        derived=[row.how == "derived" for row in chosen.rows],
        moderators=moderators,
        **model_settings(protocol, settings),
    )
    return replace(
        result,
        excluded=(*result.excluded, *chosen.excluded),
        own_problems=(
            *result.own_problems,
            *_arms_apart(chosen),
            *(_rests_on(decision) for decision in chosen.decisions),
        ),
    )


def _arms_apart(chosen: Selection) -> Iterator[Problem]:
    """Arms of one series in one group count as so many series, as if they were independent."""
    counted = Counter(
        (row.series, group) for row, group in zip(chosen.rows, chosen.groups, strict=True)
    )
    labels = {row.series: row.label for row in chosen.rows}
    for (series, group), arms in counted.items():
        if arms > 1:
            where = "" if chosen.by is None else f" in {chosen.by} {group}"
            yield Problem(
                code="arms-of-one-series",
                message=f"{labels[series]} stands with {arms} arms{where}: they count as {arms} "
                "series, as if they were independent.",
                remedy="read the number of series and the interval with that in mind",
            )


def _rests_on(decision: str) -> Problem:
    return Problem(
        code="rests-on-decision",
        severity=Severity.NOTE,
        message=f"this number rests on a recorded decision: {decision}",
    )


def choose(
    rows: Sequence[EvidenceRow],
    protocol: Protocol,
    outcome: str,
    *,
    by: str | None,
    where: Where | None,
    switches: Switches | None,
) -> Selection:
    """The rows of one pooled number, under the protocol's switches unless others are given.

    Raises:
        FindingsInData: no series reports the outcome under these conditions.
    """
    from evidence.table.select import select
    from evidence.table.switches import Switches

    chosen = select(
        rows,
        outcome,
        by=by,
        where=where,
        switches=switches or Switches.from_protocol(protocol),
    )
    if not chosen.rows:
        raise FindingsInData(_nothing_to_pool(outcome, by, where, chosen.excluded))
    return chosen


def column(rows: Sequence[EvidenceRow], name: str) -> list[Any]:
    """A grouping or moderator of each row, by its public name.

    Raises:
        WrongUsage: there is no such column; the message lists those there are.
    """
    from evidence.table.conditions import COLUMNS

    if name not in COLUMNS:
        raise unknown_name("moderator", name, list(COLUMNS))
    return [getattr(row, COLUMNS[name]) for row in rows]


def _nothing_to_pool(
    outcome: str,
    by: str | None,
    where: Where | None,
    excluded: Sequence[Excluded],
) -> Problem:
    conditions = ", ".join(f"{name}={value}" for name, value in (where or {}).items())
    reasons = "; ".join(f"{left.series}: {left.reason}" for left in excluded[:5])
    return Problem(
        code="nothing-to-pool",
        severity=Severity.ERROR,
        message=(
            f"no series can be pooled for {outcome}{f' ({by})' if by else ''}"
            f"{f' where {conditions}' if conditions else ''}."
            + (f" Left out: {reasons}." if reasons else "")
        ),
        remedy="look at `evidence table` for what is there",
    )
