"""DOCX and PDF, where their extras are installed."""

from __future__ import annotations

import builtins
import io
import zipfile
from typing import Any

import pytest
from report_example import FACTS, example

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


def test_pdf_is_a_pdf_with_its_title() -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        pytest.skip("the extra pdf is not installed")
    body = render_report(example(FACTS[:2]), formats=("pdf",))["report.pdf"]
    assert body.startswith(b"%PDF-")
    assert len(body) > 30_000


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
