"""What a forest plot shows, line by line, from pooled results and evidence rows; not drawn yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.model.pooled import GroupResult, Pooled, StudyResult
from evidence.model.row import EvidenceRow
from evidence.report.context import ReportContext
from evidence.report.links import result_anchor, row_anchor
from evidence.report.text import interval, number_text, percent_number, plain, short_number
from evidence.report.words import Words, words

Kind = Literal["series", "heading", "pooled", "overall", "prediction", "foot", "single"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestLine:
    """One line of a forest plot; proportions 0-1, None where there is nothing to draw."""

    kind: Kind
    label: str
    route: str = ""
    dose: str = ""
    disease: str = ""
    events: int | None = None
    total: int | None = None
    derived: bool = False
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    size: float = 0.0
    """Share of the largest weight (or total) on the figure, 0-1."""
    href: str | None = None

    @property
    def counts(self) -> str:
        """``12/14†``, or nothing."""
        if self.events is None or self.total is None:
            return ""
        return f"{self.events}/{self.total}{'†' if self.derived else ''}"


def dose_text(row: EvidenceRow) -> str:
    """``30 mg``, ``10–15 mg``, or nothing when not reported."""
    if row.dose_mg_low is None:
        return ""
    low, high = row.dose_mg_low, row.dose_mg_high
    span = short_number(low)
    if high is not None and high != low:
        span += f"–{short_number(high)}"
    return f"{span} {row.dose_unit}".strip()


def group_value(row: EvidenceRow, by: str | None) -> str | None:
    """The level of a grouping a row belongs to."""
    if by is None:
        return "all"
    value = row.dose_band if by == "dose" else getattr(row, by, None)
    return None if value is None else str(value)


def find_row(
    rows: tuple[EvidenceRow, ...], study: StudyResult, outcome: str, by: str | None, group: str
) -> EvidenceRow | None:
    """The evidence row a pooled study was made from; None when it cannot be told."""
    same = [
        row for row in rows if row.outcome == outcome and study.series in (row.series, row.label)
    ]
    exact = [row for row in same if (row.events, row.total) == (study.events, study.total)]
    candidates = exact or same
    matching = [row for row in candidates if group_value(row, by) == group]
    ordered = sorted(matching or candidates, key=lambda row: row.stratum != "all")
    return ordered[0] if ordered else None


def forest_lines(ctx: ReportContext, outcome: str, by: str | None) -> tuple[ForestLine, ...]:
    """Every line from top to bottom: groups with their series, then the overall result."""
    result = ctx.result(outcome, by)
    if result is None:
        return ()
    w = words(ctx.protocol.review.language)
    largest = _largest(result)
    lines: list[ForestLine] = []
    for group in result.groups:
        if by is not None:
            lines.append(ForestLine(kind="heading", label=w.level(group.group)))
        lines += _study_lines(ctx, outcome, by, group, largest)
        if by is not None:
            lines += pooled_lines(w, outcome, by, group, kind="pooled")
    overall = ctx.result(outcome, None)
    if overall is not None:
        for group in overall.groups:
            lines += pooled_lines(w, outcome, None, group, kind="overall")
    return tuple(lines)


def _study_lines(
    ctx: ReportContext, outcome: str, by: str | None, group: GroupResult, largest: float
) -> list[ForestLine]:
    found = [
        (study, find_row(ctx.rows, study, outcome, by, group.group)) for study in group.studies
    ]
    found.sort(key=lambda pair: (pair[1].year or 9999 if pair[1] else 9999, pair[0].series))
    w = words(ctx.protocol.review.language)
    return [study_line(w, study, row, largest=largest) for study, row in found]


def study_line(
    w: Words, study: StudyResult, row: EvidenceRow | None, *, largest: float
) -> ForestLine:
    """One series with its exact interval."""
    weight = study.weight if study.weight is not None else float(study.total)
    return ForestLine(
        kind="series",
        label=row.label + _part(row) if row else study.series,
        route=w.level(row.route or "") if row else "",
        dose=dose_text(row) if row else "",
        disease=(row.disease or plain(w.told(row.population))) if row else "",
        events=study.events,
        total=study.total,
        derived=study.derived or bool(row and row.how == "derived"),
        estimate=study.estimate,
        low=study.ci_low,
        high=study.ci_high,
        size=weight / largest if largest else 0.0,
        href=row_anchor(row) if row else None,
    )


def _part(row: EvidenceRow) -> str:
    """`` (high dose)``: the arm or group of a row that is not its whole series."""
    group = row.stratum if row.stratum != "all" and not row.disease else None
    named = ", ".join(filter(None, (row.arm, group)))
    return f" ({named})" if named else ""


def pooled_lines(
    w: Words, outcome: str, by: str | None, group: GroupResult, *, kind: Kind
) -> list[ForestLine]:
    """The diamond, the prediction interval and the foot of a group; a lone series gets words."""
    href = result_anchor(outcome, by, group.group)
    name = w("All series") if by is None else w.level(group.group)
    label = f"{name}: {w.series_patients(group.k, group.total)}"
    if group.k == 1:
        text = w("{group}: one series, so no pooled proportion").format(group=name)
        return [ForestLine(kind="single", label=text, href=href)]
    lines = [
        ForestLine(
            kind=kind,
            label=label,
            events=group.events,
            total=group.total,
            derived=any(study.derived for study in group.studies),
            estimate=group.estimate,
            low=group.ci_low,
            high=group.ci_high,
            href=href,
        )
    ]
    if group.pi_low is not None and group.pi_high is not None:
        lines.append(
            ForestLine(
                kind="prediction",
                label=w("Prediction interval for a new series"),
                total=group.total,
                low=group.pi_low,
                high=group.pi_high,
                href=href,
            )
        )
    lines.append(ForestLine(kind="foot", label=heterogeneity_text(w, group), href=href))
    return lines


def heterogeneity_text(w: Words, group: GroupResult) -> str:
    """``τ² 0.51 (0.12–2.01); I² 58% (30–75)`` and the codes of the group's warnings."""
    if group.tau2 is None:
        parts = [w("heterogeneity not estimated")]
    else:
        parts = [f"τ² {number_text(group.tau2)}{_span(group.tau2_interval, number_text)}"]
    if group.i2 is not None:
        parts.append(f"I² {group.i2:.0f}%{_span(group.i2_interval, lambda v: f'{v:.0f}')}")
    codes = sorted({problem.code for problem in group.problems})
    if codes:
        parts.append(w("warnings: {codes}").format(codes=", ".join(codes)))
    return "; ".join(parts)


def _span(interval: object, show: object) -> str:
    low, high = getattr(interval, "low", None), getattr(interval, "high", None)
    if not callable(show) or low is None:
        return ""
    return f" ({show(low)}–{show(high) if high is not None else '∞'})"


def _largest(result: Pooled) -> float:
    sizes = [
        study.weight if study.weight is not None else float(study.total)
        for group in result.groups
        for study in group.studies
    ]
    return max(sizes, default=0.0)


def line_percent(line: ForestLine) -> str:
    """``84% (60–97)``; the interval alone for a prediction interval."""
    if line.low is None or line.high is None:
        return ""
    span = interval(line.low, line.high, line.total)
    if line.estimate is None:
        return f"{span}%" if line.kind == "prediction" else f"({span})"
    return f"{percent_number(line.estimate, line.total)}% ({span})"
