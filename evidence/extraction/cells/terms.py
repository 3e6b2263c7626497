"""One complication: its term, its companions, and whether it was fatal or without symptoms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.extraction.cells.asides import PEOPLE
from evidence.extraction.found import Value
from evidence.extraction.tokens import Token
from evidence.vocabulary import Vocabulary

_DEATH = re.compile(r"\b(?:death|deaths|died|fatal|lethal)\b", re.IGNORECASE)
_DEATH_FROM = re.compile(
    r"^(?:(?:toxic|treatment-related)\s+)?(?:death|deaths|died|fatality)\s+"
    r"(?:due to|from|caused by|because of|of|by|secondary to|related to)\s+",
    re.IGNORECASE,
)
_DEATH_AND_CAUSE = re.compile(
    r"(?:(?:toxic|treatment-related)\s+)?(?:deaths?|died|fatality)\s*[(\[]\s*(?P<cause>[^)\]]+)[)\]]",
    re.IGNORECASE,
)
_LEADING_GRADE = re.compile(r"^grades?\s+[≥>IV1-5/–-]+\s+", re.IGNORECASE)
_JOINED = re.compile(r"\s+(?:with|and|plus|\+|&)\s+", re.IGNORECASE)
_HAVING = {"with", "had", "developed", "experienced", "died"}
_LEADING = {"and", "of", *_HAVING} - {"died"}


@dataclass(slots=True, kw_only=True)
class Item:
    """One complication as printed."""

    term: Value[str]
    events: Value[int] | None = None
    total: Value[int] | None = None
    percent: Value[float] | None = None
    grade: str | None = None
    fatal: bool | None = None
    symptomatic: bool | None = None
    with_terms: tuple[str, ...] = ()
    restricted_to: str | None = None
    preferred: str | None = None
    group: str | None = None


def name_item(item: Item, printed: str, start: int, vocabulary: Vocabulary) -> None:
    """Split off death and companions, and look the term up."""
    term = printed
    if _DEATH.search(term):
        item.fatal = True
        at, term = _cause_of_death(term, vocabulary)
        start += at
    for word in re.findall(r"[^\W\d_]+", term):
        if vocabulary.lookup("symptoms", word) == "none":
            item.symptomatic = False
    grade = _LEADING_GRADE.match(term)
    if grade:
        start, term = start + grade.end(), term[grade.end() :]
    if vocabulary.lookup("complications", term) is None:
        parts = _JOINED.split(term)
        if len(parts) > 1 and all(parts):
            term, item.with_terms = parts[0], tuple(part.strip() for part in parts[1:])
    end = item.term.end if item.with_terms else start + len(term)
    item.term = Value(value=term, start=start, end=end)
    known = vocabulary.complication(term)
    if known:
        item.preferred, item.group = known


def _cause_of_death(term: str, vocabulary: Vocabulary) -> tuple[int, str]:
    """``death from sepsis``, ``death (sepsis)``: where the cause begins, and the cause."""
    cause = _DEATH_FROM.match(term)
    if cause:
        return cause.end(), term[cause.end() :]
    inside = _DEATH_AND_CAUSE.fullmatch(term)
    if inside and vocabulary.lookup("complications", inside["cause"]) is not None:
        return inside.start("cause"), inside["cause"]
    return 0, term


def _is_who(tokens: Sequence[Token], places: Sequence[int]) -> bool:
    """``2 patients had nausea``, ``1 pt died of sepsis``: who had it is no part of the term."""
    words = [tokens[at].text.lower() for at in places[:2]]
    return len(words) == 2 and words[0] in PEOPLE and words[1] in _HAVING


def trimmed(tokens: Sequence[Token], places: list[int]) -> list[int]:
    """Without marks and joining words at the ends."""
    kept = list(places)
    while kept and (
        not re.search(r"\w", tokens[kept[0]].text)
        or tokens[kept[0]].text.lower() in _LEADING
        or _is_who(tokens, kept)
    ):
        kept.pop(0)
    everyone = len(kept) > 1 and tokens[kept[-2]].text.lower() in ("all", "most", "some", "every")
    while (
        not everyone
        and kept
        and (
            tokens[kept[-1]].kind not in ("word", "number", "words", "statuses", ")", "range")
            or tokens[kept[-1]].text.lower()
            in ("and", "in", "with", "of", "patients", "pts", "patient")
        )
    ):
        kept.pop()
    return kept
