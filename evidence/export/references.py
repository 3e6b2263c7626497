"""Reference files (RIS, BibTeX, PubMed) read: their citations, and skeleton series of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.errors import Place, Problem, unknown_name
from evidence.export.bibtex import Entry, parse_bibtex, unprotect
from evidence.export.encoding import read_text
from evidence.model.authors import family_name, split_authors
from evidence.model.series import Arm, Citation, Series
from evidence.model.source import DocumentSource

_RIS_NAMES = {
    "A1": "AU",
    "Y1": "PY",
    "T1": "TI",
    "JF": "JO",
    "JA": "JO",
    "T2": "JO",
    "J2": "JO",
    "CP": "IS",
}
"""Tags that other programs write, to the tag used here."""


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
    parser = FORMATS.get(path.suffix.casefold())
    if parser is None:
        raise unknown_name("reference file suffix", path.suffix, list(FORMATS))
    text, problems = read_text(path)
    parsed, faults = parser(text, path.name)
    found, twice = _once(parsed, path.name)
    problems += [*faults, *twice]
    if not found:
        problems.append(_problem("no-references", path.name, 1, "no reference was found"))
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


Parsed = tuple[list[Reference], list[Problem]]


def parse_ris(text: str, document: str) -> Parsed:
    """RIS: ``TY`` begins an entry, ``ER`` ends it; unknown tags are kept out."""
    return _tagged(text, document, r"^([A-Z][A-Z0-9])  ?- ?(.*)$", start="TY", stop="ER")


def parse_nbib(text: str, document: str) -> Parsed:
    """PubMed (MEDLINE): ``PMID`` begins an entry; indented lines go on with the one before."""
    return _tagged(text, document, r"^([A-Z]{2,4}) *- (.*)$", start="PMID", stop=None)


def _tagged(text: str, document: str, pattern: str, *, start: str, stop: str | None) -> Parsed:
    found: list[Reference] = []
    problems: list[Problem] = []
    for line, fields in _entries(text, pattern, start=start, stop=stop):
        citation = _from_ris(fields) if start == "TY" else _from_nbib(fields)
        _keep(citation, line, document, found, problems)
    return found, problems


def _entries(
    text: str, pattern: str, *, start: str, stop: str | None
) -> Iterator[tuple[int, dict[str, list[str]]]]:
    fields: dict[str, list[str]] = {}
    begun, last = 0, ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.rstrip()
        match = re.match(pattern, line)
        if match is None:
            if last and line.startswith("      "):
                fields[last][-1] += f" {line.strip()}"
            continue
        tag, value = match.groups()
        if tag == stop and value.strip():
            continue  # words of an abstract, not the end of its entry
        if tag in (start, stop) and fields:
            yield begun, fields
            fields = {}
        if tag == stop:
            last = ""
            continue
        if tag == start:
            begun = number
        last = tag
        fields.setdefault(tag, []).append(value.strip())
    if fields:
        yield begun, fields


def _from_ris(raw: dict[str, list[str]]) -> dict[str, str | None]:
    fields: dict[str, list[str]] = {}
    for tag, values in raw.items():
        name = _RIS_NAMES.get(tag, tag)
        fields.setdefault(name, []).extend(v for v in values if v)
    first = {tag: values[0] for tag, values in fields.items() if values}
    pages = first.get("SP")
    if pages and first.get("EP"):
        pages += f"-{first['EP']}"
    accession = first.get("AN", "")
    return {
        "authors": _join_authors(fields.get("AU", [])),
        "year": _year(first.get("PY")),
        "title": first.get("TI"),
        "journal": first.get("JO"),
        "volume": first.get("VL"),
        "issue": first.get("IS"),
        "pages": pages,
        "doi": _doi(first.get("DO")),
        "pmid": accession if accession.isdigit() else None,
        "pmcid": first.get("C2"),
    }


def _from_nbib(fields: dict[str, list[str]]) -> dict[str, str | None]:
    first = {tag: values[0] for tag, values in fields.items() if values}
    identifiers = fields.get("LID", []) + fields.get("AID", [])
    doi = next((i.split()[0] for i in identifiers if i.endswith("[doi]")), None)
    return {
        "authors": _join_authors(fields.get("AU") or fields.get("CN", [])),
        "year": _year(first.get("DP")),
        "title": first.get("TI", "").removesuffix("."),
        "journal": first.get("TA") or first.get("JT"),
        "volume": first.get("VI"),
        "issue": first.get("IP"),
        "pages": first.get("PG"),
        "doi": _doi(doi),
        "pmid": first.get("PMID"),
        "pmcid": first.get("PMC"),
    }


def parse_bib(text: str, document: str) -> Parsed:
    """BibTeX entries of any type; comments, strings and preambles are understood."""
    found: list[Reference] = []
    entries, faults = parse_bibtex(text)
    problems = [_problem("bibtex-entry", document, line, words) for line, words in faults]
    for entry in entries:
        _keep(_from_bib(entry), entry.line, document, found, problems)
    return found, problems


def _from_bib(entry: Entry) -> dict[str, str | None]:
    get = {name: unprotect(value) for name, value in entry.fields.items()}.get
    names = [name.strip() for name in re.split(r"\s+and\s+", get("author") or "") if name.strip()]
    pages = get("pages")
    return {
        "authors": _join_authors(["et al." if name == "others" else name for name in names]),
        "year": _year(get("year") or get("date")),
        "title": get("title"),
        "journal": get("journal") or get("journaltitle"),
        "volume": get("volume"),
        "issue": get("number") or get("issue"),
        "pages": re.sub(r"\s*(--+|–)\s*", "-", pages) if pages else None,
        "doi": _doi(get("doi")),
        "pmid": get("pmid"),
        "pmcid": get("pmcid"),
    }


def _keep(
    values: dict[str, str | None],
    line: int,
    document: str,
    found: list[Reference],
    problems: list[Problem],
) -> None:
    if not values.get("authors"):
        problems.append(
            _problem("reference-authors", document, line, "the reference names no author")
        )
        return
    known = {name: value for name, value in values.items() if value}
    found.append(Reference(citation=Citation.model_validate(known), line=line))


def _join_authors(names: list[str]) -> str:
    if not names:
        return ""
    tail = names[-1] == "et al."
    listed = names[:-1] if tail else names
    return "; ".join(listed) + (" et al." if tail and listed else "")


def _year(text: str | None) -> str | None:
    match = re.search(r"\b(1[89]\d\d|20\d\d|21\d\d)\b", text or "")
    return match.group() if match else None


def _doi(text: str | None) -> str | None:
    match = re.search(r"10\.\d{4,9}/\S+", text or "")
    return match.group().rstrip(".,;").lower() if match else None


FORMATS: dict[str, Callable[[str, str], Parsed]] = {
    ".ris": parse_ris,
    ".bib": parse_bib,
    ".nbib": parse_nbib,
}
