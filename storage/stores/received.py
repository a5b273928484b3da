"""What units below sent: figures for adding up, the exact bytes beside them, a batch for every act of receiving."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, literal, or_, select, text, tuple_
from sqlalchemy.dialects.sqlite import insert as insert_or

from forms.errors import StorageError
from forms.exchange.statements import Arrival, Head, Kept, Known, Link, OpenedPackage, Received, ReportKey
from forms.model.cell import Cell
from forms.model.fingerprint import of_digest
from forms.model.org_unit import UnitKey
from forms.model.period import Basis
from forms.model.report_copies import Total, total_of
from storage import encoding
from storage.stores.on_behalf import SqlOnBehalf
from storage.tables import MERGED_SQL, OUTSIDE_SQL, PARKED_SQL, batch, on_behalf, package, package_bytes

Item = TypeVar("Item")

# A statement takes at most 32766 parameters; a few hundred at once is as fast.
_AT_ONCE = 500
_MERGED, _OUTSIDE, _PARKED = text(MERGED_SQL), text(OUTSIDE_SQL), text(PARKED_SQL)
_KEY = ReportKey._fields
_PLACE = ("unit_code", "unit_from", *_KEY, "revision")
_OF_KEY = and_(*(package.c[name] == bindparam(f"of_{name}") for name in _KEY), _MERGED)
_IN_ORDER = (package.c.unit_code, package.c.unit_from, package.c.revision)
_CHAINS = select(*_IN_ORDER, package.c.digest).where(_OF_KEY).order_by(*_IN_ORDER)
_KEY_COLUMNS = tuple(package.c[name] for name in _KEY)


def _who_sent(table: Table, accepted: Any) -> Any:
    of = tuple_(*(table.c[name] for name in _KEY)).in_(bindparam("keys", expanding=True))
    return select(*(table.c[name] for name in (*_KEY, "unit_code", "unit_from"))).where(of, accepted)


_SENDERS = _who_sent(package, _MERGED).union(_who_sent(on_behalf, on_behalf.c.arrival == Arrival.ON_BEHALF.value))
_HEADS = (
    select(*_IN_ORDER, package.c.digest, package.c.cells, package.c.news_listed, batch.c.at)
    .join(batch)
    .where(_OF_KEY)
    .order_by(*_IN_ORDER)
)
_ANSWER = package.alias("answer")
# A later revision answers what was kept aside; a conflict is answered only by what came after it.
_ANSWERED = (
    select(_ANSWER.c.number)
    .where(
        *(_ANSWER.c[name] == package.c[name] for name in (*_KEY, "unit_code", "unit_from")),
        _MERGED,  # of the answer: the inner table is the nearer one
        _ANSWER.c.revision >= package.c.revision,
        or_(package.c.arrival != Arrival.CONFLICT.value, _ANSWER.c.number > package.c.number),
    )
    .exists()
)
_ACCEPTED_OF = (
    select(package, package_bytes.c.raw)
    .join(package_bytes, package.c.digest == package_bytes.c.digest)
    .where(package.c.digest.in_(bindparam("digests", expanding=True)), _MERGED)
)
_DECIDED_LATER = (
    select(_ANSWER.c.number).where(_ANSWER.c.digest == package.c.digest, _ANSWER.c.number > package.c.number).exists()
)
_WAITING = (
    select(package_bytes.c.raw)
    .distinct()
    .join(package, package.c.digest == package_bytes.c.digest)
    .where(_PARKED, ~_DECIDED_LATER)
)
_KEPT = select(*(package.c[name] for name in ("digest", *_PLACE, "supersedes", "arrival", "code")))
_CONFLICTS = _KEPT.where(_OUTSIDE, package.c.arrival == Arrival.CONFLICT.value, ~_DECIDED_LATER)
_HELD = (
    select(*_IN_ORDER, package.c.arrival)
    .where(*(package.c[name] == bindparam(f"of_{name}") for name in _KEY), _OUTSIDE, ~_ANSWERED)
    .order_by(package.c.number)
)


class SqlReceived:
    """Implements forms.ports.ReceivedStore."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def chains(self, key: ReportKey) -> Mapping[UnitKey, tuple[Link, ...]]:
        """What was accepted of this report, by unit, oldest revision first."""
        chains: dict[UnitKey, list[Link]] = defaultdict(list)
        for row in self._connection.execute(_CHAINS, _of(key)):
            chains[_unit(row)].append(Link(row.digest, row.revision))
        return {unit: tuple(links) for unit, links in chains.items()}

    def keys(self) -> tuple[ReportKey, ...]:
        """Every report of which something was accepted, in the order of its period."""
        query = select(*_KEY_COLUMNS).where(_MERGED).distinct().order_by(package.c.period, *_KEY_COLUMNS)
        return tuple(map(_key, self._connection.execute(query)))

    def senders(self, keys: Iterable[ReportKey]) -> Mapping[ReportKey, frozenset[UnitKey]]:
        """Of each the units of which something was accepted, or entered on their behalf: the index knows them all, no figure is read."""
        found: dict[ReportKey, set[UnitKey]] = {key: set() for key in keys}
        for row in self._connection.execute(_SENDERS, {"keys": [tuple(map(str, key)) for key in found]}):
            found[_key(row)].add(_unit(row))
        return {key: frozenset(units) for key, units in found.items()}

    def heads(self, key: ReportKey) -> tuple[Head, ...]:
        """The newest accepted package of every unit, in order of the unit's code."""
        first: dict[UnitKey, datetime] = {}
        newest: dict[UnitKey, Any] = {}
        for row in self._connection.execute(_HEADS, _of(key)):  # in order of revision
            first.setdefault(_unit(row), encoding.moment(row.at))
            newest[_unit(row)] = row
        return tuple(
            Head(
                unit=unit,
                digest=row.digest,
                revision=row.revision,
                first_received_at=first[unit],
                received_at=encoding.moment(row.at),
                cells=encoding.cells_from_json(row.cells),
                news_listed=bool(row.news_listed),
            )
            for unit, row in newest.items()
        )

    def totals(self, key: ReportKey) -> Iterator[tuple[UnitKey, str, Total, Callable[[], Mapping[str, Cell]]]]:
        """Of each head that has enough figures to be compared: whose it is, its digest, what they come to, and what reads
        them. Of thousands, so the cells are made only of those that are asked for."""
        newest = {_unit(row): row for row in self._connection.execute(_HEADS, _of(key))}  # in order of revision
        for unit, row in newest.items():
            total = total_of(encoding.amounts_from_json(row.cells))
            if total is not None:
                yield unit, row.digest, total, partial(encoding.cells_from_json, row.cells)

    def kept(self, digests: Iterable[str]) -> Mapping[str, Kept]:
        """Of the given digests those that are stored, by the latest decision about each."""
        found: dict[str, Kept] = {}
        for some in _chunks(tuple(digests)):
            query = _KEPT.where(package.c.digest.in_(some)).order_by(package.c.number)
            found.update((row.digest, _kept(row)) for row in self._connection.execute(query))
        return found

    def accepted(self, files: Mapping[str, bytes]) -> Mapping[str, OpenedPackage]:
        """Of these bytes, by the digest that they claim, those that were accepted byte for byte as they are."""
        found: dict[str, OpenedPackage] = {}
        for some in _chunks(tuple(files)):
            for row in self._connection.execute(_ACCEPTED_OF, {"digests": some}):
                if row.raw == files[row.digest]:
                    found[row.digest] = _opened(row)
        return found

    def conflicts(self) -> tuple[Kept, ...]:
        """Every package that is kept in conflict, by the latest decision about it."""
        return tuple(map(_kept, self._connection.execute(_CONFLICTS)))

    def waiting(self) -> tuple[bytes, ...]:
        """The bytes of packages that are parked: nothing was decided of them since."""
        return tuple(row.raw for row in self._connection.execute(_WAITING))

    def held(self, key: ReportKey) -> Mapping[UnitKey, Arrival]:
        """Units with a package kept aside that nothing accepted since answers, by the latest such package."""
        return {_unit(row): Arrival(row.arrival) for row in self._connection.execute(_HELD, _of(key))}

    def add(self, batch_id: str, at: datetime, person: str, packages: Sequence[Received]) -> None:
        """Store a batch: one row for each package, its bytes once however often it comes."""
        self._connection.execute(insert(batch).values(id=batch_id, at=at.isoformat(), person=person))
        for some in _chunks(packages):
            self._connection.execute(insert(package), [_row_of(batch_id, received) for received in some])
            originals = [{"digest": r.opened.digest, "raw": r.opened.raw} for r in some]
            self._connection.execute(insert_or(package_bytes).on_conflict_do_nothing(), originals)

    def raw(self, digest: str) -> bytes | None:
        query = select(package_bytes.c.raw).where(package_bytes.c.digest == digest)
        return self._connection.execute(query).scalar_one_or_none()

    def known(self) -> tuple[Known, ...]:
        """Every package that is kept, in the order of arrival."""
        names = ("digest", "unit_name", *_PLACE, "arrival")
        query = select(*(package.c[name] for name in names), batch.c.at).join(batch).order_by(package.c.number)
        return tuple(
            Known(
                row.digest,
                _unit(row),
                row.unit_name,
                _key(row),
                row.revision,
                encoding.moment(row.at),
                Arrival(row.arrival),
            )
            for row in self._connection.execute(query)
        )

    def undo(self, batch_id: str) -> int:
        """Raises StorageError BATCH_UNKNOWN, BATCH_BUILT_ON."""
        mine = package.c.batch == batch_id
        known = select(batch.c.number).where(batch.c.id == batch_id)
        if self._connection.execute(known).one_or_none() is None:
            message = f"Sổ không có đợt nhận {batch_id[:32]}. Hãy xem lại danh sách đợt nhận."
            raise StorageError("BATCH_UNKNOWN", message, batch_id[:32])
        merged_here = select(package.c.digest).where(mine, _MERGED)
        later = (package.c.batch != batch_id, _MERGED, package.c.supersedes.in_(merged_here.scalar_subquery()))
        follower = self._connection.execute(select(package.c.unit_name).where(*later).limit(1)).one_or_none()
        if follower is not None:
            message = (
                f"Không hoàn tác được đợt nhận này: {follower.unit_name} đã gửi bản thay thế trong đợt sau. "
                "Hãy hoàn tác đợt sau trước."
            )
            raise StorageError("BATCH_BUILT_ON", message, batch_id[:32])
        undone = self._connection.execute(delete(package).where(mine)).rowcount + SqlOnBehalf(self._connection).undo(
            batch_id
        )
        left = select(package.c.digest)
        self._connection.execute(delete(package_bytes).where(package_bytes.c.digest.not_in(left)))
        self._connection.execute(delete(batch).where(batch.c.id == batch_id))
        return undone

    def batches(self) -> tuple[tuple[str, datetime, int], ...]:
        """(id, moment, number of packages), oldest first."""
        sizes = (
            select(func.count()).where(table.c.batch == batch.c.id).correlate(batch).scalar_subquery()
            for table in (package, on_behalf)
        )
        query = select(batch.c.id, batch.c.at, sum(sizes, literal(0)).label("size"))
        rows = self._connection.execute(query.order_by(batch.c.number))
        return tuple((row.id, encoding.moment(row.at), row.size) for row in rows)


def _of(key: ReportKey) -> dict[str, str]:
    return {f"of_{name}": str(value) for name, value in key._asdict().items()}


def _unit(row: Any) -> UnitKey:
    return UnitKey(row.unit_code, date.fromisoformat(row.unit_from))


def _opened(row: Any) -> OpenedPackage:
    """What the row still knows of a package."""
    return OpenedPackage(
        row.digest,
        of_digest(row.digest),
        _unit(row),
        row.unit_name,
        _key(row),
        row.programme_version,
        row.programme_sha256,
        row.form_version,
        row.revision,
        row.supersedes,
        row.seq,
        bool(row.practice),
        (),
        row.app_version,
        {},
        row.raw,
    )


def _key(row: Any) -> ReportKey:
    return ReportKey(row.programme, row.form, row.period, Basis(row.basis))


def _kept(row: Any) -> Kept:
    return Kept(row.digest, _unit(row), _key(row), row.revision, row.supersedes, Arrival(row.arrival), row.code)


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))


def _row_of(batch_id: str, received: Received) -> dict[str, Any]:
    opened = received.opened
    return {
        "digest": opened.digest,
        "batch": batch_id,
        "arrival": received.arrival.value,
        "code": received.code,
        "unit_code": opened.unit.code,
        "unit_from": opened.unit.valid_from.isoformat(),
        "unit_name": opened.unit_name,
        "programme": opened.key.programme,
        "form": opened.key.form,
        "period": opened.key.period,
        "basis": opened.key.basis.value,
        "programme_version": opened.programme_version,
        "programme_sha256": opened.programme_sha256,
        "form_version": opened.form_version,
        "revision": opened.revision,
        "supersedes": opened.supersedes,
        "seq": opened.seq,
        "practice": int(opened.practice),
        "seals": encoding.seals_to_json(opened.seals),
        "app_version": opened.app_version,
        "cells": encoding.cells_to_json(received.cells),
        "news_listed": int(received.news_listed),
    }
