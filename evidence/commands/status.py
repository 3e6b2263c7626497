"""``evidence status``: where the review stands, and the next step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evidence.commands.printing import print_json


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the status as JSON.")] = False,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Say what is in the review, what is open, and what to do next.

    Example: evidence status
    """
    from evidence.review import Review
    from evidence.review.status import review_status

    status = review_status(Review(review))
    if as_json:
        print_json(status.to_dict())
        return
    for line in status.lines():
        print(line)
