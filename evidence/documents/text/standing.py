"""The tables of laid-out pages: their columns are drawn, or stand as gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evidence.documents.base import Cell, Grid
from evidence.documents.footnotes import marks_in
from evidence.documents.pdf_limit import page_limit
from evidence.documents.text.across import Open, first_line, goes_on, left_open, running_lines
from evidence.documents.text.drawn import find_drawn
from evidence.documents.text.dump.marks import without_marks
from evidence.documents.text.extent import in_columns
from evidence.documents.text.judge import holds_together, with_doubts
from evidence.documents.text.laid_out import read_laid_out, stands
from evidence.documents.text.limits import (
    LAID_OUT_CELLS,
    LAID_OUT_COLUMNS,
    SECONDS,
    TITLES,
    table_too_large,
    too_many_titles,
)
from evidence.documents.text.notes import read_notes
from evidence.documents.text.pages import Part, TextPage, filled, pieces
from evidence.documents.text.ragged import read_ragged
from evidence.documents.text.regions import Region, carried_region, find_regions, share
from evidence.documents.text.titles import TitledPage, titled
from evidence.errors import Place, Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid and the line of the file its region begins at."""

    line: int
    grid: Grid


@dataclass(slots=True, kw_only=True)
class Standing:
    """Tables whose columns stand, the pages without them, and what went wrong."""

    pages: list[TextPage]
    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_standing(pages: Sequence[TextPage], known: frozenset[str], name: str) -> Standing:
    """Read page after page; a table may be left open by one and go on on the next."""
    read = Standing(pages=list(pages))
    running = running_lines(pages)
    open_table: Open | None = None
    for number, page in enumerate(pages):
        place = Place(document=name, page=number + 1)
        try:
            with page_limit(SECONDS):
                page, tables, trouble = _drawn(page, place)
                layout, own = _titled(page, place)
                found, carried, more = _parts(layout, page, known, open_table, running, place)
            read.problems += [*trouble, *own, *more]
        except Exception as error:  # noqa: BLE001
            read.problems.append(_unreadable(name, page.number, error))
            open_table = None
            continue
        if open_table is not None and not carried and _opens_in_columns(layout, running):
            read.problems.append(_not_read(name, page.number, open_table))
        open_table = left_open(layout, found, running)
        read.tables += tables
        read.tables += [
            Table(line=page.first + min(region.lines), grid=grid) for region, grid in found
        ]
        read.pages[number] = page.without([(r.lines, *r.view) for r, _ in found])
    return read


def _drawn(page: TextPage, place: Place) -> tuple[TextPage, list[Table], list[Problem]]:
    """(the page without its drawn tables, these, those that are too large)."""
    found: list[Table] = []
    taken: list[Part] = []
    problems: list[Problem] = []
    for drawn in find_drawn(page.raw, page.number):
        line = page.first + drawn.lines.start
        if drawn.grid is None:
            where = replace(place, table=drawn.label, line=line)
            problems.append(table_too_large(where, f"{drawn.cells} cells"))
            taken.append((drawn.lines, 0, page.width))
            continue
        grid = _with_notes(drawn.grid, [page.lines[row] for row in drawn.notes])
        found.append(Table(line=line, grid=grid))
        taken.append(([*drawn.lines, *drawn.notes], 0, page.width))
    return page.without(taken), found, problems


def _titled(page: TextPage, place: Place) -> tuple[TitledPage, list[Problem]]:
    """The page with as many of its titles as are looked at."""
    layout = titled(page.lines)
    count = len(layout.titles)
    if count <= TITLES:
        return layout, []
    return replace(layout, titles=layout.titles[:TITLES]), [too_many_titles(place, count)]


def _parts(
    layout: TitledPage,
    page: TextPage,
    known: frozenset[str],
    before: Open | None,
    running: frozenset[str],
    place: Place,
) -> tuple[list[tuple[Region, Grid]], bool, list[Problem]]:
    """(the tables of a page by gaps, whether the first goes on from the page before, those that
    are too large)."""
    regions = find_regions(layout)
    large = {region.label: size for region in regions if (size := _too_large(region))}
    regions = [region for region in regions if not _too_large(region)]
    found: list[tuple[Region, Grid]] = []
    if before is not None:
        first = first_line(layout, running)
        region = carried_region(layout, first, before.label, before.caption)
        fits = region is not None and not _too_large(region)
        grid = _by_gaps(region, page.number, known) if region is not None and fits else None
        if region is not None and grid is not None and _fits(before, region, grid):
            found.append((region, grid))
            regions = [other for other in regions if not share(region, other)]
    carried = bool(found)
    for region in regions:
        grid = _by_gaps(region, page.number, known)
        if grid is not None:
            found.append((region, grid))
    noted = [(r, _with_notes(g, [text for _, text in r.notes])) for r, g in found]
    problems = [table_too_large(replace(place, table=label), size) for label, size in large.items()]
    return noted, carried, problems


def _too_large(region: Region) -> str | None:
    """The columns, or the cells, of a region that has more than are read."""
    columns = max((len(pieces(text)) for _, text in region.body), default=0)
    if columns > LAID_OUT_COLUMNS:
        return f"{columns} columns"
    cells = columns * len(region.body)
    return f"{cells} cells" if cells > LAID_OUT_CELLS else None


def _fits(before: Open, region: Region, grid: Grid) -> bool:
    """Whether the table that opens a page can be the one that the page before left open."""
    if before.grid is not None:
        return goes_on(before.grid, grid)
    return sum(in_columns(text) for _, text in region.body) > 1


def _by_gaps(region: Region, page: int, known: frozenset[str]) -> Grid | None:
    """A grid by columns that stand below one another, or by as many gaps in every line.

    None where neither holds together: then the columns are lost.
    """
    grid = read_laid_out(region, page, known) if stands(region) else None
    ragged = read_ragged(region, page)
    if grid is None or (ragged and len(ragged.matrix()[0]) != len(grid.matrix()[0])):
        grid = ragged
    if grid is None or not holds_together(grid):
        return None
    return with_doubts(grid, {row: (region.view[0], text) for row, text in region.body})


def _with_notes(grid: Grid, lines: Sequence[str]) -> Grid:
    """The grid with the notes under it, and the marks they declare told apart in its cells."""
    notes = (*grid.footnotes, *read_notes(lines))
    declared = marks_in(notes)
    rows = tuple(tuple(_marked(cell, declared) for cell in row) for row in grid.rows)
    return replace(grid, footnotes=notes, rows=rows)


def _marked(cell: Cell, declared: frozenset[str]) -> Cell:
    clean, marks = without_marks(cell.plain, declared)
    return replace(cell, clean=clean, marks=(*cell.marks, *marks)) if marks else cell


def _opens_in_columns(layout: TitledPage, running: frozenset[str]) -> bool:
    """Whether a page opens as a table does, and not with a title."""
    first = first_line(layout, running)
    lines = list(filled(layout.lines[first : first + 6]))[:3]
    titles = any(first <= title.index < first + 3 for title in layout.titles)
    return sum(map(in_columns, lines)) > 1 and not titles


def _unreadable(name: str, page: int, error: Exception) -> Problem:
    return Problem(
        code="page-unreadable",
        severity=Severity.ERROR,
        message=f"page {page} could not be searched for tables ({type(error).__name__}: {error}).",
        remedy="look at the page; its words are kept as text",
        source=Place(document=name, page=page),
    )


def _not_read(name: str, page: int, before: Open) -> Problem:
    return Problem(
        code="table-not-read",
        message=f"table {before.label} seems to go on at the head of page {page}, "
        "where its columns could not be told; what stands there is not in the table.",
        remedy="compare with the page, or use the PDF",
        source=Place(document=name, table=before.label, page=page),
    )
