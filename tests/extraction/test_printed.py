"""The box of a value is of its own words: of that occurrence, and of nothing else."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.documents import read_document
from evidence.documents.base import Box, Cell, CellLine
from evidence.extraction import extract
from evidence.extraction.printed import char_places, place_of
from evidence.model.source import ReadingNote

WORDS = st.lists(
    st.sampled_from(["1", "1", "(1)", "12", "CR", "death", "infection,", "a-"]), max_size=9
)
LINES = st.lists(WORDS.filter(bool).map(" ".join), min_size=1, max_size=4)


def printed(lines: list[str], *, text: str, by_char: bool) -> Cell:
    """A cell whose characters are ten points wide and high."""
    made = []
    for row, line in enumerate(lines):
        boxes = [(10.0 * x, 10.0 * row, 10.0 * x + 10, 10.0 * row + 10) for x in range(len(line))]
        whole = (0.0, 10.0 * row, 10.0 * len(line), 10.0 * row + 10)
        made.append(CellLine(text=line, box_pt=whole, char_boxes_pt=tuple(boxes) * by_char))
    return Cell(text=text, page=1, box_pt=(0, 0, 999, 999), lines=tuple(made))


@settings(max_examples=60)
@given(lines=LINES, by_char=st.booleans())
def test_every_word_has_the_box_of_its_own_occurrence(lines: list[str], by_char: bool) -> None:
    text = " ".join(lines)
    cell = printed(lines, text=text, by_char=by_char)
    places = char_places(cell, text)
    boxes = []
    for word in re.finditer(r"\d+|[^\W\d]+", text):
        page, box = place_of(cell, places[word.start() : word.end()])
        assert page == 1 and box is not None
        row, x = round(box[1] / 10), round(box[0] / 10)
        assert lines[row][x : round(box[2] / 10)] == word.group()
        assert len(" ".join([*lines[:row], ""])) + x == word.start()
        boxes.append(box)
    assert len(set(boxes)) == len(boxes)


def test_a_hyphen_of_the_line_end_and_a_mark_are_no_part_of_the_text() -> None:
    cell = printed(
        ["1 neutro-", "penia (1)*, 1 rash"], text="1 neutropenia (1), 1 rash", by_char=True
    )
    places = char_places(cell, cell.text)
    spots = [place_of(cell, places[at : at + 1])[1] for at in (0, 15, 19)]
    assert spots == [(0, 0, 10, 10), (70, 10, 80, 20), (120, 10, 130, 20)]
    assert place_of(cell, places[2:13])[1] == (0, 0, 80, 20)  # over the line end


def test_a_cell_whose_print_is_unknown_gives_its_own_box() -> None:
    cell = Cell(text="1 death, 1 rash", page=2, box_pt=(1, 2, 3, 4))
    assert place_of(cell, char_places(cell, cell.text)[0:1]) == (2, (1, 2, 3, 4))


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def characters(page: Any) -> list[tuple[float, float, str]]:
    """(x, y, character): the middle of everything pdfium prints, from the top left."""
    text, height = page.get_textpage(), page.get_height()
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    return [
        ((left + right) / 2, height - (bottom + top) / 2, chr(raw.FPDFText_GetUnicode(text, at)))
        for at, (left, bottom, right, top) in enumerate(boxes)
    ]


def under(page: list[tuple[float, float, str]], box: Box) -> str:
    """The characters whose middle stands in a box."""
    x0, top, x1, bottom = box
    slack = 0.1  # boxes are rounded to a tenth of a point
    found = (c for x, y, c in page if x0 - slack <= x <= x1 + slack and top <= y <= bottom)
    return letters("".join(found))


def test_the_text_under_each_box_of_a_paper_is_the_words_of_its_value(shared: Path) -> None:
    path = shared / "sources" / "actas-2015.pdf"
    pages = [characters(page) for page in pypdfium2.PdfDocument(path)]
    seen: dict[tuple[str | None, Box], ReadingNote] = {}
    wrapped = 0
    for series in extract(read_document(path)).series:
        for note in series.readings.values():
            if note.box is None or note.page is None or series.cells[note.cell or ""].row is None:
                continue
            shown, words = under(pages[note.page - 1], note.box), letters(note.text or "")
            over_lines = note.box[3] - note.box[1] > 12  # more than one line of 7-point print
            wrapped += over_lines
            assert shown == words or over_lines, (series.series, note)
            place = (f"{series.series} {note.cell}", note.box)
            assert seen.setdefault(place, note).text == note.text
    assert len(seen) > 200 and wrapped < len(seen) / 5
