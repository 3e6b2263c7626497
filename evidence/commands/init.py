"""``evidence init``: a new review folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(help="The folder to set up.")] = Path(),
) -> None:
    """Make a review folder: review.toml, sources/, extracted/, reports/. Nothing is overwritten.

    Example: evidence init my-review
    """
    from evidence.review.starting import start_review

    made = start_review(folder)
    for path in made:
        print(f"made {path}")
    if not made:
        print("The review folder is there already; nothing was changed.")
    place = "" if folder == Path() else f"cd {folder}, "
    print(
        f"\nNext: {place}write the question into review.toml, put papers into sources/, "
        "then run: evidence run"
    )
