"""Join the pieces a rule is drawn in, and say where its pieces meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from evidence.documents.layout.ink import Rule


@dataclass(slots=True)
class Stroke:
    """A horizontal rule after its pieces are joined; ``joints`` are the x where pieces met."""

    x0: float
    x1: float
    y: float
    joints: list[float] = field(default_factory=list)
    parts: list[Stroke] = field(default_factory=list)
    """What it was joined from where white parts its pieces; empty for a stroke without gaps."""

    @property
    def length(self) -> float:
        """Length in points."""
        return self.x1 - self.x0


def join_across(rules: list[Rule], *, gap: float = 1.5) -> list[Stroke]:
    """Horizontal rules with collinear pieces joined, top to bottom."""
    strokes: list[Stroke] = []
    for level in _levels([r for r in rules if r.length >= 3]):
        level.sort(key=lambda r: r.x0)
        y = sum(r.y for r in level) / len(level)
        current: Stroke | None = None
        for rule in level:
            if current is not None and rule.x0 <= current.x1 + gap:
                if abs(rule.x0 - current.x1) <= gap:
                    current.joints.append(rule.x0)
                current.x1 = max(current.x1, rule.x1)
            else:
                current = Stroke(rule.x0, rule.x1, y)
                strokes.append(current)
    return strokes


def join_over_gaps(strokes: list[Stroke], reach: float) -> list[Stroke]:
    """Strokes with those of one level joined that a rule in pieces leaves apart, column by column.

    A chain of strokes no more than ``reach`` apart is one rule where another rule has its ends.
    """
    chains: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: (s.y, s.x0)):
        before = chains[-1][-1] if chains else None
        if before is not None and before.y == stroke.y and stroke.x0 - before.x1 <= reach:
            chains[-1].append(stroke)
        else:
            chains.append([stroke])
    joined: list[Stroke] = []
    for chain in chains:
        twins = (c for c in chains if abs(c[0].x0 - chain[0].x0) <= 2 and c[0].y != chain[0].y)
        if len(chain) > 1 and any(abs(c[-1].x1 - chain[-1].x1) <= 2 for c in twins):
            joined.append(_joined(chain))
        else:
            joined += chain
    return joined


def _joined(chain: list[Stroke]) -> Stroke:
    gaps = [(a.x1 + b.x0) / 2 for a, b in pairwise(chain)]
    joints = sorted(gaps + [x for stroke in chain for x in stroke.joints])
    return Stroke(chain[0].x0, chain[-1].x1, chain[0].y, joints, chain)


def _levels(rules: list[Rule]) -> list[list[Rule]]:
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.y):
        if levels and rule.y - levels[-1][-1].y <= 1.2:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return levels


def join_down(rules: list[Rule], *, gap: float = 3.0) -> list[Rule]:
    """Vertical rules with collinear pieces joined, left to right."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.x), r.top)):
        last = joined[-1] if joined else None
        if last is not None and abs(last.x - rule.x) <= 1.2 and rule.top <= last.bottom + gap:
            last.bottom = max(last.bottom, rule.bottom)
        else:
            joined.append(Rule(rule.x0, rule.top, rule.x1, rule.bottom))
    return joined
