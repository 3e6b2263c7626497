"""The further analyses of a report: sensitivity, leave-one-out, cumulative, within-study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence.review.review import Review


def deepen(review: Review) -> dict[str, Any]:
    """Fields of ``ReportContext`` beyond the pooled numbers; what was not run is left out."""
    return {}
