"""Notes under a table and the marks they explain."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from statistics import median

from evidence.documents.base import Footnote
from evidence.documents.layout.captions import LABEL, segments, stretches
from evidence.documents.layout.ink import Ink
from evidence.documents.layout.sheet import Region
from evidence.documents.layout.words import Line, Word, box_of

MARK = re.compile(r"^([*†‡§¶‖#]+|[a-z]|\d{1,2})[\s).:]")
OPENING = re.compile(
    r"^(abbreviations?|notes?|values?|data|source|legend|\*|†|‡|§|¶|‖|#)\b|^[*†‡§¶‖#]", re.I
)


def lines_under(region: Region) -> list[Line]:
    """Note lines printed under the last rule of the table.

    They are set smaller than running text, open like a note, or the second of them does.
    """
    if region.foot_top is None:
        return []
    body, last = region.sheet.body_size, region.foot_top
    under = [line for line in region.sheet.lines if line.base > last + 1]
    below = stretches(under, region.box[0] - 1, region.box[2] + 1)
    lines: list[Line] = []
    for line, following in zip_longest(below, below[1:]):
        if line.base - last > (1.9 if lines else 2.6) * line.size or LABEL.match(line.text):
            break
        small = line.size < 0.96 * body
        if not lines and not (small or _opens(line) or (following and _raised(following.words[0]))):
            break
        if lines and abs(line.size - lines[0].size) > 0.12 * line.size:
            break
        if lines and not small and not _opens(line) and _ends_short(lines):
            break
        lines.append(line)
        last = line.base
    return lines


def _opens(line: Line) -> bool:
    """Whether a line opens like a note: by a mark, or by a word such as *Abbreviations*."""
    return bool(OPENING.match(line.text)) or _raised(line.words[0]) > 0


def _ends_short(lines: list[Line]) -> bool:
    """Whether a paragraph ends: with a sentence, before the widest of its lines does."""
    short = max(line.x1 for line in lines) - lines[-1].x1 > 3 * lines[-1].size
    return short and lines[-1].text.endswith((".", ";", ")"))


def split_notes(lines: list[Line], x0: float, x1: float) -> tuple[list[Line], list[Line]]:
    """Table lines, and the note lines that stand inside the frame below the last row.

    Notes run over the columns from the left edge, and are set smaller, open like a note, or fill
    more than one line.
    """
    count = full = 0
    usual = median(line.size for line in lines)
    for line in reversed(lines[1:]):
        wide = line.x1 - line.x0 > 0.6 * (x1 - x0) and len(line.words) >= 6
        starts = line.x0 - x0 < 1.6 * line.size
        small = line.size < 0.97 * usual
        if len(segments(line)) > 1 or not starts or not (wide or small or count == 0):
            break
        count += 1
        full += wide
    if not full:
        return lines, []
    body, notes = lines[: len(lines) - count], lines[len(lines) - count :]
    smaller = notes[-1].size < 0.97 * median(line.size for line in body)
    if (
        smaller
        or full >= 2
        or OPENING.match(notes[0].text)
        or notes[0].words[0].glyphs[0].level > 0
    ):
        return body, notes
    return lines, []


def notes_of(lines: list[Line], ink: Ink) -> list[Footnote]:
    """Note lines parted into notes, one per mark."""
    notes: list[tuple[str | None, list[Word]]] = []
    for line in lines:
        for word in line.words:
            mark = _mark(word, line)
            if mark or not notes:
                notes.append((mark, [] if word.raised else [_without_mark(word) if mark else word]))
            else:
                notes[-1][1].append(word)
    return [
        Footnote(
            mark=mark,
            text=" ".join(w.text for w in words),
            page=ink.number,
            box_pt=ink.shown(box_of(words)),
        )
        for mark, words in notes
        if words
    ]


def _mark(word: Word, line: Line) -> str | None:
    """The mark a note begins with, when this word opens a note."""
    lead = "".join(g.text for g in word.glyphs[: _raised(word)])
    if lead and (word is line.words[0] or lead in "*†‡§¶‖#abcdefgh"):
        return lead
    if word is line.words[0]:
        match = MARK.match(word.text + " ")
        if match and (match.group(1) in "*†‡§¶‖#**" or not match.group(1).isalnum()):
            return match.group(1)
    return None


def _without_mark(word: Word) -> Word:
    """The word without the raised mark it begins with: ``ᵇTwo`` is ``Two``."""
    rest = word.glyphs[_raised(word) :]
    return replace(word, glyphs=rest, x0=rest[0].x0)


def _raised(word: Word) -> int:
    count = 0
    for g in word.glyphs:
        if g.level <= 0:
            break
        count += 1
    return count
