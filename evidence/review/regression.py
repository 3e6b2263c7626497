"""From the evidence table to a meta-regression; doses only in one unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidence.errors import Problem, WrongUsage
from evidence.review.analysis import choose, column, model_settings

if TYPE_CHECKING:
    from evidence.model.protocol import Protocol
    from evidence.model.row import EvidenceRow
    from evidence.pooling import Regression
    from evidence.table.conditions import Where
    from evidence.table.switches import Switches

DOSE = "dose_mg"
"""The moderator that has a unit of its own in every row."""


def regress_rows(
    rows: Sequence[EvidenceRow],
    protocol: Protocol,
    outcome: str,
    on: str | Sequence[str],
    *,
    where: Where | None = None,
    switches: Switches | None = None,
    **settings: Any,
) -> Regression:
    """Meta-regression of an outcome on moderators of the evidence table.

    Raises:
        WrongUsage: an unknown moderator, or one named twice.
        FindingsInData: nothing to fit, or fewer series than coefficients.
    """
    from evidence.pooling.regression import regress

    on = [on] if isinstance(on, str) else list(on)
    if len(set(on)) != len(on):
        raise WrongUsage(f"--on names a moderator twice: {', '.join(on)}.")
    chosen = choose(rows, protocol, outcome, by=None, where=where, switches=switches)
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
        **model_settings(protocol, settings),
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
