"""What an article page says about itself: in its meta elements, in JSON-LD, in its heading."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from evidence.documents.base import DocumentInfo
from evidence.documents.captions import parse_title
from evidence.documents.identify import doi_in, pmcid_in, pmid_in, years_in
from evidence.documents.markup.runs import local
from evidence.documents.names import family_first

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLE = ("citation_title", "dc.title", "dcterms.title", "eprints.title", "wkhealth_title")
_AUTHOR = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "author")
_JOURNAL = ("citation_journal_title", "prism.publicationname", "dcterms.ispartof", "dc.source")
_DATE = (
    *("citation_publication_date", "citation_date", "citation_year", "citation_cover_date"),
    *("citation_online_date", "prism.publicationdate", "dc.date", "dcterms.issued"),
    "article:published_time",
)
_DOI = ("citation_doi", "prism.doi", "dc.identifier", "dcterms.identifier", "bepress_citation_doi")
_PMID = ("citation_pmid", "ncbi_pmid")
_PMCID = ("citation_pmcid", "citation_pmc_id")
_ADDRESS = ("citation_fulltext_html_url", "citation_abstract_html_url", "og:url")
_TYPE = ("citation_article_type", "citation_section", "prism.section", "dc.type")
_NO_TYPE = {"text", "article", "journal", "journalarticle", "collection"}
_ARTICLES = {"scholarlyarticle", "medicalscholarlyarticle", "article", "newsarticle"}


def page_info(root: _Element) -> DocumentInfo:
    """Title, authors, journal, year, identifiers and kind; None where the page is silent."""
    metas = list(_metas(root))
    linked = _linked_data(root)

    def every(names: Sequence[str]) -> list[str]:
        found = ([text for key, text in metas if key == name] for name in names)
        return next((texts for texts in found if texts), [])

    def first(names: Sequence[str]) -> str | None:
        return next(iter(every(names)), None)

    dates = [year for text in every(_DATE) for year in years_in(text)]
    authors = [name.strip() for entry in every(_AUTHOR) for name in entry.split(";")]
    return DocumentInfo(
        title=first(_TITLE) or linked.title or _heading(root, first(("og:title",))),
        authors=tuple(family_first(name) for name in authors if name) or linked.authors,
        journal=first(_JOURNAL) or linked.journal,
        year=min(dates, default=linked.year),
        doi=next((doi for text in every(_DOI) if (doi := doi_in(text))), linked.doi),
        pmid=pmid_in(first(_PMID), bare=True),
        pmcid=pmcid_in(first(_PMCID), bare=True) or _pmcid_of_address(root, every(_ADDRESS)),
        article_type=next((t for n in _TYPE for t in every((n,)) if _is_kind(t)), None),
    )


def _metas(root: _Element) -> Iterator[tuple[str, str]]:
    """(name in lower case, content) of every meta element that has both."""
    for element in root.iter():
        if local(element) == "meta":
            name = element.get("name") or element.get("property") or element.get("itemprop") or ""
            content = " ".join((element.get("content") or "").split())
            if name and content:
                yield name.lower(), content


def _is_kind(text: str) -> bool:
    return re.sub(r"[\s.]", "", text).lower() not in _NO_TYPE


def _pmcid_of_address(root: _Element, addresses: Sequence[str]) -> str | None:
    links = (
        e.get("href") for e in root.iter() if local(e) == "link" and e.get("rel") == "canonical"
    )
    own = (address for address in (*links, *addresses) if "/articles/PMC" in (address or ""))
    return next((pmcid for address in own if (pmcid := pmcid_in(address))), None)


def _heading(root: _Element, shared: str | None) -> str | None:
    """The first heading that titles no table; else what the page gives to be shared."""
    for name in ("h1", "title"):
        for element in (e for e in root.iter() if local(e) == name):
            text = " ".join("".join(str(part) for part in element.itertext()).split())
            if text and parse_title(text) is None:
                return shared if shared and not shared.startswith(text) else text
    return shared


def _linked_data(root: _Element) -> DocumentInfo:
    """The first article that the page describes in JSON-LD."""
    for element in root.iter():
        if local(element) == "script" and "ld+json" in (element.get("type") or ""):
            try:
                data = json.loads(element.text or "")
            except (ValueError, RecursionError):
                continue
            article = next((part for part in _parts(data) if _is_article(part)), None)
            if article is not None:
                return _from_linked(article)
    return DocumentInfo()


def _parts(data: Any) -> Iterator[dict[str, Any]]:
    stack = [data]
    while stack:
        current = stack.pop(0)
        if isinstance(current, dict):
            yield current
            stack += [current[key] for key in ("@graph", "mainEntity") if key in current]
        elif isinstance(current, list):
            stack += current


def _is_article(part: dict[str, Any]) -> bool:
    kinds = part.get("@type")
    return any(str(k).lower() in _ARTICLES for k in (kinds if isinstance(kinds, list) else [kinds]))


def _from_linked(part: dict[str, Any]) -> DocumentInfo:
    authors = part.get("author") or part.get("creator") or []
    people = authors if isinstance(authors, list) else [authors]
    names = (str(p.get("name") or "") if isinstance(p, dict) else str(p) for p in people)
    identifiers = " ".join(
        str(part.get(key) or "") for key in ("sameAs", "identifier", "@id", "url")
    )
    return DocumentInfo(
        title=str(part.get("headline") or part.get("name") or "") or None,
        authors=tuple(family_first(name) for name in names if name),
        journal=_journal(part.get("isPartOf")),
        year=min(years_in(str(part.get("datePublished") or "")), default=None),
        doi=doi_in(identifiers),
    )


def _journal(part: Any) -> str | None:
    """The name of the periodical, however many issues and volumes lie between."""
    for _ in range(6):
        if isinstance(part, list):
            part = part[0] if part else None
        if not isinstance(part, dict):
            return None
        if "periodical" in str(part.get("@type")).lower() and part.get("name"):
            return str(part["name"])
        part = part.get("isPartOf")
    return None
