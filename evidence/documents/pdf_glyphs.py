"""Characters of symbol fonts that name their glyphs but give no Unicode.

Typesetting systems embed mathematical signs under the code of the font they came from: ``C0`` is
code 0 of TeX's ``cmsy`` encoding (Knuth, Computer Modern Typefaces, 1986), ``H11002`` a number of
Adobe's Mathematical Pi. Without these tables a minus sign comes out as ``(cid:3)``.
"""

from __future__ import annotations

import re
from typing import Any

from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name

from evidence.documents.pdf_bitmaps import characters_by_code

CMSY = {
    0: "−", 1: "·", 2: "×", 3: "*", 4: "÷", 6: "±", 7: "∓", 13: "○", 14: "°", 15: "•",
    17: "≡", 18: "⊆", 19: "⊇", 20: "≤", 21: "≥", 24: "∼", 25: "≈", 28: "≪", 29: "≫",
    32: "←", 33: "→", 34: "↑", 35: "↓", 36: "↔", 48: "′", 49: "∞", 50: "∈", 106: "|",
    107: "‖", 120: "§", 121: "†", 122: "‡", 123: "¶",
}  # fmt: skip
MATHEMATICAL_PI = {
    11001: "+", 11002: "−", 11003: "×", 11005: "=", 11006: "±", 11011: "∼", 11021: "<",
    11022: ">", 11032: "′", 11034: "°", 11349: "≤", 11350: "≥",
    **{9251 + i: c for i, c in enumerate("αβγδεζηθικλμνξοπρστυφχψω")},
}  # fmt: skip
NAME = re.compile(r"^([CH])(\d{1,5})$")


def character(name: str) -> str | None:
    """The character a glyph name of these fonts stands for, None if it is not one of them."""
    match = NAME.match(name)
    if match is None:
        return None
    table = CMSY if match.group(1) == "C" else MATHEMATICAL_PI
    return table.get(int(match.group(2)))


class NamingResources(PDFResourceManager):
    """A resource manager whose fonts keep the glyph names of their encoding."""

    def get_font(self, objid: Any, spec: Any) -> Any:
        """The font, with ``glyph_names`` (code → name) where its encoding lists differences."""
        font = super().get_font(objid, spec)
        if not hasattr(font, "glyph_names"):
            names = _names(spec)
            setattr(font, "glyph_names", names)  # noqa: B010
            if names and hasattr(font, "cid2unicode"):
                font.cid2unicode = _named(font.cid2unicode, names)
        return font


def _named(by_code: dict[int, str], names: dict[int, str]) -> dict[int, str]:
    """Characters by code as the names of the glyphs tell them.

    pdfminer keeps what the base encoding has under the code of a glyph whose name it does not know.
    """
    signs = {code: sign for code, name in names.items() if (sign := character(name)) is not None}
    told = signs | characters_by_code(names)
    kept = {code: text for code, text in by_code.items() if code not in told}
    return kept | {code: text for code, text in told.items() if text is not None}


def _names(spec: Any) -> dict[int, str]:
    encoding = resolve1(spec.get("Encoding"))
    if not isinstance(encoding, dict):
        return {}
    names: dict[int, str] = {}
    code = 0
    for item in resolve1(encoding.get("Differences")) or []:
        item = resolve1(item)
        if isinstance(item, int):
            code = item
        else:
            names[code] = str(literal_name(item))
            code += 1
    return names
