"""The wordings of a number of patients: ``12 patients were treated``, ``data of 30 cases``."""

from __future__ import annotations

import re

from evidence.extraction.prose.rates import NUMBER, PERSONS

N = rf"(?P<n>{NUMBER})"
_UNIT = (
    r"(?!\s*(?:(?-i:mg|g|µg|kg|ml|mL|mm|cm|U|IU|Gy)|days?|weeks?|months?|years?|hours?|cycles?)\b)"
)
WHO = (
    rf"{_UNIT}(?:(?!\d|of\s|per\s?cent)[\w/'-]+\s+){{0,4}}?"
    rf"(?:[(\[][^()\[\]%]{{1,40}}[)\]]\s+(?:(?!of\s)[\w/'-]+\s+){{0,2}}?)?{PERSONS}(?![\w-])"
)
_DID = (
    r"(?:enrolled|included|treated|recruited|accrued|entered|registered|randomi[sz]ed|"
    r"assigned|allocated|analy[sz]ed|studied|"
    r"assessable|evaluable|evaluated|assessed|eligible|received|reviewed|identified|"
    r"underwent(?!(?:\s+[\w-]+)?\s+(?:\w*transplant|surg|biops|splenec|resect|allo|autolog))|"
    r"participated|took|exposed to|followed|commenced|given|(?:re)?started on|"
    r"tratad[oa]s|incluid[oa]s|evaluad[oa]s|diagnosticad[oa]s)"
)
_ABOUT = (
    r"\b(?:stud(?:y|ies|ied)|trial|evaluat\w+|investigat\w+|assess\w+|analy[sz]\w+|review\w*|"
    r"series|(?<!was )(?<!were )(?<!been )(?:report|describ|present)\w*|experience|data|"
    r"outcomes?|results|findings|conducted|"
    r"performed|cohort|records?|charts?|treat\w*|consist\w+|compris\w+|regimen|therapy|"
    r"estudi\w+|incluy\w+|analiz\w+|trat\w+|experiencia|resultados)\b"
)
_AND_N = rf"(?:,?\s+and|,)\s+(?:in\s+)?(?:{NUMBER})\s+(?:{WHO}\s+)?with\s[^.;,\d]{{1,60}}?(?=,|\s)"
"""A further group of patients: ``, six with UC``, ``and in 4 patients with melanoma``."""
_FORMS = (
    ("present", rf"\b(?:we (?:have |retrospectively |prospectively |here )*(?:present|report|"
                rf"describe|treated|studied|included|enrolled|recruited|analy[sz]ed|evaluated|"
                rf"identified|reviewed|investigated)|"
                rf"(?:study|trial|series|cohort) (?:included|comprised|enrolled|of|consisted of))"
                rf"\s+(?:(?:on|the|a total of|data (?:of|from|on)|a (?:case )?series of|"
                rf"(?:results|outcomes?) (?:of|in|from)|our experience (?:with|in))\s+)*{N}\s+"
                rf"{WHO}"),
    ("present", rf"\b(?:presentamos|describimos|tratamos|incluimos|estudiamos|analizamos|se "
                rf"(?:incluyeron|trataron|analizaron|evaluaron|estudiaron))\s+(?:a\s+|los\s+)?{N}\s+"
                rf"{WHO}"),
    ("joint", rf"{N}\s+{WHO}\s+with\s[^.;,\d]{{1,60}}?(?P<more>(?:{_AND_N})+)"
              rf"(?:,[^.;\d]{{1,80}},)?\s(?:were|had been|have been)\s+(?P<did>{_DID})\b"),
    ("joint", rf"\bin\s+{N}\s+{WHO}\s+with\s[^.;,\d]{{1,60}}?(?P<more>(?:{_AND_N})+)"
              r"(?=\s*[.;,]|$)"),
    ("joint", rf"{N}\s+(?:wo)?men\s+and\s+(?P<more>{NUMBER})\s+(?:wo)?men\b[^.;\d]{{0,60}}?\s"
              rf"(?:were|had been|have been)?\s*(?P<did>{_DID})\b"),
    ("after", rf"\b(?:screened|consent, of whom)\b[^.;\d]{{0,40}}?\b{N}\s+"
              rf"(?:(?:of (?:them|whom|these)|were|was)\s+)*(?P<did>{_DID})\b"),
    ("did", rf"{N}\s+{WHO}\s*(?:\([^)%]*\)|\s*\[[^\]%]*\])?"
            rf"(?:[^.;()]|\([^()]*\)){{0,200}}?\b(?:were|was|had been|have been|are)?\s*"
            rf"(?P<did>{_DID})\b"),
    ("into", rf"(?P<did>{_DID})\s+(?:a total of\s+)?{N}\s+{WHO}"),
    ("about", rf"{_ABOUT}[^.;\d]{{0,90}}?\b(?:in|of|from|on|with|for)\s+(?:a total of\s+|the\s+|"
              rf"our\s+)?{N}\s+{WHO}"),
    ("results", rf"\b(?:results|outcomes?|experience|efficacy|(?<!side )(?<!adverse )effects?|"
                rf"safety)\s[^.;\d]{{0,60}}?"
                rf"(?:\d+(?:\.\d+)?\s*%[^.;\d]{{0,30}}?)?\bin\s+{N}\s+{WHO}"),
    ("sized", rf"\b(?:{PERSONS}(?:\s+characteristics)?\s*[(\[]|population,?\s*[(\[]?)\s*[nN]\s*=\s*"
              rf"{N}\s*[)\]]"),
    ("among", rf"^(?:among|(?:out\s+)?of|in)\s+(?:the\s+)?{N}\s+(?:(?:evaluable|eligible|"
              rf"treated|enrolled|consecutive)\s+)*{PERSONS}(?:\s+(?:treated|enrolled|included|evaluated))?"
              rf"(?:\s*\([^)]*\))?,"),
    ("total", rf"\ba total (?:of )?{N}\s+{WHO}"),
    ("given", rf"\b(?:given|started|initiated|commenced|administered|infused|injected|prescribed|"
              rf"tried|used)\b"
              rf"[^.;]{{0,90}}?\b(?:to(?: treat)?|in)\s+(?:a total of\s+|the\s+|our\s+)?"
              rf"{N}\s+{WHO}"),
    ("studied", rf"^in\s+(?:a total of\s+)?{N}\s+{WHO}[^.;]{{0,100}}?,\s+(?:we\b|(?:this|our|"
                rf"the present)\s+(?:[\w-]+\s+){{0,3}}?(?:study|trial|series|analysis|report)\b)"),
    ("whole", rf"\b(?:of|among)\s+(?:the|all)\s+{N}\s+{WHO}\s+(?:(?:who|that|were|had been)\s+)*"
              rf"(?:entered|enrolled|included|recruited|registered|accrued)\b"),
    ("listed", rf"\b(?:included|enrolled|recruited|studied)\s+(?:in|into|onto)\s+[^.;,\d]{{1,60}}?"
               rf"\s(?:were|was)\s+{N}\s+{WHO}"),
    ("headed", rf"^(?:(?:patients|participants|subjects|(?:study )?population)\s*:|"
               rf"(?:\w+:\s+)?(?:participants|subjects|(?:those )?eligible|included) were)\s+"
               rf"(?:a total of\s+)?{N}\s+"
               rf"(?:{WHO}|\()"),
    ("there", rf"^(?:\w+:\s+)?there were\s+{N}\s+{WHO}\s*[(\[](?:{NUMBER})\s+(?:wom|m|fem)\w+"),
    ("lasted", rf"^(?:\w+:\s+)?{N}\s+{WHO}\s+(?:had been|have been|were)\s+(?:on|treated)\b"
               rf"[^.;\d]{{0,60}}?\bfor\s+an?\s+(?:mean|median|average)\b"),
)  # fmt: skip
PATTERNS = tuple((name, re.compile(form, re.IGNORECASE)) for name, form in _FORMS)
TITLED = ("titled", re.compile(rf"\b(?:in|of)\s+{N}\s+{WHO}", re.IGNORECASE))
