"""Series that no paper is read for: entered by hand, or known by their citation only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import FindingsInData, WrongUsage
from evidence.review.folder import Folder, check_source_name

if TYPE_CHECKING:
    from evidence.model.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedReferences:
    """What a file of references did to the review folder."""

    written: tuple[Path, ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    """(reference, series) of each paper that the review holds already."""


def add_by_hand(folder: Folder, series: str, *, source: str) -> Path:
    """Write a commented skeleton for a series entered by hand.

    Raises:
        WrongUsage: the id or the source's name is malformed, or the file is there already.
    """
    from evidence.store import skeleton, write_atomic, write_schema

    check_source_name(source)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", series):
        raise WrongUsage(
            f"'{series}' is no series id; expected lower-case letters, digits and hyphens, "
            "such as smith-2015."
        )
    path = folder.extracted / source / f"{series}.yaml"
    if path.exists():
        raise WrongUsage(f"{path} is there already; edit it, or choose another id.")
    write_atomic(path, skeleton(series).encode())
    write_schema(folder.extracted)
    return path


def add_references(folder: Folder, stored: Sequence[Series], path: Path) -> AddedReferences:
    """Citation-only skeletons of a RIS, BibTeX or PubMed file; papers already there are named.

    Raises:
        FindingsInData: entries that cannot be read; nothing is written then.
    """
    from evidence.export.references import read_references, skeletons
    from evidence.store import write_schema, write_series
    from evidence.table.citations import same_paper

    references, problems = read_references(path)
    if problems:
        raise FindingsInData(*problems)
    written: list[Path] = []
    known: list[tuple[str, str]] = []
    taken = {series.series for series in stored}
    for series in skeletons(references, document=path.name, taken=taken):
        there = next((other.series for other in stored if same_paper(series, other)), None)
        if there is not None:
            known.append((series.label, there))
            continue
        written.append(folder.extracted / "references" / f"{series.series}.yaml")
        write_series(written[-1], series)
    write_schema(folder.extracted)
    return AddedReferences(written=tuple(written), known=tuple(known))
