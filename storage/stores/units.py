"""Org units added by hand."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from forms.org_unit import OrgUnit
from storage import encoding
from storage.tables import org_unit


class SqlUnits:
    """Implements forms.ports.UnitStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[OrgUnit, ...]:
        rows = self._connection.execute(select(org_unit).order_by(org_unit.c.code, org_unit.c.valid_from))
        return tuple(
            OrgUnit(
                code=row.code,
                name=row.name,
                full_name=row.full_name,
                kind=row.kind,
                parent=row.parent,
                valid_from=date.fromisoformat(row.valid_from),
                valid_to=encoding.day(row.valid_to),
            )
            for row in rows
        )

    def put(self, unit: OrgUnit) -> None:
        """Insert, or replace the unit of the same code and first day."""
        row = {
            "code": unit.code,
            "valid_from": unit.valid_from.isoformat(),
            "name": unit.name,
            "full_name": unit.full_name,
            "kind": unit.kind,
            "parent": unit.parent,
            "valid_to": encoding.iso(unit.valid_to),
        }
        statement = insert(org_unit).values(row)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["code", "valid_from"], set_=row))
