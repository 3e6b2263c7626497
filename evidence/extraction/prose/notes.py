"""Readings of a series: each value's cell or sentence, its checks and its doubts."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.sentences import Sentence
from evidence.model.source import CellSource, How, ReadingNote


@dataclass(slots=True, kw_only=True)
class Notes:
    """Cells by key and notes by path, as a series file holds them."""

    cells: dict[str, CellSource] = field(default_factory=dict)
    readings: dict[str, ReadingNote] = field(default_factory=dict)

    def cell(
        self, path: str, source: CellSource, text: str | None = None, *,
        how: How = How.STATED, checked: tuple[str, ...] = (), doubt: str | None = None,
    ) -> None:  # fmt: skip
        """Note a value read from a table's cell."""
        name = f"table {source.table or '?'}, row {source.row}, {source.column or 'column'}"
        key, number = name, 2
        while self.cells.get(key, source) != source:
            key, number = f"{name} ({number})", number + 1
        self.cells[key] = source
        self.readings[path] = ReadingNote(
            cell=key, text=text, page=source.page, box=source.box, how=how, checked=checked,
            doubt=doubt,
        )  # fmt: skip

    def sentence(self, path: str, fact: ProseFact, *, how: How = How.STATED,
                 checked: tuple[str, ...] = (), doubt: str | None = None) -> None:  # fmt: skip
        """Note a value read from a sentence."""
        self._put(path, fact.sentence, fact.words, fact.page, fact.box_pt, how, checked, doubt)

    def words(
        self, path: str, sentence: Sentence, text: str, *, checked: tuple[str, ...] = (),
        doubt: str | None = None, how: How = How.STATED,
    ) -> None:  # fmt: skip
        """Note a value read from a clause of a sentence."""
        self._put(path, sentence.text, text, sentence.page, sentence.box_pt, how, checked, doubt)

    def _put(self, path: str, sentence: str, text: str, page: int | None,
             box: tuple[float, float, float, float] | None, how: How, checked: tuple[str, ...],
             doubt: str | None) -> None:  # fmt: skip
        known = next(
            (k for k, c in self.cells.items() if c.text == sentence and c.table is None), None
        )
        key = known or f"sentence {1 + sum(k.startswith('sentence') for k in self.cells)}"
        self.cells.setdefault(key, CellSource(page=page, box=box, text=sentence))
        self.readings[path] = ReadingNote(
            cell=key, text=text, page=page, box=box, how=how, checked=checked, doubt=doubt
        )
