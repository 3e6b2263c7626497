"""The evidence table as a pandas DataFrame: tidy, with missing counts as missing, never zero."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from evidence.model.row import EvidenceRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

WHOLE_NUMBERS = ("year", "events", "total", "attributed_events", "page")
DROPPED = ("place", "terms", "given_in")
PLACE = ("box", "text")
"""Columns taken from a row's place."""


def frame(rows: Iterable[EvidenceRow]) -> pd.DataFrame:
    """One line per row; whole numbers are nullable integers, so that None stays missing."""
    import pandas as pd

    table = pd.DataFrame([row_dict(row) for row in rows], columns=row_fields())
    return table.astype(dict.fromkeys(WHOLE_NUMBERS, "Int64"))


def row_fields() -> list[str]:
    """The columns of the evidence table, in order."""
    return [f.name for f in fields(EvidenceRow) if f.name not in DROPPED] + list(PLACE)


def row_dict(row: EvidenceRow) -> dict[str, Any]:
    """One row as plain values, with the box and words it was read from."""
    plain = {n: _flat(getattr(row, n)) for n in row_fields() if n not in PLACE}
    place = row.place
    plain["box"] = list(place.box_pt) if place and place.box_pt else None
    plain["text"] = place.text if place else None
    return plain


def _flat(value: object) -> object:
    return "; ".join(str(v) for v in value) if isinstance(value, tuple) else value
