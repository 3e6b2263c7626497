"""Assemble a cell from runs of text: as printed, without marks, and the marks with their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evidence.documents.base import CellLine, Mark
from evidence.documents.superscripts import (
    lowered,
    raised,
    split_marks,
    superscript_kind,
)

RunKind = Literal["plain", "sup", "sub", "note", "bib", "break"]

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_TRAILING = re.compile(r"(?<=[\w%).\]])\s?([†‡§¶‖]+|[*∗]{1,4})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text set in one way.

    ``note`` is a link to a footnote, ``bib`` a link to a reference, ``break`` a line end.
    """

    text: str
    kind: RunKind = "plain"


@dataclass(slots=True)
class Printed:
    """A cell's text under construction."""

    text: str = ""
    clean: str = ""
    lines: list[str] = field(default_factory=lambda: [""])
    marks: list[Mark] = field(default_factory=list)

    def add(self, printed: str, clean: str | None = None) -> None:
        """Append to the printed and to the clean text (None: the same), single-spaced."""
        self.text = _join(self.text, printed)
        self.clean = _join(self.clean, printed if clean is None else clean)
        self.lines[-1] = _join(self.lines[-1], printed)

    def mark(self, text: str) -> None:
        """Put marks where the clean text now ends."""
        offset = len(self.clean.rstrip())
        self.marks += [Mark(text=mark, offset=offset) for mark in split_marks(text)]

    def end_line(self) -> None:
        """Begin a new printed line."""
        self.add(" ")
        if self.lines[-1].strip():
            self.lines.append("")

    def cell_lines(self) -> tuple[CellLine, ...]:
        """The printed lines; none for a cell of a single line."""
        lines = [line.strip() for line in self.lines if line.strip()]
        return tuple(CellLine(text=line) for line in lines) if len(lines) > 1 else ()


def fold(text: str) -> str:
    """White space of every width as one space; soft hyphens and invisible characters dropped."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text))


def _join(left: str, right: str) -> str:
    if right.startswith(" ") and (not left or left.endswith(" ")):
        right = right.lstrip(" ")
    return left + right


def print_runs(runs: Sequence[Run], *, declared: Collection[str] = ()) -> Printed:
    """Runs → text as printed, clean text, lines and marks.

    ``declared`` are the marks that the table's footnotes explain.
    """
    runs = _merge(runs)
    printed = Printed()
    for index, run in enumerate(runs):
        after = "".join(r.text for r in runs[index + 1 : index + 3] if r.kind != "break")
        _print_run(printed, run, after, declared)
    return _finish(printed, runs, declared)


def _print_run(printed: Printed, run: Run, after: str, declared: Collection[str]) -> None:
    if run.kind == "break":
        printed.end_line()
    elif run.kind == "plain":
        printed.add(fold(run.text))
    elif run.kind == "sub":
        printed.add(lowered(fold(run.text), before=printed.text))
    elif run.kind == "bib":
        _print_reference(printed, fold(run.text), after)
    elif run.kind == "note":
        _print_mark(printed, fold(run.text))
    else:
        _print_superscript(printed, run.text, after, declared)


def _print_superscript(printed: Printed, text: str, after: str, declared: Collection[str]) -> None:
    text = fold(text)
    bare = text.strip()
    if printed.clean.rstrip()[-1:] in {"(", "["} and after.lstrip()[:1] in {")", "]"}:
        printed.add(bare)
        return
    kind = superscript_kind(bare, before=printed.clean, after=after, declared=declared)
    if kind == "mark":
        _print_mark(printed, text)
    elif kind == "exponent":
        printed.add(raised(bare))
    else:
        apart = printed.clean[-1:].isdigit() and bare[:1].isdigit()
        printed.add(raised(bare) if apart or re.fullmatch(r"[\d+\-−–]+", bare) else text)


def _print_mark(printed: Printed, text: str) -> None:
    space = " " if text[:1] == " " or text[-1:] == " " else ""
    printed.mark(text)
    printed.add(raised(text), space)


def _print_reference(printed: Printed, text: str, after: str) -> None:
    """A reference number outside brackets is a mark; ``[7]`` or ``Smith (2010)`` is text."""
    numbers = re.fullmatch(r"\s*\d+(?:\s*[,;–−-]\s*\d+)*\s*", text)
    bracketed = printed.text.rstrip()[-1:] in "[(,;–-" and printed.text.strip()
    if numbers and not bracketed and after.lstrip()[:1] != "]":
        _print_mark(printed, text)
    else:
        printed.add(text)


def _merge(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours of a kind, and a comma between two marks with them."""
    merged: list[Run] = []
    for index, run in enumerate(runs):
        if not run.text and run.kind != "break":
            continue
        raised_kinds = {"sup", "note", "bib"}
        between = (
            run.kind == "plain"
            and fold(run.text).strip() in {",", ";"}
            and merged
            and merged[-1].kind in raised_kinds
            and index + 1 < len(runs)
            and runs[index + 1].kind == merged[-1].kind
        )
        kind = merged[-1].kind if between else run.kind
        if merged and merged[-1].kind == kind and kind != "break":
            merged[-1] = Run(text=merged[-1].text + run.text, kind=kind)
        else:
            merged.append(Run(text=run.text, kind=kind))
    return merged


def _finish(printed: Printed, runs: Sequence[Run], declared: Collection[str]) -> Printed:
    printed.text = printed.text.strip()
    printed.clean = re.sub(r"\s+([,;:.)\]])(?=\s|$)", r"\1", printed.clean.strip())
    if not printed.clean and any(run.kind == "bib" for run in runs):
        printed.text = printed.clean = fold("".join(r.text for r in runs)).strip()
        printed.marks = []
    trailing = _TRAILING.search(printed.clean)
    if trailing is None and declared:
        symbols = "|".join(re.escape(m) for m in sorted(declared, key=len) if not m.isalnum())
        trailing = re.search(rf"(?<=[\w%).\]])\s?({symbols})$", printed.clean) if symbols else None
    if trailing:
        printed.clean = printed.clean[: trailing.start()].rstrip()
        printed.mark(trailing.group(1))
    return printed
