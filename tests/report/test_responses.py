"""Several arms: percentages stand with their own arm and time, patients are counted once.

The counts are those of Bogdahn et al. 2010 (PMC3018908), table 2.
"""

from __future__ import annotations

from report_example import context

from evidence.model.series import Series
from evidence.report.crosstable import cross_cells
from evidence.report.sections.responses import build
from evidence.report.text import plain
from evidence.table.build import build_rows


def at(time: str, responders: int, total: int, percent: float) -> dict[str, object]:
    stated = {"ORR": percent}
    return {"timepoint": time, "ORR": responders, "total": total, "stated_percent": stated}


def two_arms() -> Series:
    arms = [
        {"label": "10 µM", "responses": [at("6 months", 2, 40, 5), at("14 months", 6, 40, 15)]},
        {"label": "80 µM", "responses": [at("6 months", 3, 49, 6), at("14 months", 3, 49, 6)]},
    ]
    return Series.model_validate(
        {
            "series": "bogdahn-2010",
            "citation": {"authors": "Bogdahn", "year": 2010},
            "source": {"document": "PMC3018908.nxml"},
            "arms": arms,
        }
    )


def test_percentages_stand_with_their_arm_and_time() -> None:
    series = two_arms()
    rows, _ = build_rows([series])
    table = build(context([series], rows)).responses
    assert table is not None
    heads = [column.head for column in table.columns]
    stated = [plain(line.cells[heads.index("Stated %")]) for line in table.lines]
    assert stated == ["–", "ORR 5", "ORR 6"]


def test_the_map_counts_the_patients_of_arms_once() -> None:
    series = two_arms()
    cells = cross_cells(context([series], build_rows([series])[0]))
    assert [row.arm for cell in cells for row in cell.rows] == ["10 µM", "80 µM"]
    assert sum(cell.patients for cell in cells) == 89
