"""How characters and rules are put on the page: what a reader must see through."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_made import FILLER, HEAD, Made, three_rule_table

from evidence.documents.base import Grid
from evidence.documents.pdf import read_pdf
from evidence.documents.pdf_bitmaps import characters_by_code

COLUMNS = ((50, 170), (200, 280), (310, 400))
ROWS = [
    ("Complete response", "2.5", "7.25"),
    ("Partial response", "11.0", "3.5"),
    ("None", "0", "1"),
]


def only(path: Path) -> Grid:
    (grid,) = read_pdf(path).grids
    return grid


def body(grid: Grid) -> list[list[str]]:
    return [[c.plain for c in row] for row in grid.rows[grid.header_rows :]]


def ruled(made: Made, rows: list[tuple[str, ...]], y: float = 92) -> float:
    made.put(50, y, "Table 1. Outcomes", bold=True)
    made.rule(50, 410, y + 8)
    y = made.table(COLUMNS, [("Outcome", "SC", "IV")], y + 20, bold=True)
    made.rule(50, 410, y - 8)
    y = made.table(COLUMNS, rows, y + 3)
    made.rule(50, 410, y - 8)
    return y


def test_rules_drawn_as_curves(tmp_path: Path) -> None:
    """Some programs write every stroke as Bezier curves."""
    made = Made()
    made.put(50, 92, "Table 1. Outcomes", bold=True)
    made.table(COLUMNS, [("Outcome", "SC", "IV")], 112)
    made.table(COLUMNS, ROWS, 126)
    for y in (100, 116, 126 + 13.5 * len(ROWS) - 8):
        top = 842 - y
        made.pdf._out(f"0.5 w 50 {top} m 170 {top} 290 {top} 410 {top} c S")
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in ROWS]


def test_a_page_head_ruled_as_wide_as_the_table(tmp_path: Path) -> None:
    """The rule under the running head has the table's width; the table's own begin below it."""
    made = Made()
    made.put(50, 38, "Journal of Examples 2011", pt=7)
    made.rule(50, 410, 42)
    ruled(made, ROWS, 64)
    made.prose(50, 360, 300, FILLER)
    made.rule(50, 410, 800)
    made.put(50, 810, "Page 3", pt=7)
    grid = only(made.save(tmp_path / "a.pdf"))
    assert [c.plain for c in grid.rows[0]] == ["Outcome", "SC", "IV"]
    assert body(grid) == [list(row) for row in ROWS]


@pytest.mark.parametrize("turn", [0, 90])
def test_characters_written_last_to_first(tmp_path: Path, turn: int) -> None:
    """Files that set each character by itself, from the end of the line to its start."""
    made = Made()

    def put(x: float, y: float, text: str, **style: object) -> float:
        made.pdf.set_font("Helvetica", "", 8)
        places = [x + made.width(text[:k]) for k in range(len(text))]
        for at, char in reversed(list(zip(places, text, strict=True))):
            made.pdf.text(at, y, char)
        return x

    made.put = put  # type: ignore[method-assign]
    with made.pdf.rotation(turn, x=297.5, y=421):
        ruled(made, ROWS, 300)
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in ROWS]


def test_several_rows_between_two_rules(tmp_path: Path) -> None:
    """Rules part groups of rows, and each group holds more than one."""
    made = Made()
    made.put(50, 92, "Table 1. Outcomes", bold=True)
    made.rule(50, 410, 100)
    made.table(COLUMNS, [("Outcome", "SC", "IV")], 112)
    made.rule(50, 410, 116)
    rows = [(f"Outcome {k}", f"{k}.5", f"{k + 9} (1{k}%)") for k in range(1, 10)]
    y = 128.0
    for k in range(0, 9, 3):
        y = made.table(COLUMNS, rows[k : k + 3], y, between=0)
        made.rule(50, 410, y - 6)
        y += 6
    assert body(only(made.save(tmp_path / "a.pdf"))) == [list(row) for row in rows]


def test_mid_dot_decimals_and_signs(tmp_path: Path) -> None:
    made = Made()
    made.pdf.core_fonts_encoding = "windows-1252"
    rows = [
        ("Change", "\u20132\u00b75 (\u20133\u00b71 to 0\u00b74)", "1\u00b70 \u00b1 0\u00b72"),
        ("Dose", "0\u00b75 \u00d7 10^9/L", "\u2014"),
        ("Temperature", "38\u00b72 \u00b0C", "5 \u00b5g"),
    ]
    ruled(made, rows)
    assert body(only(made.save(tmp_path / "a.pdf"))) == [
        ["Change", "\u20132\u00b75 (\u20133\u00b71 to 0\u00b74)", "1\u00b70 \u00b1 0\u00b72"],
        ["Dose", "0\u00b75 \u00d7 10\u2079/L", "\u2014"],
        ["Temperature", "38\u00b72 \u00b0C", "5 \u00b5g"],
    ]


def test_ligatures_are_their_letters(tmp_path: Path) -> None:
    """A font whose codes 1 and 2 are the glyphs fi and ffl by name."""
    ink = b"0.5 w 20 260 m 280 260 l S 20 240 m 280 240 l S 20 180 m 280 180 l S\n"
    ink += b"BT /F 9 Tf 20 265 Td (Table 1. Change) Tj ET\n"
    cells = [(b"Item", b"Value"), (b"\\001nding", b"12"), (b"su\\002e", b"7"), (b"Dose", b"30")]
    for k, (name, value) in enumerate(cells):
        y = 248 if k == 0 else 230 - 18 * (k - 1)
        ink += b"BT /F 9 Tf 20 %d Td (%s) Tj ET BT /F 9 Tf 150 %d Td (%s) Tj ET\n" % (
            y, name, y, value,
        )  # fmt: skip
    path = tmp_path / "a.pdf"
    path.write_bytes(LIGATURES % (len(ink), ink))
    assert body(only(path)) == [["finding", "12"], ["suffle", "7"], ["Dose", "30"]]


LIGATURES = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 300]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica
/Encoding<</Type/Encoding/Differences[1/fi/ffl]>>>>endobj
4 0 obj<</Length %d>>stream
%s
endstream endobj
trailer<</Root 1 0 R>>
%%%%EOF
"""


def test_bitmaps_of_tex_are_read_by_their_encodings() -> None:
    """Codes of T1 and TS1: LaTeX font encodings (2024), tables of both."""
    letters = {28: "a28", 65: "a65", 233: "a233", 21: "a21", 22: ".notdef"}
    signs = {177: "a177", 191: "a191", 200: "a200"}
    cyrillic = {65: "a65"} | {code: f"a{code}" for code in range(192, 256)}
    assert characters_by_code(letters) == {28: "fi", 65: "A", 233: "é", 21: "–"}
    assert characters_by_code(signs) == {177: "±", 191: "€", 200: None}
    assert characters_by_code(cyrillic)[233] is None
    assert characters_by_code({65: "A", 66: "a66"}) == {}


def test_a_bitmap_font_gives_its_signs(tmp_path: Path) -> None:
    """Where the name of a glyph is its code, the base encoding would make a dash of ±."""
    ink = b"0.5 w 20 260 m 280 260 l S 20 240 m 280 240 l S 20 180 m 280 180 l S\n"
    ink += b"BT /F 9 Tf 20 265 Td (Table 1. Change) Tj ET\n"
    rows = (("Item", "Value"), ("Dose", "12"), ("Mean", "7"), ("SD", "3"))
    for k, (name, value) in enumerate(rows):
        y = 248 if k == 0 else 230 - 18 * (k - 1)
        ink += f"BT /F 9 Tf 20 {y} Td ({name}) Tj 130 0 Td ({value}) Tj".encode()
        ink += rb" /G 9 Tf (\261) Tj /F 9 Tf (4) Tj ET " if k else b" ET "
    path = tmp_path / "a.pdf"
    path.write_bytes(BITMAPS % (len(ink), ink))
    assert body(only(path)) == [["Dose", "12±4"], ["Mean", "7±4"], ["SD", "3±4"]]


BITMAPS = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 300]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R
/Resources<</Font<</F 5 0 R/G 6 0 R>>>>>>endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
6 0 obj<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 500 700]
/FirstChar 177/LastChar 177/Widths[600]/CharProcs<</a177 7 0 R>>
/Encoding<</Type/Encoding/Differences[177/a177]>>>>endobj
7 0 obj<</Length 38>>stream
600 0 0 0 500 700 d1 0 0 500 700 re f
endstream endobj
4 0 obj<</Length %d>>stream
%s
endstream endobj
trailer<</Root 1 0 R>>
%%%%EOF
"""


def test_hyphens_at_line_ends_of_cells(tmp_path: Path) -> None:
    """A word the paper prints whole elsewhere loses its hyphen, any other keeps it."""
    made = Made()
    made.put(50, 400, "The neutropenia of grade four was seen twice in all.")
    made.put(50, 92, "Table 2. Events", bold=True)
    made.rule(50, 410, 100)
    made.table(COLUMNS, [("Event", "SC", "IV")], 112)
    made.rule(50, 410, 116)
    for k, (one, two) in enumerate(
        (("Severe neutro-", "penia"), ("Infections of non-", "treated"))
    ):
        made.put(50, 130 + 26 * k, one)
        made.put(50, 139 + 26 * k, two)
        made.put(200, 130 + 26 * k, "4")
        made.put(310, 130 + 26 * k, "5")
    made.rule(50, 410, 175)
    grid = read_pdf(made.save(tmp_path / "a.pdf")).grids[-1]
    assert [row[0] for row in body(grid)] == ["Severe neutropenia", "Infections of non-treated"]


def test_a_table_over_both_columns_between_their_prose(tmp_path: Path) -> None:
    made = Made()
    for x in (45, 310):
        made.prose(x, 240, 60, FILLER)
    rows = [("Adams (1998)", "22 MF", "10 mg SC", "CR 32%", "Sepsis (2)")] * 4
    y = three_rule_table(made, 420, rows, "Table 2. Published series", head=HEAD)
    for x in (45, 310):
        made.prose(x, 240, y + 30, FILLER[:60])
    document = read_pdf(made.save(tmp_path / "a.pdf"))
    assert body(document.grids[0]) == [list(row) for row in rows]
    assert "Sepsis" not in " ".join(block.text for block in document.blocks)
