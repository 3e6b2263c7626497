"""DOCX and PDF, where their extras are installed."""

from __future__ import annotations

import builtins
import io
import re
import zipfile
from typing import Any

import pytest
from report_example import example
from series_example import FACTS

from evidence.errors import WrongUsage
from evidence.report.render import render_report


def test_docx_holds_text_and_pictures() -> None:
    pytest.importorskip("pypandoc", reason="the extra docx is not installed")
    body = render_report(example(FACTS[:2]), formats=("docx",))["report.docx"]
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        document = archive.read("word/document.xml").decode()
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert "Pooled proportion across uncontrolled series" in document
    assert "12/22" in document
    assert len(pictures) >= 5
    assert len(re.findall(r'w:pStyle w:val="Heading2"', document)) >= 20
    assert "## " not in re.sub(r"<[^>]+>", "", document)
    assert 'w:orient="landscape"' in document


def test_every_picture_of_the_docx_says_what_it_shows_and_fits_the_page() -> None:
    pytest.importorskip("pypandoc", reason="the extra docx is not installed")
    body = render_report(example(FACTS[:2]), formats=("docx",))["report.docx"]
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        document = archive.read("word/document.xml").decode()
    told = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', document)
    assert len(told) >= 5
    assert all(len(text) > 20 for text in told)
    widths = [int(w) for w in re.findall(r'<wp:extent cx="(\d+)"', document)]
    assert max(widths) <= 15038 * 635  # the width between the margins, in twips of 635 EMU


def test_pdf_is_a_pdf_with_its_title() -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        pytest.skip("the extra pdf is not installed")
    body = render_report(example(FACTS[:2]), formats=("pdf",))["report.pdf"]
    assert body.startswith(b"%PDF-")
    assert len(body) > 30_000


def test_figures_of_the_pdf_have_their_colours_and_the_contents_follow_the_title() -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        pytest.skip("the extra pdf is not installed")
    import pypdfium2

    body = render_report(example(FACTS[:2]), formats=("pdf",))["report.pdf"]
    document = pypdfium2.PdfDocument(body)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    first = texts[0].replace("\r", "")
    assert first.index("Sézary syndrome") < first.index("Question and protocol")
    forest = next(i for i, text in enumerate(texts) if "Squares: proportion in each series" in text)
    picture = document[forest].render(scale=0.5, grayscale=True).to_numpy()
    assert (picture < 60).mean() < 0.1  # ink, not a black box


@pytest.mark.parametrize(("extra", "module"), [("docx", "pypandoc"), ("pdf", "weasyprint")])
def test_a_missing_extra_is_named(extra: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **options: Any) -> Any:
        if name == module:
            raise ImportError(name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(WrongUsage, match=rf"pip install 'evidence\[{extra}\]'"):
        render_report(example(FACTS[:1]), formats=(extra,))
