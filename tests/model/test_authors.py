from __future__ import annotations

import pytest

from evidence.model.authors import short_authors, split_authors


@pytest.mark.parametrize(
    ("authors", "parts"),
    [
        ("Lundin J, Hagberg H, Repp R et al.", ["Lundin J", "Hagberg H", "Repp R", "et al."]),
        ("Querfeld et al.", ["Querfeld", "et al."]),
        ("Kennedy, G. A.; Seymour, J. F.", ["Kennedy, G. A.", "Seymour, J. F."]),
        ("de Masson, A.", ["de Masson, A."]),
        ("Lee A", ["Lee A"]),
        ("", []),
    ],
)
def test_authors_are_split(authors: str, parts: list[str]) -> None:
    assert split_authors(authors) == parts


@pytest.mark.parametrize(
    ("authors", "short"),
    [
        ("Lundin et al.", "Lundin et al."),
        ("de Masson, Adele; Beylot-Barry, Marie", "de Masson et al."),
        ("Lundin J, Hagberg H, Repp R", "Lundin et al."),
        ("Petrov, Ivan", "Petrov"),
        ("Study A", "Study A"),
        ("Index series", "Index series"),
    ],
)
def test_a_series_is_called_by_its_first_author(authors: str, short: str) -> None:
    assert short_authors(authors) == short
