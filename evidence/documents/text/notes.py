"""Notes under a table of a text file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.documents.base import Footnote
from evidence.documents.footnotes import split_notes
from evidence.documents.runs import Run

_OPENS = re.compile(r"^\s*(?:[a-z*†‡§¶#]{1,2}|\([a-z]\))\s+\S|^\s*(?:abbrev|note|source|key)", re.I)
_MARK = re.compile(r"^([a-z]|[*∗†‡§¶#]{1,3})\s+(?=[A-Z0-9<>≥≤])")


def read_notes(lines: Iterable[str]) -> Iterator[Footnote]:
    """Notes of some lines; one begins after a blank line or with a mark."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if paragraph and (not line.strip() or _OPENS.match(line)):
            text = " ".join(" ".join(paragraph).split())
            mark = _MARK.match(text)
            body = text[mark.end() :] if mark else text
            yield from split_notes([Run(text=body)], mark=mark.group(1) if mark else None)
            paragraph = []
        if line.strip():
            paragraph.append(line.strip())
