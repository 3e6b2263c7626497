"""The report in Spanish and in American English: complete, and data left as it is."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.model.protocol import Protocol
from evidence.report import words as language
from evidence.report.context import ReportContext
from evidence.report.render import render_report


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
    assert '<html lang="es">' in html
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


def test_the_compiled_catalogue_is_that_of_the_text(root: Path) -> None:
    pofile = pytest.importorskip("babel.messages.pofile", reason="babel is not installed")
    mofile = pytest.importorskip("babel.messages.mofile", reason="babel is not installed")
    folder = root / "evidence" / "report" / "locale" / "es" / "LC_MESSAGES"
    catalogue = pofile.read_po(io.BytesIO((folder / "evidence.po").read_bytes()), locale="es")
    compiled = mofile.read_mo(io.BytesIO((folder / "evidence.mo").read_bytes()))
    text = {repr(list(m.id)): list(m.string) for m in catalogue if m.id}
    assert {repr(list(m.id)): list(m.string) for m in compiled if m.id} == text
