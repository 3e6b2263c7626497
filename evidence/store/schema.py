"""The JSON Schema of a series file, so that an editor checks it as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evidence.model.series import Series
from evidence.store.write import write_atomic

SCHEMA_NAME = "series.schema.json"


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one file under ``extracted/SOURCE/``."""
    schema = Series.model_json_schema()
    _accept_short_forms(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Made from the model by evidence init; do not edit.",
        **schema,
    }


def _accept_short_forms(schema: dict[str, Any]) -> None:
    """An amount may be written as a number, and one response duration without a list."""
    definitions = schema["$defs"]
    amount = definitions["Amount"]
    definitions["Amount"] = {"description": amount.pop("description", ""), "anyOf": [
        {"type": "number"},
        amount,
    ]}  # fmt: skip
    months = definitions["Arm"]["properties"]["response_months"]
    item = dict(months["items"])
    definitions["Arm"]["properties"]["response_months"] = {
        "default": months.pop("default", []),
        "anyOf": [item, {"type": "array", "items": item}],
    }


def write_schema(extracted: Path) -> Path:
    """Write ``extracted/series.schema.json``, which every series file names in its first line."""
    path = extracted / SCHEMA_NAME
    content = (json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n").encode()
    if not path.exists() or path.read_bytes() != content:
        write_atomic(path, content)
    return path
