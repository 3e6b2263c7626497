"""Counts from a CSV file: ``series,events,total`` and any grouping columns; every fault named."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, field
from pathlib import Path

from evidence.errors import FindingsInData, Place, Problem, Severity, UnreadableDocument
from evidence.store.faults import fault_in

REQUIRED = ("series", "events", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One series of a counts file; ``columns`` keeps the other columns as text."""

    series: str
    events: int
    total: int
    line: int
    columns: dict[str, str] = field(default_factory=dict)


def read_counts(path: Path) -> list[CountRow]:
    """Rows of a counts file.

    Raises:
        UnreadableDocument: the file does not exist or is not text.
        FindingsInData: a column is missing or a row is impossible; all faults at once.
    """
    text = _read_text(path)
    delimiter = (
        ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    )
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    heads = {(name or "").strip().casefold(): name for name in reader.fieldnames or []}
    missing = [name for name in REQUIRED if name not in heads]
    if missing:
        found = ", ".join(reader.fieldnames or []) or "an empty file"
        raise FindingsInData(
            fault_in(
                path.name,
                "missing-column",
                f"found {found}; expected the columns {', '.join(REQUIRED)}.",
                f"add the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}",
                1,
            )
        )
    rows: list[CountRow] = []
    problems: list[Problem] = []
    for record in reader:
        if not any((value or "").strip() for value in record.values() if isinstance(value, str)):
            continue
        row = _read_row(path, reader.line_num, record, heads, problems)
        if row is not None:
            rows.append(row)
    if problems:
        raise FindingsInData(*problems)
    return rows


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UnreadableDocument(
            Problem(
                code="unreadable-counts",
                severity=Severity.ERROR,
                message=f"cannot be read as a counts file: {reason}.",
                remedy="give a CSV file with the columns series,events,total",
                source=Place(document=path.name),
            )
        ) from error


def _read_row(
    path: Path,
    line: int,
    record: dict[str, str],
    heads: dict[str, str],
    problems: list[Problem],
) -> CountRow | None:
    """One row, or None with its faults added to ``problems``."""
    before = len(problems)
    name = (record[heads["series"]] or "").strip()
    if not name:
        problems.append(
            fault_in(
                path.name,
                "missing-series",
                "no series name.",
                "name the series of this row",
                line,
            )
        )
    events = _whole(path, line, "events", record[heads["events"]], problems)
    total = _whole(path, line, "total", record[heads["total"]], problems)
    if events is not None and total is not None:
        if total == 0:
            problems.append(
                fault_in(
                    path.name,
                    "no-patients",
                    f"{name}: total is 0; expected at least 1 patient.",
                    "leave the row out or correct total",
                    line,
                )
            )
        elif events > total:
            problems.append(
                fault_in(
                    path.name,
                    "events-above-total",
                    f"{name}: {events} events among {total} patients; expected events <= total.",
                    "correct events or total in this row",
                    line,
                )
            )
    if len(problems) > before or events is None or total is None:
        return None
    known = {heads[column] for column in REQUIRED}
    columns = {
        column.strip(): (value or "").strip()
        for column, value in record.items()
        if column and column not in known and not isinstance(value, list)
    }
    return CountRow(series=name, events=events, total=total, line=line, columns=columns)


def _whole(
    path: Path, line: int, column: str, text: str | None, problems: list[Problem]
) -> int | None:
    """A non-negative whole number (``12`` or ``12.0``), or None with the fault recorded."""
    printed = (text or "").strip()
    try:
        number = float(printed)
    except ValueError:
        found = f"'{printed}'" if printed else "nothing"
        problems.append(
            fault_in(
                path.name,
                "not-a-count",
                f"column {column}: found {found}; expected a whole number of patients.",
                f"write {column} as a whole number, or leave the row out where it is not reported",
                line,
            )
        )
        return None
    if not math.isfinite(number) or number < 0 or number != int(number):
        kind = "a negative number" if number < 0 else "not a whole number"
        problems.append(
            fault_in(
                path.name,
                "not-a-count",
                f"column {column}: found {printed}, {kind}; expected a whole number >= 0.",
                f"correct {column} in this row",
                line,
            )
        )
        return None
    return int(number)
