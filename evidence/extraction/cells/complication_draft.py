"""An item of a list of complications while it is read, and the complication it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence.extraction.cells.asides import Part, amount_of
from evidence.extraction.cells.terms import Item, name_item
from evidence.extraction.found import Value, value_of
from evidence.extraction.tokens import Token
from evidence.vocabulary import Vocabulary


@dataclass(slots=True, kw_only=True)
class Draft:
    """Places of the tokens that are its words and its amounts."""

    words: list[int] = field(default_factory=list)
    lead_count: int | None = None
    count: int | None = None
    percent: int | None = None
    fatal: bool | None = None
    grade: str | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def counted(self) -> int | None:
        """Place of the number of patients, before or after the words."""
        return self.lead_count if self.lead_count is not None else self.count


def draft_of(part: Part) -> Draft:
    """A part of an item's patients as a complication by itself."""
    return Draft(count=part.count, percent=part.percent, grade=part.grade, fatal=part.fatal)


def build_item(
    draft: Draft, words: Sequence[int], text: str, tokens: Sequence[Token], vocabulary: Vocabulary
) -> Item:
    """The complication of these words, with the draft's amounts."""
    start, end = tokens[words[0]].start, tokens[words[-1]].end
    printed = text[start:end]
    item = Item(
        term=Value(value=printed, start=start, end=end), grade=draft.grade, fatal=draft.fatal
    )
    _count(item, draft, tokens)
    name_item(item, printed, start, vocabulary)
    return item


def _count(item: Item, draft: Draft, tokens: Sequence[Token]) -> None:
    at = draft.counted
    if draft.percent is not None:
        item.percent = value_of(tokens[draft.percent].low or 0.0, tokens[draft.percent])
    if at is None:
        return
    token = tokens[at]
    if token.kind == "percent":
        item.percent = value_of(token.low or 0.0, token)
    elif token.kind == "fraction":
        item.events = value_of(int(token.low or 0), token)
        item.total = value_of(int(token.high or 0), token)
    else:
        item.events = value_of(amount_of(token) or 0, token)
