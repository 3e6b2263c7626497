"""R syntax: a script for metafor and its data that reproduce each pooled number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

from evidence.pooling import Result, Settings
from evidence.pooling.fitted import GroupFit

MEASURES = {
    "logit": "PLO",
    "arcsine": "PAS",
    "double-arcsine": "PFT",
    "raw": "PR",
    "log": "PLN",
}
BACK = {
    "logit": "transf.ilogit",
    "arcsine": "transf.iarcsin",
    "double-arcsine": "function(x) transf.ipft.hm(x, targs = list(ni = d$total))",
    "raw": "function(x) pmin(pmax(x, 0), 1)",
    "log": "function(x) pmin(exp(x), 1)",
}
TESTS = {"z": "z", "t": "t", "hk": "knha", "hk-adhoc": "adhoc"}
METHODS = {"common": "EE"}
NOT_IN_METAFOR = ("beta-binomial", "bayes")

HEAD = """\
# Reproduces the pooled proportions of '{outcome}' with R's metafor.
# Run in the folder of this file: Rscript {script}
# Prints one line per pooled number and writes them to {output}.
suppressMessages(library(metafor))
tight <- list(threshold = 1e-12, maxiter = 10000, tol = 1e-12, tau2.max = 1e5)
all <- read.csv("{data}", stringsAsFactors = FALSE, na.strings = "",
                colClasses = c(series = "character"))
found <- NULL
row <- function(what, k, estimate, low, high, pi_low = NA, pi_high = NA, tau2 = NA, i2 = NA)
  found <<- rbind(found, data.frame(what, k, estimate, ci_low = low, ci_high = high,
                                    pi_low, pi_high, tau2, i2))
report <- function(what, res, back) {{
  p <- predict(res)
  g <- function(x) if (is.null(x)) NA else vapply(x, back, 0)
  row(what, res$k, g(p$pred), g(p$ci.lb), g(p$ci.ub), g(p$pi.lb), g(p$pi.ub), res$tau2, res$I2)
}}
"""
TAIL = """
print(found, digits = 6, row.names = FALSE)
write.csv(found, "{output}", row.names = FALSE)
"""


def write_metafor(results: Result | Sequence[Result] | Mapping[str, Result]) -> dict[str, str]:
    """File name -> text: for each result ``NAME.csv`` with the counts and ``NAME.R``.

    The script fits every group alone and the levels' common-tau2 model; what metafor cannot
    fit (beta-binomial, Bayes) is a comment in it. Nothing is written to disk here.
    """
    named = _named(results)
    files: dict[str, str] = {}
    for name, result in named.items():
        files[f"{name}.csv"] = _data(result)
        files[f"{name}.R"] = _script(name, result)
    return files


def _named(results: Result | Sequence[Result] | Mapping[str, Result]) -> dict[str, Result]:
    if isinstance(results, Result):
        results = [results]
    if isinstance(results, Mapping):
        return {_file_name(name): result for name, result in results.items()}
    named: dict[str, Result] = {}
    for result in results:
        by = f"-by-{result.data.by_name}" if result.data.by_name else ""
        base = name = _file_name(f"{result.data.outcome}{by}")
        number = 2
        while name in named:
            name, number = f"{base}-{number}", number + 1
        named[name] = result
    return named


def _file_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "pooled"


def _data(result: Result) -> str:
    counts, data = result.data.counts, result.data
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["series", "events", "total", "group"])
    for at, name in enumerate(counts.series):
        group = "" if data.by is None else data.by[at] or ""
        writer.writerow([name, int(counts.events[at]), int(counts.total[at]), group])
    return out.getvalue()


def _script(name: str, result: Result) -> str:
    files = {"script": f"{name}.R", "data": f"{name}.csv", "output": f"{name}-metafor.csv"}
    head = HEAD.format(
        outcome=result.data.outcome.replace("\n", " "),
        **files,
    )
    parts = [head]
    if result.data.by is not None:
        parts.append(_fit(result.overall_fit, "all series", "all"))
        parts += [
            _fit(group, group.result.group, f"all[all$group == {_quoted(group.result.group)}, ]")
            for group in result.fitted
        ]
        parts.append(_contrasts(result))
    else:
        parts.append(_fit(result.fitted[0], "all series", "all"))
    return "\n".join([*parts, TAIL.format(**files)])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _fit(group: GroupFit, what: str, rows: str) -> str:
    """R lines for one group, by the method that really ran."""
    settings, method = group.settings, group.result.method
    level = f"{settings.level:g}"
    lines = ["", f"# {what}", f"d <- {rows}"]
    if method == "exact":
        return "\n".join(
            [
                *lines,
                f"b <- binom.test(sum(d$events), sum(d$total), conf.level = {level})",
                f"row({_quoted(what)}, nrow(d), b$estimate, b$conf.int[1], b$conf.int[2])",
            ]
        )
    if method in NOT_IN_METAFOR:
        return "\n".join([*lines, f"# method '{method}' is not in metafor"])
    transform = "logit" if settings.method == "glmm" else settings.transform
    call = _call(method, settings, test=TESTS[settings.test])
    return "\n".join([*lines, f"report({_quoted(what)}, {call}, {BACK[transform]})"])


def _call(method: str, settings: Settings, *, test: str, mods: str = "") -> str:
    level = "" if settings.level == 0.95 else f", level = {100 * settings.level:g}"
    if method == "glmm":
        return (
            f'rma.glmm(measure = "PLO", xi = events, ni = total, data = d{mods}, '
            f'nAGQ = 50, test = "{test}"{level})'
        )
    transform = "logit" if settings.method == "glmm" else settings.transform
    added = settings.correction if settings.method != "glmm" else 0.5
    add = "" if added == 0.5 else f', add = {added:g}, to = "only0"'
    return (
        f'rma(measure = "{MEASURES[transform]}", xi = events, ni = total, data = d{mods}, '
        f'method = "{METHODS.get(method, method.upper())}", test = "{test}"{add}{level}, '
        "control = tight)"
    )


def _contrasts(result: Result) -> str:
    """Odds ratios of every pair from the model they came from (log odds only)."""
    settings = result.settings
    if settings.transform != "logit" or settings.method in NOT_IN_METAFOR:
        return ""
    test = "z" if settings.method == "glmm" else TESTS[settings.test]
    lines = ["", "# contrasts: levels in one model with a common tau2"]
    glmm = settings.method == "glmm"
    levels = [
        group.result.group
        for group in result.fitted
        if not glmm or 0 < group.result.events < group.result.total
    ]
    for contrast in result.contrasts:
        if contrast.odds_ratio is None:
            continue
        among = levels
        if contrast.model.endswith("series"):
            among = [level for level in levels if level != settings.mixed]
        names = ", ".join(_quoted(level) for level in among)
        mods = f", mods = ~ relevel(factor(group), ref = {_quoted(contrast.b)})"
        call = _call(settings.method, settings, test=test, mods=mods)
        what = f"OR {contrast.a} against {contrast.b}"
        lines += [
            f"d <- all[all$group %in% c({names}), ]",
            f"res <- {call}",
            f"at <- 1 + match({_quoted(contrast.a)}, "
            f"setdiff(levels(relevel(factor(d$group), ref = {_quoted(contrast.b)})), "
            f"{_quoted(contrast.b)}))",
            f"row({_quoted(what)}, nrow(d), exp(res$beta[at]), exp(res$ci.lb[at]), "
            "exp(res$ci.ub[at]), tau2 = res$tau2)",
        ]
    return "\n".join(lines)
