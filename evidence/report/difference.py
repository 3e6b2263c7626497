"""What can differ between two versions of a review: rows, and the pooled numbers they moved."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One evidence row that is new, gone, or different."""

    kind: Literal["added", "removed", "changed"]
    series: str
    label: str
    arm: str | None = None
    stratum: str
    outcome: str
    fields: tuple[tuple[str, Any, Any], ...] = ()
    """(name, before, after) of each field that differs."""
    before: str | None = None
    after: str | None = None
    """``12/14``; None where there is no row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A series' share in a move: the number as it would be with this series put back."""

    series: str
    before: str | None
    after: str | None
    estimate_without: float | None
    """Pooled proportion with this one series as it was before."""
    shift: float | None
    """New estimate minus ``estimate_without``: what this row alone moved, -1 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A pooled number that is not what it was; proportions 0-1."""

    outcome: str
    by: str | None
    group: str
    before: float | None
    after: float | None
    k_before: int | None
    k_after: int | None
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that changed between two versions."""

    rows: tuple[RowChange, ...]
    moves: tuple[Move, ...]

    def to_dict(self) -> dict[str, Any]:
        """The ``--json`` form of ``evidence diff``."""
        return {
            "rows": [
                {
                    "kind": r.kind,
                    "series": r.series,
                    "arm": r.arm,
                    "stratum": r.stratum,
                    "outcome": r.outcome,
                    "before": r.before,
                    "after": r.after,
                    "fields": [{"name": n, "before": b, "after": a} for n, b, a in r.fields],
                }
                for r in self.rows
            ],
            "moves": [asdict(m) | {"causes": [asdict(c) for c in m.causes]} for m in self.moves],
        }
