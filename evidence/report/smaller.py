"""A page of HTML in fewer bytes: what HTML lets one leave out, and what a browser adds itself."""

from __future__ import annotations

import re

_KEPT = re.compile(r"(<(?:script|style)\b.*?</(?:script|style)>)", re.DOTALL)
_OPTIONAL_END = re.compile(r"</(?:t[dhr]|thead|tbody|li|dt|dd|option)>\n?")
_PARAGRAPH_END = re.compile(
    r"</p>\s*(?=<(?:p|div|table|[uod]l|h[1-6]|figure|details|section)\b|</section>)"
)
_SCOPE = re.compile(r'(?<=<th) scope="(?:row|col)"')
"""What a browser finds itself: a row of heads alone heads columns, a column of heads rows."""
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_BREAK = re.compile(
    r"(?<=>)\n+(?=</?(?:p|div|table|[uod]l|li|h[1-6]|figure|figcaption|details|section|t[hrd]"
    r"|thead|tbody|caption)\b)"
)
_TAG = re.compile(r"<[a-z][^<>]*>")
_QUOTED = re.compile(r'(?<= )([a-z][a-zA-Z-]*)="([^\s"\'=<>`/]+)"(?=([ >]|/>))')


def smaller_html(page: str) -> str:
    """The same page; what a browser makes of it does not change. Scripts and styles stay."""
    pieces = _KEPT.split(page)
    pieces[::2] = [_smaller(piece) for piece in pieces[::2]]
    return "".join(pieces)


def _smaller(text: str) -> str:
    text = text.replace(_NAMESPACE, "")
    for needless in (_OPTIONAL_END, _PARAGRAPH_END, _BREAK):
        text = needless.sub("", text)
    return _TAG.sub(_unquoted, _SCOPE.sub("", text))


def _unquoted(tag: re.Match[str]) -> str:
    return _QUOTED.sub(_bare, tag.group())


def _bare(attribute: re.Match[str]) -> str:
    """Without quotes; a slash must not become part of the value."""
    name, value, after = attribute.groups()
    return f"{name}={value}{' ' if after == '/>' else ''}"
