"""Which reader takes which file, and how a file of the wrong kind is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from evidence.documents import (
    READERS,
    SUFFIXES,
    document_sha256,
    format_of,
    read_document,
    reader_of,
)
from evidence.errors import UnreadableDocument, WrongUsage
from tests.documents.office_made import zipped

DATA = Path(__file__).parent / "data"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def test_every_suffix_has_a_reader_that_can_be_imported() -> None:
    assert set(SUFFIXES.values()) | {"scan"} == set(READERS)
    for name in READERS:
        assert callable(reader_of(name))


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", b"<html><body><p>Access denied</p></body></html>", "an HTML page"),
        ("a.xml", b"%PDF-1.4\n...", "a PDF"),
        ("a.xml", b"<?xml version='1.0'?><feed><entry/></feed>", "<feed>"),
        ("a.xml", b"<?xml version='1.0'?><TEI/>", "<TEI>"),
        ("a.json", b'{"source": "PMC", "documents": []}', "JSON"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "an old Office file"),
        ("a.doc", OLD + "WordDocument".encode("utf-16-le"), "an old Word document"),
        ("a.xls", OLD + "Workbook".encode("utf-16-le"), "an old Excel workbook"),
        ("a.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "under a password"),
        ("a.zip", zipped({"paper.pdf": b"%PDF-"}), "a zip archive"),
        ("a.ods", zipped({"mimetype": ODS}), "an OpenDocument spreadsheet"),
        ("a.webarchive", b"bplist00" + bytes(40), "a Safari web archive"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "a JPEG image"),
        ("a.docx", b"PK\x03\x04 cut short", "truncated zip"),
        ("a.html", b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        ("a.txt", b"\x00\x01\x02\x03" * 40, "binary content"),
        ("a.zzz", b"some words", "plain text"),
        ("a.csv", b"   \n", "an empty file"),
        ("a.pdf", b"", "an empty file"),
    ],
)
def test_content_that_belies_the_suffix_is_refused(
    tmp_path: Path, name: str, content: bytes, found: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    (problem,) = caught.value.problems
    assert caught.value.exit_code == 3
    assert found in problem.message
    assert "expected" in problem.message
    assert problem.remedy
    assert problem.source is not None
    assert problem.source.document == name


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.pdf", tmp_path):
        with pytest.raises(UnreadableDocument):
            read_document(path)


def test_a_file_without_a_suffix_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "paper"
    path.write_bytes((DATA / "trial.nxml").read_bytes())
    assert format_of(path) == "jats"


def test_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(WrongUsage, match="jats"):
        reader_of("djvu")


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    assert document_sha256(path) == hashlib.sha256(b"abc").hexdigest()
    with pytest.raises(UnreadableDocument):
        document_sha256(tmp_path / "absent.txt")
