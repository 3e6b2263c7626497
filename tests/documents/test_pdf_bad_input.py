"""Files that are no PDF, are broken or are made to break a reader."""

from __future__ import annotations

import random
import re
import resource
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from fpdf.enums import EncryptionMethod
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_made import FILLER, ROWS, Made, three_rule_table

from evidence.documents.base import Document, Grid
from evidence.documents.pdf import read_pdf
from evidence.documents.pdf_ink import Miner
from evidence.documents.pdf_limit import PageTimeout, page_limit
from evidence.errors import UnreadableDocument


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = Made()
    three_rule_table(made, 100, ROWS, "Table 1. Series")
    made.prose(50, 480, 500, FILLER)
    made.page()
    made.prose(50, 480, 100, FILLER)
    return made.save(tmp_path_factory.mktemp("made") / "paper.pdf").read_bytes()


def refused(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_pdf(path)
    assert caught.value.exit_code == 3
    problem = caught.value.problems[0]
    assert problem.remedy and problem.source and problem.source.document == path.name
    assert "found" in problem.message and "expected" in problem.message
    return problem.code


@pytest.mark.parametrize(
    "content",
    [b"", b"   \n", b"<!DOCTYPE html><p>Table 1", b"PK\x03\x04rest", b"\x89PNG....", b"author,n\n"],
)
def test_a_file_that_is_no_pdf(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    assert refused(path) == "not-a-pdf"


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    made = Made()
    made.put(50, 50, "secret")
    made.pdf.set_encryption(
        owner_password="b", user_password="a", encryption_method=EncryptionMethod.RC4
    )
    assert refused(made.save(tmp_path / "paper.pdf")) == "encrypted"


def test_a_truncated_pdf(tmp_path: Path, paper: bytes) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper[:300])
    assert refused(path) == "truncated"


def test_pictures_without_text_name_the_ocr_extra(tmp_path: Path) -> None:
    made = Made()
    made.bar(50, 500, 50, height=300)
    path = made.save(tmp_path / "paper.pdf")
    assert refused(path) == "no-text-layer"
    with pytest.raises(UnreadableDocument, match="ocr"):
        read_pdf(path)


def test_a_failing_page_costs_only_itself(
    tmp_path: Path, paper: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper)

    def broken(miner: Miner, number: int) -> None:
        raise TypeError("a mutated MediaBox")

    monkeypatch.setattr(Miner, "read", broken)
    document = read_pdf(path)
    assert [(p.code, p.source and p.source.page) for p in document.problems] == [
        ("page-unreadable", 1)
    ]
    assert [page.number for page in document.pages] == [1, 2]
    assert document.grids == ()


def test_a_page_that_hangs_is_stopped() -> None:
    start = time.monotonic()
    with pytest.raises(PageTimeout), page_limit(0.1):
        while True:
            pass
    assert time.monotonic() - start < 2  # generous: a loaded machine


def test_pages_can_be_chosen(tmp_path: Path, paper: bytes) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper)
    assert [p.number for p in read_pdf(path, pages=[2, 99]).pages] == [2]
    assert read_pdf(path, tables=False).grids == ()


def test_tables_are_the_same_without_the_text(tmp_path: Path, paper: bytes) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper)
    whole, tables = read_pdf(path), read_pdf(path, text=False)
    assert tables.grids == whole.grids and tables.problems == whole.problems
    assert whole.blocks and tables.blocks == ()


def test_uncaptioned_tables_are_found_without_the_text(tmp_path: Path) -> None:
    made = Made()
    three_rule_table(made, 100, ROWS, "Published series")
    path = made.save(tmp_path / "paper.pdf")
    assert read_pdf(path, text=False).grids == read_pdf(path).grids != ()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)),
        min_size=1,
        max_size=6,
    ),
    st.floats(0.5, 1),
)
def test_mutated_pdfs_are_read_or_refused(
    tmp_path: Path, paper: bytes, changes: list[tuple[float, bytes]], keep: float
) -> None:
    content = bytearray(paper[: int(len(paper) * keep)] if keep < 0.9 else paper)
    for at, patch in changes:
        start = int(at * len(content))
        content[start : start + len(patch)] = patch
    path = tmp_path / "paper.pdf"
    path.write_bytes(bytes(content))
    try:
        document = read_pdf(path)
    except UnreadableDocument as error:
        assert error.problems[0].remedy
    else:
        assert isinstance(document, Document)


NAMED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 300]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R>>>>>>endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
6 0 obj<</Type/Font/Subtype/Type1/BaseFont/AdvP1/FirstChar 1/LastChar 2/Widths[600 600]
/Encoding<</Type/Encoding/Differences[1/C0/G99]>>
/FontDescriptor<</Type/FontDescriptor/FontName/AdvP1/Flags 4/Ascent 700/Descent -200
/FontBBox[0 0 600 700]/ItalicAngle 0/CapHeight 700/StemV 80>>>>endobj
4 0 obj<</Length %d>>stream
%s
endstream endobj
trailer<</Root 1 0 R>>
%%%%EOF
"""


def test_glyphs_known_by_name_only(tmp_path: Path) -> None:
    """C0 is TeX's cmsy code of the minus sign; G99 is nobody's name and must be reported."""
    ink = b"0.5 w 20 260 m 280 260 l S 20 240 m 280 240 l S 20 180 m 280 180 l S\n"
    ink += b"BT /F 9 Tf 20 265 Td (Table 1. Change) Tj ET\n"
    for k, (name, value) in enumerate(
        [
            (b"Name", b"/F 9 Tf (Value) Tj"),
            (b"Weight", b"/G 9 Tf (\\001) Tj /F 9 Tf (2.5) Tj"),
            (b"Height", b"/G 9 Tf (\\002) Tj /F 9 Tf (7.1) Tj"),
            (b"Dose", b"/F 9 Tf (30) Tj"),
        ]
    ):
        y = 248 if k == 0 else 230 - 18 * (k - 1)
        ink += b"BT /F 9 Tf 20 %d Td (%s) Tj ET BT 150 %d Td %s ET\n" % (y, name, y, value)
    path = tmp_path / "named.pdf"
    path.write_bytes(NAMED % (len(ink), ink))
    document = read_pdf(path)
    values = [row[1] for row in document.grids[0].rows[1:]]
    assert [cell.plain for cell in values] == ["−2.5", "(cid:2)7.1", "30"]
    assert values[0].doubt is None and values[1].doubt
    assert [p.code for p in document.problems] == ["unmapped-glyph"]


def test_print_far_off_the_page_costs_nothing(tmp_path: Path, paper: bytes) -> None:
    """A broken number may set a word a billion points away: it is not on the page."""
    whole = tmp_path / "paper.pdf"
    whole.write_bytes(paper)
    made = Made()
    three_rule_table(made, 100, ROWS, "Table 1. Series")
    made.prose(50, 480, 500, FILLER)
    made.put(1e9, 120, "gone")
    made.put(60, -1e9, "gone")
    made.rule(-1e9, 1e9, 760)
    far = made.save(tmp_path / "far.pdf")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    document = read_pdf(far)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100_000  # kB; reading the same page takes a few thousand
    assert [texts_of(g) for g in document.grids] == [texts_of(g) for g in read_pdf(whole).grids]


def texts_of(grid: Grid) -> list[list[str]]:
    return [[cell.plain for cell in row] for row in grid.rows]


def test_a_page_beyond_the_format_is_named(tmp_path: Path, paper: bytes) -> None:
    path = tmp_path / "paper.pdf"
    made = Made(size=(1e7, 842))
    three_rule_table(made, 100, ROWS, "Table 1. Series")
    document = read_pdf(made.save(path))
    assert document.grids == ()
    assert {problem.code for problem in document.problems} == {"page-unreadable"}


def test_an_alarm_while_the_limit_is_lifted_is_a_timeout_too() -> None:
    """A signal may arrive between the end of the block and the end of its limit."""
    limit = page_limit(60)
    with pytest.raises(PageTimeout), limit:
        limit._stop(0, SimpleNamespace(f_code=page_limit.__exit__.__code__))  # type: ignore[arg-type]


OBJECT = re.compile(rb"\d+ 0 obj.*?endobj", re.S)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 10**6), st.sampled_from(["drop", "repeat", "number"]), st.integers(1, 4))
def test_pdfs_with_objects_missing_repeated_or_with_wild_numbers(
    tmp_path: Path, paper: bytes, seed: int, kind: str, times: int
) -> None:
    content = bytearray(paper)
    chosen = random.Random(seed)
    for _ in range(times):
        pattern = rb"-?\d+(?:\.\d+)?" if kind == "number" else OBJECT
        found = [match.span() for match in re.finditer(pattern, bytes(content))]
        if not found:
            break
        start, end = chosen.choice(found)
        if kind == "drop":
            del content[start:end]
        elif kind == "repeat":
            content[start:start] = content[start:end]
        else:
            content[start:end] = chosen.choice([b"0", b"-1", b"99999999", b"1e12", b"0.0001"])
    path = tmp_path / "paper.pdf"
    path.write_bytes(bytes(content))
    try:
        document = read_pdf(path)
    except UnreadableDocument as error:
        assert error.problems[0].remedy
    else:
        assert isinstance(document, Document)


def test_broken_print_is_told_and_not_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ink = b"0.5 w 20 260 m 280 260 l S 20 240 m 280 240 l S 20 180 m 280 180 l S\n"
    ink += b"BT /F 9 Tf 20 265 Td (Table 1. Change) Tj ET BT 1 0 (x) 1 5 5 Tm (gone) Tj ET\n"
    for k, (name, value) in enumerate([(b"Name", b"Value"), (b"Dose", b"3"), (b"Age", b"61")]):
        ink += b"BT /F 9 Tf 20 %d Td (%s) Tj 130 0 Td (%s) Tj ET\n" % (248 - 24 * k, name, value)
    path = tmp_path / "broken.pdf"
    path.write_bytes(NAMED % (len(ink), ink))
    document = read_pdf(path)
    assert [(p.code, p.source and p.source.page) for p in document.problems] == [
        ("page-damaged", 1)
    ]
    assert texts_of(document.grids[0])[1:] == [["Dose", "3"], ["Age", "61"]]
    assert "matrix" not in capfd.readouterr().err
