"""``evidence report``: render ``reports/`` from the evidence as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evidence.commands.run import written_lines


def command(
    format_: Annotated[
        str,
        typer.Option("--format", help="html, md, docx, pdf, png (of each figure), with commas."),
    ] = "html,md",
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Render the report into reports/.

    Example: evidence report --format html,md
    """
    from evidence.review import Review

    formats = [name.strip() for name in format_.split(",") if name.strip()]
    for line in written_lines(Review(review).report(formats)):
        print(line)
