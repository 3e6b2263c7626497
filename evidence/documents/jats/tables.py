"""The tables of an article in XML: label, caption, grid, notes, and those that are pictures.

JATS and its ancestors wrap a table in ``table-wrap``; Elsevier's XML gives label, caption and notes
to the table itself, whose rows follow the OASIS exchange model.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Cell, Grid
from evidence.documents.captions import parse_title
from evidence.documents.footnotes import marks_in
from evidence.documents.jats.inline import inline_kind, text_of
from evidence.documents.jats.notes import row_notes, table_notes
from evidence.documents.jats.titles import title_of
from evidence.documents.markup.bounds import bounded, size_problems
from evidence.documents.markup.feet import note_rows
from evidence.documents.markup.grid import build_rows, table_rows
from evidence.documents.markup.heads import lift_title
from evidence.documents.markup.pictures import picture_problem
from evidence.documents.markup.runs import local
from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from evidence.documents.base import Footnote

_TABLES = {"table", "array"}
_PICTURES = {"graphic", "media", "inline-graphic", "link"}
_LISTED = {"list-item", "def-item", "p", "para", "simple-para"}


def read_tables(article: _Element, path: Path) -> tuple[list[Grid], list[Problem]]:
    """Every table of the article in document order, wherever it floats, and what was in doubt."""
    grids: list[Grid] = []
    problems: list[Problem] = []
    again: list[Grid] = []
    for element in article.iter():
        name = local(element)
        if name == "fig" and _is_pictured(element):
            place = Place(document=path.name, table=title_of(element)[0])
            problems.append(_no_cells(element, place))
        elif name == "table-wrap" or (name in _TABLES and not _inside_wrap(element)):
            found, trouble = _read_wrap(element, path)
            if grids and _is_translated(element):
                again += found
                continue
            grids += found
            problems += trouble
    problems += [_translated(len(again), path)] if again else []
    return [grid for grid in grids if grid.rows], problems


def _is_translated(element: _Element) -> bool:
    """Whether a table stands in the same article in another language."""
    return any(
        local(a) == "sub-article" and a.get("article-type") == "translation"
        for a in element.iterancestors()
    )


def _translated(count: int, path: Path) -> Problem:
    return Problem(
        code="translated-tables",
        severity=Severity.NOTE,
        message=f"{count} tables of a translation say again what the article's own say; not read.",
        source=Place(document=path.name),
    )


def _is_pictured(figure: _Element) -> bool:
    """A figure that is called a table and holds none."""
    label = next((text_of(e) for e in figure if local(e) == "label"), "")
    inside = {local(e) for e in figure.iter()}
    return parse_title(label) is not None and not inside & {"table-wrap", *_TABLES}


def _inside_wrap(element: _Element) -> bool:
    around = {"table-wrap", "entry", "td", "th", *_TABLES}
    return any(local(a) in around for a in element.iterancestors())


def _read_wrap(wrap: _Element, path: Path) -> tuple[list[Grid], list[Problem]]:
    label, caption = title_of(wrap)
    notes = tuple(table_notes(wrap))
    grids = [_grid(e, label=label, caption=caption, footnotes=notes) for e in _tables_of(wrap)]
    place = Place(document=path.name, table=label or caption[:60] or None)
    sizes = size_problems(grids, path)
    if sizes or any(grid.rows for grid in grids):
        return grids, [*sizes, *picture_problem(grids, place)]
    listed = _listed(wrap)
    if listed:
        grid = Grid(label=label, caption=caption, rows=listed, footnotes=notes)
        return [grid], [_is_list(place)]
    titled = local(wrap) == "table-wrap" or label or caption
    return [], [_no_cells(wrap, place)] if titled else []


def _tables_of(wrap: _Element) -> list[_Element]:
    """The tables of a wrap; of alternatives that say the same, the first."""
    if local(wrap) in _TABLES:
        return _groups(wrap)
    tables = [e for e in _own(wrap) if local(e) in _TABLES and not _inside_cell(e, wrap)]
    chosen: list[_Element] = []
    said: set[_Element] = set()
    for table in tables:
        holder = next((a for a in table.iterancestors() if local(a) == "alternatives"), None)
        if holder is None or holder not in said:
            chosen.append(table)
        if holder is not None:
            said.add(holder)
    return [group for table in chosen for group in _groups(table)]


def _groups(table: _Element) -> list[_Element]:
    """The parts of a table that have heads or columns of their own; else the table."""
    groups = [e for e in table if local(e) == "tgroup"]
    headed = [group for group in groups[1:] if any(local(e) == "thead" for e in group)]
    return groups if headed or len({group.get("cols") for group in groups}) > 1 else [table]


def _inside_cell(element: _Element, wrap: _Element) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is wrap:
            return False
        if local(ancestor) in {"td", "th", "entry"}:
            return True
    return False


def _own(wrap: _Element) -> Iterator[_Element]:
    """Everything in a wrap except what belongs to a wrap inside it."""
    for child in wrap:
        if local(child) and local(child) != "table-wrap":
            yield child
            yield from _own(child)


def _grid(
    table: _Element, *, label: str | None, caption: str, footnotes: tuple[Footnote, ...]
) -> Grid:
    feet = note_rows(table_rows(table), inline_kind)
    notes = (*footnotes, *(note for row in feet for note in row_notes(row)))
    rows, heads = build_rows(table, inline_kind, declared=marks_in(notes))
    rows, doubt = bounded(rows[: len(rows) - len(feet)])
    if label is None and not caption:
        label, caption, rows, heads = lift_title(rows, heads)
    return Grid(
        label=label,
        caption=caption,
        rows=rows,
        header_rows=min(heads, len(rows)),
        footnotes=notes,
        doubt=doubt,
    )


def _listed(wrap: _Element) -> tuple[tuple[Cell, ...], ...]:
    """The items of a table that is set as a list: one row each, a term beside its definition."""
    rows: list[tuple[Cell, ...]] = []
    for element in wrap:
        if local(element) in {"caption", "label", "table-wrap-foot", "legend"}:
            continue
        for item in element.iter():
            if local(item) not in _LISTED or any(
                local(a) in _LISTED and a is not item for a in _between(item, wrap)
            ):
                continue
            parts = list(item) if local(item) == "def-item" else [item]
            cells = tuple(Cell(text=text) for part in parts if (text := text_of(part)))
            rows += [cells] if cells else []
    return tuple(rows)


def _between(element: _Element, holder: _Element) -> Iterator[_Element]:
    for ancestor in element.iterancestors():
        if ancestor is holder:
            return
        yield ancestor


def _is_list(place: Place) -> Problem:
    return Problem(
        code="table-is-list",
        severity=Severity.NOTE,
        message="the table has no cells; its list is given as rows.",
        source=place,
    )


def _no_cells(wrap: _Element, place: Place) -> Problem:
    pictures = [e for e in wrap.iter() if local(e) in _PICTURES]
    if not pictures:
        return Problem(
            code="table-is-empty",
            message="the table has neither cells nor a picture.",
            remedy="read it from the PDF",
            source=place,
        )
    name = next(
        (str(v) for k, v in pictures[0].attrib.items() if str(k).endswith("href")), "no name"
    )
    return Problem(
        code="table-is-image",
        severity=Severity.ERROR,
        message=f"the table is a picture ({name}) and none of its cells could be read.",
        remedy="read the PDF of the same paper with text recognition: pip install 'evidence[ocr]'",
        source=place,
    )
