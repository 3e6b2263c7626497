"""Running text as sentences that know their block, their place and whose results they tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.documents.base import Box, Document, TextBlock
from evidence.extraction.tokens import FOLD

_END = re.compile(r"(?<=[.!?])[\"”)\]]?\s+(?=[A-Z0-9À-Ý(\[“\"])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:et al|vs|fig|figs|no|nos|ref|refs|approx|e\.g|i\.e|cf|dr|st|ca|resp|incl|i\.v|"
    r"s\.c|p\.o)"
    r"|\b[A-Z])\.$",
    re.IGNORECASE,
)
_ROLES = (
    ("abstract-results", r"abstract.*\b(?:results?|findings|outcomes?|observations?|resultados)\b"),
    ("abstract-methods", r"abstract.*\b(?:methods?|design|patients?|treatment|"
                         r"interventions?|aims?|métodos)\b"),
    ("other", r"abstract.*\b(?:background|introduction|interpretation|conclusions?|funding|"
              r"discussion|objectives?|purpose|objetivos?|introducción|"
              r"conclusi(?:ón|ones))\b"),
    ("abstract", r"abstract|summary|resumen"),
    ("results", r"\b(?:results?|findings|case (?:descriptions?|reports?|series|"
                r"presentations?)|cases?|outcomes?|efficacy|"
                r"toxicit(?:y|ies)|adverse events|safety|response|survival|patient "
                r"characteristics)\b"),
    ("methods", r"\b(?:methods?|patients?|treatments?|materials?|study design|procedures|"
                r"eligibility)\b"),
    ("other", r"\b(?:introduction|background|discussion|conclusions?|references|"
              r"acknowledge?ments?|funding|"
              r"conflicts?|disclosures?|ethic\w*|availability|literature|appendix|author|"
              r"abbreviations)\b"),
)  # fmt: skip
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
_HEADS = (
    "BACKGROUND|INTRODUCTION|OBJECTIVES?|PURPOSE|AIMS?|METHODS?|(?:MATERIALS? |PATIENTS )AND "
    "METHODS|PATIENTS|DESIGN|RESULTS?|FINDINGS|OBSERVATIONS?|CONCLUSIONS?|INTERPRETATION|FUNDING|"
    "DISCUSSION|INTRODUCCIÓN|OBJETIVOS?|(?:MATERIAL|PACIENTES) Y MÉTODOS|MÉTODOS|RESULTADOS|"
    "CONCLUSI(?:ÓN|ONES)"
)
_RUN_IN = re.compile(rf"(?P<name>(?i:{_HEADS}))\s*[:.]|(?P<caps>{_HEADS})\s+(?=[A-Z0-9])")
"""A heading that runs into an abstract's text."""
LONGEST = 1500
"""Characters of the longest part that is read as one sentence."""
OWN = frozenset(["results", "abstract", "abstract-results", "title"])
"""Roles whose sentences tell the paper's own results."""
METHODS = frozenset(["methods", "abstract-methods"])


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
        """The text with look-alike characters made one, character for character."""
        return self.text.translate(FOLD)

    @property
    def own(self) -> bool:
        """Whether it tells this paper's own results."""
        return self.role in OWN and not self.cited and not self.planned

    @property
    def enrols(self) -> bool:
        """Whether it can tell how many patients the paper's own series has."""
        return self.role in OWN | METHODS and not self.cited and not self.planned


def read_sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of the title, the abstract and the body, in reading order."""
    return tuple(
        sentence for block, role in _with_roles(document) for sentence in split_block(block, role)
    )


def role_of(section: str) -> str | None:
    """What a section's name says about its sentences; None for a name that says nothing.

    ``RESULTS / Patients`` is read from its outermost part, an abstract's from the whole.
    """
    parts = [part.strip().lower() for part in section.split(" / ")]
    whole = " / ".join(parts)
    for role, pattern in _ROLES[:4]:
        if parts[0].startswith(("abstract", "summary")) and re.search(pattern, whole):
            return role
    for part in (p for p in parts if len(p.split()) <= 8):
        for role, pattern in (*_ROLES[4:5], *_ROLES[6:], _ROLES[5]):
            if re.search(pattern, part):
                return role
    return None


def _with_roles(document: Document) -> Iterator[tuple[TextBlock, str]]:
    current = "unplaced"
    opening = _opening(document)
    for block in document.blocks:
        if block.kind == "reference" or block.kind == "caption":
            continue
        if block.kind == "title" or block is opening:
            yield block, "title"
            continue
        if block.kind == "heading":
            current = role_of(block.text) or current
            continue
        if block.section:
            current = role_of(block.section) or (
                "abstract" if block.kind == "abstract" else current
            )
        elif block.kind == "abstract":
            current = "abstract"
        yield block, current


def _opening(document: Document) -> TextBlock | None:
    """The title of a text that marks none: a line without a full stop, right before a heading."""
    if any(block.kind == "title" for block in document.blocks) or len(document.blocks) < 2:
        return None
    first, second = document.blocks[:2]
    titled = first.kind == "paragraph" and second.kind == "heading" and not first.section
    text = first.text.rstrip()
    return first if titled and len(text) <= 300 and not text.endswith((".", ":", ";")) else None


def split_block(block: TextBlock, role: str) -> list[Sentence]:
    """A block's sentences; a full stop after an abbreviation or initial ends none."""
    sentences: list[Sentence] = []
    start = 0
    abstract = role.startswith("abstract")
    ends = [m.start() for m in _END.finditer(block.text)] + [len(block.text)]
    for end in ends:
        piece = block.text[start:end]
        if end < len(block.text) and _ABBREVIATION.search(piece.rstrip()):
            continue
        text = piece.strip()
        if text:
            if abstract and (lead := _RUN_IN.match(text)):
                role = role_of(f"Abstract / {lead[1] or lead[2]}") or role
            at = start + len(piece) - len(piece.lstrip())
            for part, offset in _chunks(text):
                sentences.append(
                    Sentence(text=part, start=at + offset, role=role, section=block.section,
                             page=block.page, box_pt=block.box_pt,
                             cited=_CITED.search(part) is not None,
                             planned=_PLANNED.search(part) is not None)
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
