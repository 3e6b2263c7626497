"""How wide a text is, and where it breaks: without a browser, in the metrics of one font."""

from __future__ import annotations

import unicodedata

_WIDTHS = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ftí",
    333: "()-`r²·",
    334: "{}",
    355: '"',
    389: "*",
    395: "τ",
    469: "^",
    500: "Jcksvxyz",
    584: "+<=>~×−",
    611: "FTZ",
    667: "&ABEKPSVXYÉÁ",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…→",
    1015: "@",
}
_WIDTH_OF = {char: width for width, chars in _WIDTHS.items() for char in chars}


def text_width(text: str, *, size: float = 12, bold: bool = False) -> float:
    """Width in pixels of ``text`` in Liberation Sans (the metrics of Arial and Helvetica)."""
    thousandths = sum(_WIDTH_OF.get(char) or _usual_width(char) for char in text)
    return thousandths * size / 1000 * (1.07 if bold else 1.0)


def _usual_width(char: str) -> int:
    """Of a letter that is not listed: full for Chinese, Japanese and Korean, else of a digit."""
    return 1000 if unicodedata.east_asian_width(char) in ("W", "F") else 556


def wrap(text: str, *, width: float, size: float = 12, bold: bool = False) -> list[str]:
    """Break ``text`` into lines no wider than ``width`` pixels; a word that is too long is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split() or [""]:
        trial = f"{line} {word}" if line else word
        if text_width(trial, size=size, bold=bold) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        while text_width(word, size=size, bold=bold) > width and len(word) > 1:
            cut = _longest_prefix(word, width=width, size=size, bold=bold)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line]


def _longest_prefix(word: str, *, width: float, size: float, bold: bool) -> int:
    cut = len(word)
    while cut > 1 and text_width(word[:cut], size=size, bold=bold) > width:
        cut -= 1
    return cut


def shortened(text: str, *, width: float, size: float = 12) -> str:
    """``text`` cut to ``width`` pixels with an ellipsis; whole where it fits."""
    if text_width(text, size=size) <= width:
        return text
    return text[: _longest_prefix(text, width=width - size, size=size, bold=False)].rstrip() + "…"
