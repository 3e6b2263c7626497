"""The words of a text dump: each with its line, its place and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_WIDE_GAPS = 0.6
"""Share of wider gaps up to which they part cells."""
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_BRACKETS = re.compile(r"\([^()]*\)")
_INSIDE = 2
"""So many gaps inside brackets tell that gaps part nothing."""
EDGE = " .,;:()[]*†‡§"
"""What may stand at the edges of a word and is none of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a dump with its place and type."""

    text: str
    line: int
    """1-based line of the file."""
    start: int = 0
    """Character of the line it begins at."""
    first: bool = False
    """It opens its line."""
    blank: bool = False
    """It opens its line, and the line before is blank."""
    gap: bool = False
    """Two blanks part it from the word before, where one is usual."""
    inside: bool = False
    """It stands inside brackets that an earlier word opened."""
    tag: str = "other"
    inner: bool = False
    """It continues a phrase or a number with its unit; no cell begins here."""

    @property
    def core(self) -> str:
        """Without punctuation and brackets at the edges."""
        return self.text.strip(EDGE)


def split_words(lines: Sequence[tuple[int, str]], *, gaps: bool = True) -> list[Word]:
    """(line number, text) pairs → words; brackets opened on one line may close on a later one.

    Without ``gaps``, wider ones mean nothing.
    """
    wide = gaps and _gaps_part_cells([text for _, text in lines])
    words: list[Word] = []
    depth, blank = 0, False
    for number, text in lines:
        if not text.strip():
            blank = True
            continue
        for index, match in enumerate(re.finditer(r"\S+", text)):
            token, inside, first = match.group(0), depth > 0, index == 0
            opened = token.count("(") + token.count("[")
            closed = token.count(")") + token.count("]")
            depth = min(3, max(0, depth + opened - closed))
            word = Word(text=token, line=number, start=match.start(), first=first, inside=inside)
            gap = wide and not first and text[: match.start()].endswith("  ")
            words.append(replace(word, blank=first and blank, gap=gap))
        blank = False
    return words


def _gaps_part_cells(lines: Sequence[str]) -> bool:
    """Whether two blanks part what one does not; some dumps print two between any words.

    Where they stand inside brackets, too, they part nothing.
    """
    within = sum(len(_GAP.findall(part)) for line in lines for part in _BRACKETS.findall(line))
    if within >= _INSIDE:
        return False
    gaps = [gap for line in lines for gap in re.findall(r"(?<=\S) +(?=\S)", line)]
    wide = sum(len(gap) > 1 for gap in gaps)
    return 0 < wide <= _WIDE_GAPS * len(gaps)
