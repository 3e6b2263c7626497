"""What the head of a column says: what its cells are, in which form, unit and grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.extraction.head_forms import MEDIAN_OF, form_of, grade_of, measures, ungraded
from evidence.extraction.heads_times import (
    COUNTABLE,
    is_form,
    role_of_time,
    timed_head,
    without_time_points,
)
from evidence.extraction.tokens import lex
from evidence.model.outcome import SUMS
from evidence.vocabulary import Vocabulary

UNGRADED = ("patients", "total", "disease_count", "outcome", "outcomes", "treatment_duration",
            "response_duration", "endpoint", "follow_up")  # fmt: skip
STRONG = ("outcome", "outcomes", "endpoint", "response_duration")
WEAK = ("patients", "total", "disease_count", "arm", "comparator", "series")
GENERAL = "response"
"""A head of any outcome: it yields to one that stands above it or beside it."""
MEASURED = (*UNGRADED, "complication_count")

Phrase = tuple[str, str, str]
"""Role, name and words of a known phrase in a head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadSays:
    """The role of a column by its head, what it counts, and the words that say so."""

    role: str | None = None
    name: str = ""
    words: str = ""
    phrase: str = ""
    """The known phrase among the words, by which the role was found."""


def read_head(parts: Sequence[str], vocabulary: Vocabulary) -> HeadSays:
    """What the words say, unless the head has a unit of time: then its column holds times.

    Where the head states a grade it is of toxicity, and where it has a unit of dose it is of a dose
    or a measurement: then no phrase in it makes patients, outcomes or times of the column.
    """
    head = " ".join(parts)
    says = _read_words(parts, vocabulary)
    timed = timed_head(head, vocabulary) if form_of(head) is None else None
    if timed is not None and (says.role is None or says.role in COUNTABLE):
        role, name = role_of_time(timed, vocabulary) or (None, "")
        says = HeadSays(role=role, name=name, words=timed.words, phrase=timed.words)
    if says.role in UNGRADED and grade_of(head, vocabulary) is not None:
        return _as_term(says, vocabulary)
    if says.role in MEASURED and measures(head, vocabulary):
        return HeadSays()
    return says


def _as_term(says: HeadSays, vocabulary: Vocabulary) -> HeadSays:
    """A disease of which grades are counted is a complication; nothing else is."""
    term = vocabulary.lookup("complications", says.phrase) if says.role == "disease_count" else None
    return HeadSays() if term is None else replace(says, role="complication_count", name=term)


def _read_words(parts: Sequence[str], vocabulary: Vocabulary) -> HeadSays:
    """The whole head, then each of its parts from the last up, then the phrases inside them."""
    own = [part for part in reversed(parts) if len(parts) == 1 or not is_form(part, vocabulary)]
    candidates = [" ".join(parts), *own] if parts else []
    whole = [says for text in candidates if (says := _read_whole(text, vocabulary)) is not None]
    if whole and whole[0].role == GENERAL:
        return next((says for says in whole if says.role in STRONG), whole[0])
    if whole:
        return whole[0]
    for text in candidates:
        plain = without_time_points(bare(text), vocabulary)
        inside = _phrase_inside(plain, vocabulary)
        if inside is not None:
            inside = _named_beside(inside, plain, vocabulary)
            saying = (
                part for part in reversed(parts) if _phrase_inside(part, vocabulary) == inside
            )
            words = ungraded(bare(next(saying, text)), vocabulary)
            return HeadSays(role=inside[0], name=inside[1], words=words, phrase=inside[2])
    return _drug_with_unit(" ".join(parts), vocabulary)


def _read_whole(text: str, vocabulary: Vocabulary) -> HeadSays | None:
    """What a head or one of its parts says as a whole; None where no list has it."""
    for form in _forms(text, vocabulary):
        read = _lookup(form, vocabulary)
        if read is not None:
            return HeadSays(role=read[0], name=read[1], words=form, phrase=form)
    return None


def _forms(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The text, without brackets, without its tail, without grade, without words of statistics."""
    seen: set[str] = set()
    text = re.sub(r"^\s*[(\[]([^()\[\]]*)[)\]]\s*$", r"\1", text)
    short = bare(text)
    for form in (text, short, re.sub(r"\s*\(.*", "", text), ungraded(short, vocabulary),
                 _without_statistics(short, vocabulary)):  # fmt: skip
        if form and form not in seen:
            seen.add(form)
            yield form


def bare(text: str) -> str:
    """The head without brackets, units and forms: ``CR, n (%)`` is ``CR``."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    text = re.sub(r"(?i)[,;/]?\s*\b(?:n|no\.|%)\s*/?\s*%?\s*$", "", " ".join(text.split()))
    return text.strip(" ,;:%*†‡§/").strip()


def _without_statistics(text: str, vocabulary: Vocabulary) -> str:
    """``Median duration of response, months`` is a duration of response."""
    tokens = lex(MEDIAN_OF.sub("", text), vocabulary, ("statistics", "time_days"))
    kept = [token.text for token in tokens if token.kind not in ("statistics", "time_days")]
    return re.sub(r"\s+,", ",", " ".join(kept)).strip(" ,;:").removesuffix(" in").strip(" ,;:")


def _lookup(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    if not text.strip():
        return None
    outcomes = [vocabulary.response(part.strip()) for part in re.split(r"/|:(?!\s)", text)]
    if len(outcomes) > 1 and all(outcomes):
        return "outcomes", "/".join(name for name in outcomes if name)
    parts = _with_part(text, vocabulary)
    if parts is not None:
        return "outcomes", parts
    role = vocabulary.column(text) or _two_sizes(text, vocabulary)
    if role is not None:
        return role, ""
    return _counted(text, vocabulary)


def _counted(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """What a column counts, also as ``Responders/evaluable``: the counts with their totals."""
    first, over, size = text.partition("/")
    if over and vocabulary.column(size) in ("patients", "total"):
        text = first
    _, colon, last = text.rpartition(": ")
    for kind, name in (
        ("outcome", vocabulary.response(last if colon else text)),
        ("outcome", _together(text, vocabulary)),
        ("outcome", vocabulary.counted_status(text)),
        ("endpoint", vocabulary.endpoint(text)),
        ("disease_count", vocabulary.disease(text) or _diseases(text, vocabulary)),
        ("complication_count", vocabulary.lookup("complications", text)),
    ):
        if name is not None:
            return ("response_duration", "") if name == "DOR" else (kind, name)
    return None


def _diseases(text: str, vocabulary: Vocabulary) -> str | None:
    """``MDS/leukaemia``: diseases, counted as one."""
    names = [vocabulary.disease(part.strip()) for part in text.split("/")]
    return "/".join(name for name in names if name) if len(names) > 1 and all(names) else None


def _with_part(text: str, vocabulary: Vocabulary) -> str | None:
    """``ORR (CR)``, ``% ORR (% CR)``: an outcome and, in brackets, one that it includes."""
    form = r"(?:(?:n|no\.?|number)?\s*[/(\[]*\s*%?\s*[)\]]*)"
    found = re.fullmatch(rf"([^()\[\]]+)[(\[]([^()\[\]]+)[)\]][,;\s]*{form}", text)
    if found is None:
        return None
    names = (name.rpartition(": ")[2].strip(" ,%") for name in found.groups())
    whole, part = (vocabulary.response(name) for name in names)
    return f"{whole}/{part}" if part in SUMS.get(whole or "", ()) else None


def _together(text: str, vocabulary: Vocabulary) -> str | None:
    """``CR or PR``: responders, counted as one."""
    names = [vocabulary.response(part) for part in re.split(r"\s(?:or|and)\s", text)]
    if len(names) < 2 or None in names:
        return None
    return "ORR" if set(names) == {"CR", "PR"} else "/".join(name for name in names if name)


def _two_sizes(text: str, vocabulary: Vocabulary) -> str | None:
    """``Evaluable/enrolled``, ``Treated (evaluable)``: two numbers of patients."""
    parts = [part for part in re.split(r"[/()\[\]]", text) if part.strip()]
    roles = {vocabulary.column(part) for part in parts}
    return "patients" if len(parts) == 2 and roles == {"patients", "total"} else None


def _phrase_inside(text: str, vocabulary: Vocabulary) -> Phrase | None:
    """(role, name, phrase) of the longest known phrase inside a head; of equals, the last.

    Words for patients and their groups give way to an outcome (``CR, control arm``), and so does
    what stands after *in* or *among*: ``CR in relapsed patients``.
    """
    said, of_whom, _ = re.sub(r"\s(?:in|among)\s", "\n", text).partition("\n")
    if of_whom and (first := _phrase_inside(said, vocabulary)) and first[0] in STRONG:
        return first
    words = text.split()
    for size in range(min(6, len(words)), 0, -1):
        phrases = [" ".join(words[at : at + size]) for at in range(len(words) - size, -1, -1)]
        known = [
            (*read, phrase)
            for phrase in phrases
            if (read := _lookup(phrase, vocabulary)) is not None
            and not (size == 1 and _is_vague(phrase, read[0]))
        ]
        if known:
            strong = (read for read in known if read[0] in STRONG)
            return known[0] if known[0][0] not in WEAK else next(strong, known[0])
    return None


def _named_beside(found: Phrase, text: str, vocabulary: Vocabulary) -> Phrase:
    """``CR, n (%) Response``, ``Best response: CR``: the one outcome beside a general word."""
    if found[0] != GENERAL:
        return found
    rest = " ".join(text.replace(found[2], " ", 1).split())
    words = [word for word in rest.split() if len(word) > 1]
    named = _phrase_inside(rest, vocabulary) if len(words) else None
    others = named and _phrase_inside(rest.replace(named[2], " ", 1), vocabulary)
    return named if named and named[0] == "outcome" and not others else found


def _is_vague(word: str, role: str) -> bool:
    """A letter says nothing; *duration* and *years* among other words may be of anything."""
    plural = role == "year" and word.rstrip(",;:").endswith("s")
    return len(word) < 2 or role == "treatment_duration" or plural


def _drug_with_unit(head: str, vocabulary: Vocabulary) -> HeadSays:
    """``Infliximab (mg/kg)``, ``Intralesional cidofovir``: doses of the one drug it names."""
    tokens = lex(head, vocabulary, ("drugs", "dose", "routes"))
    drugs = {token.name for token in tokens if token.kind == "drugs"}
    given = any(token.kind in ("dose", "routes") for token in tokens)
    return HeadSays(role="regimen") if len(drugs) == 1 and given else HeadSays()
