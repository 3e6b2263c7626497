"""Adding, rereading, running: nothing lost, nothing overwritten, nothing done twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from evidence.errors import FindingsInData, UnreadableDocument, WrongUsage
from evidence.review import Review
from evidence.review.counts_file import pool_counts
from evidence.review.starting import start_review
from evidence.review.status import review_status


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


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


def test_all_faults_of_all_files_at_once(folder: Path) -> None:
    first, second, *_ = sorted((folder / "extracted").rglob("*.yaml"))
    first.write_text(first.read_text(encoding="utf-8").replace("arms:", "harms:"), encoding="utf-8")
    second.write_text(
        second.read_text(encoding="utf-8").replace("status: unverified", "status: sure"),
        encoding="utf-8",
    )
    with pytest.raises(FindingsInData) as raised:
        _ = Review(folder).rows
    assert first.name in str(raised.value) and second.name in str(raised.value)


def test_run_twice_is_identical_and_the_second_does_nothing(folder: Path) -> None:
    outcome = Review(folder).run()
    assert (folder / "reports" / "report.html").is_file()
    results = json.loads((folder / "reports" / "results.json").read_text(encoding="utf-8"))
    assert len({row["series"] for row in results["rows"]}) == 14
    before = snapshot(folder / "reports")
    again = Review(folder).run()
    assert again.unchanged and again.lines == outcome.lines
    (folder / ".evidence" / "run.json").unlink()
    assert not Review(folder).run().unchanged
    assert snapshot(folder / "reports") == before


def test_new_user_path(root: Path, tmp_path: Path) -> None:
    start_review(tmp_path)
    review = Review(tmp_path)
    assert review.run().lines  # an empty review says what to do
    paper = next((root / "sources").glob("*.pdf"))
    assert len(review.add(paper).series) == 14
    outcome = Review(tmp_path).run()
    assert any(line.startswith("ORR: ") for line in outcome.lines)
    assert (tmp_path / "reports" / "report.md").is_file()


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


def test_table_is_a_frame(review: Review) -> None:
    table = review.table
    overall = table[(table.stratum == "all") & (table.outcome == "ORR")]
    assert int(overall.total.sum()) == 182  # Actas 2015, Table 4: patients with SS or MF
    assert int(overall.events.sum()) == 120


def test_pooled_numbers_say_which_decisions_they_rest_on(folder: Path) -> None:
    path = next((folder / "extracted").rglob("lundin-2003.yaml"))
    path.write_text(
        path.read_text(encoding="utf-8")
        + "decisions:\n"
        + "  - {finding: percent-mislabelled, action: accept, by: A.B., on: 2026-01-02,"
        + " why: the 55 % is the overall response}\n",
        encoding="utf-8",
    )
    review = Review(folder)
    closed = [
        f for f in review.audit() if (f.code, f.series) == ("percent-mislabelled", "lundin-2003")
    ]
    assert [f.status for f in closed] == ["accepted"]
    notes = [p for p in review.pool("ORR").problems if p.code == "rests-on-decision"]
    assert any("Lundin" in p.message and "A.B." in p.message for p in notes)


def test_a_row_excluded_by_decision_is_left_out_by_name(folder: Path) -> None:
    path = next((folder / "extracted").rglob("lenihan-2004.yaml"))
    path.write_text(
        path.read_text(encoding="utf-8")
        + "decisions:\n"
        + "  - {finding: identical-responses, action: exclude, by: A.B., on: 2026-01-02,"
        + " why: may be the patients of another series}\n",
        encoding="utf-8",
    )
    result = Review(folder).pool("ORR")
    assert result.groups[0].k == 13
    assert any("Lenihan" in left.series for left in result.excluded)


def test_a_folder_that_is_no_review_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="evidence init"):
        Review(tmp_path).run()
    with pytest.raises(WrongUsage, match="evidence init"):
        _ = Review(tmp_path).rows
    assert not list(tmp_path.iterdir())


def test_a_series_in_two_rows_of_a_counts_file_is_named(tmp_path: Path) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text("series,events,total\na,1,4\nb,2,5\na,3,6\n", encoding="utf-8")
    result = pool_counts(counts, outcome="ORR", by=None)
    (problem,) = (p for p in result.problems if p.code == "series-twice")
    assert "counts.csv" in str(problem) and problem.source is not None and problem.source.line == 4


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


def test_status_counts_the_patients_of_the_review(review: Review) -> None:
    status = review_status(review)
    assert (status.series, status.patients) == (14, 182)  # Actas 2015, Table 4


def test_a_paper_that_cannot_be_read_is_not_said_to_wait(review: Review) -> None:
    (review.folder.root / "sources" / "empty.docx").touch()
    assert review_status(review).unread == ("empty.docx",)
    review.run()
    status = review_status(review)
    assert (status.unread, status.unreadable) == ((), ("empty.docx",))
    assert "empty.docx" in status.next_step


def test_what_is_no_paper_is_named(review: Review) -> None:
    sources = review.folder.root / "sources"
    (sources / "old.doc").touch()
    (sources / "more").mkdir()
    (sources / "more" / "smith-2015.pdf").touch()
    (sources / "empty").mkdir()
    assert review_status(review).left_alone == ("more", "old.doc")
    assert review.run().left_alone == ("more", "old.doc")


def test_a_series_that_a_new_reading_does_not_give_is_named(folder: Path) -> None:
    paper = folder / "sources" / "one.csv"
    paper.write_text("Study,n,CR,PR\nAdams 2010,10,2,3\nBaker 2011,20,4,5\n")
    review = Review(folder)
    assert len(review.add(paper).series) == 2
    paper.write_text("Study,n,CR,PR\nAdams 2010,10,2,3\nBaker 2012,20,4,5\n")
    added = review.add(paper)
    named = [p.source.document for p in added.problems if p.code == "series-no-longer-read"]
    assert named == ["one/baker-2011.yaml"]


def test_doses_in_several_units_never_make_one_regression(folder: Path) -> None:
    paper = folder / "sources" / "doses.csv"
    doses = ("10 mg", "20 mg", "30 mg", "500 µg", "3 MU")
    rows = (f"Series {at} 201{at},{10 + at},{dose} SC,{at},3" for at, dose in enumerate(doses))
    paper.write_text("\n".join(("Study,n,Regimen,CR,PR", *rows)) + "\n", encoding="utf-8")
    review = Review(folder)
    review.add(paper)
    found = review.regress("ORR", on="dose_mg", where={"source": "doses"})
    assert found.fit.k == 3
    mixed = next(p for p in found.problems if p.code == "dose-units-mixed")
    assert "500 µg" in mixed.message
    assert "3 MU" in mixed.message


def test_a_series_the_printed_table_does_not_hold_counts_beside_it(folder: Path) -> None:
    assert Review(folder).protocol.table.as_printed_in is not None
    before = Review(folder).pool("ORR").groups[0]
    paper = folder / "sources" / "new.csv"
    paper.write_text("Study,n,Disease,CR,PR\nDahl 2020,6,SS,4,1\n")
    review = Review(folder)
    review.add(paper)
    after = review.pool("ORR").groups[0]
    assert (after.k, after.events, after.total) == (
        before.k + 1,
        before.events + 5,
        before.total + 6,
    )


def test_a_printed_source_that_is_not_there_is_refused(folder: Path) -> None:
    protocol = folder / "review.toml"
    named = 'as_printed_in = "alemtuzumab-2026"'
    text = protocol.read_text(encoding="utf-8")
    assert named in text
    protocol.write_text(text.replace(named, 'as_printed_in = "nowhere"'), encoding="utf-8")
    with pytest.raises(WrongUsage, match="nowhere"):
        _ = Review(folder).rows


def test_another_paper_of_the_same_file_name_does_not_replace_the_first(folder: Path) -> None:
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>Text.</p></body></html>"
    for place, title in (("one", "First paper"), ("two", "Second paper")):
        (folder / place).mkdir()
        (folder / place / "main.html").write_text(page.format(title), encoding="utf-8")
    Review(folder).add(folder / "one" / "main.html")
    with pytest.raises(WrongUsage, match="holds another paper of this file name"):
        Review(folder).add(folder / "two" / "main.html")
    assert Review(folder).add(folder / "two" / "main.html", source="second").source == "second"
