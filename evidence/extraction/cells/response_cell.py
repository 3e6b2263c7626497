"""A response cell while it is read: its tokens, what was used of them, and the blocks so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evidence.extraction.cells.blocks import ALL, Block, ResponsesFound
from evidence.extraction.found import Ledger, Value, value_of
from evidence.extraction.tokens import Token, kind_at


@dataclass(slots=True, kw_only=True)
class ResponseCell:
    """One reading of a cell."""

    text: str
    tokens: list[Token]
    ledger: Ledger
    found: ResponsesFound = field(default_factory=ResponsesFound)
    scope: str = ALL
    """Whom the outcomes that follow are of."""

    @property
    def block(self) -> Block:
        """The block of the scope at hand."""
        return self.found.block(self.scope)

    def kind(self, at: int) -> str:
        """Kind of the token at a place; empty outside the cell."""
        return kind_at(self.tokens, at)

    def is_amount(self, at: int) -> bool:
        """Whether a count, a percentage or a fraction stands at a place."""
        if not 0 <= at < len(self.tokens):
            return False
        token = self.tokens[at]
        return token.is_count or token.kind in ("percent", "fraction", "words")

    def store(self, block: Block, outcome: Token, at: int) -> None:
        """Put the amount at a place under its outcome."""
        token = self.tokens[at]
        if token.kind == "percent":
            self._put(block.percents, outcome.name, value_of(token.low or 0.0, token), outcome)
        elif token.kind == "fraction":
            self._put(block.counts, outcome.name, value_of(int(token.low or 0), token), outcome)
            total = value_of(int(token.high or 0), token)
            if block.total is not None and block.total.value != total.value:
                totals = f"{block.total.value} and {total.value}"
                self.found.doubts.append(f"the cell gives several totals, {totals}")
            block.total = block.total or total
        else:
            count = int(token.name) if token.kind == "words" else token.count
            self._put(block.counts, outcome.name, value_of(count, token), outcome)

    def _put(
        self, into: dict[str, Value[Any]], name: str, value: Value[Any], outcome: Token
    ) -> None:
        placed = Value(
            value=value.value,
            start=min(value.start, outcome.start),
            end=max(value.end, outcome.end),
        )
        if name in into and into[name].value != value.value:
            self.found.doubts.append(
                f"{outcome.text} is printed as {into[name].value} and {value.value}"
            )
            return
        into.setdefault(name, placed)
