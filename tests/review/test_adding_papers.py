"""Papers into a review: once, again, in two formats, under a name that is taken."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from folders import snapshot

from evidence.errors import UnreadableDocument, WrongUsage
from evidence.review import Review
from evidence.review.starting import start_review


def test_same_paper_twice_changes_nothing(folder: Path) -> None:
    before = snapshot(folder / "extracted")
    paper = next((folder / "sources").glob("*.pdf"))
    renamed = shutil.copy(paper, folder / "another-name.pdf")
    assert Review(folder).add(paper).unchanged
    assert Review(folder).add(Path(renamed)).unchanged
    assert snapshot(folder / "extracted") == before


def test_reading_again_keeps_what_a_person_confirmed(folder: Path) -> None:
    path = next((folder / "extracted").rglob("querfeld-2009.yaml"))
    text = path.read_text(encoding="utf-8")
    assert "CR: 9" in text
    edited = text.replace("status: unverified", "status: confirmed  # checked by A.B.").replace(
        "CR: 9", "CR: 8"
    )
    path.write_text(edited, encoding="utf-8")
    paper = next((folder / "sources").glob("*.pdf"))
    added = Review(folder).add(paper, again=True)
    assert path.read_text(encoding="utf-8") == edited
    assert "querfeld-2009" in added.kept
    assert any("querfeld" in str(p) for p in added.problems)


def test_values_carry_page_box_and_words(review: Review) -> None:
    for item in review.stored:
        for name, cell in item.series.cells.items():
            assert cell.page is not None and cell.box is not None, (item.series.series, name)
        counts = [
            (path, note)
            for path, note in item.series.readings.items()
            if path.endswith((".CR", ".PR", ".SD", ".PD"))
        ]
        for path, note in counts:
            assert note.cell is not None and note.text is not None, path
            assert note.text in item.series.cells[note.cell].text


def test_not_a_paper(tmp_path: Path) -> None:
    start_review(tmp_path)
    fake = tmp_path / "fake.pdf"
    fake.write_text("this is no PDF")
    before = snapshot(tmp_path)
    with pytest.raises(UnreadableDocument) as raised:
        Review(tmp_path).add(fake)
    assert "fake.pdf" in str(raised.value)
    assert snapshot(tmp_path) == before


def test_by_hand(tmp_path: Path) -> None:
    start_review(tmp_path)
    review = Review(tmp_path)
    path = review.add_by_hand("smith-1998")
    assert path.is_file()
    with pytest.raises(WrongUsage, match="already"):
        review.add_by_hand("smith-1998")
    with pytest.raises(WrongUsage, match="series id"):
        review.add_by_hand("Smith 1998")
    assert Review(tmp_path).stored[0].series.label == "Smith 1998"


def test_references_of_papers_that_are_there_add_nothing(tmp_path: Path) -> None:
    start_review(tmp_path)
    references = tmp_path / "refs.bib"
    references.write_text(
        "@article{a, author={Roe, A.}, title={One}, year={2019}, doi={10.1000/a}}\n"
        "@article{b, author={Poe, B.}, title={A second and longer title}, year={2020}}\n"
    )
    review = Review(tmp_path)
    assert len(review.add_references(references).written) == 2
    again = review.add_references(references)
    assert not again.written
    assert [series for _, series in again.known] == ["roe-2019", "poe-2020"]


def test_a_paper_in_two_formats_is_read_as_two_paths(tmp_path: Path, shared: Path) -> None:
    start_review(tmp_path)
    for suffix in ("pdf", "xml"):  # publisher PDF and JATS of one paper, CC BY-NC 4.0
        source = shared / "corpus" / "pdf_jats" / "PMC8088944" / f"paper.{suffix}"
        shutil.copy(source, tmp_path / "sources" / f"tmz-2021.{suffix}")
    review = Review(tmp_path)
    outcome = review.run()
    read = [added for added in outcome.added if not added.unchanged]
    assert [added.paper for added in read] == ["tmz-2021.xml"]
    assert [p.name for p in (tmp_path / "extracted").iterdir() if p.is_dir()] == ["tmz-2021"]
    record = json.loads((tmp_path / "extracted" / "tmz-2021" / "source.json").read_text())
    assert [name for name, _ in record["also"]] == ["tmz-2021.pdf"]


def test_two_formats_that_disagree_are_told(tmp_path: Path) -> None:
    start_review(tmp_path)
    page = (
        "<html><body><h1>A review of series</h1><table><caption>Table 1. Series.</caption>"
        "<thead><tr><th>Study</th><th>No. of patients</th><th>CR</th><th>PR</th></tr></thead>"
        "<tbody><tr><td>Roe et al. (2001)</td><td>10</td><td>{}</td><td>3</td></tr>"
        "<tr><td>Poe et al. (2002)</td><td>12</td><td>4</td><td>5</td></tr>"
        "<tr><td>Doe et al. (2003)</td><td>9</td><td>1</td><td>2</td></tr></tbody></table>"
        "</body></html>"
    )
    (tmp_path / "sources" / "roe.html").write_text(page.format(2), encoding="utf-8")
    (tmp_path / "sources" / "roe.htm").write_text(page.format(5), encoding="utf-8")
    added = Review(tmp_path).add(tmp_path / "sources" / "roe.html")
    assert len(added.series) == 3
    assert any(p.code == "readings-differ" for p in added.problems)


def test_reading_a_confirmed_paper_again_reports_nothing(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "review"
    ignore = shutil.ignore_patterns("typeset")
    for name in ("sources", "extracted"):
        shutil.copytree(root / name, copy / name, ignore=ignore)
    shutil.copy(root / "review.toml", copy)
    paper = next((copy / "sources").glob("*.pdf"))
    added = Review(copy).add(paper, again=True)
    assert len(added.kept) == 14 and not added.written
    assert [p.code for p in added.problems if p.code == "reread-differs"] == []


def test_a_series_that_a_new_reading_does_not_give_is_named(folder: Path) -> None:
    paper = folder / "sources" / "one.csv"
    paper.write_text("Study,n,CR,PR\nAdams 2010,10,2,3\nBaker 2011,20,4,5\n")
    review = Review(folder)
    assert len(review.add(paper).series) == 2
    paper.write_text("Study,n,CR,PR\nAdams 2010,10,2,3\nBaker 2012,20,4,5\n")
    added = review.add(paper)
    named = [p.source.document for p in added.problems if p.code == "series-no-longer-read"]
    assert named == ["one/baker-2011.yaml"]


def test_another_paper_of_the_same_file_name_does_not_replace_the_first(folder: Path) -> None:
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>Text.</p></body></html>"
    for place, title in (("one", "First paper"), ("two", "Second paper")):
        (folder / place).mkdir()
        (folder / place / "main.html").write_text(page.format(title), encoding="utf-8")
    Review(folder).add(folder / "one" / "main.html")
    with pytest.raises(WrongUsage, match="holds another paper of this file name"):
        Review(folder).add(folder / "two" / "main.html")
    assert Review(folder).add(folder / "two" / "main.html", source="second").source == "second"
