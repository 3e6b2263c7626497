"""Cells of a dumped table from its words: text, clean text, marks and printed lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from evidence.documents.base import Cell, CellLine, Mark
from evidence.documents.text.dump.heads import Head, head_text
from evidence.documents.text.dump.marks import without_marks
from evidence.documents.text.dump.words import Word
from evidence.documents.text.pages import CHAR_PT, LINE_PT


def head_cell(head: Head, declared: Collection[str], known: Collection[str]) -> Cell:
    """A head as printed, its declared marks told apart."""
    text = joined(head.words, known)
    clean = head_text(head.words, declared)
    clean = one_line(clean)
    marks = tuple(
        Mark(text=word.text[-1], offset=len(clean))
        for word in head.words
        if word.text[-1:] in declared and head_text([word], declared) != word.text
    )
    return Cell(
        text=text,
        clean=clean if marks else None,
        marks=marks,
        header=True,
        lines=cell_lines(head.words),
    )


def one_line(text: str) -> str:
    """Single spaces only."""
    return re.sub(r"\s+", " ", text).strip()


def cell_lines(words: Sequence[Word]) -> tuple[CellLine, ...]:
    """The printed lines the words stood on; their boxes count lines from the file's first."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return tuple(_printed(number, own) for number, own in lines.items())


def _printed(number: int, words: Sequence[Word]) -> CellLine:
    x0, x1 = words[0].start, words[-1].start + len(words[-1].text)
    box = (CHAR_PT * x0, LINE_PT * (number - 1), CHAR_PT * x1, LINE_PT * number)
    return CellLine(text=" ".join(word.text for word in words), box_pt=box)


def joined(words: Sequence[Word], known: Collection[str]) -> str:
    """Words with spaces; a hyphen at a line's end goes where the whole word is known without it."""
    text = ""
    for word in words:
        if word.first and re.search(r"[a-z]-$", text[-2:]) and word.text[:1].islower():
            left = re.split(r"[\s(/]", text[:-1])[-1]
            right = re.match(r"[^\W\d_]*", word.text)
            whole = (left + (right.group(0) if right else "")).casefold()
            text = (text[:-1] if whole in known else text) + word.text
        else:
            text = f"{text} {word.text}" if text else word.text
    return text


def words_cell(words: Sequence[Word], declared: Collection[str], known: Collection[str]) -> Cell:
    """One cell of the words given to it."""
    text = joined(words, known)
    clean, marks = without_marks(text, declared)
    return Cell(text=text, clean=clean if marks else None, marks=marks, lines=cell_lines(words))
