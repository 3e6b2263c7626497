"""A review to render: 14 published alemtuzumab series as short facts.

Origin: Actas Dermosifiliogr 2015, table 4.

Counts follow the convention that a listing of responders implies none of another type (derived);
what is not listed while patients remain unaccounted for is not reported.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from evidence.errors import Place
from evidence.model.finding import Finding
from evidence.model.outcome import SUMS
from evidence.model.pooled import Excluded, Pooled
from evidence.model.protocol import Protocol
from evidence.model.row import EvidenceRow
from evidence.model.series import Confirmation, Judgement, Series
from evidence.pooling import pool
from evidence.pooling.result import Result
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

DOCUMENT = "series-table.pdf"
GROUPED = ("ORR", "CR")
"""Outcomes that are also pooled by group."""
# id, authors, year, population, dose, routes, weeks,
# strata {scope: (total, CR, PR, SD, PD, derived)},
# months, complications ((term, group, events, fatal), ...) or None
FACTS: tuple[tuple[Any, ...], ...] = (
    (
        "lundin-1998",
        "Lundin et al.",
        1998,
        {"MF": 8},
        30,
        ["IV"],
        (6, 12),
        {"MF": (8, 2, 2, None, None, "PR")},
        {"median": 10},
        (
            ("sepsis", "Infections", 9, None, 50),
            ("neutropenia", "Blood and lymphatic", 14, None, 50),
        ),
    ),
    (
        "lundin-2003",
        "Lundin et al.",
        2003,
        {"MF/SS": 22},
        30,
        ["IV"],
        10,
        {"all": (22, 7, 5, 3, 7, "")},
        {"median": 12},
        (
            ("CMV reactivation", "Infections", 4, None, None),
            ("febrile neutropenia", "Blood and lymphatic", 1, None, None),
        ),
    ),
    (
        "kennedy-2003",
        "Kennedy et al.",
        2003,
        {"MF": 5, "SS": 2, "T-MF": 1},
        30,
        ["IV"],
        (3, 13),
        {"all": (8, 0, 3, 2, 3, "CR")},
        {"value": 3, "comparator": "<"},
        (
            ("pancytopenia", "Blood and lymphatic", 2, None, None),
            ("CMV", "Infections", 1, None, None),
        ),
    ),
    (
        "ferrajoli-2003",
        "Ferrajoli et al.",
        2003,
        {"CTCL": 6},
        30,
        ["IV"],
        (4, 12),
        {"all": (6, 0, 2, None, None, "CR")},
        None,
        None,
    ),
    (
        "capalbo-2003",
        "Capalbo et al.",
        2003,
        {"MF": 1, "SS": 2},
        30,
        ["IV"],
        [3, 6, 12],
        {"all": (3, 1, 1, None, None, "")},
        {"values": [11, 3]},
        (),
    ),
    (
        "lenihan-2004",
        "Lenihan et al.",
        2004,
        {"SS": 5, "MF": 3},
        30,
        ["IV"],
        8.5,
        {"all": (8, 0, 3, 2, 3, "CR")},
        None,
        (
            ("infection", "Infections", 2, True, None),
            ("heart failure or arrhythmia", "Cardiac", 5, None, None),
        ),
    ),
    (
        "zinzani-2005",
        "Zinzani et al.",
        2005,
        {"MF": 4, "PTCL": 6},
        10,
        ["SC"],
        4,
        {"MF": (4, 0, 3, None, None, "CR")},
        None,
        (("CMV reactivation", "Infections", 1, None, 10),),
    ),
    (
        "bernengo-2007",
        "Bernengo et al.",
        2007,
        {"SS": 14},
        (10, 15),
        ["SC"],
        None,
        {"SS": (14, 1, 11, 2, None, "")},
        {"median": 12},
        (("CMV reactivation", "Infections", 3, None, None),),
    ),
    (
        "alinari-2007",
        "Alinari et al.",
        2007,
        {"SS": 5},
        30,
        ["SC"],
        (5, 9),
        {"SS": (5, 5, 0, 0, 0, "PR SD PD")},
        {"median": 1.84},
        (("CMV reactivation", "Infections", 2, None, None),),
    ),
    (
        "querfeld-2009",
        "Querfeld et al.",
        2009,
        {"SS": 17, "E-MF": 2},
        30,
        ["IV", "SC"],
        12,
        {"all": (19, 9, 7, 0, 3, "SD")},
        {"median": 6},
        (
            ("pancytopenia", "Blood and lymphatic", 1, True, None),
            ("cervical abscess", "Infections", 1, None, None),
        ),
    ),
    (
        "clark-2012",
        "Clark et al.",
        2012,
        {"L-CTCL": 18},
        10,
        ["SC"],
        6,
        {"all": (18, 9, 7, 0, 2, "SD")},
        None,
        (("CMV reactivation", "Infections", 1, None, None),),
    ),
    (
        "demasson-2014",
        "de Masson et al.",
        2014,
        {"SS": 23, "MF": 16},
        30,
        ["IV", "SC"],
        12,
        {
            "all": (39, 7, 13, None, None, ""),
            "SS": (23, 6, 10, None, None, ""),
            "MF": (16, 1, 3, None, None, ""),
        },
        {"median": 3.4},
        (
            ("CMV viraemia", "Infections", 10, None, None),
            ("cytopenia", "Blood and lymphatic", 10, None, None),
            ("death", "General", 2, True, None),
        ),
    ),
    (
        "watanabe-2014",
        "Watanabe et al.",
        2014,
        {"SS": 17, "MF": 6},
        10,
        ["SC"],
        None,
        {
            "all": (23, 14, 4, 0, 5, "SD"),
            "SS": (17, 13, 4, 0, 0, "SD PD"),
            "MF": (6, 1, 0, 0, 5, "PR SD"),
        },
        None,
        None,
    ),
    (
        "gallego-2015",
        "Gallego et al.",
        2015,
        {"SS": 5},
        10,
        ["SC"],
        8,
        {"SS": (5, 2, 2, 0, 1, "SD")},
        {"median": 13},
        (
            ("pneumococcal pneumonia", "Infections", 1, None, None),
            ("CMV reactivation", "Infections", 2, None, None),
        ),
    ),
)
PATIENTS = (
    {
        "id": 1,
        "sex": "F",
        "age": 57,
        "disease": "SS",
        "response": {"overall": "CR"},
        "response_months": 66,
        "response_censored": True,
        "follow_up_months": 67,
        "died": False,
    },
    {
        "id": 2,
        "sex": "M",
        "age": 65,
        "disease": "SS",
        "response": {"overall": "CR"},
        "response_months": 11,
        "follow_up_months": 24,
        "died": True,
    },
    {
        "id": 3,
        "sex": "F",
        "age": 85,
        "disease": "SS",
        "response": {"overall": "PR"},
        "response_months": 5,
        "follow_up_months": 27,
        "died": False,
    },
    {
        "id": 4,
        "sex": "M",
        "age": 75,
        "disease": "SS",
        "response": {"overall": "PR"},
        "response_months": 15,
        "follow_up_months": 32,
        "died": False,
    },
    {
        "id": 5,
        "sex": "F",
        "age": 57,
        "disease": "SS",
        "response": {"overall": "PD"},
        "follow_up_months": 20,
        "died": False,
    },
)
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


def make_series(fact: tuple[Any, ...], index: int) -> Series:
    """One series with cells and readings as extraction would write them."""
    ident, authors, year, population, dose, routes, weeks, strata, months, complications = fact
    top = 100.0 + 24 * (index % 12)
    page = 5 + index // 12

    def cell(x: float, text: str) -> dict[str, Any]:
        return {
            "page": page,
            "box": [x, top, x + 70, top + 20],
            "text": text,
            "table": "4",
        }

    responses, readings = [], {}
    for r, (scope, (total, cr, pr, sd, pd, derived)) in enumerate(strata.items()):
        block: dict[str, Any] = {"scope": scope, "total": total}
        for name, events in (("CR", cr), ("PR", pr), ("SD", sd), ("PD", pd)):
            if events is not None and name not in derived.split():
                block[name] = events
                readings[f"arms[0].responses[{r}].{name}"] = {
                    "cell": "response",
                    "text": f"{events} {name}",
                }
        if all(block.get(n) is not None for n in ("CR", "PR")):
            block["stated_percent"] = {"ORR": round(100 * (block["CR"] + block["PR"]) / total)}
        responses.append(block)
    printed = "; ".join(
        f"{s}: " + ", ".join(f"{b[n]} {n}" for n in ("CR", "PR", "SD", "PD") if n in b)
        for s, b in zip(strata, responses, strict=True)
    )
    arm: dict[str, Any] = {
        "population": population,
        "regimen": {
            "drug": "alemtuzumab",
            "dose_mg": {"low": dose[0], "high": dose[1]} if isinstance(dose, tuple) else dose,
            "routes": routes,
            "doses_per_week": 3,
        },
        "responses": responses,
    }
    if weeks is not None:
        arm["treatment_weeks"] = (
            {"low": weeks[0], "high": weeks[1]}
            if isinstance(weeks, tuple)
            else {"values": weeks}
            if isinstance(weeks, list)
            else {"value": weeks}
        )
    if months is not None:
        arm["response_months"] = months
    if complications is not None:
        arm["complications"] = [
            {
                "term": t,
                "preferred": t,
                "group": g,
                "events": n,
                **({"fatal": f} if f is not None else {}),
                **({"total": of} if of else {}),
            }
            for t, g, n, f, of in complications
        ]
    if ident == "gallego-2015":
        arm["patients"] = list(PATIENTS)
    readings["arms[0].population"] = {"cell": "patients"}
    readings["arms[0].regimen"] = {"cell": "regimen"}
    return Series.model_validate(
        {
            "series": ident,
            "citation": {"authors": authors, "year": year, "reference": index + 1},
            "source": {"document": DOCUMENT, "sha256": "0" * 64, "table": "4", "row": index + 1},
            "status": "confirmed" if index % 3 == 0 else "unverified",
            "cells": {
                "patients": cell(60, ", ".join(f"{n} {d}" for d, n in population.items())),
                "regimen": cell(135, f"{dose} mg {' and '.join(routes)} three times a week"),
                "response": cell(210, printed),
                **({"response_months": cell(285, str(months))} if months else {}),
                **(
                    {
                        "complications": cell(
                            360, "; ".join(f"{t} ({n})" for t, _, n, _, _ in complications) or "No"
                        )
                    }
                    if complications is not None
                    else {}
                ),
            },
            "arms": [arm],
            "readings": readings,
        }
    )


def make_rows(fact: tuple[Any, ...], series: Series, index: int) -> list[EvidenceRow]:
    """The evidence rows of one series, by the convention of the module's docstring."""
    ident, _, year, population, dose, routes, _, strata, _, _ = fact
    low, high = dose if isinstance(dose, tuple) else (dose, dose)
    rows = []
    for scope, (total, cr, pr, sd, pd, derived) in strata.items():
        counts = {"CR": cr, "PR": pr, "SD": sd, "PD": pd}
        for outcome in ("ORR", "CR", "PR", "SD", "PD", "DCR"):
            parts = SUMS.get(outcome, (outcome,))
            values = [counts[p] for p in parts]
            events = None if None in values else sum(values)
            how = (
                None
                if events is None
                else "derived"
                if set(parts) & set(derived.split())
                else "stated"
            )
            stratum = scope
            disease = (
                scope
                if scope != "all"
                else next(iter(population))
                if len(population) == 1 and "/" not in next(iter(population))
                else None
            )
            if scope == "MF" and len(strata) == 1:
                stratum, disease = "all", "MF"
            if scope == "SS" and len(strata) == 1:
                stratum, disease = "all", "SS"
            cell = series.cells["response"]
            rows.append(
                EvidenceRow(
                    series=ident,
                    label=series.label,
                    year=year,
                    stratum=stratum,
                    outcome=outcome,
                    events=events,
                    total=total,
                    disease=disease,
                    population=", ".join(f"{n} {d}" for d, n in population.items())
                    if scope == "all"
                    else f"{total} {scope}",
                    dose_mg_low=low,
                    dose_mg_high=high,
                    dose_unit="mg",
                    dose_band="≤15 mg" if high <= 15 else "30 mg",
                    route=routes[0] if len(routes) == 1 else "mixed",
                    doses_per_week=3,
                    schedule=None,
                    how=how,
                    derivation="responders are listed by type; a type not listed had none"
                    if how == "derived"
                    else None,
                    status=series.status,
                    source="review-2015",
                    document=DOCUMENT,
                    page=cell.page,
                    drug="alemtuzumab",
                    place=Place(document=DOCUMENT, page=cell.page, box_pt=cell.box, text=cell.text),
                )
            )
    return rows


def pool_rows(rows: tuple[EvidenceRow, ...], outcome: str, by: str | None) -> Pooled | None:
    """Pool as the review would: whole series, or strata and single-disease series by disease."""
    chosen = [r for r in rows if r.outcome == outcome and r.events is not None and not r.excluded]
    if by == "disease":
        chosen = [
            r
            for r in chosen
            if r.disease is not None
            and not (
                r.stratum == "all"
                and any(o.series == r.series and o.stratum != "all" for o in chosen)
            )
        ]
        left = ()
    else:
        chosen = [r for r in chosen if r.stratum == "all"]
        left = ()
    if not chosen:
        return None
    value = {
        "route": lambda r: r.route,
        "dose": lambda r: r.dose_band,
        "disease": lambda r: r.disease,
    }
    result = pool(
        [r.events for r in chosen],
        [r.total for r in chosen],
        series=[r.series for r in chosen],
        outcome=outcome,
        by=[value[by](r) for r in chosen] if by else None,
        by_name=by,
        derived=[r.how == "derived" for r in chosen],
    )
    pooled = result.pooled
    return replace(pooled, excluded=(*pooled.excluded, *left))


def example(facts: tuple[tuple[Any, ...], ...] = FACTS, **changes: Any) -> ReportContext:
    """The whole context; ``facts`` may be fewer."""
    series = [make_series(fact, i) for i, fact in enumerate(facts)]
    rows = tuple(row for i, fact in enumerate(facts) for row in make_rows(fact, series[i], i))
    return context(series, rows, **changes)


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


def complication_rows(series: list[Series], rows: tuple[EvidenceRow, ...]) -> list[EvidenceRow]:
    """One row per complication a series lists."""
    found = []
    for one in series:
        base = next(row for row in rows if row.series == one.series)
        cell = one.cells.get("complications")
        for item in one.arms[0].complications or ():
            found.append(
                replace(
                    base,
                    stratum="all",
                    outcome=f"complication:{item.preferred}",
                    events=item.events,
                    total=item.total or one.arms[0].size,
                    how="stated",
                    derivation=None,
                    place=Place(document=DOCUMENT, page=cell.page, box_pt=cell.box, text=cell.text),
                )
            )
    return found


def full_example(**changes: Any) -> ReportContext:
    """The example with everything a review may have: harms, sensitivity, judgements, flow."""
    series = [make_series(fact, i) for i, fact in enumerate(FACTS)]
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
    rows = tuple(r for i, fact in enumerate(FACTS) for r in make_rows(fact, series[i], i))
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
            "baujat": {
                "ORR": (
                    BaujatPoint(series="lundin-1998", q_share=1.2, influence=0.05),
                    BaujatPoint(series="demasson-2014", q_share=6.1, influence=0.9),
                )
            },
            "gosh": {"ORR": tuple((0.5 + i / 400, (i * 7) % 90) for i in range(120))},
            "regressions": (
                RegressionLine(
                    moderator="year",
                    outcome="ORR",
                    points=tuple(
                        RegressionPoint(
                            series=r.series, x=r.year, estimate=r.events / r.total, total=r.total
                        )
                        for r in rows
                        if r.outcome == "ORR" and r.stratum == "all"
                    ),
                    curve=((1998, 0.45, 0.2, 0.7), (2006, 0.6, 0.45, 0.74), (2015, 0.78, 0.6, 0.9)),
                    p=0.04,
                    p_permutation=0.06,
                    r2=31.0,
                ),
            ),
            "within": (
                WithinStudy(
                    outcome="ORR",
                    a="SS",
                    b="MF",
                    series=(
                        WithinSeries(
                            series="demasson-2014", a_events=16, a_total=23, b_events=4, b_total=16
                        ),
                        WithinSeries(
                            series="watanabe-2014", a_events=17, a_total=17, b_events=1, b_total=6
                        ),
                    ),
                    pooled=(
                        WithinMethod(
                            method="Mantel–Haenszel", odds_ratio=12.0, ci_low=3.42, ci_high=42.2
                        ),
                    ),
                ),
            ),
            "small_study": {
                "ORR": SmallStudy(
                    outcome="ORR", tests=(SmallStudyTest(name="Peters", statistic=-1.2, p=0.25),)
                )
            },
            "moved": MOVED,
            "others": _others(series),
            "corrected": pool_every(_corrected(rows), protocol),
            "certainty": {
                "ORR": Certainty(level="very low", reasons=("no controls", "mixed routes"))
            },
            **changes,
        },
    )


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
