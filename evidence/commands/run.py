"""``evidence run``: the main job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence.commands.printing import count, wrapped

if TYPE_CHECKING:
    from evidence.review.running import RunOutcome


def command(
    again: Annotated[
        bool, typer.Option("--again", help="Read every paper in sources/ again.")
    ] = False,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Add what is new in sources/, audit, pool, and render reports/.

    Example: evidence run
    """
    from evidence.review import Review

    outcome = Review(review).run(again=again)
    print_outcome(outcome)
    if outcome.unreadable:
        raise typer.Exit(3)


def print_outcome(outcome: RunOutcome) -> None:
    """What the run did, in the order it did it."""
    if outcome.unchanged:
        print("Nothing changed since the last run.")
    for added in outcome.added:
        if not added.unchanged:
            print(
                f"read {added.paper}: {len(added.series)} series, "
                f"{count(len(added.problems), 'problem')}"
            )
            for problem in added.problems:
                print(wrapped(f"  [{problem.code}] {problem}"))
    for problem in outcome.unreadable:
        print(wrapped(f"  [{problem.code}] {problem}"))
    for name in outcome.left_alone:
        print(f"left alone sources/{name}: no paper directly in sources/ (evidence add NAME)")
    for line in outcome.lines:
        print(line)
    for line in written_lines(outcome.written):
        print(line)


def written_lines(paths: Sequence[Path]) -> list[str]:
    """A line for each file, and one for all figures."""
    figures = [path for path in paths if path.parent.name == "figures"]
    lines = [f"wrote {path}" for path in paths if path not in figures]
    if figures:
        lines.append(f"wrote {count(len(figures), 'figure')} into {figures[0].parent}/")
    return lines
