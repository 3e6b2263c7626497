"""An article in XML (JATS, NLM, BITS, Elsevier), as publishers and archives keep it → Document."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.base import Document, TextBlock
from evidence.documents.decode import decode
from evidence.documents.jats.info import article_info
from evidence.documents.jats.inline import first, inline_kind, text_of
from evidence.documents.jats.tables import read_tables
from evidence.documents.markup.runs import local, runs_of
from evidence.documents.refuse import read_bytes, unreadable
from evidence.documents.runs import print_runs
from evidence.documents.xml_safe import parse_xml
from evidence.errors import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_EXPECTED = "JATS XML with an <article>"
_ARTICLES = {"article", "converted-article", "simple-article", "chapter", "simple-chapter"}
_READABLE = {"table-wrap", "body", "book-part", "tgroup"}
_INNER = {"sub-article", "response"}
_PARTS = {"body", "back", "floats-group", "floats", "tail"}
_FRONT = {"front", "front-stub", "article-meta", "book-meta", "book-part-meta", "head", "item-info"}
_ABSTRACTS = {"abstract", "trans-abstract"}
_TITLES = ("article-title", "book-title", "title")
_APART = {"table-wrap", "table-wrap-group", "fig", "fig-group", "table", "figure"}
_PARAGRAPHS = {"p", "list-item", "disp-quote", "verse-group", "para", "simple-para"}


def read_jats(path: Path) -> Document:
    """Every table of the article as grids, and its text in blocks.

    Nothing outside the file is followed. Raises UnreadableDocument for a file that is no article,
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
    articles = [e for e in root.iter() if local(e) in _ARTICLES]
    if articles:
        return articles[0], _unread_articles(articles, path)
    if any(local(e) in _READABLE for e in root.iter()):
        return root, []
    raise unreadable(
        path,
        found=f"XML whose root is <{local(root)}>",
        expected=_EXPECTED,
        mend="it may be the record alone; save the article's full text as XML, or use its PDF",
    )


def _unread_articles(articles: list[_Element], path: Path) -> list[Problem]:
    outer = [e for e in articles if not any(local(a) in _ARTICLES for a in e.iterancestors())]
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
    """Title, abstracts and text of an article, then those of the articles inside it."""
    title = next((e for name in _TITLES if (e := first(article, name)) is not None), None)
    if title is not None:
        yield TextBlock(text=text_of(title), kind="title")
    for element in _own_parts(article):
        if local(element) in _ABSTRACTS:
            yield from _section(element, "Abstract", kind="abstract")
    for element in _own_parts(article):
        if local(element) in _PARTS:
            yield from _section(element, None, kind="paragraph")
        elif local(element) in _INNER:
            yield from _blocks(element)


def _own_parts(element: _Element) -> Iterator[_Element]:
    """Abstracts, bodies and inner articles, however deep; not what lies inside them."""
    for child in element:
        if local(child) in _ABSTRACTS | _PARTS | _INNER:
            yield child
        elif local(child):
            yield from _own_parts(child)


def _section(element: _Element, name: str | None, *, kind: str) -> Iterator[TextBlock]:
    """The paragraphs of a section in reading order; ``section`` is the path of headings."""
    for child in element:
        tag = local(child)
        if tag in {"title", "section-title"}:
            heading = text_of(child)
            if heading:
                yield TextBlock(text=heading, kind="heading", section=name)
                name = f"{name} / {heading}" if name else heading
        elif tag in _APART:
            yield from _captions(child, name)
        elif tag in {"ref", "bib-reference"}:
            yield TextBlock(text=text_of(child), kind="reference", section=name)
        elif tag in _PARAGRAPHS:
            yield from _paragraph(child, name, kind)
        elif tag in _FRONT or tag in {"label", "object-id", ""}:
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
