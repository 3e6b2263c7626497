"""References out and in: what goes out comes back, and skeletons have ids of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.export.bibliography import to_bibtex, to_ris
from evidence.export.references import (
    parse_references,
    series_id,
)
from evidence.model.series import Arm, Citation, Series
from evidence.model.source import DocumentSource


def series(ident: str, **citation: object) -> Series:
    return Series(
        series=ident,
        citation=Citation.model_validate(citation),
        source=DocumentSource(document="a.pdf"),
        arms=(Arm(),),
    )


NOVELLI = series(
    "novelli-2015",
    authors="Novelli S; García-Muret P; Sierra J et al.",
    year=2015,
    title="Alemtuzumab & low doses: 100% of a_b",
    journal="J Dermatolog Treat",
    volume="27",
    issue="2",
    pages="179-181",
    doi="10.3109/09546634.2015.1086479",
    pmid="26404694",
)


@pytest.mark.parametrize(("write", "name"), [(to_ris, "a.ris"), (to_bibtex, "a.bib")])
def test_what_goes_out_comes_back(write: Callable[[list[Series]], str], name: str) -> None:
    found, problems = parse_references(write([NOVELLI, series("lee-2001", authors="Lee A")]), name)
    assert problems == []
    assert [reference.citation for reference in found] == [
        NOVELLI.citation,
        Citation(authors="Lee A"),
    ]


words = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12
)


@settings(max_examples=80, deadline=None)
@given(st.lists(words, min_size=1, max_size=6), st.integers(1850, 2100))
def test_any_title_survives_ris(title: list[str], year: int) -> None:
    one = series("x-1", authors="Lee A", year=year, title=" ".join(title))
    found, _ = parse_references(to_ris([one]), "refs.ris")
    assert found[0].citation.title == " ".join(" ".join(title).split())
    assert found[0].citation.year == year


@pytest.mark.parametrize(
    ("authors", "ident"),
    [
        ("Querfeld et al.", "querfeld-2009"),
        ("García-Muret P; X Y", "garcia-muret-2009"),
        ("de Masson, A.", "de-masson-2009"),
        ("李", "series-2009"),
    ],
)
def test_ids_are_plain_letters(authors: str, ident: str) -> None:
    assert series_id(Citation(authors=authors, year=2009)) == ident
