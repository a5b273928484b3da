"""Bundles of compiling offices: who forwarded what, who was missing, and the keys that they vouch for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from forms.exchange.adjustment import adjustment_of, adjustment_row
from forms.exchange.bundle import KeptBundle, OpenedBundle, VouchedKey
from forms.exchange.statements import Link, ReportKey
from forms.model.office import EnrolledKey, PersonRole
from forms.model.org_unit import NamedUnit, UnitKey
from storage import encoding
from storage.tables import bundle, vouched_key


class SqlBundles:
    """Implements forms.ports.BundleStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: str | None, at: datetime, opened: OpenedBundle, originals: Iterable[str]) -> None:
        missing = [[unit.code, unit.valid_from.isoformat(), name] for unit, name in opened.content.missing]
        self._connection.execute(
            insert(bundle).values(
                digest=opened.digest,
                batch=batch,
                at=at.isoformat(),
                unit_code=opened.unit.code,
                unit_from=opened.unit.valid_from.isoformat(),
                unit_name=opened.unit_name,
                **{name: str(value) for name, value in opened.key._asdict().items()},
                revision=opened.revision,
                missing=json.dumps(missing, ensure_ascii=False),
                originals=json.dumps(sorted(originals)),
                adjustments=json.dumps([*map(adjustment_row, opened.content.adjustments)], ensure_ascii=False),
            )
        )
        keys = [_row(opened.digest, key) for key in opened.content.keys] if batch else []
        if keys:
            self._connection.execute(insert(vouched_key), keys)

    def chain(self, unit: UnitKey, key: ReportKey) -> tuple[Link, ...]:
        query = select(bundle.c.digest, bundle.c.revision).where(
            _of(key), bundle.c.unit_code == unit.code, bundle.c.unit_from == unit.valid_from.isoformat()
        )
        rows = self._connection.execute(query.order_by(bundle.c.revision))
        return tuple(Link(row.digest, row.revision) for row in rows)

    def newest(self, key: ReportKey) -> tuple[KeptBundle, ...]:
        query = select(bundle).where(_of(key)).order_by(bundle.c.unit_code, bundle.c.unit_from, bundle.c.revision)
        found = {_unit(row): row for row in self._connection.execute(query)}
        return tuple(
            KeptBundle(
                unit,
                row.digest,
                row.revision,
                encoding.moment(row.at),
                tuple(
                    NamedUnit(UnitKey(code, date.fromisoformat(since)), name)
                    for code, since, name in json.loads(row.missing)
                ),
                frozenset(json.loads(row.originals)),
                tuple(map(adjustment_of, json.loads(row.adjustments))),
            )
            for unit, row in found.items()
        )

    def vouched(self) -> tuple[VouchedKey, ...]:
        query = (
            select(
                vouched_key, *(bundle.c[name].label(f"by_{name}") for name in ("unit_code", "unit_from", "unit_name"))
            )
            .join(bundle, vouched_key.c.bundle == bundle.c.digest)
            .order_by(vouched_key.c.number)
        )
        found: dict[str, VouchedKey] = {}
        for row in self._connection.execute(query):
            by = NamedUnit(UnitKey(row.by_unit_code, date.fromisoformat(row.by_unit_from)), row.by_unit_name)
            found.setdefault(row.keyid, VouchedKey(_key(row), by))
        return tuple(found.values())


def _of(key: ReportKey) -> Any:
    return (
        (bundle.c.programme == key.programme)
        & (bundle.c.form == key.form)
        & (bundle.c.period == key.period)
        & (bundle.c.basis == str(key.basis))
    )


def _unit(row: Any) -> UnitKey:
    return UnitKey(row.unit_code, date.fromisoformat(row.unit_from))


def _row(digest: str, key: EnrolledKey) -> dict[str, Any]:
    return {
        "bundle": digest,
        "keyid": key.keyid,
        "public_key": key.public_key,
        "unit_code": key.unit.code,
        "unit_from": key.unit.valid_from.isoformat(),
        "unit_name": key.unit_name,
        "person": key.person,
        "title": key.title,
        "role": key.role.value,
        "enrolled_at": key.enrolled_at.isoformat(),
    }


def _key(row: Any) -> EnrolledKey:
    return EnrolledKey(
        row.keyid,
        row.public_key,
        _unit(row),
        row.unit_name,
        row.person,
        row.title,
        PersonRole(row.role),
        encoding.moment(row.enrolled_at),
    )
