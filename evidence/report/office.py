"""DOCX and PDF of the report, by the extras ``docx`` (pandoc) and ``pdf`` (WeasyPrint)."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from evidence.errors import Problem, Severity, WrongUsage

_ANCHOR = re.compile(r'<a id="([^"]+)"></a>')


def to_docx(markdown: str, pictures: Mapping[str, bytes]) -> bytes:
    """A Word file of the Markdown report; ``pictures`` are its PNGs by relative path.

    Raises WrongUsage when the extra is not installed.
    """
    try:
        import pypandoc
    except ImportError as error:
        raise _missing("docx") from error
    spans = _ANCHOR.sub(r'<span id="\1"></span>', markdown)
    with tempfile.TemporaryDirectory() as folder:
        for name, body in pictures.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        out = Path(folder, "report.docx")
        pypandoc.convert_text(
            spans,
            "docx",
            format="markdown-yaml_metadata_block+pipe_tables+native_spans",
            outputfile=str(out),
            extra_args=[f"--resource-path={folder}"],
        )
        return out.read_bytes()


def to_pdf(html: str) -> bytes:
    """A tagged PDF of the HTML report; the table twins are opened, scripts are left out.

    Raises WrongUsage when the extra is not installed.
    """
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise _missing("pdf") from error
    still = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    opened = still.replace("<details>", "<details open>")
    return bytes(weasyprint.HTML(string=opened).write_pdf(pdf_variant="pdf/ua-1"))


def _missing(extra: str) -> WrongUsage:
    return WrongUsage(
        Problem(
            code="extra-missing",
            severity=Severity.ERROR,
            message=f"The format '{extra}' needs the extra of that name.",
            remedy=f"pip install 'evidence[{extra}]'",
        )
    )
