"""``evidence extract``: what ``add`` would write, written nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evidence.commands.printing import count, print_json, print_problems
from evidence.commands.series_text import series_lines


def command(
    paper: Annotated[Path, typer.Argument(help="The paper to read.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print series, patients and problems as JSON.")
    ] = False,
    review: Annotated[
        Path, typer.Option(help="Review folder whose review.toml gives words and drug.")
    ] = Path(),
) -> None:
    """Read a paper and print its series as `add` would store them; nothing is written.

    Exit code 1 when the paper has no series that can be read.

    Example: evidence extract sources/paper.pdf --json
    """
    from evidence.review import Review

    folder = Review(review)
    if review != Path():
        folder.require()
    extraction = folder.extract(paper)
    if as_json:
        print_json(extraction.to_dict())
        raise typer.Exit(0 if extraction.series else 1)
    for series in extraction.series:
        for line in series_lines(series):
            print(line)
    print(
        f"\n{paper.name}: {len(extraction.series)} series, "
        f"{count(len(extraction.patients), 'patient row')}."
    )
    print_problems(extraction.problems)
    if not extraction.series:
        raise typer.Exit(1)
