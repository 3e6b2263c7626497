"""Sentences of a document, and the references, numbers and subjects in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from evidence.model.prose import ProseSentence
from evidence.table.audit.base import Case, Subject

if TYPE_CHECKING:
    from evidence.documents.base import Document

WORDS = {
    word: i
    for i, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen"), start=1
    )
}  # fmt: skip
NUMBER = rf"(?:\d+|{'|'.join(WORDS)})"
_DASH = r"(?:-{1,3}|–|—)"
_END = re.compile(
    rf"(?<!et al\.)(?<!\bvs\.)(?<!\bFig\.)(?<!e\.g\.)(?<!i\.e\.)(?<=[.!?])"
    rf"(?P<refs>\d{{1,3}}(?:[,]|{_DASH}|\d)*)?"
    r"[\"”)\]]?\s+(?=[A-Z0-9À-Ý(\[“\"])"
)
_MARKS = re.compile(
    rf"(?:(?<=[^\d\s][.,;:)])|(?<=[a-zà-ÿ]{{3}})|(?<=al\.))(\d{{1,3}}(?:\s*(?:,|{_DASH})\s*\d{{1,3}})*)(?=\s|$|[.,;:)])"
)
_BRACKETS = re.compile(rf"\[(\d{{1,3}}(?:\s*(?:,|{_DASH})\s*\d{{1,3}})*)\]")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence with the one before it, the references it cites and the series printed with it."""

    sentence: ProseSentence
    before: str
    references: tuple[int, ...]
    reviewed: tuple[Subject, ...]
    """Series of the same document's table that cite another paper."""
    own: tuple[Subject, ...]
    """Series of the document's own patients (with patient rows, or without a reference)."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.text

    def cited(self) -> list[Subject]:
        """The reviewed series whose reference number the sentence gives."""
        return [s for s in self.reviewed if reference_of(s) in self.references]


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


def running_text(document: Document) -> str:
    """All words of a document with the captions and notes of its tables."""
    tables = [
        text
        for grid in document.grids
        for text in (grid.caption, *(n.text for n in grid.footnotes))
    ]
    return "\n".join([*(block.text for block in document.blocks), *tables])


def split(text: str) -> list[str]:
    """Sentences; reference numbers that follow a full stop stay with the sentence before."""
    plain = re.sub(r"\s+", " ", re.sub(r"(?<=\d)- (?=\d)", "-", text)).strip()
    parts, start = [], 0
    for match in _END.finditer(plain):
        end = match.end("refs") if match["refs"] else match.start()
        parts.append(plain[start:end].strip())
        start = match.end()
    return [p for p in (*parts, plain[start:].strip()) if p]


def said(case: Case) -> Iterator[Said]:
    """Every sentence of a document that has a table of series, with what it can be about."""
    before: dict[str, str] = {}
    for sentence in case.sentences:
        stem = PurePath(sentence.document).stem
        mine = [s for s in case.subjects if PurePath(s.series.source.document).stem == stem]
        if mine:
            yield Said(
                sentence=sentence,
                before=before.get(stem, ""),
                references=references(sentence.text),
                reviewed=tuple(s for s in mine if reference_of(s) is not None),
                own=tuple(s for s in mine if reference_of(s) is None or _has_rows(s)),
            )
        before[stem] = sentence.text


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


def number(text: str) -> int:
    """``4`` or ``four``."""
    return int(text) if text.isdigit() else WORDS[text.lower()]


def reference_of(subject: Subject) -> int | None:
    """The number of a series in its document's reference list."""
    value = subject.series.citation.reference
    return int(value) if value is not None and str(value).isdigit() else None


def _has_rows(subject: Subject) -> bool:
    return any(arm.patients for arm in subject.series.arms)
