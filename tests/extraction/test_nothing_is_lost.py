"""Every number of a cell is part of a value's words, or it is named as not read."""

from __future__ import annotations

import re

from extraction_grids import document, grid
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.extraction import Extraction, extract

HEADS = (
    "Patients", "Evaluable/enrolled", "Diagnosis", "Regimen", "Dose (mg)", "Route", "Schedule",
    "Treatment duration, wk", "Response", "CR, n (%)", "ORR (%)", "PR", "CR/PR/SD", "PFS (mo)",
    "Duration of response", "Follow-up, mo", "Complications", "Neutropenia (n)", "Grade 3-4 rash",
    "1-year OS", "Survival rate (%)", "MF", "Zorgblatt",
)  # fmt: skip
PIECES = st.sampled_from(
    (  # noqa: SIM905
        "# # # # #% #/# #-# ( ) [ ] , ; : = + / - – · > < ≥ ≈ ± × x → * † n of in and or vs to "
        "with for after CR PR SD PD ORR NR NE VGPR MF SS RA mg mg/m2 mg/kg MU IU Gy IV SC PO IL "
        "tiw qd q#d d# day days wk weeks mo months cycles patients pts lesions median mean range "
        "grade III sepsis rash neutropenia death none No NS not reached arm A B placebo rituximab "
        "zorg two all"
    ).split()
)


@st.composite
def cell_texts(draw: st.DrawFn) -> str:
    """A cell whose numbers are all different."""
    words = draw(st.lists(PIECES, max_size=9))
    text = " ".join(words) if draw(st.booleans()) else "".join(f"{w} " for w in words)
    numbers = iter(draw(st.permutations(range(11, 99))))
    return re.sub("#", lambda _: str(next(numbers)), text).strip()


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def lost(found: Extraction, head: str, text: str) -> set[str]:
    """Numbers of the cell that neither a value's words nor a problem hold."""
    for problem in found.problems:
        if problem.code == "column-not-read" and head in problem.message:
            return set()
    kept = " ".join(problem.message for problem in found.problems)
    for series in found.series:
        kept += " ".join(f" {note.text}" for note in series.readings.values())
    return numbers_in(text) - numbers_in(kept)


@settings(max_examples=250, deadline=None)
@given(head=st.sampled_from(HEADS), text=cell_texts(), size=st.sampled_from(["30 MF", "30", "NS"]))
def test_no_number_of_a_cell_is_lost(head: str, text: str, size: str) -> None:
    table = grid(
        f"Series | N | Mixed response, n | {head}\n"
        f"Reed 2011 [1] | {size} | 2 | {text}\nWood 2012 [2] | 8 MF | 1 | 2\n"
        "Hill 2013 [3] | 9 MF | 1 | 3"
    )
    found = extract(document(table))
    assert len(found.series) == 3
    assert lost(found, head, text) == set(), found.series[0].model_dump(exclude_defaults=True)
