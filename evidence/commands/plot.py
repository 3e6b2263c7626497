"""``evidence plot``: one figure of the report alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evidence.errors import unknown_name

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
    from evidence.report.figures import figure
    from evidence.review import Review
    from evidence.review.reporting import build_context
    from evidence.store import write_atomic

    drawn = figure(kind, build_context(Review(review)), outcome=outcome, by=by)
    if out is None:
        print(drawn.svg)
        return
    write_atomic(out, render(drawn.svg, out.suffix.casefold()))
    print(f"wrote {out}")


def render(svg: str, suffix: str) -> bytes:
    """The figure in the format of a file's suffix.

    Raises:
        WrongUsage: an unknown suffix, or the extra ``pdf`` is not installed.
    """
    if suffix == ".svg":
        return svg.encode()
    if suffix == ".png":
        from evidence.report.figures.png import to_png

        return to_png(svg)
    if suffix == ".pdf":
        return _pdf(svg)
    raise unknown_name("figure format", suffix, [".svg", ".png", ".pdf"])


def _pdf(svg: str) -> bytes:
    from evidence.errors import Problem, Severity, WrongUsage

    try:
        from weasyprint import HTML
    except ImportError as error:
        raise WrongUsage(
            Problem(
                code="extra-missing",
                severity=Severity.ERROR,
                message="PDF needs the extra 'pdf', which is not installed.",
                remedy="pip install 'evidence[pdf]', or write .svg or .png",
            )
        ) from error
    document: bytes = HTML(string=f"<!doctype html><body>{svg}</body>").write_pdf()
    return document
