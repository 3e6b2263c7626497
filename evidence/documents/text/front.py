"""The title and the abstract of a text file, where no heading names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from evidence.documents.base import TextBlock

_RUN_IN = re.compile(
    r"(?:abstract|summary|background|introduction|objectives?|purpose|aims?|design|methods?|"
    r"(?:materials?|patients) and methods|patients|setting|observations?|results?|findings|"
    r"conclusions?|interpretation|resumen|introducción|objetivos?|(?:material|pacientes) y métodos|"
    r"métodos|resultados|conclusi(?:ón|ones))\s*[:.]\s",
    re.I,
)
"""A heading that runs into its paragraph."""
ABSTRACT_CHARACTERS = 5000
"""A text without headings is no longer than this when it is an abstract."""
TITLE_CHARACTERS = 300


def with_front(blocks: Iterable[TextBlock], *, tables: bool = False) -> list[TextBlock]:
    """The blocks with the title and the paragraphs of the abstract marked as such.

    A paragraph that its own heading runs into is of the abstract; a short text without headings
    and ``tables`` is one whole, after the line that ends in no full stop.
    """
    known = list(blocks)
    prose = [at for at, block in enumerate(known) if block.kind == "paragraph"]
    headed = any(block.kind == "heading" for block in known)
    short = sum(len(known[at].text) for at in prose) <= ABSTRACT_CHARACTERS
    whole = short and not headed and not tables
    for at in prose:
        text = known[at].text
        if whole and at == prose[0] and len(prose) > 1 and _is_title(text):
            known[at] = replace(known[at], kind="title")
        elif whole or _RUN_IN.match(text):
            known[at] = replace(known[at], kind="abstract")
    return known


def _is_title(text: str) -> bool:
    return len(text) <= TITLE_CHARACTERS and not text.endswith(".") and not _RUN_IN.match(text)
