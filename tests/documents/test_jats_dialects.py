"""Article XML beside JATS: books, older NLM, Elsevier with CALS tables, sets, odd wraps.

The files are written here after the published schemas; expected values are those in the text.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import Document, Grid

ELSEVIER = """<?xml version="1.0" encoding="utf-8"?>
<full-text-retrieval-response xmlns="http://www.elsevier.com/xml/svapi/article/dtd"
 xmlns:ce="http://www.elsevier.com/xml/common/dtd" xmlns:prism="http://prismstandard.org/x/"
 xmlns:ja="http://www.elsevier.com/xml/ja/dtd" xmlns:sb="http://www.elsevier.com/xml/sb"
 xmlns:cals="http://www.elsevier.com/xml/common/cals/dtd">
<coredata><prism:publicationName>Journal of Trials</prism:publicationName>
<prism:coverDate>2015-10-01</prism:coverDate><prism:doi>10.9999/j.t.2015</prism:doi></coredata>
<originalText><ja:article docsubtype="fla"><ja:item-info><ce:doi>10.9999/j.t.2015</ce:doi>
</ja:item-info><ce:floats><ce:table id="tbl1"><ce:label>Table 1</ce:label><ce:caption>
<ce:simple-para>Responses by dose</ce:simple-para></ce:caption>
<cals:tgroup cols="3"><cals:colspec colname="col1"/><cals:colspec colname="col2"/>
<cals:colspec colname="col3"/><cals:thead><cals:row><ce:entry morerows="1">Dose</ce:entry>
<ce:entry namest="col2" nameend="col3">Response<ce:cross-ref refid="tblfn1"><ce:sup>a</ce:sup>
</ce:cross-ref></ce:entry></cals:row><cals:row><ce:entry colname="col2">CR</ce:entry>
<ce:entry colname="col3">PR</ce:entry></cals:row></cals:thead><cals:tbody><cals:row>
<ce:entry>10<ce:hsp sp="0.25"/>mg</ce:entry><ce:entry colname="col3">10<ce:sup loc="post">9
</ce:sup></ce:entry></cals:row><cals:row><ce:entry namest="col1" nameend="col3">Second line
</ce:entry></cals:row><cals:row><ce:entry>30 mg<ce:inf>eq</ce:inf></ce:entry><ce:entry>4
</ce:entry><ce:entry>5</ce:entry></cals:row></cals:tbody></cals:tgroup><ce:legend>
<ce:simple-para>CR, complete response.</ce:simple-para></ce:legend>
<ce:table-footnote id="tblfn1"><ce:label>a</ce:label><ce:note-para>At week 12.</ce:note-para>
</ce:table-footnote></ce:table></ce:floats><ja:head><ce:title>A trial in two diseases</ce:title>
<ce:author-group><ce:author><ce:given-name>Jane</ce:given-name><ce:surname>Doe</ce:surname>
</ce:author></ce:author-group><ce:abstract><ce:abstract-sec><ce:simple-para>Nine responded.
</ce:simple-para></ce:abstract-sec></ce:abstract></ja:head><ja:body><ce:sections><ce:section>
<ce:section-title>Results</ce:section-title><ce:para>All were seen.</ce:para></ce:section>
</ce:sections></ja:body></ja:article></originalText></full-text-retrieval-response>"""


def read(tmp_path: Path, content: str) -> Document:
    path = tmp_path / "a.xml"
    path.write_text(content, encoding="utf-8")
    return read_document(path)


def plain(grid: Grid) -> list[list[str | None]]:
    return [[cell.plain if cell else None for cell in row] for row in grid.matrix()]


def test_a_table_of_the_exchange_model(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, ELSEVIER).grids
    assert (grid.label, grid.caption, grid.header_rows) == ("1", "Responses by dose", 2)
    assert plain(grid) == [
        ["Dose", "Response", "Response"],
        ["Dose", "CR", "PR"],
        ["10 mg", "", "10⁹"],
        ["Second line", "Second line", "Second line"],
        ["30 mgeq", "4", "5"],
    ]
    assert [(n.mark, n.text) for n in grid.footnotes] == [
        (None, "CR, complete response."),
        ("a", "At week 12."),
    ]
    assert [m.text for m in grid.rows[0][1].marks] == ["a"]


def test_text_and_front_matter_of_a_publishers_xml(tmp_path: Path) -> None:
    document = read(tmp_path, ELSEVIER)
    assert [(b.kind, b.section, b.text) for b in document.blocks] == [
        ("title", None, "A trial in two diseases"),
        ("abstract", "Abstract", "Nine responded."),
        ("caption", None, "Table 1 Responses by dose"),
        ("heading", None, "Results"),
        ("paragraph", "Results", "All were seen."),
    ]
    info = document.info
    assert (info.title, info.authors) == ("A trial in two diseases", ("Doe, Jane",))
    assert (info.journal, info.year, info.doi) == ("Journal of Trials", 2015, "10.9999/j.t.2015")


ROW = "<tr><td>10 mg</td><td>4</td></tr>"
WRAP = f"<table-wrap><label>Table 1</label><table>{ROW}</table></table-wrap>"


@pytest.mark.parametrize(
    "content",
    [
        f'<book><book-meta/><book-body><book-part book-part-type="chapter"><body><p>A</p>{WRAP}'
        "</body></book-part></book-body></book>",
        f"<book-part-wrapper><book-part><body><sec>{WRAP}</sec></body></book-part>"
        "</book-part-wrapper>",
        f"<OAI-PMH><GetRecord><metadata><article><body>{WRAP}</body></article></metadata>"
        "</GetRecord></OAI-PMH>",
        f'<j:article xmlns:j="urn:x"><body><boxed-text>{WRAP}</boxed-text></body></j:article>',
        f"<article><back><app-group><app>{WRAP}</app></app-group></back></article>",
        f"<article><body><supplementary-material>{WRAP}</supplementary-material></body></article>",
        f"<article><sub-article><body>{WRAP}</body></sub-article></article>",
        '<!DOCTYPE article PUBLIC "-//NLM//DTD Journal Publishing DTD v2.3//EN" "x.dtd">'
        f"<article><floats-wrap>{WRAP}</floats-wrap></article>",
        "<article><body><table-wrap><label>Table 1</label><alternatives><graphic "
        f'xmlns:x="urn:x" x:href="t.jpg"/><table>{ROW}</table></alternatives></table-wrap></body>'
        "</article>",
        "<article><body><table-wrap><label>Table 1</label><alternatives>"
        f"<table>{ROW}</table><table>{ROW}</table></alternatives></table-wrap></body></article>",
        f"<article><body><table-wrap><array>{ROW}</array><caption><title>Table 1</title></caption>"
        "</table-wrap></body></article>",
        f'<article><body><table><tr><td colspan="2">Table 1</td></tr>{ROW}</table></body>'
        "</article>",
    ],
)
def test_a_table_wherever_it_stands(tmp_path: Path, content: str) -> None:
    document = read(tmp_path, content)
    (grid,) = document.grids
    assert grid.label == "1"
    assert plain(grid) == [["10 mg", "4"]]
    assert document.problems == ()


def test_the_first_article_of_a_set_is_read_and_the_rest_named(tmp_path: Path) -> None:
    one = f"<article><body>{WRAP}</body></article>"
    document = read(tmp_path, f"<pmc-articleset>{one}{one}</pmc-articleset>")
    assert len(document.grids) == 1
    assert [p.code for p in document.problems] == ["several-articles"]


def test_a_table_set_as_a_list(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<article><body><table-wrap><label>Table 2</label><def-list><def-item><term>CR</term><def>"
        "<p>complete response</p></def></def-item></def-list><list><list-item><p>PR</p>"
        "</list-item></list></table-wrap></body></article>",
    )
    assert [[c.text for c in row] for row in document.grids[0].rows] == [
        ["CR", "complete response"],
        ["PR"],
    ]
    assert [p.code for p in document.problems] == ["table-is-list"]


def test_a_formula_in_tex_alone_is_shown_without_its_preamble(tmp_path: Path) -> None:
    cell = (
        "<alternatives><tex-math>\\documentclass{minimal}\\usepackage{x}\\begin{document}$$x^2$$"
        "\\end{document}</tex-math><graphic/></alternatives>"
    )
    document = read(tmp_path, f"<article><body>{WRAP.replace('4', cell)}</body></article>")
    assert document.grids[0].rows[0][1].text == "x²"


def test_abstracts_of_inner_articles_are_read_once(tmp_path: Path) -> None:
    inner = "<front-stub><abstract><p>Resumen.</p></abstract></front-stub>"
    document = read(
        tmp_path,
        "<article><front><article-meta><abstract><p>Summary.</p></abstract></article-meta></front>"
        f"<body><p>Text.</p></body><sub-article>{inner}</sub-article></article>",
    )
    assert [b.text for b in document.blocks] == ["Summary.", "Text.", "Resumen."]


XLINK = 'xmlns:x="http://www.w3.org/1999/xlink"'


def wrapped(rows: str) -> str:
    table = f"<table-wrap><label>Table 1</label><table>{rows}</table></table-wrap>"
    return f"<article><body>{table}</body></article>"


def test_parts_of_a_table_with_their_own_heads_are_grids_of_their_own(tmp_path: Path) -> None:
    part = "<tgroup cols='{0}'><thead><row>{1}</row></thead><tbody><row>{2}</row></tbody></tgroup>"
    names = ["<entry>Dose</entry><entry>CR</entry>", "<entry>A</entry>" * 3]
    rows = ["<entry>10</entry><entry>4</entry>", "<entry>1</entry>" * 3]
    parts = part.format(2, names[0], rows[0]) + part.format(3, names[1], rows[1])
    grids = read(tmp_path, wrapped(parts)).grids
    assert [plain(grid) for grid in grids] == [
        [["Dose", "CR"], ["10", "4"]],
        [["A"] * 3, ["1"] * 3],
    ]


def test_no_cell_leaves_its_group_of_rows(tmp_path: Path) -> None:
    first = "<tbody><tr><td rowspan='9'>x</td><td>1</td></tr></tbody>"
    then = "<tbody><tr><td>y</td><td>2</td></tr></tbody>"
    assert plain(read(tmp_path, wrapped(first + then)).grids[0]) == [["x", "1"], ["y", "2"]]


@pytest.mark.parametrize(
    ("cell", "text", "doubt"),
    [
        ("<td>4<vsp/>5</td>", "4 5", None),
        ("<td><table><tr><td>1</td><td>2</td></tr></table></td>", "1 2", "a table of its own"),
        ("<entrytbl><row><entry>1</entry><entry>2</entry></row></entrytbl>", "1 2", "of its own"),
        ("<td>5<strike>6</strike></td>", "5", "struck out"),
    ],
)
def test_cells_whose_parts_are_not_one_number(
    tmp_path: Path, cell: str, text: str, doubt: str | None
) -> None:
    found = read(tmp_path, wrapped(f"<tr><td>A</td>{cell}</tr>")).grids[0].rows[0][1]
    assert found.text == text
    assert found.doubt is None if doubt is None else doubt in (found.doubt or "")


@pytest.mark.parametrize(
    "pictured",
    [
        "<fig><label>Table 5</label><graphic x:href='t.tif'/></fig>",
        "<table><label>Table 5</label><caption><p>A</p></caption><link x:href='t.tif'/></table>",
    ],
)
def test_a_pictured_table_without_a_wrap_is_named(tmp_path: Path, pictured: str) -> None:
    (problem,) = read(tmp_path, f"<article {XLINK}><body>{pictured}</body></article>").problems
    assert (problem.code, problem.source.table) == ("table-is-image", "5")


BODY = "<tbody><tr><td>10 mg</td><td>4</td></tr></tbody>"
HEADED = f"<table><thead><tr><th>Dose</th><th>CR</th></tr></thead>{BODY}</table>"
TITLED = f"<table-wrap><label>Table 1</label><caption><p>Doses</p></caption>{HEADED}</table-wrap>"


def test_tables_of_a_translation_are_not_read_again(tmp_path: Path) -> None:
    spanish = TITLED.replace("Table 1", "Tabla 1").replace("Dose", "Dosis")
    inner = f'<sub-article article-type="translation"><body>{spanish}</body></sub-article>'
    document = read(tmp_path, f"<article><body>{TITLED}</body>{inner}</article>")
    assert [grid.caption for grid in document.grids] == ["Doses"]
    assert [problem.code for problem in document.problems] == ["translated-tables"]
    alone = read(tmp_path, f"<article><body><p>A</p></body>{inner}</article>")
    assert len(alone.grids) == 1


@pytest.mark.parametrize(
    ("holder", "title"),
    [
        ("<boxed-text><label>Box 2</label><caption><p>Doses</p></caption>{}</boxed-text>", "Box 2"),
        ("<tabular><label>2</label><title>Doses</title>{}</tabular>", "2"),
        ("<table-wrap-group><label>Table 2</label><title>Doses</title>{}</table-wrap-group>", "2"),
    ],
)
def test_what_holds_a_table_gives_its_title(tmp_path: Path, holder: str, title: str) -> None:
    document = read(tmp_path, f"<article><body>{holder.format(HEADED)}</body></article>")
    (grid,) = document.grids
    assert (grid.label, grid.caption) == (title, "Doses")


@pytest.mark.parametrize("group", ["tfoot", "tbody"])
def test_rows_across_the_foot_of_a_table_are_its_notes(tmp_path: Path, group: str) -> None:
    foot = f'<{group}><tr><td colspan="2"><sup>a</sup>Weekly.</td></tr></{group}>'
    wrap = TITLED.replace("</table>", f"{foot}</table>")
    (grid,) = read(tmp_path, f"<article><body>{wrap}</body></article>").grids
    assert [(note.mark, note.text) for note in grid.footnotes] == [("a", "Weekly.")]
    assert len(grid.rows) == 2


def test_an_array_in_the_text_is_a_table(tmp_path: Path) -> None:
    document = read(tmp_path, f"<article><body><p>A</p><array>{BODY}</array></body></article>")
    assert [[c.text for c in row] for row in document.grids[0].rows] == [["10 mg", "4"]]
