"""The confounding panel: route × dose × disease in series and patients, counted from the rows."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.levels import level_order
from evidence.model.row import EvidenceRow
from evidence.report.context import ReportContext
from evidence.report.links import slug, source_anchor
from evidence.report.numbers import words_of
from evidence.report.parts import Column, Line, Table
from evidence.report.text import Cell, Sentence, Value, join
from evidence.table.stratum import ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCell:
    """Series and patients in one combination of route, dose and disease."""

    route: str
    dose: str
    disease: str
    rows: tuple[EvidenceRow, ...]

    @property
    def anchor(self) -> str:
        """The only row's source, or the line of the map's table that lists all rows."""
        if len(self.rows) == 1:
            return source_anchor(self.rows[0])
        return f"map-{slug(self.route)}-{slug(self.dose)}-{slug(self.disease)}"

    @property
    def patients(self) -> int:
        """Patients in the cell."""
        return sum(row.total or 0 for row in self.rows)


def base_rows(ctx: ReportContext) -> list[EvidenceRow]:
    """Rows that count no patient twice: by arm and stratum where a series is split so."""
    outcome = next(iter(ctx.protocol.outcomes), None)
    rows = [
        row
        for row in ctx.rows
        if row.outcome == outcome
        and not row.excluded
        and not row.overlaps
        and row.total is not None
    ]
    chosen: list[EvidenceRow] = []
    for name in dict.fromkeys(row.series for row in rows):
        chosen += _parts([row for row in rows if row.series == name])
    return chosen


def _parts(rows: list[EvidenceRow]) -> list[EvidenceRow]:
    """The rows of a series that hold each of its patients once: arms, in them strata, where whole.

    An arm or a stratum stands for itself only where all of them make up what they are part of.
    """
    whole = [row for row in rows if row.arm is None and row.stratum == ALL]
    arms = [row for row in rows if row.arm is not None]
    if arms and _complete([row for row in arms if row.stratum == ALL], whole):
        found: list[EvidenceRow] = []
        for arm in dict.fromkeys(row.arm for row in arms):
            own = [row for row in arms if row.arm == arm]
            found += _strata([row for row in own if row.stratum == ALL], own)
        return found
    return _strata(whole, [row for row in rows if row.arm is None])


def _strata(whole: list[EvidenceRow], rows: list[EvidenceRow]) -> list[EvidenceRow]:
    strata = [row for row in rows if row.stratum != ALL]
    return strata if strata and _complete(strata, whole) else whole or strata


def _complete(parts: list[EvidenceRow], whole: list[EvidenceRow]) -> bool:
    return not whole or sum(row.total or 0 for row in parts) == whole[0].total


def cross_cells(ctx: ReportContext) -> list[CrossCell]:
    """Every combination that occurs, in order of route, dose, disease."""
    w = words_of(ctx)
    unknown = w("not stated")
    mixed = w("several")
    found: dict[tuple[str, str, str], list[EvidenceRow]] = {}
    for row in base_rows(ctx):
        key = (row.route or unknown, row.dose_band or unknown, row.disease or mixed)
        found.setdefault(key, []).append(row)
    return [
        CrossCell(route=route, dose=dose, disease=disease, rows=tuple(rows))
        for (route, dose, disease), rows in sorted(found.items())
    ]


def cross_table(ctx: ReportContext) -> Table | None:
    """Routes and doses down, diseases across; an empty cell is a dash."""
    cells = cross_cells(ctx)
    if not cells:
        return None
    w = words_of(ctx)
    diseases = sorted({cell.disease for cell in cells})
    routes = sorted({cell.route for cell in cells}, key=level_order)
    doses = sorted({cell.dose for cell in cells}, key=level_order)
    by_key = {(cell.route, cell.dose, cell.disease): cell for cell in cells}
    heads = (w("Route"), w("Dose"), *diseases)
    lines: list[Line] = []
    for route in routes:
        for dose in doses:
            content = [by_key.get((route, dose, disease)) for disease in diseases]
            lines.append(
                Line(cells=(w.level(route), dose, *(_cell(ctx, cell) for cell in content)))
            )
    return Table(
        ident="table-confounding",
        caption=w("Confounding panel: series (patients) by route, dose and disease"),
        columns=tuple(Column(head=head, numeric=i > 1) for i, head in enumerate(heads)),
        lines=tuple(lines),
        notes=(w("A dash is a combination nobody has published here."),),
    )


def _cell(ctx: ReportContext, cell: CrossCell | None) -> Cell:
    if cell is None:
        return "–"
    series = len({row.series for row in cell.rows})
    w = words_of(ctx)
    text = w("{k} ({n})").format(k=series, n=cell.patients)
    names = ", ".join(row.label for row in cell.rows)
    return Value(text, cell.anchor, hint=names)


def cross_sentences(ctx: ReportContext) -> tuple[Sentence, ...]:
    """What the panel means: empty cells, determined groupings, mixed routes."""
    w = words_of(ctx)
    cells = cross_cells(ctx)
    if not cells:
        return (w.say("No series states enough to cross route, dose and disease."),)
    known = w("not stated")
    sentences: list[Sentence] = []
    routes = sorted({c.route for c in cells} - {known}, key=level_order)
    doses = sorted({c.dose for c in cells} - {known}, key=level_order)
    empty = [
        f"{w.level(route)} {w('with')} {dose}"
        for route in routes
        for dose in doses
        if not any((c.route, c.dose) == (route, dose) for c in cells)
    ]
    if empty:
        sentences.append(w.say("No series combines {empty}.", empty=join(empty, last=w(" or "))))
    sentences += _determined(ctx, cells, routes)
    sentences += _mixed(ctx)
    sentences.append(
        w.say(
            "Where two of these go together, a difference by one of them may be a difference by"
            " the other; the groups below are described, not explained."
        )
    )
    return tuple(sentences)


def _determined(ctx: ReportContext, cells: list[CrossCell], routes: list[str]) -> list[Sentence]:
    w = words_of(ctx)
    sentences: list[Sentence] = []
    for route in routes:
        doses = {c.dose for c in cells if c.route == route}
        series = {row.series for c in cells if c.route == route for row in c.rows}
        if len(doses) == 1 and len(series) > 1 and doses != {w("not stated")}:
            sentences.append(
                w.say(
                    "Every {route} series ({k}) gave {dose}.",
                    route=w.level(route),
                    k=Value(str(len(series)), "table-confounding"),
                    dose=doses.pop(),
                )
            )
    return sentences


def _mixed(ctx: ReportContext) -> list[Sentence]:
    w = words_of(ctx)
    rows = base_rows(ctx)
    series = {row.series for row in rows}
    mixed = {row.series for row in rows if row.route == "mixed"}
    if not mixed:
        return []
    return [
        w.say(
            "{n} of {k} series mix routes without a split.",
            n=Value(str(len(mixed)), "table-confounding"),
            k=Value(str(len(series)), "table-confounding"),
        )
    ]
