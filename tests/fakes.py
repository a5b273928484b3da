"""Fakes that behave: a ledger in memory with real transactions, a clock that is a function, keys that only label.

Used instead of mocks wherever a service or presenter is tested without disk, crypto or window.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from forms.errors import NotAllowed, PackageRefused, StorageError
from forms.exchange import MERGED, Arrival, Envelope, Head, Link, Opened, Seal, Sealed
from forms.news import in_order
from forms.office import Office, Person, PersonRole
from forms.org_unit import OrgUnit, UnitKey
from forms.report import Report
from forms.services.drafts import report_key

TODAY = datetime(2025, 12, 31, 10, 32, tzinfo=UTC)
SINCE = date(2025, 7, 1)


def clock() -> datetime:
    return TODAY


def ids() -> Any:
    numbers = count(1)
    return lambda: f"{next(numbers):032x}"


@dataclass
class FakeState:
    office: Office
    people: tuple[Person, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    reports: dict[Any, Report] = field(default_factory=dict)
    news: dict[str, Any] = field(default_factory=dict)
    sent: list[Any] = field(default_factory=list)
    received: list[Any] = field(default_factory=list)
    register: dict[str, Any] = field(default_factory=dict)
    units: dict[UnitKey, OrgUnit] = field(default_factory=dict)
    journal: list[Any] = field(default_factory=list)


class _Office:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def get(self) -> Office:
        return self._state.office

    def persons(self) -> tuple[Person, ...]:
        return self._state.people

    def setting(self, name: str) -> str | None:
        return self._state.settings.get(name)

    def set(self, name: str, value: str | None) -> None:
        self._state.settings.pop(name, None)
        if value is not None:
            self._state.settings[name] = value


class _Reports:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def get(self, key, form):
        report = self._state.reports.get(key)
        return report and replace(report, form=form)

    def keys(self):
        return tuple(self._state.reports)

    def put(self, report: Report) -> None:
        key = report_key(report)
        draft = report.state.value == "draft"
        self._state.reports[key] = replace(report, news=()) if draft else report

    def put_cell(self, key, name, cell) -> None:
        self._state.reports[key] = self._state.reports[key].with_cell(name, cell)


class _News:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def within(self, period):
        return in_order(item for item in self._state.news.values() if period.holds(item.date))

    def get(self, id):
        return self._state.news.get(id)

    def put(self, item) -> None:
        self._state.news[item.id] = item

    def delete(self, id) -> None:
        self._state.news.pop(id, None)


class _Sent:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def add(self, key, revision, seq, keyids, sealed, at) -> None:
        self._state.sent.append((key, revision, seq, tuple(keyids), sealed))

    def last(self, key):
        return next((row[4] for row in reversed(self._state.sent) if row[0] == key), None)

    def last_seq(self, keyid):
        return max((row[2] for row in self._state.sent if keyid in row[3]), default=0)


class _Received:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def chains(self, key):
        chains: dict[UnitKey, tuple[Link, ...]] = {}
        for _, _, package in self._state.received:
            if package.opened.key == key and package.arrival in MERGED:
                link = Link(package.opened.digest, package.opened.revision)
                chains[package.opened.unit] = (*chains.get(package.opened.unit, ()), link)
        return chains

    def kept(self, digests):
        wanted = set(digests)
        return {
            p.opened.digest: p.arrival
            for _, _, p in self._state.received
            if p.opened.digest in wanted and p.arrival not in MERGED
        }

    def waiting(self):
        accepted = {p.opened.digest for _, _, p in self._state.received if p.arrival in MERGED}
        parked = {p.opened.digest: p for _, _, p in self._state.received if p.arrival is Arrival.PARKED}
        return tuple(p.opened.raw for digest, p in parked.items() if digest not in accepted)

    def held(self, key):
        mine = [(number, p) for number, (_, _, p) in enumerate(self._state.received) if p.opened.key == key]

        def answers(number, q, asked, p) -> bool:
            later = q.opened.revision >= p.opened.revision and (p.arrival is not Arrival.CONFLICT or number > asked)
            return q.arrival in MERGED and q.opened.unit == p.opened.unit and later

        return {
            p.opened.unit: p.arrival
            for asked, p in mine
            if p.arrival not in MERGED and not any(answers(number, q, asked, p) for number, q in mine)
        }

    def add(self, batch, at, person, packages) -> None:
        self._state.received += [(batch, at, package) for package in packages]

    def heads(self, key):
        heads = {}
        for _, at, p in self._state.received:
            if p.opened.key == key and p.arrival in MERGED:
                first = heads[p.opened.unit].first_received_at if p.opened.unit in heads else at
                heads[p.opened.unit] = Head(
                    p.opened.unit, p.opened.digest, p.opened.revision, first, at, p.cells, p.news_listed
                )
        return tuple(heads.values())

    def keys(self):
        return tuple(dict.fromkeys(p.opened.key for _, _, p in self._state.received if p.arrival in MERGED))

    def raw(self, digest):
        return next((p.opened.raw for _, _, p in self._state.received if p.opened.digest == digest), None)

    def undo(self, batch):
        left = [row for row in self._state.received if row[0] != batch]
        undone = len(self._state.received) - len(left)
        if not undone:
            raise StorageError("BATCH_UNKNOWN", "Không có đợt nhận này.", batch)
        self._state.received = left
        return undone

    def batches(self):
        ids = dict.fromkeys((batch, at) for batch, at, _ in self._state.received)
        return tuple((batch, at, sum(row[0] == batch for row in self._state.received)) for batch, at in ids)


class _Register:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def find(self, keyid):
        return self._state.register.get(keyid)

    def add(self, key) -> None:
        self._state.register[key.keyid] = key

    def revoke(self, keyid, at) -> None:
        self._state.register[keyid] = replace(self._state.register[keyid], revoked_at=at)

    def all(self):
        return tuple(self._state.register.values())


class _Units:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def all(self):
        return tuple(self._state.units.values())

    def put(self, unit) -> None:
        self._state.units[unit.key] = unit


class _Journal:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def append(self, kind, detail) -> None:
        self._state.journal.append((kind, dict(detail)))

    def head(self):
        return hashlib.sha256(repr(self._state.journal).encode()).hexdigest(), len(self._state.journal)


class FakeWork:
    def __init__(self, state: FakeState) -> None:
        self.office, self.reports, self.news = _Office(state), _Reports(state), _News(state)
        self.sent, self.received, self.register = _Sent(state), _Received(state), _Register(state)
        self.units, self.journal = _Units(state), _Journal(state)


class FakeLedger:
    """A ledger in memory. Leaving `begin` normally keeps what was done; an exception forgets it."""

    def __init__(self, office: Office, people: tuple[Person, ...] = ()) -> None:
        code = office.unit.code
        founders = (person(f"P{code}", PersonRole.PREPARER), person(f"H{code}", PersonRole.HEAD))
        self.state = FakeState(office, people or founders)
        self.folder = Path("/nowhere")

    @property
    def person(self) -> Person:
        return self.state.people[0]

    @contextmanager
    def begin(self) -> Iterator[FakeWork]:
        trial = copy.deepcopy(self.state)
        yield FakeWork(trial)
        self.state = trial

    def signer(self, keyid: str, password: str) -> FakeSigner:
        if password != "đúng mật khẩu":
            raise StorageError("PASSWORD_WRONG", "Mật khẩu không đúng. Gõ lại.")
        return FakeSigner(next(p for p in self.state.people if p.keyid == keyid))

    def own_signer(self) -> FakeSigner:
        return FakeSigner(self.person)

    def signers(self) -> tuple[FakeSigner, ...]:
        return tuple(FakeSigner(p) for p in self.state.people)

    def add_person(self, name: str, title: str, role: PersonRole, password: str) -> Person:
        newcomer = replace(person(name, role), name=name, title=title)
        self.state.people = (*self.state.people, newcomer)
        return newcomer

    def change_password(self, password: str) -> None:
        self.changed_to = password

    def backup(self, target: Path) -> Path:
        return target

    def automatic_backup(self) -> Path:
        return self.folder / "backups"

    def close(self) -> None:
        pass


def person(mark: str, role: PersonRole) -> Person:
    keyid = hashlib.sha256(mark.encode()).hexdigest()[:32]
    return Person(keyid, hashlib.sha256(mark.encode()).digest(), f"Người {mark}", "Công chức", role)


@dataclass(frozen=True)
class FakeSigner:
    person: Person

    def sign(self, data: bytes) -> bytes:
        return hashlib.sha512(self.person.public_key + data).digest()


class FakeCodec:
    """Packages without bytes: the "file" is a token, the content is kept here. Refuses what it never wrote."""

    def __init__(self) -> None:
        self._made: dict[bytes, Opened] = {}

    def write(self, report: Report, envelope: Envelope, signers) -> Sealed:
        digest = hashlib.sha256(f"{envelope.package_id}{report.cells}{report.revision}".encode()).hexdigest()
        seals = tuple(Seal(s.person.keyid, s.person.role, True) for s in signers)
        key = report_key(report)
        raw = digest.encode()
        self._made[raw] = Opened(
            digest,
            "12345 " * 6,
            report.unit,
            envelope.unit_name,
            key,
            report.form.programme_version,
            report.form.programme_sha256,
            report.form.version,
            report.revision,
            report.supersedes,
            envelope.seq,
            envelope.practice,
            seals,
            envelope.app_version,
            {"report": report},
            raw,
        )
        return Sealed(digest, "12345 " * 6, raw)

    def read(self, data: bytes, register) -> Opened:
        if data not in self._made:
            raise PackageRefused("CONTAINER", "Tệp hỏng. Chép lại từ đơn vị gửi.")
        opened = self._made[data]
        if register is not None and any(register.find(seal.keyid) is None for seal in opened.seals):
            raise PackageRefused("KEY_UNKNOWN", "Khóa chưa đăng ký.")
        if register is not None and any(register.find(seal.keyid).revoked for seal in opened.seals):
            raise PackageRefused("KEY_REVOKED", "Khóa đã thu hồi.")
        return opened

    def report(self, opened: Opened, form) -> Report:
        report = opened.payload["report"]
        assert isinstance(report, Report)
        return replace(report, form=form)

    def write_enrolment(self, office, signer, created, app_version) -> bytes:
        raise NotAllowed("FAKE", "Không dùng ở đây.")

    def read_enrolment(self, data):
        raise PackageRefused("CONTAINER", "Tệp hỏng.")
