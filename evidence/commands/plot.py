"""``evidence plot``: one figure of the report alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

KINDS = (
    "forest, evidence-map, prisma, risk-of-bias, sensitivity, leave-one-out, cumulative, baujat, "
    "gosh, bubble, funnel, swimmer, kaplan-meier or complications."
)


def command(
    kind: Annotated[str, typer.Argument(help=KINDS)],
    outcome: Annotated[str, typer.Argument(help="The outcome drawn.")] = "ORR",
    by: Annotated[str | None, typer.Option(help="Group by route, dose or disease.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write (.svg, .png, .pdf); default: print SVG.")
    ] = None,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Draw one figure: forest, funnel, evidence map and the others of the report.

    Example: evidence plot forest ORR --by route --out forest.svg
    """
    from evidence.report.gallery import Picture, figure, known_figure
    from evidence.review import Review
    from evidence.review.reporting import build_context

    known_figure(kind)
    drawn = figure(kind, build_context(Review(review)), outcome=outcome, by=by)
    if out is None:
        print(drawn.svg)
        return
    Picture(drawn.svg).save(out)
    print(f"wrote {out}")
