"""Cut the head of a table whose columns a dump has lost into one head per column."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evidence.documents.text.dump.head_words import holds_two, kind_of_head, known_words
from evidence.documents.text.dump.words import Word
from evidence.vocabulary import load_vocabulary

LONGEST_HEAD = 12
_TWO_HEADS = 2.0
"""What a head costs that two known ones make up."""
_SIZED = re.compile(r"\d\)$")
"""The end of a group's head with its number of patients: ``(n = 41)``."""
_CUT_GROUP = 4.0
_AGAIN_ALONE = 3.0
"""What a head costs that is one of the words with which several begin, and no more."""
MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One column's head: its words and the kind of words expected below."""

    words: tuple[Word, ...]
    kind: str
    score: float

    @property
    def text(self) -> str:
        """As printed, on one line."""
        return " ".join(word.text for word in self.words)


def cut_heads(
    words: Sequence[Word], *, declared: Collection[str] = (), parallel: bool = False
) -> dict[int, list[Head]]:
    """Number of columns → the best cut of the head into that many heads.

    ``parallel`` expects heads that repeat a word (``Arm A (n=63)``, ``Arm B (n=62)``).

    A head begins at a line's start, or within a line while the head before it is still on its
    first line: text that ran over several lines is followed by a new line.
    """
    size = len(words)
    best: dict[tuple[int, int, int], tuple[float, tuple[int, int, int] | None]] = {}
    for start in range(size):
        for end in range(start + 1, min(size, start + LONGEST_HEAD) + 1):
            worth = _worth(words, start, end, frozenset(declared))
            worth += _parallel(words, start, end) if parallel else 0.0
            if start == 0:
                best[(1, start, end)] = worth, None
                continue
            for before in range(max(0, start - LONGEST_HEAD), start):
                broken = not words[start].first and words[before].line != words[start].line
                for count in range(1, min(MOST_COLUMNS, start) + 1):
                    found = best.get((count, before, start))
                    if found is None:
                        continue
                    total = found[0] + worth - (3.0 if broken else 0.0)
                    key = (count + 1, start, end)
                    if key not in best or total > best[key][0]:
                        best[key] = total, (count, before, start)
    return _traced(words, best, frozenset(declared))


def _traced(
    words: Sequence[Word],
    best: dict[tuple[int, int, int], tuple[float, tuple[int, int, int] | None]],
    declared: frozenset[str],
) -> dict[int, list[Head]]:
    cuts: dict[int, tuple[float, tuple[int, int, int]]] = {}
    for key, (score, _) in best.items():
        if key[2] == len(words) and (key[0] not in cuts or score > cuts[key[0]][0]):
            cuts[key[0]] = score, key
    heads: dict[int, list[Head]] = {}
    for count, (_, last) in cuts.items():
        spans: list[tuple[int, int]] = []
        place: tuple[int, int, int] | None = last
        while place is not None:
            spans.append((place[1], place[2]))
            place = best[place][1]
        heads[count] = [_head(words, a, b, declared) for a, b in reversed(spans)]
    return heads


def _head(words: Sequence[Word], start: int, end: int, declared: frozenset[str]) -> Head:
    text = head_text(words[start:end], declared)
    return Head(
        words=tuple(words[start:end]),
        kind=kind_of_head(text),
        score=_worth(words, start, end, declared),
    )


def head_text(words: Sequence[Word], declared: Collection[str]) -> str:
    """Words joined as the reader does: line-end hyphens closed, declared marks left out."""
    text = ""
    for word in words:
        token = _without_mark(word.text, declared)
        if text.endswith("-") and word.first and token[:1].islower():
            text = text[:-1] + token
        else:
            text = f"{text} {token}" if text else token
    return text


def _without_mark(token: str, declared: Collection[str]) -> str:
    match = re.match(r"^(.{3,}?),?([a-z])$", token)
    if match and match.group(2) in declared and not load_vocabulary().column(token):
        return match.group(1)
    return token


def _worth(words: Sequence[Word], start: int, end: int, declared: frozenset[str]) -> float:
    """How well these words make one head."""
    first = words[start]
    text = head_text(words[start:end], declared)
    known, size, last, covered = known_words(text)
    count = end - start
    worth = -1.6 + 1.6 * known - 0.2 * (count - known) if known else -1.6 - 0.1 * count
    worth -= _TWO_HEADS * holds_two(text)
    if known == size:
        worth += 0.4
    elif last:
        worth += 0.6
    if first.blank:
        worth += 0.3
    elif first.first and start:
        worth -= 1.5 if any(word.blank for word in words) else 0.3
    if first.inside or first.text.startswith(("(", "[", "%")) or first.text[:1].islower():
        worth -= 2.0
    if start and words[start - 1].text.endswith(("-", ",", "/")):
        worth -= 1.5
    if words[end - 1].text.lower() in {"of", "to", "and", "in", "the", "no.", "type"}:
        worth -= 2.0
    whole = known == size or (known and covered == 0 and known > 1)
    inner_blanks = sum(word.blank for word in words[start + 1 : end])
    return worth - (0.2 if whole else 1.0) * inner_blanks + _gaps(words, start, end)


def _gaps(words: Sequence[Word], start: int, end: int) -> float:
    """Where gaps part cells, a head begins behind one and holds none."""
    if not any(word.gap for word in words):
        return 0.0
    begins = words[start].gap or words[start].first
    return (0.0 if begins else -6.0) - 3.0 * sum(word.gap for word in words[start + 1 : end])


def _parallel(words: Sequence[Word], start: int, end: int) -> float:
    """How well a head fits among others that begin with the same word or end in brackets."""
    printed = [word.text for word in words]
    again = {text for text in printed if text[:1].isupper() and printed.count(text) > 1}
    value = 0.8 if printed[start] in again else 0.0
    value -= _AGAIN_ALONE if end - start == 1 and printed[start] in again else 0.0
    closing = [k for k, text in enumerate(printed) if _SIZED.search(text)]
    if len(closing) > 1 and closing[0] < end - 1 < closing[-1] and end - 1 not in closing:
        value -= _CUT_GROUP
    value -= 1.5 * sum(text in again for text in printed[start + 1 : end])
    value -= 1.0 * sum(text.endswith(")") for text in printed[start : end - 1])
    return value + (0.8 if printed[end - 1].endswith(")") else 0.0)
