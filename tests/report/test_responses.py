"""Table 2: the percentages beside a row are those printed of its own arm and time.

The counts are those of Bogdahn et al. 2010 (PMC3018908), table 2.
"""

from __future__ import annotations

from report_example import context

from evidence.model.series import Series
from evidence.report.sections.responses import build
from evidence.report.text import plain
from evidence.table.build import build_rows


def at(time: str, responders: int, total: int, percent: float) -> dict[str, object]:
    stated = {"ORR": percent}
    return {"timepoint": time, "ORR": responders, "total": total, "stated_percent": stated}


def test_percentages_stand_with_their_arm_and_time() -> None:
    arms = [
        {"label": "10 µM", "responses": [at("6 months", 2, 40, 5), at("14 months", 6, 40, 15)]},
        {"label": "80 µM", "responses": [at("6 months", 3, 49, 6), at("14 months", 3, 49, 6)]},
    ]
    series = Series.model_validate(
        {
            "series": "bogdahn-2010",
            "citation": {"authors": "Bogdahn", "year": 2010},
            "source": {"document": "PMC3018908.nxml"},
            "arms": arms,
        }
    )
    rows, _ = build_rows([series])
    table = build(context([series], rows)).responses
    assert table is not None
    heads = [column.head for column in table.columns]
    stated = [plain(line.cells[heads.index("Stated %")]) for line in table.lines]
    assert stated == ["–", "ORR 5", "ORR 6"]
