"""Papers into ``extracted/``: read, extract, one file per series, a record of what was in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import Place, Problem, Severity, WrongUsage
from evidence.review.folder import Folder, check_source_name, sha256_of, slug
from evidence.review.record import (
    RECORD_NAME,
    SourceRecord,
    legends_of,
    read_records,
    read_with,
    telling_sentences,
)

if TYPE_CHECKING:
    from evidence.documents.base import Document
    from evidence.extraction import Extraction
    from evidence.model.protocol import Protocol, SourceEntry
    from evidence.model.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What reading one paper did to the review folder."""

    paper: str
    source: str
    series: tuple[Series, ...] = ()
    written: tuple[str, ...] = ()
    """Series whose file is new or was refreshed."""
    kept: tuple[str, ...] = ()
    """Series whose file was left as it is."""
    problems: tuple[Problem, ...] = ()
    unchanged: bool = False
    """The same file had been read before; nothing was done."""


def entry_for(protocol: Protocol, paper: Path, sha256: str) -> SourceEntry | None:
    """The protocol's entry for a paper, by hash or by file name (whatever the format)."""
    for entry in protocol.source:
        named = entry.document is not None and Path(entry.document).stem == paper.stem
        if entry.sha256 == sha256 or named:
            return entry
    return None


def known_as(folder: Folder, sha256: str) -> SourceRecord | None:
    """The record of a file with the same bytes, whatever its name."""
    return next((r for r in read_records(folder.extracted) if sha256 in r.hashes), None)


def add_paper(
    folder: Folder,
    protocol: Protocol,
    paper: Path,
    document: Document,
    extraction: Extraction,
    *,
    sha256: str,
    also: tuple[tuple[str, str], ...] = (),
    source: str | None = None,
) -> Added:
    """Write the series of one extracted paper; each file appears whole or not at all."""
    from evidence.store import write_atomic, write_schema

    if source is not None:
        check_source_name(source)
    entry = entry_for(protocol, paper, sha256)
    name = source or (entry.name if entry else slug(paper.stem))
    target = folder.extracted / name
    previous = next((r for r in read_records(folder.extracted) if r.name == name), None)
    if previous is not None and source is None:
        _refuse_another(previous, paper, document, extraction)
    problems = list(extraction.problems)
    written, kept = _write_series(target, extraction.series, problems)
    problems += _no_longer_read(target, previous, extraction.series)
    record = SourceRecord(
        name=name,
        document=paper.name,
        sha256=sha256,
        also=also,
        format=document.format,
        title=document.info.title,
        tables=len(document.grids),
        read_with=read_with(protocol, name),
        sentences=telling_sentences(document),
        legends=legends_of(document),
        series=tuple(s.series for s in extraction.series),
        problems=tuple(p.to_dict() for p in problems),
    )
    write_atomic(target / RECORD_NAME, record.to_text().encode())
    write_schema(folder.extracted)
    return Added(
        paper=paper.name,
        source=name,
        series=extraction.series,
        written=tuple(written),
        kept=tuple(kept),
        problems=tuple(problems),
    )


def _refuse_another(
    previous: SourceRecord, paper: Path, document: Document, extraction: Extraction
) -> None:
    """A folder of ``extracted/`` is one paper's: a namesake would pass for its new version.

    Raises:
        WrongUsage: the folder is that of a file of another name, or of another paper whose file
            has the same name (another title, and no series in common).
    """
    held = previous.document
    if held == paper.name:
        again = {s.series for s in extraction.series} & set(previous.series)
        if again or _letters(previous.title) == _letters(document.info.title):
            return
        held = f"another paper of this file name ({previous.title or 'without a title'})"
    raise WrongUsage(
        Problem(
            code="source-name-taken",
            severity=Severity.ERROR,
            message=f"extracted/{previous.name}/ already holds {held}.",
            remedy=f"evidence add {paper.name} --as ANOTHER-NAME",
            source=Place(document=paper.name),
        )
    )


def _letters(title: str | None) -> str:
    return "".join(c for c in (title or "").casefold() if c.isalnum())


def _write_series(
    target: Path, fresh: tuple[Series, ...], problems: list[Problem]
) -> tuple[list[str], list[str]]:
    """Write new files and refresh unverified ones; returns ids (written, kept)."""
    from evidence.store import merge_reread, read_series, write_series

    written: list[str] = []
    kept: list[str] = []
    for series in fresh:
        path = target / f"{series.series}.yaml"
        if not path.exists():
            write_series(path, series)
            written.append(series.series)
            continue
        existing, faults = read_series(path)
        problems.extend(faults)
        if existing is None:
            kept.append(series.series)
            continue
        merged, notes = merge_reread(existing, series)
        problems.extend(notes)
        if merged == existing:
            kept.append(series.series)
        else:
            write_series(path, merged)
            written.append(series.series)
    return written, kept


def _no_longer_read(
    target: Path, previous: SourceRecord | None, fresh: tuple[Series, ...]
) -> list[Problem]:
    """Files of an earlier reading whose series the new one does not give: they still count."""
    gone = set(previous.series if previous else ()) - {series.series for series in fresh}
    return [
        Problem(
            code="series-no-longer-read",
            severity=Severity.WARNING,
            message="an earlier reading of the paper gave this series, the new one does not; "
            "the file was left and still counts.",
            remedy="compare it with the paper; delete the file, or set its status",
            source=Place(document=f"{target.name}/{name}.yaml"),
        )
        for name in sorted(gone)
        if (target / f"{name}.yaml").exists()
    ]


def paper_hash(paper: Path) -> str:
    """Hash of a paper's bytes.

    Raises:
        UnreadableDocument: the file does not exist or cannot be opened.
    """
    from evidence.errors import UnreadableDocument

    try:
        return sha256_of(paper)
    except OSError as error:
        raise UnreadableDocument(
            Problem(
                code="file-not-found",
                severity=Severity.ERROR,
                message=f"cannot be opened: {error.strerror or error}.",
                remedy="check the path of the paper",
                source=Place(document=str(paper)),
            )
        ) from error
