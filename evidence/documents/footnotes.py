"""Notes under a table: split a paragraph of them into single notes with their marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from evidence.documents.base import Footnote
from evidence.documents.runs import Run, fold, print_runs
from evidence.documents.superscripts import SYMBOLS, split_marks

_END = re.compile(r"(?:^|[.;,:)\]])\s*$")
_SYMBOL_START = re.compile(rf"^\s*([{re.escape(SYMBOLS)}]{{1,4}})\s*(?=\S)")
_LETTER_START = re.compile(
    r"^\s*(?:\(([a-z]|\d{1,2})\)|([a-z]|\d{1,2})\)|([a-z])\s(?=[A-Z<>≥≤]))\s*"
)
_SYMBOL_INSIDE = re.compile(rf"(?<=[.;,])\s+([{re.escape(SYMBOLS)}]{{1,4}})\s*(?=\w)")


def marks_in(footnotes: Iterable[Footnote]) -> frozenset[str]:
    """The marks that footnotes explain."""
    return frozenset(
        mark for note in footnotes if note.mark for mark in [note.mark, *split_marks(note.mark)]
    )


def split_notes(runs: Sequence[Run], *, mark: str | None = None) -> Iterator[Footnote]:
    """One note per mark; a superscript that opens a sentence opens a note.

    ``mark`` is the label that stands apart from the text, if there is one.
    """
    parts: list[tuple[str | None, list[Run]]] = [(mark, [])]
    for index, run in enumerate(runs):
        before = fold("".join(r.text if r.kind != "break" else " " for r in parts[-1][1]))
        if run.kind in {"sup", "note"} and _opens(run, before, runs[index + 1 :]):
            parts.append((fold(run.text).strip(" .:)("), []))
        else:
            parts[-1][1].append(run)
    for found, pieces in parts:
        text = print_runs(pieces).text
        if text:
            yield from _split_symbols(found, text)


def _opens(run: Run, before: str, rest: Sequence[Run]) -> bool:
    text = fold(run.text).strip()
    follows = any(r.text.strip() for r in rest)
    return bool(text) and len(text) <= 4 and follows and bool(_END.search(before))


def _split_symbols(mark: str | None, text: str) -> Iterator[Footnote]:
    """Marks that are plain characters: ``*P < 0.05; †P < 0.01``."""
    pieces = _SYMBOL_INSIDE.split(text)
    yield _single(mark, pieces[0])
    for symbol, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        yield Footnote(mark=symbol, text=piece.strip())


def _single(mark: str | None, text: str) -> Footnote:
    if mark is None:
        start = _SYMBOL_START.match(text) or _LETTER_START.match(text)
        if start:
            found = next(group for group in start.groups() if group)
            return Footnote(mark=found, text=text[start.end() :].strip())
    return Footnote(mark=mark, text=text.strip())
