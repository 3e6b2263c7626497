"""What a JATS article says about itself: title, authors, journal, year, identifiers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence.documents.base import DocumentInfo
from evidence.documents.jats_tables import first, text_of
from evidence.documents.markup_grid import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_DATES = ("epub", "ppub", "collection", "pub", "epub-ppub")
"""Kinds of publication date; the earliest year among them is the article's."""


def article_info(article: _Element) -> DocumentInfo:
    """The front matter; None where the article is silent."""
    meta = first(article, "article-meta")
    front = article if meta is None else meta
    identifiers = {e.get("pub-id-type", ""): text_of(e) for e in front if local(e) == "article-id"}
    journal = first(article, "journal-title")
    if journal is None:
        journal = first(article, "journal-id")
    title = first(front, "article-title")
    return DocumentInfo(
        title=text_of(title) or None,
        authors=tuple(_authors(front)),
        journal=text_of(journal) or None,
        year=_year(front),
        doi=_doi(identifiers.get("doi")),
        pmid=identifiers.get("pmid") or None,
    )


def _doi(text: str | None) -> str | None:
    """Lower case without a resolver's address or a full stop at the end."""
    match = re.search(r"10\.\d{4,9}/\S+", text or "")
    return match.group(0).rstrip(".").lower() if match else None


def _authors(front: _Element) -> Iterator[str]:
    """``Family Given`` of each author, in order; a group's name as it stands."""
    groups = [e for e in front if local(e) == "contrib-group"]
    for contributor in (c for group in groups for c in group if local(c) == "contrib"):
        if (contributor.get("contrib-type") or "author") != "author":
            continue
        family, given = first(contributor, "surname"), first(contributor, "given-names")
        if family is not None:
            yield " ".join(part for part in (text_of(family), text_of(given)) if part)
        elif (group := first(contributor, "collab")) is not None:
            yield text_of(group)


def _year(front: _Element) -> int | None:
    years: list[int] = []
    for date in (e for e in front if local(e) == "pub-date"):
        kind = date.get("pub-type") or date.get("date-type") or "pub"
        match = re.search(r"\b(1[89]|20)\d\d\b", text_of(first(date, "year")))
        if match and kind in _DATES:
            years.append(int(match.group(0)))
    return min(years, default=None)
