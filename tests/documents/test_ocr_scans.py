"""Scanned pages: recognised offline, laid out like a PDF, doubt kept; pictures made here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.ocr import read_scan
from evidence.documents.ocr_read import Recognised, raw_page
from evidence.errors import UnreadableDocument

ROWS = [
    ("Series", "Patients", "CR", "Median months"),
    ("Doe 2003", "17", "4", "12.5"),
    ("Roe 2009", "22", "9", "8.0"),
    ("Poe 2012", "103", "0", "115.4"),
]


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A typeset page turned into a picture and put into a PDF without text."""
    fpdf = pytest.importorskip("fpdf", reason="needs fpdf2")
    import pypdfium2

    typeset = fpdf.FPDF(format="A5")
    typeset.add_page()
    typeset.set_font("Helvetica", size=11)
    typeset.text(15, 30, "Table 1. Responses of three made-up series")
    typeset.line(15, 34, 130, 34)
    for index, row in enumerate(ROWS):
        for column, text in enumerate(row):
            typeset.text(15 + 32 * column, 40 + 7 * index, text)
    typeset.line(15, 43, 130, 43)
    typeset.line(15, 65, 130, 65)
    page = pypdfium2.PdfDocument(bytes(typeset.output()))[0]
    picture = page.render(scale=200 / 72).to_pil().rotate(0.6, fillcolor="white")
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    picture.convert("L").save(path, "PDF", resolution=200)
    return path


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
