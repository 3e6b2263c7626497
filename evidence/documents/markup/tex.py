"""Short formulas written in TeX as runs of text: signs, exponents, fractions, words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.documents.runs import Run, RunKind

_INLINE = re.compile(r"\\\((.{1,400}?)\\\)|\\\[(.{1,400}?)\\\]", re.S)
_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}^_~]|[^\\{}^_~]+", re.S)
_SPACED = re.compile(r"\\(?:text\w*|[mh]box)\s*\{[^{}]*\}")
"""Words between which spaces count; anywhere else in a formula they do not."""
_SIGNS = {
    "pm": "±", "mp": "∓", "times": "×", "cdot": "·", "div": "÷", "leq": "≤", "le": "≤",
    "leqslant": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "lt": "<", "gt": ">", "ll": "≪",
    "gg": "≫", "approx": "≈", "sim": "~", "simeq": "≃", "neq": "≠", "ne": "≠", "infty": "∞",
    "circ": "°", "degree": "°", "prime": "′", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "uparrow": "↑", "downarrow": "↓", "dagger": "†", "ddagger": "‡", "ast": "*", "ldots": "…",
    "dots": "…", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε",
    "varepsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "quad": " ", "qquad": " ",
}  # fmt: skip
_CHARACTERS = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "%": "%", "&": "&", "#": "#"}
_CHARACTERS |= {"$": "$", "_": "_", "{": "{", "}": "}"}
_WORDS = {"text", "mathrm", "mathit", "mathbf", "mathsf", "rm", "textrm", "textit", "textbf", "it"}
_WORDS |= {"mbox", "hbox", "operatorname", "bf", "boldsymbol", "textsf", "mathnormal", "bm", "rm"}
_WORDS |= {"left", "right", "displaystyle", "textstyle", "hat", "bar", "limits"}
_MAX = 400
"""Longer formulas are no value of a table and stay as written."""


def split_tex(text: str, kind: RunKind) -> Iterator[Run]:
    r"""A stretch of text as runs, with the formulas between ``\(`` and ``\)`` set in print."""
    end = 0
    for match in _INLINE.finditer(text) if "\\" in text else ():
        yield Run(text=text[end : match.start()], kind=kind)
        yield from tex_runs(match.group(1) or match.group(2), kind, written=match.group(0))
        end = match.end()
    yield Run(text=text[end:], kind=kind)


def tex_runs(formula: str, kind: RunKind, *, written: str | None = None) -> list[Run]:
    """A formula as runs; as it is ``written`` where it holds more than signs and levels."""
    raw = [Run(text=formula if written is None else written, kind=kind)]
    if len(formula) > _MAX:
        return raw
    spaced = _SPACED.sub(lambda match: re.sub(r"\s", "~", match.group(0)), formula)
    parts = (t if t[0] == "\\" else re.sub(r"\s", "", t) for t in _TOKEN.findall(spaced))
    tokens = [token for token in parts if token]
    try:
        runs, end = _group(tokens, 0, kind)
    except (LookupError, RecursionError):
        return raw
    return runs if end == len(tokens) and tokens.count("{") == tokens.count("}") else raw


def _group(tokens: list[str], at: int, kind: RunKind) -> tuple[list[Run], int]:
    """The runs up to the brace that closes a group, and the place after it."""
    runs: list[Run] = []
    while at < len(tokens):
        if tokens[at] == "}":
            return runs, at + 1
        part, at = _part(tokens, at, kind)
        runs += part
    return runs, at


def _part(tokens: list[str], at: int, kind: RunKind) -> tuple[list[Run], int]:
    """One token, or a group, with what belongs to it. Raises LookupError for what is not known."""
    token = tokens[at]
    if token in {"^", "_"}:
        return _argument(tokens, at + 1, "sup" if token == "^" else "sub")
    if token == "{":
        return _argument(tokens, at, kind)
    if token == "\\frac":
        above, at = _argument(tokens, at + 1, kind)
        below, at = _argument(tokens, at, kind)
        return [*above, Run(text="/", kind=kind), *below], at
    return _set(token, kind), at + 1


def _argument(tokens: list[str], at: int, kind: RunKind) -> tuple[list[Run], int]:
    token = tokens[at]
    if not token:
        raise LookupError(token)
    if token == "{":
        runs, end = _group(tokens, at + 1, kind)
        if tokens[end - 1] != "}":
            raise LookupError(token)
        return runs, end
    if token.startswith("\\"):
        return _set(token, kind), at + 1
    tokens[at] = token[1:]
    return [Run(text=token[:1], kind=kind)], at


def _set(token: str, kind: RunKind) -> list[Run]:
    name = token[1:]
    if token == "~":
        return [Run(text=" ", kind=kind)]
    if not token.startswith("\\"):
        return [Run(text=token, kind=kind)]
    if name in _WORDS:
        return []
    sign = _SIGNS[name] if name in _SIGNS else _CHARACTERS[name]
    return [Run(text=sign, kind="plain" if sign == "°" else kind)]
