"""Heads in two tiers of a dumped table: a line that says the same heads again for every group."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from evidence.documents.base import Cell
from evidence.documents.text.dump.cells import head_cell, words_cell
from evidence.documents.text.dump.heads import cut_heads
from evidence.documents.text.dump.rows import lines_of
from evidence.documents.text.dump.words import Word

_SEARCHED = 6
"""So many lines may stand up to the end of the heads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """The words above the second tier, its words for one group, and how often they stand there."""

    above: tuple[Word, ...]
    again: tuple[Word, ...]
    groups: int
    below: tuple[Word, ...]


def find_tiers(words: Sequence[Word]) -> Tiers | None:
    """The second tier among the first lines, if one line repeats its own words."""
    lines = lines_of(words)
    for k, line in enumerate(lines[1:_SEARCHED], start=1):
        texts = [word.text for word in line]
        for size in range(1, len(texts) // 2 + 1):
            groups = len(texts) // size
            if texts == texts[:size] * groups and _are_words(texts[:size]):
                above, below = lines[:k], lines[k + 1 :]
                return Tiers(
                    above=tuple(w for own in above for w in own),
                    again=tuple(line[:size]),
                    groups=groups,
                    below=tuple(w for own in below for w in own),
                )
    return None


def _are_words(texts: Sequence[str]) -> bool:
    return any(c.isalpha() or c == "%" for text in texts for c in text)


def two_tiers(
    tiers: Tiers, above: Sequence[Word], values: int, declared: Collection[str]
) -> list[tuple[Cell, ...]] | None:
    """The two rows of heads over so many columns of values; None where they cannot be cut."""
    each, rest = divmod(values, tiers.groups)
    second = _parted(tiers.again, each)
    cuts = cut_heads(above, declared=declared, parallel=True)
    heads = cuts.get(tiers.groups + 1) or cuts.get(tiers.groups)
    if rest or second is None or heads is None:
        return None
    cells = [head_cell(head, declared, ()) for head in heads]
    stub = cells.pop(0) if len(cells) > tiers.groups else Cell(text="", header=True)
    upper = (replace(stub, rowspan=2), *(replace(cell, colspan=each) for cell in cells))
    lower = [replace(words_cell(own, declared, ()), header=True) for own in second]
    return [upper, tuple(lower * tiers.groups)]


def _parted(words: Sequence[Word], count: int) -> list[list[Word]] | None:
    """The words of one group as so many heads: each opens with a capital, or is a single word."""
    if count == len(words):
        return [[word] for word in words]
    heads: list[list[Word]] = []
    for word in words:
        if word.text[:1].isupper() or not heads:
            heads.append([])
        heads[-1].append(word)
    return heads if len(heads) == count else None
