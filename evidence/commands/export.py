"""``evidence export``: the review's data for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence.errors import unknown_name

if TYPE_CHECKING:
    from evidence.review import Review

FORMATS = ("metafor", "ris", "bibtex")


def command(
    to: Annotated[str, typer.Option(help="metafor, ris or bibtex.")],
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("export"),
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Write the pooled numbers as an R script with its data, or the references.

    Example: evidence export --to metafor --out syntax
    """
    from evidence.review import Review
    from evidence.store import write_atomic

    if to not in FORMATS:
        raise unknown_name("export format", to, list(FORMATS))
    folder = Review(review)
    files = _metafor(folder) if to == "metafor" else _references(folder, to)
    for name, text in files.items():
        write_atomic(out / name, text.encode())
        print(f"wrote {out / name}")


def _metafor(review: Review) -> dict[str, str]:
    from evidence.errors import FindingsInData
    from evidence.export.metafor import write_metafor

    results = {}
    for outcome in review.protocol.outcomes:
        for by in (None, *review.protocol.groups.by):
            try:
                results[f"{outcome}-by-{by}" if by else outcome] = review.pool(outcome, by=by)
            except FindingsInData:
                continue
    return write_metafor(results)


def _references(review: Review, to: str) -> dict[str, str]:
    from evidence.export.bibliography import to_bibtex, to_ris

    series = list({item.series.series: item.series for item in review.stored}.values())
    if to == "ris":
        return {"references.ris": to_ris(series)}
    return {"references.bib": to_bibtex(series)}
