"""Say what is wrong with a series file: line, field, what was found, what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence.errors import Place, Problem, Severity
from evidence.model.paths import join_path, value_at

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from evidence.model.paths import Step
    from evidence.store.plain import PlainYaml

EXPECTED: dict[str, str] = {
    "too_short": "at least one entry",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "string_pattern_mismatch": "letters, digits and hyphens, such as smith-2015",
    "dict_type": "a mapping (name: value)",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "a mapping (name: value)",
    "date_from_datetime_parsing": "a date such as 2026-01-31",
    "date_parsing": "a date such as 2026-01-31",
    "date_type": "a date such as 2026-01-31",
}
"""pydantic's error type → what the field holds, in words."""


def fault_in(
    document: str, code: str, message: str, remedy: str, line: int | None = None
) -> Problem:
    """What makes a file unusable, with the line where it stands."""
    return Problem(
        code=code,
        severity=Severity.ERROR,
        message=message,
        remedy=remedy,
        source=Place(document=document, line=line),
    )


def explain_all(
    error: ValidationError, plain: PlainYaml, model: type[BaseModel], *, name: str
) -> list[Problem]:
    """Every fault of one file as a Problem with its line, field, what was found and expected."""
    seen: set[tuple[str, str]] = set()
    problems = []
    faults = error.errors(include_url=False)
    for fault in faults:
        if _follows(fault, faults):
            continue
        path = _real_path(plain.data, tuple(fault["loc"]))
        problem = explain(fault, path, plain, model, name=name)
        if (key := (join_path(path), problem.code)) not in seen:
            seen.add(key)
            problems.append(problem)
    return problems


def _follows(fault: ErrorDetails, faults: list[ErrorDetails]) -> bool:
    """Said already: counts above their total, and a list too short only for its bad entries."""
    if fault["type"] == "value_error" and " among " in fault["msg"]:
        return True
    depth = len(fault["loc"])
    return fault["type"] == "too_short" and any(
        other["loc"][:depth] == fault["loc"] and len(other["loc"]) > depth for other in faults
    )


def explain(
    fault: ErrorDetails,
    path: tuple[Step, ...],
    plain: PlainYaml,
    model: type[BaseModel],
    *,
    name: str,
) -> Problem:
    """One fault in words a tired reader can act on."""
    kind = fault["type"]
    field = join_path(path) or "the file"
    code, message, remedy = "wrong-type", "", f"correct {field}"
    if kind == "missing":
        code, message = "missing-field", f"{field} is missing; expected {_wanted(model, path)}."
        remedy = f"add '{path[-1]}:'"
    elif kind == "extra_forbidden":
        code, (message, remedy) = "unknown-field", _unknown(field, path, model)
    elif kind == "greater_than_equal" and _number(fault["input"]):
        limit = fault.get("ctx", {}).get("ge", 0)
        code = "negative-count" if limit == 0 else "out-of-range"
        message = f"{field} is {_show(fault['input'])}; expected {limit} or more."
    elif kind in {"int_type", "int_from_float"} and isinstance(fault["input"], float):
        code = "fractional-count"
        message = f"{field} is {_show(fault['input'])}; a count of patients is a whole number."
    elif kind == "value_error":
        code, message = _rule(fault, field)
    else:
        expected = EXPECTED.get(kind) or _lower(fault["msg"])
        message = f"{field} is {_show(fault['input'])}; expected {expected}."
    return Problem(
        code=code,
        severity=Severity.ERROR,
        message=message,
        remedy=remedy,
        source=Place(document=name, line=plain.line_of(path), text=plain.words.get(path)),
    )


def _rule(fault: ErrorDetails, field: str) -> tuple[str, str]:
    said = fault["msg"].removeprefix("Value error, ")
    if "patients" in said:
        return "negative-count", f"{field}: {said}; expected 0 or more."
    return "wrong-value", f"{field}: {said}."


def _unknown(field: str, path: tuple[Step, ...], model: type[BaseModel]) -> tuple[str, str]:
    from difflib import get_close_matches

    known = list(fields_at(model, path[:-1]))
    near = get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
    lower = {k.lower(): k for k in known}
    guess = lower.get(str(path[-1]).lower()) or (near[0] if near else None)
    if guess:
        return f"{field} is not a known field; did you mean '{guess}'?", f"rename it to '{guess}'"
    return f"{field} is not a known field. Known here: {', '.join(known)}.", f"remove {field}"


def fields_at(model: Any, path: tuple[Step, ...]) -> dict[str, Any]:
    """The fields a mapping at this path may have: name → annotation."""
    here: Any = model
    for step in path:
        here = _descend(here, step)
    return dict(_model_in(here).model_fields) if _model_in(here) is not None else {}


def _descend(annotation: Any, step: Step) -> Any:
    from typing import get_args

    found = _model_in(annotation)
    if isinstance(step, str) and found is not None and step in found.model_fields:
        return found.model_fields[step].annotation
    args = [a for a in get_args(annotation) if a is not Ellipsis and a is not type(None)]
    return args[-1] if args else None


def _model_in(annotation: Any) -> Any:
    from typing import get_args

    from pydantic import BaseModel

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return inner
    return None


def _wanted(model: type[BaseModel], path: tuple[Step, ...]) -> str:
    field = fields_at(model, path[:-1]).get(str(path[-1])) if path else None
    shown = str(getattr(field, "annotation", "a value"))
    if "dict" in shown or _model_in(getattr(field, "annotation", None)) is not None:
        return "a list" if "tuple" in shown else "a mapping (name: value)"
    return "text" if "str" in shown else "a number" if "int" in shown else "a value"


def _real_path(data: Any, loc: tuple[Step, ...]) -> tuple[Step, ...]:
    """A fault's place without the names pydantic adds for the branches of a union."""
    path: tuple[Step, ...] = ()
    for i, step in enumerate(loc):
        here = value_at(data, path) if path else data
        exists = isinstance(here, dict | list) and (
            step in here if isinstance(here, dict) else isinstance(step, int) and step < len(here)
        )
        if exists or (i == len(loc) - 1 and isinstance(here, dict) and not _branch(step)):
            path = (*path, step)
    return path


def _branch(step: Step) -> bool:
    return isinstance(step, str) and (step in {"int", "str", "float", "[key]"} or "[" in step)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _show(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text '{value if len(value) <= 60 else value[:57] + '...'}'"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _lower(message: str) -> str:
    message = message.removeprefix("Value error, ").removeprefix("Input should be ")
    return message[:1].lower() + message[1:]
