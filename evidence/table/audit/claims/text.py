"""Sentences of a document, and the references, numbers and medians in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidence.model.prose import ProseSentence

if TYPE_CHECKING:
    from evidence.documents.base import Document

_DASH = r"(?:-{1,4}|–|—|⁻)"
_NUM = r"\d+(?:\.\d+)?"
_UNIT = r"(?P<unit>days?|weeks?|months?|years?)"
_TO = rf"(?P<low>{_NUM})\s*(?:{_DASH}|to|and)\s*(?P<high>{_NUM})"
MEDIAN = re.compile(
    rf"\bmedian\s+(?P<what>[a-z][a-z\- ]{{2,70}}?)(?:\s+(?:was|is|of|were|lasted)|\s*[:,])\s+"
    rf"(?P<value>{_NUM})\s*{_UNIT}(?:\s*(?:[(\[]\s*|[;,]\s*(?=range))(?:range[,:]?\s*)?{_TO})?",
    re.IGNORECASE,
)
LASTED = re.compile(
    rf"\b(?P<what>[a-z][a-z\- ]{{2,70}}?\s(?:lasted|followed|took|continued))"
    rf"(?:\s+(?:up|for|on))*\s+a\s+median\s+(?:of\s+)?(?P<value>{_NUM})\s*{_UNIT}(?:\s*[(\[]\s*(?:range[,:]?\s*)?{_TO})?",
    re.IGNORECASE,
)
"""``Treatment lasted a median of 26 weeks (range, 8-40)``."""
RANGED = re.compile(
    rf"\b(?P<what>[a-z][a-z\- ]{{2,70}}?)\s+(?:ranged|varied)\s+(?:from|between)\s+{_TO}\s*{_UNIT}",
    re.IGNORECASE,
)
FIELDS: tuple[tuple[str, str | None, str], ...] = (
    ("time to response", "weeks_to_response", "weeks"),
    ("time to", None, ""),
    ("progression-free", "pfs_months", "months"),
    ("surviv", "os_months", "months"),
    ("follow", "follow_up_months", "months"),
    ("observation", "follow_up_months", "months"),
    ("respon", "response_months", "months"),
    ("remission", "response_months", "months"),
    ("treatment", "treatment_weeks", "weeks"),
    ("age", "age", "years"),
)
"""Word in a stated median → field of a patient (None: no such field) and its unit; the first
that occurs decides."""
_SUPERS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_END = re.compile(
    rf"(?:(?<!et al\.)|(?=[\d{_SUPERS}]\S*\s+[A-ZÀ-Ý]))"
    r"(?<!\bvs\.)(?<!\bFig\.)(?<!e\.g\.)(?<!i\.e\.)(?<=[.!?])"
    rf"(?P<refs>[\d{_SUPERS}](?:,|{_DASH}|[\d{_SUPERS}])*|\[\d[\d,\s–-]*\])?"
    r"[\"”)\]]?\s+(?=[A-Z0-9À-Ý(\[“\"])"
)
_MARKS = re.compile(
    rf"(?:(?<=[^\d\s][.,;:)])|(?<=[a-zà-ÿ]{{3}})|(?<=al\.))(\d{{1,3}}(?:\s*(?:,|{_DASH})\s*\d{{1,3}})*)(?=\s|$|[.,;:)])"
)
_BRACKETS = re.compile(rf"\[(\d{{1,3}}(?:\s*(?:,|{_DASH})\s*\d{{1,3}})*)\]")
_SUPERSCRIPTS = str.maketrans(_SUPERS, "0123456789-")


def sentences_of(document: Document, *, name: str | None = None) -> tuple[ProseSentence, ...]:
    """The running text of a document, sentence by sentence; ``name`` overrides its own."""
    found = []
    for block in document.blocks:
        if block.kind in {"reference", "caption"}:
            continue
        for text in split(block.text):
            found.append(
                ProseSentence(
                    document=name or document.name,
                    text=text,
                    page=block.page,
                    box_pt=block.box_pt,
                    section=block.section,
                )
            )
    return tuple(found)


def split(text: str) -> list[str]:
    """Sentences; reference numbers that follow a full stop stay with the sentence before."""
    plain = re.sub(r"\s+", " ", re.sub(r"(?<=\d)- (?=\d)", "-", text)).strip()
    parts, start = [], 0
    for match in _END.finditer(plain):
        end = match.end("refs") if match["refs"] else match.start()
        parts.append(plain[start:end].strip())
        start = match.end()
    return [p for p in (*parts, plain[start:].strip()) if p]


def references(text: str) -> tuple[int, ...]:
    """Reference numbers: superscripts (``series.4,6–17``) and brackets (``[4, 6–17]``)."""
    plain = text.translate(_SUPERSCRIPTS)
    groups = [m[1] for m in _BRACKETS.finditer(plain)] + [m[1] for m in _MARKS.finditer(plain)]
    found: list[int] = []
    for group in groups:
        for part in group.split(","):
            ends = [int(n) for n in re.findall(r"\d+", part)]
            found += range(ends[0], ends[-1] + 1) if ends else []
    return tuple(dict.fromkeys(found))


def without_references(text: str) -> str:
    """The sentence without its reference numbers."""
    return _MARKS.sub("", _BRACKETS.sub("", text.translate(_SUPERSCRIPTS)))


def field_of(what: str) -> tuple[str | None, str]:
    """Field of a patient and its unit for the words after *median*; None for other subjects."""
    folded = what.casefold()
    return next(((f, unit) for word, f, unit in FIELDS if word in folded), (None, ""))
