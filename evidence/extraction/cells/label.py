"""The cell that names a series: authors, year, reference number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from evidence.documents.base import Cell
from evidence.extraction.found import Value
from evidence.vocabulary import Vocabulary

PARTICLES = {
    "de", "da", "di", "do", "dos", "du", "del", "della", "der", "den", "van", "von", "la", "le",
    "el", "al", "bin", "ben", "ten", "ter", "zu", "zur", "y", "e", "et", "and", "st",
}  # fmt: skip
_LETTERS = {ord("ø"): "o", ord("Ø"): "O", ord("ł"): "l", ord("Ł"): "L", ord("ß"): "ss"}
_YEAR = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(?!\d)([a-z](?![a-z]))?")
_BRACKETED = re.compile(r"\[\s*(\d{1,4}(?:\s*[,–-]\s*\d{1,4})*)\s*\]|\(\s*(\d{1,3})\s*\)")
_GLUED = re.compile(r"(?<=[a-zé.,])\s?(\d{1,3})(?=$|\s|[,.;(*])")
_ATTACHED = re.compile(r"(?<=[a-zé])(\d{1,3})(?=$|[\s,;(*])")
"""A raised number that lost its height: ``Zhang3``."""
_ET_AL = re.compile(
    r"\bet\.?\s+al(?![^\W\d_])\.?|\by\s+cols?\b\.?|\band (?:colleagues|others)\b", re.I
)
_CITING_BRACKET = re.compile(
    r"\(([^()]*\bet\.?\s+al\b[^()]*|[A-ZÀ-Ý][a-zà-ÿ'’-]+,? (?:19|20)\d\d[a-z]?(?: \d{1,3})?)\)"
)
"""The citation beside what a trial is called: ``Phase II (Weber et al 2003)``."""
_SIZE = re.compile(
    r"[(\[,;]?\s*\b(?:n|N|No\.)\s*=\s*(\d{1,5})(?:\s*(?:patients|pts\.?|cases))?\s*[)\]]?"
)
_BARE_SIZE = re.compile(r"[(\[]\s*(\d{1,5})\s*[)\]]")
"""The number of patients, where the head says ``Study (n)``."""
_AFTER_YEAR = re.compile(r"\s+(\d{1,3})(?=\s*[)\].,;]*\s*$)")
"""A raised number that lost its height behind a year: ``Heinrich 2006 74``."""
_INITIALS = re.compile(r"^(?:[A-ZÀ-Ý]\.?-?){1,3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How a row cites its series."""

    authors: str
    year: Value[int] | None = None
    year_letter: str = ""
    reference: int | str | None = None
    own: bool = False
    size: Value[int] | None = None
    """The number of patients, where the cell prints it (``(n = 24)``)."""
    several: bool = False
    """The cell cites two series, as where two rows were read as one."""
    doubt: str | None = None
    unread: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether nothing but a number of the list of references names the series."""
        return self.reference is not None and self.authors == f"Reference {self.reference}"

    @property
    def surname(self) -> str:
        """The first author's surname, as printed."""
        before = _ET_AL.split(self.authors)[0]
        before = re.split(r"\s*(?:,|&|\b(?:and|y|und)\b)\s*", before)[0]
        words = [word for word in before.split() if not _INITIALS.match(word)]
        return " ".join(words) or before.strip()


def slug(text: str) -> str:
    """ASCII lower case with hyphens: ``De Masson`` is ``de-masson``."""
    plain = (
        unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")


def looks_like_label(text: str) -> bool:
    """Author and year, ``et al``, or a name with a bracketed reference."""
    if _ET_AL.search(text):
        return True
    named = bool(re.match(r"\s*[A-ZÀ-Ý][\w'’-]+", text))
    short = len(text) < 80
    return named and short and bool(_YEAR.search(text) or re.search(r"\[\s*\d+", text))


def _reference(cell: Cell, rest: str) -> tuple[int | str | None, str]:
    """(reference, text without it)."""
    for mark in cell.marks:
        if re.fullmatch(r"\d{1,4}", mark.text.strip("[]() ")):
            return int(mark.text.strip("[]() ")), rest
    found = _BRACKETED.search(rest)
    if found:
        number = found.group(1) or found.group(2)
        return _number(number), rest[: found.start()] + " " + rest[found.end() :]
    found = (_GLUED if _ET_AL.search(rest) else _ATTACHED).search(rest)
    if found:
        return int(found.group(1)), rest[: found.start(1)] + " " + rest[found.end(1) :]
    return None, rest


def _number(text: str) -> int | str:
    return int(text) if text.isdigit() else " ".join(text.split())


def _tidy(text: str) -> str:
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text)
    text = re.sub(r"\s+([,.;])", r"\1", " ".join(text.split()))
    return text.strip(" ,;:-–†‡*§¶()")


def _without_strays(authors: str) -> tuple[str, str | None]:
    """Authors without lower-case words that belong to no name, and those words."""
    found = _ET_AL.search(authors)
    if not found:
        return authors, None
    words = authors[: found.start()].split()
    stray = [
        word
        for place, word in enumerate(words)
        if place > 0 and word.isalpha() and word.islower() and word not in PARTICLES
    ]
    kept = [word for word in words if word not in stray]
    return _tidy(" ".join([*kept, authors[found.start() :]])), " ".join(stray) or None


def parse_label(cell: Cell, vocabulary: Vocabulary, *, sized: bool = False) -> Label:
    """Read a series cell: marks or bracketed numbers are the reference, never the year.

    With ``sized`` the head says that a bracketed number is the number of patients.
    """
    size, text = _size(cell.plain, sized)
    number = re.fullmatch(r"\W*(\d{1,4})\W*", text)
    if number:
        return Label(authors=f"Reference {number[1]}", reference=int(number[1]))
    text = _citation_alone(text)
    year_found = _YEAR.search(text)
    rest, year, letter = text, None, ""
    if year_found:
        year = Value(
            value=int(year_found.group(1)), start=year_found.start(1), end=year_found.end(1)
        )
        letter = year_found.group(2) or ""
        rest = rest[: year_found.start()] + " " + rest[year_found.end() :]
        behind = _AFTER_YEAR.match(rest, year_found.start()) if not cell.marks else None
        if behind is not None:
            rest = f"{rest[: behind.start()]} [{behind[1]}]{rest[behind.end() :]}"
    reference, rest = _reference(cell, rest)
    authors, stray = _without_strays(_tidy(rest))
    return Label(
        authors=authors or _tidy(text) or text.strip(),
        year=year,
        year_letter=letter,
        reference=reference,
        own=is_own(cell.plain, vocabulary),
        size=size,
        several=_names_several(text, vocabulary),
        doubt=f"'{stray}' stands among the authors" if stray else None,
        unread=stray,
    )


def _size(text: str, sized: bool) -> tuple[Value[int] | None, str]:
    """The number of patients the cell prints, and the text with blanks for it."""
    found = _SIZE.search(text) or (_BARE_SIZE.search(text) if sized else None)
    if found is None:
        return None, text
    value = Value(value=int(found[1]), start=found.start(1), end=found.end(1))
    blank = " " * (found.end() - found.start())
    return value, text[: found.start()] + blank + text[found.end() :]


def lead_of(text: str) -> str:
    """What stands before the bracket that cites a series; empty where none does."""
    cited = _CITING_BRACKET.search(text)
    if cited is None or looks_like_label(text[: cited.start()]):
        return ""
    return text[: cited.start()]


def _citation_alone(text: str) -> str:
    """The text with blanks for what a trial is called before the bracket that cites it."""
    lead = lead_of(text)
    cited = _CITING_BRACKET.search(text, len(lead)) if lead else None
    if cited is None:
        return text
    return " " * (len(lead) + 1) + cited[1] + " " + text[cited.end() :]


def _names_several(text: str, vocabulary: Vocabulary) -> bool:
    """``Reed et al. [4] Wood et al. [5]``: another author after the first one's year or number."""
    cited = r"(?:(?:18|19|20)\d\d|\[\s*\d+)"
    by_names = len(_ET_AL.findall(text))
    again = re.search(rf"[^\W\d_].*{cited}.*\b[A-ZÀ-Ý][a-zà-ÿ].*{cited}", text)
    return by_names > 1 or bool(again) or (by_names == 1 and is_own(text, vocabulary))


def is_own(text: str, vocabulary: Vocabulary) -> bool:
    """``Our series``, ``present study``: the row is the document's own."""
    words = re.findall(r"[^\W\d_]+", text)
    return any(
        vocabulary.lookup("own", " ".join(words[start : start + size])) is not None
        for size in (2, 3)
        for start in range(len(words) - size + 1)
    )
