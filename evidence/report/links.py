"""Anchors: every row, cell, result, finding and series has one fixed id in the page.

They are short, because a page holds thousands, and the same in the next version of a review.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from evidence.model.outcome import COMPLICATION_PREFIX
from evidence.model.row import EvidenceRow
from evidence.report.context import ReportContext

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """A fragment-safe form of ``text``; different texts never share one (``MF/SS``, ``MF-SS``)."""
    return _UNSAFE.sub(_safe, text)


def _safe(found: re.Match[str]) -> str:
    char = found.group()
    return {" ": "+", "_": "__"}.get(char) or f"_{ord(char):x}_"


def outcome_slug(outcome: str) -> str:
    """The end of a row's anchor; of a complication, whose names are long, six letters."""
    if not outcome.startswith(COMPLICATION_PREFIX):
        return slug(outcome)
    digest = hashlib.blake2b(outcome.encode(), digest_size=4).digest()
    return f"~{base64.b32encode(digest).decode()[:6].lower()}"


def series_anchor(series: str) -> str:
    """The series' block in the provenance appendix."""
    return f"s-{slug(series)}"


def row_anchor(row: EvidenceRow) -> str:
    """The evidence row's line in the provenance appendix."""
    arm = f"~arm.{slug(row.arm)}" if row.arm else ""
    stratum = "" if row.stratum == "all" else f"~in.{slug(row.stratum)}"
    return f"r-{slug(row.series)}{arm}{stratum}~{outcome_slug(row.outcome)}"


def source_anchor(row: EvidenceRow) -> str:
    """Where a row comes from: its line, or its series' block when nothing is reported."""
    return row_anchor(row) if row.events is not None else series_anchor(row.series)


def cell_anchor(series: str, cell: str) -> str:
    """The printed cell's line in the provenance appendix."""
    return f"c-{slug(series)}~{slug(cell)}"


def result_anchor(outcome: str, by: str | None, group: str) -> str:
    """The pooled group's line in the provenance appendix."""
    level = f"~{slug(by)}~{slug(group)}" if by else "" if group == "all" else f"~~{slug(group)}"
    return f"p-{slug(outcome)}{level}"


def finding_anchor(number: int) -> str:
    """The audit finding, numbered from 1 in the order of the report."""
    return f"finding-{number}"


def source_entry_anchor(source: str) -> str:
    """The source's line in the list of sources."""
    return f"source-{slug(source)}"


def reference_anchor(series: str) -> str:
    """The series' entry in the references."""
    return f"ref-{slug(series)}"


def rows_of(ctx: ReportContext, series: str, outcome: str) -> list[EvidenceRow]:
    """The evidence rows of a series for one outcome, whole series first."""
    found = [row for row in ctx.rows if row.series == series and row.outcome == outcome]
    return sorted(found, key=lambda row: (row.stratum != "all", row.stratum))
