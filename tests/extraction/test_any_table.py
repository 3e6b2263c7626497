"""Any table at all: no traceback, valid series, counts within totals."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.documents.base import Cell, Document, Footnote, Grid, Mark
from evidence.extraction import extract
from evidence.model.series import Series

HEADS = st.sampled_from(
    (  # noqa: SIM905
        "Series|Study (year)|Author|Year|Ref|No. of patients|Patients (evaluable)|Diagnosis|MF|"
        "Regimen|Drug|Dose, mg/m2|Dose per lesion|Route|Schedule|Treatment duration, wk|"
        "Response|CR, n (%)|PR|ORR (%)|CR/PR/SD|Arm|Response duration (median)|"
        "PFS (mo), median (95% CI)|Follow-up|Complications|Neutropenia|Grade ≥3 AEs (%)|"
        "Evaluable, n|Stage|Comments||Zorgblatt"
    ).split("|")
)
WORDS = st.sampled_from(
    (  # noqa: SIM905
        "Reed 2011|Wood et al. [4]|Our series|12|0|9/15|(60%)|MF|SS|/|CR|PR|OR|NS|No|—|-|10-15|"
        "15-10|mg|mg/m2|×|10|⁶|U|IV|SC|or|and|vs|tiw|q28d|d1,|8,|q0w|every|0|weeks|wk|mo|median|"
        "range|(|)|[|]|>|≥|grade|IV|3-4|sepsis|(2)|death|due to|after|radiotherapy|:|;|patients|"
        "in|of|n|=|%|99999999999999999999|1e9|−3|٣|²|🙂|\xad|\u200b|Total|IFN|MTX"
    ).split("|")
)
LABELS = st.sampled_from(["Reed 2011", "Wood et al. [4]", "Our series", "Hill 2013", "", "Total"])
TEXTS = st.one_of(st.lists(WORDS, max_size=9).map(" ".join), st.text(max_size=25))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(2, 7))
    named = draw(st.booleans())
    heads = ["Series" if named and not at else draw(HEADS) for at in range(width)]
    rows = [tuple(Cell(text=head, header=True) for head in heads)]
    for _ in range(draw(st.integers(0, 4))):
        cells = []
        for at in range(draw(st.integers(1, width))):
            text = draw(LABELS) if named and not at else draw(TEXTS)
            marks = (Mark(text="a", offset=len(text)),) if draw(st.booleans()) else ()
            span = draw(st.sampled_from([1, 1, 1, 2]))
            cells.append(Cell(text=text, clean=text, marks=marks, rowspan=span, colspan=span))
        rows.append(tuple(cells))
    notes = (Footnote(mark="a", text=draw(TEXTS)), Footnote(mark=None, text=draw(TEXTS)))
    return Grid(
        label=draw(st.sampled_from([None, "1"])),
        caption=draw(TEXTS),
        rows=tuple(rows),
        header_rows=draw(st.integers(0, 2)),
        footnotes=notes,
    )


@settings(max_examples=250, deadline=None)
@given(tables=st.lists(grids(), min_size=1, max_size=3))
def test_no_table_breaks_extraction(tables: list[Grid]) -> None:
    document = Document(name="any.pdf", sha256="0" * 64, format="pdf", grids=tuple(tables))
    found = extract(document)
    names = [series.series for series in found.series]
    assert len(names) == len(set(names))
    for series in found.series:
        Series.model_validate(series.to_plain())
    found.to_dict()
