"""Complications, read a second time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.second.outcomes import whole_count
from evidence.extraction.second.reading import NUMBER, Reading
from evidence.vocabulary import Vocabulary


def only_percent(reading: Reading) -> bool:
    """The only percentage of its cell, under a head that says so or with its sign."""
    signed = re.findall(rf"({NUMBER})\s*%", reading.text)
    bare = re.fullmatch(rf"({NUMBER})", reading.text) if "%" in reading.unit else None
    found = signed or ([bare.group(1)] if bare else [])
    return [float(number) for number in found] == [reading.value]


def term(reading: Reading) -> bool:
    """A term that the word lists know and that stands between borders of the list."""
    if not _is_known(reading.value, reading.vocabulary):
        return False
    start = reading.text.find(reading.value)
    before = reading.text[:start].rstrip()
    return start == 0 or before.endswith((",", ";", ")", ":", ".")) or _graded(before)


def _is_known(printed: str, vocabulary: Vocabulary) -> bool:
    """Whether the lists know the whole term, but for adjectives before it."""
    words = printed.split()
    while words:
        if vocabulary.lookup("complications", " ".join(words)) is not None:
            return True
        if vocabulary.lookup("complication_adjectives", words[0]) is not None:
            words = words[1:]
        elif vocabulary.lookup("complication_adjectives", words[-1]) is not None:
            words = words[:-1]
        else:
            return False
    return False


def _graded(before: str) -> bool:
    return bool(re.search(r"(?:grades?\s+\S+|due to|from|\b\d+|^\w+)$", before, re.IGNORECASE))


def events(reading: Reading) -> bool:
    """The bracketed counts of the cell are the events of its items, one for one."""
    if whole_count(reading):
        return True
    cell = reading.notes.readings[reading.path].cell
    held = [
        item.events
        for at, item in enumerate(reading.arm.complications or ())
        if (note := reading.notes.readings.get(_item_path(reading, at))) and note.cell == cell
    ]
    return _counts(reading.text) == held


def _item_path(reading: Reading, at: int) -> str:
    return re.sub(r"complications\[\d+\]", f"complications[{at}]", reading.path)


def _counts(text: str) -> Sequence[int | None]:
    return [int(number) for number in re.findall(r"\(\s*(?:n\s*=\s*)?(\d+)\s*\)", text)]
