"""How far a table reaches up or down the lines of its column of print, and its notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from evidence.documents.captions import parse_title
from evidence.documents.text.pages import Piece, is_running, pieces

_NOTES = re.compile(
    r"^\s*(?:abbreviations?|notes?|sources?|key|legend|footnotes?|"
    r"(?:data|values?|numbers?|results?)\s+(?:are|is|were|represent)|p[\s-]+values?\b.{0,40}\bwere)\b",
    re.I,
)
_MARKED = re.compile(r"^\s*(?:[a-h]|[*∗†‡§¶#]{1,3}|\([a-h*]\))\s?[A-Z0-9<>≥≤][^|]{12,}")
_MARK = re.compile(r"^\s{0,4}(?:[a-h]|[*∗†‡§¶#∧^]{1,3})$")
_LISTED = re.compile(r"^\s*[A-Z][A-Za-z0-9-]{1,9}\s?[:=,-]\s[a-z][\w\s-]+[,;.]")
_FIGURE = re.compile(r"^\s*f ?i ?g ?(?:u ?r ?e)?\.?\s*\d", re.I)
_PITCHED = 12
_OPEN = 4
_PLAIN = 4
"""So many lines without columns may follow one another inside a table."""


def in_columns(text: str) -> bool:
    """Whether a line reads as cells: several pieces, not all of them sentences."""
    found = pieces(text)
    long = sum(len(piece.text) > 45 and is_running([piece.text], share=0.55) for piece in found)
    return len(found) > 1 and (long < len(found) or len(found) > 2)


def table_start(own: Sequence[str]) -> int:
    """The first line of the table that ends these lines."""
    start = seen = blank = 0
    for k in range(len(own) - 1, -1, -1):
        if not own[k].strip():
            blank += 1
            continue
        text = [line for line in own[max(0, k - 3) : k + 1] if line.strip()]
        far = blank > 2 or (blank > 1 and not in_columns(own[k]))
        if seen >= 3 and (far or (is_running(text) and not in_columns(own[k]))):
            break
        seen += in_columns(own[k])
        start, blank = k, 0
    return start


def table_end(own: Sequence[str], start: int) -> tuple[int, int]:
    """(line after the body, line after the notes) of a table that begins at ``start``."""
    last, seen, plain = start, 0, 0
    left = min((len(line) - len(line.lstrip()) for line in own[start:] if line.strip()), default=0)
    pitch = _pitch(own[start:])
    for k in range(start, len(own)):
        line = own[k]
        if not line.strip():
            continue
        found, gap = pieces(line), (k - last) // pitch
        if seen >= 2 and _is_note(own, k, found):
            return last, _notes_end(own, k)
        if k > start and (_FIGURE.match(line) or parse_title(found[0].text)):
            break
        if _text_begins(own, k, gap, seen, left) or (gap > _OPEN and seen >= 2):
            break
        if in_columns(line):
            last, seen, plain = k + 1, seen + 1, 0
            continue
        plain += 1
        if plain > _PLAIN:
            break
        if gap == 0 and not (found[0].text.endswith(".") and len(found[0].text) > 20):
            last = k + 1
    return last, last


def _pitch(own: Sequence[str]) -> int:
    """Lines from one that is filled to the next, as most of the first are set."""
    filled = [k for k, line in enumerate(own) if line.strip()][:_PITCHED]
    return median_low([b - a for a, b in pairwise(filled)] or [1])


def notes_after(own: Sequence[str], end: int) -> range:
    """The lines of the notes below a table that ends before a line; none if no note opens."""
    start = next((k for k in range(end, min(end + 3, len(own))) if own[k].strip()), len(own))
    if start < len(own) and _is_note(own, start, pieces(own[start])):
        return range(start, _notes_end(own, start))
    return range(end, end)


def _is_note(own: Sequence[str], k: int, found: Sequence[Piece]) -> bool:
    """Whether a note opens: by its word, its mark, or a mark on the line above its text."""
    line, below = own[k], own[k + 1 : k + 2]
    if _NOTES.match(line):
        return True
    if _MARK.match(line):
        return bool(below) and len(pieces(below[0])) == 1 and len(below[0].strip()) > 20
    return len(found) == 1 and bool(_MARKED.match(line) or _LISTED.match(line))


def is_named_note(line: str) -> bool:
    """Whether a line says that it is a note, or what the table's data are."""
    return bool(_NOTES.match(line))


def opens_note(line: str) -> bool:
    """Whether a note opens with this line, by its word or its mark."""
    return any(pattern.match(line) for pattern in (_NOTES, _MARKED, _LISTED, _MARK))


def _text_begins(own: Sequence[str], k: int, gap: int, seen: int, left: int) -> bool:
    """Whether running text goes on from here: after a gap, or in full lines from the edge."""
    block = [line for line in own[k : k + 8] if line.strip()][:4]
    if not seen or not is_running(block):
        return False
    if seen >= 2 and gap >= 2:
        return True
    found = [pieces(line) for line in block[:3]]
    if gap == 0 and not block[0].strip()[0].isupper() and 2 * len(block[0]) < max(map(len, block)):
        return False
    return all(len(line) == 1 and line[0].start - left <= 8 for line in found)


def _notes_end(own: Sequence[str], k: int) -> int:
    """Notes go on to a blank line, and over it where the next line is a note again."""
    while k < len(own):
        if not own[k].strip():
            after = next((j for j in range(k, min(k + 3, len(own))) if own[j].strip()), None)
            if after is None or not any(p.match(own[after]) for p in (_NOTES, _MARKED, _MARK)):
                return k
            k = after
        elif parse_title(own[k].strip()):
            return k
        k += 1
    return k
