"""The number and the caption of a table in article XML, its own or those of what holds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence.documents.captions import parse_title
from evidence.documents.jats.inline import first, inline_kind, text_of
from evidence.documents.markup.runs import local, runs_of
from evidence.documents.runs import print_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

HOLDERS = {"table-wrap-group", "boxed-text", "tabular", "table-entry"}
"""What may hold a table and its title: JATS, Wiley's and RSC's XML."""
_LABEL = re.compile(
    r"^(?:(?:supplementa(?:ry|l)|appendix|online|extended data|web)\s+)?"
    r"(?:tables?|tab\.?|tableau|tabelle|tabla|tabela|tabella)\.?\s*",
    re.I,
)


def title_of(wrap: _Element) -> tuple[str | None, str]:
    """(number as printed or None, caption); a holder's title serves a table without its own."""
    label, caption = _own_title(wrap)
    parent = wrap.getparent()
    if parent is not None and local(parent) in HOLDERS:
        held_label, held_caption = _own_title(parent)
        label, caption = label or held_label, caption or held_caption
    return label, caption


def _own_title(element: _Element) -> tuple[str | None, str]:
    named = next((e for e in element if local(e) == "label"), None)
    caption = next((e for e in element if local(e) in {"caption", "title"}), None)
    if named is None and caption is not None:
        named = first(caption, "captionnumber")
    label, words = text_of(named), ""
    if caption is not None:
        words = print_runs(list(runs_of(caption, inline_kind, skip={"captionnumber"}))).text
    if not label:
        match = re.match(rf"({_LABEL.pattern[1:]})([A-Z]?\d+[A-Za-z]?)\b[.:]?\s*", words, re.I)
        if match:
            label, words = match.group(2), words[match.end() :]
    return table_number(label), words


def table_number(label: str) -> str | None:
    """``Table 4.`` → ``4``; None where nothing is left."""
    parsed = parse_title(label)
    if parsed is not None and not parsed[1]:
        return parsed[0]
    return _LABEL.sub("", label).strip().rstrip(".:").strip() or None
