"""What a member of a package may look like, and its fast reader.

Shapes are put together like the page they describe: record, rows, table, text, matching … Records list their keys in
alphabetical order, which is the order in the file. pydantic-core reads the bytes straight into a checked value; writing
that value again must give the same bytes. Whatever fails is read once more by `strict_json`, which names the fault.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema, to_json

from exports.package.refusals import refused
from exports.package.strict_json import check_text, decoded, loads

_VALUE_FAULTS = frozenset(
    {
        "string_pattern_mismatch",
        "string_too_long",
        "string_too_short",
        "literal_error",
        "greater_than_equal",
        "less_than_equal",
        "value_error",
    }
)


class Shape:
    """A compiled shape of one member: `parse` reads bytes; `check` explains what is wrong with a value."""

    def __init__(self, schema: CoreSchema, where: str) -> None:
        self._validator, self._where = SchemaValidator(schema), where

    def parse(self, data: bytes) -> Any:
        """The value of a member in the strict subset and of this shape. Raises JSON_…"""
        check_text(decoded(data, self._where), self._where)
        try:
            value = self._validator.validate_json(data)
        except ValidationError:
            value = None
        if value is not None and to_json(value) == data:
            return value
        self.check(loads(data, self._where))
        raise refused("JSON_NOT_CANONICAL", self._where)

    def check(self, value: object) -> None:
        """Raises JSON_SHAPE or JSON_VALUE with the place, such as `payload.json: cells[3].amount`."""
        try:
            self._validator.validate_python(value)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            code = "JSON_VALUE" if first["type"] in _VALUE_FAULTS else "JSON_SHAPE"
            raise refused(code, f"{self._where}: {_path(first['loc'])}") from error


def record(fields: dict[str, CoreSchema], optional: Collection[str] = ()) -> CoreSchema:
    """An object with exactly these keys; the optional ones may be missing, never null."""
    return core_schema.typed_dict_schema(
        {name: core_schema.typed_dict_field(fields[name], required=name not in optional) for name in sorted(fields)},
        extra_behavior="forbid",
        strict=True,
    )


def table(key: CoreSchema, value: CoreSchema, limit: int) -> CoreSchema:
    """An object whose keys are data, sorted."""
    return ruled(
        core_schema.dict_schema(key, value, max_length=limit, strict=True), lambda found: in_order(list(found))
    )


def rows(row: CoreSchema, limit: int, key: Callable[[Any], Any] | None = None) -> CoreSchema:
    """A list of at most `limit` rows; with `key` sorted by it, each key once."""
    listed = core_schema.list_schema(row, max_length=limit, strict=True)
    return ruled(listed, lambda found: in_order([key(row) for row in found])) if key else listed


def ruled(schema: CoreSchema, holds: Callable[[Any], bool]) -> CoreSchema:
    """A shape with one more rule over the whole value."""

    def check(value: Any) -> Any:
        if not holds(value):
            raise ValueError
        return value

    return core_schema.no_info_after_validator_function(check, schema)


def in_order(keys: list[Any]) -> bool:
    """Sorted, each once."""
    return len(keys) < 2 or keys == sorted(set(keys))


def text(limit: int, *, multiline: bool = False, blank: bool = True) -> CoreSchema:
    """A text of at most `limit` characters; unless `blank` may be, one that begins and ends with something."""
    inner = r"[\s\S]" if multiline else r"[^\n]"
    pattern = rf"^{inner}*$" if blank else rf"^\S({inner}*\S)?$"
    free = blank and multiline
    return core_schema.str_schema(max_length=limit, pattern=None if free else pattern, strict=True)


def matching(pattern: str) -> CoreSchema:
    """A text that the whole pattern matches."""
    return core_schema.str_schema(pattern=f"^(?:{pattern})$", strict=True)


def one_of(*values: str) -> CoreSchema:
    return core_schema.literal_schema([str(value) for value in values])


def integer(low: int, high: int) -> CoreSchema:
    return core_schema.int_schema(ge=low, le=high, strict=True)


def nullable(inner: CoreSchema) -> CoreSchema:
    return core_schema.nullable_schema(inner, strict=True)


def flag() -> CoreSchema:
    return core_schema.bool_schema(strict=True)


def day() -> CoreSchema:
    """A date that exists: 2025-12-31."""
    return ruled(matching("[12][0-9]{3}-[01][0-9]-[0-3][0-9]"), lambda found: bool(date.fromisoformat(found)))


def _path(steps: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:60]}" for step in steps)
    return path.removeprefix(".")
