"""What several commands print: aligned text tables, problems, JSON."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from evidence.errors import Problem, sort_problems

_BREAK = re.compile(r"\s+|(?<=[^\W\d_]-)")
"""Where a cell may go on in a new line: at blanks, and after a hyphen in a word."""


def print_json(plain: Any) -> None:
    """JSON to standard output, escaped where the terminal knows no Unicode; null for NaN."""
    escaped = not (sys.stdout.encoding or "").casefold().startswith("utf")
    print(json.dumps(plain, ensure_ascii=escaped, indent=1, allow_nan=False))


def terminal_width() -> int:
    """Columns to lay text out in."""
    return max(60, min(shutil.get_terminal_size((100, 24)).columns, 140))


def wrapped(text: str) -> str:
    """Text whose lines fit the terminal; what goes on stands deeper than its first line."""
    width = terminal_width()
    lines = []
    for line in text.splitlines():
        deep = " " * (len(line) - len(line.lstrip()) + 4)
        lines += textwrap.wrap(
            line, width, subsequent_indent=deep, break_long_words=False, break_on_hyphens=False
        ) or [""]
    return "\n".join(lines)


def lay_out(heads: Sequence[str], rows: Iterable[Sequence[str]], *, width: int = 0) -> list[str]:
    """Lines of a table whose cells wrap so that it fits ``width`` columns (0: no limit)."""
    table = [list(heads), *(list(row) for row in rows)]
    widths = _fit(table, width - 2 * (len(heads) - 1)) if width else _natural(table)
    lines = []
    for i, row in enumerate(table):
        wrapped = [textwrap.wrap(text, w) or [""] for text, w in zip(row, widths, strict=True)]
        for n in range(max(len(cell) for cell in wrapped)):
            parts = [
                (cell[n] if n < len(cell) else "").ljust(w)
                for cell, w in zip(wrapped, widths, strict=True)
            ]
            lines.append("  ".join(parts).rstrip())
        if i == 0:
            lines.append("  ".join("-" * w for w in widths))
    return lines


def _natural(table: list[list[str]]) -> list[int]:
    return [max(1, *(len(row[c]) for row in table)) for c in range(len(table[0]))]


def _fit(table: list[list[str]], room: int, longest_word: int = 16) -> list[int]:
    """Column widths within ``room``: the widest shrink first, none below its longest word."""
    widths = _natural(table)
    floors = [
        min(longest_word, max(1, *(len(word) for row in table for word in _BREAK.split(row[c]))))
        for c in range(len(widths))
    ]

    def within(cap: int) -> list[int]:
        return [max(min(w, cap), min(w, f)) for w, f in zip(widths, floors, strict=True)]

    cap = bisect_right(range(1, max(widths) + 1), room, key=lambda cap: sum(within(cap)))
    fitted = within(cap)
    spare = room - sum(fitted)
    for c in reversed(range(len(widths))):
        if spare > 0 and widths[c] > fitted[c] == cap:
            fitted[c] += 1
            spare -= 1
    return fitted


def print_problems(problems: Iterable[Problem]) -> None:
    """Problems under one heading, sorted by place; nothing when there are none."""
    ordered = sort_problems(list(problems))
    if not ordered:
        return
    print(f"\n{count(len(ordered), 'problem')}:")
    for problem in ordered:
        print(wrapped(f"  [{problem.code}] {problem}"))


def count(number: int, noun: str) -> str:
    """``1 problem``, ``2 problems``: a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
