"""The report in Spanish and in American English: complete, and data left as it is."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import page as seen
import pytest
from composed_strings import missing

from evidence.model.protocol import Protocol
from evidence.report import words as language
from evidence.report.context import ReportContext
from evidence.report.render import render_report
from evidence.report.text import Quoted, numbers_in, plain


def in_language(ctx: ReportContext, code: str) -> ReportContext:
    plain = ctx.protocol.model_dump()
    plain["review"] |= {"language": code}
    return replace(ctx, protocol=Protocol.model_validate(plain))


def test_no_string_is_left_untranslated(
    full: ReportContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    original = language.Words.__call__

    def listen(self: language.Words, message: str) -> str:
        asked.add(message)
        return original(self, message)

    monkeypatch.setattr(language.Words, "__call__", listen)
    render_report(in_language(full, "es"))
    known = language.words("es")._catalogue._catalog  # type: ignore[attr-defined]
    missing = sorted(m for m in asked if m and m not in known and re.search("[a-z]{3}", m))
    assert missing == []
    assert len(asked) > 250


def test_spanish_report_is_spanish_and_holds_the_same_numbers(full: ReportContext) -> None:
    html = render_report(in_language(full, "es"))["report.html"].decode()
    assert "<html lang=es>" in html
    assert "proporción combinada de series no controladas" in html
    assert "pooled proportion" not in re.sub(r"<script.*?</script>", "", html, flags=re.S)
    english = render_report(full)["report.html"].decode()
    counts = re.compile(r">(\d+/\d+)<")
    assert sorted(counts.findall(html)) == sorted(counts.findall(english))


def test_placeholders_survive_translation() -> None:
    known = language.words("es")._catalogue._catalog  # type: ignore[attr-defined]
    places = re.compile(r"\{\w+\}")
    assert len(known) > 400
    for message, translated in known.items():
        if isinstance(message, str) and message:
            assert sorted(places.findall(message)) == sorted(places.findall(translated)), message


def test_american_spelling_changes_our_words_only(full: ReportContext) -> None:
    british, american = language.words("en-GB"), language.words("en-US")
    assert british("Is the centre and the population it serves described?") != american(
        "Is the centre and the population it serves described?"
    )
    html = render_report(in_language(full, "en-US"))["report.html"].decode()
    assert "judgments are a person" in html.replace("&#39;", "'")
    assert "CMV viraemia" in html


@pytest.mark.parametrize("domain", ["evidence", "composed"])
def test_the_compiled_catalogue_is_that_of_the_text(root: Path, domain: str) -> None:
    pofile = pytest.importorskip("babel.messages.pofile", reason="babel is not installed")
    mofile = pytest.importorskip("babel.messages.mofile", reason="babel is not installed")
    folder = root / "evidence" / "report" / "locale" / "es" / "LC_MESSAGES"
    catalogue = pofile.read_po(io.BytesIO((folder / f"{domain}.po").read_bytes()), locale="es")
    compiled = mofile.read_mo(io.BytesIO((folder / f"{domain}.mo").read_bytes()))
    text = {repr(list(m.id)): list(m.string) for m in catalogue if m.id}
    assert {repr(list(m.id)): list(m.string) for m in compiled if m.id} == text


def test_every_sentence_that_a_lower_floor_composes_is_in_the_catalogue() -> None:
    assert missing(set(language.words("es").composed.messages)) == {}, (
        "translate them in composed.po (python tests/report/composed_strings.py prints them)"
        " and run pybabel compile -D composed -d evidence/report/locale"
    )


def test_values_of_composed_sentences_survive_translation() -> None:
    for message, translated in language.words("es").composed.messages.items():
        assert message.count("{}") == translated.count("{}"), message


@pytest.fixture(scope="module", params=["review_ctx", "second_review_ctx"])
def spanish(request: pytest.FixtureRequest) -> tuple[ReportContext, bytes]:
    """A whole review with its report in Spanish."""
    ctx: ReportContext = request.getfixturevalue(request.param)
    return ctx, render_report(in_language(ctx, "es"), formats=("html",))["report.html"]


def test_the_spanish_report_holds_no_english_sentence(spanish: tuple[ReportContext, bytes]) -> None:
    ctx, html = spanish
    assert seen.english(html, own_words(ctx)) == []


def test_decimals_are_written_with_a_comma(spanish: tuple[ReportContext, bytes]) -> None:
    results = spanish[1].decode().split("<section id=sec-reproducibility")[0]
    assert len(re.findall(r">\d+,\d+%?<", results)) > 20
    assert re.findall(r">\d+\.\d+%?<", results) == []


def test_what_is_marked_as_english_is_printed_in_a_source(
    spanish: tuple[ReportContext, bytes],
) -> None:
    ctx, html = spanish
    printed = source_words(ctx)
    quoted = [text for text in seen.quotations(html) if not text.startswith("method=")]
    assert len(quoted) > 50
    unknown = {
        text: sorted(words)
        for text in quoted
        if (words := set(re.findall(r"[a-z]{3,}", text.casefold())) - printed)
    }
    assert unknown == {}


def test_an_english_sentence_in_the_spanish_report_is_found(review_ctx: ReportContext) -> None:
    wrong = replace(review_ctx.findings[0], stated="the authors are wrong about this")
    ctx = replace(in_language(review_ctx, "es"), findings=(wrong,))
    html = render_report(ctx, formats=("html",))["report.html"]
    assert seen.english(html, own_words(ctx)) == ["the authors are wrong about this"]


def own_words(ctx: ReportContext) -> tuple[str, ...]:
    """What the protocol says in its own words, and the names of the series."""
    review = ctx.protocol.review
    cited = [entry.citation or "" for entry in ctx.protocol.source]
    labels = [entry.series.label for entry in ctx.series]
    return tuple(filter(None, (review.title, review.question, *cited, *labels)))


def source_words(ctx: ReportContext) -> set[str]:
    """Words of every printed cell, term and name of a review, and of what persons wrote."""
    texts = [str(entry.series.model_dump()) for entry in (*ctx.series, *ctx.others)]
    texts += [str(finding.places) for finding in ctx.findings]
    return set(re.findall(r"[a-z]{3,}", " ".join(texts).casefold()))


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("3 series: tau2 and the prediction interval are hardly known.", "apenas se conocen"),
        ("no count over 8 gives 55%", "ningún recuento sobre 8 da 55%"),
        ("CR 2 + PR 2; 4 responders less 2 CR is 2", "4 respondedores menos 2 CR son 2"),
        ("2 of 8 is 25.0%, not 50%", "2 de 8 es 25,0%, no 50%"),
    ],
)
def test_values_are_put_into_the_translated_sentence(english: str, spanish: str) -> None:
    with numbers_in("es"):
        assert spanish in plain(language.Words("es").told(english))
    assert plain(language.words("en-GB").told(english)) == english.replace("tau2", "τ²")


def test_words_of_a_paper_inside_a_sentence_are_a_quotation() -> None:
    said = language.words("es").told("responses of smouldering disease only")
    assert said == ("respuestas solo de ", Quoted("smouldering disease"))
