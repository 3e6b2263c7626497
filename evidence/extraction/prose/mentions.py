"""Outcomes and complications that a sentence names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.extraction.prose.kinds import find_kinds, is_qualified
from evidence.extraction.prose.rates import NUMBER, PEOPLE
from evidence.extraction.prose.together import is_part, responders, together
from evidence.extraction.tokens import Token, lex
from evidence.vocabulary import Vocabulary

NO_OUTCOMES = frozenset(["relapse", "deaths"])
"""Names of the word list of responses that are counted of other patients than the responses."""
_REASON = re.compile(
    r"\b(?:due to|because of|owing to|reasons?|until|after|time to|without|evidence of|free "
    r"of|before|discontinu\w+|stopped|died (?:of|from)|death from|if|definition|defined as|"
    r"(?<!achieved )(?<!had )(?<!obtained )(?<!showed )either|durations? of|lack of|"
    r"loss of)\s*(?:(?:an?|the)\s+)?(?:(?!an?\b)\w+\s+){0,2}$",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    ["complete", "partial", "stable", "progression", "progressive", "progressed",
     "disease progression", "failure", "failures", "treatment failure", "treatment failures",
     "refractory", "improvement", "improvements", "rc", "rp", "os"]
)  # fmt: skip
"""Words that name an outcome in a table but may say something else in a sentence."""
_PEOPLE_DID = re.compile(
    rf"(?:{PEOPLE}|\)|\b(?:{NUMBER}))\s+(?:(?:were|was|had|have|been|clinically|markedly|"
    rf"significantly)\s+)*$",
    re.IGNORECASE,
)
"""Counted people as the subject: ``fifteen patients (75%) improved``."""
_A_RESPONSE = re.compile(
    r"(?:^|\b(?:an?|any)\s+(?:(?:documented|clinical|confirmed|major|good|therapeutic|objective|"
    r"(?:anti-?)?tumou?r|favou?rable|measurable|rapid|prompt|early|excellent|marked|dramatic|h(?:a)?ematologic(?:al)?|initial|durable)\s+){0,2})"
    r"(?P<word>response)\b(?!\s+(?:rates?|durations?|criteria|evaluation|assessments?|to\s+(?!the"
    r"rapy|treatment)|within|time|was (?:assess|evaluat|defin|measur|monitor)\w+)|-)",
    re.IGNORECASE,
)
"""The plain word as an outcome: ``six showed a response``."""
_PLURAL_CODE = re.compile(r"(?<=\b[CPSM][RD])s\b|(?<=\bPD)s\b")
_DEVIATION = re.compile(
    r"(?:(?:\bmean|\bmedian|\baverage|±|\+/-)[^.;]{0,20}?[\s(\[]|[(\[])SD\s*[)\]]?[=:,]?\s*\d+\.\d|"
    r"(?:\bmean|±|\+/-)\s*[(\[]?\s*SD\b|[(\[][^()\[\]]*\bSD\b[^()\[\]]*\b(?:SEM?|range)\b",
)
"""``mean (SD)``, ``5.8 (range, 1-10; SD, 2.7)``: letters of a standard deviation."""
_JOINED = re.compile(r"(?:\+|\bplus|\bunconfirmed|(?<!\)\s)\bor)\s*$", re.IGNORECASE)
"""What makes the outcome part of a sum (``CR + CRu``)."""
_VARIANTS = frozenset(["CRi", "sCR", "nCR", "MR"])
"""Outcomes that a slash joins to another (*CR/CRu*) as one of its kinds."""
_DESCRIBED = re.compile(
    r"(?:(?<![%\d)] )\b(?:of|in|among|for)\s+|^)(?:(?:the|these|those|all)\s+)*"
    r"(?:[\w-]+\s+){0,2}?"
    rf"{PEOPLE}\s+(?:with|in|who\s+(?:had|achieved|reached|attained|obtained))\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
"""An outcome that only tells which patients are meant."""
_STOPPED = re.compile(r"\b(?:discontinu|withdr|stopped|off.study|first progression)", re.IGNORECASE)
_MAINTAINED = re.compile(
    r"\b(?:relapsed?|remain\w*|maintain\w*(?= (?:a )?(?:CR|PR|complete|partial))|"
    r"ongoing|still|lost|converted|improved to|previous|prior|"
    r"continu\w+|transplant\w*|alive|lasting|lasted)\s+(?:in\s+|from\s+|a\s+|an\s+)*$",
    re.IGNORECASE,
)
"""A response that lasts or that was, not one that is counted."""


_QUALIFIED = re.compile(
    r"\s*(?:\([A-Z]+\)\s*)?(?:or (?:better|greater|higher|more)|(?:and|with) incomplete)\b",
    re.IGNORECASE,
)
"""What makes an outcome another one: ``PR or better``, ``CR with incomplete recovery``."""
_OTHER_KIND = re.compile(
    r"\b(?:molecular|(?<!and )cytogenetic|patholog\w+|histolog\w+|immunolog\w+|virolog\w+|"
    r"serolog\w+|biochemical)\s+$",
    re.IGNORECASE,
)
"""A response of another kind than that of the disease."""
_SURVEY = re.compile(r"\b(?:questionnaires?|surveys?|respondents?)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|neither)\s[^.;]{0,40}\bn?or\s+$", re.IGNORECASE)
"""Outcomes that nobody had, joined by *or*."""
_THEN = re.compile(
    r"\s+(?:\w+\s+){0,4}?(?:(?:achieved|obtained|attained)\s+(?:an?|CR|PR|complete|partial)|"
    r"received|progressed|underwent|relapsed|converted|died|remain\w*)\b",
    re.IGNORECASE,
)
"""What patients described by an outcome did next."""
_WHO_HAD = re.compile(
    r"\s+(?:had|have|carried|received|relapsed|remain\w*|who|with|harbou?red)\b", re.IGNORECASE
)
"""What is said of responders, who are counted elsewhere: ``three responders had a mutation``."""
_STATE = re.compile(
    r"\bdisease\s+(?:was|were|remained)\s+stable$|\bdisease\s[^.;]{1,60}?\bprogressed$",
    re.IGNORECASE,
)
"""What is said of the disease: ``disease was stable in 37% and progressed in 26%``."""
_IN_SOME = re.compile(rf"\s+in\s+(?:\d|{NUMBER})", re.IGNORECASE)
_NEGATED = re.compile(r"\bwithout\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An outcome or a complication named in a sentence."""

    kind: str
    name: str
    text: str
    start: int
    end: int
    is_rate: bool = False
    """It names a rate, whose number is a percentage: ``overall response rate``, ``ORR``."""


def find_mentions(text: str, vocabulary: Vocabulary) -> list[Mention]:
    """Outcomes and complications of a folded sentence, left to right."""
    tokens = lex(_without_abbreviations(text), vocabulary,
                 ("endpoints", "responses", "complications"))  # fmt: skip
    tokens += _plain_responses(text, tokens)
    tokens.sort(key=lambda t: t.start)
    named = [t for t in tokens if t.kind == "responses" and t.name not in NO_OUTCOMES]
    clear = [t for t in named if t.text.lower() not in _PLAIN]
    listed = len({t.name for t in clear}) >= 2
    joint = together(text, named)
    kept = [t for t in named if not any(is_part(text, t, whole) for whole in joint)]
    mentions = [
        _mention("response", token, text)
        for token in sorted([*kept, *responders(text, joint)], key=lambda t: (t.start, t.end))
        if _is_outcome(text, token, listed=listed)
    ]
    mentions += [
        _mention("complication", token, text)
        for token in tokens
        if token.kind == "complications" and _is_complication(token, vocabulary)
    ]
    mentions += [
        Mention(kind="response", name=name, text=text[start:end], start=start, end=end)
        for name, start, end in find_kinds(text)
    ]
    mentions.sort(key=lambda m: (m.start, m.end))
    return [m for m in mentions if not _repeats(text, m, mentions)]


def _plain_responses(text: str, tokens: list[Token]) -> list[Token]:
    """The word *response* alone, as an outcome."""
    taken = [t for t in tokens if t.kind == "responses"]
    places = [m.span("word") for m in _A_RESPONSE.finditer(text)]
    return [
        Token(kind="responses", text=text[a:b], start=a, end=b, name="ORR")
        for a, b in places
        if not any(t.start < b and a < t.end for t in taken)
    ]


def _without_abbreviations(text: str) -> str:
    """``Cytomegalovirus (CMV) reactivation`` with the bracket as spaces, place for place; ``SDs``
    as ``SD``."""
    text = _PLURAL_CODE.sub(" ", text)
    return re.sub(r"\([A-Z]{2,6}\)(?=\s[a-z])", lambda m: " " * len(m[0]), text)


def _is_outcome(text: str, token: Token, *, listed: bool) -> bool:
    after, before, word = text[token.end :], text[: token.start], token.text.lower()
    if word.endswith(("responder", "responders")) and _WHO_HAD.match(after):
        return False
    if re.match(
        r"[\s-]*free|\s*\+(?!\s*\d)|\s+to (?:the )?(?:treatment|therapy)\s+was\s+(?!achieved|seen|"
        r"observed|obtained|noted|found|documented|reported)",
        after,
        re.I,
    ):
        return False
    if token.text == "SD" and any(
        m.start() <= token.start < m.end() for m in _DEVIATION.finditer(text)
    ):
        return False
    if re.search(r"[≥>]\s*=?\s*$", before) or _QUALIFIED.match(after):
        return False
    joined = _JOINED.search(before) and not _DENIED.search(before)
    if joined or _REASON.search(before) or _DESCRIBED.search(before):
        return False
    if re.search(r"\bwith\s+(?:an?\s+)?$", before, re.I) and _THEN.match(after):
        return False
    if before.endswith("/") and token.name in _VARIANTS:
        return False
    if _MAINTAINED.search(before) or _NEGATED.search(before):
        return False
    if _OTHER_KIND.search(before) or (token.name == "ORR" and _SURVEY.search(text)):
        return False
    if "responder" in word and re.search(r"\b(?:of|among|in|for)\s+(?:\w+\s+){0,2}$", before, re.I):
        return False
    if word.startswith("responder") and not re.match(
        r"\s*(?:$|[,.;:()\[]|were (?:seen|noted)|(?:and|or|versus|vs\.?)\s+\d)", after
    ):
        return False
    if word.startswith("respon") and is_qualified(after):
        return False
    if word == "progressed" and re.search(r"%\s*\)\s*(?:had )?$", before):
        return True
    if _STATE.search(text[: token.end]) and _IN_SOME.match(after):
        return True
    if word in ("complete", "partial") or (word in _PLAIN and not listed):
        return False
    if token.name == "improved" and (after.startswith(" from") or not _PEOPLE_DID.search(before)):
        return False
    return not (token.name == "PD" and _STOPPED.search(text))


def _is_complication(token: Token, vocabulary: Vocabulary) -> bool:
    """A disease that may also follow a treatment is taken as the disease."""
    return len(token.text) > 2 and vocabulary.disease(token.text) is None


def _mention(kind: str, token: Token, text: str) -> Mention:
    rate = re.search(r"\brates?$|^(?:ORR|RR|DCR)s?$", token.text, re.I) or re.match(
        r"\s*(?:\([A-Z]{2,4}\)\s*)?rates?\b", text[token.end :]
    )
    return Mention(kind=kind, name=token.name, text=token.text, start=token.start, end=token.end,
                   is_rate=bool(rate) and kind == "response")  # fmt: skip


_SAID_OF = re.compile(
    r"\s+(?:was|were)\s+the\s+(?:most\s+)?(?:main|major|only|common(?:est)?|frequent|serious)\s+",
    re.I,
)


def _repeats(text: str, mention: Mention, mentions: list[Mention]) -> bool:
    """``partial response (PR)`` names one outcome twice, as ``ACR70 responses`` does, and ``was the
    commonest hematologic abnormality`` what it is said of."""
    for m in mentions:
        between = text[m.end : mention.start] if m.end < mention.start else "-"
        if m.name == mention.name and re.fullmatch(r"\s*(?:rates?)?\s*[(\[]\s*", between, re.I):
            return True
        if m.kind == mention.kind == "complication" and _SAID_OF.fullmatch(between):
            return True
        if m.kind == mention.kind == "response" and mention.name == "ORR" and not between.strip():
            return True
    return False
