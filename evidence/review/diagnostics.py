"""Diagnostics of a pooled result as the report shows them: Baujat, subsets, asymmetry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidence.errors import EvidenceError

if TYPE_CHECKING:
    from evidence.pooling import Result
    from evidence.report.context import BaujatPoint, RegressionLine, SmallStudy
    from evidence.review.contents import Contents

GOSH_SUBSETS = 400


def baujat_points(result: Result) -> tuple[BaujatPoint, ...]:
    """Each series' share of Q and its pull on the estimate (inverse variance)."""
    from evidence.pooling import baujat
    from evidence.report.context import BaujatPoint

    table = baujat(_inverse_variance(result))
    return tuple(
        BaujatPoint(series=row["series"], q_share=row["residual2"], influence=row["influence"])
        for row in table.rows
    )


def gosh_points(result: Result) -> tuple[tuple[float, float], ...]:
    """A fixed random sample of subsets by DerSimonian-Laird: (estimate, I2 percent)."""
    from evidence.pooling import gosh

    found = gosh(_inverse_variance(result, method="dl"), limit=GOSH_SUBSETS)
    pairs = zip(found.estimate.tolist(), found.i2.tolist(), strict=True)
    return tuple((round(estimate, 4), round(i2, 1)) for estimate, i2 in pairs)


def _inverse_variance(result: Result, method: str = "reml") -> Result:
    from evidence.pooling import pool_data

    return pool_data(result.data, replace(result.settings, method=method, test="z"))


def small_study_of(outcome: str, result: Result) -> SmallStudy:
    """Funnel asymmetry, or the sentence why it is withheld."""
    from evidence.pooling import small_study
    from evidence.report.context import SmallStudy, SmallStudyTest

    found = small_study(result)
    filled = found.trim_and_fill
    return SmallStudy(
        outcome=outcome,
        withheld="; ".join(p.message for p in found.problems) if not found.tests else None,
        tests=tuple(
            SmallStudyTest(name=test.name, statistic=test.statistic, p=test.p)
            for test in found.tests
        ),
        filled=filled.missing if filled else None,
        filled_estimate=filled.estimate if filled else None,
        filled_ci=(filled.ci_low, filled.ci_high) if filled else None,
    )


def regression_lines(review: Contents, outcome: str) -> Iterator[RegressionLine]:
    """Dose and year as numeric moderators, where at least three values differ."""
    from evidence.review.regression import DOSE

    for moderator in (DOSE, "year"):
        try:
            regression = review.regress(outcome, on=[moderator])
            line = regression_line(moderator, outcome, regression)
            if moderator == DOSE:
                line = replace(line, unit=dose_unit(review, line))
        except EvidenceError:
            continue
        if len({point.x for point in line.points}) > 2:
            yield line


def dose_unit(review: Contents, line: RegressionLine) -> str | None:
    """The unit most series on a line give their dose in; a regression leaves out the others."""
    fitted = {point.series for point in line.points}
    units = Counter(
        row.dose_unit
        for row in review.rows
        if row.series in fitted and row.outcome == line.outcome and row.dose_mg_high is not None
    )
    return units.most_common(1)[0][0] if units else None


def regression_line(moderator: str, outcome: str, regression: Any) -> RegressionLine:
    """A regression as points and a curve, on the proportion scale."""
    from evidence.report.context import RegressionLine, RegressionPoint

    bubble = regression.bubble(moderator)
    return RegressionLine(
        moderator=moderator,
        outcome=outcome,
        points=tuple(
            RegressionPoint(
                series=p["series"], x=p["x"], estimate=p["proportion"], total=p["total"]
            )
            for p in bubble["bubbles"]
        ),
        curve=tuple((c["x"], c["estimate"], c["ci_low"], c["ci_high"]) for c in bubble["line"]),
        p=regression.test.p if regression.test else None,
        p_permutation=regression.permutation_p,
        r2=regression.r2,
        problems=regression.problems,
    )
