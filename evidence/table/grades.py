"""Counts of one complication by grade: which contain which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.model.series import Arm, Complication

Entry = tuple[int, int, "Arm", "Complication"]
"""(arm, place in its list, the arm, the complication)."""
ALL_GRADES = (1, 5)
DEATH = (5, 5)


def grade_range(grade: str | None) -> tuple[int, int] | None:
    """``3-4`` is (3, 4), ``>=3`` (3, 5), ``<3`` (1, 2), no grade (1, 5); None for other words."""
    if grade is None:
        return ALL_GRADES
    match = re.fullmatch(r"\s*(>=|>|<=|<)?\s*([0-5])(?:\s*[-–]\s*([0-5]))?\s*", grade)
    if match is None:
        return None
    sign, low, high = match[1], int(match[2]), int(match[3] or match[2])
    bounds = {">=": (low, 5), ">": (low + 1, 5), "<=": (1, low), "<": (1, low - 1)}
    return bounds.get(sign or "", (low, high))


def not_contained(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without those whose patients another of the same term and arm counts as well.

    ``13 neutropenia, of these 7 of grade 3-4`` are thirteen patients, not twenty;
    ``3 pneumonia (1 fatal)`` are three.
    """
    return [one for one in entries if not any(_contains(other, one) for other in entries)]


def _contains(other: Entry, one: Entry) -> bool:
    same = other[0] == one[0] and other[3].term.casefold() == one[3].term.casefold()
    outer, inner = _grades(other[3]), _grades(one[3])
    if not same or outer is None or inner is None or outer == inner:
        return False
    more, fewer = other[3].events, one[3].events
    fits = more is None or fewer is None or more >= fewer
    return outer[0] <= inner[0] and inner[1] <= outer[1] and fits


def _grades(entry: Complication) -> tuple[int, int] | None:
    """Grades of an entry's patients; who died of it had grade 5."""
    return DEATH if entry.fatal and entry.grade is None else grade_range(entry.grade)
