"""Made-up series for the tests of the audit across series."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evidence.model.series import Series
from evidence.store.files import StoredSeries


def series(name: str, **fields: Any) -> Series:
    arm = {
        "population": fields.pop("population", {"SS": 10}),
        "regimen": fields.pop("regimen", {"routes": ["SC"], "dose_mg": 10}),
        "responses": fields.pop("responses", [{"CR": 2, "PR": 3, "PD": 5}]),
    }
    for key in ("response_months", "treatment_weeks", "complications"):
        if key in fields:
            arm[key] = fields.pop(key)
    source = {"document": "review.pdf", "table": "4", **fields.pop("source", {})}
    authors = fields.pop("authors", name.split("-")[0].title())
    citation = {"authors": authors, "year": int(name[-4:]), **fields.pop("citation", {})}
    plain = {"series": name, "citation": citation, "source": source, "arms": [arm], **fields}
    return Series.model_validate(plain)


def others(*names: str, **fields: Any) -> list[Series]:
    """Series that differ from one another in their counts."""
    made = []
    for i, name in enumerate(names):
        blocks = [{"CR": i, "PR": 4 + i, "PD": 6 - 2 * i}]
        made.append(series(name, **{"responses": blocks, **fields}))
    return made


def stored(item: Series, source: str) -> StoredSeries:
    return StoredSeries(series=item, path=Path(f"{source}/{item.series}.yaml"), source=source,
                        sha="")  # fmt: skip
