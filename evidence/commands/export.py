"""``evidence export``: the review's data for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence.errors import unknown_name

if TYPE_CHECKING:
    from evidence.export.tables import FlatTable
    from evidence.review import Review


def command(
    to: Annotated[str, typer.Option(help="xlsx, sqlite, parquet, metafor, ris or bibtex.")],
    out: Annotated[Path, typer.Option(help="Folder to write into.")] = Path("export"),
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Write the evidence with its sources, the pooled numbers as R syntax, or the references.

    Example: evidence export --to metafor --out syntax
    """
    from evidence.review import Review
    from evidence.store import write_atomic

    if to not in FORMATS:
        raise unknown_name("export format", to, list(FORMATS))
    for name, body in FORMATS[to](Review(review)).items():
        write_atomic(out / name, body)
        print(f"wrote {out / name}")


def _tables(review: Review) -> tuple[FlatTable, ...]:
    from evidence.export.tables import review_tables
    from evidence.review.reporting import pool_all

    return review_tables(
        rows=review.rows,
        series=[(item.source, item.series) for item in review.stored],
        pooled=pool_all(review, review.rows)[0].values(),
        findings=review.audit() if review.stored else (),
    )


def _xlsx(review: Review) -> dict[str, bytes]:
    from evidence.export.xlsx import to_xlsx

    return {"evidence.xlsx": to_xlsx(_tables(review))}


def _sqlite(review: Review) -> dict[str, bytes]:
    from evidence.export.sqlite import to_sqlite

    return {"evidence.sqlite": to_sqlite(_tables(review))}


def _parquet(review: Review) -> dict[str, bytes]:
    from evidence.export.parquet import to_parquet

    return to_parquet(_tables(review))


def _revman(review: Review) -> dict[str, bytes]:
    from evidence.export.revman import refuse_revman

    raise refuse_revman()


def _metafor(review: Review) -> dict[str, bytes]:
    from evidence.errors import FindingsInData
    from evidence.export.metafor import write_metafor

    results = {}
    for outcome in review.protocol.outcomes:
        for by in (None, *review.protocol.groups.by):
            try:
                results[f"{outcome}-by-{by}" if by else outcome] = review.pool(outcome, by=by)
            except FindingsInData:
                continue
    return {name: text.encode() for name, text in write_metafor(results).items()}


def _ris(review: Review) -> dict[str, bytes]:
    from evidence.export.bibliography import to_ris

    series = {item.series.series: item.series for item in review.stored}
    return {"references.ris": to_ris(list(series.values())).encode()}


def _bibtex(review: Review) -> dict[str, bytes]:
    from evidence.export.bibliography import to_bibtex

    series = {item.series.series: item.series for item in review.stored}
    return {"references.bib": to_bibtex(list(series.values())).encode()}


FORMATS: dict[str, Callable[[Review], dict[str, bytes]]] = {
    "xlsx": _xlsx,
    "sqlite": _sqlite,
    "parquet": _parquet,
    "metafor": _metafor,
    "ris": _ris,
    "bibtex": _bibtex,
    "revman": _revman,
}
