"""``evidence power``: what one more series would tell, and how many patients a contrast needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence.commands.printing import lay_out, print_json, wrapped
from evidence.errors import WrongUsage

if TYPE_CHECKING:
    from evidence.pooling.power import NeededPatients
    from evidence.pooling.table import Table


def command(
    outcome: Annotated[str, typer.Argument(help="The outcome.")] = "ORR",
    by: Annotated[str | None, typer.Option(help="Grouping of the contrast.")] = None,
    contrast: Annotated[
        str | None, typer.Option(help="Two levels of --by with a colon, such as SC:IV.")
    ] = None,
    within: Annotated[
        float,
        typer.Option(min=1, max=50, help="Half-width to reach, in percentage points."),
    ] = 10.0,
    patients: Annotated[
        list[int] | None,
        typer.Option(min=1, max=100_000, help="Patients of one more series; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Say how wide the intervals will be with one more series, and when a contrast is known.

    Example: evidence power ORR --by route --contrast SC:IV
    """
    from evidence.pooling import next_series, patients_needed
    from evidence.review import Review

    a, _, b = (contrast or "").partition(":")
    planned = by is not None or contrast is not None
    if planned and (by is None or not a or not b or a == b):
        raise WrongUsage("A contrast needs --by and two levels: --by route --contrast SC:IV.")
    folder = Review(review)
    table = next_series(folder.pool(outcome), patients=tuple(patients or (10, 20, 50, 100)))
    needed = None
    if planned:
        needed = patients_needed(folder.pool(outcome, by=by), a, b, half_width=within / 100)
    if as_json:
        plain = table.to_dict()
        print_json({"next_series": plain, "contrast": needed.to_dict() if needed else None})
        return
    print(f"{table.title}; expected intervals, percent")
    for line in lay_out(*intervals(table)):
        print(line)
    if needed is not None:
        print()
        for line in needed_lines(needed):
            print(wrapped(line))


def intervals(table: Table) -> tuple[list[str], list[list[str]]]:
    """Heads and rows: what is added, then the interval and the prediction interval in percent."""
    heads = ["more patients", "series", "confidence interval", "prediction interval"]
    rows = []
    for row in table.rows:
        spans = [
            f"{100 * row[f'{kind}_low']:.1f} to {100 * row[f'{kind}_high']:.1f}"
            for kind in ("ci", "pi")
        ]
        added = f"+{row['added_patients']}" if row["added_patients"] else "as it is now"
        rows.append([added, str(row["k"]), *spans])
    return heads, rows


def needed_lines(needed: NeededPatients) -> list[str]:
    """How far the contrast is from being known, in words."""
    now = f"{needed.a} against {needed.b}: known to ± {100 * needed.half_width_now:.0f} points now"
    if needed.patients is None:
        ahead = f"; ± {100 * needed.half_width:.0f} points is out of reach by more series alone"
    elif needed.patients == 0:
        ahead = f"; ± {100 * needed.half_width:.0f} points is reached"
    else:
        ahead = (
            f"; to ± {100 * needed.half_width:.0f} points with about {needed.patients} more "
            f"patients ({needed.series_per_group} more series of {needed.series_size} in each)"
        )
    return [now + ahead, *(f"! {p.code}: {p}" for p in needed.problems)]
