"""Conditional GLMM of pairs and the beta-binomial, against R (``make_models.R``)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from reference_values import counts, off, records
from scipy.special import gammaln

from evidence.pooling import Pair, within
from evidence.pooling.beta_binomial import fit_beta_binomial


@pytest.mark.parametrize("record", records("models.jsonl", "conditional"))
def test_conditional_glmm_of_pairs(record: dict[str, Any]) -> None:
    columns = (record[name] for name in ("ai", "n1", "ci", "n2"))
    pairs = [
        Pair(series=str(at), events_a=a, total_a=na, events_b=b, total_b=nb)
        for at, (a, na, b, nb) in enumerate(zip(*columns, strict=True))
    ]
    found = within(pairs, method="conditional-glmm")
    assert off(found.log_odds_ratio, record["beta"]) < 1e-6
    assert off(found.tau2, record["tau2"]) < 1e-5
    # R: a numerical Hessian of the non-central hypergeometric likelihood
    assert off(found.se, record["se"]) < 1e-3


@pytest.mark.parametrize("record", records("models.jsonl", "beta-binomial"))
def test_beta_binomial(record: dict[str, Any]) -> None:
    events, total = (np.array(column, float) for column in counts(record["data"]))
    fit = fit_beta_binomial(events, total)
    ways = gammaln(total + 1) - gammaln(events + 1) - gammaln(total - events + 1)
    gain = fit.loglik + ways.sum() - record["loglik"]
    assert fit.converged
    assert gain > -1e-8
    if record["data"] == "graves2010":
        # VGAM stops 523 below the maximum, near intraclass correlation 0
        assert gain > 500
        return
    assert off(fit.mean_logit, record["mean_logit"], floor=1.0) < 1e-6
    assert off(fit.rho, record["rho"]) < 1e-5
