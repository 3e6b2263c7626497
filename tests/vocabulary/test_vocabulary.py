"""The word lists: shipped words, words of a review, legends under tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import WrongUsage
from evidence.vocabulary import load_vocabulary, parse_legend, phrase_key

WORDS = load_vocabulary()


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("i.v.", "IV"), ("Subcutaneously", "SC"), ("per os", "PO"), ("intralesional", "IL"),
        ("gel", "TOP"), ("intramuscular", "IM"), ("CIVI", "IV"), ("SC", "SC"), ("nowhere", None),
    ],
)  # fmt: skip
def test_routes(text: str, route: str | None) -> None:
    assert WORDS.route(text) == route


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("complete remission", "CR"), ("VGPR", "VGPR"), ("stringent complete response", "sCR"),
        ("OR", "ORR"), ("or", None), ("disease control rate", "DCR"), ("CBR", "DCR"),
        ("progressive disease", "PD"), ("not evaluable", "NE"), ("minor response", "MR"),
    ],
)  # fmt: skip
def test_responses(text: str, outcome: str | None) -> None:
    assert WORDS.response(text) == outcome


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Sézary syndrome", "SS"), ("mycosis fungoides", "MF"), ("non-Hodgkin's lymphoma", "NHL"),
        ("metastatic melanoma", "melanoma"), ("multiple myeloma", "MM"), ("plaque psoriasis",
        "psoriasis"), ("diffuse large B-cell lymphoma", "DLBCL"), ("chronic lymphocytic leukaemia",
        "CLL"), ("renal cell carcinoma", "RCC"),
    ],
)  # fmt: skip
def test_diseases(text: str, label: str) -> None:
    assert WORDS.disease(text) == label


def test_spelling_and_number_make_no_difference() -> None:
    assert WORDS.complication("Diarrhoea") == WORDS.complication("diarrhea")
    assert WORDS.complication("Anaemias") == WORDS.complication("anemia")


def test_the_longest_known_phrase_inside_a_term_decides() -> None:
    assert WORDS.complication("severe febrile neutropenia") == (
        "Febrile neutropenia", "Blood and lymphatic",
    )  # fmt: skip
    assert WORDS.complication("zorgblatt") is None


@pytest.mark.parametrize(
    "text",
    [
        "Abbreviations: DP, disease progression; OR, overall response; NS, not stated.",
        "DP = disease progression; OR = overall response; NS = not stated",
        "DP: disease progression; OR: overall response; NS: not stated.",
        "DP = disease progression, OR = overall response, NS = not stated.",
    ],
)
def test_legends(text: str) -> None:
    legend = parse_legend(text)
    assert legend == {
        "DP": "disease progression", "OR": "overall response", "NS": "not stated",
    }  # fmt: skip
    words = WORDS.with_legend(legend)
    assert (words.response("DP"), words.status("NS")) == ("PD", "not stated")


def test_a_sentence_is_no_legend() -> None:
    assert parse_legend("Patients were treated for three weeks, then observed.") == {}


def test_the_legend_goes_before_the_shipped_words() -> None:
    words = WORDS.with_legend({"NR": "no response", "PR": "pruritus"})
    assert words.response("NR") == "no response"
    assert words.response("PR") is None
    assert WORDS.status("NR") == "not stated"


def test_words_of_a_review_are_added_and_go_first() -> None:
    words = load_vocabulary(
        {"diseases": {"GD": ["Gorham", "MM"]}, "complications": {"Bone / Osteolysis": ["lysis"]}}
    )
    assert words.disease("Gorham") == "GD"
    assert words.disease("MM") == "GD"
    assert words.complication("lysis") == ("Osteolysis", "Bone")
    assert words.disease("mycosis fungoides") == "MF"


def test_a_list_that_does_not_exist_names_the_known() -> None:
    with pytest.raises(WrongUsage, match="diseases"):
        load_vocabulary({"deseases": {}})


def test_a_drug_of_the_review_takes_its_synonyms_and_theirs() -> None:
    words = WORDS.with_drug("methotrexate sodium", ("methotrexate",))
    assert words.drug("MTX") == "methotrexate sodium"
    assert words.drug("bexarotene") == "bexarotene"
    assert words.drug("zorgblattimab") == "zorgblattimab"
    assert words.drug("table") is None


@given(st.text(max_size=40))
def test_keys_are_stable(text: str) -> None:
    assert phrase_key(phrase_key(text)) == phrase_key(text)


def test_every_shipped_word_is_found_again() -> None:
    for name in ("routes", "responses", "diseases", "complications", "endpoints", "statuses"):
        for word, value in (WORDS.loose[name] | WORDS.exact[name]).items():
            assert WORDS.lookup(name, word) is not None, (name, word, value)
            assert WORDS.reach(name, word.split()[0]) >= 1, (name, word)


@pytest.mark.parametrize(
    ("name", "text", "meaning"),
    [
        ("columns", "N.º de pacientes", "patients"), ("columns", "âge médian", "age"),
        ("columns", "Remissionsdauer", "response_duration"),
        ("responses", "respuesta completa", "CR"), ("responses", "doença estável", "SD"),
        ("responses", "partielle Remission", "PR"),
        ("schedules", "tres veces por semana", "3"), ("schedules", "una volta a settimana", "1"),
        ("statuses", "no consta", "not stated"), ("statuses", "aucune", "none"),
        ("words", "zwölf", "12"), ("time_days", "meses", "month"), ("fatal", "Todesfälle", "fatal"),
    ],
)  # fmt: skip
def test_words_of_other_languages(name: str, text: str, meaning: str) -> None:
    assert WORDS.lookup(name, text) == meaning


def test_english_words_go_before_those_of_other_languages() -> None:
    english = {"once weekly": "1", "daily": "7", "weekly": "1"}
    assert {text: WORDS.lookup("schedules", text) for text in english} == english
    for text in ("once", "due", "an", "die", "media"):
        assert WORDS.number_word(text) is None
