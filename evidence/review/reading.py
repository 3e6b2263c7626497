"""A paper of the review: what it says, and what it says taken into ``extracted/``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evidence.review.adding import Added, add_paper, entry_for, known_as, paper_hash

if TYPE_CHECKING:
    from evidence.documents.base import Document
    from evidence.extraction import Extraction
    from evidence.review.contents import Contents


def extract_document(review: Contents, paper: Path, document: Document) -> Extraction:
    """What a paper says, with the review's words, drug and kind of source."""
    from evidence.extraction import extract

    entry = entry_for(review.protocol, paper, paper_hash(paper))
    return extract(
        document,
        vocabulary=review.vocabulary,
        protocol=review.protocol,
        source_kind=entry.kind if entry else "review",
    )


def add(review: Contents, paper: Path, *, source: str | None = None, again: bool = False) -> Added:
    """Read a paper into ``extracted/``; a file that was read before is left, unless ``again``."""
    from evidence.review.second_path import read_and_compare, same_paper

    review.require()
    known = known_as(review.folder, paper_hash(paper))
    if known is not None and not again:
        return Added(paper=paper.name, source=known.name, unchanged=True)
    paths = same_paper(paper)
    document, also = read_and_compare(paths)
    added = add_paper(
        review.folder,
        review.protocol,
        paths[0],
        document,
        extract_document(review, paths[0], document),
        sha256=paper_hash(paths[0]),
        also=also,
        source=source or (known.name if known else None),
    )
    review.forget()
    return added
