"""A workbook with one sheet per table; text stays text, a missing value stays empty."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from evidence.errors import Problem, Severity, WrongUsage
from evidence.export.tables import FlatTable, Plain

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters a workbook cannot hold."""
_LONGEST_CELL = 32_767
_EPOCH = datetime(1980, 1, 1)
"""Written as the time of making, so that equal tables give equal bytes."""


def to_xlsx(tables: Iterable[FlatTable]) -> bytes:
    """The tables as sheets, heads frozen. Raises WrongUsage without the extra ``office``."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise missing_extra("xlsx", "office") from error
    book = Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = _EPOCH
    for table in tables:
        sheet = book.create_sheet(table.name)
        for r, line in enumerate((table.columns, *table.lines), start=1):
            for c, value in enumerate(line, start=1):
                _write(sheet.cell(row=r, column=c), value)
        sheet.freeze_panes = "A2"
    raw = io.BytesIO()
    book.save(raw)
    return _undated(raw.getvalue())


def _write(cell: Any, value: Plain) -> None:
    """A text that begins with ``=`` is a text, not a formula."""
    if isinstance(value, str):
        cell.value = _FORBIDDEN.sub(" ", value)[:_LONGEST_CELL]
        cell.data_type = "s"
    elif value is not None:
        cell.value = value


def _undated(book: bytes) -> bytes:
    """The same archive without the time it was written at."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            body = old.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", body)
            member = zipfile.ZipInfo(name, date_time=_EPOCH.timetuple()[:6])
            new.writestr(member, body, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def missing_extra(form: str, extra: str) -> WrongUsage:
    """What to install for a format."""
    return WrongUsage(
        Problem(
            code="extra-missing",
            severity=Severity.ERROR,
            message=f"The export format '{form}' needs the extra '{extra}', which is not there.",
            remedy=f"pip install 'evidence[{extra}]'",
        )
    )
