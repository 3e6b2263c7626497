"""Give every word of a table's body to a row and a column by its type (Viterbi over columns).

A dump prints a table row by row and, in a row, cell by cell. A cell begins at a line's start, or
within a line while the cell before it is still on its first line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.documents.text.dump.types import Word
from evidence.vocabulary import load_vocabulary

FITS: dict[str, dict[str, float]] = {
    "label": {"author": 3, "name": 1, "year": 1.5, "abbreviation": 0, "small": -0.3, "": -2},
    "year": {"year": 4, "number": 1, "": -3},
    "count": {"number": 1.5, "people": 2, "disease": 2, "word": -0.3, "small": 0, "other": 0}
    | {"abbreviation": 0, "name": -1, "fraction": 1, "status": 0, "percent": -0.5, "": -3},
    "disease": {"disease": 2.5, "word": 0, "small": 0, "abbreviation": 0.5, "name": 0.3}
    | {"number": -0.5, "people": 0, "status": 0, "other": 0, "": -3},
    "regimen": {"dose": 3, "route": 2.5, "frequency": 3, "drug": 2, "small": 0.2, "word": 0}
    | {"name": -0.3, "abbreviation": -0.3, "duration": -0.5, "number": -0.5, "status": -0.5}
    | {"other": 0, "": -3},
    "duration": {"duration": 3, "status": 0.5, "number": 0.5, "small": -0.3, "word": -0.8}
    | {"people": -0.5, "disease": -1, "name": -1.5, "response-word": -1, "other": -0.5, "": -3},
    "response": {"response": 3, "response-word": 1, "percent": 1.5, "fraction": 1, "disease": 0}
    | {"number": -0.3, "word": -0.5, "small": -0.2, "status": 0.3, "people": 0, "other": -0.3}
    | {"name": -1, "abbreviation": -0.5, "paren-count": -1, "": -2.5},
    "events": {"complication": 2, "paren-count": 2, "word": 0.7, "name": 0.7, "small": 0.3}
    | {"abbreviation": 0.3, "status": 0.3, "other": 0.3, "response-word": 0, "percent": 0}
    | {"number": 0, "fraction": 0, "people": 0.5, "dose": -0.7, "disease": -0.7, "drug": 0}
    | {"route": -1, "duration": -1.5, "frequency": -2, "response": -2.5, "": -3},
    "sex": {"sex": 4, "paren-count": 1, "number": -1, "name": -1, "": -3},
    "number": {"number": 2, "fraction": 1.5, "percent": 0.5, "status": 0.5, "paren-count": 0.5}
    | {"small": -1, "duration": 0, "": -3},
    "rate": {"number": 1.5, "percent": 2, "fraction": 2, "paren-count": 1, "status": 0.5}
    | {"response": 2, "small": -0.5, "": -2},
    "text": {"word": 1.3, "name": 1.2, "number": 0.8, "author": -0.5, "year": 0.5, "": 1.0},
}
"""Kind of column → how well each type of word fits it; ``""`` is every other type."""

_JOINING = {
    "of",
    "with",
    "and",
    "or",
    "to",
    "due",
    "in",
    "for",
    "from",
    "by",
    "on",
    "than",
    "after",
}
_WHOLE = {"duration", "number", "sex", "year", "count", "rate"}
_NEVER = -1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A word with the row (0-based, in the body) and column it was given."""

    word: Word
    row: int
    column: int
    fit: float


def align(words: Sequence[Word], kinds: Sequence[str]) -> tuple[list[Placed], float]:
    """(every word placed in reading order, total fit). Rows begin in the first column.

    Where gaps part cells, none begins without one.
    """
    if not words or not kinds:
        return [], _NEVER
    columns = range(len(kinds))
    states = [(column, fresh) for column in columns for fresh in (True, False)]
    gaps = any(word.gap for word in words)
    scores = dict.fromkeys(states, _NEVER)
    scores[(0, True)] = _fit(words[0], kinds[0]) + row_start(words, 0, kinds[0])
    trail: list[dict[tuple[int, bool], tuple[int, bool]]] = [{}]
    for index in range(1, len(words)):
        scores, back = _step(words, index, kinds, scores, gaps)
        trail.append(back)
    closing = {s: v - _skipped(len(kinds) - 1 - s[0]) for s, v in scores.items()}
    state = max(closing, key=lambda key: closing[key])
    return _placed(words, kinds, trail, state), closing[state]


def _step(
    words: Sequence[Word],
    index: int,
    kinds: Sequence[str],
    scores: dict[tuple[int, bool], float],
    gaps: bool,
) -> tuple[dict[tuple[int, bool], float], dict[tuple[int, bool], tuple[int, bool]]]:
    word, last = words[index], len(kinds) - 1
    found: dict[tuple[int, bool], float] = {}
    back: dict[tuple[int, bool], tuple[int, bool]] = {}

    def offer(state: tuple[int, bool], value: float, origin: tuple[int, bool]) -> None:
        if value > found.get(state, _NEVER):
            found[state], back[state] = value, origin

    starts = [_start(words, index, kind) for kind in kinds]
    fits = [_fit(word, kind) for kind in kinds]
    new_row = row_start(words, index, kinds[0])
    for origin, score in scores.items():
        if score <= _NEVER / 2:
            continue
        column, fresh = origin
        stay = score + fits[column] + _stay(words, index, kinds[column])
        offer((column, fresh and not word.first), stay, origin)
        if gaps and not (word.first or word.gap):
            continue
        broken = 0.0 if word.first or fresh else -3.5
        for target in range(column + 1, last + 1):
            value = score + fits[target] + starts[target] + broken
            offer((target, True), value - _skipped(target - column - 1), origin)
        value = score + fits[0] + starts[0] + broken + new_row
        offer((0, True), value - _skipped(last - column), origin)
    return found, back


def _skipped(count: int) -> float:
    """The price of columns left empty in a row."""
    return 0.0 if count <= 0 else 3.0 + 0.3 * (count - 1)


def _fit(word: Word, kind: str) -> float:
    table = FITS[kind]
    value = table.get(word.tag, table[""])
    return 0.4 * value if word.inside else value


def _start(words: Sequence[Word], index: int, kind: str) -> float:
    """How well a cell of this kind begins at this word."""
    word, before = words[index], words[index - 1]
    value = 0.7 if word.blank else 0.0
    if word.inside:
        value -= 6.0
    if word.inner:
        value -= 4.0
    if word.text[:1].islower() or word.tag == "small":
        value -= 1.0 if kind in {"events", "text"} else 2.0
    if word.text.startswith(("(", "[")) and word.tag != "year":
        value -= 2.0
    if before.text.endswith((",", "-", ":", "/")) and before.tag != "author":
        value -= 2.5
    if before.text.strip(",").lower() in _JOINING:
        value -= 2.5
    if before.tag == word.tag == "response" and before.text[-1:].isdigit():
        value -= 3.0
    if word.tag == "status":
        value += 0.7
    return value


def _stay(words: Sequence[Word], index: int, kind: str) -> float:
    """How well a cell of this kind goes on with this word."""
    word, before = words[index], words[index - 1]
    value = -0.5 if word.blank else (0.2 if not word.first else 0.0)
    if word.inner or word.inside:
        return value
    if before.tag == "status" and kind != "text":
        value -= 1.5
    if word.tag == "status":
        value -= 1.0
    joined = before.text.endswith((",", "-", "–", "±", "/")) or before.text.lower() in _JOINING
    if kind in _WHOLE and word.tag == before.tag and not joined and not word.text.startswith("("):
        single = kind in {"number", "sex", "rate"}
        value -= 3.0 if single or (kind == "duration" and not word.first) else 1.0
    return value


def row_start(words: Sequence[Word], index: int, kind: str) -> float:
    """How well a row begins at this word, seen by what its first column holds."""
    word = words[index]
    value = 0.0 if word.first else -6.0
    near = words[index : index + 8]
    if kind == "label":
        return value + _label_start(near)
    if kind == "sex":
        return value + (1.0 if word.tag == "sex" else -1.5)
    if kind in {"number", "count", "year"}:
        return value + (0.5 if word.tag in {"number", "year", "people", "disease"} else -2.0)
    return value - (0.5 if word.text[:1].isupper() or word.text[:1].isdigit() else 3.0)


def _label_start(near: Sequence[Word]) -> float:
    """Author names, a year or a number of the reference list stand near a label's first word."""
    if near[0].tag == "author" and not near[0].text.lower().startswith(("et", "al")):
        return 2.0
    if near[0].tag not in {"name", "abbreviation", "disease", "other", "word", "complication"}:
        return -5.0
    if load_vocabulary().column(near[0].core):
        return -5.0
    for place, word in enumerate(near[1:6], start=1):
        if word.tag == "author":
            return 2.0 if place <= 3 else 0.5
        if word.tag == "year":
            return 1.5
    return -4.0


def _placed(
    words: Sequence[Word],
    kinds: Sequence[str],
    trail: Sequence[dict[tuple[int, bool], tuple[int, bool]]],
    state: tuple[int, bool],
) -> list[Placed]:
    path = [state]
    for back in reversed(trail[1:]):
        path.append(back[path[-1]])
    path.reverse()
    placed: list[Placed] = []
    row = 0
    for index, (word, (column, fresh)) in enumerate(zip(words, path, strict=True)):
        before = path[index - 1] if index else (0, True)
        again = column == before[0] == 0 and fresh and word.first
        row += index > 0 and (column < before[0] or again)
        placed.append(Placed(word=word, row=row, column=column, fit=_fit(word, kinds[column])))
    return placed
