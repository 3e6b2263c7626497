"""One table in pieces of HTML, and how its cells are dressed."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One table in pieces of HTML; notes as (mark, words)."""

    number: int
    label: str
    caption: str
    rows: str
    notes: list[tuple[str, str]]

    @property
    def flat_caption(self) -> str:
        """The caption without blocks."""
        return re.sub("</?(p|div)>", " ", self.caption)

    @property
    def width(self) -> int:
        """Columns of the first row."""
        first = re.search(r"<tr>.*?</tr>", self.rows, re.S)
        spans = re.findall(r"<t[dh]\b([^>]*)>", first.group(0) if first else "")
        return sum(int(found.group(1)) if (found := _COLSPAN.search(s)) else 1 for s in spans)


_COLSPAN = re.compile(r'colspan="(\d+)"')


def bare(html: str) -> str:
    """Words without paragraphs around them."""
    return re.sub("</?p>", "", html)


def raised(mark: str) -> str:
    return f"<sup>{mark}</sup>" if mark else ""


def dressed(rows: str, before: str, after: str, *, empty: str = "") -> str:
    """Rows whose cells hold their words between two pieces of markup; ``empty`` fills others."""

    def dress(match: re.Match[str]) -> str:
        tag, words, end = match.groups()
        return f"{tag}{before}{words}{after}{end}" if words.strip() else f"{tag}{empty}{end}"

    return re.sub(r"(<t[dh]\b[^>]*>)(.*?)(</t[dh]>)", dress, rows, flags=re.S)


def linked(rows: str, before: str, after: str) -> str:
    """Rows whose links to notes hold their mark between two pieces of markup."""
    return re.sub(r"(<a [^>]*>)(.*?)(</a>)", rf"\1{before}\2{after}\3", rows, flags=re.S)
