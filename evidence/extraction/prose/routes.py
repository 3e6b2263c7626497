"""The route that sentences name beside a drug."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.documents.base import Document
from evidence.extraction.prose.drugs import aliases
from evidence.extraction.prose.sentences import Sentence
from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

_DOSED = r"(?i:\d[\d.,]*|[,(/-]|/?(?:m|kg)2?|/?m2|mg|g|µg|mcg|IU|MU)"
"""A token of a dose."""
_ROUTED = 3
"""Words that may stand between a drug's name and its route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesStated:
    """The only routes that sentences name beside the drug, and the first of those sentences."""

    routes: tuple[str, ...]
    sentence: Sentence
    words: str


def find_routes(
    drug: str, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary
) -> RoutesStated | None:
    """``subcutaneous alemtuzumab``, ``received alemtuzumab subcutaneously``; None where the title,
    else the sentences of abstract and methods, name several routes or none."""
    found: list[RoutesStated] = []
    names = {name.lower() for name in aliases(drug, document)}
    for sentence in sentences:
        if sentence.cited or not sentence.role.startswith(("title", "abstract", "methods")):
            continue
        tokens = lex(sentence.folded, vocabulary, ("drugs", "routes"))
        drugs = [at for at, t in enumerate(tokens)
                 if t.name == drug or t.text.lower() in names]  # fmt: skip
        if sentence.enrols and not any(t.kind == "drugs" for t in tokens):
            found += _given_again(sentence, tokens)
        found += [
            RoutesStated(routes=(route.name,), sentence=sentence, words=t.text)
            for t in (tokens[at] for at in drugs)
            for route in lex(t.text, vocabulary, ("routes",))
            if route.kind == "routes"
        ]
        abbreviated = [t for t in tokens if t.text.lower() in names - {drug}]
        for at, token in enumerate(tokens):
            if token.kind != "routes" or token in abbreviated:
                continue
            near = [d for d in drugs if abs(at - d) <= _ROUTED or _doses(tokens[d + 1 : at])]
            if near:
                first, last = sorted((tokens[near[0]], token), key=lambda t: t.start)
                words = sentence.text[first.start : last.end]
                found.append(RoutesStated(routes=(token.name,), sentence=sentence, words=words))
    found = [f for f in found if f.sentence.role == "title"] or found
    return found[0] if len({f.routes for f in found}) == 1 else None


_AGAIN = re.compile(
    r"\b(?:the (?:drug|antibody|agent|treatment)|it|treatment|injections|infusions)\s+(?:of it\s+)?"
    r"(?:was|were|is)\s+(?:then\s+)?(?:given|administered|injected|infused)\b|"
    r"\b(?:injections|infusions) of it\b",
    re.IGNORECASE,
)
"""A drug named before: ``The drug was given intramuscularly``."""


def _given_again(sentence: Sentence, tokens: Sequence[Token]) -> list[RoutesStated]:
    """The only route of a sentence that names its drug by a pronoun."""
    routed = [t for t in tokens if t.kind == "routes"]
    if len({t.name for t in routed}) != 1 or not _AGAIN.search(sentence.folded):
        return []
    words = sentence.text[routed[0].start : routed[0].end]
    return [RoutesStated(routes=(routed[0].name,), sentence=sentence, words=words)]


def _doses(between: Sequence[Token]) -> bool:
    """Whether nothing but a dose stands between a drug and its route."""
    return bool(between) and all(re.fullmatch(_DOSED, token.text) for token in between)
