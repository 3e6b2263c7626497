"""The same paper in several formats: the best is read, the others are held against it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import Problem, Severity, UnreadableDocument
from evidence.review.folder import sha256_of

if TYPE_CHECKING:
    from evidence.documents.base import Document

BEST_FIRST = (".xml", ".nxml", ".html", ".htm", ".pdf")
"""Formats of a whole paper, the one that keeps most of a table first."""


def same_paper(paper: Path) -> list[Path]:
    """The paper and the files beside it that differ in format only, best first."""
    if paper.suffix.casefold() not in BEST_FIRST:
        return [paper]
    found = [
        path
        for path in paper.parent.iterdir()
        if path.stem == paper.stem and path.suffix.casefold() in BEST_FIRST and path.is_file()
    ]
    return sorted(found or [paper], key=lambda path: BEST_FIRST.index(path.suffix.casefold()))


def read_and_compare(paths: list[Path]) -> tuple[Document, tuple[tuple[str, str], ...]]:
    """The first file as read, with every difference the others show as a problem.

    Returns the document and (file name, sha256) of each further file. A further file that cannot
    be read is a problem; the first must be readable.

    Raises:
        UnreadableDocument: the first file cannot be read.
    """
    from evidence.documents import read_document
    from evidence.documents.compare import compare_documents

    first, *others = paths
    document = read_document(first)
    problems: list[Problem] = []
    also = []
    for path in others:
        try:
            problems += compare_documents(document, read_document(path))
        except UnreadableDocument as error:
            problems += [replace(p, severity=Severity.WARNING) for p in error.problems]
            continue
        also.append((path.name, sha256_of(path)))
    if not problems:
        return document, tuple(also)
    return replace(document, problems=(*document.problems, *problems)), tuple(also)
