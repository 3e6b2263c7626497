"""``evidence diff``: which rows and which pooled numbers changed since then, and why."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evidence.commands.printing import print_json
from evidence.errors import Problem, Severity, UnreadableDocument

if TYPE_CHECKING:
    from evidence.report.difference import Difference, RowChange

OF_A_ROW = (
    "events",
    "total",
    "how",
    "derivation",
    "attributed_events",
    "attribution",
    "excluded",
)
"""Fields that speak of one outcome; all others speak of the series."""
NOT_REPORTED = "not reported"


def command(
    since: Annotated[
        str, typer.Argument(help="A git revision, or a results.json of another version.")
    ] = "HEAD",
    as_json: Annotated[bool, typer.Option("--json", help="Print the difference as JSON.")] = False,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Compare the evidence as it stands with an earlier version: rows, pooled numbers, causes.

    Example: evidence diff reports/results.json
    """
    from evidence.report.diff import diff_results
    from evidence.report.results import build_results
    from evidence.review import Review
    from evidence.review.reporting import build_context

    folder = Review(review)
    folder.require()
    old = read_results(since, folder.folder.root)
    new = json.loads(json.dumps(build_results(build_context(folder))))
    difference = diff_results(old, new)
    if as_json:
        print_json(difference.to_dict())
    else:
        for line in difference_lines(difference):
            print(line)


def read_results(since: str, root: Path) -> dict[str, Any]:
    """Results of a file, or of ``reports/results.json`` at a git revision.

    Raises:
        UnreadableDocument: neither a readable file nor a revision that holds results.
    """
    path = Path(since)
    try:
        if path.suffix == ".json":
            text = path.read_text(encoding="utf-8")
        else:
            name = f"{since}:./reports/results.json"
            shown = ["git", "-C", str(root), "show", "--end-of-options", name]
            text = subprocess.run(shown, capture_output=True, text=True, check=True).stdout
        results: dict[str, Any] = json.loads(text)
        if not isinstance(results["rows"], list) or not isinstance(results["pooled"], list):
            raise ValueError("no rows, or no pooled numbers")
    except (OSError, ValueError, LookupError, TypeError, subprocess.SubprocessError) as error:
        raise UnreadableDocument(
            Problem(
                code="no-results",
                severity=Severity.ERROR,
                message=f"'{since}' is no results.json and no git revision that holds one.",
                remedy="give a results.json, or a revision in which reports/ was committed",
            )
        ) from error
    return results


def difference_lines(difference: Difference) -> list[str]:
    """The difference as text: rows first, then each number that moved with its causes."""
    if not difference.rows and not difference.moves:
        return ["Nothing changed."]
    lines = row_lines(difference.rows)
    for move in difference.moves:
        group = f" by {move.by} {move.group}" if move.by else ""
        lines.append(
            f"moved    {move.outcome}{group}: {_percent(move.before)} -> {_percent(move.after)} "
            f"(k {move.k_before or 0} -> {move.k_after or 0})"
        )
        for cause in move.causes:
            shift = "" if cause.shift is None else f", alone {100 * cause.shift:+.1f} points"
            lines.append(
                f"           {cause.series}: {cause.before or 'no row'} -> "
                f"{cause.after or 'no row'}{shift}"
            )
    return lines


def row_lines(rows: Sequence[RowChange]) -> list[str]:
    """One line per series and stratum that is new or gone; one per row that changed.

    What all rows of a series changed alike, such as its status, is told once.
    """
    lines = []
    ordered = sorted(rows, key=lambda row: (row.series, row.kind))
    for (series, kind), some in groupby(ordered, key=lambda row: (row.series, row.kind)):
        changes = list(some)
        told = _changed(series, changes) if kind == "changed" else _whole(changes)
        lines += [f"{kind:<8} {line}" for line in told]
    return lines


def _whole(changes: Sequence[RowChange]) -> Iterator[str]:
    for (series, arm, stratum), some in groupby(
        changes, key=lambda row: (row.series, row.arm, row.stratum)
    ):
        name = " ".join(filter(None, [series, arm, "" if stratum == "all" else stratum]))
        yield f"{name}: {_counts(list(some))}"


def _counts(changes: Sequence[RowChange]) -> str:
    """``CR 10/30, ORR 20/30; not reported: SD, PD``"""
    told = [(change.outcome, change.after or change.before) for change in changes]
    given = ", ".join(f"{outcome} {count}" for outcome, count in told if count != NOT_REPORTED)
    silent = ", ".join(outcome for outcome, count in told if count == NOT_REPORTED)
    return "; ".join(filter(None, [given, silent and f"{NOT_REPORTED}: {silent}"]))


def _changed(series: str, changes: Sequence[RowChange]) -> Iterator[str]:
    """A line for what the rows share, then one for each row with more."""
    shared = [
        field for field in changes[0].fields if all(field in change.fields for change in changes)
    ]
    shared = [field for field in shared if field[0] not in OF_A_ROW and len(changes) > 1]
    if shared:
        yield f"{series}: {_fields(shared)}"
    for change in changes:
        own = [field for field in change.fields if field not in shared]
        if own:
            counted = change.before != change.after
            detail = f"{change.before} -> {change.after}" if counted else _fields(own)
            name = " ".join(filter(None, [series, change.arm, change.stratum, change.outcome]))
            yield f"{name}: {detail}"


def _fields(fields: Sequence[tuple[str, Any, Any]]) -> str:
    return "; ".join(f"{name} {_value(old)} -> {_value(new)}" for name, old, new in fields)


def _value(value: Any) -> str:
    return NOT_REPORTED if value is None else f"{value:g}" if type(value) is float else str(value)


def _percent(proportion: float | None) -> str:
    return "none" if proportion is None else f"{100 * proportion:.1f}%"
