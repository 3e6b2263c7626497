"""Names of whole organ classes: *infections*, *cardiac events*."""

from __future__ import annotations

import re

_CLASS = re.compile(
    r"(?:(?:any|all|total)\s+)?(?P<word>\w+)"
    r"(?:\s+(?P<kind>disorders?|(?:adverse\s+)?events?|complications?|toxicit(?:y|ies)))?",
    re.IGNORECASE,
)
_STEM = 5
"""First letters a class and its adjective have in common: *Cardiac*, *cardiovascular*."""


def names_class(name: str, group: str) -> bool:
    """Whether a complication is called by its class alone: its name, or ``cardiac events``."""
    match = _CLASS.fullmatch(name)
    if match is None:
        return False
    word, own = match["word"].casefold(), group.casefold()
    return word.rstrip("s") == own.rstrip("s") or bool(
        match["kind"] and word[:_STEM] == own[:_STEM]
    )
