"""What an article page says about itself in its meta elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence.documents.base import DocumentInfo
from evidence.documents.markup_grid import local

if TYPE_CHECKING:
    from lxml.etree import _Element

_TITLE = ("citation_title", "dc.title", "og:title")
_AUTHOR = ("citation_author", "citation_authors", "dc.creator", "author")
_JOURNAL = ("citation_journal_title", "prism.publicationname", "dc.source")
_DATE = ("citation_publication_date", "citation_online_date", "citation_date", "dc.date")
_DOI = ("citation_doi", "dc.identifier", "prism.doi", "bepress_citation_doi")
_PMID = ("citation_pmid",)


def page_info(root: _Element) -> DocumentInfo:
    """Title, authors, journal, year, DOI and PMID; None where the page is silent."""
    metas = [
        ((e.get("name") or e.get("property") or "").lower(), (e.get("content") or "").strip())
        for e in root.iter()
        if local(e) == "meta"
    ]

    def every(names: tuple[str, ...]) -> list[str]:
        for name in names:
            found = [content for key, content in metas if key == name and content]
            if found:
                return found
        return []

    dates = [int(m.group(0)) for d in every(_DATE) if (m := re.search(r"\b(1[89]|20)\d\d\b", d))]
    dois = [m.group(0) for d in every(_DOI) if (m := re.search(r"10\.\d{4,9}/\S+", d))]
    authors = [name.strip() for entry in every(_AUTHOR) for name in entry.split(";")]
    return DocumentInfo(
        title=next(iter(every(_TITLE)), None) or _heading(root),
        authors=tuple(name for name in authors if name),
        journal=next(iter(every(_JOURNAL)), None),
        year=min(dates, default=None),
        doi=dois[0].rstrip(".").lower() if dois else None,
        pmid=next(iter(every(_PMID)), None),
    )


def _heading(root: _Element) -> str | None:
    heading = next((e for e in root.iter() if local(e) == "h1"), None)
    if heading is None:
        heading = next((e for e in root.iter() if local(e) == "title"), None)
    if heading is None:
        return None
    return re.sub(r"\s+", " ", "".join(str(part) for part in heading.itertext())).strip() or None
