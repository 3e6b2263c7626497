"""Authors, year and reference, read a second time."""

from __future__ import annotations

import re

from evidence.extraction.second.reading import RAISED, Reading

_AUTHORS = re.compile(
    r"(?:(?:[Dd]e|[Vv]an|[Vv]on|[Dd]er|[Dd]i|[Dd]el|[Dd]u|[Ll]a|[Ll]e)\s)*[A-ZÀ-Ý][\w'’-]+"
    r"(?:\s(?:[A-Z]{1,3}\b|[A-ZÀ-Ý][a-zà-ÿ][\w'’-]*))*"
    r"(?:\set\sal\.?|\s(?:and|&)\s[A-ZÀ-Ý][\w'’-]+)?"
)


def authors(reading: Reading) -> bool:
    """The names the cell begins with, up to *et al.*, followed by nothing but year and marks."""
    found = _AUTHORS.match(reading.text)
    rest = reading.text[found.end() :].translate(RAISED) if found else "?"
    return bool(found) and found.group() == reading.value and not re.search(r"[^\W\d_]{2,}", rest)  # type: ignore[union-attr]


def year(reading: Reading) -> bool:
    """The only year of the cell."""
    years = re.findall(r"(?<!\d)(?:18|19|20)\d\d(?!\d)", reading.text)
    return years == [str(reading.value)]


def reference(reading: Reading) -> bool:
    """The only number in brackets, raised, or after *et al.*"""
    plain = reading.text.translate(RAISED)
    named = r"\[\s*(\d{1,4})\s*\]|\((\d{1,3})\)|(?<=al\.)\s?,?(\d{1,3})\b|^(\d{1,3})$"
    if re.match(r"\W*\d", plain) and not re.fullmatch(r"\W*\d+\W*", plain):
        return False
    found = ["".join(groups) for groups in re.findall(named, plain)]
    return found == [str(reading.value)]
