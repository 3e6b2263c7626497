"""What a series is called: its id and its citation, from its label or from the document."""

from __future__ import annotations

from evidence.documents.base import Document, DocumentInfo
from evidence.extraction.cells.label import Label, slug
from evidence.extraction.found import Value
from evidence.extraction.source import Notes
from evidence.model.authors import family_name
from evidence.model.protocol import Protocol
from evidence.model.series import Citation

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def series_id(label: Label, used: set[str], document: Document, protocol: Protocol | None) -> str:
    """``author-year``; a letter is added where the id is taken."""
    base = _own_id(document, protocol) or "own-series" if label.own else _label_id(label)
    if base not in used:
        return base
    letters = (chr(code) for code in range(ord("b"), ord("z") + 1))
    free = (name for letter in letters if (name := f"{base}-{letter}") not in used)
    return next(free, f"{base}-{len(used)}")


def _label_id(label: Label) -> str:
    year = f"{label.year.value}{label.year_letter}" if label.year else ""
    return "-".join(part for part in (slug(label.surname), year) if part) or "series"


def _own_id(document: Document, protocol: Protocol | None) -> str | None:
    for source in protocol.source if protocol else ():
        same_file = source.sha256 == document.sha256
        same_name = source.sha256 is None and source.document == document.name
        if source.own_series and (same_file or same_name):
            return source.own_series
    info = document.info
    if not info.authors:
        return None
    return "-".join(filter(None, (slug(first_surname(info.authors[0])), str(info.year or ""))))


def own_citation(info: DocumentInfo, without_authors: str = "") -> Citation:
    """How a paper is cited as one series, by what it says about itself."""
    names = [first_surname(author) for author in info.authors]
    first = names[0] if names else without_authors
    return Citation(
        authors=f"{first} et al." if len(names) > 1 else first,
        year=info.year,
        title=info.title,
        journal=info.journal,
        doi=info.doi,
        pmid=info.pmid,
        pmcid=info.pmcid,
    )


def cite(label: Label, info: DocumentInfo, key: str, notes: Notes) -> Citation:
    """The citation, with the places of authors, year and reference noted."""
    if label.own and info.authors:
        return own_citation(info)
    text = notes.cells[key].text
    start = max(text.find(label.authors), 0)
    end = start + len(label.authors) if label.authors in text else len(text)
    notes.note("citation.authors", key, start, end, doubt=label.doubt)
    if label.year is not None:
        _note_year(label.year, key, notes)
    _note_reference(label, key, notes)
    year = label.year.value if label.year else None
    return Citation(authors=label.authors, year=year, reference=label.reference)


def _note_year(year: Value[int], key: str, notes: Notes) -> None:
    place = notes.cells.get(year.cell or key)
    if place is not None:
        start = place.text.find(str(year.value))
        notes.note("citation.year", place.key, start, start + 4)


def _note_reference(label: Label, key: str, notes: Notes) -> None:
    if label.reference is None:
        return
    printed = str(label.reference)
    for place in (key, "reference"):
        for form in (printed.translate(SUPERSCRIPTS), printed):
            start = notes.cells[place].text.find(form) if place in notes.cells else -1
            if start >= 0:
                notes.note("citation.reference", place, start, start + len(form))
                return


def first_surname(author: str) -> str:
    """Surname of ``Smith, J``, ``Smith J`` or ``Jane Smith``."""
    family = family_name(author)
    return family if family != author or not author.strip() else author.split()[-1]
