"""Notes under a table: split a paragraph of them into single notes with their marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from evidence.documents.base import Cell, Footnote
from evidence.documents.runs import Run, fold, print_runs
from evidence.documents.superscripts import SYMBOLS, split_marks

_WORDS = re.compile(
    r"^\s*(?:abb?re?viations?\b|(?:foot)?notes?\b|legend\b|source:|key:|[pP][ -]values?\b|"
    r"(?:all\s)?(?:data|values?|numbers?|percentages?|(?:continuous|nominal|categorical)\s\w+)\s"
    r"(?:are|is|in|expressed|presented|given|shown|reported|represents?|may)\b)",
    re.I,
)
_MARKED = re.compile(
    r"^\s*(?:[a-z]\)|\([a-z]\)|[*†‡§¶‖#∗⁎]|[a-z]\s[A-Z]|[–—-]\s?[,:=])|"
    r"^\s*[A-Z][\w-]{1,7}\s(?:indicates|denotes|means)\s"
)
_DEFINED = re.compile(
    r"^\s*(\S{1,14}(?: [A-Z]{1,5})?)\s?(?:[,:=]|[–-](?=\s)|(?=\s))\s*(\S.*)", re.S
)
LONG = 60
"""A lone text longer than this below a table is a note, not the head of a section."""
_VERB = re.compile(
    r"\b(?:was|were|had|has|have|is|are|did|does|do|showed|achieved|received|responded|occurred)\b"
)
_OPENING = re.compile(
    r"^(?P<term>\S+(?: [A-Z0-9]{1,3})?)(?P<sign>\s?[:=–-](?=\s|$))?(?:\s+(?P<rest>\S.*))?$"
)
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


def reads_like_note(text: str) -> bool:
    """Whether a paragraph below a table explains it: a mark, *Abbreviations*, ``CR, complete ...``.

    Prose may open with a word of the table, but not with one and what its letters stand for.
    """
    return bool(_WORDS.match(text) or _MARKED.match(text)) or _opens_with_definition(text)


def _opens_with_definition(text: str) -> bool:
    match = _DEFINED.match(text)
    if match is None:
        return False
    short, long = match.groups()
    letters = re.sub(r"[^\w]", "", short.split(" ")[0]).lower()
    words = re.findall(r"\w+", long.lower())
    if not letters or not words or not _is_abbreviation(short):
        return False
    if text[match.end(1) :].lstrip()[:1] in tuple(",:=–-"):
        return bool(words[0].startswith(letters[0]))
    initials = "".join(word[0] for word in words[:8])
    return initials.startswith(letters[:2].ljust(2)) or bool(words[0].startswith(letters))


def _is_abbreviation(word: str) -> bool:
    """Two capitals or digits, or a small letter where a sentence would have a capital."""
    return sum(c.isupper() or c.isdigit() for c in word) > 1 or (word[:1].islower())


def table_terms(rows: Iterable[Iterable[Cell]]) -> frozenset[str]:
    """The short words and abbreviations of a table, which its notes may explain."""
    texts = [cell.plain.strip(" .:*") for row in rows for cell in row]
    words = (word.strip("(),;:.[]*") for text in texts for word in text.split())
    short = {word for word in words if 1 < len(word) <= 14 and _is_abbreviation(word)}
    return frozenset(short | {text for text in texts if 0 < len(text) <= 14})


def explains(text: str, terms: Collection[str]) -> bool:
    """Whether a paragraph tells what terms of its table stand for: two of them, or a single one.

    ``TE docetaxel, TEL docetaxel and lobaplatin``; ``N: number; SD: ...``; ``f-CFU, colony ...``.
    """
    if _VERB.search(text):
        return False
    parts = [_OPENING.match(part) for part in re.split(r"[;,.]\s+", text.strip(" .;"))]
    known = [part is not None and part["term"].rstrip(":=") in terms for part in parts]
    if not known[0] or parts[0] is None:
        return False
    if sum(known) > 1:
        return True
    told = parts[0]["sign"] or parts[0]["rest"] is None or parts[0]["term"][-1] in ":="
    named = (parts[0]["rest"] or "").lower().startswith(parts[0]["term"].lower())
    return len(text) <= LONG and len(parts) <= 2 and bool(told or named)


def opens_raised(runs: Sequence[Run]) -> bool:
    """Whether the first words are a superscript or a link to a note."""
    first = next((run for run in runs if run.text.strip()), None)
    return first is not None and first.kind in {"sup", "note"}


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


def cell_notes(cell: Cell) -> Iterator[Footnote]:
    """The notes that a cell across a table holds instead of values."""
    mark = next((mark.text for mark in cell.marks if mark.offset == 0), None)
    yield from split_notes([Run(text=cell.plain if mark else cell.text)], mark=mark)


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
