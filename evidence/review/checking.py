"""Names in ``review.toml`` that other rooms must know: refused when it is read, with the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evidence.errors import Place, Problem, Severity, WrongUsage
from evidence.model.protocol import ModelSettings, ReportSettings

if TYPE_CHECKING:
    from evidence.model.protocol import Protocol
    from evidence.review.folder import Folder

Fault = tuple[tuple[str, ...], str]
"""Path of the key and what is wrong with it."""


def check_protocol(protocol: Protocol, folder: Folder) -> list[Problem]:
    """Unknown languages, groupings and methods, and a templates folder that is not there."""
    faults = [*_language(protocol), *_groupings(protocol), *_model(protocol)]
    own = protocol.report.templates
    if own != ReportSettings().templates and not (folder.root / own).is_dir():
        faults.append((("report", "templates"), f"there is no folder {own}/ in the review."))
    if not faults:
        return []
    from evidence.store.protocol import toml_lines

    lines = toml_lines(folder.protocol.read_text(encoding="utf-8-sig"))
    return [
        Problem(
            code="unknown-name",
            severity=Severity.ERROR,
            message=f"{'.'.join(path)}: {message}",
            remedy=f"correct {'.'.join(path)}",
            source=Place(document=folder.protocol.name, line=lines.get(path)),
        )
        for path, message in faults
    ]


def _language(protocol: Protocol) -> Iterator[Fault]:
    from evidence.report.words import LANGUAGES

    yield from _unknown(("review", "language"), [protocol.review.language], LANGUAGES)


def _groupings(protocol: Protocol) -> Iterator[Fault]:
    from evidence.table.select import COLUMNS

    yield from _unknown(("groups", "by"), protocol.groups.by, tuple(COLUMNS))


def _model(protocol: Protocol) -> Iterator[Fault]:
    if protocol.model == ModelSettings():
        return
    from evidence.pooling.api import make_settings
    from evidence.review.analysis import model_settings

    try:
        make_settings(**model_settings(protocol, {}))
    except WrongUsage as error:
        for problem in error.problems:
            yield ("model",), problem.message


def _unknown(path: tuple[str, ...], names: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield path, f"'{name}' is not known. Known: {', '.join(known)}."
