"""A figure for the page itself: what the page's style sheet says is left out of the markup."""

from __future__ import annotations

import re

_PAINT = re.compile(r'( class="[^"]+")(?: (?:fill|stroke)="#[0-9a-f]{6}")+')
_ROOT = re.compile(r' aria-labelledby="[^"]+" font-family="[^"]+" font-size="12" fill="[^"]+"')
_NAMED = re.compile(r'<(title|desc) id="[^"]+">')
_GROUND = '<rect width="100%" height="100%" class="paper"/>'
_PATH = re.compile(r' d="[^"]+"')
_TEXT = re.compile(r"<text ([^>]*)>")
_FLAT = re.compile(r'<line x1="([^"]+)" y1="([^"]+)" x2="([^"]+)" y2="\2"( class="[^"]+")?/>')
_CLASS = re.compile(r' class="([^"]+)"')
_SAME_LINK = re.compile(
    r'<a href="([^"]+)">((?:(?!</a>).)*)</a>((?:<(?:path|polygon|rect)\b[^>]*/>)*)<a href="\1">'
)
"""Two links to one place with nothing but marks between them."""

SHORT = {
    ' text-anchor="end"': "e",
    ' text-anchor="middle"': "c",
    ' font-size="11"': "s",
    ' font-weight="bold"': "b",
}
"""Attributes of text to the classes that say the same in ``style.html.j2``."""
NAMES = {"muted": "m"}


def compact_svg(svg: str) -> str:
    """The same picture in half the bytes; still well-formed, but only right inside the page."""
    small = _NAMED.sub(r"<\1>", _ROOT.sub("", _PAINT.sub(r"\1", svg), count=1))
    small = _TEXT.sub(_text, small.replace(_GROUND, ""))
    small = _FLAT.sub(_line, small)
    small = _PATH.sub(lambda drawn: " d=" + drawn.group()[3:].replace(" ", ","), small)
    small = re.sub(r'(<(?:rect|circle|polygon)\b[^>]*?) class="accent"', r"\1", small)
    return _one_link(small)


def _one_link(svg: str) -> str:
    """Neighbouring links to one place become one: fewer stops for the keyboard, too."""
    joined = _SAME_LINK.sub(r'<a href="\1">\2\3', svg)
    return joined if joined == svg else _one_link(joined)


def _text(found: re.Match[str]) -> str:
    attributes = found.group(1)
    classes = [NAMES.get(name, name) for name in _CLASS.findall(attributes)]
    attributes = _CLASS.sub("", attributes)
    for written, name in SHORT.items():
        if written in attributes:
            attributes = attributes.replace(written, "")
            classes.append(name)
    named = f' class="{" ".join(classes)}"' if classes else ""
    return f"<text {attributes}{named}>"


def _line(found: re.Match[str]) -> str:
    x1, y, x2, painted = found.groups()
    painted = "" if painted == ' class="s-ink"' else painted or ""
    return f'<path d="M{x1} {y}H{x2}"{painted}/>'
