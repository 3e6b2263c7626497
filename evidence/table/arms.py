"""Which arms of a series a review counts: those given its drug; the others are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from evidence.errors import Place, Problem, Severity
from evidence.table.reconcile import plain_series

if TYPE_CHECKING:
    from evidence.model.protocol import Drug
    from evidence.model.series import Arm, Series
    from evidence.store.files import StoredSeries


def arms_given(series: Series, drug: Drug) -> list[tuple[int, Arm]]:
    """The arms that were given a drug, with their index.

    An arm that does not say what it was given counts where no other arm of its series says that
    it was given the drug: beside one that does, it may be the control.
    """
    arms = list(enumerate(series.arms))
    if not drug.name:
        return arms
    given = {i: _given(arm, drug) for i, arm in arms}
    if True in given.values():
        return [(i, arm) for i, arm in arms if given[i]]
    return [(i, arm) for i, arm in arms if given[i] is None]


def _given(arm: Arm, drug: Drug) -> bool | None:
    """Whether an arm was given the drug; None where it does not say what it was given."""
    names = [n.casefold() for n in (drug.name, *drug.synonyms) if n]
    said = f"{arm.regimen.drug or ''} {arm.label or ''}".casefold()
    if any(name in said for name in names):
        return True
    return None if arm.regimen.drug is None else False


def name_of(series: Series, index: int) -> str:
    """The label of an arm, with its place where it has none or shares it with another."""
    label, place = series.arms[index].label, f"arm {index + 1}"
    if not label:
        return place
    alone = [arm.label for arm in series.arms].count(label) == 1
    return label if alone else f"{label} ({place})"


def arm_problems(series: Iterable[StoredSeries | Series], drug: Drug) -> list[Problem]:
    """Arms that are left out, and arms that are added up though they were given other drugs."""
    problems: list[Problem] = []
    for plain in map(plain_series, series):
        problems += _left_out(plain, drug)
        drugs = {arm.regimen.drug for arm in plain.arms}
        if not drug.name and len(drugs) > 1:
            problems.append(
                Problem(
                    code="arms-added-up",
                    message=f"{plain.label}: arms given different things are added up, for the "
                    "review names no drug.",
                    remedy="name the drug under [drug] in review.toml",
                    source=Place(document=plain.source.document),
                )
            )
    return problems


def _left_out(series: Series, drug: Drug) -> Iterator[Problem]:
    counted = {i for i, _ in arms_given(series, drug)}
    for i, arm in enumerate(series.arms):
        if i in counted:
            continue
        other = arm.regimen.drug
        said = f"it was given {other}" if other else "it does not say what it was given"
        yield Problem(
            code="arm-left-out",
            severity=Severity.NOTE if counted and other else Severity.WARNING,
            message=f"{series.label}, {name_of(series, i)}: left out, for {said}.",
            remedy="where that is the drug under review, write its name as regimen.drug, or add it "
            "to the synonyms in review.toml",
            source=Place(document=series.source.document),
        )
