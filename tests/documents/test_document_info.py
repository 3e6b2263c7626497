"""What documents of every format say about themselves, and what they leave open.

Expected values of real papers are those of the same paper's JATS front matter; the others are
written in the test.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evidence.documents import read_document
from evidence.documents.base import DocumentInfo
from evidence.documents.front_page import front_info
from evidence.documents.identify import doi_in, pmcid_in, pmid_in, years_in
from evidence.documents.names import family_first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10.9999/ABC.1.", "10.9999/abc.1"),
        ("doi:10.1016/S2352-3026(20)30366-5.", "10.1016/s2352-3026(20)30366-5"),
        ("(doi: 10.9999/x.2)", "10.9999/x.2"),
        ("https://site.example/doi/10.9999/x.3/full?a=b", "10.9999/x.3"),
        ("chapter 10.5/2", None),
        (None, None),
    ],
)
def test_a_doi_in_text(text: str | None, expected: str | None) -> None:
    assert doi_in(text) == expected


def test_other_identifiers_only_where_they_are_called_so() -> None:
    assert (pmid_in("PMID: 1234567"), pmid_in("1234567")) == ("1234567", None)
    assert pmid_in("1234567", bare=True) == "1234567"
    assert (pmcid_in("see PMC8088944"), pmcid_in("8088944", bare=True)) == (
        "PMC8088944",
        "PMC8088944",
    )
    assert years_in("2015;106(8):1999-2003, grant 120201") == [2015, 1999]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane Doe", "Doe, Jane"),
        ("Doe J", "Doe, J"),
        ("Doe JK", "Doe, JK"),
        ("Jane A. Doe", "Doe, Jane A."),
        ("J. A. Doe", "Doe, J. A."),
        ("Doe, Jane", "Doe, Jane"),
        ("Ana de la Torre", "de la Torre, Ana"),
        ("The Study Group", "The Study Group"),
        ("Plato", "Plato"),
    ],
)
def test_names_in_one_form(name: str, expected: str) -> None:
    assert family_first(name) == expected


BYLINES = {
    "marks": ["Jane Doe¹,²*, Ana de la Torre² and Wu Li³", "¹Department of Haematology, A City"],
    "bullets": ["Jane Doe • Ana de la Torre •", "Wu Li", "Received: 1 May 2020"],
    "degrees": ["Jane Doe, MD, PhDᵃ, Ana de la Torre, MScᵇ, Wu Li, MBᵃ", "Abstract"],
    "one a line": ["Jane Doe¹", "Ana de la Torre²", "Wu Li³", "¹Department of Surgery"],
    "below a subtitle": ["a randomised trial", "Jane Doe, Ana de la Torre, Wu Li", "Abstract"],
    "side by side": ["Jane Doe¹\u2003Ana de la Torre\u2003Wu Li", "Abstract"],
    "broken in a name": ["Jane Doe¹, Ana de la", "Torre², Wu Li³", "Abstract"],
}


@pytest.mark.parametrize("name", sorted(BYLINES))
def test_names_below_the_title(name: str) -> None:
    lines = ["Original article", "A trial in two", "diseases", *BYLINES[name]]
    info = front_info(lines, title="A trial in two diseases")
    assert info.authors == ("Doe, Jane", "de la Torre, Ana", "Li, Wu")


@pytest.mark.parametrize(
    "byline",
    [
        ["Jane Doe, Ana Torre", "Wu Li, Max Roe", "Abstract"],  # does Torre go on as Torre Wu Li?
        ["We treated 12 patients with a new drug."],
        ["The Study Group"],
        [],
    ],
)
def test_names_are_never_guessed(byline: list[str]) -> None:
    assert front_info(["A trial in two diseases", *byline], title="A trial in two diseases") == (
        DocumentInfo(title="A trial in two diseases")
    )


@pytest.mark.parametrize(
    ("lines", "journal", "year"),
    [
        (["Doe et al. Annals of Trials (2020) 21:117"], "Annals of Trials", 2020),
        (["Ann. Trials 2015;106(8):1-9"], "Ann. Trials", 2015),
        (["Ann Trials 2021;", "8: e110–21"], "Ann Trials", 2021),
        (["DNA Trials, 2018, 25(4), 409–419"], "DNA Trials", 2018),
        (["Trials Open 6 (2018) 9e16"], "Trials Open", 2018),
        (["Journal of Trials", "Volume 2018, Article ID 9412167"], "Journal of Trials", 2018),
        (["Received: 1 May 2019 / Published online: 3 March 2020"], None, 2020),
        (["Published 2019", "© The Authors 2020"], None, None),
        (["Patients were seen in 2015."], None, None),
    ],
)
def test_journal_and_year_of_a_first_page(
    lines: list[str], journal: str | None, year: int | None
) -> None:
    info = front_info(lines, title=None)
    assert (info.journal, info.year) == (journal, year)


@pytest.mark.parametrize(
    ("below", "year"),
    [
        (["Petrov A, de Klerk C", "2017"], 2017),
        (["Petrov A, de Klerk C. March 2017"], 2017),
        (["Petrov A and de Klerk C (2017)"], 2017),
        (["Petrov A, de Klerk C", "Patients were seen until 2017"], None),
        (["Petrov A, de Klerk C", "2015", "2017"], None),
    ],
)
def test_a_year_below_the_title_or_after_the_names(below: list[str], year: int | None) -> None:
    info = front_info(["A trial in two diseases", *below], title="A trial in two diseases")
    assert (info.authors, info.year) == (("Petrov, A", "de Klerk, C"), year)


def test_first_pages_of_real_papers(shared: Path) -> None:
    """What a PDF's first page gives is what the same paper's XML says."""
    for name in ("PMC8088944", "PMC7906827"):
        folder = shared / "corpus" / "pdf_jats" / name
        page, front = (read_document(folder / f"paper.{s}").info for s in ("pdf", "xml"))
        assert [_words(author) for author in page.authors] == [_words(a) for a in front.authors]
        assert page.doi == front.doi
        assert page.year == front.year


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower()))


LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebPage"}, {"@type": ["ScholarlyArticle"], "headline": "A trial in two diseases",
"author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "Richard Roe"}],
"datePublished": "2020-05-01", "sameAs": "https://doi.org/10.9999/jmt.1",
"isPartOf": {"@type": "PublicationIssue", "isPartOf": {"@type": ["Periodical"],
"name": "Journal of Made-up Trials"}}}]}</script>"""
DUBLIN = """<meta name="dc.Title" content="A trial in two diseases">
<meta name="dc.Creator" content="Doe, Jane"><meta name="dc.Creator" content="Roe, Richard">
<meta name="prism.publicationName" content="Journal of Made-up Trials">
<meta name="dc.Date" scheme="WTN8601" content="2020-05-01">
<meta name="dc.Identifier" scheme="publisher-id" content="A1">
<meta name="dc.Identifier" scheme="doi" content="10.9999/JMT.1">
<meta name="dc.Type" content="case-report">"""


@pytest.mark.parametrize(
    ("head", "authors", "kind"),
    [
        (LINKED, ("Doe, Jane", "Roe, Richard"), None),
        (DUBLIN, ("Doe, Jane", "Roe, Richard"), "case-report"),
    ],
)
def test_a_page_without_citation_elements(
    tmp_path: Path, head: str, authors: tuple[str, ...], kind: str | None
) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        f"<html><head><title>Journal | A trial</title>{head}</head><body><h1>Journal</h1>"
        f"<p>{'word ' * 100}</p></body></html>"
    )
    info = read_document(path).info
    assert info == DocumentInfo(
        title="A trial in two diseases",
        authors=authors,
        journal="Journal of Made-up Trials",
        year=2020,
        doi="10.9999/jmt.1",
        article_type=kind,
    )


def test_an_archive_page_says_its_own_number(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<html><head><link rel="canonical" href="https://archive.example/articles/PMC1234567/">'
        '<meta name="citation_pmid" content="7654321"></head><body><h1>A trial</h1>'
        f'<p>{"word " * 100}</p><a href="/articles/PMC9999999/">cited</a></body></html>'
    )
    info = read_document(path).info
    assert (info.title, info.pmid, info.pmcid) == ("A trial", "7654321", "PMC1234567")
