"""DOCX and PDF of the report, by the extras ``docx`` (pandoc) and ``pdf`` (WeasyPrint)."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence.errors import Problem, Severity, WrongUsage

_LEFT_OUT = (
    ".//script|.//style|.//a[@class='skip']|.//section[@id='sec-explorer']"
    "|.//li[a/@href='#sec-explorer']|.//nav//summary|.//summary[following-sibling::*//caption]"
)
"""What only a screen can do, and headings of a fold that its table says again."""
_PLAIN = {"details": "div", "summary": "p", "figure": "div", "figcaption": "p"}
"""Elements to those that Word has."""
_PDF_STYLE = """
@page{size:A4;margin:16mm 14mm}
@page{@bottom-right{content:counter(page) " / " counter(pages);font-size:8pt}}
body{font-family:"Liberation Sans",Arial,sans-serif}
nav{display:block!important}.toc{position:static;max-height:none}.toc li a{color:#000}
.status{display:flex!important}.status div{flex:1}
nav{columns:2}nav summary{display:none}#explorer,#sec-explorer{display:none}
section{break-before:page}#sec-answer{break-before:avoid}
table{width:100%}td,th{padding:3px 6px 3px 0}
summary{color:#444}figure svg{width:100%;height:auto}
"""
_SECTION = re.compile(r"<w:sectPr\b[^>]*/>|<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="900"'
    ' w:right="900" w:bottom="900" w:left="900" w:header="450" w:footer="450" w:gutter="0"/>'
    "</w:sectPr>"
)
"""A4 on its side, in twentieths of a point: the tables of the report are wide."""
_WIDEST_PIXELS, _TALLEST_PIXELS, _CROP_PIXELS = 980.0, 590.0, 180
"""Of a page on its side, at 96 pixels an inch."""
_SMALL = '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
"""Eight points, in half-points."""


def to_docx(html: str, pictures: Mapping[str, bytes]) -> bytes:
    """A Word file of the HTML report; ``pictures`` are PNGs of its figures by relative path.

    Raises WrongUsage when the extra is not installed.
    """
    try:
        import pypandoc
    except ImportError as error:
        raise missing_extra("docx") from error
    pandoc = pypandoc.get_pandoc_path()
    with tempfile.TemporaryDirectory() as folder:
        for name, body in pictures.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        style, out = Path(folder, "style.docx"), Path(folder, "report.docx")
        style.write_bytes(_reference(pandoc))
        pypandoc.convert_text(
            flowing(html, set(pictures)),
            "docx",
            format="html",
            outputfile=str(out),
            extra_args=[f"--resource-path={folder}", f"--reference-doc={style}"],
        )
        return out.read_bytes()


def flowing(html: str, pictures: set[str]) -> str:
    """The page without what only a screen can do: figures as pictures, folds opened."""
    from lxml import etree
    from lxml import html as lxml_html

    page: Any = lxml_html.fromstring(html)
    for element in page.xpath(_LEFT_OUT):
        element.drop_tree()
    _contents_after_title(page)
    for table in page.xpath(".//table"):
        place = len(table.xpath("./caption"))
        table.insert(place, lxml_html.fragment_fromstring(_columns(table)))
    for drawn in page.xpath(".//*[local-name()='svg']"):
        drawn.getparent().replace(drawn, _picture(drawn, pictures))
    for crop in page.xpath(".//td/img"):
        crop.set("width", str(min(_png_width(crop.get("src")) // 3, _CROP_PIXELS)))
    for element in page.iter(*_PLAIN):
        element.tag = _PLAIN[element.tag]
    return str(etree.tostring(page, encoding="unicode", method="html"))


def _picture(drawn: Any, pictures: set[str]) -> Any:
    from lxml import html as lxml_html

    name = f"figures/{drawn.get('id')}.png"
    told = " ".join(drawn.xpath("./*[local-name()='title' or local-name()='desc']/text()"))
    if name not in pictures:
        return lxml_html.fragment_fromstring("<p></p>")
    width, height = float(drawn.get("width")), float(drawn.get("height"))
    scale = min(1.0, _WIDEST_PIXELS / width, _TALLEST_PIXELS / height)
    picture = lxml_html.fragment_fromstring("<img>")
    picture.set("src", name)
    picture.set("alt", told)
    picture.set("width", str(round(scale * width)))
    picture.set("height", str(round(scale * height)))
    return picture


def _png_width(address: str) -> int:
    """Pixels across of a picture in a data address, from its header."""
    header = base64.b64decode(address.partition(",")[2][:32])
    return int.from_bytes(header[16:20], "big") if len(header) > 20 else _CROP_PIXELS


def _contents_after_title(page: Any) -> None:
    """The title itself is the document's, which Word shows above."""
    for contents, title in zip(page.xpath(".//nav"), page.xpath(".//h1"), strict=False):
        contents.getparent().remove(contents)
        title.addnext(contents)
        title.getparent().remove(title)


def _columns(table: Any) -> str:
    """Widths that follow the text: the longest word run of a short column, the mean of a long."""
    rows = [row for row in table.xpath(".//tr") if not row.xpath("./*[@colspan]")]
    lengths: dict[int, list[int]] = {}
    for row in rows:
        for i, cell in enumerate(row.xpath("./th|./td")):
            lengths.setdefault(i, []).append(len(cell.text_content().strip()))
    weights = [max(6, min(max(own), 24), min(sum(own) // len(own), 90)) for own in lengths.values()]
    columns = "".join(f'<col style="width:{100 * w / sum(weights):.1f}%">' for w in weights)
    return f"<colgroup>{columns}</colgroup>"


def _reference(pandoc: str) -> bytes:
    """Pandoc's own look, with the page on its side and small type in tables."""
    command = [pandoc, "--print-default-data-file", "reference.docx"]
    usual = subprocess.run(command, capture_output=True, check=True).stdout
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name).decode() if name.endswith(".xml") else old.read(name)
            if name == "word/document.xml":
                body = _SECTION.sub(_PAGE, str(body))
            if name == "word/styles.xml":
                body = _small_tables(str(body))
            new.writestr(name, body)
    return out.getvalue()


def _small_tables(styles: str) -> str:
    """The paragraph style of table cells (``Compact``) in eight points."""
    pattern = r'(<w:style [^>]*w:styleId="Compact".*?)(</w:style>)'
    return re.sub(pattern, rf"\1{_SMALL}\2", styles, flags=re.DOTALL)


def to_pdf(html: str) -> bytes:
    """A tagged PDF of the HTML report; the table twins are opened, scripts are left out.

    ``html`` holds its figures with their colours, for the style of the page does not reach them.
    Raises WrongUsage when the extra is not installed.
    """
    weasyprint = _weasyprint()
    style = weasyprint.CSS(string=_PDF_STYLE)
    page = weasyprint.HTML(string=_printable(html))
    return bytes(page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1"))


def svg_to_pdf(svg: str) -> bytes:
    """One figure on a page; raises WrongUsage when the extra is not installed."""
    page = _weasyprint().HTML(string=f"<!doctype html><body>{svg}</body>")
    return bytes(page.write_pdf())


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise missing_extra("pdf") from error
    return weasyprint


def _printable(html: str) -> str:
    """The page without scripts, with everything opened and its contents after its title."""
    still = re.sub(r"<(script|noscript)\b.*?</\1>", "", html, flags=re.DOTALL)
    contents = re.search(r"<nav\b.*?</nav>", still, flags=re.DOTALL)
    if contents:
        still = still.replace(contents.group(), "", 1)
        still = still.replace("</h1>", f"</h1>{contents.group()}", 1)
    return re.sub(r"<details\b", "<details open", still)


def missing_extra(extra: str) -> WrongUsage:
    """The error of a format whose library is not installed."""
    return WrongUsage(
        Problem(
            code="extra-missing",
            severity=Severity.ERROR,
            message=f"The format '{extra}' needs the extra of that name.",
            remedy=f"pip install 'evidence[{extra}]'",
        )
    )
