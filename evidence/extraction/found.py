"""What the grammars give back: values that know the words they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from evidence.extraction.tokens import Token

T = TypeVar("T")

SILENT = frozenset(",;.:()[]/-+&*|\"'=–—×")
"""Marks that say nothing by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Generic[T]):
    """A value and the place of its words in the cell's text (``start`` to ``end``)."""

    value: T
    start: int
    end: int
    derived: bool = False
    doubt: str | None = None
    cell: str | None = None
    """Key of another cell than the grammar's own; None for its own."""

    def at(self, cell: str) -> Value[T]:
        """The value with the cell it stands in, unless it names one already."""
        return self if self.cell else replace(self, cell=cell)


def value_of(value: T, *tokens: Token, derived: bool = False, doubt: str | None = None) -> Value[T]:
    """A value read from these tokens."""
    return Value(
        value=value,
        start=min(token.start for token in tokens),
        end=max(token.end for token in tokens),
        derived=derived,
        doubt=doubt,
    )


@dataclass(slots=True)
class Ledger:
    """Which tokens of a cell were used; what is left is named, never dropped."""

    tokens: Sequence[Token]
    used: set[int] = field(default_factory=set)

    def use(self, *at: int) -> None:
        """Mark tokens as read."""
        self.used.update(at)

    def use_range(self, start: int, stop: int) -> None:
        """Mark the tokens from ``start`` up to ``stop`` as read."""
        self.used.update(range(start, stop))

    def unread(self, *, silent_kinds: Iterable[str] = ()) -> str | None:
        """The words of no token that was used, in order; None when all were read."""
        quiet = set(silent_kinds)
        left = [
            token.text
            for at, token in enumerate(self.tokens)
            if at not in self.used and token.kind not in SILENT and token.kind not in quiet
        ]
        return " ".join(left) or None


def close_of(tokens: Sequence[Token], at: int) -> int:
    """Index of the bracket that closes the one at ``at``; the end where none does."""
    depth = 0
    for place in range(at, len(tokens)):
        if tokens[place].kind in "([":
            depth += 1
        elif tokens[place].kind in ")]":
            depth -= 1
            if depth == 0:
                return place
    return len(tokens)
