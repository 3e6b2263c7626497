"""Pooled and grouped proportions against metafor 3.8-1 (``make_reference.R``, ``make_glmm.R``)."""

from __future__ import annotations

from typing import Any

import pytest
from reference_values import column, counts, off, records, rows

import evidence

CLOSED = ("common", "dl", "sj", "hs", "he")
FIELDS = ("estimate", "ci_low", "ci_high", "pi_low", "pi_high", "tau2", "i2", "h2", "q", "q_p")
DATA = sorted({record["data"] for record in records("pooled.jsonl")})


def tolerance(method: str) -> float:
    """Closed forms differ by rounding alone; iterative fits by where each one stops."""
    return 1e-9 if method in CLOSED else 1e-6


@pytest.mark.parametrize("data", DATA)
def test_inverse_variance_methods_transforms_and_tests_agree(data: str) -> None:
    events, total = counts(data)
    wrong = []
    for record in records("pooled.jsonl"):
        if record["data"] != data or record["method"] == "glmm":
            continue
        options = {name: record[name] for name in ("method", "transform", "test")}
        group = evidence.pool(events, total, **options).fitted[0].result
        for field in FIELDS:
            # I² is in percent; where tau2 is 0, metafor's scoring stops just short of it
            floor = 1.0 if field == "i2" else 1e-3
            difference = off(getattr(group, field), record[field], floor=floor)
            if difference > tolerance(record["method"]):
                wrong.append((options, field, getattr(group, field), record[field]))
        assert off(group.model_estimate, record["beta"]) < tolerance(record["method"])
        assert off(group.model_se, record["se"]) < tolerance(record["method"])
    assert not wrong


@pytest.mark.parametrize("data", DATA)
def test_q_profile_intervals_agree(data: str) -> None:
    events, total = counts(data)
    for record in records("pooled.jsonl"):
        if record["data"] != data or record["method"] != "reml" or record["test"] != "z":
            continue
        result = evidence.pool(
            events, total, method="reml", transform=record["transform"], test="z"
        )
        interval = result.groups[0].tau2_interval
        assert interval is not None
        # 1e-6: confint() finds its roots with uniroot, ours by another bracketing
        assert off(interval.low, record["tau2_low"]) < 1e-6
        assert off(interval.high, record["tau2_high"]) < 1e-6


def glmm_records() -> dict[str, dict[int, dict[str, float]]]:
    found: dict[str, dict[int, dict[str, float]]] = {}
    for record in records("glmm.jsonl"):
        found.setdefault(record["data"], {})[record["nodes"]] = record
    return found


@pytest.mark.parametrize("data", sorted(glmm_records()))
def test_glmm_agrees_within_the_error_of_the_other_quadrature(data: str) -> None:
    events, total = counts(data)
    group = evidence.pool(events, total, test="z").fitted[0].result
    seven, hundred = glmm_records()[data][7], glmm_records()[data][100]
    ours = {
        "beta": group.model_estimate,
        "se": group.model_se,
        "tau2": group.tau2,
        "i2": None if group.i2 is None else group.i2 / 100,
    }
    for field, value in ours.items():
        assert value is not None
        scale = 100 if field == "i2" else 1
        of_seven, of_hundred = seven[field] / scale, hundred[field] / scale
        # 1e-4: lme4 stops its optimiser there; beyond it only R's own change from 7 to 100 nodes
        assert abs(value - of_hundred) < 1e-4
        assert abs(value - of_seven) < 1e-4 + abs(of_seven - of_hundred)


@pytest.mark.parametrize("data", sorted(glmm_records()))
def test_glmm_heterogeneity_tests_agree(data: str) -> None:
    events, total = counts(data)
    group = evidence.pool(events, total, test="z").fitted[0].result
    record = glmm_records()[data][7]
    assert off(group.lrt, record["lrt"]) < 1e-6  # both are closed forms; glm stops at 1e-8
    assert off(group.q, record["q"]) < 1e-4  # glm leaves series at 0 or all events a small weight


def as_list(value: Any) -> list[float]:
    return value if isinstance(value, list) else [value]


def pool_record(record: dict[str, Any], **options: Any) -> Any:
    name, _, among = record["by"].partition(":")
    keep = [
        row
        for row in rows(record["data"])
        if row[name] not in ("", "NA") and (not among or row[name] in among.split("|"))
    ]
    return evidence.pool(
        [int(row["events"]) for row in keep],
        [int(row["total"]) for row in keep],
        by=[row[name] for row in keep],
        mixed=None,
        **options,
    )


@pytest.mark.parametrize("data", sorted({record["data"] for record in records("grouped.jsonl")}))
def test_groups_with_a_common_tau2_agree(data: str) -> None:
    for record in records("grouped.jsonl"):
        if record["data"] != data or record["method"] == "glmm":
            continue
        result = pool_record(record, method=record["method"], test=record["test"])
        limit = tolerance(record["method"])
        assert off(result.between.q_m, record["q_m"]) < limit
        assert off(result.between.p, record["p"]) < limit
        assert off(result.between.tau2, record["tau2"]) < limit
        for at, level in enumerate(record["levels"][1:]):
            contrast = result.compare(level, record["levels"][0])
            assert off(contrast.odds_ratio, as_list(record["or"])[at]) < limit
            assert off(contrast.ci_low, as_list(record["or_low"])[at]) < limit
            assert off(contrast.ci_high, as_list(record["or_high"])[at]) < limit
            assert off(contrast.p, as_list(record["or_p"])[at]) < limit


def grouped_glmm() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of records with 7 and with 100 nodes."""
    found = records("glmm_grouped.jsonl")
    return list(zip(found[::2], found[1::2], strict=True))


@pytest.mark.parametrize(
    "pair", grouped_glmm(), ids=lambda pair: f"{pair[0]['data']} {pair[0]['by']}"
)
def test_glmm_by_group_agrees_within_the_error_of_the_other_quadrature(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    seven, hundred = pair
    result = pool_record(seven, test="z")

    def check(ours: float, of_seven: float, of_hundred: float) -> None:
        # lme4 stops its optimiser near 1e-4 of a coefficient; 1e-3 relative for what is
        # exponentiated or squared from it, and R's own change from 7 to 100 nodes on top
        limit = 1e-3 * max(abs(of_hundred), 1.0)
        assert abs(ours - of_hundred) < limit
        assert abs(ours - of_seven) < limit + abs(of_seven - of_hundred)

    check(result.between.q_m, seven["q_m"], hundred["q_m"])
    check(result.between.tau2, seven["tau2"], hundred["tau2"])
    for at, level in enumerate(seven["levels"][1:]):
        contrast = result.compare(level, seven["levels"][0])
        for ours, theirs in (
            (contrast.odds_ratio, "or"),
            (contrast.ci_low, "or_low"),
            (contrast.ci_high, "or_high"),
        ):
            check(ours, seven[theirs][at], hundred[theirs][at])


def test_route_of_alemtuzumab_as_headline() -> None:
    # the review's headline figures: common-tau2 model of IV and SC, z interval
    result = evidence.pool(*counts("alemtuzumab"), by=column("alemtuzumab", "route"), test="z")
    contrast = result.compare("SC", "IV")
    assert round(contrast.odds_ratio or 0, 2) == 5.88
    assert (round(contrast.ci_low or 0, 2), round(contrast.ci_high or 0, 2)) == (2.55, 13.54)
