"""Text of JATS and HTML as LaTeX source."""

from __future__ import annotations

import unicodedata
from typing import Any

TAGS = {"italic": r"\textit", "i": r"\textit", "em": r"\textit", "bold": r"\textbf",
        "b": r"\textbf", "sup": r"\textsuperscript", "sub": r"\textsubscript"}  # fmt: skip
SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": "$<$",
    ">": "$>$", "|": "$|$", "−": "$-$", "–": "--", "—": "---", "‐": "-", "‑": "-", "±": r"$\pm$",
    "×": r"$\times$", "÷": r"$\div$", "·": r"$\cdot$", "∙": r"$\cdot$", "⋅": r"$\cdot$",
    "≤": r"$\leq$", "≥": r"$\geq$", "≦": r"$\leq$", "≧": r"$\geq$", "≈": r"$\approx$",
    "∼": r"$\sim$", "≠": r"$\neq$", "∗": r"$\ast$", "⁎": r"$\ast$", "∧": r"$\wedge$",
    "†": r"\dag{}", "‡": r"\ddag{}", "§": r"\S{}", "¶": r"\P{}", "°": r"$^{\circ}$",
    "′": r"$'$", "″": r"$''$", "’": "'", "‘": "`", "“": "``", "”": "''", "•": r"$\bullet$",
    "●": r"$\bullet$", "®": r"\textregistered{}", "™": r"\texttrademark{}", "↑": r"$\uparrow$",
    "↓": r"$\downarrow$", "→": r"$\rightarrow$", "∞": r"$\infty$", "√": r"$\surd$",
    "α": r"$\alpha$", "β": r"$\beta$", "γ": r"$\gamma$", "δ": r"$\delta$", "Δ": r"$\Delta$",
    "ε": r"$\varepsilon$", "κ": r"$\kappa$", "λ": r"$\lambda$", "μ": r"$\mu$", "µ": r"$\mu$",
    "π": r"$\pi$", "ρ": r"$\rho$", "σ": r"$\sigma$", "τ": r"$\tau$", "φ": r"$\phi$",
    "χ": r"$\chi$", "ω": r"$\omega$", "η": r"$\eta$", "θ": r"$\theta$", "…": r"\dots{}",
    "\u00a0": "~", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u2003": r"\quad{}",
    "\u2002": r"\enspace{}", "\u2028": " ", "\u200b": "", "\ufeff": "", "\u00ad": r"\-",
}  # fmt: skip


class Untypesettable(ValueError):
    """A table holds what LaTeX has no sign for, or no room."""


def escape(text: str, *, strict: bool = True) -> str:
    """Plain text as LaTeX; raises Untypesettable for a sign it does not know, if ``strict``."""
    return "".join(_sign(c, strict) for c in unicodedata.normalize("NFC", text))


def _sign(character: str, strict: bool) -> str:
    if character in SIGNS:
        return SIGNS[character]
    known = character.isascii() or ("À" <= character <= "ž" and character.isalpha())
    if not known and strict:
        raise Untypesettable(character)
    return character if known else ""


def as_latex(element: Any) -> str:
    """What stands inside an element; text high or low, slanted or heavy stays so."""
    parts = [escape(element.text or "")]
    for child in element:
        name = str(child.tag).rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
        if name in TAGS:
            inner = as_latex(child)
            parts.append(rf"{TAGS[name]}{{{inner}}}" if inner.strip() else inner)
        elif name in ("break", "br"):
            parts.append(" ")
        elif name in ("p", "list-item", "title", "fn", "div"):
            parts.append(" " + as_latex(child) + " ")
        elif name and name not in ("object-id", "label", "graphic"):
            parts.append(as_latex(child))
        parts.append(escape(child.tail or ""))
    return " ".join("".join(parts).split())
