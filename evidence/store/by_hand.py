"""A commented series file for a person to fill in by hand."""

from __future__ import annotations

import re

from evidence.store.serialize import HEADER

_SKELETON = """\
# {header}
# One published series, entered by hand. Fill in what the paper says; delete what it does not say.
# What is left out means "not reported"; 0 means "reported as none". Nothing is filled in for you.
series: {series_id}                 # the name of this file, without .yaml
citation:
  authors: "{authors}"              # as the paper prints them
  {year}
  # title: Title of the paper
  # doi: 10.1000/xyz
  # pmid: "12345678"
source:
  document: "?"                     # the paper's file name, or how you know (letter, registry)
  # table: "2"
  # row: 5
  kind: entered                     # original | review | abstract | registry | entered
status: unverified                  # unverified | confirmed | corrected | rejected
# design: phase 2                   # phase 2, retrospective, case report ...
# centre: Turin
# period: 2001-2005
# cells:                            # what the paper prints, and where (page from 1; box in points)
#   response: {{page: 4, text: "ORR 84% 9 CR, 7 PR"}}
arms:
  - population: {{}}                  # patients by disease: {{SS: 17, MF: 2}}; a label such as
                                    # MF/SS is not a split
    # total: 19                     # where the paper states it, or gives no diseases
    # within: {{disease: lymphoma, patients: 50}}   # when these are part of a larger group
    regimen:
      routes: []                    # [SC]; IV, SC, IL, PO ...; several: the series mixes them
      # drug: the name in review.toml
      # dose_mg: 30                 # or a range: {{low: 10, high: 15}}
      # doses_per_week: 3
    # treatment_weeks: {{value: 12}}  # value, median, mean, low, high, values: [3, 6, 12]
    responses:
      - scope: all                  # all, or one disease: SS
        # total: 19                 # patients these counts are out of
        # CR: 9
        # PR: 7
        # SD: 0
        # PD: 3
        # deaths: 1
        # stated_percent: {{ORR: 84}}
    # response_months: {{median: 6}}  # endpoint: DOR | PFS | TTF | TTP
    # complications:                # [] when the paper says there were none
    #   - {{term: febrile neutropenia, grade: 4, events: 1, fatal: false}}
# overlaps:                         # another series with the same patients
#   - {{series: smith-2006, relation: same patients, by: your name, on: 2026-01-31, why: abstract}}
"""


def skeleton(series_id: str) -> str:
    """YAML for ``evidence add --by-hand``: valid as it stands, with every usual field explained.

    Author and year are what the id says (``smith-2015``); a year that it does not say is left to
    be filled in.
    """
    name, _, last = series_id.rpartition("-")
    dated = bool(name) and re.fullmatch(r"(18|19|20|21)\d\d", last) is not None
    return _SKELETON.format(
        header=HEADER,
        series_id=series_id,
        authors=(name if dated else series_id).replace("-", " ").title(),
        year=f"year: {last}" if dated else "# year: 2015",
    )
