"""``evidence pool``: pooled proportions, heterogeneity, contrasts and warnings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evidence.commands.options import parse_where
from evidence.commands.printing import lay_out, print_json, terminal_width, wrapped
from evidence.errors import WrongUsage

if TYPE_CHECKING:
    from evidence.model.protocol import Protocol
    from evidence.pooling import Regression, Result
    from evidence.table.switches import Switches


UNKNOWN = "not split or NR"
"""Level of a series that mixes diseases without a split, or does not report the trait."""


def command(
    outcome: Annotated[
        str, typer.Argument(help="ORR, CR, PR, SD, PD, DCR or complication:TERM.")
    ] = "ORR",
    by: Annotated[
        str | None, typer.Option(help="Group by route, dose, disease, or a column; or none.")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(help="Keep rows with FIELD=VALUE, such as route=SC; may be repeated."),
    ] = None,
    on: Annotated[
        list[str] | None,
        typer.Option(help="Meta-regression on a moderator, such as dose_mg; may be repeated."),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(
            help="glmm, or inverse variance with common, dl, pm, reml, ml, eb, sj, hs or he; "
            "beta-binomial; bayes."
        ),
    ] = None,
    transform: Annotated[
        str | None, typer.Option(help="logit, arcsine, double-arcsine, raw or log.")
    ] = None,
    test: Annotated[str | None, typer.Option(help="z, t, hk or hk-adhoc.")] = None,
    level: Annotated[float | None, typer.Option(help="Confidence level, such as 0.95.")] = None,
    data: Annotated[
        Path | None, typer.Option(help="Pool a CSV of series,events,total instead of the review.")
    ] = None,
    no_derived: Annotated[
        bool, typer.Option("--no-derived", help="Leave out derived counts.")
    ] = False,
    no_attributed: Annotated[
        bool,
        typer.Option("--no-attributed", help="Do not count responses after another therapy."),
    ] = False,
    verified_only: Annotated[
        bool, typer.Option("--verified-only", help="Only series a person confirmed.")
    ] = False,
    with_overlaps: Annotated[
        bool, typer.Option("--with-overlaps", help="Count series that share patients too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Pool an outcome over the series, overall or by group.

    Example: evidence pool ORR --by route
    """
    grouping = None if by in (None, "none") else by
    given = {"method": method, "transform": transform, "test": test, "level": level}
    asked: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if data is not None:
        needs_review = {
            "--where": where,
            "--on": on,
            "--no-derived": no_derived,
            "--no-attributed": no_attributed,
            "--verified-only": verified_only,
            "--with-overlaps": with_overlaps,
        }
        if ignored := [name for name, value in needs_review.items() if value]:
            raise WrongUsage(f"--data pools a file of counts; leave out {', '.join(ignored)}.")
        from evidence.review.counts_file import pool_counts

        _print(pool_counts(data, outcome=outcome, by=grouping, **asked), as_json=as_json)
        return
    from evidence.review import Review

    folder = Review(review)
    asked |= {
        "where": parse_where(where),
        "switches": _switches(
            folder.protocol,
            no_derived=no_derived,
            no_attributed=no_attributed,
            verified_only=verified_only,
            with_overlaps=with_overlaps,
        ),
    }
    if on and grouping is not None:
        raise WrongUsage(f"Give --by or --on, not both: --on {grouping} takes its place.")
    if on:
        _print(folder.regress(outcome, on=on, **asked), as_json=as_json)
    else:
        _print(folder.pool(outcome, by=grouping, **asked), as_json=as_json)


def _switches(
    protocol: Protocol,
    *,
    no_derived: bool,
    no_attributed: bool,
    verified_only: bool,
    with_overlaps: bool,
) -> Switches:
    """What the review counts, narrowed or widened by the options."""
    from dataclasses import replace

    from evidence.table.switches import Switches

    usual = Switches.from_protocol(protocol)
    return replace(
        usual,
        derived=usual.derived and not no_derived,
        attributed=usual.attributed and not no_attributed,
        overlaps=usual.overlaps or with_overlaps,
        unverified=usual.unverified and not verified_only,
    )


def _print(result: Result | Regression, *, as_json: bool) -> None:
    from evidence.pooling import Result

    if as_json:
        print_json(result.to_dict())
    elif not isinstance(result, Result):
        print(wrapped(str(result)))
    else:
        if result.data.by is not None and result.data.moderators:
            print(wrapped("\n".join(cross_table_lines(result))), end="\n\n")
        print(wrapped(result.summary()))


def cross_table_lines(result: Result) -> list[str]:
    """Who stands where, before any comparison: every filled combination, and what is empty."""
    from evidence.pooling import cross_table

    by = result.data.by_name or "group"
    factors = {by: result.data.by or (), **result.data.moderators}
    named = {
        name: tuple(UNKNOWN if label is None else label for label in labels)
        for name, labels in factors.items()
    }
    table = cross_table(named, result.data.counts.total.tolist())
    filled = [cell for cell in table.cells if cell.series]
    rows = [[*cell.levels, str(cell.series), str(cell.patients)] for cell in filled]
    mixed = [cell for cell in filled if "mixed" in cell.levels]
    rank = f"rank of the design {table.rank} of {table.columns}"
    if table.rank < table.columns:
        rank += ": some levels cannot be told apart"
    heads = [*table.factors, "series", "patients"]
    return [
        "Before comparing: which series stand where",
        *(f"  {line}" for line in lay_out(heads, rows, width=terminal_width() - 2)),
        f"  {len(table.cells) - len(filled)} of {len(table.cells)} combinations are empty; {rank}; "
        f"mixed routes in {sum(cell.series for cell in mixed)} series, "
        f"{sum(cell.patients for cell in mixed)} patients",
    ]
