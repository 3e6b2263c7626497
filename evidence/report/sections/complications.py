"""Complications by organ class, route and dose; deaths one by one; silence apart from none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model.levels import level_order
from evidence.model.series import Arm, Complication, Responses
from evidence.report.context import ReportContext, SeriesEntry
from evidence.report.figures.complications import complications_figure
from evidence.report.harms import HarmLine, harm_lines, harms_left_out, reporting
from evidence.report.links import row_anchor
from evidence.report.numbers import left_out, series_value, sourced, words_of
from evidence.report.parts import Figure, Line, Table, columns
from evidence.report.sections.series import arm_value, ordered
from evidence.report.text import Cell, Quoted, Sentence, Value, join
from evidence.report.words import Words
from evidence.table.population import is_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplicationsContext:
    """The tables of complications and deaths."""

    reporting: tuple[Sentence, ...]
    figure: Figure | None
    complications: Table | None
    deaths: Table | None
    no_deaths: Sentence | None


def build(ctx: ReportContext) -> ComplicationsContext:
    """Counts among those assessed; series that say nothing are named, not counted as none."""
    w = words_of(ctx)
    by_route = harm_lines(ctx, "route")
    routes = _levels(by_route)
    deaths = _deaths(ctx)
    return ComplicationsContext(
        reporting=_reporting(ctx),
        figure=complications_figure(w, by_route, routes),
        complications=_table(ctx, by_route, routes),
        deaths=deaths,
        no_deaths=None if deaths else w.say("No series reports a death one can name."),
    )


def _levels(lines: Iterable[HarmLine]) -> list[str]:
    return sorted({level for line in lines for level in line.cells}, key=level_order)


def _reporting(ctx: ReportContext) -> tuple[Sentence, ...]:
    w = words_of(ctx)
    listed, none, silent = reporting(ctx)
    sentences: list[Sentence] = []
    for names, template in (
        (listed, "Complications are listed by {k}."),
        (none, "That there were none is stated by {k}."),
        (silent, "Nothing is said about complications, which is not the same as none, by {k}."),
    ):
        if names:
            sentences.append(w.say(template, k=_named(ctx, names)))
    return tuple(sentences) or (w.say("No series is in the review."),)


def _named(ctx: ReportContext, names: list[str]) -> Sentence:
    """``2 series: A, B``; without the names where they are all there are."""
    w = words_of(ctx)
    count = w.many("{k} series", "{k} series", len(names)).format(k=len(names))
    linked = Value(count, "sec-complications")
    if len(names) == len(ctx.series) > 1:
        return w.say("all {k}", k=linked)
    return (linked, ": ", *join(series_value(ctx, name) for name in names))


def _table(ctx: ReportContext, lines: list[HarmLine], routes: list[str]) -> Table | None:
    if not lines:
        return None
    w = words_of(ctx)
    apart = harms_left_out(ctx)
    by_dose = {line.term: line for line in harm_lines(ctx, "dose")}
    doses = _levels(by_dose.values())
    heads = (w("Complication"), *map(w.level, routes), *doses, w("Series"))
    body: list[Line] = []
    group = None
    for line in lines:
        if line.group != group:
            group = line.group
            body.append(Line(cells=(w.name(group), *("" for _ in heads[1:])), kind="group"))
        rows = join(
            Value(
                f"{row.label} {row.events}/{row.total if row.total is not None else '?'}",
                row_anchor(row),
                derived=row.how == "derived",
            )
            for row in line.rows
        )
        cells = [_cell(line, route) for route in routes]
        cells += [_cell(by_dose[line.term], dose) for dose in doses]
        body.append(Line(cells=(w.name(line.term), *cells, rows), anchor=line.anchor))
    return Table(
        ident="table-complications",
        caption=w("Complications, n/N over the series that report the term"),
        columns=columns(*heads, numeric=heads[1:-1]),
        lines=tuple(body),
        notes=(
            w("Blank: no series of that group reports the term; it is not taken as nought."),
            w(
                "A patient may have several complications, so the counts of an organ class are not"
                " added up."
            ),
            *((left_out(ctx, apart),) if apart else ()),
        ),
    )


def _cell(line: HarmLine, level: str) -> Cell:
    cell = line.cells.get(level)
    if cell is None:
        return ""
    total = cell.total if cell.total is not None else "?"
    return Value(f"{cell.events}/{total}", cell.href, derived=cell.derived)


def _deaths(ctx: ReportContext) -> Table | None:
    w = words_of(ctx)
    lines: list[Line] = []
    for entry in ordered(ctx):
        for a, arm in enumerate(entry.series.arms):
            lines += _arm_deaths(ctx, entry, a, arm)
    if not lines:
        return None
    heads = (w("Series"), w("Deaths"), w("As printed"), w("Cause"))
    return Table(
        ident="table-deaths",
        caption=w("Deaths, one by one"),
        columns=columns(*heads, numeric=(heads[1],)),
        lines=tuple(lines),
    )


def _arm_deaths(ctx: ReportContext, entry: SeriesEntry, a: int, arm: Arm) -> list[Line]:
    w = words_of(ctx)
    lines: list[Line] = []
    label = arm_value(entry, a)
    for c, item in enumerate(arm.complications or ()):
        if item.fatal:
            n = "?" if item.events is None else str(item.events)
            where = sourced(n, entry, f"arms[{a}].complications[{c}]", guesses=("complications",))
            lines.append(Line(cells=(label, where, Quoted(item.term), _cause(w, item))))
    for r, block in _told_once(arm):
        if block.deaths:
            path = f"arms[{a}].responses[{r}].deaths"
            where = sourced(str(block.deaths), entry, path, guesses=("response",))
            cause: Cell = w("not stated")
            if block.death_cause:
                cause = Quoted(block.death_cause)
            lines.append(Line(cells=(label, where, w("in the response cell"), cause)))
    return lines


def _told_once(arm: Arm) -> list[tuple[int, Responses]]:
    """The blocks of responses whose deaths are different patients: those of all patients, else of
    each group; of several times that with the most.
    """
    blocks = [(r, block) for r, block in enumerate(arm.responses) if block.deaths]
    most: dict[str, tuple[int, Responses]] = {}
    for r, block in [pair for pair in blocks if is_whole(pair[1])] or blocks:
        scope = "" if is_whole(block) else block.scope
        if scope not in most or (most[scope][1].deaths or 0) < (block.deaths or 0):
            most[scope] = r, block
    return list(most.values())


def _cause(w: Words, item: Complication) -> Cell:
    if item.cause:
        return Quoted(item.cause)
    preferred = item.preferred or item.term
    return w("not stated") if preferred.casefold() == "death" else w.name(preferred)
