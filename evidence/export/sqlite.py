"""One SQLite file with a table each; a missing value is NULL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from evidence.export.tables import FlatTable, Plain


def to_sqlite(tables: Iterable[FlatTable]) -> bytes:
    """The tables of a review as a database; equal tables give equal bytes."""
    with sqlite3.connect(":memory:") as database:
        for table in tables:
            columns = ", ".join(f'"{name}" {_kind(table, i)}' for i, name in _numbered(table))
            places = ", ".join("?" for _ in table.columns)
            database.execute(f'CREATE TABLE "{table.name}" ({columns})')
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', table.lines)
        database.commit()
        return database.serialize()


def _numbered(table: FlatTable) -> Iterable[tuple[int, str]]:
    return enumerate(table.columns)


def _kind(table: FlatTable, column: int) -> str:
    """The SQL type of a column, from its values."""
    kinds = {_KINDS[type(v)] for line in table.lines if (v := line[column]) is not None}
    return "REAL" if kinds == {"INTEGER", "REAL"} else kinds.pop() if len(kinds) == 1 else "TEXT"


_KINDS: dict[type[Plain], str] = {str: "TEXT", int: "INTEGER", bool: "INTEGER", float: "REAL"}
