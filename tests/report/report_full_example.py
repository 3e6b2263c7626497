"""The example with everything a review may have: harms, sensitivity, judgements, flow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from report_example import GROUPED, PROTOCOL, context, pool_every, series_and_rows
from series_example import complication_rows

from evidence.model.protocol import Protocol
from evidence.model.row import EvidenceRow
from evidence.model.series import Confirmation, Judgement, Series
from evidence.pooling import Result, pool
from evidence.report.adapt import (
    cumulative_lines,
    influence_rows,
    leave_one_out_lines,
    line_from_group,
)
from evidence.report.context import (
    AnalysisLine,
    BaujatPoint,
    Certainty,
    RegressionLine,
    RegressionPoint,
    ReportContext,
    SeriesEntry,
    SmallStudy,
    SmallStudyTest,
    WithinMethod,
    WithinSeries,
    WithinStudy,
)
from evidence.table.moved import Moved

ORIGINAL = {"name": "original", "kind": "original", "citation": "The authors. A journal, 2009."}
MOVED = (
    Moved(
        series="querfeld-2009",
        label="Querfeld et al. 2009",
        stratum="all",
        what="ORR",
        printed="16/19",
        now="14/19",
        source="original",
    ),
    Moved(
        series="querfeld-2009",
        label="Querfeld et al. 2009",
        stratum="all",
        what="doses_per_week",
        printed="3",
        now="2.5",
        source="original",
    ),
    Moved(
        series="watanabe-2014",
        label="Watanabe et al. 2014",
        stratum="MF",
        what="ORR",
        printed="1/6",
        now=None,
        source=None,
        printed_derived=True,
    ),
    Moved(
        series="clark-2012",
        label="Clark et al. 2012",
        stratum="all",
        what="complication:Infection",
        printed=None,
        now="4/18",
        source="original",
        derived=True,
    ),
)
BAUJAT = {
    "ORR": (
        BaujatPoint(series="lundin-1998", q_share=1.2, influence=0.05),
        BaujatPoint(series="demasson-2014", q_share=6.1, influence=0.9),
    )
}
WITHIN = (
    WithinStudy(
        outcome="ORR",
        a="SS",
        b="MF",
        series=(
            WithinSeries(series="demasson-2014", a_events=16, a_total=23, b_events=4, b_total=16),
            WithinSeries(series="watanabe-2014", a_events=17, a_total=17, b_events=1, b_total=6),
        ),
        pooled=(
            WithinMethod(method="Mantel–Haenszel", odds_ratio=12.0, ci_low=3.42, ci_high=42.2),
        ),
    ),
)
SMALL_STUDY = {
    "ORR": SmallStudy(outcome="ORR", tests=(SmallStudyTest(name="Peters", statistic=-1.2, p=0.25),))
}


def full_example(**changes: Any) -> ReportContext:
    """The whole context."""
    series, rows = series_and_rows()
    series[0] = series[0].model_copy(
        update={
            "status": "confirmed",
            "confirmed": Confirmation(by="A. Reader", on=date(2026, 1, 2), how="cell by cell"),
            "risk_of_bias": {
                "criteria": Judgement(answer="yes", why="stated in the methods", by="A. Reader"),
                "consecutive": Judgement(answer="unclear"),
                "10": Judgement(answer="no"),
                "site": Judgement(answer="not applicable"),
            },
        }
    )
    rows += tuple(complication_rows(series, rows))
    protocol = Protocol.model_validate(
        PROTOCOL
        | {
            "prisma": {"identified_databases": 211, "duplicates_removed": 40},
            "table": {"as_printed_in": "review-2015"},
            "source": [ORIGINAL, *PROTOCOL["source"]],
        }
    )
    labels = {one.series: one.label for one in series}
    whole = {o: _whole(rows, o) for o in GROUPED}
    return context(
        series,
        rows,
        **{
            "protocol": protocol,
            "sensitivity": {o: _sensitivity(r) for o, r in whole.items()},
            "leave_one_out": {
                o: leave_one_out_lines(r.leave_one_out().rows, labels) for o, r in whole.items()
            },
            "cumulative": {
                o: cumulative_lines(r.cumulative().rows, labels) for o, r in whole.items()
            },
            "influence": {o: influence_rows(r.influence().rows) for o, r in whole.items()},
            "baujat": BAUJAT,
            "gosh": {"ORR": tuple((0.5 + i / 400, (i * 7) % 90) for i in range(120))},
            "regressions": (_over_years(rows),),
            "within": WITHIN,
            "small_study": SMALL_STUDY,
            "moved": MOVED,
            "others": _others(series),
            "corrected": pool_every(_corrected(rows), protocol),
            "certainty": {
                "ORR": Certainty(level="very low", reasons=("no controls", "mixed routes"))
            },
            **changes,
        },
    )


def _over_years(rows: tuple[EvidenceRow, ...]) -> RegressionLine:
    return RegressionLine(
        moderator="year",
        outcome="ORR",
        points=tuple(
            RegressionPoint(series=r.series, x=r.year, estimate=r.events / r.total, total=r.total)
            for r in rows
            if r.outcome == "ORR" and r.stratum == "all"
        ),
        curve=((1998, 0.45, 0.2, 0.7), (2006, 0.6, 0.45, 0.74), (2015, 0.78, 0.6, 0.9)),
        p=0.04,
        p_permutation=0.06,
        r2=31.0,
    )


def _others(series: list[Series]) -> tuple[SeriesEntry, ...]:
    """The original papers of the series that moved."""
    moved = {item.series for item in MOVED if item.source == "original"}
    return tuple(
        SeriesEntry(series=s, path=f"extracted/original/{s.series}.yaml", source="original")
        for s in series
        if s.series in moved
    )


def _corrected(rows: tuple[EvidenceRow, ...]) -> tuple[EvidenceRow, ...]:
    """The rows with the one count that the original paper gives otherwise."""
    return tuple(
        replace(row, events=14)
        if (row.series, row.outcome, row.stratum) == ("querfeld-2009", "ORR", "all")
        else row
        for row in rows
    )


def _whole(rows: tuple[EvidenceRow, ...], outcome: str) -> Result:
    chosen = [
        r for r in rows if r.outcome == outcome and r.stratum == "all" and r.events is not None
    ]
    return pool(
        [r.events for r in chosen],
        [r.total for r in chosen],
        series=[r.series for r in chosen],
        year=[r.year for r in chosen],
        outcome=outcome,
        method="dl",
    )


def _sensitivity(result: Result) -> tuple[AnalysisLine, ...]:
    lines = [line_from_group("as in this report", result.groups[0], reference=True)]
    for method in ("reml", "common"):
        other = pool(result.data.counts.events, result.data.counts.total, method=method)
        lines.append(line_from_group(method, other.groups[0], kind="method"))
    return tuple(lines)
