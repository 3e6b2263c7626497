"""A Word document → Document: tables with titles and notes, paragraphs under their headings."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.documents.archive import check_archive, without_macros
from evidence.documents.base import Document, DocumentInfo, Footnote, Grid, TextBlock
from evidence.documents.captions import parse_title
from evidence.documents.footnotes import (
    cell_notes,
    explains,
    marks_in,
    opens_raised,
    reads_like_note,
    split_notes,
    table_terms,
)
from evidence.documents.front_page import front_info
from evidence.documents.markup.bounds import bounded, size_problems
from evidence.documents.markup.heads import lift_title
from evidence.documents.markup.pictures import picture_problem
from evidence.documents.markup.runs import local
from evidence.documents.refuse import missing_extra, read_bytes, unreadable
from evidence.documents.runs import print_runs
from evidence.documents.word.absent import absent_tables
from evidence.documents.word.notes import Notes, read_notes
from evidence.documents.word.numbering import print_numbers
from evidence.documents.word.runs import W, paragraph_runs, paragraph_text
from evidence.documents.word.tables import grid_rows, is_frame
from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHANGES = {"ins", "del", "movefrom", "moveto", "cellins", "celldel"}


def read_docx(path: Path) -> Document:
    """Tables and paragraphs in the order in which they stand, with tracked changes accepted.

    A title is the nearest paragraph above or below that names a table, or the table's first row;
    notes are the paragraphs below that read like notes, and the footnotes that cells refer to.
    Raises UnreadableDocument for a damaged file, and where the ``office`` extra is not installed.
    """
    content = read_bytes(path)
    body, notes, properties = _open(content, path)
    items = list(_items(body))
    at = [index for index, item in enumerate(items) if local(item) == "tbl"]
    read = [_grid(items, index, notes) for index in at]
    grids = [grid for grid in read if grid.rows]
    blocks = tuple(_blocks(items))
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="docx",
        grids=tuple(grids),
        blocks=blocks,
        info=_info(properties, blocks),
        problems=(
            *size_problems(read, path),
            *absent_tables(items, grids, path.name),
            *_problems(body, grids, path),
        ),
    )


def _open(content: bytes, path: Path) -> tuple[_Element, Notes, Any]:
    try:
        import docx
    except ImportError as error:
        raise missing_extra(path, package="python-docx", extra="office") from error
    try:
        check_archive(content)
        document = docx.Document(io.BytesIO(without_macros(content)))
        print_numbers(document)
        return document.element.body, read_notes(document), document.core_properties
    except Exception as error:
        raise unreadable(
            path,
            found=f"a damaged Word document ({type(error).__name__}: {str(error)[:120]})",
            expected="a whole .docx file",
            mend="open it in a word processor and save it again",
        ) from error


def _items(body: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in order, also those in content controls, text boxes and frames."""
    for child in body:
        name = local(child)
        if name == "p":
            yield child
            for box in child.iter(f"{W}txbxContent"):
                if not any(local(a) == "fallback" for a in box.iterancestors()):
                    yield from _items(box)
        elif name == "tbl" and is_frame(child):
            for cell in child.iter(f"{W}tc"):
                if next((a for a in cell.iterancestors(f"{W}tbl")), None) is child:
                    yield from _items(cell)
        elif name == "tbl":
            yield child
        elif name in {"sdt", "sdtcontent", "ins", "moveto", "customxml"}:
            yield from _items(child)


def _grid(items: Sequence[_Element], index: int, notes: Notes) -> Grid:
    label, caption, below = _title(items, index)
    rows, heads = grid_rows(items[index], declared=(), numbers=notes.numbers)
    below_it = _notes(items, index + 1 + below, table_terms(rows))
    found = [*below_it, *notes.cited_in(items[index])]
    if found:
        rows, heads = grid_rows(items[index], declared=marks_in(found), numbers=notes.numbers)
    if label is None:
        label, caption, rows, heads = lift_title(rows, heads)
    while len(rows) > 1 and len(rows[-1]) == 1 and reads_like_note(rows[-1][0].text):
        found = [*cell_notes(rows[-1][0]), *found]
        rows = rows[:-1]
    rows, doubt = bounded(rows)
    return Grid(
        label=label,
        caption=caption,
        rows=rows,
        header_rows=min(heads, len(rows)),
        footnotes=tuple(found),
        doubt=doubt,
    )


def _title(items: Sequence[_Element], index: int) -> tuple[str | None, str, int]:
    """(number, caption, paragraphs below that the title takes)."""
    above: list[str] = []
    for item in reversed(items[max(0, index - 4) : index]):
        if local(item) == "tbl":
            break
        above += [paragraph_text(item)] if _is_text(item) else []
    for place, text in enumerate(above[:2]):
        if parsed := parse_title(text):
            return parsed[0], parsed[1] or (above[place - 1] if place else ""), 0
    for below, item in enumerate(items[index + 1 : index + 3], start=1):
        if not _is_text(item):
            continue
        parsed = parse_title(paragraph_text(item))
        if parsed and not _leads_table(items, index + below):
            return parsed[0], parsed[1], below
        break
    return None, "", 0


def _is_text(item: _Element) -> bool:
    return local(item) == "p" and bool(paragraph_text(item))


def _leads_table(items: Sequence[_Element], index: int) -> bool:
    """A title with another table right below it belongs to that one."""
    rest = (item for item in items[index + 1 :] if local(item) == "tbl" or paragraph_text(item))
    following = next(rest, None)
    return following is not None and local(following) == "tbl"


def _notes(items: Sequence[_Element], start: int, terms: Collection[str]) -> Iterator[Footnote]:
    for item in items[start:]:
        if local(item) != "p":
            return
        runs = list(paragraph_runs(item))
        text = print_runs(runs).text
        if not text:
            continue
        own = opens_raised(runs) or reads_like_note(text) or explains(text, terms)
        if not own or parse_title(text):
            return
        yield from split_notes(runs)


def _blocks(items: Sequence[_Element]) -> Iterator[TextBlock]:
    section: str | None = None
    for item in items:
        if not _is_text(item):
            continue
        text, style = paragraph_text(item), item.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else (style.get(f"{W}val") or "").lower()
        if name.startswith("heading"):
            yield TextBlock(text=text, kind="heading")
            section = text
        elif name == "title":
            yield TextBlock(text=text, kind="title")
        else:
            kind = "caption" if name == "caption" or parse_title(text) else "paragraph"
            yield TextBlock(text=text, kind=kind, section=section)


def _info(properties: Any, blocks: Sequence[TextBlock]) -> DocumentInfo:
    """The title of the text or of the file; authors only where a line below it names them.

    A heading that opens the text is its title where names stand below it. The file's own author
    is whoever typed it.
    """
    lines = [block.text for block in blocks[:40]]
    titled = next((block.text for block in blocks if block.kind == "title"), None)
    if titled is None and blocks and blocks[0].kind == "heading":
        info = front_info(lines, title=lines[0])
        if info.authors:
            return info
    title = titled or properties.title or None
    return replace(front_info(lines, title=title), title=title)


def _problems(body: _Element, grids: Sequence[Grid], path: Path) -> Iterator[Problem]:
    for grid in grids:
        yield from picture_problem([grid], Place(document=path.name, table=grid.label))
    if any(local(element) in _CHANGES for element in body.iter()):
        yield Problem(
            code="tracked-changes",
            severity=Severity.NOTE,
            message="the document has tracked changes; it was read as if all were accepted.",
            remedy="accept or reject them in a word processor and save it again",
            source=Place(document=path.name),
        )
