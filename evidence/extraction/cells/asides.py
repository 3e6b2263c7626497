"""What a bracket or an aside says of the complication before it: amounts, grade, death, parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.extraction.cells.grades import read_grade
from evidence.extraction.found import close_of
from evidence.extraction.tokens import Token, word_at

NOUNS = {"died", "death", "deaths", "fatalities"}
FATAL = {"fatal", "lethal"} | NOUNS
PEOPLE = {"n", "patients", "pts", "patient", "pt", "cases", "case", "of", "each", "in"}
_OF_THESE = {"which", "whom", "these", "them"}
_SAYS_NOTHING = PEOPLE | _OF_THESE | {"both", "all", "was", "were", "being", "including", "thereof"}
_MARKS = ("(", ")", "[", "]", "=", ":")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Patients of the item who died of it, or had it in this grade: places of their amounts."""

    count: int | None
    percent: int | None
    grade: str | None
    fatal: bool | None


@dataclass(slots=True, kw_only=True)
class Aside:
    """Places of the item's own amounts, what is said of all its patients, and its parts."""

    count: int | None = None
    percent: int | None = None
    grade: str | None = None
    fatal: bool | None = None
    parts: list[Part] = field(default_factory=list)


def read_aside(
    tokens: Sequence[Token],
    start: int,
    stop: int,
    *,
    counted: int | None = None,
    rated: bool = False,
    graded: bool = False,
) -> Aside | None:
    """The tokens from ``start`` up to ``stop``; None where any of them is another word.

    ``counted`` is the number of patients the item has so far: ``(1 fatal)`` after one patient is
    said of the item, after three of a part of it. Where the item has its percentage (``rated``) or
    its grade (``graded``) already, another grade with its amount is always a part.
    """
    aside = Aside()
    for first, last in _pieces(tokens, start, stop):
        piece = _read_piece(tokens, first, last)
        if piece is None:
            return None
        apart = rated and counted is None
        apart |= (graded or aside.grade is not None) and piece.grade is not None
        if not _take(aside, piece, tokens, counted, apart):
            return None
        if aside.count is not None and counted is None:
            counted = amount_of(tokens[aside.count])
    return aside


def amount_of(token: Token) -> int | None:
    """The patients a token counts, ``no`` 0 of them; None where it counts nobody."""
    if token.kind == "statuses":
        return 0 if token.name == "none" else None
    if token.kind == "words":
        return int(token.name)
    return int(token.low or 0) if token.is_count or token.kind == "fraction" else None


def _pieces(tokens: Sequence[Token], start: int, stop: int) -> list[tuple[int, int]]:
    """(first, end) of what stands between commas, semicolons and *and*."""
    cuts = [at for at in range(start, stop) if _parts_here(tokens, at)]
    bounds = zip([start, *(at + 1 for at in cuts)], [*cuts, stop], strict=True)
    return [(first, last) for first, last in bounds if first < last]


def _parts_here(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind in (",", ";") or word_at(tokens, at) == "and"


def _read_piece(tokens: Sequence[Token], at: int, stop: int) -> Part | None:
    """One amount with a grade or a death, or any of them alone."""
    count = percent = grade = fatal = None
    while at < stop:
        read = read_grade(tokens, at)
        if read is not None and read[1] <= stop and grade is None:
            grade, at = read
            continue
        token = tokens[at]
        if amount_of(token) is not None and count is None:
            count = at
        elif token.kind in ("percent", "number") and percent is None and (token.low or 0) <= 100:
            percent = at
        elif word_at(tokens, at) in FATAL:
            fatal = True
        elif token.kind not in _MARKS and word_at(tokens, at) not in _SAYS_NOTHING:
            return None
        at += 1
    return Part(count=count, percent=percent, grade=grade, fatal=fatal)


def _take(
    aside: Aside, piece: Part, tokens: Sequence[Token], counted: int | None, apart: bool
) -> bool:
    """Add a piece to the aside; False where there is no place for it."""
    said = piece.grade is not None or piece.fatal is not None
    amount = amount_of(tokens[piece.count]) if piece.count is not None else None
    numbered = piece.count is not None or piece.percent is not None
    apart |= counted is not None and amount != counted
    if said and numbered and apart:
        aside.parts.append(piece)
        return piece.fatal is None or amount is None or counted is None or amount < counted
    if piece.count is not None and counted is None:
        aside.count = piece.count
    elif piece.count is not None and not said:
        if aside.percent is not None or piece.percent is not None or (amount or 0) > 100:
            return False
        aside.percent = piece.count
    aside.percent = piece.percent if aside.percent is None else aside.percent
    aside.grade = aside.grade or piece.grade
    aside.fatal = aside.fatal or piece.fatal
    return True


def end_of_piece(tokens: Sequence[Token], at: int) -> int:
    """Index of the next comma, semicolon or closing bracket outside brackets; else the end."""
    while at < len(tokens) and tokens[at].kind not in (",", ";", ")", "]"):
        at = close_of(tokens, at) + 1 if tokens[at].kind in "([" else at + 1
    return min(at, len(tokens))


def opens_parts(tokens: Sequence[Token], at: int) -> int | None:
    """Index after ``including`` or ``of which``; None where neither stands here."""
    if word_at(tokens, at) == "including":
        return at + 1
    opened = word_at(tokens, at) == "of" and word_at(tokens, at + 1) in _OF_THESE
    return at + 2 if opened else None


def qualifies(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether a grade or *fatal* stands there, and no death that is a complication by itself."""
    words = {word_at(tokens, at) for at in range(start, stop)}
    graded = any(read_grade(tokens, at) for at in range(start, stop))
    return not words & NOUNS and (graded or bool(words & FATAL))
