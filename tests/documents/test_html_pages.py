"""Saved article pages: data tables with titles and notes as several publishers set them.

The pages are written here after the structure of the publishers' pages; expected values are
those written in ``CELLS``, ``TITLE`` and ``NOTES``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document
from evidence.errors import UnreadableDocument

HEAD = (
    '<thead><tr><th rowspan="2">Dose<sup>a</sup></th><th colspan="2">Response</th></tr>'
    "<tr><th>CR</th><th>PR</th></tr></thead>"
)
BODY = (
    "<tbody><tr><td>10&nbsp;mg</td><td>4<sup>*</sup></td><td>10<sup>9</sup></td></tr>"
    "<tr><td>30 mg</td><td>NR</td><td></td></tr></tbody>"
)
CELLS = [
    ["Dose", "Response", "Response"],
    ["Dose", "CR", "PR"],
    ["10 mg", "4", "10⁹"],
    ["30 mg", "NR", ""],
]
NOTES = [("a", "Weekly."), ("*", "One after surgery.")]

PMC = (
    '<section class="tw xbox" id="T1"><h3 class="obj_head">Table 1.</h3>'
    '<div class="caption p"><p>Responses by dose</p></div><div class="tbl-box p">'
    f'<table class="content">{HEAD}{BODY}</table></div>'
    '<div class="p"><a href="https://remote.invalid/T1">Open in a new tab</a></div>'
    '<div class="tw-foot p"><div class="fn"><sup>a</sup>Weekly.</div>'
    '<div class="fn"><sup>*</sup>One after surgery.</div></div></section>'
)
OLD_PMC = (
    '<div class="table-wrap" id="t1"><div class="caption"><strong>Table 1</strong>'
    f'<p>Responses by dose</p></div><div class="xtable"><table>{HEAD}{BODY}</table></div>'
    '<div class="tblwrap-foot"><div><sup>a</sup><p>Weekly.</p></div>'
    "<div><sup>*</sup><p>One after surgery.</p></div></div></div>"
)
DEFINITIONS = (
    '<div class="tables" id="tbl1"><span class="captions"><span><p><span class="label">Table 1'
    f'</span>. Responses by dose</p></span></span><div class="groups"><table>{HEAD}{BODY}</table>'
    '</div><dl class="footnotes"><dt>a</dt><dd><div>Weekly.</div></dd>'
    "<dt>*</dt><dd><div>One after surgery.</div></dd></dl></div>"
)
HEADER = (
    '<div class="article-table-content"><header class="article-table-caption">'
    "<span>Table 1. </span>"
    f'Responses by dose</header><div><table class="table">{HEAD}{BODY}</table></div>'
    '<div class="article-section__table-footnotes"><ul><li><sup>a</sup> Weekly.</li>'
    "<li><sup>*</sup> One after surgery.</li></ul></div></div>"
)
FIGURE_BELOW = (
    f"<figure><table>{HEAD}{BODY}<tfoot><tr><td colspan=3><sup>a</sup> Weekly.</td></tr>"
    "<tr><td colspan=3>* One after surgery.</td></tr></tfoot></table>"
    "<figcaption><strong>Table 1</strong> <p>Responses by dose</p></figcaption></figure>"
)
CAPTION = (
    f"<table><caption>Table 1: Responses by dose</caption>{HEAD}{BODY}</table>"
    "<p><sup>a</sup>Weekly. <sup>*</sup>One after surgery.</p>"
)
PLAIN = (
    f"<p><b>Table 1.</b> Responses by dose</p><table>{HEAD}{BODY}</table>"
    "<p><sup>a</sup>Weekly.</p><p>* One after surgery.</p>"
)
BREAKS = (
    f"<b>Table 1.</b> Responses by dose<br><br><table>{HEAD}{BODY}</table><sup>a</sup>Weekly.<br>"
    "*One after surgery.<br><br>The text goes on here without a paragraph of its own.<br>"
)
STICKY = PMC.replace("<table", f'<table aria-hidden="true">{HEAD}</table><table')
"""A second table holds the heads alone, which stay in view."""
POPUP = (
    '<div class="html-table-wrap" id="p-t001"><div class="html-table_wrap_td">'
    '<a href="#table_body_display_p-t001"><img src="table.png"></a></div>'
    '<div class="html-table_wrap_discription"><b>Table 1.</b> Responses by dose</div></div>'
    '<div class="html-table_show mfp-hide" id="table_body_display_p-t001">'
    '<div class="html-caption">'
    f"<b>Table 1.</b> Responses by dose</div><table>{HEAD}{BODY}</table>"
    '<div class="html-table_foot html-p"><div><p><sup>a</sup> Weekly. '
    "<sup>*</sup> One after surgery.</p></div></div></div>"
)
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>x</title>
<meta name="citation_title" content="A trial in two diseases">
<meta name="citation_author" content="Doe J"><meta name="citation_author" content="Roe R">
<meta name="citation_journal_title" content="Journal of Made-up Trials">
<meta name="citation_publication_date" content="2020/05/01">
<meta name="citation_doi" content="https://doi.org/10.9999/JMT.1">
<meta name="citation_pmid" content="1">
<script>document.write("<table><tr><th>1</th><th>2</th></tr></table>")</script></head><body>
<header><table><tr><td>Home</td><td>Login</td></tr><tr><td>a</td><td>b</td></tr></table></header>
<table><tr><td><ul><li>Menu</li></ul></td><td><article><h1>A trial in two diseases</h1>
<h2>Abstract</h2><p>Of 17 patients, 9 responded (53%).</p>
<h2>Results</h2><p>Table 1 shows the responses.</p>{table}<p>The text goes on here.</p>
<h3>Toxicity</h3><p>No deaths.</p></article></td></tr></table>
<footer><p>Privacy</p></footer></body></html>"""


def read(tmp_path: Path, content: str | bytes, name: str = "page.html") -> Document:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(path)


@pytest.mark.parametrize(
    "table",
    [PMC, OLD_PMC, DEFINITIONS, HEADER, FIGURE_BELOW, CAPTION, PLAIN, POPUP, BREAKS, STICKY],
    ids=[
        "pmc",
        "old-pmc",
        "definitions",
        "header",
        "figure",
        "caption",
        "plain",
        "popup",
        "breaks",
        "sticky",
    ],
)
def test_the_table_of_a_publishers_page(tmp_path: Path, table: str) -> None:
    document = read(tmp_path, PAGE.format(charset="utf-8", table=table))
    (grid,) = document.grids
    assert (grid.label, grid.caption) == ("1", "Responses by dose")
    assert [[c.plain if c else None for c in row] for row in grid.matrix()] == CELLS
    assert grid.header_rows == 2
    assert [(n.mark, n.text) for n in grid.footnotes] == NOTES
    assert [m.text for m in grid.rows[2][1].marks] == ["*"]
    assert document.problems == ()


def test_what_the_page_says_about_itself(tmp_path: Path) -> None:
    info = read(tmp_path, PAGE.format(charset="utf-8", table=PMC)).info
    assert info.title == "A trial in two diseases"
    assert info.authors == ("Doe, J", "Roe, R")
    assert (info.journal, info.year) == ("Journal of Made-up Trials", 2020)
    assert (info.doi, info.pmid) == ("10.9999/jmt.1", "1")


def test_blocks_know_their_sections(tmp_path: Path) -> None:
    blocks = read(tmp_path, PAGE.format(charset="utf-8", table=PMC)).blocks
    by_text = {block.text: (block.kind, block.section) for block in blocks}
    assert by_text["Of 17 patients, 9 responded (53%)."] == ("abstract", "Abstract")
    assert by_text["The text goes on here."] == ("paragraph", "Results")
    assert by_text["No deaths."] == ("paragraph", "Results / Toxicity")
    assert not any("document.write" in block.text for block in blocks)


def test_two_tables_keep_their_own_titles(tmp_path: Path) -> None:
    second = PLAIN.replace("Table 1", "Table 2").replace("Responses", "Toxicity")
    grids = read(tmp_path, PAGE.format(charset="utf-8", table=PLAIN + second)).grids
    assert [(g.label, g.caption) for g in grids] == [
        ("1", "Responses by dose"),
        ("2", "Toxicity by dose"),
    ]


def test_a_table_saved_twice_on_the_page_is_one(tmp_path: Path) -> None:
    assert len(read(tmp_path, PAGE.format(charset="utf-8", table=PMC + PMC)).grids) == 1


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (
            '<figure><figcaption><b>Table 1</b> Responses</figcaption><img src="t.png"></figure>',
            "table-is-image",
        ),
        (
            '<div class="c-article-table"><figure><figcaption><b>Table 1 Responses</b></figcaption>'
            '<a href="https://remote.invalid/tables/1">Full size table</a></figure></div>',
            "table-not-on-page",
        ),
    ],
)
def test_a_table_the_page_does_not_hold_is_named(tmp_path: Path, table: str, code: str) -> None:
    document = read(tmp_path, PAGE.format(charset="utf-8", table=table))
    assert document.grids == ()
    (problem,) = document.problems
    assert problem.code == code
    assert problem.source is not None
    assert problem.source.table == "1"


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8", "utf-16"])
def test_encodings(tmp_path: Path, charset: str) -> None:
    page = PAGE.format(charset=charset, table=PMC.replace("NR", "Sézary ± 2"))
    document = read(tmp_path, page.replace("⁹", "9").encode(charset))
    assert document.grids[0].rows[3][1].text == "Sézary ± 2"
    assert document.problems == ()


def test_a_page_saved_with_its_pictures_in_one_file(tmp_path: Path) -> None:
    import base64

    body = base64.encodebytes(PAGE.format(charset="utf-8", table=PMC).encode()).decode()
    content = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\tboundary="XX"\r\n\r\n--XX\r\nContent-Type: text/html\r\n\r\n<p>A frame</p>\r\n'
        '--XX\r\nContent-Type: text/html; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n--XX--\r\n"
    )
    assert [g.label for g in read(tmp_path, content, "page.mhtml").grids] == ["1"]


def test_a_page_cut_short_inside_a_table_says_so(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8", table=PMC)
    document = read(tmp_path, page[: page.index("30 mg")])
    assert "html-cut-short" in {p.code for p in document.problems}


def test_an_element_of_countless_attributes_is_refused_at_once(tmp_path: Path) -> None:
    attributes = " ".join(f'a{number}=""' for number in range(20_000))
    with pytest.raises(UnreadableDocument, match="more than 10000 attributes"):
        read(tmp_path, f"<html><p {attributes}>A</p></html>")


def test_a_login_page_is_no_article(tmp_path: Path) -> None:
    document = read(tmp_path, "<html><body><p>Enable JavaScript to continue.</p></body></html>")
    assert [p.code for p in document.problems] == ["page-without-article"]


def test_a_layout_table_without_nesting_is_text(tmp_path: Path) -> None:
    layout = (
        '<table role="presentation"><tr><td>One side of the page</td><td>Other side</td></tr>'
        "<tr><td>more</td><td>more</td></tr></table>"
    )
    document = read(tmp_path, PAGE.format(charset="utf-8", table=layout))
    assert document.grids == ()
    assert any("One side of the page" in block.text for block in document.blocks)
