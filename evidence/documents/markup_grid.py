"""Rows and cells of a table in XML or HTML: spans, heads and lines, from the element tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from evidence.documents.base import Cell, Grid
from evidence.documents.captions import parse_title
from evidence.documents.runs import Run, RunKind, print_runs
from evidence.errors import Place, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_SPAN = 1000
"""No table has a cell that spans more rows or columns than this (as in the HTML standard)."""

DASHES = "–—-| "
"""What some sites put between a table's number and its title."""

Kinds = Callable[["_Element"], RunKind | Literal["hidden"] | None]
"""The kind of run an element sets its text in; None: as its parent; hidden: it is not shown."""

_BREAKS = {"break", "br", "hr"}
_BLOCKS = {"p", "list", "list-item", "li", "ul", "ol", "div", "title", "disp-formula", "tr", "dl"}
_BLOCKS |= {"dd", "dt", "table", "figcaption", "def-item", "disp-quote", "h1", "h2", "h3", "h4"}
_SILENT = {"script", "style", "noscript", "template", "object-id", "annotation", "annotation-xml"}
_ROWS = {"tr", "row"}
_CELLS = {"td", "th", "entry"}
_GROUPS = {"thead", "tbody", "tfoot", "tgroup"}
_PICTURES = {"graphic", "inline-graphic", "img", "media"}
_ALL_PICTURE, _PART_PICTURE = "the cell is a picture", "part of the cell is a picture"


def local(element: _Element) -> str:
    """The tag in lower case without its namespace; empty for comments and instructions."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower()


def runs_of(
    element: _Element, kinds: Kinds, kind: RunKind = "plain", *, skip: Collection[str] = ()
) -> Iterator[Run]:
    """The text inside an element as runs; blocks and breaks end lines; ``skip`` names tags."""
    if element.text:
        yield Run(text=element.text, kind=kind)
    alternatives = local(element) == "alternatives"
    chosen = _best_alternative(element) if alternatives else None
    for child in element:
        name = local(child)
        own = kinds(child) if name else None
        if own != "hidden" and _is_read(child, name, chosen) and name not in skip:
            if name in _BREAKS or name in _BLOCKS:
                yield Run(text="", kind="break")
            inner = kind if kind in {"note", "bib"} else own or kind
            if name == "math":
                yield from _math(child, inner)
            elif name == "img":
                yield Run(text=_drawn_sign(child), kind=inner)
            else:
                yield from runs_of(child, kinds, inner, skip=skip)
            if name in _BLOCKS:
                yield Run(text="", kind="break")
        elif name in skip:
            yield Run(text="", kind="break")
        elif not isinstance(child.tag, str) and "entity" in type(child).__name__.lower():
            yield Run(text=child.text or "", kind=kind)
        if child.tail:
            yield Run(text=child.tail, kind=kind)


def _is_read(child: _Element, name: str, chosen: _Element | None) -> bool:
    return bool(name) and name not in _SILENT and (chosen is None or child is chosen)


def _drawn_sign(image: _Element) -> str:
    """The sign that a picture inside a line stands for (``±``, ``≥``), by its other text."""
    words = (image.get("alt") or "").strip()
    return words if 0 < len(words) <= 2 and not words.isalnum() else ""


def _best_alternative(element: _Element) -> _Element | None:
    """MathML or text rather than TeX or a picture, which say the same thing."""
    poor = {"tex-math", "graphic", "inline-graphic", "media"}
    return next((child for child in element if local(child) and local(child) not in poor), None)


def _math(element: _Element, kind: RunKind) -> Iterator[Run]:
    """MathML as runs: exponents and indices keep their level."""
    raises = {"msup": "sup", "msub": "sub", "mover": "sup", "munder": "sub"}
    name = local(element)
    if name in _SILENT or not name:
        return
    if element.text and element.text.strip():
        yield Run(text=element.text.strip(), kind=kind)
    fenced = name == "mfenced"
    if fenced:
        yield Run(text=element.get("open", "("), kind=kind)
    for index, child in enumerate(element):
        level: RunKind = kind
        if fenced and index:
            yield Run(text=element.get("separators", ",")[:1], kind=kind)
        if name in raises and index == 1:
            level = "sup" if raises[name] == "sup" else "sub"
        elif name == "msubsup" and index:
            level = "sub" if index == 1 else "sup"
        if name == "mfrac" and index == 1:
            yield Run(text="/", kind=kind)
        yield from _math(child, level)
    if fenced:
        yield Run(text=element.get("close", ")"), kind=kind)


def table_rows(table: _Element) -> list[tuple[_Element, str]]:
    """(row element, name of its group) in reading order: heads first, feet last; own rows only."""
    order = {"thead": 0, "tfoot": 2}
    found = list(_own_rows(table, "tbody"))
    return sorted(found, key=lambda pair: order.get(pair[1], 1))


def _own_rows(element: _Element, group: str) -> Iterator[tuple[_Element, str]]:
    for child in element:
        name = local(child)
        if name in _ROWS:
            yield child, group
        elif name in _GROUPS:
            yield from _own_rows(child, group if name == "tgroup" else name)


def row_cells(row: _Element) -> list[_Element]:
    """The cells that begin in a row."""
    return [child for child in row if local(child) in _CELLS]


def build_rows(
    table: _Element, kinds: Kinds, *, declared: Collection[str] = ()
) -> tuple[tuple[tuple[Cell, ...], ...], int]:
    """(rows of cells, number of head rows) of one table, without the rows of tables inside it."""
    pairs = table_rows(table)
    columns = _column_names(table)
    rows = tuple(
        tuple(
            build_cell(cell, kinds, declared=declared, head=group == "thead", columns=columns)
            for cell in row_cells(row)
        )
        for row, group in pairs
    )
    return rows, _head_rows(rows, [group for _, group in pairs])


def lift_title(
    rows: tuple[tuple[Cell, ...], ...], header_rows: int
) -> tuple[str | None, str, tuple[tuple[Cell, ...], ...], int]:
    """(number, caption, rows, head rows) with a title that stands in the first row taken out."""
    title = _title_in_rows(rows)
    if title is None:
        return None, "", rows, header_rows
    return title[0], title[1].lstrip(DASHES), rows[1:], max(0, header_rows - 1)


def _title_in_rows(rows: Sequence[Sequence[Cell]]) -> tuple[str, str] | None:
    """(number, caption) that the first row holds instead of cells."""
    width = max((sum(cell.colspan for cell in row) for row in rows), default=0)
    filled = [cell for cell in rows[0] if cell.text] if len(rows) > 1 and width > 1 else []
    if len(filled) != 1 or filled[0] is not rows[0][0] or filled[0].rowspan > 1:
        return None
    parsed = parse_title(filled[0].text)
    return None if parsed is None else (parsed[0], parsed[1])


def _head_rows(rows: Sequence[Sequence[Cell]], groups: Sequence[str]) -> int:
    """Rows in ``thead``; without one, the leading rows whose filled cells are all heads."""
    marked = sum(group == "thead" for group in groups)
    if marked:
        return marked
    first = 1 if _title_in_rows(rows) else 0
    leading = 0
    for row in rows[first:]:
        filled = [cell for cell in row if cell.text]
        lonely = len(filled) == 1 and len(row) > 1
        if not filled or lonely or not all(cell.header for cell in filled):
            break
        leading += 1
    leading = first + leading if leading else 0
    return leading if leading < len(rows) else min(leading, 1)


def spanned_heads(rows: Sequence[Sequence[Cell | None]]) -> int:
    """Head rows where no markup names them: one, or as many as the first row's spans reach."""
    first = [cell for cell in rows[0] if cell is not None] if rows else []
    deep = max((cell.rowspan for cell in first), default=1)
    wide = len(first) > 1 and any(cell.colspan > 1 for cell in first)
    return min(max(deep, 2 if wide else 1), max(1, len(rows) - 1)) if rows else 0


def build_cell(
    element: _Element,
    kinds: Kinds,
    *,
    declared: Collection[str] = (),
    head: bool = False,
    columns: dict[str, int] | None = None,
) -> Cell:
    """One cell with its spans, printed and clean text, marks and lines."""
    printed = print_runs(list(runs_of(element, kinds)), declared=declared)
    return Cell(
        text=printed.text,
        clean=None if printed.clean == printed.text else printed.clean,
        marks=tuple(printed.marks),
        lines=printed.cell_lines(),
        rowspan=_rowspan(element),
        colspan=_colspan(element, columns or {}),
        header=head or local(element) == "th",
        doubt=_picture_doubt(element, printed.text),
    )


def _picture_doubt(element: _Element, text: str) -> str | None:
    """What a picture shows is not in the text, unless its alternative is."""
    for picture in element.iter():
        if local(picture) not in _PICTURES or _drawn_sign(picture):
            continue
        parent = picture.getparent()
        if parent is None or local(parent) != "alternatives" or not _best_alternative(parent):
            return _PART_PICTURE if text else _ALL_PICTURE
    return None


def picture_problem(grids: Iterable[Grid], place: Place) -> list[Problem]:
    """A problem that counts the cells whose content is a picture, if there are any."""
    count = sum(
        cell.doubt in (_ALL_PICTURE, _PART_PICTURE)
        for grid in grids
        for row in grid.rows
        for cell in row
    )
    if not count:
        return []
    return [
        Problem(
            code="cell-is-image",
            message=f"{count} cells of the table hold pictures; what they show is not reported.",
            remedy="enter them from the PDF",
            source=place,
        )
    ]


def _number(value: str | None) -> int:
    match = re.search(r"\d+", value or "")
    return min(int(match.group(0)[:6]), MAX_SPAN) if match else 0


def _rowspan(element: _Element) -> int:
    if element.get("morerows"):
        return 1 + _number(element.get("morerows"))
    if (element.get("rowspan") or "").strip() == "0":
        return MAX_SPAN
    return max(1, _number(element.get("rowspan")))


def _colspan(element: _Element, columns: dict[str, int]) -> int:
    first, last = columns.get(element.get("namest", "")), columns.get(element.get("nameend", ""))
    if first is not None and last is not None:
        return max(1, last - first + 1)
    return max(1, _number(element.get("colspan")))


def _column_names(table: _Element) -> dict[str, int]:
    """Column name → position, as the exchange model of tables (``colspec``) declares them."""
    names = [e.get("colname", "") for e in table.iter() if local(e) == "colspec"]
    return {name: index for index, name in enumerate(names) if name}
