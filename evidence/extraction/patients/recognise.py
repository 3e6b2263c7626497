"""Whether the rows of a grid are single patients, by its heads and what stands below them."""

from __future__ import annotations

from evidence.extraction.patients.heads import TIMES, Column, fits, is_number_id

_PERSONAL = {"sex", "age", "response", "complications", "course", "status", "measure", *TIMES}


def is_patient_level(columns: tuple[Column, ...], bodies: list[list[str]]) -> bool:
    """One row per person: a number or sex per row, single values where series print counts."""
    personal = [c for c in columns if c.field in _PERSONAL or c.parts]
    if any(
        not fits(c, bodies[c.index]) for c in personal if c.field in ("sex", "response") or c.parts
    ):
        return False
    proper = [c for c in personal if fits(c, bodies[c.index])]
    named = _id_column(columns, bodies) is not None
    has_sex = any(c.field == "sex" or "sex" in c.parts for c in proper)
    return (named and len(proper) >= 1) or (has_sex and len(proper) >= 2)


def _id_column(columns: tuple[Column, ...], bodies: list[list[str]]) -> Column | None:
    for column in columns:
        body = [t for t in bodies[column.index] if t]
        numbers = [t for t in body if is_number_id(t)]
        if (
            column.field == "id"
            and len(numbers) * 10 >= 6 * len(body)
            and len(set(numbers)) == len(numbers)
        ):
            return column
    return None
