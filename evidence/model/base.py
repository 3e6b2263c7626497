"""The shared settings of everything that lives in a file: frozen, and unknown keys are refused."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class FileModel(BaseModel):
    """A frozen model; ``to_plain`` leaves out what is not reported, so that files stay short."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def to_plain(self) -> dict[str, Any]:
        """Plain dicts, lists, numbers and strings, without None and untouched defaults."""
        plain: dict[str, Any] = self.model_dump(
            mode="json", exclude_none=True, exclude_defaults=True
        )
        return plain
