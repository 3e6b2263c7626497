"""The order in which the levels of a grouping stand, wherever they are listed."""

from __future__ import annotations

import re

_SIZE = re.compile(r"([<≤≥>]?) *(\d+(?:\.\d+)?)")
_BOUNDS = {"<": -2, "≤": -1, "": 0, "≥": 1, ">": 2}


def level_order(label: str) -> tuple[int, float, int, str]:
    """Amounts by size (``≤15 mg`` before ``30 mg`` before ``>30 mg``), then words by letter."""
    amount = _SIZE.match(label)
    if amount is None:
        return 1, 0.0, 0, label.casefold()
    return 0, float(amount.group(2)), _BOUNDS[amount.group(1)], label.casefold()
