"""Rows that count several categories at once: ``Ileus, yes/no`` with ``1/16`` in each cell."""

from __future__ import annotations

import re

from evidence.extraction.outcomes_table.counts import CellCount

_LABEL = re.compile(r"^(?P<term>.+?)[,:]\s*(?P<categories>[^,:/]+(?:/[^,:/]+)+)$")
_PAIRS = re.compile(r"\d+(?:\s*/\s*\d+)+")
PRESENT = frozenset(["yes", "present", "positive"])
ABSENT = frozenset(["no", "none", "absent", "negative", "never", "unknown", "missing"])


def split_label(label: str) -> tuple[str, list[str]]:
    """Term and categories of a row's label; no categories for an ordinary row."""
    match = _LABEL.match(label)
    if match is None:
        return label, []
    categories = [part.strip() for part in match["categories"].split("/")]
    known = any(part.lower() in PRESENT | ABSENT for part in categories)
    return (match["term"].strip(), categories) if known else (label, [])


def split_cell(text: str, categories: list[str]) -> list[tuple[str | None, CellCount]] | None:
    """(category, count) for each category that says something happened, absent ones left out.

    ``None`` as category means the term itself (*yes*). None when the cell does not have one number
    per category.
    """
    if _PAIRS.fullmatch(text.strip()) is None:
        return None
    numbers = [int(part) for part in text.split("/")]
    if len(numbers) != len(categories):
        return None
    total = sum(numbers)
    return [
        (None if name.lower() in PRESENT else name, CellCount(events=events, total=total))
        for name, events in zip(categories, numbers, strict=True)
        if name.lower() not in ABSENT
    ]
