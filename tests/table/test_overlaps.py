"""Series that may share patients: found over all sources, counted once, decided by a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evidence.model.finding import Finding
from evidence.model.series import Series
from evidence.store.files import StoredSeries
from evidence.table.audit import audit
from evidence.table.build import build_rows
from evidence.table.select import select
from evidence.table.switches import Switches


def series(name: str, authors: str, size: int = 20, **fields: Any) -> Series:
    arm = {
        "population": fields.pop("population", {"B-CLL": size}),
        "regimen": fields.pop("regimen", {}),
        "responses": fields.pop("responses", [{"CR": size // 4, "PR": size // 3}]),
    }
    year = int(name[-4:])
    document = fields.pop("document", f"{name}.pdf")
    citation = {"authors": authors, "year": year, **fields.pop("citation", {})}
    source = {"document": document, "kind": fields.pop("kind", "original")}
    return Series.model_validate(
        {"series": name, "citation": citation, "source": source, "arms": [arm], **fields}
    )


def stored(item: Series, source: str) -> StoredSeries:
    return StoredSeries(series=item, path=Path(f"{source}.yaml"), source=source, sha="")


def named(items: list[Any]) -> list[Finding]:
    return [f for f in audit(items) if f.code == "possible-overlap"]


ORAL = {"routes": ["PO"], "dose_mg": 420}


class TestAcrossSources:
    """Centre and regimen stand in different sources of one of the two series."""

    def items(self, *, centre: str = "Dana Hospital, Springfield") -> list[StoredSeries]:
        return [
            stored(series("hill-2012", "Hill et al.", centre="Springfield"), "original-hill"),
            stored(series("hill-2012", "Hill et al.", regimen=ORAL, document="review.pdf"),
                   "review"),
            stored(series("moss-2014", "Moss et al.", 31, centre=centre), "original-moss"),
            stored(series("moss-2014", "Moss et al.", 31, regimen=ORAL, document="review.pdf"),
                   "review"),
        ]  # fmt: skip

    def test_a_pair_is_told_once_with_who_said_what(self) -> None:
        (found,) = named(self.items())
        assert (found.series, found.severity) == ("moss-2014", "low")
        assert found.arithmetic == (
            "both from Springfield (original-hill and original-moss); the same diseases (B-CLL) "
            "(original-hill and original-moss); the same regimen (PO, 420) (review)"
        )
        documents = {place.document for place in found.places}
        assert documents == {"hill-2012.pdf", "moss-2014.pdf", "review.pdf"}

    def test_another_centre_is_no_pair(self) -> None:
        assert named(self.items(centre="Dana Hospital, Shelbyville")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # one team, one number of patients
        (series("hill-2012", "Hill J, Roe A"), series("hill-2015", "J. Hill, A. Roe")),
        # one team, overlapping years
        (series("hill-2012", "Hill J", period="2001-2009"),
         series("hill-2015", "Hill J", 44, period="2008 to 2013")),
        # a later first author, one centre, one regimen
        (series("hill-2012", "Hill J, Moss P", centre="St Mary, Oslo", regimen=ORAL),
         series("moss-2015", "Moss P, Hill J", 44, centre="Oslo", regimen=ORAL)),
        # the same responses of one team
        (series("hill-2012", "Hill", 30, responses=[{"CR": 7, "PR": 6}]),
         series("hill-2015", "Hill", 28, responses=[{"CR": 7, "PR": 6}])),
    ],
)  # fmt: skip
def test_pairs_that_are_named(first: Series, second: Series) -> None:
    assert len(named([first, second])) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # other people of one name
        (series("lee-2012", "Lee J et al."), series("lee-2015", "Lee S et al.")),
        # names of centres that many share
        (series("hill-2012", "Hill", centre="University Hospital of Lyon"),
         series("moss-2015", "Moss", centre="University Hospital, Medical Centre, Ghent")),
        # one team, another drug schedule, disease and size
        (series("hill-2012", "Hill"),
         series("hill-2015", "Hill", 44, population={"FL": 44}, responses=[{"CR": 3}])),
        # nothing but like numbers
        (series("hill-2012", "Hill", regimen=ORAL), series("moss-2015", "Moss", regimen=ORAL)),
    ],
)  # fmt: skip
def test_pairs_that_are_left_alone(first: Series, second: Series) -> None:
    assert named([first, second]) == []


def counted(items: list[Any], **switches: bool) -> set[str]:
    rows, _ = build_rows(items)
    return {row.series for row in select(rows, "CR", switches=Switches(**switches)).rows}


class TestCountedOnce:
    abstract = series("hill-2010", "Hill J et al.", kind="abstract")
    paper = series("hill-2012", "Hill J et al.", responses=[{"CR": 6, "PR": 6}])

    def test_an_abstract_and_its_paper(self) -> None:
        assert counted([self.abstract, self.paper]) == {"hill-2012"}
        assert counted([self.abstract, self.paper], overlaps=True) == {"hill-2010", "hill-2012"}

    def test_it_stays_open_until_a_person_decides(self) -> None:
        (found,) = named([self.abstract, self.paper])
        assert found.severity == "medium"
        assert found.would_change is not None
        assert "Hill et al. 2010 is an abstract of Hill et al. 2012" in found.would_change

    def test_a_person_may_say_they_are_distinct(self) -> None:
        relation = {"series": "hill-2010", "relation": "distinct", "by": "M. Roe"}
        plain = self.paper.model_dump(mode="json", exclude_none=True) | {"overlaps": [relation]}
        paper = Series.model_validate(plain)
        assert counted([self.abstract, paper]) == {"hill-2010", "hill-2012"}
        assert named([self.abstract, paper]) == []

    @pytest.mark.parametrize(
        "other",
        [
            series("hill-2022", "Hill J et al."),  # too late
            series("hill-2011", "Hill J et al.", 12),  # fewer patients than the abstract
            series("hill-2011", "Hill K et al."),  # another person
            series("hill-2011", "Hill J et al.", kind="abstract"),  # no paper
            series("hill-2011", "Hill J et al.", regimen={"routes": ["IV"]}),  # another route
        ],
    )
    def test_what_is_not_sure_is_counted(self, other: Series) -> None:
        first = series("hill-2010", "Hill J et al.", kind="abstract", regimen={"routes": ["SC"]})
        assert counted([first, other]) == {first.series, other.series}

    @pytest.mark.parametrize(
        "citation",
        [
            ({"doi": "10.1/ABC"}, {"doi": "https://doi.org/10.1/abc"}),
            ({"pmid": "123"}, {"pmid": "123"}),
            ({"title": "Ibrutinib in relapsed chronic lymphocytic leukaemia"},
             {"title": "Ibrutinib in relapsed chronic lymphocytic leukaemia."}),
        ],
    )  # fmt: skip
    def test_one_paper_under_two_names(self, citation: tuple[dict[str, str], ...]) -> None:
        items = [
            series("hill-2012", "Hill J", citation=citation[0]),
            series("hill-j-2012", "Hill J", citation=citation[1]),
        ]
        assert counted(items) == {"hill-2012"}
        assert {"same-paper", "possible-overlap"} <= {f.code for f in audit(items)}

    def test_two_cohorts_of_one_paper_are_both_counted(self) -> None:
        items = [
            series("hill-a-2012", "Hill J", 20, citation={"doi": "10.1/abc"}),
            series("hill-b-2012", "Hill J", 31, citation={"doi": "10.1/abc"}),
        ]
        assert counted(items) == {"hill-a-2012", "hill-b-2012"}

    def test_the_largest_of_a_chain_is_counted(self) -> None:
        relation = {"relation": "overlaps", "by": "M. Roe"}
        items = [
            series("a-2001", "Ash", 10),
            series("b-2002", "Birch", 30, overlaps=[{"series": "a-2001", **relation}]),
            series("c-2003", "Cedar", 20, overlaps=[{"series": "b-2002", **relation}]),
        ]
        assert counted(items) == {"b-2002"}


def test_the_centre_in_one_source_and_the_regimen_in_another(root: Path) -> None:
    """This review: the originals give the centre, the review's table the regimen of Clark 2012."""
    from evidence.review import Review

    pairs = {
        (f.series, f.stated): f.arithmetic
        for f in Review(root).audit()
        if f.code == "possible-overlap"
    }
    why = pairs["watanabe-2014", "Clark et al. 2012 and Watanabe et al. 2014 as two series"]
    assert "both from Boston (original-clark-2012 and original-watanabe-2014)" in why
    assert "the same regimen (SC, 10)" in why
    assert len(pairs) == 2  # and the two reports by Lundin


def test_three_patients_alike_and_another_dose_are_no_pair() -> None:
    small = {"responses": [{"CR": 2, "PR": 1}], "population": {"B-CLL": 3}}
    low = {"routes": ["PO"], "dose_mg": 140}
    a = series("hill-2012", "Hill J", 3, regimen=ORAL, **small)
    b = series("hill-2015", "Hill J", 3, regimen=low, **small | {"population": {"FL": 3}})
    assert named([a, b]) == []
    (found,) = named([a, series("hill-2015", "Hill J", 3, regimen=ORAL, **small)])
    assert found.severity == "medium"


def test_a_recorded_overlap_is_a_decision_of_both() -> None:
    overlap = {"series": "hill-2015", "relation": "part of", "by": "M. Roe", "why": "one centre"}
    a = series("hill-2012", "Hill J", overlaps=[overlap])
    rows, _ = build_rows([a, series("hill-2015", "Hill J", 40)])
    chosen = select(rows, "CR")
    assert chosen.decisions == (
        "Hill J 2015: overlap with hill-2012: contains, M. Roe: one centre",
    )
