"""``evidence add``: read papers into the review folder, or start a series by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence.commands.printing import count, print_problems
from evidence.commands.series_text import series_lines
from evidence.errors import EvidenceError, Problem, WrongUsage

if TYPE_CHECKING:
    from evidence.review.adding import Added
    from evidence.review.entering import AddedReferences

REFERENCES = (".ris", ".bib", ".nbib")


def command(
    papers: Annotated[
        list[Path] | None, typer.Argument(help="Papers to read, or .ris, .bib, .nbib files.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--as", help="Name of the folder under extracted/.")
    ] = None,
    by_hand: Annotated[
        str | None,
        typer.Option(help="Write a commented skeleton for this series id, such as smith-2015."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read a paper again that was read before.")
    ] = False,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Read papers into extracted/SOURCE/, one YAML file per series; say what is in doubt.

    Example: evidence add smith-2015.pdf jones-2019.pdf
    """
    from evidence.review import Review

    if by_hand is not None and (papers or again):
        raise WrongUsage("--by-hand starts one series file; leave the papers and --again out.")
    folder = Review(review)
    if by_hand is not None:
        path = folder.add_by_hand(by_hand, source=source or "by-hand")
        print(f"wrote {path}: fill in what the paper says, then run: evidence status")
        return
    if not papers:
        raise WrongUsage("Give at least one paper, or --by-hand SERIES-ID.")
    failures: list[Problem] = []
    error: EvidenceError | None = None
    without: list[str] = []
    for paper in papers:
        try:
            if paper.suffix.casefold() in REFERENCES:
                _print_references(folder.add_references(paper))
                continue
            added = folder.add(paper, source=source, again=again)
            _print_added(added)
            without += [] if added.series or added.unchanged else [added.paper]
        except EvidenceError as raised:
            error = raised
            failures += raised.problems
    if error is not None:
        raise type(error)(*failures)
    if without:
        raise typer.Exit(1)


def _print_references(added: AddedReferences) -> None:
    for path in added.written:
        print(f"wrote {path}: citation only; fill in what the paper says")
    for reference, series in added.known:
        print(f"{reference} is {series}, which is there already; nothing changed.")


def _print_added(added: Added) -> None:
    if added.unchanged:
        print(f"{added.paper}: read before as extracted/{added.source}/; nothing changed.")
        return
    for series in added.series:
        if series.series in added.written:
            for line in series_lines(series):
                print(line)
    print(
        f"\n{added.paper}: {len(added.series)} series into extracted/{added.source}/ "
        f"({count(len(added.written), 'file')} written, {len(added.kept)} left as they were)."
    )
    print_problems(added.problems)
