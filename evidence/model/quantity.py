"""Amounts that may be a range, and durations with their statistic, bound and endpoint."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field, model_serializer, model_validator

from evidence.model.base import FileModel


class Amount(FileModel):
    """A number or a range; written ``30`` or ``{low: 10, high: 15}``."""

    low: float
    high: float

    @model_validator(mode="before")
    @classmethod
    def _from_number(cls, data: Any) -> Any:
        if isinstance(data, int | float) and not isinstance(data, bool):
            return {"low": data, "high": data}
        return data

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}")
        return self

    @model_serializer
    def _to_number(self) -> Any:
        low, high = (int(x) if x == int(x) else x for x in (self.low, self.high))
        return low if low == high else {"low": low, "high": high}


class Duration(FileModel):
    """A time as printed: one statistic, or a list of individual values, perhaps with a bound.

    The unit is in the name of the field that holds it (``treatment_weeks``, ``response_months``);
    ``printed`` keeps the paper's words where they were converted.
    """

    value: float | None = None
    median: float | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] = ()
    comparator: str | None = Field(default=None, pattern="^[<>≤≥]$")
    endpoint: str | None = None
    """DOR (response duration), PFS, TTF, TTP, DFS, OS; None when the field's own is meant."""
    censored: bool | None = None
    patients: int | None = Field(default=None, ge=0)
    """The value holds for this many patients (a count, such as six patients over 24 months)."""
    by_disease: dict[str, int] = {}
    scope: str | None = None
    printed: str | None = None

    @property
    def point(self) -> float | None:
        """The central value, whichever statistic it is."""
        for number in (self.median, self.value, self.mean):
            if number is not None:
                return number
        return None
