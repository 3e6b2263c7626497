"""Words that a report of uncontrolled series must not use, and a search for them."""

from __future__ import annotations

import re

FORBIDDEN: dict[str, str] = {
    r"\beffects?\b": "there is no control group, so no effect was measured",
    r"\beffective(ness|ly)?\b": "effectiveness needs a comparison",
    r"\befficac(y|ious)\b": "say 'pooled proportion with ...'",
    r"\b(superior|inferior)(ity)?\b": "groups of uncontrolled series are described, not ranked",
    r"\b(better|worse) than\b": "groups of uncontrolled series are described, not ranked",
    r"\boutperform\w*": "groups of uncontrolled series are described, not ranked",
    r"\bsignificant(ly)?\b": "give the interval or p",
    r"\bproves?\b|\bproven\b": "say what was found",
    r"\bresponse rates?\b": "a proportion is no rate; say 'proportion with ...'",
}
"""Pattern to the reason it is refused."""

_PATTERNS = [re.compile(pattern, re.IGNORECASE) for pattern in FORBIDDEN]


def find_forbidden(text: str) -> list[str]:
    """Every forbidden wording in ``text``, as it stands there."""
    return [found.group() for pattern in _PATTERNS for found in pattern.finditer(text)]
