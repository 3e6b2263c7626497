"""A pooled result in words: one line per group, and a summary with warnings by their number."""

from __future__ import annotations

from html import escape

from evidence.errors import Problem
from evidence.model.pooled import Between, Contrast, GroupResult, Interval, Pooled


def number(value: float | None, digits: int = 2) -> str:
    """A number as printed; n/a for what does not exist."""
    return "n/a" if value is None else f"{value:.{digits}f}"


def percent(value: float | None, total: int) -> str:
    """Percent; one decimal from 100 patients on, none below."""
    if value is None:
        return "n/a"
    return f"{100 * value:.{1 if total >= 100 else 0}f}%"


def p_value(value: float | None) -> str:
    """p to three places, never as zero."""
    if value is None:
        return "p n/a"
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"


def one_line(pooled: Pooled, group: GroupResult) -> str:
    """``ORR by route SC: 83% (95% CI 69 to 92%), 57/69 in 6 series, prediction 41 to 97%``."""
    head = pooled.outcome if pooled.by is None else f"{pooled.outcome} by {pooled.by} {group.group}"
    total = group.total
    parts = [
        f"{head}: {percent(group.estimate, total)} "
        f"({pooled.level:.0%} CI {_span(group.ci_low, group.ci_high, total)})",
        f"{group.events}/{total} in {group.k} series",
    ]
    if group.pi_low is not None:
        parts.append(f"prediction {_span(group.pi_low, group.pi_high, total)}")
    return ", ".join(parts)


def summarise(pooled: Pooled) -> str:
    """The whole result as lines of text."""
    lines = [
        f"{pooled.outcome}: pooled proportion across uncontrolled series",
        f"method {pooled.method}, {pooled.transform}, test {pooled.test}, "
        f"{pooled.level:.0%} intervals",
    ]
    if pooled.by is not None and pooled.overall is not None:
        lines += ["", *_group_lines(pooled, pooled.overall, _of_all(pooled))]
    for group in pooled.groups:
        title = "all series" if pooled.by is None else f"{pooled.by} {group.group}"
        lines += ["", *_group_lines(pooled, group, f"{title}: {group.k} series")]
    lines += _comparison_lines(pooled)
    lines += [f"left out: {item.series} ({item.reason})" for item in pooled.excluded]
    lines += problem_lines(pooled.problems)
    return "\n".join(lines)


def _of_all(pooled: Pooled) -> str:
    """``all series: 14 series``; where a series stands in several levels, of how many it is."""
    if pooled.overall is None:
        return "all series"
    k = pooled.overall.k
    series = len({study.series for study in pooled.overall.studies})
    if 0 < series < k:
        return f"all levels: {k} rows of {series} series, each row counted as a series"
    return f"all series: {k} series"


def _group_lines(pooled: Pooled, group: GroupResult, title: str) -> list[str]:
    total = group.total
    level = f"{pooled.level:.0%}"
    lines = [
        f"{title}, {total} patients",
        f"  {group.events}/{total}; {percent(group.estimate, total)} "
        f"({level} CI {_span(group.ci_low, group.ci_high, total)})",
    ]
    if group.pi_low is not None:
        lines.append(
            f"  prediction interval {_span(group.pi_low, group.pi_high, total)}, {group.pi_df}"
        )
    lines += [f"  {line}" for line in (*_spread_lines(group), *_average_line(group))]
    return lines + [f"  {line}" for line in problem_lines(group.problems)]


def _spread_lines(group: GroupResult) -> list[str]:
    lines = []
    if group.tau2 is not None:
        line = f"tau2 {number(group.tau2, 3)}{_interval(group.tau2_interval, 3)}"
        if group.i2 is not None:
            line += (
                f"; I² {number(group.i2, 0)}%{_interval(group.i2_interval, 0)} "
                f"({group.i2_definition}); H² {number(group.h2)}"
            )
        lines.append(line)
    if group.q is not None:
        wald = f"Q {number(group.q, 1)}, df {group.q_df}, {p_value(group.q_p)}"
        lines.append(f"{wald}{_lrt(group)}")
    return lines


def _average_line(group: GroupResult) -> list[str]:
    if group.population_estimate is None or group.population_estimate == group.estimate:
        return []
    average = percent(group.population_estimate, group.total)
    if group.population_ci_low is not None:
        span = _span(group.population_ci_low, group.population_ci_high, group.total)
        average = f"{average} ({span})"
    return [f"mean over series {average}; the proportion above is that of the median series"]


def _lrt(group: GroupResult) -> str:
    return "" if group.lrt is None else f"; LR {number(group.lrt, 1)}, {p_value(group.lrt_p)}"


def _span(low: float | None, high: float | None, total: int) -> str:
    ends = [percent(value, total).removesuffix("%") for value in (low, high)]
    return f"{ends[0]} to {ends[1]}%"


def _interval(interval: Interval | None, digits: int) -> str:
    if interval is None:
        return ""
    return (
        f" ({number(interval.low, digits)} to {number(interval.high, digits)}, {interval.method})"
    )


def _comparison_lines(pooled: Pooled) -> list[str]:
    lines = []
    if pooled.between is not None:
        lines = ["", f"between levels of {pooled.by}: {_between(pooled.between)}"]
    elif pooled.contrasts:
        lines = ["", f"between levels of {pooled.by}:"]
    return lines + [contrast_line(contrast, pooled.level) for contrast in pooled.contrasts]


def _between(between: Between) -> str:
    name = "Q_M" if between.statistic == "chi2" else "F"
    df = f"{between.df}" if between.df2 is None else f"{between.df} and {between.df2:.0f}"
    text = f"{name} {number(between.q_m)}, df {df}, {p_value(between.p)} ({between.model})"
    if between.lrt is not None:
        text += f"; LR {number(between.lrt)}, {p_value(between.lrt_p)}"
    return text


def contrast_line(contrast: Contrast, level: float) -> str:
    """``SC against IV: OR 5.88 (95% CI ...); +37 percentage points (...)`` with its caution."""
    head = f"  {contrast.a} against {contrast.b}: "
    if contrast.odds_ratio is None:
        return f"{head}n/a (a level has no fitted, finite log odds)"
    points = [
        "n/a" if value is None else f"{100 * value:+.0f}"
        for value in (
            contrast.difference,
            contrast.difference_ci_low,
            contrast.difference_ci_high,
        )
    ]
    text = (
        f"{head}OR {number(contrast.odds_ratio)} ({level:.0%} CI {number(contrast.ci_low)} to "
        f"{number(contrast.ci_high)}){_evidence(contrast)}; {points[0]} percentage points "
        f"({points[1]} to {points[2]})"
    )
    if contrast.p_holm is not None and contrast.p_holm != contrast.p:
        text += f", Holm {p_value(contrast.p_holm)}"
    return text if contrast.aliased is None else f"{text} [aliased: {contrast.aliased}]"


def _evidence(contrast: Contrast) -> str:
    if contrast.probability is not None:
        return f", P({contrast.a} > {contrast.b}) = {contrast.probability:.3f}"
    return "" if contrast.p is None else f", {p_value(contrast.p)}"


def problem_lines(problems: tuple[Problem, ...]) -> list[str]:
    """``! few-series: ...`` each on its line."""
    return [f"! {problem.code}: {problem}" for problem in problems]


def as_html(pooled: Pooled) -> str:
    """A table for notebooks, one row per group, problems below."""
    groups = pooled.groups
    if pooled.by is not None and pooled.overall is not None:
        groups = (*groups, pooled.overall)
    heads = ("group", "k", "n/N", "proportion", f"{pooled.level:.0%} CI", "PI", "tau²", "I²")
    rows = "".join(f"<tr>{''.join(_cells(group))}</tr>" for group in groups)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    problems = [problem for group in groups for problem in group.problems]
    notes = "".join(
        f"<li><code>{escape(problem.code)}</code> {escape(str(problem))}</li>"
        for problem in (*problems, *pooled.problems)
    )
    caption = f"{pooled.outcome}" + ("" if pooled.by is None else f" by {pooled.by}")
    return (
        f"<table><caption>{escape(caption)}, {escape(pooled.method)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><ul>{notes}</ul>"
    )


def _cells(group: GroupResult) -> list[str]:
    total = group.total
    values = [
        f"{group.k}",
        f"{group.events}/{total}",
        percent(group.estimate, total),
        _span(group.ci_low, group.ci_high, total),
        "n/a" if group.pi_low is None else _span(group.pi_low, group.pi_high, total),
        number(group.tau2),
        "n/a" if group.i2 is None else f"{group.i2:.0f}%",
    ]
    name = f'<th scope="row">{escape(group.group)}</th>'
    return [name, *(f"<td>{escape(value)}</td>" for value in values)]
