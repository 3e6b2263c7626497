"""The rows of one stratum: a count of each outcome, how it came to be, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence.model.outcome import OUTCOME_NAMES, SUMS
from evidence.model.row import EvidenceRow
from evidence.table.derive import Count, without_attributed
from evidence.table.places import how_of, place_of

if TYPE_CHECKING:
    from evidence.errors import Place
    from evidence.model.series import Series
    from evidence.table.row_settings import RowSettings
    from evidence.table.stratum import Stratum


def stratum_rows(
    series: Series, index: int, stratum: Stratum, base: dict[str, Any], settings: RowSettings
) -> list[EvidenceRow]:
    """A row per outcome of the review or of the stratum; ``index`` is that of its (first) arm."""
    return [
        _row(series, index, stratum, outcome, base, settings)
        for outcome in _outcomes(stratum, settings)
    ]


def _outcomes(stratum: Stratum, settings: RowSettings) -> list[str]:
    names = [o for o in settings.protocol.outcomes if o in OUTCOME_NAMES]
    return list(dict.fromkeys([*names, *OUTCOME_NAMES, *stratum.counts]))


def _row(
    series: Series,
    index: int,
    stratum: Stratum,
    outcome: str,
    base: dict[str, Any],
    settings: RowSettings,
) -> EvidenceRow:
    count = stratum.counts.get(outcome)
    if count is not None and not settings.attributed:
        count = without_attributed(count)
    place = _place(series, index, stratum, outcome, count)
    return EvidenceRow(
        **base,
        stratum=stratum.name,
        outcome=outcome,
        events=None if count is None else count.events,
        total=stratum.total if count is None or count.path is None else count.total,
        disease=stratum.disease,
        how=_how(series, stratum, outcome, count),
        derivation=None if count is None else count.derivation,
        attributed_events=0 if count is None else count.attributed,
        attribution=None if count is None else count.attribution,
        page=place.page,
        place=place,
        timepoint=stratum.timepoint,
        excluded=stratum.missing,
    )


def _how(series: Series, stratum: Stratum, outcome: str, count: Count | None) -> str | None:
    """How a count came to be; that of a sum is how its parts did."""
    if count is None:
        return None
    fields = (count.field,) if count.field else SUMS.get(outcome, ())
    if count.how != "stated" or stratum.path is None or not fields:
        return count.how if series.source.kind != "entered" else "entered"
    hows = [how_of(series, f"{count.path or stratum.path}.{field}") for field in fields]
    return "derived" if "derived" in hows else hows[0]


def _place(
    series: Series, index: int, stratum: Stratum, outcome: str, count: Count | None
) -> Place:
    if stratum.path is None:
        path = stratum.scopes[0] if stratum.scopes else f"arms[{index}].responses"
    else:
        path = stratum.path
    if count is not None and count.path is not None:
        path = count.path
    if count is not None and count.field is not None:
        path += f".{count.field}"
    elif count is not None and outcome in {"ORR", "DCR"}:
        path += ".CR"
    return place_of(series, path)
