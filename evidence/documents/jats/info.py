"""What an article in XML says about itself: title, authors, journal, year, identifiers, kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.documents.base import DocumentInfo
from evidence.documents.identify import doi_in, pmcid_in, pmid_in, years_in
from evidence.documents.jats.inline import first, text_of
from evidence.documents.markup.runs import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_DATES = ("epub", "ppub", "collection", "pub", "epub-ppub")
"""Kinds of publication date; the earliest year among them is the article's."""
_META = ("article-meta", "book-part-meta", "front-stub", "book-meta", "head")
_PEOPLE = {"contrib-group", "author-group"}
_PERSON = {"contrib", "author"}


def article_info(article: _Element) -> DocumentInfo:
    """The front matter; None where the article is silent."""
    metas = (first(article, name) for name in _META)
    front = next((meta for meta in metas if meta is not None), article)
    root = article.getroottree().getroot()
    identifiers = {
        (e.get("pub-id-type") or local(e)).lower(): text_of(e)
        for e in (*front.iter(), *_apart(root))
        if local(e) in {"article-id", "book-part-id", "book-id", "doi", "pubmed-id"}
    }
    return DocumentInfo(
        title=_first_text(front, "article-title", "title", "book-title"),
        authors=tuple(_authors(front)),
        journal=_first_text(article, "journal-title", "journal-id", "book-title")
        or _first_text(root, "publicationname", "srctitle"),
        year=_year(front, root),
        doi=doi_in(identifiers.get("doi")),
        pmid=pmid_in(identifiers.get("pmid") or identifiers.get("pubmed-id"), bare=True),
        pmcid=_pmcid(identifiers),
        article_type=article.get("article-type") or _first_text(front, "subject"),
    )


def _apart(root: _Element) -> Iterator[_Element]:
    """Elements by which a publisher's wrapper names the article inside it."""
    for name in ("item-info", "coredata", "meta"):
        found = first(root, name)
        if found is not None:
            yield from found.iter()


def _first_text(element: _Element, *names: str) -> str | None:
    found = (text_of(first(element, name)) for name in names)
    return next((text for text in found if text), None)


def _pmcid(identifiers: dict[str, str]) -> str | None:
    named = (identifiers.get(kind) for kind in ("pmcid", "pmc"))
    return next((pmcid for text in named if (pmcid := pmcid_in(text, bare=True))), None)


def _authors(front: _Element) -> Iterator[str]:
    """``Family, Given`` of each author, in order; a group's name as it stands."""
    groups = [e for e in front if local(e) in _PEOPLE]
    for person in (p for group in groups for p in group if local(p) in _PERSON):
        if (person.get("contrib-type") or "author") != "author":
            continue
        family, given = first(person, "surname"), first(person, "given-names", "given-name")
        if family is not None:
            yield ", ".join(part for part in (text_of(family), text_of(given)) if part)
        elif (group := first(person, "collab")) is not None:
            yield text_of(group)


def _year(front: _Element, root: _Element) -> int | None:
    years: list[int] = []
    for date in (e for e in front.iter() if local(e) == "pub-date"):
        kind = date.get("pub-type") or date.get("date-type") or "pub"
        if kind in _DATES:
            years += years_in(text_of(first(date, "year")))[:1]
    if years:
        return min(years)
    covers = (text_of(first(root, name)) for name in ("coverdate", "cover-date-year"))
    return next((year for text in covers for year in years_in(text)), None)
