"""The page about the file format names every field of the model, and no other."""

from __future__ import annotations

import re
import typing
from pathlib import Path

from pydantic import BaseModel

from evidence.model.protocol import Protocol
from evidence.model.series import Series
from evidence.store import parse_series


def models_of(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """A model and every model its fields hold, by name."""
    found = {model.__name__: model}
    waiting: list[object] = [f.annotation for f in model.model_fields.values()]
    while waiting:
        annotation = waiting.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation.__name__ not in found:
                found[annotation.__name__] = annotation
                waiting += [f.annotation for f in annotation.model_fields.values()]
        else:
            waiting += typing.get_args(annotation)
    return found


def test_every_field_is_documented(root: Path) -> None:
    text = (root / "docs" / "file-format.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    for name, model in {**models_of(Series), **models_of(Protocol)}.items():
        documented = re.findall(r"^\| `(\w+)` \|", sections[name], re.MULTILINE)
        assert documented == list(model.model_fields), name


def test_required_fields_are_said(root: Path) -> None:
    text = (root / "docs" / "file-format.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    for name, model in {**models_of(Series), **models_of(Protocol)}.items():
        said = set(re.findall(r"^\| `(\w+)` \| [^|]*required", sections[name], re.MULTILINE))
        assert said == {n for n, f in model.model_fields.items() if f.is_required()}, name


def test_the_example_is_a_valid_file(root: Path) -> None:
    text = (root / "docs" / "file-format.md").read_text(encoding="utf-8")
    match = re.search(r"```yaml\n(# yaml.*?)```", text, re.DOTALL)
    assert match is not None
    series, problems = parse_series(match[1].encode(), name="x", stem="querfeld-2009")
    assert problems == []
    assert series is not None and series.arms[0].size == 19
