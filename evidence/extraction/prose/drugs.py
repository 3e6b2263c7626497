"""Which drugs a text names, and by what names."""

from __future__ import annotations

import re

from evidence.documents.base import Document
from evidence.extraction.tokens import lex
from evidence.vocabulary import Vocabulary

_CODE = re.compile(r"(?<![\w-])(?!NCT|ISRCTN|UMIN)[A-Z]{2,5}-?\d{3,6}(?![\w-])")
"""A compound that has only its maker's code (``PM01183``)."""
_COMPOUND = re.compile(r"(?<=\w)-(?=(?:based|containing|treated|induced|refractory|naive)\b)", re.I)
_BEFORE_STUDY = re.compile(
    r"(?:\b(?:fail\w*|refractory|resistant|intolerant|after|following|despite|previous\w*|prior|"
    r"versus|vs)\s+(?:to\s+|of\s+|on\s+|treat\w+\s+|with\s+|therapy\s+)*)$",
    re.IGNORECASE,
)
_SALT = (
    r"(?:mesylate|chloride|hydrochloride|dihydrochloride|acetate|citrate|sodium|phosphate|sulfate|"
    r"tosylate)"
)


def drugs_in(text: str, vocabulary: Vocabulary) -> list[str]:
    """Drugs a text names, in order, each once, as the word lists write them."""
    tokens = lex(_COMPOUND.sub(" ", text), vocabulary, ("drugs",))
    named = list(dict.fromkeys(t.name for t in tokens if t.kind == "drugs"))
    return named or list(dict.fromkeys(_CODE.findall(text)))


def study_drugs(title: str, vocabulary: Vocabulary) -> list[str]:
    """Drugs a title names as given: not those its patients had before (``failed fludarabine``)."""
    tokens = [
        t for t in lex(_COMPOUND.sub(" ", title), vocabulary, ("drugs",)) if t.kind == "drugs"
    ]
    given = [
        t.name
        for t in tokens
        if not _BEFORE_STUDY.search(title[: t.start])
        and not re.match(r"[\s-](?:refractory|resistant|naive)", title[t.end :], re.IGNORECASE)
    ]
    return list(dict.fromkeys(given)) or drugs_in(title, vocabulary)


def aliases(drug: str, document: Document) -> tuple[str, ...]:
    """The drug's name and its abbreviation: ``temozolomide (TMZ)`` gives both."""
    pattern = re.compile(
        rf"\b{re.escape(drug)}(?:\s+{_SALT})?\s*[(\[]\s*([A-Za-z][\w/-]{{1,9}})\s*[)\],;]",
        re.IGNORECASE,
    )
    for block in document.blocks:
        match = pattern.search(block.text)
        if match and match[1].lower() not in ("n", "and", "or"):
            return (drug, match[1])
    return (drug,)
