"""What reading one paper gave, kept beside its series as ``extracted/SOURCE/source.json``.

The paper itself is never read for numbers again: what the audit needs of its prose, and what was
in doubt, is recorded here.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.model.legends import Legends

if TYPE_CHECKING:
    from evidence.documents.base import Document
    from evidence.model.prose import ProseSentence
    from evidence.model.protocol import Protocol

RECORD_NAME = "source.json"
READ_AGAIN = "evidence run --again; where it is not in sources/, evidence add --again PAPER"
"""How a paper is read anew."""
_CLAIM = re.compile(
    r"\d|\b(?:largest|no|never|none|first|only|most|median|all|not (?:been )?(?:observed|reported|"
    r"described|seen|found|noted)|improv\w+|reduc\w+|prolong\w+|"
    r"reliev\w+|relief|quality of life|scores?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """One paper as it was read."""

    name: str
    """The folder under ``extracted/``."""
    document: str
    sha256: str
    format: str
    title: str | None
    series: tuple[str, ...]
    problems: tuple[dict[str, Any], ...]
    tables: int = 0
    also: tuple[tuple[str, str], ...] = ()
    """(file name, sha256) of the same paper in other formats, held against this one."""
    sentences: tuple[dict[str, Any], ...] = ()
    """Sentences that state a number or a claim, with page and box: what the audit holds against
    the tables."""
    legends: Legends = field(default_factory=Legends)
    """Where abbreviations are explained: the notes under the tables, and the running text."""
    read_with: str | None = None
    """Digest of what review.toml said to the reading; None in records that do not say."""

    @property
    def hashes(self) -> frozenset[str]:
        """Of every file of the paper."""
        return frozenset({self.sha256, *(sha for _, sha in self.also)})

    def to_text(self) -> str:
        """The record as JSON text."""
        plain = {
            "document": self.document,
            "sha256": self.sha256,
            "format": self.format,
            "title": self.title,
            "also": [list(pair) for pair in self.also],
            "tables": self.tables,
            "read_with": self.read_with,
            "series": list(self.series),
            "problems": list(self.problems),
            "legends": [{"table": label, "text": text} for label, text in self.legends.notes],
            "explained": list(self.legends.in_text),
            "sentences": list(self.sentences),
        }
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def read_with(protocol: Protocol, name: str) -> str:
    """Digest of what ``review.toml`` says to the reading of a source: drug, words, kind."""
    entry = next((entry for entry in protocol.source if entry.name == name), None)
    said = {
        "drug": protocol.drug.to_plain(),
        "vocabulary": protocol.vocabulary,
        "kind": entry and [entry.kind, entry.own_series],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def read_otherwise(records: Iterable[SourceRecord], protocol: Protocol) -> list[str]:
    """Documents that were read before ``review.toml`` said what it says to their reading now."""
    return [
        record.document
        for record in records
        if record.read_with not in (None, read_with(protocol, record.name))
    ]


def telling_sentences(document: Document) -> tuple[dict[str, Any], ...]:
    """Sentences of a document with a number or a word of claim; others are not kept."""
    from evidence.extraction.prose.sentences import read_sentences

    kept = []
    for sentence in read_sentences(document):
        if sentence.role != "title" and _CLAIM.search(sentence.text):
            plain: dict[str, Any] = {"text": sentence.text, "page": sentence.page}
            if sentence.box_pt is not None:
                plain["box"] = [round(x, 1) for x in sentence.box_pt]
            kept.append(plain)
    return tuple(kept)


def legends_of(document: Document) -> Legends:
    """The unmarked notes under the document's tables, and what its running text explains."""
    from evidence.table.audit.abbreviations import explained_in

    return Legends(
        notes=tuple(
            (grid.label or "", note.text)
            for grid in document.grids
            for note in grid.footnotes
            if note.mark is None
        ),
        in_text=explained_in("\n".join(block.text for block in document.blocks)),
    )


def _read_legends(plain: dict[str, Any]) -> Legends:
    """What ``to_text`` wrote; records of before held the notes without their table's number."""
    notes = (n if isinstance(n, dict) else {"text": n} for n in plain.get("legends", ()))
    return Legends(
        notes=tuple((n.get("table", ""), n["text"]) for n in notes),
        in_text=tuple(plain.get("explained", ())),
    )


def prose_of(records: Iterable[SourceRecord]) -> list[ProseSentence]:
    """The kept sentences of every source, for the audit."""
    from evidence.model.prose import ProseSentence

    return [
        ProseSentence(
            document=record.document,
            source=record.name,
            text=plain["text"],
            page=plain.get("page"),
            box_pt=tuple(plain["box"]) if plain.get("box") else None,
        )
        for record in records
        for plain in record.sentences
    ]


def read_record(folder: Path) -> SourceRecord | None:
    """The record in a source's folder, or None where there is none that can be read."""
    try:
        plain = json.loads((folder / RECORD_NAME).read_text(encoding="utf-8"))
        return SourceRecord(
            name=folder.name,
            document=plain["document"],
            sha256=plain["sha256"],
            format=plain["format"],
            title=plain.get("title"),
            series=tuple(plain["series"]),
            problems=tuple(plain["problems"]),
            tables=plain.get("tables", 0),
            read_with=plain.get("read_with"),
            also=tuple((name, sha) for name, sha in plain.get("also", ())),
            sentences=tuple(plain.get("sentences", ())),
            legends=_read_legends(plain),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def read_records(extracted: Path) -> list[SourceRecord]:
    """Records of every source folder, by name."""
    if not extracted.is_dir():
        return []
    records = (read_record(folder) for folder in sorted(extracted.iterdir()) if folder.is_dir())
    return [record for record in records if record is not None]
