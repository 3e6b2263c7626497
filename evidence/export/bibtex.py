"""BibTeX syntax alone: entries with their fields, and LaTeX letters as Unicode."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    '"': "\u0308",
    "^": "\u0302",
    "~": "\u0303",
    "c": "\u0327",
    "v": "\u030c",
    "=": "\u0304",
    ".": "\u0307",
    "r": "\u030a",
    "H": "\u030b",
}
_LETTERS = {
    r"\ss": "ß",
    r"\o": "ø",
    r"\O": "Ø",
    r"\l": "ł",
    r"\L": "Ł",
    r"\ae": "æ",
    r"\AE": "Æ",
    r"\aa": "å",
    r"\AA": "Å",
    r"\i": "i",
}
_SPECIAL = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One ``@type{key, name = value}``; names are lower case, values as written."""

    kind: str
    key: str
    fields: dict[str, str]
    line: int


def protect(text: str) -> str:
    """Text for the inside of ``{}``: LaTeX's special characters escaped, braces dropped."""
    plain = text.replace("\\", "").replace("{", "").replace("}", "")
    return "".join(_SPECIAL.get(char, char) for char in plain)


def unprotect(text: str) -> str:
    r"""Plain text of a value: ``{\'e}`` is é, ``\&`` is &, braces and doubled blanks go."""
    done = re.sub(r"\\(['`\"^~=.]|[cvrH](?=[\s{]))\s*\{?\\?([A-Za-z])\}?", _accent, text)
    for command, letter in _LETTERS.items():
        done = re.sub(re.escape(command) + r"(?![A-Za-z])\s*(\{\})?", letter, done)
    done = re.sub(r"\\([&%$#_])", r"\1", done)
    return " ".join(done.replace("{", "").replace("}", "").replace("~", " ").split())


def _accent(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", found.group(2) + _ACCENTS[found.group(1)])


def parse_bibtex(text: str) -> tuple[list[Entry], list[tuple[int, str]]]:
    """Entries in order, and (line, what is wrong) for those that could not be read."""
    entries: list[Entry] = []
    faults: list[tuple[int, str]] = []
    strings: dict[str, str] = {}
    position = 0
    while (found := re.compile(r"@\s*([A-Za-z]+)\s*([{(])").search(text, position)) is not None:
        line = text.count("\n", 0, found.start()) + 1
        kind = found.group(1).lower()
        body, position = _balanced(text, found.end() - 1)
        if body is None:
            faults.append((line, f"the entry @{kind} is never closed"))
            position = found.end()
        elif kind == "string":
            strings.update(_fields(body, strings))
        elif kind not in ("comment", "preamble"):
            key, _, rest = body.partition(",")
            entries.append(
                Entry(kind=kind, key=key.strip(), fields=_fields(rest, strings), line=line)
            )
    return entries, faults


def _balanced(text: str, start: int) -> tuple[str | None, int]:
    opening = text[start]
    closing = "}" if opening == "{" else ")"
    depth = 0
    for i in range(start, len(text)):
        if text[i - 1] == "\\" and i > start:
            continue
        if text[i] == opening:
            depth += 1
        elif text[i] == closing:
            depth -= 1
            if depth == 0:
                return text[start + 1 : i], i + 1
    return None, len(text)


def _fields(body: str, strings: dict[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    position = 0
    pattern = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*")
    while (found := pattern.match(body, position)) is not None:
        value, position = _value(body, found.end(), strings)
        fields[found.group(1).lower()] = value
    return fields


def _value(body: str, position: int, strings: dict[str, str]) -> tuple[str, int]:
    parts: list[str] = []
    while position < len(body):
        char = body[position]
        if char == "{":
            inner, position = _balanced(body, position)
            parts.append(inner or "")
        elif char == '"':
            end = _closing_quote(body, position + 1)
            parts.append(body[position + 1 : end])
            position = end + 1
        else:
            found = re.compile(r"[^\s,#]+").match(body, position)
            if found is None:
                break
            parts.append(strings.get(found.group().lower(), found.group()))
            position = found.end()
        glue = re.compile(r"\s*#\s*").match(body, position)
        if glue is None:
            break
        position = glue.end()
    return "".join(parts), position


def _closing_quote(body: str, position: int) -> int:
    depth = 0
    for i in range(position, len(body)):
        if body[i] == "{":
            depth += 1
        elif body[i] == "}":
            depth -= 1
        elif body[i] == '"' and depth == 0 and body[i - 1] != "\\":
            return i
    return len(body)
