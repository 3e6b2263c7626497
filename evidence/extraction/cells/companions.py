"""Whose dose a cell prints: the words about one drug, where drugs are joined or compared."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.extraction.cells.regimen_found import RegimenFound
from evidence.extraction.tokens import Token, kind_at, word_at

VERSUS = {"vs", "versus"}
_BETWEEN_DRUGS = {"+", ";", ",", "/", "and", "with", "plus", "or", "then", "followed", "&", "("}
JOINING = {"+", "&", "plus", "and", "with"}
"""Words that give a drug along with what stands before them."""
_NAMING = {"word", "routes", "fillers", "small", "drugs", "-", "/", ","}
"""What may stand between a joining word and the drug it joins (*plus low-dose oral X*)."""


def own_part(tokens: Sequence[Token], found: RegimenFound, drugs: frozenset[str]) -> range:
    """The tokens that speak of one drug: the review's own, else the first that is named.

    A drug joined to a dose that has none before it is given with that dose and has no part in it
    (``375 mg/m2 weekly + prednisone``).
    """
    places = [at for at, token in enumerate(tokens) if token.kind == "drugs"]
    versus = next((at for at in range(len(tokens)) if word_at(tokens, at) in VERSUS), None)
    if versus is not None:
        found.doubt = "two treatments are compared"
        return own_part(tokens[:versus], found, drugs)
    joined = _joined_after_dose(tokens, places)
    if joined is not None:
        own = next((at for at in places if tokens[at].name in drugs), None)
        if own is None or not _has_dose(tokens[own:]):
            return range(joined)
    elif (dosed := _joined_before_dose(tokens, places)) is not None:
        return range(dosed, len(tokens))
    names = [tokens[at].name for at in places]
    if len(set(names)) < 2:
        return range(len(tokens))
    chosen = next((at for at, name in enumerate(names) if name in drugs), 0)
    start, stop = 0, len(tokens)
    if chosen > 0:
        start = _border(tokens, places[chosen - 1], places[chosen], found)
    if chosen + 1 < len(places):
        stop = _border(tokens, places[chosen], places[chosen + 1], found)
    return range(start, stop)


def _has_dose(tokens: Sequence[Token]) -> bool:
    return any(token.kind == "dose" for token in tokens)


def _joined_after_dose(tokens: Sequence[Token], places: Sequence[int]) -> int | None:
    """The joining word after a dose without a drug of its own and before the first drug."""
    if not places or not _has_dose(tokens[: places[0]]):
        return None
    at = places[0] - 1
    while at > 0 and word_at(tokens, at) not in JOINING and tokens[at].kind in _NAMING:
        at -= 1
    return at if word_at(tokens, at) in JOINING and _has_dose(tokens[:at]) else None


def _joined_before_dose(tokens: Sequence[Token], places: Sequence[int]) -> int | None:
    """The joining sign of ``prednisone + 375 mg/m2 weekly``: the dose is another drug's."""
    if not places or _has_dose(tokens[: places[-1]]):
        return None
    at = places[-1] + 1
    joined = word_at(tokens, at) in ("+", "plus") and kind_at(tokens, at + 1) in ("number", "range")
    return at if joined and _has_dose(tokens[at:]) else None


def _border(tokens: Sequence[Token], first: int, second: int, found: RegimenFound) -> int:
    """Where the words about one drug end and those about the next begin."""
    for at in range(second - 1, first, -1):
        word = word_at(tokens, at)
        if word == "or":
            found.doubt = "several drugs are printed as alternatives"
        if word in _BETWEEN_DRUGS:
            return at
    found.doubt = "several drugs are printed and nothing parts them"
    return second
