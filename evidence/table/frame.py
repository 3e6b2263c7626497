"""The evidence table as a pandas DataFrame: tidy, with missing counts as missing, never zero."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from evidence.model.row import EvidenceRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

WHOLE_NUMBERS = ("year", "events", "total", "attributed_events", "page")
DROPPED = ("place", "terms")


def frame(rows: Iterable[EvidenceRow]) -> pd.DataFrame:
    """One line per row; whole numbers are nullable integers, so that None stays missing."""
    import pandas as pd

    names = [f.name for f in fields(EvidenceRow) if f.name not in DROPPED]
    data = [{n: _flat(getattr(row, n)) for n in names} for row in rows]
    table = pd.DataFrame(data, columns=names)
    return table.astype(dict.fromkeys(WHOLE_NUMBERS, "Int64"))


def _flat(value: object) -> object:
    return "; ".join(str(v) for v in value) if isinstance(value, tuple) else value
