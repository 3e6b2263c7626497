"""Authors as one line of text: its names, their families, and how a series is called by them."""

from __future__ import annotations

import re

_INITIALS = re.compile(r"\s+(?:[A-Z]\.?){1,4}$")


def split_authors(authors: str) -> list[str]:
    """``Lundin J, Hagberg H et al.`` as its parts; ``et al.`` is one of them."""
    text = re.sub(r"[,;]?\s*\bet al\b\.?\s*$", "; et al.", authors.strip())
    parts = [part.strip() for part in re.split(r"\s*;\s*", text) if part.strip()]
    if not parts or len(parts) > 2 or "," not in parts[0]:
        return parts
    names = [name.strip() for name in parts[0].split(",")]
    listed = all(re.search(r"\s[A-Z]{1,4}$", name) for name in names)
    return [*names, *parts[1:]] if listed else parts


def family_name(author: str) -> str:
    """Family of ``de Masson, Adele`` or ``de Masson A``; any other name as it is."""
    family = author.split(",")[0] if "," in author else _INITIALS.sub("", author)
    return family.strip() or author


def short_authors(authors: str) -> str:
    """``Lundin et al.`` for several authors; one name without a comma stays as printed."""
    names = split_authors(authors) or [authors]
    if len(names) > 1:
        return f"{family_name(names[0])} et al."
    return family_name(authors) if "," in authors else authors
