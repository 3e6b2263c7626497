"""Damaged files of every kind end in a document or in a refusal, never in a traceback or a hang."""

from __future__ import annotations

import contextlib
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.documents import read_document
from evidence.documents.base import Document
from evidence.errors import UnreadableDocument

DATA = Path(__file__).parent / "data"
SECONDS = 10.0
PAGE = (
    "<html><head><title>t</title></head><body><h1>T</h1><p>Table 1 shows.</p>"
    "<div class='table-wrap'><p>Table 1. Responses</p><table><thead><tr>"
    "<th rowspan=2>A<sup>a</sup></th><th colspan='2'>B"
    "</th></tr><tr><th>C</th><th>D</th></tr></thead><tr><td>1</td><td>2&nbsp;<b>x</b></td><td>3"
    "</td></tr></table><p><sup>a</sup>note</p></div><table><tr><td><table><tr><td>1</td></tr>"
    "</table></td></tr></table></body></html>"
)
SEEDS: dict[str, bytes] = {
    "a.nxml": (DATA / "trial.nxml").read_bytes(),
    "a.html": PAGE.encode(),
    "a.txt": (DATA / "dump.txt").read_bytes(),
    "a.csv": b'"a","b"\n"1","2"\n',
}
SNIPPETS = [b"<", b">", b"&", b"]]>", b"<!--", b"\x00", b"\xff", b"<table>", b"</td>", b'"', b"("]
SNIPPETS += [
    b"<!DOCTYPE x [",
    b"&lol;",
    b"Table 1 ",
    b"\n\n",
    b"\f",
    b"rowspan='9999999'",
    b"<sup>",
]


def mutate(content: bytes, seed: int) -> bytes:
    """A copy with a few slices cut out, doubled, shuffled, or replaced by awkward bytes."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice([1, 3, 20, 400]))
        piece = chance.choice([b"", content[start:end] * 2, content[start:end][::-1], *SNIPPETS])
        content = content[:start] + piece + content[end:]
    return content


@pytest.mark.parametrize("name", sorted(SEEDS))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10**9))
def test_damaged_files(tmp_path: Path, name: str, seed: int) -> None:
    path = tmp_path / name
    path.write_bytes(mutate(SEEDS[name], seed))
    started = time.monotonic()
    try:
        document = read_document(path)
    except UnreadableDocument as error:
        assert all(problem.remedy and problem.source for problem in error.problems)
        return
    finally:
        assert time.monotonic() - started < SECONDS
    assert isinstance(document, Document)
    for grid in document.grids:
        assert all(len(row) == len(grid.matrix()[0]) for row in grid.matrix())


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    content=st.binary(max_size=300),
    name=st.sampled_from(["a.xml", "a.html", "a.txt", "a.csv", "a.docx", "a.xlsx", "a"]),
)
def test_any_bytes(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    try:
        read_document(path)
    except UnreadableDocument as error:
        assert error.exit_code == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<div>" * 20_000 + "x" + "</div>" * 20_000),
        ("a.html", "<table><tr><td>" * 3_000 + "x"),
        ("a.html", "<p>" + "<" * 200_000),
        ("a.xml", "<article>" + "<sec>" * 5_000 + "x" + "</sec>" * 5_000 + "</article>"),
        ("a.xml", "<article><body><p>" + "&amp;" * 100_000 + "</p></body></article>"),
        ("a.txt", "Table 1 Words\n\n" + "Study n CR\n" * 20_000),
        ("a.txt", "Table 1 Words\n\nSeries Dose Response\n\n" + "Doe et al 10 mg 1 CR " * 5_000),
        ("a.txt", ("Table 1 a\n\nSeries  Dose\nDoe 1\n\n") * 5_000),
        ("a.txt", "(" * 100_000),
        ("a.csv", '"' * 100_001),
    ],
)
def test_hostile_sizes_end_in_time(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    started = time.monotonic()
    with contextlib.suppress(UnreadableDocument):
        read_document(path)
    assert time.monotonic() - started < SECONDS
