"""A Word document → Document: tables with merged cells, titles and notes; paragraphs."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.documents.base import Cell, Document, DocumentInfo, Footnote, Grid, TextBlock
from evidence.documents.captions import parse_title
from evidence.documents.footnotes import marks_in, split_notes
from evidence.documents.markup_grid import local
from evidence.documents.refuse import missing_extra, read_bytes, unreadable
from evidence.documents.runs import Run, RunKind, print_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_UNPACKED = 512 * 1024 * 1024
_NOTE = re.compile(
    r"^\s*(?:abbreviations?\b|notes?\b|source\b|[a-z]\)|\([a-z]\)|[*†‡§¶‖#∗]|[a-z]\s[A-Z]|"
    r"[A-Z][\w-]{1,7}\s?[,:=]\s)"
)


def read_docx(path: Path) -> Document:
    """Tables and paragraphs in the order in which they stand.

    A title is the nearest paragraph above or below that names a table; notes are the paragraphs
    below that read like notes. Raises UnreadableDocument for a damaged file, and where the
    ``office`` extra is not installed.
    """
    content = read_bytes(path)
    body, properties = _open(content, path)
    items = list(_items(body))
    grids = [_grid(items, index) for index, item in enumerate(items) if local(item) == "tbl"]
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="docx",
        grids=tuple(grid for grid in grids if grid.rows),
        blocks=tuple(_blocks(items)),
        info=_info(properties),
    )


def _open(content: bytes, path: Path) -> tuple[_Element, Any]:
    try:
        import docx
    except ImportError as error:
        raise missing_extra(path, package="python-docx", extra="office") from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise ValueError("it unpacks to more than 512 MB")
        document = docx.Document(io.BytesIO(content))
        return document.element.body, document.core_properties
    except Exception as error:
        raise unreadable(
            path,
            found=f"a damaged Word document ({type(error).__name__}: {str(error)[:120]})",
            expected="a whole .docx file",
            mend="open it in a word processor and save it again",
        ) from error


def _items(body: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, also those inside content controls."""
    for child in body:
        name = local(child)
        if name in {"p", "tbl"}:
            yield child
        elif name in {"sdt", "sdtcontent", "ins"}:
            yield from _items(child)


def _runs(paragraph: _Element) -> Iterator[Run]:
    for element in paragraph.iter():
        name = local(element)
        if name == "t" and not _deleted(element):
            yield Run(text=element.text or "", kind=_level(element))
        elif name in {"br", "cr"}:
            yield Run(text="", kind="break")
        elif name in {"tab", "nobreakhyphen"} and local(element.getparent()) == "r":  # type: ignore[arg-type]
            yield Run(text=" " if name == "tab" else "-")


def _deleted(element: _Element) -> bool:
    return any(local(a) in {"del", "movefrom"} for a in element.iterancestors())


def _level(element: _Element) -> RunKind:
    run = element.getparent()
    align = None if run is None else run.find(f"{_W}rPr/{_W}vertAlign")
    value = "" if align is None else align.get(f"{_W}val")
    return "sup" if value == "superscript" else "sub" if value == "subscript" else "plain"


def _text(paragraph: _Element) -> str:
    return print_runs(list(_runs(paragraph))).text


def _grid(items: Sequence[_Element], index: int) -> Grid:
    label, caption, below = _title(items, index)
    notes = tuple(_notes(items, index + 1 + below))
    declared = marks_in(notes)
    rows = [[_cell(cell, declared) for cell in _cells(row)] for row in _rows(items[index])]
    heads = sum(
        row.find(f"{_W}trPr/{_W}tblHeader") is not None for row in _rows(items[index])
    ) or min(1, len(rows))
    return Grid(
        label=label,
        caption=caption,
        rows=tuple(tuple(_spanned(rows, r)) for r in range(len(rows))),
        header_rows=heads,
        footnotes=notes,
    )


def _rows(table: _Element) -> list[_Element]:
    return [row for row in table if local(row) == "tr"]


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in {"sdt", "sdtcontent"}:
            yield from _cells(child)


def _cell(element: _Element, declared: frozenset[str]) -> tuple[Cell, bool]:
    """(the cell, whether it only continues the one above)."""
    runs: list[Run] = []
    for paragraph in element.iter(f"{_W}p"):
        runs += [*_runs(paragraph), Run(text="", kind="break")]
    printed = print_runs(runs, declared=declared)
    span = element.find(f"{_W}tcPr/{_W}gridSpan")
    merge = element.find(f"{_W}tcPr/{_W}vMerge")
    cell = Cell(
        text=printed.text,
        clean=None if printed.clean == printed.text else printed.clean,
        marks=tuple(printed.marks),
        lines=printed.cell_lines(),
        colspan=1 if span is None else max(1, min(1000, int(span.get(f"{_W}val") or 1))),
    )
    return cell, merge is not None and merge.get(f"{_W}val") != "restart"


def _spanned(rows: Sequence[Sequence[tuple[Cell, bool]]], index: int) -> Iterator[Cell]:
    """The cells that begin in a row, with the rows below that continue them."""
    column = 0
    for cell, continues in rows[index]:
        if not continues:
            span = 1
            while index + span < len(rows) and _continues_at(rows[index + span], column):
                span += 1
            yield replace(cell, rowspan=span)
        column += cell.colspan


def _continues_at(row: Sequence[tuple[Cell, bool]], column: int) -> bool:
    place = 0
    for cell, continues in row:
        if place == column:
            return continues
        place += cell.colspan
    return False


def _title(items: Sequence[_Element], index: int) -> tuple[str | None, str, int]:
    """(number, caption, paragraphs below that the title takes)."""
    above = [_text(item) for item in reversed(items[max(0, index - 3) : index]) if _is_text(item)]
    for place, text in enumerate(above[:2]):
        if parsed := parse_title(text):
            return parsed[0], parsed[1] or (above[place - 1] if place else ""), 0
    for below, item in enumerate(items[index + 1 : index + 3], start=1):
        if not _is_text(item):
            continue
        parsed = parse_title(_text(item))
        if parsed and not _leads_table(items, index + below):
            return parsed[0], parsed[1], below
        break
    return None, "", 0


def _is_text(item: _Element) -> bool:
    return local(item) == "p" and bool(_text(item))


def _leads_table(items: Sequence[_Element], index: int) -> bool:
    """A title with another table right below it belongs to that one."""
    rest = (item for item in items[index + 1 :] if local(item) == "tbl" or _text(item))
    following = next(rest, None)
    return following is not None and local(following) == "tbl"


def _notes(items: Sequence[_Element], start: int) -> Iterator[Footnote]:
    for item in items[start:]:
        if local(item) != "p":
            return
        runs = list(_runs(item))
        text = print_runs(runs).text
        if not text:
            continue
        if not (_NOTE.match(text) or runs[0].kind == "sup") or parse_title(text):
            return
        yield from split_notes(runs)


def _blocks(items: Sequence[_Element]) -> Iterator[TextBlock]:
    section: str | None = None
    for item in items:
        if not _is_text(item):
            continue
        text, style = _text(item), item.find(f"{_W}pPr/{_W}pStyle")
        name = "" if style is None else (style.get(f"{_W}val") or "").lower()
        if name.startswith("heading"):
            yield TextBlock(text=text, kind="heading")
            section = text
        elif name == "title":
            yield TextBlock(text=text, kind="title")
        else:
            kind = "caption" if name == "caption" or parse_title(text) else "paragraph"
            yield TextBlock(text=text, kind=kind, section=section)


def _info(properties: Any) -> DocumentInfo:
    authors = [name.strip() for name in (properties.author or "").split(";") if name.strip()]
    return DocumentInfo(title=properties.title or None, authors=tuple(authors))
