"""What a response cell says, by scope: counts, percentages, the total, and what was left."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.extraction.found import Value

ALL = "all"


@dataclass(slots=True, kw_only=True)
class Block:
    """Responses in one scope, of one compartment, at one time; all of them where these are None."""

    scope: str = ALL
    timepoint: str | None = None
    compartment: str | None = None
    counts: dict[str, Value[int]] = field(default_factory=dict)
    percents: dict[str, Value[float]] = field(default_factory=dict)
    total: Value[int] | None = None
    death_cause: Value[str] | None = None
    exclusions: list[tuple[str, Value[int], Value[str]]] = field(default_factory=list)
    scope_place: Value[str] | None = None


@dataclass(slots=True, kw_only=True)
class ResponsesFound:
    """Blocks in the order of the cell (all patients first)."""

    blocks: list[Block] = field(default_factory=list)
    unread: str | None = None
    doubts: list[str] = field(default_factory=list)
    status: str | None = None

    def block(self, scope: str) -> Block:
        """The block of this scope, made when it is first named."""
        for block in self.blocks:
            if block.scope == scope:
                return block
        made = Block(scope=scope)
        self.blocks.append(made)
        return made
