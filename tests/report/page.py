"""The rendered page as a reader's eye takes it: its numbers, and where each of them leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html as lxml_html

from evidence.report.context import ReportContext

NO_EVIDENCE = {
    "protocol": "what review.toml says, as it says it",
    "methods": "years of citations and versions of software",
    "reproducibility": "versions and hashes",
    "checklist": "numbers of PRISMA items",
    "references": "bibliographic data",
    "explorer": "redrawn by its script; its rows are links",
    "provenance": "the end of every link",
}
"""Sections whose numbers are no results, and why."""
NO_RESULT = ("h1", "h2", "h3", "caption", "figcaption", "summary", "title", "desc", "nav", "code")
NO_RESULT += ("q", "script", "style", "noscript", "form")
"""Elements that name things; numbers in them are parts of names."""


LONG_CELL = 40
"""A table cell with more letters is a sentence, not a number."""
UNITS = re.compile(
    r"\d+(?:[.,]\d+)?% (?:CI|interval)|(?:CI|IC) (?:del )?\d+%"  # the level of an interval
    r"|Per 100 treated|Por cada 100 tratados"
    r"|\([A-Z][\w-]+ \d{4}(?:, [^)]*)?\)|\d{4};\d+:[\d-]+"  # a citation of a method
)
"""Numbers that name a unit, a level or a paper on methods."""


def quoted(page: bytes) -> str:
    """The page with its attributes in quotation marks, as tests read it."""
    return re.sub(r' (href|id|src|class|lang)=([^\s">]+)', r' \1="\2"', page.decode())


def whole_review(root: Path) -> ReportContext:
    from evidence.review import Review
    from evidence.review.reporting import build_context

    return build_context(Review(root))


def tree(page: bytes | str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(page.decode() if isinstance(page, bytes) else page)


def names_of(ctx: ReportContext) -> list[str]:
    """Everything with digits that is a name: series, sources, doses, diseases, strata."""
    names = {entry.series.label for entry in ctx.series} | {entry.path for entry in ctx.series}
    names |= {entry.series.series for entry in ctx.series}
    names |= {entry.series.source.document for entry in ctx.series}
    names |= {entry.name for entry in ctx.protocol.source}
    names |= {str(entry.citation) for entry in ctx.protocol.source if entry.citation}
    for row in ctx.rows:
        names |= {str(x) for x in (row.dose_band, row.disease, row.stratum, row.arm, row.outcome)}
    names |= {group.group for result in ctx.pooled.values() for group in result.groups}
    known = (name for name in names if re.search(r"\d", name) and re.search("[a-z]", name, re.I))
    return sorted(known, key=len, reverse=True)


def _bare(text: str, names: list[str]) -> str:
    """Text without names, units and citations."""
    for name in names:
        text = text.replace(name, "")
    return UNITS.sub("", text)


def unlinked(page: bytes | str, ctx: ReportContext) -> list[tuple[str, str]]:
    """(section, text) of every number of a result that leads nowhere."""
    names = names_of(ctx)
    found = []
    for section, text in _texts(tree(page)):
        if re.search(r"\d", _bare(text, names)):
            found.append((section, text.strip()))
    return found


def _texts(page: lxml_html.HtmlElement) -> Iterator[tuple[str, str]]:
    for section in page.iter("section"):
        name = str(section.get("id")).removeprefix("sec-")
        if name not in NO_EVIDENCE:
            yield from ((name, text) for text in _free(section))


def _leads_on(element: lxml_html.HtmlElement) -> bool:
    """A remark, warning or finding leads on by a link in it; a printed cell is the end."""
    if element.tag == "tr" and str(element.get("id")).startswith("c-"):
        return True
    remark = element.tag == "li" or element.get("class") == "note" or _is_finding(element)
    remark = remark or (element.tag == "td" and len(element.text_content()) > LONG_CELL)
    return remark and any(str(a.get("href")).startswith("#") for a in element.iter("a"))


def _is_finding(element: lxml_html.HtmlElement) -> bool:
    return element.tag == "tr" and str(element.get("id")).startswith("finding-")


def _free(element: lxml_html.HtmlElement) -> Iterator[str]:
    """Text outside links and names."""
    if not isinstance(element.tag, str) or _leads_on(element):
        return
    head = element.tag == "thead"
    axis = element.tag == "g" and element.get("class") == "axis"
    linked = element.tag == "a" and str(element.get("href")).startswith("#")
    named = element.tag in NO_RESULT or element.get("class") == "byline"
    if not (linked or head or axis or named):
        if element.text:
            yield element.text
        for child in element:
            yield from _free(child)
            if child.tail:
                yield child.tail


ENGLISH = re.compile(
    r"\b(?:the|of|with|without|and|is|are|was|were|not|by|from|to|for|than|this|that|its|has|have"
    r"|be|at|or|which|each|other|only|over|under|between|among|all|in)\b"
)
"""Words of English that no Spanish sentence holds."""
STEPS = 4
"""Links from a number to its cell: a test between groups, the pooled groups, a row, the cell."""
BIBLIOGRAPHIC = ("sec-references", "table-sources")


def english(page: bytes | str, own: tuple[str, ...] = ()) -> list[str]:
    """Texts with English words outside quotations, references and the review's ``own`` words."""
    found = []
    for text in _outside_quotations(tree(page)):
        bare = re.sub(r"\[[\w-]+\]|[\w/-]+\.(?:svg|toml|yaml)|overlaps: \(.*\)", " ", text)
        for words in own:
            bare = bare.replace(words, " ")
        if ENGLISH.search(bare):
            found.append(" ".join(text.split()))
    return found


def quotations(page: bytes | str) -> list[str]:
    """Everything marked as another language."""
    return [str(e.text_content()) for e in tree(page).iter() if e.get("lang") == "en"]


def _outside_quotations(element: lxml_html.HtmlElement) -> Iterator[str]:
    named = element.tag in ("script", "style", "code") or element.get("id") in BIBLIOGRAPHIC
    if not isinstance(element.tag, str) or named or element.get("lang") == "en":
        return
    yield element.text or ""
    for child in element:
        yield from _outside_quotations(child)
        yield child.tail or ""


def numbers(page: bytes | str, ctx: ReportContext) -> int:
    """How many numbers of results are links."""
    return sum(1 for _ in _number_links(tree(page), names_of(ctx)))


def dead_ends(page: bytes | str, ctx: ReportContext) -> list[str]:
    """Numbers from which no printed cell can be reached in ``STEPS`` links.

    Counts of the flow of records end at the protocol, where a person wrote them.
    """
    whole, names = tree(page), names_of(ctx)
    by_id = {element.get("id"): element for element in whole.iter() if element.get("id")}
    onward = {name: _targets(element) for name, element in by_id.items()}
    good = {name for name in by_id if name.startswith("c-")} | {"table-protocol"}
    for _ in range(STEPS - 1):
        good |= {name for name, to in onward.items() if to & good}
    return [
        f"{section}: {link.text_content()} -> {link.get('href')}"
        for section, link in _number_links(whole, names)
        if str(link.get("href"))[1:] not in good
    ]


def _number_links(
    whole: lxml_html.HtmlElement, names: list[str]
) -> Iterator[tuple[str, lxml_html.HtmlElement]]:
    for section in whole.iter("section"):
        name = str(section.get("id")).removeprefix("sec-")
        for link in section.iter("a") if name not in NO_EVIDENCE else ():
            inside = str(link.get("href")).startswith("#")
            if inside and re.search(r"\d", _bare(link.text_content(), names)):
                yield name, link


def _targets(element: lxml_html.HtmlElement) -> set[str]:
    """Ids that the element, or the description after a term, links to or holds."""
    parts = [element]
    if element.tag == "dt" and element.getnext() is not None:
        parts.append(element.getnext())
    found: set[str] = set()
    for part in parts:
        found |= {str(a.get("href"))[1:] for a in part.iter("a")}
        found |= {str(e.get("id")) for e in part.iter() if e.get("id") and e is not element}
    return found
