"""What the tables are made of: text for days, moments and exact amounts, flags as 0 and 1, small lists as JSON."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, MetaData, Text
from sqlalchemy.types import TypeEngine

metadata = MetaData()

ROLES = "('preparer', 'head_of_unit', 'sole_officer')"


def column(name: str, kind: type[TypeEngine[Any]] = Text) -> Column[Any]:
    return Column(name, kind, nullable=False)


def report_key() -> tuple[Column[Any], ...]:
    return tuple(column(name) for name in ("programme", "form", "period", "basis"))


def flag(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_is_flag")


def json(name: str) -> CheckConstraint:
    return CheckConstraint(f"json_valid({name})", name=f"{name}_is_json")
