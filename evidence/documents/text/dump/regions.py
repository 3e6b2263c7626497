"""Find the tables of a text file: title line, body lines, notes, continued parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.documents.captions import parse_title
from evidence.documents.text.extent import is_named_note
from evidence.documents.text.pages import is_running

_NOTES = re.compile(r"^\s*(?:abbreviations?|notes?|sources?|key|legend|footnotes?)\s*[:.]", re.I)
_MARKED = re.compile(r"^\s*(?:[a-h]|[*†‡§¶]{1,3}|\([a-h*]\))\s+[A-Z0-9<>≥≤][^|]{12,}")
_LISTED = re.compile(r"^\s*[A-Z][A-Za-z-]{1,7}\s?[:=,]\s[a-z][\w\s-]+[,;]")
_MEANING = re.compile(r"(?:^|[;,.]\s)[A-Z][A-Za-z-]{0,7}\s?[:=,]\s[a-z][\w\s-]+(?=[;.]|$)")
"""A short form and what it stands for."""
_ABBREVIATED = re.compile(r"(?:\bal|\bno|\bvs|\bpts|\bmo|\b[A-Z])\.$", re.I)
_RUNNING_LINES = 2
_PAGE_LINES = 150
_REPEATED = 4
"""So many words said again are heads, and no row that happens to open as they do."""
_SENTENCE = 4
"""Words that a sentence has at least."""
_FIGURE = re.compile(r"^\s*(?:fig(?:ure)?\.?)\s*\d", re.I)
_LOWER = re.compile(r"^[(\"'“]?[a-z]")
_PROSE_LINES = 4

Line = tuple[int, str]
"""(1-based line of the file, its text)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The lines of one table, its parts joined."""

    label: str
    caption: str
    body: tuple[Line, ...]
    notes: tuple[Line, ...] = ()
    first: int = 0
    """Line of the title."""
    parts: tuple[int, ...] = ()
    """Lines at which the body begins, once per part."""
    lines: frozenset[int] = frozenset()
    """All lines it takes, title and notes included."""

    @property
    def words(self) -> int:
        """How many words its body holds."""
        return sum(len(text.split()) for _, text in self.body)


def find_regions(lines: Sequence[str]) -> list[Region]:
    """Tables in order; continued parts join their table."""
    regions: list[Region] = []
    index = 0
    while index < len(lines):
        parsed = parse_title(lines[index])
        if parsed is None or not _is_title(lines, index):
            index += 1
            continue
        region, end = _region(lines, index, parsed)
        if region.body:
            _add(regions, region, continued=parsed[2])
        index = max(index + 1, end if region.body else 0)
    return regions


def _add(regions: list[Region], region: Region, *, continued: bool) -> None:
    same = next((i for i, r in enumerate(regions) if r.label == region.label), None)
    if same is None:
        regions.append(region)
    elif continued or not region.caption or region.caption == regions[same].caption:
        whole = regions[same]
        regions[same] = replace(
            whole,
            body=whole.body + region.body,
            notes=whole.notes + region.notes,
            parts=whole.parts + region.parts,
            lines=whole.lines | region.lines,
        )


def _is_title(lines: Sequence[str], index: int) -> bool:
    """A title opens a paragraph or stands alone; a line of running text follows another."""
    before = lines[index - 1].strip() if index else ""
    if re.search(r" {3,}", before):
        before = ""
    text = re.sub(r"\s+", " ", lines[index]).strip()
    runs_on = len(before) > 50 and before[-1:] not in ".:!?" and not re.match(r"^\s", before)
    return not (runs_on and re.search(r"[a-z]\)[.,;]?(?:\s|$)", text) and len(text) > 60)


def _region(lines: Sequence[str], index: int, parsed: tuple[str, str, bool]) -> tuple[Region, int]:
    label, caption, _ = parsed
    first = index + 1
    index += 1
    while index < len(lines) and caption and _goes_on(caption, lines[index]):
        caption = f"{caption} {lines[index].strip()}"
        index += 1
    end, notes_end = _body_end(lines, index)
    body = _once([(i + 1, lines[i]) for i in range(index, end)])
    notes = tuple((i + 1, lines[i]) for i in range(end, notes_end))
    while body and not body[0][1].strip():
        body = body[1:]
    while body and not body[-1][1].strip():
        body = body[:-1]
    region = Region(
        label=label,
        caption=re.sub(r"\s+", " ", caption).strip(),
        body=body,
        notes=notes,
        first=first,
        parts=(body[0][0],) if body else (),
        lines=frozenset(range(first, notes_end + 1)),
    )
    return region, notes_end


def cell_lines(region: Region) -> list[Line]:
    """The lines of a body up to where running text may begin, if it begins within a page's length.

    Without such a bound a table that was not read would take the text behind it along.
    """
    filled = [line for line in region.body if line[1].strip()]
    for k in range(len(filled)):
        block = [" ".join(text.split()) for _, text in filled[k : k + _RUNNING_LINES]]
        if len(block) == _RUNNING_LINES and all(is_running([text], share=0.6) for text in block):
            return filled[:k]
    return filled if len(filled) <= _PAGE_LINES else []


def _once(body: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without those that say the first ones again: heads that every page repeats."""
    texts = [" ".join(text.split()) for _, text in body]
    top = next((k for k, text in enumerate(texts) if text), 0)
    kept: list[Line] = []
    k = 0
    while k < len(body):
        same = 0
        while k > top and k + same < len(body) and texts[k + same] == texts[top + same]:
            same += 1
        repeated = " ".join(texts[k : k + same]).split()
        if len(repeated) < _REPEATED:
            kept.append(body[k])
            same = 1
        k += same
    return tuple(kept)


def _goes_on(caption: str, line: str) -> bool:
    """The title's sentence is unfinished and the next line takes it up."""
    return (
        bool(line.strip())
        and not caption.rstrip().endswith(".")
        and bool(_LOWER.match(line.strip()))
    )


def _body_end(lines: Sequence[str], start: int) -> tuple[int, int]:
    """(line after the body, line after the notes), both 0-based."""
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.strip():
            continue
        if parse_title(line) and _is_title(lines, index):
            return index, index
        if _FIGURE.match(line):
            return index, index
        if _opens_notes(lines, index, start):
            return index, _notes_end(lines, index)
        if index > start and _is_prose(lines, index):
            return index, index
    return len(lines), len(lines)


def _opens_notes(lines: Sequence[str], index: int, start: int) -> bool:
    line = lines[index]
    if _NOTES.match(line) or (index > start + 2 and is_named_note(line)):
        return True
    if index > start + 2 and (len(_MEANING.findall(line)) > 1 or _closes(lines, index, start)):
        return True
    after_blank = index > start + 4 and not lines[index - 1].strip()
    return after_blank and bool(_MARKED.match(line) or _LISTED.match(line)) and len(line) > 40


def _closes(lines: Sequence[str], index: int, start: int) -> bool:
    """Whether a line is the one sentence of the table, and running text or nothing follows."""
    line = lines[index].strip()
    if not line.endswith(".") or len(line.split()) < _SENTENCE or _ABBREVIATED.search(line):
        return False
    after = lines[index + 1 : index + 2]
    if after and after[0].strip() and not _is_prose(lines, index + 1):
        return False
    return not any(above.rstrip().endswith(".") for above in lines[start:index])


def _notes_end(lines: Sequence[str], index: int) -> int:
    """Notes go on to a blank line, and over it where the next paragraph is a note again."""
    while index < len(lines):
        if not lines[index].strip():
            following = next((i for i in range(index, len(lines)) if lines[i].strip()), len(lines))
            if following == len(lines) or not (
                _NOTES.match(lines[following]) or _MARKED.match(lines[following])
            ):
                return index
            index = following
        elif parse_title(lines[index]) and _is_title(lines, index):
            return index
        index += 1
    return index


def _is_prose(lines: Sequence[str], index: int) -> bool:
    """Several full lines of running text in a row, none with the gaps of a table."""
    block = lines[index : index + _PROSE_LINES]
    if len(block) < _PROSE_LINES or not all(line.strip() for line in block):
        return False
    if not is_running([" ".join(block[0].split())], share=0.55):
        return False
    gaps = [len(re.findall(r"\S {3,}(?=\S)", line)) for line in block]
    words = " ".join(block).split()
    lower = sum(bool(re.match(r"^[a-z]+[.,;:]?$", word)) for word in words)
    if max(gaps) > 1 or (any(gaps) and lines[index - 1].strip() and lower < 0.8 * len(words)):
        return False
    lengths = [len(re.sub(r"\s+", " ", line.strip())) for line in block]
    return min(lengths[:-1]) >= 42 and lower >= 0.65 * len(words)
