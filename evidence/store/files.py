"""Read series files: one, or a whole folder with all its faults at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.errors import Problem
from evidence.model.series import Series
from evidence.store.cache import SeriesCache
from evidence.store.counts import check_counts
from evidence.store.faults import explain_all, fault_in
from evidence.store.plain import PlainYaml, read_plain

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSeries:
    """A series with the file it came from; ``sha`` is that of the file's bytes when read."""

    series: Series
    path: Path
    source: str
    """Name of the folder under ``extracted/``."""
    sha: str


def text_sha(content: bytes) -> str:
    """SHA-256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_series(path: Path | str) -> tuple[Series | None, list[Problem]]:
    """Read one series file; None with all its problems where it breaks the format."""
    path = Path(path)
    content, problems = _read_bytes(path)
    if content is None:
        return None, problems
    return parse_series(content, name=_display(path), stem=path.stem)


def read_folder(
    extracted: Path | str, *, cache: Path | None = None
) -> tuple[list[StoredSeries], list[Problem]]:
    """Read ``extracted/SOURCE/*.yaml``: every good series, and the faults of every file.

    Validated series are kept in ``cache`` (default: ``.evidence/cache`` beside ``extracted``) by
    the hash of their file; the folder is safe to delete.
    """
    extracted = Path(extracted)
    store = SeriesCache(cache or extracted.parent / ".evidence" / "cache")
    stored: list[StoredSeries] = []
    problems: list[Problem] = []
    for path in series_paths(extracted):
        content, faults = _read_bytes(path)
        problems += faults
        if content is None:
            continue
        sha = text_sha(content)
        series = store.get(sha)
        if series is None:
            series, faults = parse_series(content, name=_display(path), stem=path.stem)
            problems += faults
            if series is not None and not faults:
                store.put(sha, series)
        if series is not None:
            stored.append(StoredSeries(series=series, path=path, source=path.parent.name, sha=sha))
    store.save()
    return stored, [*problems, *_misplaced(extracted), *_repeated(stored)]


def series_paths(extracted: Path) -> list[Path]:
    """Every series file of a review, by source and name."""
    return sorted(
        p
        for folder in (sorted(extracted.iterdir()) if extracted.is_dir() else [])
        if folder.is_dir() and not folder.name.startswith(".")
        for p in folder.iterdir()
        if p.suffix in SUFFIXES and not p.name.startswith(".")
    )


def _misplaced(extracted: Path) -> list[Problem]:
    """Series files that would never be read, for they are not in a folder of their source."""
    outside = [p for p in extracted.glob("*") if p.suffix in SUFFIXES and p.is_file()]
    deeper = [p for p in extracted.glob("*/*/**/*") if p.suffix in SUFFIXES and p.is_file()]
    return [
        fault_in(
            path.relative_to(extracted.parent).as_posix(),
            "misplaced-file",
            f"this file is not read; expected {extracted.name}/SOURCE/{path.name}.",
            "move it into the folder of its source, or out of the review",
        )
        for path in sorted(outside + deeper)
        if not any(part.startswith(".") for part in path.relative_to(extracted).parts)
    ]


def parse_series(
    content: bytes, *, name: str, stem: str | None = None
) -> tuple[Series | None, list[Problem]]:
    """A file's bytes → a series; ``name`` stands in messages, ``stem`` must be the series' id."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return None, [
            fault_in(name, "not-utf8", "this is not UTF-8 text.", "save the file as UTF-8", line)
        ]
    plain = read_plain(text, name=name)
    if plain.data is None or not isinstance(plain.data, dict):
        found = "nothing" if plain.data is None else f"a {type(plain.data).__name__}"
        return None, plain.problems or [
            fault_in(
                name,
                "not-a-series",
                f"found {found}; expected the fields of one series, beginning with 'series:'.",
                "start from the skeleton of evidence add --by-hand",
            )
        ]
    plain.data = without_nulls(plain.data)
    series, faults = _validate(plain, name)
    problems = [*plain.problems, *faults, *check_counts(plain, name=name)]
    if series is None or plain.problems:
        return None, problems
    return series, problems + _named_as(series, plain, name, stem)


def without_nulls(plain: Any) -> Any:
    """An empty field is one that is not reported: mappings without their nulls."""
    if isinstance(plain, dict):
        return {k: without_nulls(v) for k, v in plain.items() if v is not None}
    if isinstance(plain, list):
        return [without_nulls(v) for v in plain]
    return plain


def _validate(plain: PlainYaml, name: str) -> tuple[Series | None, list[Problem]]:
    from pydantic import ValidationError

    while True:
        try:
            return Series.model_validate(plain.data), []
        except ValidationError as error:
            if not _keep_printed_words(error, plain):
                return None, explain_all(error, plain, Series, name=name)


def _keep_printed_words(error: Any, plain: PlainYaml) -> bool:
    """Where text is wanted and a bare number stands (``pmid: 19860617``), keep it as printed.

    True when something was changed, so that it is worth validating again.
    """
    from evidence.model.paths import set_value

    changed = False
    for fault in error.errors(include_url=False):
        bare = isinstance(fault["input"], int | float)
        path = tuple(fault["loc"])
        if fault["type"] == "string_type" and bare and path in plain.words:
            changed |= set_value(plain.data, path, plain.words[path])
    return changed


def _named_as(series: Series, plain: PlainYaml, name: str, stem: str | None) -> list[Problem]:
    if stem is None or stem == series.series:
        return []
    return [
        fault_in(
            name,
            "name-differs",
            f"the file is named {stem} and says series: {series.series}; expected the same.",
            f"rename the file to {series.series}.yaml, or correct 'series:'",
            plain.line_of(("series",)),
        )
    ]


def _repeated(stored: list[StoredSeries]) -> list[Problem]:
    first: dict[tuple[str, str], Path] = {}
    problems = []
    for item in stored:
        key = (item.source, item.series.series)
        if key in first:
            problems.append(
                fault_in(
                    _display(item.path),
                    "repeated-series",
                    f"{item.series.series} is also in {first[key].name} of the same source; "
                    "expected one file per series.",
                    "delete one of the two, or give it its own name",
                )
            )
        first.setdefault(key, item.path)
    return problems


def _read_bytes(path: Path) -> tuple[bytes | None, list[Problem]]:
    try:
        return path.read_bytes(), []
    except OSError as error:
        what = error.strerror or "cannot be read"
        return None, [
            fault_in(_display(path), "unreadable-file", f"{what}.", "check the path and its rights")
        ]


def _display(path: Path) -> str:
    return "/".join(path.parts[-2:])
