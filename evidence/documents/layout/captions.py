"""Find the lines that name a table: "Table 2" at the start of a line that is not a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from evidence.documents.layout.words import Line, Word

NAMES = (
    r"(?:e-?|(?:supplement(?:a(?:ry|l))?|appendix|online|extended\s+data|additional|web)\s+)?"
    r"(?:table|tab\.|tabla|tabelle|tableau|tabella|tabela)"
)
NUMBER = (
    r"(?:(?:[A-Z]{1,2}[-.]?)?\d{1,2}(?:[-–.]\d{1,2}){0,2}[a-zA-Z]?"
    r"|[IVX]{1,5}(?:\.\d{1,2})?)"
)
LABEL = re.compile(rf"^({NAMES})\s*({NUMBER})(?![\w%])\s*([.:|–—-]?)\s*", re.I)
CONTINUED = re.compile(
    r"\b(?:continued|cont\.?(?:['’]?d)?|continuación|continua|continuação)\b"
    r"|\b(?:suite|fortsetzung|segue)\W*$",
    re.I,
)
CONTINUED_END = re.compile(r"[(—–-]\s*(?:continued|cont(?:['’]?d|\.))\W*$", re.I)
CONTINUES = re.compile(rf"^\(?({NAMES})\s*(\w{{1,4}})\s+continue[sd]\b", re.I)
"""A note under one part of a table: "(Table 1 continues on next page)"."""
SEGMENT_GAP = 0.95
"""Words further apart than this share of the font size stand in different columns of print."""


@dataclass(slots=True)
class Segment:
    """A run of words on one line with no more than word spaces between."""

    words: list[Word]
    base: float
    size: float

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(w.x1 for w in self.words)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(w.top for w in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(w.bottom for w in self.words)

    @property
    def text(self) -> str:
        """Words with single spaces."""
        return " ".join(w.text for w in self.words)


@dataclass(slots=True)
class CaptionStart:
    """Where a caption begins, and the label it carries."""

    label: str
    segment: Segment
    continued: bool
    rest: str
    """What stands behind the label on the same line."""
    under: bool = False
    """Whether it says that the table stands above it."""


def segments(line: Line, gap: float = SEGMENT_GAP) -> list[Segment]:
    """The line cut wherever words stand further apart than ``gap`` × font size."""
    runs: list[list[Word]] = []
    for word in line.words:
        if runs and word.x0 - runs[-1][-1].x1 <= gap * max(word.size, runs[-1][-1].size):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Segment(run, line.base, max(w.size for w in run)) for run in runs]


def stretches(lines: list[Line], x0: float, x1: float) -> list[Line]:
    """Lines cut down to the stretches of print, whole, that begin or centre between two places."""
    kept = []
    for line in lines:
        near = [s for s in segments(line) if x0 <= s.x0 <= x1 or x0 <= (s.x0 + s.x1) / 2 <= x1]
        words = [word for segment in near for word in segment.words]
        if words:
            kept.append(Line(words, line.base, median(word.size for word in words)))
    return kept


def find_captions(lines: list[Line]) -> list[CaptionStart]:
    """Every caption start on the page, top to bottom."""
    found: list[CaptionStart] = []
    flat = [(line, seg) for line in lines for seg in segments(line)]
    for line, seg in flat:
        start = _caption(line, seg, flat)
        if start is not None:
            found.append(start)
    return found


def _caption(line: Line, seg: Segment, flat: list[tuple[Line, Segment]]) -> CaptionStart | None:
    text = seg.text
    note = CONTINUES.match(text)
    if note is not None and len(text) < 60:
        return CaptionStart(note.group(2), seg, True, "", under=True)
    match = LABEL.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    after = [s for other, s in flat if other is line and s.x0 >= seg.x1]
    tail = rest or (after[0].text if after and after[0].x0 - seg.x1 < 4 * seg.size else "")
    continued = bool(CONTINUED.match(tail.strip("()[] .,-–—")) or CONTINUED_END.search(seg.text))
    strong = seg.words[0].bold or _spelled_big(seg) or continued
    if not strong and _is_sentence(match.group(3), tail):
        return None
    if not strong and _inside_paragraph(seg, flat):
        return None
    if strong and not continued and tail[:1].islower() and _inside_paragraph(seg, flat):
        return None
    return CaptionStart(match.group(2), seg, continued, tail)


def _spelled_big(seg: Segment) -> bool:
    return seg.words[0].text.isupper()


def _is_sentence(stop: str, tail: str) -> bool:
    if not tail or stop:
        return False
    first = tail.split()[0]
    return first[0].islower() or first[0] in ",;)]" or first in {"and", "or", "to", "&"}


def _inside_paragraph(seg: Segment, flat: list[tuple[Line, Segment]]) -> bool:
    """Whether a line of the same print, size and left edge stands directly above."""
    for line, other in flat:
        if (
            0 < seg.base - line.base < 1.45 * seg.size
            and abs(other.size - seg.size) < 0.06 * seg.size
            and abs(other.x0 - seg.x0) < 1.5 * seg.size
            and other.words[0].font == seg.words[0].font
            and other.x1 - other.x0 > 12 * seg.size
        ):
            return True
    return False
