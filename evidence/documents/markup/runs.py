"""The text inside an element of XML or HTML as runs: levels, lines, formulas, drawn signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Literal

from evidence.documents.markup.tex import split_tex, tex_runs
from evidence.documents.runs import Run, RunKind

if TYPE_CHECKING:
    from lxml.etree import _Element

Kinds = Callable[["_Element"], RunKind | Literal["hidden"] | None]
"""The kind of run an element sets its text in; None: as its parent; hidden: it is not shown."""

_BREAKS = {"break", "br", "hr", "vsp"}
_BLOCKS = {"p", "list", "list-item", "li", "ul", "ol", "div", "title", "disp-formula", "tr", "dl"}
_BLOCKS |= {"dd", "dt", "table", "figcaption", "def-item", "disp-quote", "h1", "h2", "h3", "h4"}
_BLOCKS |= {"para", "simple-para", "note-para", "td", "th", "row", "entry"}
_BLOCKS |= {"summary", "details"}
STRUCK = {"del", "s", "strike"}
"""What is printed with a line through it, or deleted: no longer said."""
_SILENT = {"script", "style", "noscript", "template", "object-id", "annotation", "annotation-xml"}
_SILENT |= STRUCK
_POOR = {"tex-math", "graphic", "inline-graphic", "media"}
_TEX = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.S)


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
        yield from split_tex(element.text, kind)
    chosen = best_alternative(element) if local(element) == "alternatives" else None
    for child in element:
        if chosen is None or child is chosen:
            yield from child_runs(child, kinds, kind, skip=skip)
        if child.tail:
            yield from split_tex(child.tail, kind)


def child_runs(
    child: _Element, kinds: Kinds, kind: RunKind = "plain", *, skip: Collection[str] = ()
) -> Iterator[Run]:
    """The text of an element as runs, as it is set among the text around it."""
    name = local(child)
    own = kinds(child) if name else None
    if name in skip:
        yield Run(text="", kind="break")
    elif not name:
        if "entity" in type(child).__name__.lower():
            yield Run(text=child.text or "", kind=kind)
    elif own != "hidden" and name not in _SILENT:
        if name in _BREAKS or name in _BLOCKS:
            yield Run(text="", kind="break")
        yield from _inside(
            child, name, kinds, kind if kind in {"note", "bib"} else own or kind, skip
        )
        if name in _BLOCKS:
            yield Run(text="", kind="break")


def _inside(
    child: _Element, name: str, kinds: Kinds, kind: RunKind, skip: Collection[str]
) -> Iterator[Run]:
    if name == "math":
        yield from _math(child, kind)
    elif name == "img":
        yield Run(text=drawn_sign(child), kind=kind)
    elif name == "tex-math":
        body = _TEX.search(child.text or "")
        yield from tex_runs((body.group(1) if body else child.text or "").strip(" $\n"), kind)
    elif name == "hsp":
        yield Run(text=" ", kind=kind)
    else:
        yield from runs_of(child, kinds, kind, skip=skip)


def drawn_sign(image: _Element) -> str:
    """The sign that a picture inside a line stands for (``±``, ``≥``), by its other text."""
    words = (image.get("alt") or "").strip()
    return words if 0 < len(words) <= 2 and not words.isalnum() else ""


def best_alternative(element: _Element) -> _Element | None:
    """MathML or text rather than TeX or a picture, which say the same; TeX rather than nothing."""
    named = [child for child in element if local(child)]
    good = next((child for child in named if local(child) not in _POOR), None)
    return good if good is not None else next(iter(named), None)


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
