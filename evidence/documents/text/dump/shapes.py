"""Shapes of words, finer than their types, by which columns are learned and rows numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.documents.text.dump.types import NUMBER
from evidence.documents.text.dump.words import Word

_ROW_NUMBER = re.compile(r"^(\d{1,3})[.)]?$")
_FEWEST_ROWS = 3
_APART = 3
"""Words that a row holds at least."""


def shape_of(word: Word) -> str:
    """The type of a word; of numbers also how they are written."""
    if word.inside:
        return "inside " + ("number" if any(c.isdigit() for c in word.text) else "word")
    if not NUMBER.match(word.text) or word.tag == "year":
        return word.tag
    text = word.text.strip(".,;:")
    if re.search(r"\d[-–—]\d", text):
        return "range"
    if "." in text or "·" in text:
        return "decimal"
    if not text[:1].isdigit() or text.endswith("+"):
        return "signed"
    return f"integer {word.tag}"


def closing(word: Word) -> str:
    """The shape of a word and the sign it ends with."""
    end = word.text[-1]
    return shape_of(word) + (")" if end in ")]" else "," if end in ",-/" else "")


def numbered_rows(words: Sequence[Word]) -> frozenset[int]:
    """Indices of the words 1, 2, 3 ... that open lines at the evenest distances, if any do."""
    places: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        match = _ROW_NUMBER.match(word.text) if word.first else None
        if match:
            places.setdefault(int(match.group(1)), []).append(index)
    if 0 not in places.get(1, []):
        return frozenset()
    chains: dict[int, list[int]] = {0: [0]}
    costs: dict[int, float] = {0: 0.0}
    rows = _last_number(places)
    usual = len(words) / max(1, rows)
    for number in range(2, rows + 1):
        ways = {
            index: min(
                (cost + abs(index - before - usual), before)
                for before, cost in costs.items()
                if index - before >= _APART
            )
            for index in places[number]
            if any(index - before >= _APART for before in costs)
        }
        if not ways:
            return frozenset()
        chains = {index: [*chains[before], index] for index, (_, before) in ways.items()}
        costs = {index: cost for index, (cost, _) in ways.items()}
    best = min(costs, key=lambda index: costs[index] + abs(len(words) - index - usual))
    return frozenset(chains[best]) if rows >= _FEWEST_ROWS else frozenset()


def _last_number(places: dict[int, list[int]]) -> int:
    """The last of the numbers 1, 2, 3 ... that each stand behind one before."""
    number, first = 1, places[1][0]
    while later := [index for index in places.get(number + 1, []) if index - first >= _APART]:
        number, first = number + 1, later[0]
    return number
