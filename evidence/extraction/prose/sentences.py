"""Running text as sentences that know their block, their place and whose results they tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.documents.base import Box, Document, TextBlock
from evidence.extraction.prose.roles import METHODS, OPENING, OWN, role_of_lead, with_roles
from evidence.extraction.tokens import FOLD

_END = re.compile(r"(?<=[.!?])[\"”)\]]?\s+(?=[A-Z0-9À-Ý(\[“\"])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:et al|vs|fig|figs|no|nos|ref|refs|approx|e\.g|i\.e|cf|dr|st|ca|resp|incl|i\.v|"
    r"s\.c|p\.o)"
    r"|\b[A-Z])\.$",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\[\d+(?:\s*[,–-]\s*\d+)*\]|(?:[.,;)]|\b(?![kcdmµ]?m[²³])[^\W\d_]+)[¹²³⁰⁴-⁹]|\bet al\b|"
    r"previous(?:ly)? (?:reported|"
    r"published|stud)|"
    r"\bin the literature\b|\bcompares\b|\b(?:induces|produces|yields|achieves)\b|"
    r"\b(?:an?|one) (?:other|earlier|previous|prior) (?:[\w-]+ ){0,2}"
    r"(?:study|trial|series|report)\b|"
    r"^(?-i:(?!We |It |They |All |Most |Some |Both |None |Patients |Investigators |Physicians )"
    r"[A-Z][a-z]+ (?:and [A-Z][a-z]+ )?)(?:reported|described|found|observed) |"
    r"\bpooled\b|\bfrom (?!one |our |this )\w+ (?:series|studies|trials|reports)\b|"
    r"\b(?:and|&) (?:colleagues|co-?workers|associates)\b|"
    r"\bin the (?:study|trial|series|report)s? (?:of|by)\b|"
    r"\b(?:other|earlier|historical|several|many|various|published) "
    r"(?:series|studies|trials|authors|reports|controls?|data)\b|\bhistorical(?:ly)?\b|"
    r"\b(?:has|have) (?:been|shown|demonstrated|reported|proven)\b[^.;]{0,80}?\b(?:used|active|"
    r"activity|effective|efficacy|rates?|observed|reported|approved|associated|resulted)\b|"
    r"\bin (?:two|three|four|\d+|several|some|most) (?:series|studies|trials|reports)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will be|would (?:be|have|require)|is to be|planned|plan to|aims? to (?:enrol|recruit)|"
    r"sample size|hypothes[ie]s\w*|hypothesi[sz]ed|assum(?:ed|ing|ption)|power (?:of|to)|"
    r"\d+ ?% power|statistical power|type I|one-sided|two-sided alpha|(?:was|were) to (?:be|enrol)|"
    r"required (?:to|sample|number)|to be (?:enrolled|recruited|accrued|included|randomi[sz]ed)|"
    r"needed to|Simon'?s?|(?:first|second) stage|expected (?:response|rate|to)|anticipated|"
    r"designed to (?:detect|show)|"
    r"target(?:ed)? (?:response|accrual|enrol|sample)|considered (?:active|promising|effective|"
    r"worthy|of interest)|defined as|(?:is|was|were) defined)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
"""A plan in a bracket is not the sentence's: ``14 patients (to yield a power of) were``."""


def _blank_plan(bracket: re.Match[str]) -> str:
    return " " * len(bracket[0]) if _PLANNED.search(bracket[0]) else bracket[0]


_OURS = re.compile(
    r"\b(?:we|our|this (?:study|trial|series|report|paper)|the present (?:study|trial|series)|"
    r"(?:was|were) (?:studied|evaluated|assessed|investigated|tested|tried|given|treated))\b",
    re.IGNORECASE,
)
"""What an abstract's opening says of the paper's own patients."""
LONGEST = 1500
"""Characters of the longest part that is read as one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with its place; ``start`` counts characters from the block's beginning."""

    text: str
    start: int
    role: str
    section: str | None = None
    page: int | None = None
    box_pt: Box | None = None
    cited: bool = False
    """It cites another study, so its numbers may be another study's."""
    planned: bool = False
    """It tells what was planned, assumed or defined."""

    @property
    def folded(self) -> str:
        """The text with look-alike characters made one and brackets that plan blank, place for
        place."""
        text = self.text.translate(FOLD)
        return _ASIDE.sub(_blank_plan, text) if "(" in text else text

    @property
    def own(self) -> bool:
        """Whether it tells this paper's own results."""
        return self.role in OWN and not self.cited and not self.planned

    @property
    def enrols(self) -> bool:
        """Whether it can tell how many patients the paper's own series has."""
        ours = self.role in OWN | METHODS or (
            self.role == OPENING and _OURS.search(self.text) is not None
        )
        return ours and not self.cited and not self.planned


def read_sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of the title, the abstract and the body, in reading order."""
    return tuple(
        sentence for block, role in with_roles(document) for sentence in split_block(block, role)
    )


def split_block(block: TextBlock, role: str) -> list[Sentence]:
    """A block's sentences; a full stop after an abbreviation or initial ends none."""
    sentences: list[Sentence] = []
    start = 0
    abstract = role.startswith("abstract")
    ends = [m.start() for m in _END.finditer(block.text)] + [len(block.text)]
    for end in ends:
        piece = block.text[start:end]
        headed = abstract and role_of_lead(block.text[end:].lstrip()) is not None
        if end < len(block.text) and _ABBREVIATION.search(piece.rstrip()) and not headed:
            continue
        text = piece.strip()
        if text:
            role = (role_of_lead(text) if abstract else None) or role
            at = start + len(piece) - len(piece.lstrip())
            for part, offset in _chunks(text):
                sentences.append(
                    Sentence(text=part, start=at + offset, role=role, section=block.section,
                             page=block.page, box_pt=block.box_pt,
                             cited=_CITED.search(part) is not None,
                             planned=_PLANNED.search(_ASIDE.sub(" ", part)) is not None)
                )  # fmt: skip
        start = end
    return sentences


def _chunks(text: str) -> Iterator[tuple[str, int]]:
    """(part, offset) of a text without full stops, cut at spaces so that no part is endless."""
    start = 0
    while len(text) - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield text[start:cut].strip(), start + len(text[start:cut]) - len(text[start:cut].lstrip())
        start = cut
    rest = text[start:]
    yield rest.strip(), start + len(rest) - len(rest.lstrip())
