"""One Parquet file per table, typed; a missing value is null."""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib import import_module

from evidence.export.tables import FlatTable
from evidence.export.xlsx import missing_extra


def to_parquet(tables: Iterable[FlatTable]) -> dict[str, bytes]:
    """``NAME.parquet`` for each table. Raises WrongUsage without pyarrow."""
    try:
        pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise missing_extra("parquet", "parquet") from error
    files: dict[str, bytes] = {}
    for table in tables:
        columns = {
            name: pyarrow.array([_typed(line[i], table, i) for line in table.lines])
            for i, name in enumerate(table.columns)
        }
        out = io.BytesIO()
        parquet.write_table(pyarrow.table(columns), out)
        files[f"{table.name}.parquet"] = out.getvalue()
    return files


def _typed(value: object, table: FlatTable, column: int) -> object:
    """Numbers of one column share a type; a column of words and numbers is words."""
    if value is None:
        return None
    kinds = {type(line[column]) for line in table.lines if line[column] is not None}
    if kinds == {int, float}:
        return float(value)  # type: ignore[arg-type]
    return str(value) if len(kinds) > 1 else value
