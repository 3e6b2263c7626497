"""``evidence table``: the evidence table as text, CSV, JSON or Markdown."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evidence.commands.options import parse_where
from evidence.commands.printing import lay_out, print_json, print_problems, terminal_width

if TYPE_CHECKING:
    from evidence.model.row import EvidenceRow


class Format(StrEnum):
    """How the table is printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


def command(
    where: Annotated[
        list[str] | None,
        typer.Option(help="Keep rows with FIELD=VALUE, such as route=SC; may be repeated."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    review: Annotated[Path, typer.Option(help="The review folder.")] = Path(),
) -> None:
    """Print the evidence table: one row per series, stratum and outcome, each with its source.

    Example: evidence table --where route=SC --where disease=SS
    """
    from evidence.review import Review
    from evidence.table.conditions import filter_rows
    from evidence.table.frame import row_dict

    folder = Review(review)
    rows = filter_rows(folder.rows, parse_where(where))
    if as_json or format_ is Format.JSON:
        print_json({"rows": [row_dict(row) for row in rows]})
    elif format_ is Format.CSV:
        _print_csv([row_dict(row) for row in rows])
    else:
        heads, cells = _columns(rows)
        if format_ is Format.MARKDOWN:
            _print_markdown(heads, cells)
        else:
            _print_text(heads, cells, rows)
            print_problems(folder.problems)


def _columns(rows: tuple[EvidenceRow, ...]) -> tuple[list[str], list[list[str]]]:
    heads = ["series", "stratum", "outcome", "n/N", "dose", "route", "status", "source"]
    cells = [
        [
            row.series,
            stratum_text(row),
            row.outcome.replace(":", ": "),
            _fraction(row),
            row.dose_band or "",
            row.route or "NR",
            row.status,
            f"{row.source} p. {row.page}" if row.page else row.source,
        ]
        for row in rows
    ]
    return heads, cells


def stratum_text(row: EvidenceRow) -> str:
    """``all``, ``SS``; with the arm and the time where the series has several."""
    stratum = "" if row.stratum == "all" and (row.arm or row.timepoint) else row.stratum
    return ", ".join(filter(None, (row.arm, stratum, row.timepoint)))


def _fraction(row: EvidenceRow) -> str:
    events = "NR" if row.events is None else str(row.events)
    total = "NR" if row.total is None else str(row.total)
    return f"{events}/{total}{'†' if row.how == 'derived' and row.events is not None else ''}"


def _print_text(heads: list[str], cells: list[list[str]], rows: tuple[EvidenceRow, ...]) -> None:
    for line in lay_out(heads, cells, width=terminal_width()):
        print(line)
    series = len({row.series for row in rows})
    print(f"\n{len(rows)} rows from {series} series. NR: not reported.", end="")
    print(" † derived, not printed by the paper." if any("†" in c[3] for c in cells) else "")


def _print_markdown(heads: list[str], cells: list[list[str]]) -> None:
    print("| " + " | ".join(heads) + " |")
    print("|" + " --- |" * len(heads))
    for row in cells:
        print("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")


def _print_csv(rows: list[dict[str, Any]]) -> None:
    import csv
    import sys

    from evidence.table.frame import row_fields

    writer = csv.DictWriter(sys.stdout, fieldnames=row_fields(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
