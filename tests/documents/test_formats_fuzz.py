"""Hostile and damaged files of every format: a document or a refusal, in time and memory."""

from __future__ import annotations

import io
import os
import random
import resource
import socket
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.documents import read_document
from evidence.documents.base import Document
from evidence.errors import UnreadableDocument
from tests.documents.html_made import PUBLISHERS
from tests.documents.office_made import word_document, workbook_with_shared_strings, zipped
from tests.documents.test_jats_dialects import ELSEVIER
from tests.documents.test_registry_fuzz import mutate

SECONDS = 10.0
MEGABYTES = 250
EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PAGE = "<html><body>" + "".join(PUBLISHERS.values()) + "</body></html>"
ROWS = "".join(
    f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='1'/></w:tcPr><w:p><w:r><w:t>{at}</w:t></w:r></w:p>"
    f"</w:tc><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
    for at in range(3)
)
OFFICE = {
    "a.docx": (word_document(f"<w:tbl>{ROWS}</w:tbl>"), "word/document.xml"),
    "a.xlsx": (workbook_with_shared_strings(), "xl/worksheets/sheet1.xml"),
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def survive(path: Path) -> Document | None:
    """The document, or None where the file is refused with a mend; in time."""
    started = time.monotonic()
    try:
        document = read_document(path)
    except UnreadableDocument as error:
        assert error.exit_code == 3
        assert all(problem.remedy and problem.source for problem in error.problems)
        return None
    finally:
        assert time.monotonic() - started < SECONDS
    for grid in document.grids:
        assert len({len(row) for row in grid.matrix()}) <= 1
    return document


@pytest.mark.parametrize(("name", "content"), [("a.html", PAGE), ("a.xml", ELSEVIER)])
@EXAMPLES
@given(seed=st.integers(0, 10**9))
def test_damaged_markup(tmp_path: Path, name: str, content: str, seed: int) -> None:
    path = tmp_path / name
    path.write_bytes(mutate(content.encode(), seed))
    survive(path)


@pytest.mark.parametrize("name", sorted(OFFICE))
@EXAMPLES
@given(seed=st.integers(0, 10**9), inside=st.booleans())
def test_damaged_office_files(tmp_path: Path, name: str, seed: int, inside: bool) -> None:
    content, part = OFFICE[name]
    path = tmp_path / name
    path.write_bytes(_mutated_part(content, part, seed) if inside else mutate(content, seed))
    survive(path)


def _mutated_part(content: bytes, part: str, seed: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, mutate(data, seed) if name == part else data)
    return stream.getvalue()


CELL = "<tr><td>1</td><td>2</td></tr>"
LOL = "".join(f'<!ENTITY l{i} "{"&l" + str(i - 1) + ";" if i else "lol"}">' * 1 for i in range(30))
HOSTILE: dict[str, tuple[str, str]] = {
    "wide span": ("a.html", f'<table><tr><td colspan="100000">1</td></tr>{CELL}</table>'),
    "many wide spans": (
        "a.html",
        "<table>" + ("<tr>" + '<td colspan="1000">1</td>' * 150 + "</tr>") * 200 + "</table>",
    ),
    "deep spans": ("a.html", "<table>" + '<tr><td rowspan="0">1</td></tr>' * 2_000 + "</table>"),
    "one long row": (
        "a.html",
        "<table><tr>" + "<td>1</td>" * 20_000 + "</tr>" + CELL * 2_000 + "</table>",
    ),
    "many tables": ("a.html", f"<table>{CELL}{CELL}</table>" * 1_000),
    "many named tables": (
        "a.html",
        "".join(f"<p>Table {i}. A</p><table><tr><th>{i}</th></tr></table>" for i in range(800)),
    ),
    "a line of 10 MB": ("a.html", "<p>" + "word " * 2_000_000 + "</p>"),
    "a cell of 1 MB": ("a.html", "<table><tr><td>" + "1 " * 500_000 + "</td><td>2</td></tr>"),
    "nested json": ("a.html", '<script>x={"a":' * 1 + "[" * 100_000 + "<table</script><p>x"),
    "much json": ("a.html", "<script>" + 'x={"a":"<table"};' * 50_000 + "</script><p>x</p>"),
    "scripts": ("a.html", "<script>while(1){}</script><p onload='fetch(1)'>" + "word " * 100),
    "remote parts": (
        "a.html",
        "<base href='http://remote.invalid/'><link rel=stylesheet href='http://remote.invalid/a'>"
        "<img src='http://remote.invalid/b'><iframe src='http://remote.invalid/c'></iframe><p>x",
    ),
    "remote dtd": (
        "a.xml",
        '<!DOCTYPE article SYSTEM "http://remote.invalid/a.dtd" [<!ENTITY % p SYSTEM '
        '"http://remote.invalid/b">%p;]><article><body><p>&x;</p></body></article>',
    ),
    "laughs": ("a.xml", f"<!DOCTYPE article [{LOL}]><article><body><p>&l29;</p></body></article>"),
    "included": (
        "a.xml",
        '<article xmlns:xi="http://www.w3.org/2001/XInclude"><body><p><xi:include '
        'href="/etc/passwd" parse="text"/></p></body></article>',
    ),
    "wide entries": (
        "a.xml",
        "<article><body><table-wrap><table><tgroup>"
        + "".join(f'<colspec colname="c{i}" colnum="{i * 90_000}"/>' for i in range(1, 9))
        + '<tbody><row><entry namest="c1" nameend="c8">1</entry></row><row><entry colname="c8">2'
        "</entry></row></tbody></tgroup></table></table-wrap></body></article>",
    ),
    "long csv line": ("a.csv", "1," * 100_000),
    "one wide row of a csv": ("a.csv", "1," * 100_000 + "\n" + "a,b\n" * 3_000),
    "forbidden characters by number": (
        "a.xml",
        "<article><body><table-wrap><table><tr><td>1&#0;2&#x1F;&#xD800;</td></tr></table>"
        "</table-wrap></body></article>",
    ),
    "quotes": ("a.csv", '"' * 3_000_001),
    "zeros": ("a.csv", "a,b\n1,\x002\n"),
    "zeros in a page": ("a.html", "<table>" + CELL.replace("1", "\x00") * 3 + "</table>"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_content(tmp_path: Path, name: str) -> None:
    file, content = HOSTILE[name]
    path = tmp_path / file
    path.write_text(content, encoding="utf-8")
    before = _peak_bytes()
    document = survive(path)
    assert _peak_bytes() - before < MEGABYTES * 2**20
    if document is not None:
        assert not any("root:" in block.text for block in document.blocks)


def _peak_bytes() -> int:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path, name: str) -> None:
    content, part = OFFICE[name]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    parts[part] = b" " * (120 * 2**20)
    path = tmp_path / name
    path.write_bytes(zipped(parts))
    assert path.stat().st_size < 2**20
    before = _peak_bytes()
    assert survive(path) is None
    assert _peak_bytes() - before < 32 * 2**20


def test_merges_of_a_whole_sheet_cost_no_memory(tmp_path: Path) -> None:
    content, part = OFFICE["a.xlsx"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    merges = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    parts[part] = bytes(parts[part]).replace(b"</worksheet>", merges)  # type: ignore[arg-type]
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(parts))
    document = survive(path)
    assert document is not None
    assert len(document.grids) == 1


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe, loop, dangling = tmp_path / "a.html", tmp_path / "b.html", tmp_path / "c.xml"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    dangling.symlink_to(tmp_path / "absent")
    for path in (pipe, loop, dangling, tmp_path, Path("/dev/zero")):
        assert survive(path) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>x</p>")
    path.chmod(0)
    assert survive(path) is None


def test_a_link_to_a_paper_is_read(tmp_path: Path) -> None:
    paper, link = tmp_path / "paper.html", tmp_path / "link.html"
    paper.write_text(PAGE)
    link.symlink_to(paper)
    document = survive(link)
    assert document is not None
    assert document.grids


@pytest.mark.parametrize("suffix", [".html", ".xml", ".docx", ".xlsx", ".csv", ".rtf", ".odt"])
def test_any_file_under_any_name(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(suffix)
    contents = [b"\x00" * 50, b"\xff" * 50, chance.randbytes(500), PAGE.encode(), ELSEVIER.encode()]
    for at, content in enumerate([*contents, *(office for office, _ in OFFICE.values())]):
        path = tmp_path / f"{at}{suffix}"
        path.write_bytes(content)
        survive(path)
