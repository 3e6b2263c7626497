"""Identifiers and years in text: DOI, PMID, PMCID; None where there is none that is plain."""

from __future__ import annotations

import re

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>\u201c\u201d]+", re.I)
_DOI_END = re.compile(r"[\s.,;:)\]}\u2019]+$")
_DOI_TAIL = re.compile(r"(?:[/.](?:full(?:text)?|abstract|e?pdf|meta))?(?:[?#].*)?$")
_BLANK = re.compile(r"x{4}|0{7}|1234567", re.I)
"""What templates print where a DOI is to be filled in."""
_PMID = re.compile(r"(?:PMID|PubMed ID)\s*:?\s*(\d{4,8})\b", re.I)
_PMCID = re.compile(r"\bPMC\s?(\d{4,9})\b")
_YEAR = re.compile(r"(?<![\d-])(?:1[89]|20)\d\d(?!\d)")


def doi_in(text: str | None) -> str | None:
    """The first DOI, in lower case, without a resolver's address and what ends a sentence."""
    match = next((m for m in _DOI.finditer(text or "") if not _BLANK.search(m.group(0))), None)
    if match is None:
        return None
    doi = _DOI_TAIL.sub("", _DOI_END.sub("", match.group(0)))
    missing = doi.count("(") - doi.count(")")
    doi += ")" * missing if match.group(0)[len(doi) :].startswith(")") else ""
    return doi.lower()


def pmid_in(text: str | None, *, bare: bool = False) -> str | None:
    """A PubMed number that is called so; with ``bare``, also digits alone."""
    match = _PMID.search(text or "")
    if match:
        return match.group(1)
    stripped = (text or "").strip()
    return stripped if bare and re.fullmatch(r"\d{1,8}", stripped) else None


def pmcid_in(text: str | None, *, bare: bool = False) -> str | None:
    """``PMC`` with its number; with ``bare``, also digits alone."""
    match = _PMCID.search(text or "")
    if match:
        return f"PMC{match.group(1)}"
    stripped = (text or "").strip()
    return f"PMC{stripped}" if bare and re.fullmatch(r"\d{4,9}", stripped) else None


def years_in(text: str | None) -> list[int]:
    """Every year between 1800 and 2099, in order."""
    return [int(match.group(0)) for match in _YEAR.finditer(text or "")]
