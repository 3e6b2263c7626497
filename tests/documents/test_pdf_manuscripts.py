"""Manuscripts: double spaced, with numbers beside the lines; titles of several lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_made import FILLER, Made

from evidence.documents.base import Document
from evidence.documents.identify import doi_in
from evidence.documents.pdf import read_pdf

SENTENCE = "Nine of the twenty patients had a response and four had none."


def paragraphs(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind == "paragraph"]


@pytest.mark.parametrize(("margin", "first"), [(40, 1), (548, 118)])
@pytest.mark.parametrize("step", [1, 5])
def test_numbers_beside_the_lines_are_no_text(
    tmp_path: Path, margin: float, first: int, step: int
) -> None:
    """Every line, or every fifth, has its number in one of the margins."""
    made = Made(font_pt=10)
    lines = made.wrapped(" ".join([SENTENCE] * 60), 460)
    for k, line in enumerate(lines[:30]):
        made.put(72, 60 + 24 * k, line)
        if (first + k) % step == 0:
            number = str(first + k)
            made.put(margin - 4 * len(number), 60 + 24 * k, number, pt=6)
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    assert [b.text for b in document.blocks] == [" ".join(lines[:30])]


def test_numbers_of_rows_and_of_references_stay(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 60, "Table 1. Patients", bold=True)
    rows = [(str(k), f"{40 + k}", "CR" if k % 3 else "PD") for k in range(1, 13)]
    places = ((50, 80), (100, 160), (200, 260))
    made.table(places, [("No.", "Age", "Response"), *rows], 76, between=0)
    for k in range(1, 12):
        made.put(50, 300 + 24 * k, str(k))
        made.put(70, 300 + 24 * k, "Adams A, Brown B. Responses in twenty patients with a rare")
        made.put(70, 310 + 24 * k, f"disease. Ann Med 200{k % 10};12:{k}.")
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    (grid,) = document.grids
    assert [row[0].text for row in grid.rows[1:]] == [row[0] for row in rows]
    assert "11 Adams A" in " ".join(b.text for b in document.blocks)


def test_double_spaced_lines_are_one_paragraph(tmp_path: Path) -> None:
    made = Made(font_pt=10)
    made.put(72, 50, "Response of twenty patients treated at home", pt=18)
    y = 90.0
    for _ in range(3):
        for k, line in enumerate(made.wrapped(" ".join([SENTENCE] * 4), 440)):
            made.put(72 if k else 96, y, line)
            y += 24
    assert paragraphs(read_pdf(made.save(tmp_path / "a.pdf"))) == [" ".join([SENTENCE] * 4)] * 3


def test_a_title_goes_on_after_a_colon_and_beside_an_initial(tmp_path: Path) -> None:
    """The first letter of the text is larger than the title, as some journals set it."""
    made = Made()
    made.put(72, 60, "Running head: RESPONSE TO A TREATMENT AT HOME", pt=10)
    made.put(90, 100, "Response to a treatment given at home:", pt=18)
    made.put(120, 122, "Evidence from twenty patients", pt=18)
    made.put(72, 180, "C", pt=26)
    made.put(96, 180, "erebral disease was not seen in any of the twenty patients", pt=10)
    made.prose(72, 440, 194, FILLER)
    (title,) = [b for b in read_pdf(made.save(tmp_path / "a.pdf")).blocks if b.kind == "title"]
    assert title.text == "Response to a treatment given at home: Evidence from twenty patients"


def test_a_template_has_no_doi() -> None:
    assert doi_in("www.pnas.org/cgi/doi/10.1073/pnas.XXXXXXXXXX") is None
    assert doi_in("doi:10.1145/nnnnnnn.1234567 https://doi.org/10.1000/abc.5") == "10.1000/abc.5"
