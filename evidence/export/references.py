"""Reference files (RIS, BibTeX, PubMed) read: their citations, and skeleton series of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidence.errors import Place, Problem, unknown_name
from evidence.export.encoding import read_text
from evidence.export.parsers import FORMATS
from evidence.model.authors import family_name, split_authors
from evidence.model.series import Arm, Citation, Series
from evidence.model.source import DocumentSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of a reference file and the line it begins on."""

    citation: Citation
    line: int


def read_references(path: Path) -> tuple[list[Reference], list[Problem]]:
    """Every entry of a ``.ris``, ``.bib`` or ``.nbib`` file, and what could not be read.

    Raises UnreadableDocument when the file cannot be opened or is not text, WrongUsage for
    another suffix.
    """
    if path.suffix.casefold() not in FORMATS:
        raise unknown_name("reference file suffix", path.suffix, list(FORMATS))
    text, problems = read_text(path)
    parsed, faults = parse_references(text, path.name)
    found, twice = _once(parsed, path.name)
    problems += [*faults, *twice]
    if not found:
        problems.append(_problem("no-references", path.name, 1, "no reference was found"))
    return found, problems


def parse_references(text: str, document: str) -> tuple[list[Reference], list[Problem]]:
    """The entries of a file's text, in the format that its name says."""
    entries, faults = FORMATS[Path(document).suffix.casefold()](text)
    problems = [_problem("bibtex-entry", document, line, words) for line, words in faults]
    found: list[Reference] = []
    for line, fields in entries:
        if fields["authors"]:
            known = {name: value for name, value in fields.items() if value}
            found.append(Reference(citation=Citation.model_validate(known), line=line))
        else:
            told = "the reference names no author"
            problems.append(_problem("reference-authors", document, line, told))
    return found, problems


def _once(parsed: list[Reference], document: str) -> tuple[list[Reference], list[Problem]]:
    """Every paper once: an entry with the DOI or PMID of one before it is named, not kept."""
    first: dict[str, int] = {}
    kept: list[Reference] = []
    problems: list[Problem] = []
    for reference in parsed:
        citation = reference.citation
        known = [name for name in (citation.doi, citation.pmid) if name]
        before = next((first[name] for name in known if name in first), None)
        if before is not None:
            told = f"the same paper as on line {before} ({', '.join(known)}); it was left out"
            problems.append(_problem("reference-twice", document, reference.line, told))
            continue
        first.update(dict.fromkeys(known, reference.line))
        kept.append(reference)
    return kept, problems


def skeletons(
    references: Iterable[Reference], *, document: str, taken: Iterable[str] = ()
) -> list[Series]:
    """A series per reference that holds its citation only, with an id that is not taken."""
    used = set(taken)
    made: list[Series] = []
    for reference in references:
        ident = _free(series_id(reference.citation), used)
        used.add(ident)
        made.append(
            Series(
                series=ident,
                citation=reference.citation,
                source=DocumentSource(document=document, row=reference.line, kind="entered"),
                arms=(Arm(),),
            )
        )
    return made


def series_id(citation: Citation) -> str:
    """``querfeld-2009``: first author's family name and year, in plain letters."""
    import unicodedata

    family = family_name(split_authors(citation.authors)[0]) if citation.authors.strip() else ""
    letters = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", letters.casefold()).strip("-") or "series"
    return f"{name}-{citation.year}" if citation.year else name


def _free(ident: str, used: set[str]) -> str:
    if ident not in used:
        return ident
    return next(f"{ident}-{n}" for n in range(2, len(used) + 3) if f"{ident}-{n}" not in used)


def _problem(code: str, document: str, line: int, message: str) -> Problem:
    return Problem(
        code=code,
        message=message,
        remedy="mend the entry in the file, or write the series by hand",
        source=Place(document=document, line=line),
    )
