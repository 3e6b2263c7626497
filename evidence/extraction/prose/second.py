"""A second reading of a sentence: names and numbers paired by their order alone.

The first reading binds a number to a name by the words between them; this one looks at no such
words. It counts the names of one kind and the numbers that could be theirs, and pairs them only
where there are as many of the one as of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.extraction.prose.facts import ProseFact
from evidence.extraction.prose.rates import PERSONS, WORDS, to_int
from evidence.extraction.second import treatment
from evidence.extraction.second.reading import NUMBER, Reading, value_at
from evidence.extraction.source import Notes
from evidence.extraction.tokens import FOLD, lex
from evidence.model.series import Series
from evidence.vocabulary import Vocabulary

_BRACKET = re.compile(r"[(\[][^()\[\]]*[)\]]")
_ASIDE = re.compile(
    r"[(\[][^()\[\]]*(?:\bCI\b|confidence|range|\bp\s*[=<>]|IQR)[^()\[\]]*[)\]]", re.I
)
_PERCENT = re.compile(rf"({NUMBER})\s*%(?!\s*-?\s*(?:CI\b|confidence))")
_COUNT = re.compile(
    rf"(?<![\w.,/])(?P<n>\d+|\b(?:{'|'.join(WORDS)})(?![\w-]))"
    r"(?:\s*(?:/|(?:out )?of(?: the)?)\s*\d+)?"
    r"(?!\s*(?:%|[.,/]\d|-\s*\d|(?:-\s*)?"
    r"(?:mg|µg|g|ml|kg|weeks?|months?|days?|years?|cycles?|courses?)\b))|"
    r"\b(?P<none>none|no|neither)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:^|[;,]\s)(?:of|among|in)\s+(?:the\s+)?[\w-]+\s+"
    rf"(?:[^,;]{{0,60}},|(?:[\w-]+\s+){{0,2}}?{PERSONS}(?=\s+(?:\d|{'|'.join(WORDS)})))",
    re.IGNORECASE,
)
_ASIDE_OF = re.compile(r",\s+(?:\d+|[a-z-]+)\s+of\s+(?:whom|which|these|them)\b", re.IGNORECASE)
"""What is said further of patients already counted: ``, one of whom``."""
_ONE = rf"(?:\d+|\b(?:{'|'.join(WORDS)})\b)"
_BOTH = re.compile(
    rf"(?P<n>{_ONE})(?:\s*(?:/|(?:out )?of(?: the)?)\s*\d+)?(?:\s+[a-z-]+){{0,3}}?\s*"
    rf"[(\[]\s*(?P<p>{NUMBER})\s*%[^)\]]*[)\]]|"
    rf"(?P<p2>{NUMBER})\s*%(?:\s+of\s+[a-z ]{{1,25}}?)?\s*[(\[]\s*(?:n\s*=\s*)?"
    rf"(?P<n2>\d+)(?:\s*/\s*\d+)?(?:\s+[a-z]+)?\.?\s*[)\]]|"
    rf"(?P<p3>{NUMBER})\s*%(?!\s*-?\s*(?:CI\b|confidence))",
    re.IGNORECASE,
)
"""A percentage, with the count it is of where the two stand together."""
_NARROWS = re.compile(
    r"\b(?:sub(?:groups?|sets?)|those|latter|former|historical|literature|stages?|responders|controls?|"
    r"whom|in whom|arms?|cohorts?)\b",
    re.IGNORECASE,
)
"""Words that may make a count one of a part of the patients, or of others."""
_GRADES = re.compile(
    r"\b(?:grades?|gr\.?)\s*(?:[1-5I-V]+(?:\s*(?:-|/|to|or|and|,)\s*)?)+", re.IGNORECASE
)
_TIMES = re.compile(
    rf"(?P<all>{NUMBER}\+?(?:\s*(?:,|and)\s+{NUMBER}\+?)*)\s*(?P<unit>days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(r"\bfollow(?:ed)?[\s-]?up\b|\bfollowed\b", re.IGNORECASE)
_TREATMENT = re.compile(
    r"\b(?:duration|length) of (?:\w+ )?(?:treatment|therapy)|\b(?:treatment|therapy) duration",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    rf"(?:{NUMBER}\s*%\s*)?(?:CI\b|confidence interval)[^()\[\]\d]{{0,10}}"
    rf"{NUMBER}\s*(?:-|to)\s*{NUMBER}",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"({NUMBER})\+?\s*(?:days?|weeks?|months?|years?)?\s*(?:-|to|and)\s*({NUMBER})(?!\s*%)"
)
_REGIMEN = tuple(
    (rf"arms\[\d+\]\.regimen\.{part}", rule)
    for part, rule in (
        ("dose_mg", treatment.dose), ("routes", treatment.routes),
        ("doses_per_week", treatment.doses_per_week),
    )
)  # fmt: skip
ALONE = "one place states it and nothing else in the paper confirms it"
"""Why a value without a check is in doubt."""
_ALIKE = re.compile(r"\s*[(\[]?\s*")


def confirms_count(fact: ProseFact, vocabulary: Vocabulary) -> bool:
    """Whether pairing by order gives a response or a complication the same count."""
    text = _clause(fact)
    if fact.scope is None and _NARROWS.search(text):
        return False
    names = _names(text, vocabulary, ("responses", "complications"))
    if _paired(fact.name, names, _numbers(text), (fact.events, fact.percent)):
        return True
    if fact.events is not None:
        plain = _GRADES.sub(" ", _ASIDE.sub(" ", _PERCENT.sub(" ", _WHOLE.sub(" ", text))))
        found = [_to_count(match) for match in _COUNT.finditer(plain)]
        return _paired(fact.name, names, found, fact.events) or (
            found == [0] and fact.events == 0 and names.count(fact.name) == 1
        )
    percents = [float(p) for p in _PERCENT.findall(_ASIDE.sub(" ", text))]
    return fact.percent is not None and _paired(fact.name, names, percents, fact.percent)


def _numbers(text: str) -> list[tuple[int | None, float | None]]:
    """Counts and percentages in their order, the two of one group as one."""
    plain = _GRADES.sub(" ", _ASIDE.sub(" ", _WHOLE.sub(" ", text)))
    found: list[tuple[int, int | None, float | None]] = []
    for match in _BOTH.finditer(plain):
        n, percent = match["n"] or match["n2"], match["p"] or match["p2"] or match["p3"]
        found.append((match.start(), to_int(n) if n else None, float(percent)))
    rest = _BOTH.sub(lambda match: " " * len(match[0]), plain)
    found += [(match.start(), _to_count(match), None) for match in _COUNT.finditer(rest)]
    return [(n, percent) for _, n, percent in sorted(found, key=lambda item: item[0])]


def confirms_time(fact: ProseFact, vocabulary: Vocabulary) -> bool:
    """Whether pairing by order gives an endpoint the same time, in the same unit."""
    text = _BRACKET.sub(" ", fact.sentence.translate(FOLD))
    places = [
        (t.start, t.name) for t in lex(text, vocabulary, ("endpoints",)) if t.kind == "endpoints"
    ]
    places += [(m.start(), "follow-up") for m in _FOLLOW_UP.finditer(text)]
    places += [(m.start(), "treatment") for m in _TREATMENT.finditer(text)]
    times: list[tuple[float, str]] = []
    for match in _TIMES.finditer(text):
        numbers = re.findall(NUMBER, match["all"])
        times += [(float(n), match["unit"].lower().rstrip("s")) for n in numbers]
    names = [name for _, name in sorted(places)]
    return _paired(fact.name, names, times, (fact.value, fact.unit))


def confirms_range(fact: ProseFact) -> bool:
    """Whether the sentence prints as many ranges, none an interval, as times beside them, and the
    fact's range stands in the place of its time."""
    text = _INTERVAL.sub(" ", fact.sentence.translate(FOLD))
    ranges = [(float(low), float(high)) for low, high in _RANGE.findall(text)]
    if ranges == [(fact.low, fact.high)]:
        return True
    times = [float(n) for m in _TIMES.finditer(_BRACKET.sub(" ", text))
             for n in re.findall(NUMBER, m["all"])]  # fmt: skip
    if len(times) != len(ranges) or times.count(fact.value or 0.0) != 1:
        return False
    return ranges[times.index(fact.value or 0.0)] == (fact.low, fact.high)


def settled(series: Series, vocabulary: Vocabulary) -> Series:
    """The series with each value checked or in doubt: what a cell's patterns see in the sentence
    of a regimen confirms it, and where nothing confirms a value its note says so."""
    readings = dict(series.readings)
    for path, note in series.readings.items():
        if note.checked or note.doubt is not None:
            continue
        rule = next((r for pattern, r in _REGIMEN if re.fullmatch(pattern, path)), None)
        cell = series.cells.get(note.cell or "")
        said = [cell.text, note.text or ""] if cell is not None and cell.table is None else []
        if rule and any(
            rule(Reading(text=words.translate(FOLD), value=value_at(series, path),
                         path=path, series=series, notes=Notes(document=""),
                         vocabulary=vocabulary, unit=""))
            for words in said
        ):  # fmt: skip
            readings[path] = note.model_copy(update={"checked": ("second-reading",)})
        else:
            readings[path] = note.model_copy(update={"doubt": ALONE})
    return series.model_copy(update={"readings": readings})


def _clause(fact: ProseFact) -> str:
    """The part of the sentence, between semicolons, that the fact stands in, and without what is
    then said of some of its patients."""
    text = fact.sentence.translate(FOLD)
    begin = text.rfind(";", 0, fact.start) + 1
    end = text.find(";", fact.end)
    aside = _ASIDE_OF.search(text, fact.end, end if end >= 0 else len(text))
    return text[begin : aside.start() if aside else end if end >= 0 else len(text)]


def _names(text: str, vocabulary: Vocabulary, lists: tuple[str, ...]) -> list[str]:
    """Names in their order; one said twice (*partial response (PR)*) is one."""
    found = [t for t in lex(text, vocabulary, lists) if t.kind in lists]
    return [
        token.name
        for at, token in enumerate(found)
        if at == 0
        or found[at - 1].name != token.name
        or not _ALIKE.fullmatch(text, found[at - 1].end, token.start)
    ]


def _to_count(match: re.Match[str]) -> int:
    return 0 if match["none"] else to_int(match["n"])


def _paired(name: str, names: list[str], numbers: Sequence[object], wanted: object) -> bool:
    """Whether the only name, or each of the names in order, meets the number wanted for one."""
    if len(names) != len(numbers):
        return False
    return [n for m, n in zip(names, numbers, strict=True) if m == name] == [wanted]
