"""The regimen from running text: the clause that gives a drug its dose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.documents.base import Document
from evidence.extraction.cells.regimen import RegimenFound, parse_regimen
from evidence.extraction.prose.dosing import as_cells_word_it, unit_given, without_names
from evidence.extraction.prose.sentences import METHODS, Sentence
from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

_DOSE = re.compile(r"\d\s*(?:mg|g|µg|mcg|IU|MU|Gy|AUC)\b", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:used|receiv\w+|administ\w+|given|treat\w+|dos(?:e|es|ed|age)|regimen|schedule|"
    r"infus\w+|inject\w+|MTD|recommended|randomi[sz]ed|assigned|allocated|consist\w+)\b",
    re.I,
)
_STEPS = re.compile(
    r"\b(?:initial|starting|first|loading|test)\s+(?:doses?|"
    r"dosage)s?\b(?P<before>.{0,80}?)\b(?:followed by|and then|then|increased to|"
    r"escalated to|thereafter)\b",
    re.IGNORECASE,
)
_NEXT_DOSE = re.compile(
    r"(?:(?:and|or|plus|with|,)?\s*\d+(?:\.\d+)?\s*(?:mg|g|µg|mcg|IU|"
    r"MU)(?:\s*/\s*\w+)?\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
"""A dose that stands before the next drug's name is that drug's."""
_LAST_DOSE = re.compile(
    r"^\W{0,3}\d+(?:\.\d+)?\s*(?:mg|g|µg|mcg|IU|MU)(?:\s*/\s*\w+)?", re.IGNORECASE
)
"""A dose that follows another drug's name is that one's."""
_CODE = re.compile(r"(?<![\w-])(?!NCT|ISRCTN|UMIN)[A-Z]{2,5}-?\d{3,6}(?![\w-])")
"""A compound that has only its maker's code (``PM01183``)."""
_PAST = re.compile(
    r"\b(?:previous|prior|premedicat|prophyla|mice|rats|in vitro|reduc(?:ed|tion)|level\b|"
    r"currently|standard (?:dose|treatment|therapy|regimen)|approved|recommended|usual(?:ly)?|"
    r"some authors|"
    r"(?:have|has) (?:been )?used)",
    re.IGNORECASE,
)


_HISTORY = re.compile(
    r"\bwho (?:had|have)\b[^,;]*?\b(?:therap\w+|treatments?|chemotherapy|regimens?)\b",
    re.IGNORECASE,
)
"""What the patients had been given before, in a clause that says who they are."""
_PARTS = re.compile(r";|(?<=[a-z]\.)\s+(?=[A-Z][a-z]+\s)")
_COMPOUND = re.compile(r"(?<=\w)-(?=(?:based|containing|treated|induced|refractory|naive)\b)", re.I)
_DOSED = r"(?i:\d[\d.,]*|[,(/-]|/?(?:m|kg)2?|/?m2|mg|g|µg|mcg|IU|MU)"
"""A token of a dose."""
_ROUTED = 3
"""Words that may stand between a drug's name and its route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimenStated:
    """A regimen read from one clause of a sentence."""

    found: RegimenFound
    drug: str | None
    combined_with: tuple[str, ...]
    escalation: tuple[float, ...]
    sentence: Sentence
    clause: str
    confirmed: frozenset[str] = frozenset()
    """Parts that a clause of another sentence states alike."""


def drugs_in(text: str, vocabulary: Vocabulary) -> list[str]:
    """Drugs a text names, in order, each once, as the word lists write them."""
    tokens = lex(_COMPOUND.sub(" ", text), vocabulary, ("drugs",))
    named = list(dict.fromkeys(t.name.lower() for t in tokens if t.kind == "drugs"))
    return named or list(dict.fromkeys(_CODE.findall(text)))


_BEFORE_STUDY = re.compile(
    r"(?:\b(?:fail\w*|refractory|resistant|intolerant|after|following|despite|previous\w*|prior|"
    r"versus|vs)\s+(?:to\s+|of\s+|on\s+|treat\w+\s+|with\s+|therapy\s+)*)$",
    re.IGNORECASE,
)


def study_drugs(title: str, vocabulary: Vocabulary) -> list[str]:
    """Drugs a title names as given: not those its patients had before (``failed fludarabine``)."""
    tokens = [
        t for t in lex(_COMPOUND.sub(" ", title), vocabulary, ("drugs",)) if t.kind == "drugs"
    ]
    given = [
        t.name.lower()
        for t in tokens
        if not _BEFORE_STUDY.search(title[: t.start])
        and not re.match(r"[\s-](?:refractory|resistant|naive)", title[t.end :], re.IGNORECASE)
    ]
    return list(dict.fromkeys(given)) or drugs_in(title, vocabulary)


_SALT = (
    r"(?:mesylate|chloride|hydrochloride|dihydrochloride|acetate|citrate|sodium|phosphate|sulfate|"
    r"tosylate)"
)


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


def find_regimen(
    drugs: Sequence[str], document: Document, sentences: Sequence[Sentence],
    vocabulary: Vocabulary, *, named: bool = False,
) -> RegimenStated | None:  # fmt: skip
    """The fullest regimen of the first drug; a clause without a drug's name counts when it is
    the only drug of the series, and never when it must be ``named`` (another arm may be meant).
    None when no clause states a dose."""
    names = aliases(drugs[0], document) if drugs else ()
    stated: list[RegimenStated] = []
    for sentence in sentences:
        if (
            sentence.role == "other"
            or sentence.role == "title"
            or (sentence.cited and sentence.role not in METHODS)
        ):
            continue
        text = sentence.folded
        if not _DOSE.search(text) or not _GIVEN.search(text):
            continue
        inside = drugs_in(text, vocabulary)
        if not drugs and inside:
            continue
        for clause in _clauses(text, names, vocabulary, alone=len(drugs) <= 1 and not named):
            read = _read(without_names(clause, names[1:]), sentence, drugs, vocabulary)
            stated += [read] if read.found.dose is not None else []
    if not stated:
        return None
    best = max(stated, key=_score)
    others = [read for read in stated if read.sentence.text != best.sentence.text]
    return replace(best, confirmed=_confirmed(best.found, [read.found for read in others]))


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesStated:
    """The only routes that sentences name beside the drug, and the first of those sentences."""

    routes: tuple[str, ...]
    sentence: Sentence
    words: str


def find_routes(
    drug: str, document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary
) -> RoutesStated | None:
    """``subcutaneous alemtuzumab``, ``received alemtuzumab subcutaneously``; None where the
    sentences of title, abstract and methods name several routes or none."""
    found: list[RoutesStated] = []
    names = {name.lower() for name in aliases(drug, document)}
    for sentence in sentences:
        if sentence.cited or not sentence.role.startswith(("title", "abstract", "methods")):
            continue
        tokens = lex(sentence.folded, vocabulary, ("drugs", "routes"))
        drugs = [at for at, t in enumerate(tokens)
                 if t.name.lower() == drug or t.text.lower() in names]  # fmt: skip
        abbreviated = [t for t in tokens if t.text.lower() in names - {drug}]
        for at, token in enumerate(tokens):
            if token.kind != "routes" or token in abbreviated:
                continue
            near = [d for d in drugs if abs(at - d) <= _ROUTED or _doses(tokens[d + 1 : at])]
            if near:
                first, last = sorted((tokens[near[0]], token), key=lambda t: t.start)
                words = sentence.text[first.start : last.end]
                found.append(RoutesStated(routes=(token.name,), sentence=sentence, words=words))
    return found[0] if len({f.routes for f in found}) == 1 else None


def _doses(between: Sequence[Token]) -> bool:
    """Whether nothing but a dose stands between a drug and its route."""
    return bool(between) and all(re.fullmatch(_DOSED, token.text) for token in between)


def _confirmed(best: RegimenFound, others: list[RegimenFound]) -> frozenset[str]:
    """Parts of a regimen that another reading has too; a dose needs its unit alike."""

    def same(name: str, other: RegimenFound) -> bool:
        mine, its = getattr(best, name), getattr(other, name)
        return mine is not None and its is not None and mine.value == its.value

    found = {n for n in ("routes", "doses_per_week", "schedule") if any(same(n, o) for o in others)}
    if any(same("dose", o) and o.dose_unit == best.dose_unit for o in others):
        found.add("dose_mg")
    return frozenset(found)


def _clauses(text: str, names: Sequence[str], vocabulary: Vocabulary, *, alone: bool) -> list[str]:
    clauses = []
    for part in _PARTS.split(text):
        if _PAST.search(_HISTORY.sub(" ", part)) or not _DOSE.search(part):
            continue
        mentions = [t for t in lex(part, vocabulary, ("drugs",)) if t.kind == "drugs"]
        spans = [(t.start, t.end) for t in mentions]
        own = [
            m.span()
            for n in names
            for m in re.finditer(rf"(?<!\w){re.escape(n)}(?!\w)", part, re.I)
        ]
        if not own:
            if alone and not spans:
                clauses.append(part)
            continue
        others = [s for s in spans if not any(a < s[1] and s[0] < b for a, b in own)]
        for start, _ in own:
            stop = min((a for a, _ in others if a > start), default=len(part))
            if stop < len(part):
                stop -= len(_NEXT_DOSE.search(part[start:stop])[0])  # type: ignore[index]
            begin = max((b for _, b in others if b <= start), default=0)
            after = part[_before_route(part, begin, start, vocabulary) : stop]
            whole = part[begin:stop]
            if begin:
                whole = _LAST_DOSE.sub("", whole)
            clauses.append(after if _DOSE.search(after) else whole)
    return [clause for clause in clauses if _DOSE.search(clause)]


def _before_route(part: str, begin: int, start: int, vocabulary: Vocabulary) -> int:
    """Where a clause begins: ``weekly oral temozolomide 150 mg``, with what stands before the
    drug's name."""
    for token in reversed(lex(part[begin:start], vocabulary, ("routes", "schedules"))):
        if token.kind not in ("routes", "schedules"):
            break
        start = begin + token.start
    return start


def _read(
    clause: str, sentence: Sentence, drugs: Sequence[str], vocabulary: Vocabulary
) -> RegimenStated:
    steps = _STEPS.search(clause)
    rest = clause[steps.end() :] if steps else ""
    escalation: tuple[float, ...] = ()
    read = clause
    if steps and _DOSE.search(rest):
        escalation = tuple(
            float(n) for n in re.findall(r"(\d+(?:\.\d+)?)\s*(?:mg|g|µg)", steps["before"])
        )
        read = rest
    found = parse_regimen(as_cells_word_it(read), vocabulary)
    if steps and not found.routes:
        found.routes = parse_regimen(clause, vocabulary).routes
    found.dose_unit = unit_given(found.dose_unit, read)
    inside = drugs_in(sentence.folded, vocabulary)
    main = drugs[0] if drugs else (inside[0] if inside else None)
    return RegimenStated(
        found=found, drug=main, escalation=escalation, sentence=sentence, clause=clause,
        combined_with=tuple(d for d in drugs[1:] if d != main),
    )  # fmt: skip


def _score(stated: RegimenStated) -> int:
    found = stated.found
    score = 4 * (found.dose is not None) + 2 * (found.routes is not None)
    score += 2 * (found.doses_per_week is not None or found.schedule is not None)
    score += 1 * (stated.sentence.role in METHODS or stated.sentence.own)
    return score - 3 * (found.doubt is not None)
