"""Reference files of other programs: what they write is read, and what cannot be is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.errors import UnreadableDocument, WrongUsage
from evidence.export.references import (
    parse_references,
    read_references,
    series_id,
    skeletons,
)
from evidence.model.series import Arm

FOREIGN_RIS = """\ufeffTY  - JOUR
A1  - Kennedy, G. A.
A1  - Seymour, J. F.
T1  - Treatment of patients with advanced mycosis fungoides
JF  - European Journal of Haematology
Y1  - 2003/10//
VL  - 71
IS  - 4
SP  - 250
EP  - 256
DO  - https://doi.org/10.1034/J.1600-0609.2003.00143.x.
ER  -

TY  - JOUR
TI  - Nobody wrote this
ER  -
"""


def test_ris_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris"
    path.write_text(FOREIGN_RIS, encoding="utf-8")
    found, problems = read_references(path)
    citation = found[0].citation
    assert citation.authors == "Kennedy, G. A.; Seymour, J. F."
    assert (citation.year, citation.pages) == (2003, "250-256")
    assert citation.doi == "10.1034/j.1600-0609.2003.00143.x"
    assert [str(problem) for problem in problems] == [
        "refs.ris, line 14: the reference names no author."
        " Mend: mend the entry in the file, or write the series by hand"
    ]


NBIB = """PMID- 12543862
DP  - 2003 Jun 1
TI  - Phase 2 study of alemtuzumab in patients with advanced
      mycosis fungoides
PG  - 4267-72
LID - 10.1182/blood-2002-09-2802 [doi]
AU  - Lundin J
AU  - Hagberg H
TA  - Blood
VI  - 101
IP  - 11

PMID- 9779699
AU  - Lundin J
DP  - 1998
TA  - J Clin Oncol
"""


def test_pubmed_file_with_two_entries_and_a_continued_title() -> None:
    found, problems = parse_references(NBIB, "refs.nbib")
    assert problems == []
    assert [reference.line for reference in found] == [1, 13]
    first = found[0].citation
    assert first.title == "Phase 2 study of alemtuzumab in patients with advanced mycosis fungoides"
    assert (first.pmid, first.doi) == ("12543862", "10.1182/blood-2002-09-2802")
    assert found[1].citation.journal == "J Clin Oncol"


def test_skeletons_have_ids_that_are_free() -> None:
    found, _ = parse_references(NBIB.replace("1998", "2003"), "refs.nbib")
    made = skeletons(found, document="refs.nbib", taken=["lundin-2003"])
    assert [one.series for one in made] == ["lundin-2003-2", "lundin-2003-3"]
    assert made[0].arms == (Arm(),)
    assert made[0].status == "unverified"
    assert made[0].source.kind == "entered"


BIBTEX = r"""
@comment{not an entry}
@string{jco = "J Clin Oncol"}
@article{masson,
  author = {de Masson, A. and Guitera, P. and others},
  title  = "{Long-term} efficacy and S{\'e}zary: \"o {\o}",
  journal = jco # { Suppl},
  year = 2014, pages = {715--724}, number = 3,
}
@article{broken, author = {Never Closed
"""


def test_bibtex_with_strings_accents_and_an_open_entry() -> None:
    found, problems = parse_references(BIBTEX, "refs.bib")
    citation = found[0].citation
    assert citation.authors == "de Masson, A.; Guitera, P. et al."
    assert citation.title == "Long-term efficacy and Sézary: ö ø"
    assert (citation.journal, citation.pages) == ("J Clin Oncol Suppl", "715-724")
    assert [(p.code, p.source.line) for p in problems if p.source] == [("bibtex-entry", 10)]


def test_another_suffix_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(
        WrongUsage, match=r"Unknown reference file suffix '.doc'. Known: .ris, .bib"
    ):
        read_references(tmp_path / "refs.doc")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    with pytest.raises(UnreadableDocument, match=r"refs\.ris cannot be read as text"):
        read_references(path)


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "refs.ris"
    path.write_text("")
    assert [problem.code for problem in read_references(path)[1]] == ["no-references"]


ENDNOTE = (
    "\ufeffTY  - JOUR\r\nAU  - Querfeld, Christiane\r\nAU  - Rosen, S. T.\r\nPY  - 2009/12//\r\n"
    "TI  - Alemtuzumab for relapsed and refractory erythrodermic cutaneous\r\n"
    "      T-cell lymphoma\r\nT2  - Leukemia & Lymphoma\r\nJO  - Leuk Lymphoma\r\nSP  - 1969\r\n"
    "EP  - 1976\r\nDO  - https://doi.org/10.3109/10428190903216770\r\nAN  - WOS:000272370900009\r\n"
    "N2  - Background.\r\nER  - positive cells were seen\r\nUR  - http://x\r\nER  - \r\n\r\n"
    "TY  - JOUR\r\nA1  - de Masson, A\r\nY1  - 2014\r\nT1  - Long-term\r\nER  - "
)


def test_endnote_with_mark_of_order_wrapped_title_and_an_abstract_that_says_er(
    tmp_path: Path,
) -> None:
    path = tmp_path / "endnote.ris"
    path.write_bytes(ENDNOTE.encode())
    found, problems = read_references(path)
    assert problems == []
    assert [r.citation.authors for r in found] == [
        "Querfeld, Christiane; Rosen, S. T.",
        "de Masson, A",
    ]
    first = found[0].citation
    assert first.title == (
        "Alemtuzumab for relapsed and refractory erythrodermic cutaneous T-cell lymphoma"
    )
    assert (first.year, first.pages, first.pmid) == (2009, "1969-1976", None)
    assert first.doi == "10.3109/10428190903216770"


MENDELEY = r"""Automatically generated by Mendeley Desktop 1.19.8
Any changes to this file will be lost if it is regenerated by Mendeley.

@article{Garcia2003,
abstract = {We treated {\textgreater} 3 patients with \textit{it} {\&} others; 50\% \{sic\}.},
author = {Garc{\'{i}}a-Mur{\'e}t, Mar{\'\i}a and M{\"u}ller, J{\"{o}}rg and {van der Berg}, Anna
  and {\O}rsted, S{\o}ren and others},
doi = {10.1000/abc\_def},
file = {:C$\backslash$:/Users/x/paper.pdf:pdf},
journal = {{J. Dermatol. {\&} Treat.}},
month = {jan},
pages = {179--181},
title = {{Alemtuzumab in {S{\'{e}}zary} syndrome: 100{\%} of it}},
year = {2003}
}
@article{Garcia2003, author = "Garcia, M. P.", title = "A second with the same key", year = 2004}
@inproceedings{Smith:2004-x, author={Smith, John}, title={{Title only}}, year={in press}}
@Article{noauthor2005, title = {Without authors}, year = {2005},}
@article{unclosed, author = {Doe, J}, title = {Never {closed}, year = {2001}
"""


def test_mendeley_with_latex_letters_repeated_keys_and_an_entry_that_never_ends(
    tmp_path: Path,
) -> None:
    path = tmp_path / "library.bib"
    path.write_text(MENDELEY, encoding="utf-8")
    found, problems = read_references(path)
    assert [(r.citation.authors, r.citation.year) for r in found] == [
        ("García-Murét, María; Müller, Jörg; van der Berg, Anna; Ørsted, Søren et al.", 2003),
        ("Garcia, M. P.", 2004),
        ("Smith, John", None),
    ]
    assert found[0].citation.title == "Alemtuzumab in Sézary syndrome: 100% of it"
    assert found[0].citation.journal == "J. Dermatol. & Treat."
    assert sorted(problem.code for problem in problems) == ["bibtex-entry", "reference-authors"]


ZOTERO = """TY  - JOUR
TI  - Low-dose intermittent alemtuzumab
AU  - Bernengo, Maria Grazia
T2  - Haematologica
DA  - 2007/06//
PY  - 2007
DO  - 10.3324/haematol.11127
ER  -


TY  - JOUR
TI  - Low-dose intermittent alemtuzumab (again)
AU  - Bernengo, Maria Grazia
DO  - 10.3324/HAEMATOL.11127
ER  -

TY  - CONF
TI  - Without the end of its record
AU  - Zinzani PL
PY  - 2004
"""


def test_zotero_with_a_paper_twice_and_a_record_that_does_not_end(tmp_path: Path) -> None:
    path = tmp_path / "zotero.ris"
    path.write_text(ZOTERO, encoding="utf-8")
    found, problems = read_references(path)
    assert [series_id(r.citation) for r in found] == ["bernengo-2007", "zinzani-2004"]
    assert [(p.code, p.source.line) for p in problems if p.source] == [("reference-twice", 11)]
    assert "the same paper as on line 1 (10.3324/haematol.11127)" in problems[0].message


PUBMED = """\ufeff
PMID- 17550851
OWN - NLM
DP  - 2007 Jun
TI  - Low-dose intermittent alemtuzumab: clinical
      and immunologic findings in 14 patients.
PG  - 784-94
LID - 10.3324/haematol.11127 [doi]
AB  - BACKGROUND: The aim
      TI  - is not a tag here
FAU - Bernengo, Maria Grazia
AU  - Bernengo MG
TA  - Haematologica
AID - 92/6/784 [pii]

PMID- 12515725
DP  - 2003 Winter
TI  - Second.
CN  - Swedish CTCL Group
TA  - Blood
"""


def test_pubmed_with_an_abstract_that_looks_like_a_tag_and_a_group_as_author(
    tmp_path: Path,
) -> None:
    path = tmp_path / "pubmed.nbib"
    path.write_bytes(PUBMED.replace("\n", "\r\n").encode())
    found, problems = read_references(path)
    assert problems == []
    assert found[0].citation.title == (
        "Low-dose intermittent alemtuzumab: clinical and immunologic findings in 14 patients"
    )
    assert [(r.citation.authors, r.citation.year) for r in found] == [
        ("Bernengo MG", 2007),
        ("Swedish CTCL Group", 2003),
    ]


@pytest.mark.parametrize(
    ("encoding", "told"), [("cp1252", ["references-encoding"]), ("utf-16", [])]
)
def test_other_encodings_are_read_and_a_guess_is_told(
    tmp_path: Path, encoding: str, told: list[str]
) -> None:
    path = tmp_path / "old.ris"
    path.write_bytes("TY  - JOUR\r\nAU  - García, M\r\nPY  - 2001\r\nER  - \r\n".encode(encoding))
    found, problems = read_references(path)
    assert [r.citation.authors for r in found] == ["García, M"]
    assert [problem.code for problem in problems] == told
