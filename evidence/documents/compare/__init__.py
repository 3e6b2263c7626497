"""Two readings of one paper (its PDF and its XML, say) compared cell by cell."""

from evidence.documents.compare.align import (
    Pair,
    compare_grids,
    compare_rows,
    match_tables,
    overlap,
    same,
    text_key,
)
from evidence.documents.compare.differences import compare_documents

__all__ = [
    "Pair",
    "compare_documents",
    "compare_grids",
    "compare_rows",
    "match_tables",
    "overlap",
    "same",
    "text_key",
]
