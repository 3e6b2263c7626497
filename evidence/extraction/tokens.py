"""One lexer for every cell: typed tokens that keep their place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.vocabulary import Vocabulary

FOLD = str.maketrans(
    {
        "\u00a0": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u2007": " ", "\u2002": " ",
        "\u2003": " ", "\u2005": " ", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
        "\u2014": "-", "\u2015": "-", "\u2212": "-", "\u00b7": ".", "\u2219": ".", "\u22c5": ".",
        "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u03bc": "\u00b5",
        "\u2264": "≤", "\u2265": "≥", "⩽": "≤", "⩾": "≥", "\u2022": ";",
        "\u207b": "-",
    }
)  # fmt: skip
"""Characters that look alike, one for one, so that places in the text stay true."""

_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:[ ]000)+(?!\d)|\d+(?:\.\d+)?"
_COMMA = r"(?<![\d,])\d+,\d{1,2}(?=\s*%)|(?<![\d,])\d+,\d(?=\s?(?:m|w|y|d)[a-z]*\b)"
"""A decimal comma, which only what follows can tell from a list."""
_TABLE_COMMA = re.compile(r"(?<![\d,.])(\d+),(\d{1,2})(?![\d,.])")
_SURE_COMMA = re.compile(r"(?<![\d,.])(?:0,\d+|\d+,\d{1,2}\s*%)")
_SHARE_COMMA = re.compile(r"\d+\s*\(\d+,\d{1,2}\)")
"""A cell of ``5 (27,8)``; two of them are no lists."""
_POINT = re.compile(r"(?<![\d.])\d+[.·]\d{1,2}(?![\d.])")
_OF = r"\d+\s+(?:out\s+)?of\s+(?:the\s+)?\d+\b(?!\s*-?\s*d|\s*%|\.\d)"
"""``9 of 15``; ``day 15 of 28-day cycles`` is none."""
_PATTERN = re.compile(
    rf"""
    (?P<comma>(?:{_COMMA})(?:\s*(?P<sign>%))?)
  | (?P<prange>(?:{_NUMBER})\s*%?\s*-\s*(?:{_NUMBER})\s*%)
  | (?P<percent>(?:{_NUMBER})\s*%)
  | (?P<fraction>\d+\s*/\s*\d+(?![\d.])|{_OF})
  | (?P<range>(?:{_NUMBER})\s*-\s*(?:{_NUMBER})(?![\d]))
  | (?P<number>{_NUMBER})
  | (?P<dotted>(?:[^\W\d_]\.){{2,}}[^\W\d_]?)
  | (?P<word>[^\W\d_](?:[\w'²³]|-(?=\w))*)
  | (?P<compare>[<>≤≥]\s*=?)
  | (?P<space>\s+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word, number or mark of a cell, and what it means.

    ``kind`` is the lexer's (``number`` ``range`` ``percent`` ``prange`` ``fraction`` ``compare``
    ``word`` or the mark itself) or the name of the word list the token was found in; ``name`` is
    what it stands for there.
    """

    kind: str
    text: str
    start: int
    end: int
    low: float | None = None
    high: float | None = None
    name: str = ""

    @property
    def is_count(self) -> bool:
        """A whole number that stands alone and is printed as one."""
        whole = self.low is not None and self.low == int(self.low)
        return self.kind == "number" and whole and not re.search(r"[.·]\d", self.text)

    @property
    def count(self) -> int:
        """The whole number of a count token."""
        return int(self.low or 0)


def _numbers(text: str) -> list[float]:
    return [float(re.sub(r"[, ]", "", found)) for found in re.findall(_NUMBER, text)]


def _plain_tokens(text: str, *, decimal_comma: bool) -> list[Token]:
    tokens = []
    alike = text.translate(FOLD)
    if decimal_comma:
        alike = _TABLE_COMMA.sub(r"\1.\2", alike)
    for found in _PATTERN.finditer(alike):
        kind = found.lastgroup or "mark"
        if kind == "space":
            continue
        raw = text[found.start() : found.end()]
        folded = found.group()
        low = high = None
        if kind in ("comma", "sign"):
            kind = "percent" if found["sign"] else "number"
            folded = folded.replace(",", ".")
        if kind in ("prange", "percent", "fraction", "range", "number"):
            values = _numbers(folded)
            low, high = values[0], values[-1]
            if kind in ("range", "prange") and low > high:
                kind = "span"
        elif kind == "compare":
            folded = (
                {"<": "<", ">": ">", "≤": "≤", "≥": "≥"}[folded[0]]
                if "=" not in folded
                else ("≤" if folded[0] in "<≤" else "≥")
            )
        elif kind == "mark":
            kind = folded
        elif kind == "dotted":
            kind = "word"
        tokens.append(
            Token(
                kind=kind,
                text=raw,
                start=found.start(),
                end=found.end(),
                low=low,
                high=high,
                name=folded if found.lastgroup == "compare" else "",
            )
        )
    return tokens


_JOINABLE = (
    "word",
    "number",
    "percent",
    "/",
    "+",
    "%",
    "(",
    ")",
    ",",
    "fraction",
    "-",
    "=",
    "±",
    "compare",
)


def _phrase(
    tokens: Sequence[Token], vocabulary: Vocabulary, names: Sequence[str]
) -> tuple[str, str, int] | None:
    """(list, name, tokens) of the longest phrase the tokens begin with; earlier lists win ties."""
    first = tokens[0].text.translate(FOLD)
    reaches = {name: reach for name in names if (reach := vocabulary.reach(name, first))}
    if not reaches:
        return None
    limit = 0
    while limit < min(9, len(tokens)) and tokens[limit].kind in _JOINABLE:
        limit += 1
    hyphens = sum(token.kind == "-" for token in tokens[:limit])
    for size in range(min(limit, max(reaches.values()) + hyphens), 0, -1):
        if tokens[size - 1].kind in (",", "-", "=", "(") or _counts_on(tokens, size, vocabulary):
            continue
        words = _spelled(tokens[:size])
        for name, reach in reaches.items():
            if reach + hyphens < size:
                continue
            value = vocabulary.drug(words) if name == "drugs" else vocabulary.lookup(name, words)
            if value is not None:
                return (name, value, size)
    return None


def _counts_on(tokens: Sequence[Token], size: int, vocabulary: Vocabulary) -> bool:
    """Whether a phrase's last number counts what follows: ``IL 2x weekly`` is not interleukin-2."""
    last = tokens[size - 1]
    if last.kind != "number" or size == 1 or tokens[size - 2].end == last.start:
        return False
    after = tokens[size] if size < len(tokens) else None
    if after is None or after.kind not in ("word", "×"):
        return False
    word = after.text.lower()
    return word in ("x", "×", "times", "doses") or vocabulary.unit(word) is not None


def _spelled(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for before, token in zip((None, *tokens), tokens, strict=False):
        if before is not None and token.start > before.end:
            parts.append(" ")
        parts.append(token.text.translate(FOLD))
    return "".join(parts)


def prints_decimal_commas(texts: Iterable[str]) -> bool:
    """Whether some numbers of a table can only have a decimal comma, and none has a point."""
    known = list(texts)
    shares = sum(bool(_SHARE_COMMA.fullmatch(text.strip())) for text in known)
    sure = shares > 1 or any(_SURE_COMMA.search(text) for text in known)
    return sure and not any(_POINT.search(text) for text in known)


def _is_locant(tokens: Sequence[Token]) -> bool:
    """Whether a number begins a chemical name: ``2-chlorodeoxyadenosine``."""
    return (
        [token.kind for token in tokens] == ["number", "-", "word"]
        and tokens[0].end == tokens[1].start
        and tokens[1].end == tokens[2].start
    )


def lex(text: str, vocabulary: Vocabulary, names: Sequence[str] = ()) -> list[Token]:
    """Tokens of ``text``; phrases of the word lists ``names`` become one token each."""
    plain = _plain_tokens(text, decimal_comma=vocabulary.decimal_comma)
    tokens: list[Token] = []
    at = 0
    while at < len(plain):
        token = plain[at]
        found = None
        if token.kind in ("word", "compare", "/", "±") or (
            token.kind in ("number", "percent")
            and at + 1 < len(plain)
            and (plain[at + 1].kind in ("word", "%") or _is_locant(plain[at : at + 3]))
        ):
            found = _phrase(plain[at : at + 9], vocabulary, names)
        if found is None:
            tokens.append(token)
            at += 1
            continue
        kind, name, size = found
        last = plain[at + size - 1]
        tokens.append(
            Token(
                kind=kind,
                text=text[token.start : last.end],
                start=token.start,
                end=last.end,
                name=name,
            )
        )
        at += size
    return tokens


def kind_at(tokens: Sequence[Token], at: int) -> str:
    """Kind of the token at a place; empty outside the text."""
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Folded lower-case text of the token at a place; empty outside the text."""
    return tokens[at].text.translate(FOLD).lower() if 0 <= at < len(tokens) else ""
