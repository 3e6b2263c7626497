"""Leave-one-out, influence, asymmetry, regression, pairs and edge cases (``make_more.R``)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from reference_values import column, counts, off, records, rows, subset

import evidence
from evidence.pooling import (
    Pair,
    baujat,
    cumulative,
    influence,
    leave_one_out,
    regress,
    small_study,
    within,
)
from evidence.pooling.effects import TRANSFORMS, measure
from evidence.pooling.trim_and_fill import trim_and_fill

ITERATIVE = 1e-6
"""Iterative fits stop at different places; metafor ran with threshold 1e-13."""


def pooled(record: dict[str, Any]) -> Any:
    options = {"method": record["method"], "test": record.get("test", "z")}
    year = column(record["data"], "year")
    return evidence.pool(*counts(record["data"]), year=None if None in year else year, **options)


def agree(ours: list[Any], theirs: Any, *, limit: float = ITERATIVE, floor: float = 1e-3) -> None:
    if not isinstance(theirs, list):
        theirs = [theirs] * len(ours)
    assert len(ours) == len(theirs)
    for left, right in zip(ours, theirs, strict=True):
        assert off(left, right, floor=floor) < limit, (left, right)


@pytest.mark.parametrize("record", records("more.jsonl", "leave-one-out"))
def test_leave_one_out(record: dict[str, Any]) -> None:
    table = leave_one_out(pooled(record))
    for name in ("estimate", "ci_low", "ci_high", "q", "q_p"):
        agree(table.column(name), record[name])
    if record["method"] != "common":
        agree(table.column("tau2"), record["tau2"])


@pytest.mark.parametrize("record", records("more.jsonl", "cumulative"))
def test_cumulative(record: dict[str, Any]) -> None:
    table = cumulative(pooled(record))
    # the first row is one series: here its exact interval, there 0.5 corrections and Wald
    for name in ("estimate", "ci_low", "ci_high"):
        agree(table.column(name)[1:], record[name][1:])


@pytest.mark.parametrize("record", records("more.jsonl", "influence"))
def test_influence(record: dict[str, Any]) -> None:
    table = influence(pooled(record))
    for name in ("rstudent", "dffits", "cook", "covratio", "q_without", "hat", "dfbetas"):
        agree(table.column(name), record[name], limit=1e-5)  # differences of close numbers
    agree(table.column("tau2_without"), record["tau2_without"])
    assert table.column("influential") == record["influential"]


@pytest.mark.parametrize("record", records("more.jsonl", "baujat"))
def test_baujat(record: dict[str, Any]) -> None:
    table = baujat(pooled(record))
    agree(table.column("residual2"), record["residual2"])
    agree(table.column("influence"), record["influence"], limit=1e-5)  # squared small differences


@pytest.mark.parametrize("record", records("more.jsonl", "trim-and-fill"))
def test_trim_and_fill(record: dict[str, Any]) -> None:
    x, n = counts(record["data"])
    effects = measure(TRANSFORMS["logit"], np.array(x, float), np.array(n, float))
    found = trim_and_fill(effects, method=record["method"], estimator=record["estimator"])
    assert (found.side, found.missing) == (record["side"], record["missing"])
    for name in ("se_missing", "estimate", "ci_low", "ci_high", "tau2"):
        agree([getattr(found, name)], record[name])


@pytest.mark.parametrize("record", records("more.jsonl", "asymmetry"))
def test_asymmetry_tests(record: dict[str, Any]) -> None:
    found = small_study(pooled(record))
    names = ("egger", "mixed", "peters", "rank")
    for test, name in zip(found.tests, names, strict=True):
        agree([test.statistic, test.p], record[name])


@pytest.mark.parametrize("record", records("more.jsonl", "regression"))
def test_meta_regression(record: dict[str, Any]) -> None:
    on = {name: column(record["data"], name) for name in record["on"]}
    x, n = counts(record["data"])
    found = regress(x, n, on=on, method=record["method"], test=record["test"])
    # GLMM, 100 nodes: lme4's optimiser stops within about 1e-3 of a coefficient
    limit = 2e-3 if record["method"] == "glmm" else ITERATIVE
    beta = [item.estimate for item in found.coefficients]
    agree(beta, record["beta"], limit=limit, floor=0.05)
    agree([item.se for item in found.coefficients], record["se"], limit=limit, floor=0.05)
    agree([item.p for item in found.coefficients], record["p"], limit=limit, floor=0.05)
    assert found.test is not None
    agree([found.fit.tau2], record["tau2"], limit=limit, floor=0.05)
    if record["method"] == "glmm":
        return
    agree([found.test.q_m, found.test.p], [record["q_m"], record["q_m_p"]])
    agree([found.fit.q, found.fit.h2], [record["q"], record["h2"]])
    agree([found.fit.i2, found.r2], [record["i2"], record["r2"]], floor=1.0)


@pytest.mark.parametrize("record", records("more.jsonl", "permutation"))
def test_exact_permutation_p(record: dict[str, Any]) -> None:
    data = [rows(record["data"])[at - 1] for at in record["rows"]]
    found = regress(
        [int(row["events"]) for row in data],
        [int(row["total"]) for row in data],
        on={name: [row[name] for row in data] for name in record["on"]},
        method=record["method"],
        test="z",
        permutations=720,
    )
    # R counts the distinct orderings of the moderator; all 720 give the same share
    agree([found.permutation_p], record["p"], limit=1e-9)


@pytest.mark.parametrize("record", records("more.jsonl", "pairs"))
def test_pairs_inside_series(record: dict[str, Any]) -> None:
    names = ("ai", "n1", "ci", "n2")
    pairs = [
        Pair(series=str(at), events_a=a, total_a=na, events_b=b, total_b=nb)
        for at, (a, na, b, nb) in enumerate(zip(*(record[name] for name in names), strict=True))
    ]
    mh, peto = within(pairs, method="mh"), within(pairs, method="peto")
    agree([mh.log_odds_ratio, mh.se], record["mh"][:2], limit=1e-9)
    agree([mh.p], record["mh"][4])
    agree([peto.log_odds_ratio, peto.se, peto.q], [*record["peto"][:2], record["peto"][5]])
    exact = within(pairs, method="exact")
    # mantelhaen.test() finds its roots with uniroot's default tolerance, about 1e-4
    agree([exact.odds_ratio, exact.ci_low, exact.ci_high], record["exact"][:3], limit=1e-3)
    agree([exact.p], record["exact"][3], floor=1.0)
    if isinstance(record["unconditional"], list):
        free = within(pairs, method="unconditional-glmm")
        ours = [free.log_odds_ratio, free.se, free.tau2]
        agree(ours, record["unconditional"], limit=5e-3, floor=0.1)  # R: 7 nodes, lme4's optimiser


EDGE = sorted({record["case"] for record in records("more.jsonl", "edge")})


@pytest.mark.parametrize("case", EDGE)
def test_edge_cases(case: str) -> None:
    data = [row for row in rows("edge") if row["case"] == case]
    x, n = [int(row["events"]) for row in data], [int(row["total"]) for row in data]
    for record in records("more.jsonl", "edge"):
        if record["case"] != case or record["method"] == "glmm":
            continue
        options = {name: record[name] for name in ("method", "transform", "test")}
        group = evidence.pool(x, n, **options).fitted[0].result
        agree([group.model_estimate, group.model_se], [record["beta"], record["se"]])
        agree([group.tau2, group.q, group.h2], [record["tau2"], record["q"], record["h2"]])
        agree([group.i2], record["i2"], floor=1.0)


def test_every_reference_set_is_the_published_one() -> None:
    # metadat 1.2-0: number of series, events and patients of each set
    sizes = {"pritz1997": 14, "debruin2009": 13, "hannum2020": 35, "bcg": 13, "dorn2007": 19}
    assert {name: len(subset(name)) for name in sizes} == sizes
