"""One made-up series by its blocks of responses, and what the audit finds in it."""

from __future__ import annotations

from typing import Any

from evidence.model.finding import Finding
from evidence.model.protocol import Population, Protocol
from evidence.model.series import Series
from evidence.table.audit import audit
from evidence.table.build import build_rows

PROTOCOL = Protocol(population=Population(include=("SS", "MF")))


def series(*blocks: dict[str, Any], **more: Any) -> Series:
    """A series of 19 patients with SS with these blocks; further fields of its arm or its own."""
    top = {k: more.pop(k) for k in ("decisions", "cells", "readings", "status") if k in more}
    arm = {"population": {"SS": 19}, "responses": list(blocks), **more}
    return Series.model_validate(
        {
            "series": "roe-2009",
            "citation": {"authors": "Roe", "year": 2009},
            "source": {"document": "review.pdf", "table": "4", "row": 2},
            "arms": [arm],
            **top,
        }
    )


def found(item: Series) -> list[Finding]:
    """What the audit says of the series alone."""
    rows, _ = build_rows([item], PROTOCOL)
    return list(audit([item], rows, PROTOCOL))


def codes(*blocks: dict[str, Any], **more: Any) -> list[str]:
    """The codes of what the audit says of a series of these blocks."""
    return [f.code for f in found(series(*blocks, **more))]
