"""The text of a Word paragraph as runs: levels, signs of symbol fonts, formulas, note numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evidence.documents.markup.runs import local
from evidence.documents.runs import Run, RunKind, print_runs

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ABSENT = {
    "del",
    "movefrom",
    "ppr",
    "rpr",
    "fallback",
    "instrtext",
    "deltext",
    "txbxcontent",
    "tbl",
}
"""Deleted text, properties, second copies for old programs, and what is read on its own."""
_SYMBOL = {
    0x2D: "−", 0x44: "Δ", 0x61: "α", 0x62: "β", 0x63: "χ", 0x64: "δ", 0x65: "ε", 0x67: "γ",
    0x6B: "κ", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x72: "ρ", 0x73: "σ", 0x74: "τ", 0x77: "ω",
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xD6: "√", 0xD7: "⋅",
}  # fmt: skip
"""Codes of Adobe's Symbol font (Symbol encoding, Adobe Font Metrics 1.007)."""
Numbers = Mapping[tuple[str, str], str]
"""(``footnote`` or ``endnote``, id) → the mark that is printed for it."""


def paragraph_runs(element: _Element, numbers: Numbers | None = None) -> Iterator[Run]:
    """The runs inside an element in order; what is deleted or hidden is not among them."""
    for child in element:
        name = local(child)
        if name in _ABSENT or not name:
            continue
        if name == "r":
            yield from _run(child, numbers or {})
        elif name in {"omath", "omathpara"}:
            yield from _formula(child, "plain")
        elif name == "alternatecontent":
            first = next((part for part in child if local(part) == "choice"), None)
            yield from () if first is None else paragraph_runs(first, numbers)
        else:
            yield from paragraph_runs(child, numbers)


def paragraph_text(element: _Element) -> str:
    """The text of a paragraph on one line."""
    return print_runs(list(paragraph_runs(element))).text


def _run(run: _Element, numbers: Numbers) -> Iterator[Run]:
    if _is_on(run, "vanish") or is_struck(run):
        return
    level = _level(run)
    for child in run:
        name = local(child)
        if name == "t":
            yield Run(text=child.text or "", kind=level)
        elif name in {"br", "cr"}:
            yield Run(text="", kind="break")
        elif name in {"tab", "ptab"}:
            yield Run(text=" ")
        elif name == "nobreakhyphen":
            yield Run(text="-", kind=level)
        elif name == "sym":
            yield Run(text=_sign(child), kind=level)
        elif name in {"footnotereference", "endnotereference"}:
            key = (name.removesuffix("reference"), child.get(f"{W}id") or "")
            if child.get(f"{W}customMarkFollows") is None and key in numbers:
                yield Run(text=numbers[key], kind="note")


def is_struck(run: _Element) -> bool:
    """Whether a run is printed with a line through it: no longer said."""
    return _is_on(run, "strike") or _is_on(run, "dstrike")


def _is_on(run: _Element, name: str) -> bool:
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val") not in {"0", "false", "off"}


def _level(run: _Element) -> RunKind:
    align = run.find(f"{W}rPr/{W}vertAlign")
    raised = run.find(f"{W}rPr/{W}position")
    style = run.find(f"{W}rPr/{W}rStyle")
    value = "" if align is None else align.get(f"{W}val") or ""
    if value in {"superscript", "subscript"}:
        return "sup" if value == "superscript" else "sub"
    points = "" if raised is None else raised.get(f"{W}val") or ""
    if points.lstrip("-").isdigit() and abs(int(points)) >= 4:
        return "sub" if points.startswith("-") else "sup"
    named = "" if style is None else (style.get(f"{W}val") or "").lower()
    return "sup" if "superscript" in named else "plain"


def _sign(element: _Element) -> str:
    """The character of a symbol font; a replacement character for one that is not known."""
    try:
        code = int(element.get(f"{W}char") or "", 16) & 0xFF
    except ValueError:
        return "\ufffd"
    font = (element.get(f"{W}font") or "").lower()
    return _SYMBOL.get(code, "\ufffd") if font.startswith("symbol") else "\ufffd"


def _formula(element: _Element, kind: RunKind) -> Iterator[Run]:
    """Office mathematics: exponents, indices and fractions keep their form."""
    levels: dict[str, RunKind] = {"sup": "sup", "sub": "sub"}
    for child in element:
        name = local(child)
        if name == "t":
            yield Run(text=child.text or "", kind=kind)
        elif name == "den":
            yield Run(text="/", kind=kind)
            yield from _formula(child, kind)
        elif name and not name.endswith("pr"):
            yield from _formula(child, levels.get(name, kind))
