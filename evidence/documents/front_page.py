"""Who wrote a paper, where and when, from the words of its first page; None where not plain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.documents.base import DocumentInfo
from evidence.documents.identify import doi_in, pmcid_in, pmid_in
from evidence.documents.names import PARTICLES, family_first

_JOURNAL = r"(?P<journal>(?:\d )?[A-Z][A-Za-z&.:,'’()\- ]{1,80}?)"
_YEAR = r"\(?(?P<year>(?:19|20)\d\d)\)?"
_PAGES = r"e?\d+(?:[–e-]e?\d+)?"
_BEFORE = re.compile(r"^.*\bet al\.?,? |^.{25,}?[.?!] (?=[A-Z][\w. ]{1,40} \d{4} ?;)")
"""Authors and title, which a line may give before the journal."""
_CITED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_JOURNAL},? {_YEAR}; ?\d+ ?[(:]",  # Ann Oncol 2011; 22: 5
        rf"^{_JOURNAL} {_YEAR} ?\d+:\s?\w",  # BMC Cancer (2020) 20:10
        rf"^{_JOURNAL} \d+ {_YEAR} {_PAGES}",  # Biochimie Open 6 (2018) 9-16
        rf"^{_JOURNAL}, {_YEAR}, \d+(?:\(\d+\))?, {_PAGES}",  # DNA Research, 2018, 25(4), 409
        rf"^(?:Original \w+ )?{_JOURNAL},? \d+, {_PAGES}, (?:[A-Z][a-z]+ )?{_YEAR}$",
    )
)
"""Lines by which a page says how it is cited."""
_DATED = re.compile(
    r"(?P<names>.*?)[\s,.;(]*(?:\b(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]*\.?,? )?(?<!\d)(?P<year>(?:19|20)\d\d)\)?\.?"
)
"""A year that ends a line of names, or stands alone."""
_VOLUME_BELOW = re.compile(r"^Volume (?P<year>(?:19|20)\d\d), Article ID")
_PUBLISHED = re.compile(
    r"(?:Published(?: online)?|©|Copyright)"
    r"(?:\W|by|The|Authors?|\d{1,2}|[A-Z][a-z]+){0,6}?((?:19|20)\d\d)\b"
)
_DEGREES = re.compile(
    r"(?<![\w.])(?:M\.?D|Ph\.?D|M\.?Sc|B\.?Sc|MPH|MBBS|MB(?:ChB)?|MM|MS|MA|BS|RN|RDH|DDS|DMSc|DO|"
    r"DPhil|FRC\w{1,4}|PharmD|Prof|Dr)\.?(?=[,;\s]|$)"
)
_MARKS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹\u1d2c-\u1dbfʰ-˿]+|[*†‡§¶#∗⁎✉]+|(?<=[a-z])\d+(?:,\d+)*")
_WIDE = "\u2003"
"""White that parts a line: names side by side stand apart without a comma."""
_BETWEEN = re.compile(rf"\s*(?:[,;•·|{_WIDE}]|\band\b|&)\s*")
_NAME_WORD = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w'’´`.-]*|[A-Z]\.(?:[A-Z]\.)*)$")
_NOT_NAMES = re.compile(
    r"\b(?:departments?|universit\w+|hospital|institut\w*|school|cent(?:er|re)|division|abstract|"
    r"received|accepted|published|correspondence|background|faculty|college|introduction|summary|"
    r"open access|copyright|article|journal|group|road|street|protocol|trial|study|results|"
    r"methods?|objectives?|purpose|aims?|conclusions?|key ?words|materials|editor\w*|letter)\b",
    re.I,
)


def front_info(lines: Sequence[str], *, title: str | None) -> DocumentInfo:
    """Authors, journal, year and identifiers; ``lines`` are those of the first page, in order.

    An em space in a line stands for white wider than a space between words.
    The journal and the year are read from a line that cites the paper, the authors from the names
    right below the title. A field is None where the page does not say it in such a form.
    """
    text = " ".join(lines).replace(_WIDE, " ")
    start = _after_title(lines, title) if title else None
    below = () if start is None else lines[start : start + 40]
    lines = [line.replace(_WIDE, " ") for line in lines]
    year = _published(text) or _dated(below[:4])
    cited = _citations(lines)
    journals = {journal for journal, _ in cited}
    years = {year for _, year in cited}
    return DocumentInfo(
        title=title,
        authors=_authors(below),
        journal=journals.pop() if len(journals) == 1 else None,
        year=years.pop() if len(years) == 1 else None if years else year,
        doi=doi_in(text),
        pmid=pmid_in(text),
        pmcid=pmcid_in(text),
    )


def _citations(lines: Sequence[str]) -> list[tuple[str, int]]:
    """(journal, year) of every line that cites the paper itself."""
    found: list[tuple[str, int]] = []
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        volume = _VOLUME_BELOW.match(below)
        if volume:
            found.append((line.strip(), int(volume.group("year"))))
        for candidate in (line, f"{line} {below}") if line.rstrip().endswith(";") else (line,):
            own = _BEFORE.sub("", candidate)
            match = next((m for p in _CITED if (m := p.search(own))), None)
            if match and _is_head_or_foot(index, len(lines), lines):
                found.append((match.group("journal").strip(" .,"), int(match.group("year"))))
    return list(dict.fromkeys(found))


def _is_head_or_foot(index: int, count: int, lines: Sequence[str]) -> bool:
    """A line of the running head or foot, or one that follows *cite this article*."""
    near = " ".join(lines[max(0, index - 5) : index + 1])
    return index < 8 or index >= count - 8 or bool(re.search(r"cite this|citation:", near, re.I))


def _published(text: str) -> int | None:
    years = {int(match.group(1)) for match in _PUBLISHED.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _dated(lines: Sequence[str]) -> int | None:
    """The one year of the lines right below the title that hold a date or names alone."""
    years = {year for _, year in map(_names_and_year, lines) if year is not None}
    return years.pop() if len(years) == 1 else None


def _names_and_year(line: str) -> tuple[str, int | None]:
    """(line without the year, year) of a date, or of several names with a year."""
    match = _DATED.fullmatch(line.strip())
    if match is None:
        return line, None
    parts = _BETWEEN.split(_bare(match["names"]))
    several = len(parts) > 1 and all(map(_is_name, parts))
    return (match["names"], int(match["year"])) if several or not match["names"] else (line, None)


def _authors(below: Sequence[str]) -> tuple[str, ...]:
    """The names below the title; none if any of them does not read as a name."""
    byline = _byline([_names_and_year(line)[0] for line in below])
    names = [" ".join(part.split()) for part in _BETWEEN.split(byline) if part.strip()]
    return tuple(map(family_first, names)) if names and all(map(_is_name, names)) else ()


def _byline(lines: Sequence[str]) -> str:
    """The lines of names, joined; at most two lines of a subtitle may stand before them.

    Empty where nothing tells whether two lines hold one name or two.
    """
    byline, skipped, loose_marks, closed = "", 0, False, True
    for line in lines:
        bare = _bare(line)
        if not re.search(r"[^\W\d_]", bare):
            loose_marks = True
            continue
        if _NOT_NAMES.search(bare) or not _are_names(bare):
            skipped += 1
            if byline or skipped > 2:
                break
            continue
        if not closed and (_both_are_names(byline, bare) or " " not in bare):
            if not loose_marks:
                return ""
            byline += ","
        closed = bool(_MARKS.search(line[-1:])) or line.rstrip()[-1:] in ",;•·|"
        byline += f" {bare}," if closed else f" {bare}"
    return byline


def _bare(line: str) -> str:
    """A line of names without degrees, marks and what ends it."""
    return _DEGREES.sub("", _MARKS.sub(" ", line)).strip(" ,;•·|")


def _both_are_names(before: str, after: str) -> bool:
    """Whether the last name of one line and the first of the next can each stand alone."""
    last, first = _BETWEEN.split(before)[-1], _BETWEEN.split(after)[0]
    return len(last.split()) > 1 and len(first.split()) > 1


def _after_title(lines: Sequence[str], title: str) -> int | None:
    """The index of the line below the title's last line."""
    wanted = _letters(title)
    for first in range(min(len(lines), 40)):
        joined = ""
        for index in range(first, min(first + 10, len(lines))):
            joined += _letters(lines[index])
            if joined == wanted:
                return index + 1
            if not wanted.startswith(joined):
                break
    return None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _are_names(text: str) -> bool:
    """Whether a line holds capitalised words and particles only."""
    words = [w for part in _BETWEEN.split(text) for w in part.split()]
    return bool(words) and all(_NAME_WORD.match(w) or w in PARTICLES for w in words)


def _is_name(text: str) -> bool:
    words = text.split()
    while words and words[0] in PARTICLES:
        words = words[1:]
    if not 2 <= len(words) <= 7 or text.isupper():
        return False
    return bool(_NAME_WORD.match(words[0]) and _NAME_WORD.match(words[-1]))
