"""From the pieces of a cell to its text, its marks and its box."""

from __future__ import annotations

import re
from itertools import pairwise

from evidence.documents.base import Box, Cell, CellLine, Mark
from evidence.documents.layout.ink import Ink
from evidence.documents.layout.pieces import Piece
from evidence.documents.layout.words import Word, box_of

RAISED = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
UNIT = re.compile(r"(?:^|[\d\s/×x(])(?:[kcmµμ]?m|[kmµ]?g|s|h|d|min|l|in|ft|kg)$", re.I)
UNKNOWN = "(cid:"
APART = 0.8
"""Print of one cell stands in two places where white parts it by more than so many ems."""
TWO = "white parts this cell's print, which may be of two columns"
OPEN_RANGE = re.compile(r"\d%?[–-]$")
FIGURE = re.compile(r"[<>≤≥]?\d")
BRACKET_END = re.compile(r"[\d.,]*%?\)\W*$")
POWER = re.compile(r"(?:^|[^\d.,])10$")


def make_cell(
    pieces: list[Piece],
    ink: Ink,
    *,
    rowspan: int = 1,
    colspan: int = 1,
    header: bool = False,
    words: frozenset[str] = frozenset(),
) -> Cell:
    """One cell from its pieces; an empty one if there are none.

    ``words`` are the paper's words in lower case; they decide on hyphens at line ends.
    """
    if not pieces:
        return Cell(text="", rowspan=rowspan, colspan=colspan, header=header, page=ink.number)
    pieces = sorted(pieces, key=lambda p: (round(p.base, 1), p.x0))
    text, marks, lines = "", [], []
    clean = ""
    lone = False
    for piece in pieces:
        line_text = ""
        boxes: list[Box] = []
        for k, word in enumerate(piece.words):
            printed, plain, word_marks = render_word(word)
            text, joiner = joint(text, printed, words, line_end=k == 0, lone=lone)
            clean, clean_joiner = joint(clean, plain, words, line_end=k == 0, lone=lone)
            if plain:
                clean += clean_joiner + plain
            marks += [Mark(text=m, offset=len(text) + len(joiner) + at) for at, m in word_marks]
            text += joiner + printed
            if line_text:
                boxes.append((boxes[-1][2], word.top, word.x0, word.bottom))
            line_text += (" " if line_text else "") + printed
            boxes += char_boxes(word)
        lone = len(piece.words) == 1
        lines.append(
            CellLine(
                text=line_text,
                page=ink.number,
                box_pt=ink.shown(box_of(piece.words)),
                char_boxes_pt=tuple(ink.shown(box) for box in boxes),
            )
        )
    return Cell(
        text=text,
        clean=clean,
        marks=tuple(marks),
        lines=tuple(lines),
        page=ink.number,
        box_pt=ink.shown(box_of(w for p in pieces for w in p.words)),
        rowspan=rowspan,
        colspan=colspan,
        header=header,
        doubt=_doubt(pieces, text),
    )


def _doubt(pieces: list[Piece], text: str) -> str | None:
    if UNKNOWN in text or "\ufffd" in text:
        return "a character has no Unicode value in the file"
    found = next((p.doubt for p in pieces if p.doubt), None)
    return found or (TWO if _in_two_places(pieces) else None)


def _in_two_places(pieces: list[Piece]) -> bool:
    """Whether white parts the words of a line, or one line from another beside it."""
    gaps = [
        (b.x0 - a.x1) / b.em
        for piece in pieces
        for a, b in pairwise(sorted(piece.words, key=lambda w: w.x0))
    ]
    gaps += [(max(a.x0, b.x0) - min(a.x1, b.x1)) / b.words[0].em for a, b in pairwise(pieces)]
    return max(gaps, default=0.0) > APART


def joint(
    text: str, following: str, words: frozenset[str], *, line_end: bool, lone: bool = False
) -> tuple[str, str]:
    """The text, perhaps without its last hyphen, and what goes between it and the next word.

    A hyphen at a line's end stays unless it is a soft one or the paper prints the word whole. What
    is too wide for its cell, word processors break anywhere: it then has a line alone (``lone``).
    """
    if not text:
        return text, ""
    if not line_end:
        return text, " "
    if OPEN_RANGE.search(text) and FIGURE.match(following):
        return text, ""
    if lone and _broken(text.rsplit(" ", 1)[-1], following, words):
        return text, ""
    if text[-1] == "\u00ad":
        return text[:-1], ""
    if text[-1] in "-‐" and text[-2:-1].isalnum() and following[:1].isalnum():
        whole = text[:-1].split()[-1] + following
        known = whole.strip(".,;:()[]").casefold() in words
        return (text[:-1] if known else text), ""
    return text, " "


def _broken(start: str, rest: str, words: frozenset[str]) -> bool:
    """Whether a line breaks within a word the paper prints whole, or within a bracketed number."""
    if not start:
        return False
    if start[-1].isalpha() and rest[:1].islower():
        return (start + rest).strip(".,;:()[]").casefold() in words
    inside = start.count("(") == start.count(")") + 1
    return inside and start[-1].isdigit() and BRACKET_END.match(rest) is not None


def render_word(word: Word) -> tuple[str, str, list[tuple[int, str]]]:
    """A word as printed, without its marks, and the marks with their offsets in print."""
    printed = plain = ""
    marks: list[tuple[int, str]] = []
    for level, chars in _levels(word):
        if level == 0:
            printed += chars
            plain += chars
        elif level < 0:
            low = "".join(LOWERED.get(c, c) for c in chars) if plain[-1:].isdigit() else chars
            printed += low
            plain += low
        else:
            high = chars if UNKNOWN in chars else "".join(RAISED.get(c, c) for c in chars)
            if _exponent(plain, chars):
                printed += high
                plain += high
            else:
                marks.append((len(printed), chars))
                printed += high
    return printed, plain, marks


def char_boxes(word: Word) -> list[Box]:
    """A box for every character that ``render_word`` prints of the word."""
    boxes: list[Box] = []
    for g in word.glyphs:
        size = len(LIGATURES.get(g.text, g.text))
        step = (g.x1 - g.x0) / max(size, 1)
        boxes += [(g.x0 + at * step, g.top, g.x0 + (at + 1) * step, g.bottom) for at in range(size)]
    return boxes


def _levels(word: Word) -> list[tuple[int, str]]:
    runs: list[tuple[int, str]] = []
    for g in word.glyphs:
        text = LIGATURES.get(g.text, g.text)
        if runs and runs[-1][0] == g.level:
            runs[-1] = (g.level, runs[-1][1] + text)
        else:
            runs.append((g.level, text))
    return runs


def _exponent(before: str, raised: str) -> bool:
    """Whether raised characters are part of a number or unit (10⁹, m², kg⁻¹) and not a mark."""
    if not re.fullmatch(r"[-−–+]?\d{1,2}", raised):
        return False
    return bool(POWER.search(before) or UNIT.search(before))
