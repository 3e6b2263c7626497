"""The building blocks of a page: tables, figures and warnings, drawn by macros in both formats."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.errors import Problem
from evidence.report.text import Cell, Sentence, plain
from evidence.report.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table column; ``numeric`` ones are set right."""

    head: str
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One table row; its first cell is the row's head."""

    cells: tuple[Cell, ...]
    anchor: str | None = None
    kind: str = ""
    """``group`` for a heading inside the table, ``pooled`` for a total, ``sub`` for a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption and scoped heads."""

    ident: str
    caption: Cell
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[Cell, ...] = ()

    @property
    def numeric(self) -> str:
        """Positions of the numeric columns, from 1: ``3 4 5``."""
        return " ".join(str(i + 1) for i, column in enumerate(self.columns) if column.numeric)

    def without_blank_columns(self) -> Table:
        """The table without the columns that are blank in every line."""
        kept = [
            i for i in range(len(self.columns)) if any(plain(line.cells[i]) for line in self.lines)
        ]
        return replace(
            self,
            columns=tuple(self.columns[i] for i in kept),
            lines=tuple(
                replace(line, cells=tuple(line.cells[i] for i in kept)) for line in self.lines
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with the table that says the same."""

    ident: str
    """Also the name of its file, without the suffix."""
    caption: Cell
    svg: str
    twin: Table | None
    folded: bool = False
    """The page shows the table alone and names the file; keeps a page of many figures small."""
    notes: tuple[Cell, ...] = ()

    @property
    def title(self) -> str:
        """The first sentence of the caption: what a reader without pictures is told first."""
        return plain(self.caption).partition(". ")[0].rstrip(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Warn:
    """A warning beside the number it concerns."""

    code: str
    severity: str
    text: Sentence

    @classmethod
    def of(cls, w: Words, problem: Problem) -> Warn:
        """From a problem, with its remedy."""
        text = _stopped(w.told(problem.message))
        if problem.remedy:
            text = (*text, " ", *_capital(_stopped(w.told(problem.remedy))))
        return cls(code=problem.code, severity=str(problem.severity), text=text)


def columns(*heads: str, numeric: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Columns by their heads; those named in ``numeric`` are set right."""
    return tuple(Column(head=head, numeric=head in numeric) for head in heads)


def _stopped(sentence: Sentence) -> Sentence:
    """A sentence with exactly one full stop."""
    *others, last = sentence
    return (*others, f"{last.rstrip('. ')}.") if isinstance(last, str) else (*sentence, ".")


def _capital(sentence: Sentence) -> Sentence:
    first, *others = sentence
    return (f"{first[:1].upper()}{first[1:]}", *others) if isinstance(first, str) else sentence
