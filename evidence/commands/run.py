"""``evidence run``: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence.commands.printing import count

if TYPE_CHECKING:
    from evidence.review.running import RunOutcome


def command(
    again: Annotated[bool, typer.Option(help="Read every paper in sources/ again.")] = False,
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
                print(f"  [{problem.code}] {problem}")
    for problem in outcome.unreadable:
        print(f"  [{problem.code}] {problem}")
    for name in outcome.left_alone:
        print(f"left alone sources/{name}: no paper directly in sources/ (evidence add NAME)")
    for line in outcome.lines:
        print(line)
    for path in outcome.written:
        print(f"wrote {path}")
