"""Benefits the text claims for the drug without any result that bears them out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.model.finding import Finding
from evidence.table.audit.base import Case, Subject
from evidence.table.audit.claims.said import Said, claim, said
from evidence.table.audit.claims.text import without_references

TOPICS = {
    "quality of life": r"quality\s+of\s+life|\bQoL\b|\bDLQI\b|\bSkindex\b|\bSF-?36\b|\bEQ-?5D\b",
    "pruritus": r"\bprurit\w+|\bitch\w*",
    "pain": r"\bpain\b",
    "fatigue": r"\bfatigue\b|\btiredness\b",
    "sleep": r"\bsleep\w*",
    "well-being": r"\bwell-?being\b",
    "mobility": r"\bmobility\b",
    "survival": r"\bsurviv\w+|\bmortality\b",
    "cost": r"\bcosts?\b|\bcost-effective\w*",
}
"""What a drug may be said to better → the words by which a text or a table speaks of it."""
_BETTER = (
    r"(?:improv|reduc|reliev|relief|alleviat|ameliorat|decreas|resol|remission|prolong|lessen|"
    r"better|enhanc|restor)\w*"
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|would|should|whether|expected|hope\w*|aim\w*|goal\w*|to\s+(?:improve|"
    r"reduce|relieve|prolong|alleviate)|needed|unknown|no(?:t|r)?)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\d|\b(?:scores?|scales?|questionnaires?|ind(?:ex|ices)|measured|assessed|recorded)\b",
    re.IGNORECASE,
)


def unsupported(case: Case) -> Iterator[Finding]:
    """A benefit of the drug that no number of the text and no column of a table is about.

    Silent where the sentence hedges, cites another paper or tells a result itself.
    """
    drug = case.protocol.drug
    names = [re.escape(n) for n in (drug.name, *drug.synonyms) if n]
    named = re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE) if names else None
    sentences = said(case)
    for item in sentences:
        plain = without_references(item.text)
        if named is None or not named.search(plain) or item.references or _HEDGED.search(plain):
            continue
        for topic, words in TOPICS.items():
            about = re.compile(words, re.IGNORECASE)
            if not _claimed(plain, words) or _MEASURED.search(plain):
                continue
            if any(_tells(other, item, about) for other in sentences) or _printed(item, about):
                continue
            yield claim(
                "claim-unsupported",
                "medium",
                item,
                None,
                None,
                stated=f"{drug.name} is said to improve {topic}",
                computed="no result of the paper is about it",
                arithmetic="no number of the text and no column of a table speaks of " + topic,
                would_change="a conclusion of the paper",
            )


def _claimed(text: str, words: str) -> bool:
    """The topic with a word of betterment close by, either way around."""
    near = rf"(?:{words})[^.;,]{{0,40}}\b{_BETTER}|\b{_BETTER}[^.;,]{{0,40}}(?:{words})"
    return re.search(near, text, re.IGNORECASE) is not None


def _tells(other: Said, item: Said, about: re.Pattern[str]) -> bool:
    """Whether another sentence of the same paper has a result on the topic."""
    same = other.sentence.document == item.sentence.document and other is not item
    plain = without_references(other.text)
    return bool(same and about.search(plain) and _MEASURED.search(plain))


def _printed(item: Said, about: re.Pattern[str]) -> bool:
    """Whether a table printed with the sentence has a cell or a column about the topic."""
    return any(about.search(text) for s in (*item.reviewed, *item.own) for text in _texts(s))


def _texts(subject: Subject) -> Iterator[str]:
    rows = [p.cells for arm in subject.series.arms for p in arm.patients]
    for cells in (subject.series.cells, *rows):
        for cell in cells.values():
            yield f"{cell.column or ''} {cell.text}"
