"""The fields of what a report lists (news item with its files, task, nomination, change): name, type, how many, empty value.

Read off the dataclasses themselves, so there is no second list: package, JSON file, workbook lists and ledger rows are made
from this table. A value and its plain data, as JSON has it:

    day          2025-12-31 as text
    choice       the enumeration's text
    list         of texts, or of records of their own (files)
    text, whole number, flag    as they are

Where a format differs (the package names files by their digests alone, the ledger keeps lists as text) it says only that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, TypeVar, get_args, get_type_hints

Record = TypeVar("Record")
NO_DEFAULT = MISSING  # the empty value of a field that has to be said


@dataclass(frozen=True, slots=True)
class ReportField:
    """One field of a record. `type` is str, int, bool, date, an enumeration or, of `files`, a record.

    `empty` is what stands where nothing is said, NO_DEFAULT where something must be.
    """

    name: str
    type: type[Any]
    is_list: bool
    is_optional: bool  # may be None
    empty: Any

    @property
    def plain(self) -> Callable[[Any], Any] | None:
        """From a value to its plain data; None where they are the same."""
        if self.is_list:
            return (lambda values: [as_data(one) for one in values]) if is_dataclass(self.type) else list
        if self.type is date:
            return lambda day: None if day is None else day.isoformat()
        return (lambda choice: choice.value) if issubclass(self.type, StrEnum) else None

    @property
    def parsed(self) -> Callable[[Any], Any] | None:
        """The way back."""
        if self.is_list:
            one = self.type
            return (lambda rows: tuple(from_data(one, row) for row in rows)) if is_dataclass(one) else tuple
        if self.type is date:
            return lambda text: date.fromisoformat(text) if text else None
        if issubclass(self.type, StrEnum):
            return {choice.value: choice for choice in self.type}.__getitem__
        return bool if self.type is bool else None  # the ledger keeps 0 and 1


@cache
def fields_of(record: type) -> Mapping[str, ReportField]:
    """The fields of a record by name, in its order."""
    types = get_type_hints(record)
    found = {}
    for field in fields(record):
        options = get_args(types[field.name])
        is_list, is_optional = Ellipsis in options, NoneType in options
        kind = options[0] if options else types[field.name]
        found[field.name] = ReportField(field.name, kind, is_list, is_optional, field.default)
    return MappingProxyType(found)


@cache
def _plainers(record: type) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    return tuple((name, field.plain) for name, field in fields_of(record).items())


@cache
def _parsers(record: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    found = ((name, field.parsed) for name, field in fields_of(record).items())
    return tuple((name, parse) for name, parse in found if parse is not None)


def as_data(value: Any) -> dict[str, Any]:
    """A record as plain data, by the names of its fields."""
    kind: type = type(value)
    return {
        name: getattr(value, name) if plain is None else plain(getattr(value, name)) for name, plain in _plainers(kind)
    }


def from_data(record: type[Record], data: Mapping[str, Any]) -> Record:
    """The record of this plain data; a field that is not in it is as it is when nothing is said.

    Raises KeyError, ValueError for a choice or day that is none, TypeError for a name that is no field or one that is missing.
    """
    kind: type = record
    found = {name: parse(data[name]) for name, parse in _parsers(kind) if name in data}
    return record(**{**data, **found})
