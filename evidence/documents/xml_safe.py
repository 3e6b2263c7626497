"""Parse XML without following anything: no DTD, no network, no external or nested entities."""

from __future__ import annotations

import html.entities
import re
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.documents.refuse import unreadable
from evidence.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_DOCTYPE = re.compile(r"<!DOCTYPE\b(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(\[)?", re.I)
_SUBSET = re.compile(r"\"[^\"]*\"|'[^']*'|<!--.*?-->|\]\s*>|.", re.S)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]+)\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PROTECTED = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&([A-Za-z][\w.-]*);", re.S)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NUMBERED = re.compile(r"&#(?:x([0-9a-f]{1,9})|(\d{1,9}));", re.I)
_BUILT_IN = {"amp", "lt", "gt", "quot", "apos"}
_MAX_ENTITY = 64


def parse_xml(text: str, path: Path) -> tuple[_Element, list[Problem]]:
    """The root element and what had to be mended on the way.

    Named entities are replaced from the HTML5 list and from plain ones the file declares itself;
    anything else stays visible as ``&name;`` and is a Problem. Raises UnreadableDocument for XML
    that ends early or is broken beyond reading.
    """
    body, declared = _without_doctype(_DECLARATION.sub("", text.lstrip("\ufeff")))
    body, problems = _replace_entities(body, declared, path)
    body, illegal = _ILLEGAL.subn("\ufffd", _NUMBERED.sub(_lawful, body))
    if illegal:
        problems.append(_characters_replaced(illegal, path))
    root, broken = _parse(body, path)
    return root, problems + broken


def _lawful(match: re.Match[str]) -> str:
    """A character given by its number; NUL where XML has no such character."""
    number = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    forbidden = number > 0x10FFFF or 0xD800 <= number < 0xE000 or _ILLEGAL.match(chr(number))
    return "\x00" if forbidden else match.group(0)


def _without_doctype(text: str) -> tuple[str, dict[str, str | None]]:
    """The text without its document type; its entities by name (None: may not be expanded)."""
    match = _DOCTYPE.search(text, 0, 100_000)
    if match is None:
        return text, {}
    end = match.end()
    subset = ""
    if match.group(1):
        for token in _SUBSET.finditer(text, end):
            if token.group(0).startswith("]"):
                subset, end = text[end : token.start()], token.end()
                break
    else:
        end = text.find(">", end) + 1 or len(text)
    lines = text.count("\n", match.start(), end)
    return text[: match.start()] + "\n" * lines + text[end:], _entities(subset)


def _entities(subset: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, external, double, single in _ENTITY.findall(subset):
        value = html.unescape(double or single)
        simple = not external and len(value) <= _MAX_ENTITY and not set("<&%") & set(value)
        found.setdefault(name, value if simple else None)
    return found


def _replace_entities(
    text: str, declared: dict[str, str | None], path: Path
) -> tuple[str, list[Problem]]:
    unknown: dict[str, int] = {}

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name is None or name in _BUILT_IN:
            return match.group(0)
        value = declared.get(name) if name in declared else html.entities.html5.get(f"{name};")
        if value is None:
            unknown.setdefault(name, text.count("\n", 0, match.start()) + 1)
            return f"&amp;{name};"
        return value.replace("&", "&amp;").replace("<", "&lt;")

    replaced = _PROTECTED.sub(replace, text)
    return replaced, [
        _entity_problem(name, line, name in declared, path) for name, line in unknown.items()
    ]


def _entity_problem(name: str, line: int, refused: bool, path: Path) -> Problem:
    why = "is external, nested or long and was not followed" if refused else "is not known"
    return Problem(
        code="entity-refused" if refused else "entity-unknown",
        message=f"the entity &{name}; {why}; it stays in the text as printed here.",
        remedy="replace it by its character in the file",
        source=Place(document=path.name, line=line, text=f"&{name};"),
    )


def _characters_replaced(count: int, path: Path) -> Problem:
    return Problem(
        code="characters-lost",
        severity=Severity.ERROR,
        message=f"{count} control characters that XML forbids are shown as \ufffd.",
        remedy="fetch the file again",
        source=Place(document=path.name),
    )


def _parse(body: str, path: Path) -> tuple[_Element, list[Problem]]:
    from lxml import etree

    content = body.encode("utf-8", errors="replace")
    try:
        return etree.fromstring(content, _parser(recover=False)), []
    except etree.XMLSyntaxError as error:
        if not _ends_whole(body):
            raise _truncated(path, body) from error
        line, reason = error.lineno or 1, str(error.msg or error)
    try:
        root = etree.fromstring(content, _parser(recover=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise unreadable(
            path,
            found=f"broken XML ({reason})",
            expected="well-formed XML",
            mend="fetch the file again",
            line=line,
        )
    return root, [_not_well_formed(line, reason, path)]


def _parser(*, recover: bool) -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


def _ends_whole(body: str) -> bool:
    root = re.search(r"<([A-Za-z][\w.:-]*)", body)
    tail = re.sub(r"(?:\s|<!--.*?-->|<\?.*?\?>)+$", "", body[-2000:], flags=re.S)
    return root is not None and tail.endswith(f"</{root.group(1)}>")


def _truncated(path: Path, body: str) -> Exception:
    root = re.search(r"<([A-Za-z][\w.:-]*)", body)
    name = root.group(1) if root else "article"
    return unreadable(
        path,
        found=f"XML that stops before </{name}>",
        expected="a whole XML file",
        mend="fetch the file again; the download was cut short",
        line=body.count("\n") + 1,
    )


def _not_well_formed(line: int, reason: str, path: Path) -> Problem:
    return Problem(
        code="xml-not-well-formed",
        severity=Severity.ERROR,
        message=f"the XML is not well formed ({reason}); tables after this line may be incomplete.",
        remedy="fetch the file again, or compare with the PDF",
        source=Place(document=path.name, line=line),
    )
