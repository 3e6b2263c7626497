"""Scanned pages: recognised offline, laid out like a PDF, doubt kept; pictures made here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from evidence.documents import read_document
from evidence.documents.base import Grid
from evidence.documents.ocr import read_scan
from evidence.documents.ocr_read import Recognised, raw_page
from evidence.errors import Severity, UnreadableDocument

ROWS = [
    ("Series", "Patients", "CR", "Median months"),
    ("Doe 2003", "17", "4", "12.5"),
    ("Roe 2009", "22", "9", "8.0"),
    ("Poe 2012", "103", "0", "115.4"),
]


def typeset(label: str = "1", *, prose: int = 0) -> Any:
    """A page with the table of ``ROWS``, and lines of text in two columns below it."""
    fpdf = pytest.importorskip("fpdf", reason="needs fpdf2")
    made = fpdf.FPDF(format="A5")
    made.add_page()
    made.set_font("Helvetica", size=11)
    made.text(15, 30, f"Table {label}. Responses of three made-up series")
    made.line(15, 34, 130, 34)
    for index, row in enumerate(ROWS):
        for column, text in enumerate(row):
            made.text(15 + 32 * column, 40 + 7 * index, text)
    made.line(15, 43, 130, 43)
    made.line(15, 65, 130, 65)
    for index in range(prose):
        made.set_font("Helvetica", size=9)
        made.text(15, 80 + 5 * index, f"Left column, line {index} of its text")
        made.text(80, 82 + 5 * index, f"Right column, line {index} of its text")
    return made


def pictured(made: Any, *, degrees: float = 0.0, dpi: int = 200, share: float = 1.0) -> Any:
    """The upper share of a typeset document's first page as a picture, turned clockwise."""
    import pypdfium2

    page = pypdfium2.PdfDocument(bytes(made.output()))[0]
    picture = page.render(scale=dpi / 72).to_pil()
    picture = picture.crop((0, 0, picture.width, int(share * picture.height)))
    return picture.rotate(-degrees, fillcolor="white", expand=degrees % 90 == 0).convert("L")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A typeset page turned into a slightly skewed picture and put into a PDF without text."""
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    pictured(typeset(), degrees=-0.6).save(path, "PDF", resolution=200)
    return path


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with text and, behind it, one that is a picture under a printed stamp."""
    import io

    made = typeset()
    picture = io.BytesIO()
    pictured(typeset("2")).save(picture, "PNG")
    made.add_page()
    made.image(picture, x=0, y=0, w=made.w, h=made.h)
    made.set_font("Helvetica", size=6)
    made.text(60, 207, "Downloaded from a library on 1 May")
    path = tmp_path_factory.mktemp("mixed") / "mixed.pdf"
    path.write_bytes(bytes(made.output()))
    return path


def rows_of(grid: Grid) -> list[list[str]]:
    return [[cell.text.replace(" ", "") for cell in row] for row in grid.rows]


EXPECTED = [[text.replace(" ", "") for text in row] for row in ROWS]


def test_a_scanned_page_among_others_is_recognised(mixed: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="needs the ocr extra")
    document = read_document(mixed)
    assert [(g.label, g.pages, g.doubt is None) for g in document.grids] == [
        ("1", (1,), True),
        ("2", (2,), False),
    ]
    assert [rows_of(grid) for grid in document.grids] == [EXPECTED, EXPECTED]
    (note,) = [p for p in document.problems if p.code == "read-by-ocr"]
    assert note.source is not None and note.source.page == 2


def test_without_the_extra_a_scanned_page_costs_itself_and_says_so(
    mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.documents.pdf_picture.find_spec", lambda name: None)
    document = read_document(mixed)
    assert [rows_of(grid) for grid in document.grids] == [EXPECTED]
    (problem,) = document.problems
    assert problem.code == "page-without-text" and problem.severity is Severity.ERROR
    assert problem.source is not None and problem.source.page == 2
    assert "evidence[ocr]" in problem.remedy
    assert [page.number for page in document.pages] == [1, 2]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_scan_that_stands_sideways_or_on_its_head(tmp_path: Path, degrees: int) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="needs the ocr extra")
    path = tmp_path / "turned.pdf"
    picture = pictured(typeset(), degrees=degrees, dpi=150, share=0.5)
    picture.save(path, "PDF", resolution=150)
    (grid,) = read_document(path).grids
    assert rows_of(grid) == EXPECTED
    box = grid.rows[0][0].box_pt
    assert box is not None and grid.box_pt is not None
    tall = box[3] - box[1] > box[2] - box[0]
    assert tall == (degrees != 180)
    left, top = box[0] < picture.width * 72 / 150 / 2, box[1] < picture.height * 72 / 150 / 2
    assert (left, top) == {90: (False, True), 180: (False, False), 270: (True, False)}[degrees]


def test_two_columns_of_a_scan_are_read_one_after_the_other(tmp_path: Path) -> None:
    """Lines of the columns stand at different heights; the table above them spans both."""
    pytest.importorskip("rapidocr_onnxruntime", reason="needs the ocr extra")
    path = tmp_path / "columns.pdf"
    pictured(typeset(prose=10), dpi=150, share=0.66).save(path, "PDF", resolution=150)
    document = read_document(path)
    assert rows_of(document.grids[0]) == EXPECTED
    lines = [line.text for line in document.pages[0].lines if "column" in line.text]
    sides = ["Left" if line.startswith("Left") else "Right" for line in lines]
    assert sides == ["Left"] * 10 + ["Right"] * 10


def test_a_scan_keeps_every_number_in_its_row(scan: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="needs the ocr extra")
    document = read_document(scan)
    (grid,) = document.grids
    assert grid.label == "1"
    assert [[c.text.replace(" ", "") for c in row] for row in grid.rows] == [
        [text.replace(" ", "") for text in row] for row in ROWS
    ]
    assert grid.doubt
    assert all(c.page == 1 and c.box_pt for row in grid.rows for c in row)
    assert "read-by-ocr" in {problem.code for problem in document.problems}


def test_without_the_package_the_extra_is_named(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    with pytest.raises(UnreadableDocument, match=r"evidence\[ocr\]"):
        read_scan(scan)


def test_a_broken_scan_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="needs the ocr extra")
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\n broken")
    with pytest.raises(UnreadableDocument):
        read_scan(path)


def test_pages_that_lead_back_to_themselves_are_named(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    path = tmp_path / "loop.pdf"
    path.write_bytes(
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\ntrailer<</Size 3/Root 1 0 R>>\n"
    )
    problems = [problem for problem in read_scan(path).problems if problem.remedy]
    assert [p.code for p in problems].count("page-unreadable") == 2


def test_stretches_of_one_line_share_their_baseline() -> None:
    def piece(text: str, x0: float, top: float) -> Recognised:
        places = tuple((char, x0 + 10 * i, x0 + 10 * i + 9) for i, char in enumerate(text))
        box = (x0, top, x0 + 10 * len(text), top + 30)
        return Recognised(text=text, confidence=0.9, box=box, places=places)

    found = [piece("Doe", 0, 100), piece("17", 200, 104), piece("Roe", 0, 140)]
    page = raw_page(1, found, (400, 300), 200.0)
    bases = {glyph.text: glyph.base for glyph in page.glyphs}
    assert bases["D"] == bases["7"] != bases["R"]


def test_pale_rules_and_tints_are_found_and_text_is_none() -> None:
    pytest.importorskip("cv2", reason="needs the ocr extra")
    import numpy as np

    from evidence.documents.ocr_read import find_rules, find_shades

    picture = np.full((600, 1000, 3), 250, dtype=np.uint8)
    picture[100:102, 100:900] = 200
    picture[200:260, 100:900] = 220
    for left in range(100, 900, 12):
        picture[400:416, left : left + 6] = 20
    (rule,) = find_rules(picture, 200.0)
    assert rule.x1 - rule.x0 == pytest.approx(800 * 0.36, abs=20)  # px to points at 200 dpi
    (shade,) = find_shades(picture, 200.0)
    assert shade[3] - shade[1] == pytest.approx(60 * 0.36, abs=3)
