"""What changed since the last version: rows, and which pooled numbers they moved."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.report.context import ReportContext
from evidence.report.diff import diff_results
from evidence.report.difference import Difference, Move, RowChange
from evidence.report.links import result_anchor, source_anchor
from evidence.report.numbers import series_value, words_of
from evidence.report.parts import Line, Table, columns
from evidence.report.results import build_results
from evidence.report.text import Cell, Sentence, Value, join, local_decimals, percent, short_number


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesContext:
    """Two tables and a sentence."""

    summary: Sentence
    rows: Table | None
    moves: Table | None


def build(ctx: ReportContext) -> ChangesContext:
    """Compare with the results of the last version, where there is one."""
    w = words_of(ctx)
    if ctx.previous is None:
        text = w.say("There is no earlier version to compare with.")
        return ChangesContext(summary=text, rows=None, moves=None)
    difference = diff_results(ctx.previous, build_results(ctx))
    since = ctx.previous.get("review", {}).get("version") or w("not numbered")
    if not difference.rows and not difference.moves:
        text = w.say("Nothing changed since version {version}.", version=str(since))
        return ChangesContext(summary=text, rows=None, moves=None)
    return ChangesContext(
        summary=w.say(
            "Since version {version}: {rows} and {moves}.",
            version=str(since),
            rows=Value(
                w.many(
                    "{n} row was added, removed or changed",
                    "{n} rows were added, removed or changed",
                    len(difference.rows),
                ).format(n=len(difference.rows)),
                "sec-changes",
            ),
            moves=Value(
                w.many(
                    "{n} pooled number moved", "{n} pooled numbers moved", len(difference.moves)
                ).format(n=len(difference.moves)),
                "sec-changes",
            ),
        ),
        rows=_rows(ctx, difference),
        moves=_moves(ctx, difference),
    )


def _rows(ctx: ReportContext, difference: Difference) -> Table | None:
    if not difference.rows:
        return None
    w = words_of(ctx)
    anchors = {(r.series, r.stratum, r.outcome): source_anchor(r) for r in ctx.rows}
    return Table(
        ident="table-changed-rows",
        caption=w("Rows"),
        columns=columns(w("Series"), w("Outcome"), w("Change"), w("Before"), w("After"), w("What")),
        lines=tuple(
            _row_line(ctx, change, anchors.get((change.series, change.stratum, change.outcome)))
            for change in difference.rows
        ),
    )


def _row_line(ctx: ReportContext, change: RowChange, href: str | None) -> Line:
    stratum = "" if change.stratum == "all" else f" ({change.stratum})"
    shown = (change.before, change.after, _what(change))
    return Line(
        cells=(
            Value(f"{change.label}{stratum}", href),
            Value(change.outcome, href),
            words_of(ctx)(change.kind),
            *(Value(text or "–", href if text else None) for text in shown),
        )
    )


def _what(change: RowChange) -> str:
    return "; ".join(
        f"{name}: {_show(before)} → {_show(after)}"
        for name, before, after in change.fields
        if name not in ("events", "total")
    )


def _show(value: object) -> str:
    if value is None:
        return "–"
    return short_number(value) if isinstance(value, float) else str(value)


def _moves(ctx: ReportContext, difference: Difference) -> Table | None:
    if not difference.moves:
        return None
    w = words_of(ctx)
    heads = (w("Pooled number"), w("Before"), w("After"), w("Moved by"), w("Because of"))
    return Table(
        ident="table-moved",
        caption=w("Pooled numbers that moved"),
        columns=columns(*heads, numeric=heads[1:4]),
        lines=tuple(_move_line(ctx, move) for move in difference.moves),
        notes=(
            w(
                "Because of: each row was put back alone to what it was; the points in brackets"
                " are what that row moved by itself, so they need not add up."
            ),
        ),
    )


def _move_line(ctx: ReportContext, move: Move) -> Line:
    w = words_of(ctx)
    by = f" {w('by')} {w(move.by)}: {move.group}" if move.by else ""
    href = result_anchor(move.outcome, move.by, move.group) if move.after is not None else None
    causes: list[Cell] = []
    for cause in move.causes:
        shift = "" if cause.shift is None else f" ({_points(cause.shift)})"
        text = f"{cause.series} {cause.before or '–'} → {cause.after or '–'}{shift}"
        causes.append(series_value(ctx, cause.series, text))
    moved = (
        _points(move.after - move.before)
        if move.after is not None and move.before is not None
        else w("new")
        if move.before is None
        else w("gone")
    )
    return Line(
        cells=(
            Value(f"{move.outcome}{by}", href),
            Value(percent(move.before, 100), href),
            Value(percent(move.after, 100), href),
            Value(moved, href),
            join(causes, between="; ") if causes else w("model or settings"),
        )
    )


def _points(share: float) -> str:
    value = 100 * share
    sign = "−" if value < 0 else "+"
    return local_decimals(f"{sign}{abs(value):.1f}")
