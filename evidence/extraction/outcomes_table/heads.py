"""Heads of outcome tables: the words of a group, its size, and what kind of number stands below."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.documents.base import Cell

_SIZE = re.compile(
    r"[\[(]?\s*\b[nN]\s*[=:]\s*(\d{1,3}(?:[,\s]\d{3})+|\d+)\s*(?:patients|pts|subjects)?\s*[\])]?"
)
_BARE_SIZE = re.compile(r"(?<=\w)\s*\(\s*(\d{1,5})\s*\)\s*(?=$|[Nn]\b|No\b)")
_COUNT_WORDS = re.compile(
    r"[,;]?\s*\(?\b(?:no\.?|n|number|patients|pts|events|"
    r"cases)?\s*[,(\[]?\s*(?:[(\[]\s*%\s*[)\]]|%)"
    r"\s*[)\]]?\s*$|\s+(?:N|n|No\.)$",
)
_NOT_A_GROUP = re.compile(
    r"^\W*p\W*(?:values?|χ2|chi.*)?$|p.?value|hazard|odds|95\s?%|\bci\b|^hr$|^or$|χ", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One column's heads from the outermost to the leaf, sizes taken out of the words."""

    index: int
    levels: tuple[str, ...]
    total: int | None
    percent_only: bool
    printed: str = ""
    """All heads as they stand."""
    size_cell: Cell | None = None
    """The head cell that states ``total``."""

    @property
    def text(self) -> str:
        """All levels as one text."""
        return " ".join(level for level in self.levels if level)


def is_group(head: Head) -> bool:
    """Whether a column counts patients of a group (and is no P value or interval)."""
    return not any(_NOT_A_GROUP.search(words) for words in (*head.levels, head.text))


def take_size(text: str) -> tuple[str, int | None]:
    """A head without its ``(n = 78)``, and the 78."""
    match = _SIZE.search(text) or _BARE_SIZE.search(text)
    if match is None:
        return text.strip(), None
    rest = (text[: match.start()] + " " + text[match.end() :]).strip(" ,;:")
    return " ".join(rest.split()), int(re.sub(r"\D", "", match[1]))


def is_count_head(text: str) -> bool:
    """``No. (%)``, ``n``, ``Number of patients``: heads that name no group."""
    return re.fullmatch(
        r"(?:no\.?(?:\s+of)?|n|%|rates?|numbers?(?:\s+of(?:\s+(?:patients|cases|subjects))?)?|patients?|pts|"
        r"subjects|cases|frequency|value|results?|total no\.?|\W)*",
        text.strip(), re.I,
    ) is not None  # fmt: skip


def clean_head(text: str) -> str:
    """A head without marks, count words and its size; empty where it names no group."""
    words = take_size(" ".join(text.split()))[0]
    if is_count_head(words):
        return ""
    words = _COUNT_WORDS.sub("", words)
    return words.strip(" *†‡§¶,;:")


def read_head(index: int, cells: list[Cell | None]) -> Head:
    """A column's head from its head cells, each spanning cell once."""
    levels: list[str] = []
    total: int | None = None
    size_cell: Cell | None = None
    seen: list[Cell] = []
    for cell in cells:
        if cell is None or any(cell is s for s in seen):
            continue
        seen.append(cell)
        size = take_size(cell.plain)[1]
        if size is not None:
            total, size_cell = size, cell
        levels.append(clean_head(cell.plain))
    whole = " ".join(cell.plain.strip() for cell in seen)
    printed = _SIZE.sub(" ", whole)
    has_count = re.search(r"\b(?:n|no|number|patients|cases)\b", printed, re.I) is not None
    return Head(
        index=index, levels=tuple(level for level in levels if level), total=total,
        percent_only="%" in printed and not has_count, printed=whole,
        size_cell=size_cell,
    )  # fmt: skip
