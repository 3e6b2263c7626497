"""Names a person wrote, in ``review.toml`` or a series file, that other rooms do not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evidence.errors import Place, Problem, Severity, WrongUsage
from evidence.model.protocol import ModelSettings, ReportSettings

if TYPE_CHECKING:
    from evidence.model.protocol import Protocol
    from evidence.review.folder import Folder
    from evidence.store import StoredSeries
    from evidence.vocabulary import Vocabulary

Fault = tuple[tuple[str, ...], str]
"""Path of the key and what is wrong with it."""


def strange_routes(stored: Sequence[StoredSeries], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Routes written by hand in other words than the vocabulary's: each would be a group alone."""
    for item in stored:
        for at, arm in enumerate(item.series.arms):
            for route in arm.regimen.routes:
                meant = vocabulary.route(route)
                if meant == route:
                    continue
                yield Problem(
                    code="unknown-route",
                    message=f"arms[{at}].regimen.routes says '{route}', which is grouped apart.",
                    remedy=f"write {meant}"
                    if meant
                    else "write it as the other files do, or add it to [vocabulary.routes]",
                    source=Place(document=f"{item.source}/{item.path.name}"),
                )


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
    from evidence.table.conditions import COLUMNS

    yield from _unknown(("groups", "by"), protocol.groups.by, tuple(COLUMNS))


def _model(protocol: Protocol) -> Iterator[Fault]:
    if protocol.model == ModelSettings():
        return
    from evidence.pooling.settings import make_settings
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
