"""``results.json``: rows, pooled results, findings and hashes as plain data."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from typing import Any

from evidence.errors import Place, Problem
from evidence.model.pooled import Pooled
from evidence.report.context import ReportContext

SCHEMA = 1


def build_results(ctx: ReportContext) -> dict[str, Any]:
    """The whole of ``results.json``; proportions 0-1, a value that does not exist is null.

    ``schema``, ``review`` (title, version, data_date), ``rows`` (every field of an evidence row),
    ``pooled`` (one object per outcome and grouping: the ``--json`` structure of ``evidence pool``),
    ``findings``, ``excluded``, ``problems``, ``hashes`` and ``software``.
    """
    review = ctx.protocol.review
    return {
        "schema": SCHEMA,
        "review": {
            "title": review.title,
            "version": review.version,
            "data_date": review.data_date,
        },
        "rows": [_plain(row) for row in ctx.rows],
        "pooled": [pooled_dict(result) for result in ctx.pooled.values()],
        "findings": [finding.to_dict() for finding in ctx.findings],
        "excluded": [_plain(item) for item in ctx.excluded],
        "problems": [problem.to_dict() for problem in ctx.problems],
        "hashes": dict(sorted(ctx.hashes.items())),
        "software": dict(sorted(ctx.software.items())),
    }


def pooled_dict(result: Pooled) -> dict[str, Any]:
    """A pooled result as plain data: the ``--json`` structure of ``evidence pool``."""
    from evidence.pooling.as_json import pooled_to_dict

    return pooled_to_dict(result)


def _plain(item: Any) -> Any:
    if isinstance(item, Problem):
        return item.to_dict()
    if isinstance(item, Place):
        return {k: _plain(v) for k, v in asdict(item).items() if v is not None}
    if is_dataclass(item) and not isinstance(item, type):
        return {field.name: _plain(getattr(item, field.name)) for field in fields(item)}
    if isinstance(item, list | tuple):
        return [_plain(part) for part in item]
    if isinstance(item, dict):
        return {str(key): _plain(value) for key, value in item.items()}
    return item
