"""The abbreviations this report uses, each with what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.outcome import OUTCOME_NAMES
from evidence.report.context import ReportContext
from evidence.report.numbers import words_of
from evidence.report.text import Sentence
from evidence.report.words import Words

ROUTES = {
    "IV": "intravenous",
    "SC": "subcutaneous",
    "IM": "intramuscular",
    "PO": "by mouth",
}
STATISTICS = {
    "n/N": "patients with the outcome, of all patients",
    "CI": "confidence interval",
    "SE": "standard error",
    "τ²": "variance between series",
    "I²": "share of the variation that lies between series",
    "Q": "sum of weighted squared differences",
    "df": "degrees of freedom",
    "p (Holm)": "p adjusted for the number of comparisons (Holm 1979)",
}
MODELS = {
    "GLMM": "generalized linear mixed model",
    "REML": "restricted maximum likelihood",
}
"""Models that the report names by their letters, where it ran them."""


def abbreviations(ctx: ReportContext) -> Sentence:
    """``CR, complete response; SS, Sézary syndrome; …``: only what the review has."""
    if not ctx.pooled:
        return ()
    w = words_of(ctx)
    known = [*_clinical(ctx, w), *((w(short), w(name)) for short, name in STATISTICS.items())]
    known += [(short, w(name)) for short, name in MODELS.items() if short in _models(ctx)]
    listed = "; ".join(f"{short}, {name}" for short, name in known)
    return w.say("Abbreviations: {list}.", list=listed)


def _clinical(ctx: ReportContext, w: Words) -> Iterator[tuple[str, str]]:
    present = {row.outcome for row in ctx.rows}
    for outcome in ctx.protocol.outcomes:
        if outcome in present and outcome in OUTCOME_NAMES:
            yield outcome, w(OUTCOME_NAMES[outcome])
    patients = {word for row in ctx.rows for word in re.findall(r"[\w/-]+", row.population)}
    for code, name in sorted(ctx.protocol.population.names.items()):
        if code in patients:
            yield code, w(name)
    routes = {row.route for row in ctx.rows}
    for route, name in ROUTES.items():
        if route in routes:
            yield route, w(name)


def _models(ctx: ReportContext) -> str:
    """The words in which the report tells what it ran."""
    ran = [g.method or result.method for result in ctx.pooled.values() for g in result.groups]
    analyses = [line.label for found in (ctx.sensitivity or {}).values() for line in found]
    return " ".join([*ran, *analyses]).upper()
