"""Which part of a paper its blocks and sentences stand in, by the headings over and in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.documents.base import Document, TextBlock

OWN = frozenset(["results", "abstract", "abstract-results", "title"])
"""Roles whose sentences tell the paper's own results."""
METHODS = frozenset(["methods", "abstract-methods"])
CONCLUSION = "abstract-conclusion"
"""The role of sentences that say an abstract's results again: they confirm and never state."""
OPENING = "abstract-opening"
"""The role of an abstract's background and aims, which may say whom the paper treated."""
LONGEST_ABSTRACT = 5000
"""Characters of the longest document that is an abstract and nothing more."""
_ABSTRACT = r"^(?:abstract|summary|resumen)\b"
_ROLES = (
    ("abstract-methods", rf"{_ABSTRACT}.*\bmain outcomes?\b"),
    ("abstract-results", rf"{_ABSTRACT}.*\b(?:results?|findings|outcomes?|observations?|"
                         r"resultados)\b"),
    (CONCLUSION, rf"{_ABSTRACT}.*\b(?:interpretation|conclusi(?:ons?|ón|ones))\b"),
    ("abstract-methods", rf"{_ABSTRACT}.*\b(?:methods?|design|setting|patients?|participants|"
                         r"animals|subjects|measurements|exposures?|treatment|interventions?|aims?|métodos)\b"),
    (OPENING, rf"{_ABSTRACT}.*\b(?:background|introduction|importance|objectives?|purpose|"
              r"objetivos?|introducción)\b"),
    ("other", rf"{_ABSTRACT}.*\b(?:funding|discussion)\b"),
    ("abstract", _ABSTRACT),
)  # fmt: skip
_BODY_ROLES = (
    ("results", r"\b(?:results?|findings|case (?:descriptions?|reports?|series|"
                r"presentations?)|cases?|outcomes?|efficacy|"
                r"toxicit(?:y|ies)|adverse events|safety|response|survival|patient "
                r"characteristics)\b"),
    ("other", r"\b(?:introduction|background|discussion|conclusions?|references|"
              r"acknowledge?ments?|funding|"
              r"conflicts?|disclosures?|ethic\w*|availability|literature|appendix|author|"
              r"abbreviations)\b"),
    ("methods", r"\b(?:methods?|patients?|treatments?|materials?|study design|procedures|"
                r"eligibility)\b"),
)  # fmt: skip
_HEADS = (
    "(?:AIMS? AND )?BACKGROUND|RESULTS? AND (?:CONCLUSIONS?|DISCUSSION)|"
    "METHODS AND (?:RESULTS|FINDINGS)|METHODOLOGY/PRINCIPAL FINDINGS|"
    "INTRODUCTION|IMPORTANCE|OBJECTIVES?|PURPOSE|AIMS?|METHODS?|"
    "(?:MATERIALS? |PATIENTS |SUBJECTS )AND METHODS|PATIENTS|SUBJECTS|ANIMALS|STUDY DESIGN|"
    "SETTING|MEASUREMENTS|"
    "DESIGN(?:,? SETTING)?,? (?:AND )?(?:PARTICIPANTS|PATIENTS|SETTING)|DESIGN|INTERVENTIONS?|"
    "EXPOSURES?|MAIN OUTCOMES?(?: AND|,) MEASURES?|MAIN OUTCOME MEASURES?|RESULTS?|FINDINGS|"
    "OBSERVATIONS?|CONCLUSIONS?(?: AND (?:CLINICAL )?(?:RELEVANCE|IMPORTANCE))?|INTERPRETATION|"
    "FUNDING|DISCUSSION|INTRODUCCIÓN|OBJETIVOS?|(?:MATERIAL|PACIENTES) Y MÉTODOS|MÉTODOS|"
    "RESULTADOS|CONCLUSI(?:ÓN|ONES)"
)
_RUN_IN = re.compile(
    rf"(?P<name>(?i:{_HEADS}))\s*[:.]|"
    r"(?!(?:Patients|Subjects)(?! and Methods)|Animals|Setting|Measurements|Study)(?=[A-Z])"
    rf"(?P<plain>(?i:{_HEADS}))\s+(?=[A-Z0-9])"
)
"""A heading that runs into an abstract's text: ``RESULTS: 9 of``, ``Results Nine of``."""


def role_of(section: str) -> str | None:
    """What a section's name says about its sentences; None for a name that says nothing.

    ``RESULTS / Patients`` is read from its outermost part, an abstract's from the whole.
    """
    parts = [part.strip().lower() for part in section.split(" / ")]
    whole = " / ".join(parts)
    if re.match(_ABSTRACT, whole):
        return next(role for role, form in _ROLES if re.search(form, whole))
    for part in (p for p in parts if len(p.split()) <= 8):
        for role, form in _BODY_ROLES:
            if re.search(form, part):
                return role
    return None


def role_of_lead(text: str) -> str | None:
    """The role of an abstract's sentence that begins with a heading; None for any other."""
    lead = _RUN_IN.match(text)
    return role_of(f"Abstract / {lead['name'] or lead['plain']}") if lead else None


def with_roles(document: Document) -> Iterator[tuple[TextBlock, str]]:
    """The blocks of running text, each with the role of its section.

    A short document that calls no part of it an abstract is one as a whole.
    """
    whole = _is_abstract(document)
    within = "Abstract / " if whole else ""
    current = "abstract" if whole else "unplaced"
    opening = _opening(document, whole=whole)
    for block in document.blocks:
        if block.kind == "reference" or block.kind == "caption":
            continue
        if block.kind == "title" or block is opening:
            yield block, "title"
            continue
        if block.kind == "heading":
            current = role_of(within + block.text) or current
            continue
        if block.section:
            current = role_of(within + block.section) or (
                "abstract" if block.kind == "abstract" else current
            )
        elif block.kind == "abstract":
            current = "abstract"
        yield block, current


def _is_abstract(document: Document) -> bool:
    called = any(
        block.kind == "abstract" or role_of(block.section or "") == "abstract"
        for block in document.blocks
    )
    length = sum(len(block.text) for block in document.blocks)
    return not called and not document.grids and 0 < length <= LONGEST_ABSTRACT


def _opening(document: Document, *, whole: bool) -> TextBlock | None:
    """The title of a text that marks none: a line without a full stop, right before a heading, or
    before anything in a document that is an abstract as a ``whole``."""
    if any(block.kind == "title" for block in document.blocks) or len(document.blocks) < 2:
        return None
    first, second = document.blocks[:2]
    titled = first.kind == "paragraph" and (whole or second.kind == "heading")
    text = first.text.rstrip()
    short = len(text) <= 300 and not text.endswith((".", ":", ";"))
    return first if titled and not first.section and short else None
