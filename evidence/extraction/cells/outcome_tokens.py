"""The tokens of a response cell, with what only their neighbours can tell settled first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidence.extraction.cells.shares import with_shares
from evidence.extraction.tokens import Token, kind_at, lex
from evidence.vocabulary import Vocabulary

LISTS = ("statuses", "responses", "diseases", "words", "comparators", "statistics", "fillers",
         "therapies", "time_days", "compartments", "small")  # fmt: skip


def outcome_tokens(text: str, vocabulary: Vocabulary) -> list[Token]:
    """Tokens of the cell: ``4 NR`` is a response, ``CR/CRu`` one outcome."""
    tokens = with_shares(lex(text, vocabulary, LISTS))
    tokens = [_counted(tokens, at, vocabulary) for at in range(len(tokens))]
    return _joined(text, tokens)


def _counted(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> Token:
    """A status that is counted is a response: nobody counts what was not reported."""
    token = tokens[at]
    if token.kind != "statuses":
        return token
    name = vocabulary.counted_status(token.text)
    beyond = at + 2 if kind_at(tokens, at + 1) in (":", "=") else at + 1
    before, after = (tokens[i] if 0 <= i < len(tokens) else None for i in (at - 1, beyond))
    counted = any(
        other is not None and (other.is_count or other.kind in ("percent", "fraction"))
        for other in (before, after)
    )
    return replace(token, kind="responses", name=name) if name and counted else token


def _joined(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Outcomes joined without amounts between them; of several amounts after them, nothing."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        stop = at + 1
        while (
            kind_at(tokens, stop - 1) == "responses"
            and kind_at(tokens, stop) in ("/", "+")
            and kind_at(tokens, stop + 1) == "responses"
        ):
            stop += 2
        if stop == at + 1:
            joined.append(tokens[at])
            at = stop
            continue
        names = [tokens[place].name for place in range(at, stop, 2)]
        start, end = tokens[at].start, tokens[stop - 1].end
        several = any(kind_at(tokens, place) == "fraction" for place in (stop, stop + 1, at - 1))
        name = "ORR" if set(names) == {"CR", "PR"} else "/".join(dict.fromkeys(names))
        kind = "word" if several else "responses"
        joined.append(Token(kind=kind, text=text[start:end], start=start, end=end, name=name))
        at = stop
    return joined
