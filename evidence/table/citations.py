"""Whether two series cite one paper or one author, from what is printed of either."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.model.series import Series

_NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+")
_NOT_NAMES = {"et", "al", "and", "level", "our", "series", "own", "the", "de", "van", "von", "la"}
_INITIAL = re.compile(r"^\W*(?:([A-Z])[A-Z]?\.?\s+)?[^\W\d_][\w'’-]+(?:,?\s+([A-Z])[A-Z]?\b)?")


def first_initial(authors: str) -> str | None:
    """The first author's first initial, before or after the name; None where none is given."""
    found = _INITIAL.match(authors)
    return (found[1] or found[2]) if found else None


def surnames(authors: str) -> list[str]:
    """Words of an author list that can be surnames, in order, without initials and ``et al``."""
    words = [w.casefold() for w in _NAME.findall(authors)]
    return [w for w in words if w not in _NOT_NAMES and len(w) > 2]


def same_paper(a: Series, b: Series) -> str | None:
    """What shows that two series cite one paper: DOI, PMID, title or file; None: nothing does."""
    x, y = a.citation, b.citation
    if x.doi and y.doi and plain_doi(x.doi) == plain_doi(y.doi):
        return f"DOI {plain_doi(x.doi)}"
    if x.pmid and y.pmid and x.pmid.strip() == y.pmid.strip():
        return f"PMID {x.pmid}"
    if x.title and y.title and near_identical(x.title, y.title):
        return f"the title '{x.title}'"
    first, second = ((s.source.sha256, s.source.table, s.source.row) for s in (a, b))
    if a.source.sha256 and first == second:
        return f"the file {a.source.document}"
    return None


def plain_doi(doi: str) -> str:
    """A DOI without resolver, prefix, case and closing stop."""
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi.strip().lower()).rstrip(".")


def near_identical(a: str, b: str) -> bool:
    """Whether two titles are one but for spelling, case and punctuation."""
    from rapidfuzz import fuzz

    x, y = (re.sub(r"[\W_]+", " ", t).casefold().strip() for t in (a, b))
    return min(len(x), len(y)) >= 20 and fuzz.ratio(x, y) >= 95
