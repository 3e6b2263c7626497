"""Counts and diseases of a cell of patients, each count with the disease beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.extraction.found import Ledger, Value, value_of
from evidence.extraction.tokens import Token, word_at
from evidence.vocabulary import Vocabulary

NOT_DISEASES = {
    "vs", "versus", "arm", "arms", "group", "groups", "control", "controls", "male", "age", "aged",
    "stage", "phase", "year", "years", "level", "grade", "cohort", "part",
    "m", "f", "lost", "withdrawn", "excluded", "dropouts", "recipients", "donors", "responders",
    "enrolled", "entered", "evaluable", "assessable", "treated",
}  # fmt: skip
_NUMERAL = re.compile(r"^[IVX]+[ABab]?$|\d")
"""Words with a digit, or of Roman ones: a stage, a day, no disease that lists do not know."""
_OF_THESE = {"whom", "which", "these", "those", "them", "thereof"}
_INCLUDING = {"including", "incl", "thereof"}
_HAVING = {"with", "had", "having"}


@dataclass(slots=True, kw_only=True)
class Group:
    """A count, its disease, and how deep in brackets they stand; parts of a whole one deeper."""

    disease: str | None
    count: Value[int] | None
    depth: int
    words: list[int] = field(default_factory=list)
    """Places of words after the count that no list knows."""
    having: bool = False
    """The disease is what its patients have besides: ``4 with HIV``."""


def read_groups(tokens: Sequence[Token], ledger: Ledger, skipped: set[int]) -> list[Group]:
    """Every count and every disease of the cell; numbers at the places ``skipped`` count nobody."""
    first = _disease_first(tokens)
    groups: list[Group] = []
    depth, of_whole, at = 0, 0, 0
    pending: Group | None = None
    while at < len(tokens):
        token = tokens[at]
        of_whole = 0 if token.kind == ";" else of_whole
        if _opens_parts(tokens, at, groups, first=first):
            of_whole = 1
        if token.kind in "([":
            depth += 1
        elif token.kind in ")]":
            depth -= 1
        elif token.kind == "diseases":
            label, after = pooled(tokens, at)
            ledger.use_range(at, after)
            if first or pending is None or pending.disease is not None:
                pending = Group(disease=label, count=None, depth=depth + of_whole)
                groups.append(pending)
            else:
                pending.disease = label
                pending.having = word_at(tokens, at - 1) in _HAVING
                pending = None if not first else pending
            at = after
            continue
        elif _is_number(token) and at not in skipped and not _is_year(tokens, at):
            ledger.use(at)
            value = value_of(_count(token), token)
            if first and pending is not None and pending.count is None:
                pending.count = value
                pending = None
            elif not first and pending is not None and pending.count is None:
                pending.count, pending = value, None
            else:
                pending = Group(disease=None, count=value, depth=depth + of_whole)
                groups.append(pending)
        elif word_at(tokens, at) in _OF_THESE:
            ledger.use(at)
        elif token.kind == "word" and pending is not None and not (first and pending.disease):
            pending.words.append(at)
        elif first and pending is None and _is_label(token):
            pending = Group(disease=None, count=None, depth=depth + of_whole, words=[at])
            groups.append(pending)
        elif _is_age(tokens, at):
            ledger.use(at)
            _use_years(tokens, at, ledger)
        at += 1
    return groups


def _opens_parts(tokens: Sequence[Token], at: int, groups: Sequence[Group], *, first: bool) -> bool:
    """``31 PN, of whom 12 ...``, ``31 PN: 12 ...``, ``...; 2 of them``: what follows is of them."""
    if not groups or groups[-1].count is None:
        return False
    if tokens[at].kind == ":":
        return not first and at + 1 < len(tokens) and _is_number(tokens[at + 1])
    of = at + 1 if _is_number(tokens[at]) else at
    these = word_at(tokens, of) == "of" and word_at(tokens, of + 1) in _OF_THESE
    return these or word_at(tokens, at) in _INCLUDING


def name_by_words(groups: Sequence[Group], tokens: Sequence[Token], ledger: Ledger) -> list[str]:
    """Give counts that stand side by side the words after them as labels; the labels given.

    A part of patients whose disease is known has another only where it is written like a name.
    """
    counted = [group for group in groups if group.count is not None]
    given: list[str] = []
    if len(counted) < 2:
        return given
    whole = any(group.disease for group in counted if not group.depth)
    for group in counted:
        words = {tokens[at].text.lower() for at in group.words}
        if group.depth and whole and not _is_label(tokens[min(group.words, default=0)]):
            continue
        numeral = any(_NUMERAL.search(tokens[at].text) for at in group.words)
        if group.disease is None and words and not numeral and not words & NOT_DISEASES:
            group.disease = " ".join(tokens[at].text for at in group.words)
            given.append(group.disease)
            ledger.use(*group.words)
    return given


def _is_number(token: Token) -> bool:
    return token.is_count or token.kind == "words"


def _count(token: Token) -> int:
    return int(token.name) if token.kind == "words" else token.count


def pooled(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """A disease, or several joined without counts between them: (label, next index)."""
    names, place = [tokens[at].name], at + 1
    while (
        place + 1 < len(tokens)
        and (tokens[place].kind in "/+&" or tokens[place].text.lower() in ("and", "or", "and/or"))
        and tokens[place + 1].kind == "diseases"
        and not (place + 2 < len(tokens) and _labelled_next(tokens, place + 2))
    ):
        names.append(tokens[place + 1].name)
        place += 2
    return "/".join(names), place


def _labelled_next(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind in ("=", ":") and at + 1 < len(tokens) and _is_number(tokens[at + 1])


def _disease_first(tokens: Sequence[Token]) -> bool:
    """Whether names stand before their counts (``MF 5, SS 3``), known ones or not."""
    if _labels_lead(tokens):
        return True
    kinds = [
        "n" if _is_number(t) or t.kind == "fraction" else "d"
        for t in tokens
        if _is_number(t) or t.kind in ("diseases", "fraction")
    ]
    return bool(kinds) and kinds[0] == "d" and "n" in kinds


def _labels_lead(tokens: Sequence[Token]) -> bool:
    """Whether a label no list knows opens the cell and a number ends it (``XYZ 16, AML 8``)."""
    said = [t for t in tokens if t.kind in ("word", "diseases") or _is_number(t)]
    counts = sum(_is_number(token) for token in said)
    return counts > 1 and _is_label(said[0]) and _is_number(said[-1])


def _is_label(token: Token) -> bool:
    """A word no list knows that is written like a name."""
    named = token.kind == "word" and token.text[:1].isupper()
    return named and token.text.lower() not in NOT_DISEASES and not _NUMERAL.search(token.text)


def _is_year(tokens: Sequence[Token], at: int) -> bool:
    """A number like a year beside other counts: part of the label, not patients."""
    if not 1900 <= _count(tokens[at]) < 2100:
        return False
    return any(_is_number(token) for place, token in enumerate(tokens) if place != at)


def measures(tokens: Sequence[Token], vocabulary: Vocabulary) -> set[int]:
    """Places of numbers followed by a unit of time or dose, or by things: they count nobody."""
    found: set[int] = set()
    for at, unit in enumerate(tokens[1:]):
        known = vocabulary.unit(unit.text) or vocabulary.time_unit(unit.text)
        known = known or vocabulary.lookup("things", unit.text)
        spelled = not unit.text.istitle() and (len(unit.text) > 1 or unit.text == "d")
        if known and spelled:
            found.add(at - 1 if tokens[at].kind == "-" else at)
    return found


def _is_age(tokens: Sequence[Token], at: int) -> bool:
    """A range of years or one followed by *years*: an age, not a count."""
    if tokens[at].kind not in ("range", "number"):
        return False
    after = tokens[at + 1].text.lower() if at + 1 < len(tokens) else ""
    return after.startswith(("year", "yr", "y.o"))


def _use_years(tokens: Sequence[Token], at: int, ledger: Ledger) -> None:
    if at + 1 < len(tokens) and tokens[at + 1].text.lower().startswith(("year", "yr")):
        ledger.use(at + 1)
