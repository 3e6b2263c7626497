"""Office files written part by part, as the programs write them that the libraries do not."""

from __future__ import annotations

import io
import zipfile

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook_with_shared_strings() -> bytes:
    """A sheet of ``Series | n`` and ``Doe | 12`` with a raised ``a``, its texts kept apart."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_SHEET}" count="4" uniqueCount="4"><si><t>Series</t>'
        "</si><si><t>n</t></si><si><t>Doe</t></si><si><r><t>12</t></r><r><rPr>"
        '<vertAlign val="superscript"/></rPr><t>a</t></r></si></sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData><row r="1">'
        '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2">'
        '<c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row></sheetData></worksheet>',
    }
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of named parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word_document(
    body: str,
    *,
    footnotes: dict[int, str] | None = None,
    numbering: str = "",
    macros: bool = False,
) -> bytes:
    """A Word document of the given body (WordprocessingML with the prefix ``w``)."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    spaces = (
        f'xmlns:w="{word}" xmlns:r="{_OFFICE}" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    main = main if macros else f"{kind}.document.main+xml"
    notes = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for at, text in (footnotes or {}).items()
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
            f'<Override PartName="/word/footnotes.xml" ContentType="{kind}.footnotes+xml"/>'
            f'<Override PartName="/word/numbering.xml" ContentType="{kind}.numbering+xml"/>'
            "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
            f'Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>'
            f'<Relationship Id="r2" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
            "</Relationships>",
            "word/footnotes.xml": f"<w:footnotes {spaces}>{notes}</w:footnotes>",
            "word/numbering.xml": f"<w:numbering {spaces}>{numbering}</w:numbering>",
            "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        }
    )
