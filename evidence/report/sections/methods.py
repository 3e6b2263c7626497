"""Methods, written from what was actually run."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.pooled import Pooled
from evidence.report.abbreviations import abbreviations
from evidence.report.context import ReportContext
from evidence.report.numbers import words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.text import Sentence, Value, level_text
from evidence.report.words import Words

MODELS = {
    "glmm": "a binomial–normal model with a random intercept on the log odds, fitted by maximum"
    " likelihood with adaptive Gauss–Hermite quadrature (Stijnen 2010)",
    "reml": "inverse-variance pooling with restricted maximum likelihood for the variance between"
    " series",
    "dl": "inverse-variance pooling with the DerSimonian–Laird variance between series",
    "pm": "inverse-variance pooling with the Paule–Mandel variance between series",
    "ml": "inverse-variance pooling with maximum likelihood for the variance between series",
    "eb": "inverse-variance pooling with the empirical Bayes variance between series",
    "sj": "inverse-variance pooling with the Sidik–Jonkman variance between series",
    "hs": "inverse-variance pooling with the Hunter–Schmidt variance between series",
    "he": "inverse-variance pooling with the Hedges variance between series",
    "common": "inverse-variance pooling under one proportion common to all series",
    "beta-binomial": "a beta-binomial model fitted by maximum likelihood",
    "exact": "the exact interval of the pooled counts (one series, or all or no events)",
    "bayes": "a Bayesian binomial–normal model with a half-normal prior on the standard deviation"
    " between series, computed by quadrature on a grid",
}
SHORT = {
    "glmm": "binomial–normal (glmm)",
    "dl": "inverse variance, DerSimonian–Laird (dl)",
    "common": "inverse variance, one common proportion (common)",
}
"""Names of models in a table; the others go by their own."""
FEW_DOCUMENTS = 12
INTERVALS = {
    "clopper-pearson": "exact (Clopper–Pearson)",
    "wilson": "Wilson score",
    "jeffreys": "Jeffreys",
    "agresti-coull": "Agresti–Coull",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodsContext:
    """Paragraphs and the list of analyses."""

    paragraphs: tuple[Sentence, ...]
    analyses: Table | None
    """What ran: outcome, grouping, model, transform, interval; None when nothing ran."""


def build(ctx: ReportContext) -> MethodsContext:
    """Describe sources, reading, counting rules, models, software; spell out abbreviations."""
    paragraphs = [_sources(ctx), _reading(ctx), _counting(ctx)]
    paragraphs += _models(ctx)
    paragraphs += [_software(ctx), abbreviations(ctx)]
    return MethodsContext(paragraphs=tuple(p for p in paragraphs if p), analyses=_analyses(ctx))


def _sources(ctx: ReportContext) -> Sentence:
    w = words_of(ctx)
    documents = sorted(
        {row.document for row in ctx.rows if row.document}
        or {entry.series.source.document for entry in ctx.series}
    )
    if not documents:
        return w.say("No document has been read.")
    few = len(documents) <= FEW_DOCUMENTS
    read = w.say(
        "The series were read from {n} ({names}).",
        n=Value(
            w.many("{n} document", "{n} documents", len(documents)).format(n=len(documents)),
            "sec-reproducibility" if few else "table-series",
        ),
        names="; ".join(documents) if few else w("named in Table 1"),
    )
    others = len(ctx.protocol.source) - len({row.source for row in ctx.rows if row.source})
    if not ctx.corrected or others < 1:
        return read
    more = w.say(
        "What {n} of some of these series would change is shown apart.",
        n=Value(
            w.many("{n} other source", "{n} other sources", others).format(n=others),
            "sec-sources",
        ),
    )
    return (*read, " ", *more)


def _reading(ctx: ReportContext) -> Sentence:
    w = words_of(ctx)
    by_status = {
        status: sum(entry.series.status == status for entry in ctx.series)
        for status in ("confirmed", "corrected", "unverified", "rejected")
    }
    return w.say(
        "Each value was read from its table cell or sentence together with page and position on"
        " the page; a person then confirmed {confirmed}, corrected {corrected}, rejected"
        " {rejected} and has not yet looked at {unverified} of the series files.",
        **{status: Value(str(n), "sec-provenance") for status, n in by_status.items()},
    )


def _counting(ctx: ReportContext) -> Sentence:
    w = words_of(ctx)
    derived = sum(row.how == "derived" for row in ctx.rows)
    if not derived:
        return w.say(
            "A count that is not printed is not reported: it was never taken as nought. No count"
            " was derived."
        )
    return w.say(
        "A count that is not printed is not reported: it was never taken as nought. {n} were"
        " derived by a stated rule from what is printed (such as no complete response where only"
        " partial responders are listed) and carry the mark †; the sensitivity section says what"
        " the results are without them.",
        n=Value(w.many("{n} count", "{n} counts", derived).format(n=derived), "sec-provenance"),
    )


def _models(ctx: ReportContext) -> list[Sentence]:
    w = words_of(ctx)
    results = list(ctx.pooled.values())
    if not results:
        return [w.say("Nothing was pooled.")]
    first = results[0]
    interval = INTERVALS.get(ctx.protocol.model.study_interval, ctx.protocol.model.study_interval)
    sentences = [
        w.say(
            "Proportions were pooled with {model}{transform}. Intervals are {level} intervals;"
            " those of single series are {interval}.",
            model=w(MODELS.get(first.method, first.method)),
            transform=_transform(ctx, first),
            level=level_text(first.level),
            interval=w(interval),
        )
    ]
    fallbacks = sorted({g.method for r in results for g in r.groups if g.method} - {first.method})
    if fallbacks:
        sentences.append(
            w.say(
                "Where that model could not be used the results name what ran instead: {methods}.",
                methods="; ".join(w(MODELS.get(name, name)) for name in fallbacks),
            )
        )
    sentences.append(
        w.say(
            "A group of one series is shown with its own exact interval and is not pooled. A"
            " proportion pooled here describes uncontrolled series; differences between groups"
            " are descriptive."
        )
    )
    return sentences


def _transform(ctx: ReportContext, result: Pooled) -> str:
    if result.method in ("glmm", "beta-binomial", "bayes"):
        return ""
    return " " + words_of(ctx)("on the {name} scale").format(name=result.transform)


def _software(ctx: ReportContext) -> Sentence:
    w = words_of(ctx)
    if not ctx.software:
        return w.say("The versions of the software were not recorded.")
    named = ", ".join(f"{name} {version}" for name, version in sorted(ctx.software.items()))
    return w.say("Software: {named}.", named=named)


def _short_models(w: Words, result: Pooled) -> list[str]:
    ran = {group.method or result.method for group in result.groups} or {result.method}
    return [w(SHORT.get(name, name)) for name in sorted(ran)]


def _analyses(ctx: ReportContext) -> Table | None:
    w = words_of(ctx)
    if not ctx.pooled:
        return None
    merged: dict[tuple[str, ...], list[str]] = {}
    for result in ctx.pooled.values():
        key = (
            w(result.by) if result.by else w("overall"),
            ", ".join(_short_models(w, result)),
            result.transform,
            f"{result.test}, {level_text(result.level)}",
        )
        merged.setdefault(key, []).append(result.outcome)
    heads = (w("Outcomes"), w("By"), w("Model"), w("Scale"), w("Interval"))
    return Table(
        ident="table-analyses",
        caption=w("Analyses that were run"),
        columns=columns(*heads),
        lines=tuple(
            Line(cells=(", ".join(dict.fromkeys(outcomes)), *key))
            for key, outcomes in merged.items()
        ),
        notes=(
            w(
                "What has no table below is in results.json, and in the explorer of the HTML"
                " report."
            ),
        ),
    )
