"""An HTML page as a flat list of text blocks and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from evidence.documents.base import TextBlock
from evidence.documents.captions import parse_title
from evidence.documents.html.hidden import is_hidden
from evidence.documents.markup.runs import child_runs, local, runs_of
from evidence.documents.markup.tex import split_tex
from evidence.documents.runs import Run, RunKind, print_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

SILENT = {"script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "head"}
SILENT |= {"nav", "form", "button", "select", "option", "input", "textarea", "canvas", "link"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = HEADINGS | {"p", "div", "section", "article", "main", "body", "html", "figure", "header"}
_BLOCKS |= {
    "figcaption",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "aside",
    "footer",
    "pre",
}
_BLOCKS |= {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "address", "details"}
_BLOCKS |= {"footer", "pre", "summary", "fieldset", "center", "hgroup", "legend"}
_PARTS = {"table", "article", "main", "section", "h1", "h2", "figure", "form", "nav"}
_ABSTRACT = re.compile(r"\babstract\b|\bsummary\b", re.I)
_REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?s?|bibliograph\w*|cit(?:ation)?s?|biblio)(?:\b|[-_\d])", re.I
)
CAPTION_CLASS = re.compile(r"caption|figcaption|obj_head|tbl-?head|table-?title|captions", re.I)
_INLINE = {"span", "a", "i", "em", "b", "strong", "font", "small"}
_LEVEL_CLASS = re.compile(
    r"(?:(?<![^\s_-])|(?<=[a-z])(?=S|I))((?:sup|Sup)(?:erscript)?|(?:sub|Sub)(?:script)?|inf|Inf)(?!\S)"
)
"""Names such as ``sup``, ``text-superscript``, ``styleSup`` and ``styleInf``; not ``popup``."""
_NOTE_LINK = re.compile(r"#.*(?:fn|note|tf|tblfn|foot)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A block of text without blocks inside it, or what may be a table (``table`` is set)."""

    element: _Element
    text: str = ""
    runs: tuple[Run, ...] = ()
    table: bool = False


def html_kind(element: _Element) -> RunKind | Literal["hidden"] | None:
    """Superscripts, subscripts, links to notes and what is not shown, by tag, class or target."""
    name = local(element)
    if name in SILENT or is_hidden(element):
        return "hidden"
    if name in {"sup", "sub"}:
        return "sub" if name == "sub" else "sup"
    style = element.get("style") or ""
    if "vertical-align" in style:
        match = re.search(r"vertical-align:\s*(super|sub)\b", style)
        if match:
            return "sup" if match.group(1) == "super" else "sub"
    level = _LEVEL_CLASS.search(element.get("class") or "") if name in _INLINE else None
    if level:
        return "sup" if level.group(1).lower().startswith("sup") else "sub"
    if name == "a" and _NOTE_LINK.match(_fragment(element)):
        content = "".join(str(part) for part in element.itertext()).strip()
        return "note" if 0 < len(content) <= 3 and not content.isdigit() else None
    return None


def _fragment(element: _Element) -> str:
    href = element.get("href") or ""
    return href[href.find("#") :] if "#" in href else ""


def text_of(element: _Element) -> str:
    """The text of an element on one line, as printed."""
    return print_runs(list(runs_of(element, html_kind))).text


def flatten(root: _Element) -> list[Item]:
    """Blocks and tables in reading order; a table's own text is not among the blocks."""
    body = next((e for e in root.iter() if local(e) == "body"), root)
    return list(_flat(body))


def blocks_of(element: _Element) -> list[Item]:
    """The blocks of text inside an element; itself where it has none."""
    return list(_flat(element))


def _flat(element: _Element) -> Iterator[Item]:
    stray = list(split_tex(element.text or "", "plain"))
    for child in element:
        name = local(child)
        if name == "pre" or (name == "table" and not is_scaffold(child)):
            yield from _block(element, stray)
            yield Item(element=child, table=True)
        elif name and name not in SILENT and _has_blocks(child):
            yield from _block(element, stray)
            yield from _flat(child)
        elif name in _BLOCKS:
            yield from _block(element, stray)
            yield from _block(child, list(child_runs(child, html_kind)))
        else:
            stray += child_runs(child, html_kind)
        stray += split_tex(child.tail or "", "plain")
    yield from _block(element, stray)


def _block(element: _Element, runs: list[Run]) -> Iterator[Item]:
    """Blocks of these runs, if they print anything, which are then used up."""
    for part in _paragraphs(runs):
        text = print_runs(part).text
        if text:
            yield Item(element=element, text=text, runs=tuple(part))
    runs.clear()


def _paragraphs(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs parted where two breaks leave a line empty."""
    part: list[Run] = []
    broken = False
    for run in runs:
        if run.kind == "break" and broken:
            yield part
            part = []
        part.append(run)
        broken = run.kind == "break" or (broken and not run.text.strip())
    yield part


def is_scaffold(table: _Element) -> bool:
    """A table that only places parts of the page: it says so, or holds whole parts of one.

    One with a caption or a head of its own may hold tables in its cells.
    """
    if (table.get("role") or "").lower() in {"presentation", "none"}:
        return True
    headed = any(local(e) in {"caption", "thead"} for e in table)
    parts = _PARTS - {"table"} if headed else _PARTS
    return any(local(e) in parts for e in table.iterdescendants())


def _has_blocks(element: _Element) -> bool:
    return any(local(e) in _BLOCKS for e in element.iterdescendants())


def page_blocks(items: Sequence[Item], *, read: Collection[_Element] = ()) -> Iterator[TextBlock]:
    """Text blocks with their kind and the path of headings above them.

    A table that is not among those ``read`` as data gives its text as one paragraph.
    """
    path: list[tuple[int, str]] = []
    titled = False
    for item in items:
        name = local(item.element)
        section = " / ".join(text for _, text in path) or None
        if item.table:
            text = "" if item.element in read else text_of(item.element)
            if text:
                yield TextBlock(text=text, section=section)
            continue
        if name == "h1" and not titled:
            titled = True
            yield TextBlock(text=item.text, kind="title")
        elif name in HEADINGS and parse_title(item.text):
            yield TextBlock(text=item.text, kind="caption", section=section)
        elif name in HEADINGS:
            level = int(name[1])
            path = [entry for entry in path if entry[0] < level]
            section = " / ".join(text for _, text in path) or None
            yield TextBlock(text=item.text, kind="heading", section=section)
            path.append((level, item.text))
        else:
            yield TextBlock(text=item.text, kind=_kind(item.element, section), section=section)


def _kind(element: _Element, section: str | None) -> str:
    names = [_names(e) for e in (element, *element.iterancestors())][:6]
    if local(element) in {"figcaption", "caption"} or any(map(CAPTION_CLASS.search, names[:2])):
        return "caption"
    if local(element) == "li" and any(map(_REFERENCE.search, names[:3])):
        return "reference"
    if (section and _ABSTRACT.match(section)) or any(map(_ABSTRACT.search, names[:4])):
        return "abstract"
    return "paragraph"


def _names(element: _Element) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"
