"""The row that sums the patients up: which row it is, and which statistic it states."""

from __future__ import annotations

import re
import statistics
from typing import Any

from evidence.extraction.patients.columns import Column, is_number_id
from evidence.extraction.patients.recognise import fits
from evidence.extraction.patients.rows import Row
from evidence.extraction.patients.terms import Terms
from evidence.extraction.patients.words import is_word
from evidence.model.series import Patient


def summary_kind(row: Row, terms: Terms) -> str | None:
    """Median, mean, total, spread; empty where a lone X stands where others have a person.

    None for the row of a patient.
    """
    first = next((t for c in range(len(row.cells)) if (t := row.text(c))), "")
    meaning = terms.meaning(first)
    for kind in ("median", "mean", "total", "spread"):
        if is_word(meaning, kind) or is_word(re.split(r"[(±]", meaning)[0], kind):
            return kind
    return "" if first in ("X", "x", "x̄", "X̄", "Ẋ", "Ø") else None


def is_no_patient(row: Row, columns: tuple[Column, ...], numbers: Column, terms: Terms) -> bool:
    """Whether a row has words where the others have a patient's number, and is of no person."""
    first = row.text(numbers.index)
    persons = [c for c in columns if c.field in ("sex", "age") or c.parts]
    read = [fits(c, [text] if (text := row.text(c.index)) else [], terms) for c in persons]
    return bool(first) and not is_number_id(first) and not (read and all(read))


def which_statistic(stated: dict[str, float], patients: list[Patient]) -> str | None:
    """Median or mean, whichever of the rows gives every stated value to its printed digits."""
    for name, function in (("median", statistics.median), ("mean", statistics.fmean)):
        if stated and all(
            _agrees(stated[f], [getattr(p, f) for p in patients], function) for f in stated
        ):
            return name
    return None


def _agrees(stated: float, values: list[float | None], function: Any) -> bool:
    known = [v for v in values if v is not None]
    digits = len(f"{stated:g}".partition(".")[2])
    return bool(known) and abs(function(known) - stated) <= 0.5 * 10**-digits + 1e-9
