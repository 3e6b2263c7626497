"""JATS XML (the article as its publisher or PubMed Central keeps it) → Document."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Document, TextBlock
from evidence.documents.decode import decode
from evidence.documents.jats_info import article_info
from evidence.documents.jats_tables import first, inline_kind, read_tables, text_of
from evidence.documents.markup_grid import local, runs_of
from evidence.documents.refuse import read_bytes, unreadable
from evidence.documents.runs import print_runs
from evidence.documents.xml_safe import parse_xml
from evidence.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_EXPECTED = "JATS XML with an <article>"
_APART = {"table-wrap", "table-wrap-group", "fig", "fig-group", "table"}
_PARAGRAPHS = {"p", "list-item", "disp-quote", "verse-group"}


def read_jats(path: Path) -> Document:
    """Every table of the article as grids, and its text in blocks.

    Nothing outside the file is followed. Raises UnreadableDocument for a file that is no JATS,
    empty, truncated or in no known encoding.
    """
    content = read_bytes(path)
    text, problems = decode(content, path, expected=_EXPECTED)
    root, mended = parse_xml(text, path)
    article, others = _article(root, path)
    grids, found = read_tables(article, path)
    return Document(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        format="jats",
        grids=tuple(grids),
        blocks=tuple(_blocks(article)),
        info=article_info(article),
        problems=(*problems, *mended, *others, *found),
    )


def _article(root: _Element, path: Path) -> tuple[_Element, list[Problem]]:
    articles = [e for e in root.iter() if local(e) == "article"]
    if articles:
        return articles[0], _unread_articles(articles, path)
    if any(local(e) in {"table-wrap", "body", "book-part"} for e in root.iter()):
        return root, []
    raise unreadable(
        path,
        found=f"XML whose root is <{local(root)}>",
        expected=_EXPECTED,
        mend="save the article's full text as JATS XML, or use its PDF",
    )


def _unread_articles(articles: list[_Element], path: Path) -> list[Problem]:
    outer = [e for e in articles if not any(local(a) == "article" for a in e.iterancestors())]
    if len(outer) < 2:
        return []
    return [
        Problem(
            code="several-articles",
            message=f"the file holds {len(outer)} articles; only the first was read.",
            remedy="save each article in a file of its own",
            source=Place(document=path.name, line=_line(outer[1])),
        )
    ]


def _line(element: _Element) -> int | None:
    return element.sourceline if isinstance(element.sourceline, int) else None


def _blocks(article: _Element) -> Iterator[TextBlock]:
    title = first(article, "article-title")
    if title is not None:
        yield TextBlock(text=text_of(title), kind="title")
    for abstract in (e for e in article.iter() if local(e) in {"abstract", "trans-abstract"}):
        yield from _section(abstract, "Abstract", kind="abstract")
    for part in article:
        if local(part) in {"body", "back", "floats-group"}:
            yield from _section(part, None, kind="paragraph")
        elif local(part) in {"sub-article", "response"}:
            yield from _blocks(part)


def _section(element: _Element, name: str | None, *, kind: str) -> Iterator[TextBlock]:
    """The paragraphs of a section in reading order; ``section`` is the path of headings."""
    for child in element:
        tag = local(child)
        if tag == "title":
            heading = text_of(child)
            if heading:
                yield TextBlock(text=heading, kind="heading", section=name)
                name = f"{name} / {heading}" if name else heading
        elif tag in _APART:
            yield from _captions(child, name)
        elif tag == "ref":
            yield TextBlock(text=text_of(child), kind="reference", section=name)
        elif tag in _PARAGRAPHS:
            yield from _paragraph(child, name, kind)
        elif tag in {"front", "front-stub", "label", "object-id", ""}:
            continue
        else:
            yield from _section(child, name, kind=kind)


def _paragraph(element: _Element, name: str | None, kind: str) -> Iterator[TextBlock]:
    """A paragraph's own text, then the captions of what floats inside it."""
    text = print_runs(list(runs_of(element, inline_kind, skip=_APART))).text
    if text:
        yield TextBlock(text=text, kind=kind, section=name)
    for child in element.iter():
        if local(child) in {"table-wrap", "fig"}:
            yield from _captions(child, name)


def _captions(element: _Element, name: str | None) -> Iterator[TextBlock]:
    for caption in element.iter():
        if local(caption) == "caption":
            before = caption.itersiblings(preceding=True)
            label = next((text_of(e) for e in before if local(e) == "label"), "")
            text = " ".join(part for part in (label, text_of(caption)) if part)
            if text:
                yield TextBlock(text=text, kind="caption", section=name)
