"""RIS, PubMed and BibTeX files as entries: the fields of a citation, and where each begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evidence.export.bibtex import Entry, parse_bibtex, unprotect

Fields = dict[str, str | None]
"""What an entry says, by the field of ``Citation``."""
Parsed = tuple[list[tuple[int, Fields]], list[tuple[int, str]]]
"""(line, fields) of each entry, and (line, what is wrong) of what could not be read."""

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


def parse_ris(text: str) -> Parsed:
    """RIS: ``TY`` begins an entry, ``ER`` ends it; unknown tags are kept out."""
    found = _entries(text, r"^([A-Z][A-Z0-9])  ?- ?(.*)$", start="TY", stop="ER")
    return [(line, _from_ris(tags)) for line, tags in found], []


def parse_nbib(text: str) -> Parsed:
    """PubMed (MEDLINE): ``PMID`` begins an entry; indented lines go on with the one before."""
    found = _entries(text, r"^([A-Z]{2,4}) *- (.*)$", start="PMID", stop=None)
    return [(line, _from_nbib(tags)) for line, tags in found], []


def parse_bib(text: str) -> Parsed:
    """BibTeX entries of any type; comments, strings and preambles are understood."""
    entries, faults = parse_bibtex(text)
    return [(entry.line, _from_bib(entry)) for entry in entries], faults


def _entries(
    text: str, pattern: str, *, start: str, stop: str | None
) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """(line it begins on, its values by tag) of each entry."""
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


def _from_ris(raw: dict[str, list[str]]) -> Fields:
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


def _from_nbib(fields: dict[str, list[str]]) -> Fields:
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


def _from_bib(entry: Entry) -> Fields:
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


FORMATS: dict[str, Callable[[str], Parsed]] = {
    ".ris": parse_ris,
    ".bib": parse_bib,
    ".nbib": parse_nbib,
}
"""By the suffix of the file."""
