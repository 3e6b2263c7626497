"""Tables that a page keeps as data for its scripts: in JSON, in attributes, in templates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_START = re.compile(r"(?:^|[=(:])\s*(?=[{\[])")
_MAX_TEXT = 5_000_000
_MAX_STARTS = 20


def unfold_tables(root: HtmlElement) -> None:
    """Put every table that waits in data beside the element that holds it, so that it is read.

    Nothing is run: a script's text is read as JSON, and what is no JSON stays where it is.
    """
    for element in list(root.iter()):
        pieces = list(dict.fromkeys(_waiting(element)))
        for piece in reversed(pieces):
            _put_after(element, piece)


def _waiting(element: HtmlElement) -> Iterator[str]:
    if local(element) in {"script", "template"}:
        text = element.text or ""
        if "<table" in text or "\\u003ctable" in text.lower():
            yield from _in_json(text)
    for value in element.attrib.values() if isinstance(element.tag, str) else ():
        if _is_table(str(value)):
            yield str(value)


def _in_json(text: str) -> Iterator[str]:
    if len(text) > _MAX_TEXT:
        return
    decoder = json.JSONDecoder()
    position = 0
    for _ in range(_MAX_STARTS):
        start = _START.search(text, position)
        if start is None:
            return
        try:
            value, position = decoder.raw_decode(text, start.end())
        except (ValueError, RecursionError):
            position = start.end() + 1
            continue
        yield from _strings(value)


def _strings(value: object) -> Iterator[str]:
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, str) and _is_table(current):
            yield current
        elif isinstance(current, dict):
            stack.extend(reversed(list(current.values())))
        elif isinstance(current, list):
            stack.extend(reversed(current))


def _is_table(text: str) -> bool:
    return "<table" in text and "</table" in text


def _put_after(element: HtmlElement, markup: str) -> None:
    from lxml import etree, html

    parent = element.getparent()
    if parent is None:
        return
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        part = html.fragment_fromstring(
            markup.encode("utf-8", errors="replace"), create_parent="div", parser=parser
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return
    part.set("class", "table-data")
    part.tail, element.tail = element.tail, None
    parent.insert(parent.index(element) + 1, part)
