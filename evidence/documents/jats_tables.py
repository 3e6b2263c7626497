"""The tables of a JATS article: label, caption, grid, footnotes, and those that are pictures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Footnote, Grid
from evidence.documents.footnotes import marks_in, split_notes
from evidence.documents.markup_grid import build_rows, local, picture_problem, runs_of
from evidence.documents.runs import RunKind, print_runs
from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_TABLES = {"table", "array"}
_LABEL = re.compile(
    r"^(?:(?:supplementa(?:ry|l)|appendix|online|extended data|web)\s+)?"
    r"(?:tables?|tab\.?|tableau|tabelle|tabla|tabela|tabella)\.?\s*",
    re.I,
)


def first(element: _Element, name: str) -> _Element | None:
    """The first element of a name inside another."""
    return next((e for e in element.iter() if local(e) == name), None)


def text_of(element: _Element | None) -> str:
    """The text of an element on one line, as printed."""
    return "" if element is None else print_runs(list(runs_of(element, inline_kind))).text


def inline_kind(element: _Element) -> RunKind | None:
    """Superscripts, subscripts and links to footnotes and references, by their JATS tags."""
    name = local(element)
    if name == "sup":
        return None if any(local(e) == "xref" for e in element) else "sup"
    if name == "sub":
        return "sub"
    if name == "xref":
        return _link_kind(element)
    return None


def _link_kind(element: _Element) -> RunKind | None:
    kind = element.get("ref-type", "")
    content = "".join(str(part) for part in element.itertext()).strip()
    raised = any(local(e) == "sup" for e in (element.getparent(), *element) if e is not None)
    if kind in {"table-fn", "fn"} and len(content) <= 8:
        return "note"
    if raised:
        return "note" if kind == "bibr" else "sup"
    return "bib" if kind == "bibr" else None


def read_tables(article: _Element, path: Path) -> tuple[list[Grid], list[Problem]]:
    """Every table of the article in document order, wherever it floats, and what was in doubt."""
    grids: list[Grid] = []
    problems: list[Problem] = []
    for element in article.iter():
        if local(element) == "table-wrap":
            found, trouble = _read_wrap(element, path)
            grids += found
            problems += trouble
        elif local(element) == "table" and not _inside_wrap(element):
            grids.append(_grid(element, label=None, caption="", footnotes=()))
    return [grid for grid in grids if grid.rows], problems


def _inside_wrap(element: _Element) -> bool:
    return any(local(a) == "table-wrap" for a in element.iterancestors())


def _read_wrap(wrap: _Element, path: Path) -> tuple[list[Grid], list[Problem]]:
    label, caption = _title(wrap)
    notes = tuple(_footnotes(wrap))
    tables = [e for e in _own(wrap) if local(e) in _TABLES]
    grids = [_grid(table, label=label, caption=caption, footnotes=notes) for table in tables]
    place = Place(document=path.name, table=label or caption[:60] or None)
    if not any(grid.rows for grid in grids):
        return [], [_no_cells(wrap, place)]
    return grids, picture_problem(grids, place)


def _own(wrap: _Element) -> Iterator[_Element]:
    """Everything in a wrap except what belongs to a wrap inside it."""
    for child in wrap:
        if local(child) and local(child) != "table-wrap":
            yield child
            yield from _own(child)


def _title(wrap: _Element) -> tuple[str | None, str]:
    """(number as printed or None, caption); a group's title serves a table without its own."""
    label, caption = _own_title(wrap)
    parent = wrap.getparent()
    if parent is not None and local(parent) == "table-wrap-group":
        group_label, group_caption = _own_title(parent)
        label, caption = label or group_label, caption or group_caption
    return label, caption


def _own_title(element: _Element) -> tuple[str | None, str]:
    label = next((text_of(e) for e in element if local(e) == "label"), "")
    caption = next((text_of(e) for e in element if local(e) == "caption"), "")
    if not label:
        match = re.match(rf"({_LABEL.pattern[1:]})([A-Z]?\d+[A-Za-z]?)\b[.:]?\s*", caption, re.I)
        if match:
            label, caption = match.group(2), caption[match.end() :]
    return table_number(label), caption


def table_number(label: str) -> str | None:
    """``Table 4.`` → ``4``; None where nothing is left."""
    return _LABEL.sub("", label).strip().rstrip(".:").strip() or None


def _grid(
    table: _Element, *, label: str | None, caption: str, footnotes: tuple[Footnote, ...]
) -> Grid:
    declared = marks_in(footnotes)
    rows, header_rows = build_rows(table, inline_kind, declared=declared)
    return Grid(
        label=label, caption=caption, rows=rows, header_rows=header_rows, footnotes=footnotes
    )


def _footnotes(wrap: _Element) -> Iterator[Footnote]:
    """The notes under a table, each with its mark; then notes elsewhere that its cells cite."""
    inside: set[str] = set()
    for foot in (e for e in _own(wrap) if local(e) == "table-wrap-foot"):
        inside |= {e.get("id", "") for e in foot.iter() if local(e)}
        for note in _note_elements(foot):
            yield from _note(note)
    cited = {
        rid
        for e in _own(wrap)
        if local(e) == "xref" and e.get("ref-type") in {"table-fn", "fn"}
        for rid in (e.get("rid") or "").split()
    }
    for rid in sorted(cited - inside):
        root = wrap.getroottree().getroot()
        target = next((e for e in root.iter() if local(e) == "fn" and e.get("id") == rid), None)
        if target is not None:
            yield from _note(target)


def _note_elements(foot: _Element) -> Iterator[_Element]:
    for child in foot:
        if local(child) in {"fn-group", "table-wrap-foot"}:
            yield from _note_elements(child)
        elif local(child) and local(child) not in {"title", "label"}:
            yield child


def _note(element: _Element) -> Iterator[Footnote]:
    label = next((e for e in element if local(e) == "label"), None)
    mark = text_of(label).strip("()[]. ") or element.get("symbol")
    runs = list(runs_of(element, inline_kind, skip={"label"}))
    yield from split_notes(runs, mark=mark)


def _no_cells(wrap: _Element, place: Place) -> Problem:
    pictures = [e for e in wrap.iter() if local(e) in {"graphic", "media", "inline-graphic"}]
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
