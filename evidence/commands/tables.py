"""``evidence tables``: every table of a paper as grids with page and boxes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evidence.commands.printing import lay_out, print_json, print_problems, terminal_width
from evidence.errors import WrongUsage

if TYPE_CHECKING:
    from evidence.documents.base import Cell, Document, Grid


def command(
    paper: Annotated[Path, typer.Argument(help="PDF, JATS XML, HTML, text, DOCX, CSV or XLSX.")],
    page: Annotated[
        int | None, typer.Option(min=1, help="Only tables on this page (1 is the first).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the grids as JSON.")] = False,
    csv: Annotated[Path | None, typer.Option(help="Write one CSV file per table here.")] = None,
    debug: Annotated[
        Path | None, typer.Option(help="Draw regions, columns, rows and cells of a PDF here.")
    ] = None,
) -> None:
    """Print every table of a paper as a grid, each cell with page and box.

    Example: evidence tables sources/paper.pdf --page 2
    """
    from evidence.documents import read_document

    document = read_document(paper, text=False)
    grids = [g for g in document.grids if page is None or page in g.pages]
    made = [] if debug is None else [f"drew {path}" for path in _draw(document, paper, debug)]
    if csv is not None:
        made += [f"wrote {path}" for path in _write_csv(grids, csv, paper.stem)]
    for line in made:
        print(line, file=sys.stderr if as_json else sys.stdout)
    if as_json:
        print_json(
            {
                "tables": [grid_dict(g) for g in grids],
                "problems": [p.to_dict() for p in document.problems],
            }
        )
        return
    for grid in grids:
        _print_grid(grid)
    if not grids:
        print(f"No table found in {paper.name}" + (f" on page {page}." if page else "."))
    print_problems(document.problems)


def cell_dict(cell: Cell) -> dict[str, Any]:
    """The ``--json`` form of a cell."""
    plain: dict[str, Any] = {
        "text": cell.text,
        "page": cell.page,
        "box": None if cell.box_pt is None else [round(x, 2) for x in cell.box_pt],
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
    }
    if cell.header:
        plain["header"] = True
    if cell.marks:
        plain["marks"] = [mark.text for mark in cell.marks]
    if cell.doubt:
        plain["doubt"] = cell.doubt
    return plain


def grid_dict(grid: Grid) -> dict[str, Any]:
    """The ``--json`` form of a table."""
    return {
        "label": grid.label,
        "caption": grid.caption,
        "pages": list(grid.pages),
        "header_rows": grid.header_rows,
        "rows": [[cell_dict(cell) for cell in row] for row in _places(grid)],
        "footnotes": [{"mark": n.mark, "text": n.text, "page": n.page} for n in grid.footnotes],
        "doubt": grid.doubt,
    }


def _places(grid: Grid) -> list[list[Cell]]:
    """Rows × columns; a place that a spanning cell covers holds an empty cell."""
    from evidence.documents.base import Cell

    seen: set[int] = set()
    rows = []
    for row in grid.matrix():
        cells = []
        for cell in row:
            cells.append(Cell(text="") if cell is None or id(cell) in seen else cell)
            if cell is not None:
                seen.add(id(cell))
        rows.append(cells)
    return rows


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in _places(grid)]


def _print_grid(grid: Grid) -> None:
    pages = ", ".join(map(str, grid.pages))
    label = f"Table {grid.label}" if grid.label else "Table without a label"
    print(f"\n{label}{f' (page {pages})' if pages else ''}: {grid.caption}".rstrip(": "))
    if grid.doubt:
        print(f"  In doubt: {grid.doubt}")
    rows = _texts(grid)
    if rows:
        for line in lay_out(rows[0], rows[1:], width=terminal_width()):
            print(f"  {line}")
    for note in grid.footnotes:
        print(f"  {note.mark + ' ' if note.mark else ''}{note.text}")


def _write_csv(grids: list[Grid], folder: Path, stem: str) -> Iterator[Path]:
    import csv as csv_writer

    folder.mkdir(parents=True, exist_ok=True)
    for number, grid in enumerate(grids, 1):
        path = folder / f"{stem}-table-{grid.label or f'unlabelled-{number}'}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv_writer.writer(file).writerows(_texts(grid))
        yield path


def _draw(document: Document, paper: Path, folder: Path) -> Iterable[Path]:
    from evidence.documents.pdf_debug import debug_pages

    if document.format != "pdf":
        raise WrongUsage(f"--debug draws on the pages of a PDF; {paper.name} has none.")
    folder.mkdir(parents=True, exist_ok=True)
    return debug_pages(paper, folder)
