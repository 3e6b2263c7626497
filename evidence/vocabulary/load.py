"""Load the word lists from the TOML files beside this module, with a review's own words added."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from evidence.errors import unknown_name
from evidence.vocabulary.words import (
    Vocabulary,
    drug_spelling,
    first_word,
    is_case_bound,
    phrase_key,
    phrase_words,
)

Lists = dict[str, dict[str, list[str]]]
"""List name to (name to the words that mean it)."""

SHORT_NAME = 6
"""Letters of names of drugs that other words may resemble."""
FOLDER = Path(__file__).parent


@cache
def _shipped() -> tuple[Lists, dict[str, str], tuple[str, ...]]:
    """All lists, the organ class of each preferred term, and the drug-name endings."""
    lists: Lists = {}
    for path in sorted(FOLDER.glob("*.toml")):
        if path.stem not in ("complications", "drugs"):
            lists.update(tomllib.loads(path.read_text(encoding="utf-8")))
    classes: Lists = tomllib.loads((FOLDER / "complications.toml").read_text(encoding="utf-8"))
    groups = {term: group for group, terms in classes.items() for term in terms}
    lists["complications"] = {
        term: [term, *words] for terms in classes.values() for term, words in terms.items()
    }
    drugs = tomllib.loads((FOLDER / "drugs.toml").read_text(encoding="utf-8"))
    lists["drugs"] = {name: [name] for name in drugs["drugs"]["names"]}
    lists["drugs"] |= {name: [name, *words] for name, words in drugs["synonyms"].items()}
    for path in sorted((FOLDER / "languages").glob("*.toml")):
        for name, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for value, words in entries.items():
                lists[name][value] += words
    return lists, groups, tuple(drugs["drugs"]["endings"])


Phrases = dict[str, dict[str, str]]
Reaches = dict[str, dict[str, int]]


def _index(lists: Mapping[str, Mapping[str, list[str]]]) -> tuple[Phrases, Phrases, Reaches]:
    """(phrases in any case, short capitals, longest phrase by first word), each by list."""
    loose: Phrases = {}
    exact: Phrases = {}
    reaches: Reaches = {}
    for name, entries in lists.items():
        loose[name], exact[name], reaches[name] = {}, {}, {}
        for value, words in entries.items():
            for word in words:
                first = first_word(word)
                reaches[name][first] = max(reaches[name].get(first, 0), phrase_words(word))
                if is_case_bound(word):
                    exact[name].setdefault(word, value)
                else:
                    loose[name].setdefault(phrase_key(word), value)
    loose["drug spellings"] = {
        drug_spelling(key): value for key, value in loose["drugs"].items() if len(key) > SHORT_NAME
    }
    return loose, exact, reaches


@cache
def _base() -> Vocabulary:
    lists, groups, endings = _shipped()
    loose, exact, reaches = _index(lists)
    return Vocabulary(
        loose=loose, exact=exact, reaches=reaches, groups=groups, drug_endings=endings
    )


def load_vocabulary(extra: Mapping[str, Mapping[str, list[str]]] | None = None) -> Vocabulary:
    """The shipped lists plus ``extra`` (list to name to words, as in ``[vocabulary.diseases]``).

    Extra words go before shipped ones. A complication may be written ``"Class / Preferred term"``.
    Raises ``WrongUsage`` for a list that does not exist.
    """
    base = _base()
    if not extra:
        return base
    lists, groups, endings = _shipped()
    merged: Lists = {name: dict(entries) for name, entries in lists.items()}
    own_groups = dict(groups)
    for name, entries in extra.items():
        if name not in lists:
            raise unknown_name("vocabulary list", name, sorted(lists))
        own: dict[str, list[str]] = {}
        for value, words in entries.items():
            group, _, term = value.rpartition(" / ") if name == "complications" else ("", "", value)
            if group:
                own_groups[term] = group
            own[term] = [term, *words]
        shipped = {value: [*own.get(value, []), *words] for value, words in lists[name].items()}
        merged[name] = {**own, **shipped}
    loose, exact, reaches = _index(merged)
    return Vocabulary(
        loose=loose, exact=exact, reaches=reaches, groups=own_groups, drug_endings=endings
    )
