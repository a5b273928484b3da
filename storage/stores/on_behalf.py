"""Reports entered for units below: every entry with its figures and report, the files they came from, drafts from paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from forms.exchange.on_behalf import BehalfEntry, EntryFile, EntrySource, KeptEntry
from forms.exchange.statements import Arrival, ReportKey
from forms.model.org_unit import NamedUnit, UnitKey
from forms.model.period import Basis
from storage import encoding
from storage.tables import KEY, on_behalf, on_behalf_draft, on_behalf_file

_AT_ONCE = 500  # parameters of a statement
_SLIM = tuple(column for column in on_behalf.columns if column.name != "payload")


class SqlOnBehalf:
    """Implements forms.ports.OnBehalfStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: str, entries: Sequence[KeptEntry]) -> None:
        self._connection.execute(insert(on_behalf), [_row(batch, one) for one in entries])
        files = [{"sha256": one.entry.file.sha256, "raw": one.raw} for one in entries if one.raw is not None]
        if files:
            self._connection.execute(insert_or(on_behalf_file).on_conflict_do_nothing(), files)

    def of(self, key: ReportKey) -> tuple[KeptEntry, ...]:
        query = select(*_SLIM).where(*(on_behalf.c[name] == str(getattr(key, name)) for name in KEY))
        return tuple(_kept(row, b"", None) for row in self._connection.execute(query.order_by(on_behalf.c.number)))

    def names(self) -> tuple[str, ...]:
        return tuple(self._connection.execute(select(on_behalf.c.digest).distinct()).scalars())

    def get(self, digest: str) -> KeptEntry | None:
        query = (
            select(on_behalf, on_behalf_file.c.raw)
            .outerjoin(on_behalf_file, on_behalf.c.file_sha256 == on_behalf_file.c.sha256)
            .where(on_behalf.c.digest == digest)
            .order_by(on_behalf.c.number.desc())
        )
        row = self._connection.execute(query.limit(1)).one_or_none()
        return _kept(row, row.payload, row.raw) if row else None

    def files(self, digests: Iterable[str]) -> dict[str, KeptEntry]:
        wanted = tuple(digests)
        found: dict[str, KeptEntry] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = on_behalf.c.file_sha256.in_(wanted[start : start + _AT_ONCE])
            rows = self._connection.execute(select(*_SLIM).where(some).order_by(on_behalf.c.number))
            found.update((row.file_sha256, _kept(row, b"", None)) for row in rows)
        return found

    def undo(self, batch: str) -> int:
        undone = self._connection.execute(delete(on_behalf).where(on_behalf.c.batch == batch)).rowcount
        if undone:
            left = select(on_behalf.c.file_sha256)
            self._connection.execute(delete(on_behalf_file).where(on_behalf_file.c.sha256.not_in(left)))
        return undone

    def draft(self, unit: UnitKey, key: ReportKey) -> tuple[int, bytes] | None:
        query = select(on_behalf_draft.c.programme_version, on_behalf_draft.c.payload)
        row = self._connection.execute(query.where(*_at(unit, key))).one_or_none()
        return (row.programme_version, row.payload) if row else None

    def put_draft(self, unit: UnitKey, key: ReportKey, version: int, payload: bytes) -> None:
        self.drop_draft(unit, key)
        self._connection.execute(
            insert(on_behalf_draft).values(**_place(unit, key), programme_version=version, payload=payload)
        )

    def drop_draft(self, unit: UnitKey, key: ReportKey) -> None:
        self._connection.execute(delete(on_behalf_draft).where(*_at(unit, key)))


def _place(unit: UnitKey, key: ReportKey) -> dict[str, str]:
    said = {name: str(value) for name, value in key._asdict().items()}
    return {"unit_code": unit.code, "unit_from": unit.valid_from.isoformat(), **said}


def _at(unit: UnitKey, key: ReportKey) -> list[Any]:
    return [on_behalf_draft.c[name] == value for name, value in _place(unit, key).items()]


def _row(batch: str, kept: KeptEntry) -> dict[str, Any]:
    one = kept.entry
    return {
        **_place(one.unit.unit, one.key),
        "digest": one.digest,
        "batch": batch,
        "arrival": kept.arrival.value,
        "code": kept.code,
        "unit_name": one.unit.name,
        "programme_version": one.programme_version,
        "programme_sha256": one.programme_sha256,
        "form_version": one.form_version,
        "source": one.source.value,
        "file_name": one.file.name,
        "file_sha256": one.file.sha256,
        "file_size": one.file.size,
        "office_code": one.office.unit.code,
        "office_from": one.office.unit.valid_from.isoformat(),
        "office_name": one.office.name,
        "by": one.by,
        "at": one.at.isoformat(),
        "cells": encoding.cells_to_json(kept.cells),
        "news_listed": int(kept.news_listed),
        "payload": one.payload,
    }


def _kept(row: Any, payload: bytes, raw: bytes | None) -> KeptEntry:
    entry = BehalfEntry(
        row.digest,
        _named(row.unit_code, row.unit_from, row.unit_name),
        ReportKey(row.programme, row.form, row.period, Basis(row.basis)),
        row.programme_version,
        row.programme_sha256,
        row.form_version,
        EntrySource(row.source),
        EntryFile(row.file_name, row.file_sha256, row.file_size),
        _named(row.office_code, row.office_from, row.office_name),
        row.by,
        encoding.moment(row.at),
        payload,
    )
    cells = encoding.cells_from_json(row.cells)
    return KeptEntry(entry, Arrival(row.arrival), row.code, cells, bool(row.news_listed), raw)


def _named(code: str, since: str, name: str) -> NamedUnit:
    return NamedUnit(UnitKey(code, date.fromisoformat(since)), name)
