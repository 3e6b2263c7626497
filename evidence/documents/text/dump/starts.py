"""Where the body of a dumped table may begin: the words that could open its first row."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.documents.text.dump.scores import row_start
from evidence.documents.text.dump.shapes import numbered_rows
from evidence.documents.text.dump.words import Word

_TRIED_LINES = 40
_TRIED = 5
_WITHIN = 6
"""Words within which a second that opens a row beyond doubt is tried: no row is as short."""
_NAMED = 1.5
"""A row that begins with a name and a year, or with authors, begins beyond doubt."""
_FACTS = 3
_NEAR = 12
_TYPED = {"number", "duration", "dose", "fraction", "percent", "year", "status", "paren-count"}


def body_starts(words: Sequence[Word]) -> list[int]:
    """Words that open a line and could open the first row, nearest first.

    Where some are beyond doubt (authors, row number 1), no others are tried.
    """
    opening = [index for index, word in enumerate(words) if index and word.first][:_TRIED_LINES]
    sure = [index for index in opening if _is_sure(words, index)]
    if sure:
        return [index for index in sure if index - sure[0] < _WITHIN]
    return [index for index in opening if _looks_like_row(words, index)][:_TRIED]


def _is_sure(words: Sequence[Word], index: int) -> bool:
    if words[index].inside:
        return False
    return row_start(words, index, "label") >= _NAMED or bool(numbered_rows(words[index:]))


def _looks_like_row(words: Sequence[Word], index: int) -> bool:
    if words[index].text[:1].islower() or words[index].inside:
        return False
    labelled = row_start(words, index, "label") > 0 or row_start(words, index, "sex") > 0
    near = [word for word in words[index : index + _NEAR] if not word.inside]
    return labelled or sum(word.tag in _TYPED for word in near) >= _FACTS
