"""From the evidence table, or a counts file, to pooled results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.errors import FindingsInData, Place, Problem, Severity, WrongUsage, unknown_name

if TYPE_CHECKING:
    from evidence.model.pooled import Excluded
    from evidence.model.protocol import Protocol
    from evidence.model.row import EvidenceRow
    from evidence.pooling import Result
    from evidence.review.review import Review
    from evidence.review.switches import Switches
    from evidence.store.count_file import CountRow
    from evidence.table.select import Selection

MODERATORS = ("route", "dose", "disease")
"""Groupings every comparison is checked against for confounding."""

DOSE = "dose_mg"
"""The moderator that has a unit of its own in every row."""


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
    where: Mapping[str, str] | None = None,
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
            *chosen.problems,
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
    where: Mapping[str, str] | None,
    switches: Switches | None,
) -> Selection:
    """The rows of one pooled number, under the protocol's switches unless others are given.

    Raises:
        FindingsInData: no series reports the outcome under these conditions.
    """
    from evidence.review.switches import Switches
    from evidence.table.select import select

    chosen = select(
        rows,
        outcome,
        by=by,
        where=where,
        **(switches or Switches.from_protocol(protocol)).for_selection(),
    )
    if not chosen.rows:
        raise FindingsInData(_nothing_to_pool(outcome, by, where, chosen.excluded))
    return chosen


def column(rows: Sequence[EvidenceRow], name: str) -> list[Any]:
    """A grouping or moderator of each row, by its public name.

    Raises:
        WrongUsage: there is no such column; the message lists those there are.
    """
    from evidence.table.select import COLUMNS

    if name not in COLUMNS:
        raise unknown_name("moderator", name, list(COLUMNS))
    return [getattr(row, COLUMNS[name]) for row in rows]


def _nothing_to_pool(
    outcome: str,
    by: str | None,
    where: Mapping[str, str] | None,
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


def pool_counts(path: Path, *, outcome: str, by: str | None, **settings: Any) -> Result:
    """Pool a counts file, by any of its columns.

    Raises:
        WrongUsage: ``by`` is no column of the file.
    """
    from evidence.pooling import pool
    from evidence.store.count_file import read_counts

    rows = read_counts(path)
    if not rows:
        raise FindingsInData(f"{path.name}: no rows to pool; expected at least one series.")
    groups = None
    if by is not None:
        known = list(rows[0].columns)
        if by not in known:
            raise unknown_name("column", by, known or ["(no grouping column in the file)"])
        groups = [row.columns[by] or None for row in rows]
    result = pool(
        [row.events for row in rows],
        [row.total for row in rows],
        series=[row.series for row in rows],
        by=groups,
        by_name=by,
        outcome=outcome,
        **settings,
    )
    return replace(result, own_problems=(*result.own_problems, *_named_twice(path, rows)))


def _named_twice(path: Path, rows: Sequence[CountRow]) -> Iterator[Problem]:
    """A series in several rows counts as several: perhaps arms, perhaps a slip."""
    lines: dict[str, list[int]] = {}
    for row in rows:
        lines.setdefault(row.series, []).append(row.line)
    for name, found in lines.items():
        if len(found) > 1:
            yield Problem(
                code="series-twice",
                message=f"'{name}' stands in {len(found)} rows and is pooled as that many series.",
                remedy="name the arms apart, or leave the repeated row out",
                source=Place(document=path.name, line=found[1]),
            )


def regress_review(
    review: Review,
    outcome: str,
    on: Sequence[str],
    *,
    where: Mapping[str, str] | None = None,
    switches: Switches | None = None,
    **settings: Any,
) -> Any:
    """Meta-regression of an outcome on moderators of the evidence table."""
    from evidence.pooling.regression import regress

    if len(set(on)) != len(on):
        raise WrongUsage(f"--on names a moderator twice: {', '.join(on)}.")
    chosen = choose(review.rows, review.protocol, outcome, by=None, where=where, switches=switches)
    values = {name: column(chosen.rows, name) for name in on}
    problems: tuple[Problem, ...] = ()
    if DOSE in values:
        values[DOSE], problems = doses_in_one_unit(chosen.rows)
    regression = regress(
        [row.events for row in chosen.rows],
        [row.total for row in chosen.rows],
        on=values,
        series=[row.series for row in chosen.rows],
        outcome=outcome,
        **model_settings(review.protocol, settings),
    )
    return replace(regression, problems=(*problems, *regression.problems))


def doses_in_one_unit(
    rows: Sequence[EvidenceRow],
) -> tuple[list[float | None], tuple[Problem, ...]]:
    """The dose of each row in the unit most rows give; None, and a problem, for other units."""
    units = Counter(row.dose_unit for row in rows if row.dose_mg_high is not None)
    if len(units) < 2:
        return [row.dose_mg_high for row in rows], ()
    (common, _), *_ = units.most_common()
    others = [row for row in rows if row.dose_mg_high is not None and row.dose_unit != common]
    named = "; ".join(f"{row.label}: {row.dose_mg_high:g} {row.dose_unit}" for row in others)
    mixed = Problem(
        code="dose-units-mixed",
        message=f"doses in other units than {common} are left out of the regression: {named}.",
        remedy="correct the doses to one unit where that is what was given",
    )
    return [None if row in others else row.dose_mg_high for row in rows], (mixed,)
