"""Where the head of a dumped table ends and how it is cut: by its words and by the rows below."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evidence.documents.text.dump.align import align
from evidence.documents.text.dump.body import Body
from evidence.documents.text.dump.heads import Head, cut_heads
from evidence.documents.text.dump.starts import body_starts
from evidence.documents.text.dump.words import Word

_TRIED_WORDS = 160
_CLOSE = 4.0
_UNKNOWN = 0.2
"""Share of heads that promise no kind of words above which the columns cannot be told."""
_KNOWN = 0.3
"""Mean score of the heads below which they are not cut where they end."""
_HEADS = 5.0
"""Weight of how well the heads are cut."""
_HEAD_WORD = 1.0
"""What a word of the head counts: a little more than one that fits its column."""
_COLUMN = 4.0
"""What a column more is worth."""
_COUNTED = 60
"""Words of the body that count beside the heads; more of them tell the same again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a dump: its heads, where the body begins, and how well both fit."""

    heads: tuple[Head, ...]
    start: int
    score: float


def _are_known(heads: Sequence[Head]) -> bool:
    """Whether the heads are words for columns, and most promise a kind of words below."""
    unknown = sum(head.kind == "text" for head in heads)
    score = sum(head.score for head in heads)
    return unknown <= _UNKNOWN * len(heads) and score >= _KNOWN * len(heads)


def read_heads(words: Sequence[Word], declared: Collection[str]) -> Reading | None:
    """The best of the ways to end the head and to cut it into columns; None if it is unknown."""
    best: Reading | None = None
    starts = body_starts(words)
    tried = [cut_heads(words[:start], declared=declared) for start in starts]
    if not any(_are_known(heads) for cuts in tried for heads in cuts.values()):
        return None
    end = min(len(words), starts[0] + _TRIED_WORDS) if starts else 0
    for start, cuts in zip(starts, tried, strict=True):
        scale = min(1.0, _COUNTED / (end - starts[0]))
        totals = {count: sum(h.score for h in heads) for count, heads in cuts.items() if count > 1}
        body = Body(words[start:end])
        for count, total in totals.items():
            if total < max(totals.values()) - _CLOSE:
                continue
            found = align(body, [head.kind for head in cuts[count]])
            own = _HEADS * total + _HEAD_WORD * start + _COLUMN * count
            score = own + scale * found.score
            if best is None or score > best.score:
                best = Reading(heads=tuple(cuts[count]), start=start, score=score)
    return best if best is not None and _are_known(best.heads) else None
