"""A review to render: the series of ``series_example``, pooled, with two findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from series_example import DOCUMENT, FACTS, Fact, make_rows, make_series

from evidence.errors import Place
from evidence.model.finding import Finding
from evidence.model.pooled import Excluded, Pooled
from evidence.model.protocol import Protocol
from evidence.model.row import EvidenceRow
from evidence.model.series import Series
from evidence.pooling import pool
from evidence.report.context import ReportContext, SeriesEntry

GROUPED = ("ORR", "CR")
"""Outcomes that are also pooled by group."""
PROTOCOL: dict[str, Any] = {
    "review": {
        "title": "Alemtuzumab in Sézary syndrome and mycosis fungoides",
        "question": "What share of patients with Sézary syndrome or mycosis fungoides respond to"
        " alemtuzumab, and what complications occur?",
        "version": "1",
        "data_date": "2014-12-31",
    },
    "drug": {"name": "alemtuzumab", "synonyms": ["Campath-1H"]},
    "population": {
        "include": ["SS", "MF", "E-MF", "L-CTCL", "CTCL"],
        "names": {"SS": "Sézary syndrome", "MF": "mycosis fungoides"},
    },
    "groups": {"dose": [{"label": "≤15 mg", "up_to": 15}, {"label": "30 mg", "above": 15}]},
    "source": [{"name": "review-2015", "document": DOCUMENT, "title": "Table of published series"}],
}
FINDINGS = (
    Finding(
        code="percent-label",
        severity="high",
        series="lundin-2003",
        field="arms[0].responses[0].stated_percent.CR",
        stated="CR 55%",
        computed="CR 7/22 = 31.8%; ORR 12/22 = 54.5%",
        arithmetic="(7 + 5)/22 = 54.5%, which rounds to 55%",
        places=(Place(document=DOCUMENT, page=5, table="4", row=2, text="CR 55%"),),
        would_change="CR",
    ),
    Finding(
        code="sum-short",
        severity="medium",
        series="demasson-2014",
        field="arms[0].responses[0]",
        stated="39 patients",
        computed="20 responders, 19 not accounted for",
        arithmetic="39 − (7 + 13) = 19",
        places=(Place(document=DOCUMENT, page=6, table="4", row=12),),
        status="accepted",
        decided="accepted by A. Reader on 2026-01-02: the paper lists responders only",
    ),
)


def example(facts: Sequence[Fact] = FACTS, **changes: Any) -> ReportContext:
    """The whole context; ``facts`` may be fewer."""
    return context(*series_and_rows(facts), **changes)


def series_and_rows(
    facts: Sequence[Fact] = FACTS,
) -> tuple[list[Series], tuple[EvidenceRow, ...]]:
    """The series files of the facts, and their evidence rows."""
    series = [make_series(fact, i) for i, fact in enumerate(facts)]
    rows = [make_rows(fact, one) for fact, one in zip(facts, series, strict=True)]
    return series, tuple(row for of_one in rows for row in of_one)


def context(series: list[Series], rows: tuple[EvidenceRow, ...], **changes: Any) -> ReportContext:
    """A context over rows, with every pooled result that can be had."""
    protocol = changes.pop("protocol", Protocol.model_validate(PROTOCOL))
    return ReportContext(
        **{
            "protocol": protocol,
            "series": tuple(
                SeriesEntry(
                    series=s, path=f"extracted/review-2015/{s.series}.yaml", source="review-2015"
                )
                for s in series
            ),
            "rows": rows,
            "pooled": pool_every(rows, protocol),
            "findings": FINDINGS if len(series) > 1 else (),
            "excluded": (
                Excluded(
                    series="zinzani-2005",
                    reason="6 of 10 patients have a disease outside the protocol",
                ),
            )
            if len(series) > 1
            else (),
            "software": {"evidence": "0.1.0", "statsmodels": "0.14.4"},
            "hashes": {"sources/series-table.pdf": "0" * 64, "review.toml": "1" * 64},
            **changes,
        }
    )


def pool_every(
    rows: tuple[EvidenceRow, ...], protocol: Protocol
) -> dict[tuple[str, str | None], Pooled]:
    """Every pooled result that can be had, by outcome and grouping."""
    return {
        (outcome, by): result
        for outcome in protocol.outcomes
        for by in ((None, *protocol.groups.by) if outcome in GROUPED else (None,))
        if (result := pool_rows(rows, outcome, by)) is not None
    }


def pool_rows(rows: tuple[EvidenceRow, ...], outcome: str, by: str | None) -> Pooled | None:
    """Pool as the review would: whole series, or strata and single-disease series by disease."""
    chosen = [r for r in rows if r.outcome == outcome and r.events is not None and not r.excluded]
    if by == "disease":
        split = {r.series for r in chosen if r.stratum != "all"}
        chosen = [
            r
            for r in chosen
            if r.disease is not None and not (r.stratum == "all" and r.series in split)
        ]
    else:
        chosen = [r for r in chosen if r.stratum == "all"]
    if not chosen:
        return None
    field = "dose_band" if by == "dose" else by
    return pool(
        [r.events for r in chosen],
        [r.total for r in chosen],
        series=[r.series for r in chosen],
        outcome=outcome,
        by=[getattr(r, field) for r in chosen] if field else None,
        by_name=by,
        derived=[r.how == "derived" for r in chosen],
    ).pooled
