"""A ledger's stores in memory: what a service does to them can be looked at in FakeState."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from forms.errors import StorageError
from forms.exchange.bundle import KeptBundle, VouchedKey
from forms.exchange.statements import MERGED, Arrival, Head, Kept, Known, Link, Pending, ReportKey
from forms.model.news_item import in_order
from forms.model.office import Office, Person
from forms.model.org_unit import NamedUnit, OrgUnit, UnitKey
from forms.model.report import Report
from forms.model.report_copies import amounts_of, total_of
from forms.programmes.pack import Pack
from forms.services.drafts import report_key


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
    evidence: dict[str, bytes] = field(default_factory=dict)
    pending: dict[ReportKey, Pending] = field(default_factory=dict)
    packs: dict[tuple[str, int], Pack] = field(default_factory=dict)
    publications: dict[str, Any] = field(default_factory=dict)
    bundles: list[Any] = field(default_factory=list)  # (batch, at, OpenedBundle, digests)
    on_behalf: list[Any] = field(default_factory=list)  # (batch, KeptEntry)
    behalf_drafts: dict[Any, tuple[int, bytes]] = field(default_factory=dict)


class _Bundles:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def add(self, batch, at, bundle, originals) -> None:
        self._state.bundles.append((batch, at, bundle, frozenset(originals)))

    def chain(self, unit: UnitKey, key: ReportKey) -> tuple[Link, ...]:
        mine = [one for _, _, one, _ in self._state.bundles if (one.unit, one.key) == (unit, key)]
        return tuple(Link(one.digest, one.revision) for one in sorted(mine, key=lambda one: one.revision))

    def newest(self, key: ReportKey) -> tuple[KeptBundle, ...]:
        found: dict[UnitKey, KeptBundle] = {}
        for _, at, one, originals in sorted(self._state.bundles, key=lambda row: (row[2].unit, row[2].revision)):
            if one.key == key:
                found[one.unit] = KeptBundle(
                    one.unit, one.digest, one.revision, at, one.content.missing, originals, one.content.adjustments
                )
        return tuple(found.values())

    def vouched(self) -> tuple[VouchedKey, ...]:
        found: dict[str, VouchedKey] = {}
        for batch, _, one, _ in self._state.bundles:
            for key in one.content.keys if batch else ():
                found.setdefault(key.keyid, VouchedKey(key, NamedUnit(one.unit, one.unit_name)))
        return tuple(found.values())


class _OnBehalf:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def add(self, batch, entries) -> None:
        for one in entries:
            _once(any(row == (batch, one) for row in self._state.on_behalf), "entry_once_in_a_batch")
            self._state.on_behalf.append((batch, one))

    def of(self, key):
        mine = [one for _, one in self._state.on_behalf if one.entry.key == key]
        return tuple(replace(one, raw=None, entry=replace(one.entry, payload=b"")) for one in mine)

    def names(self):
        return tuple(dict.fromkeys(one.entry.digest for _, one in self._state.on_behalf))

    def get(self, digest):
        found = next((one for _, one in reversed(self._state.on_behalf) if one.entry.digest == digest), None)
        files = {one.entry.file.sha256: one.raw for _, one in self._state.on_behalf if one.raw is not None}
        return found and replace(found, raw=files.get(found.entry.file.sha256))

    def files(self, digests):
        wanted = set(digests)
        return {one.entry.file.sha256: one for _, one in self._state.on_behalf if one.entry.file.sha256 in wanted}

    def undo(self, batch) -> int:
        left = [row for row in self._state.on_behalf if row[0] != batch]
        undone = len(self._state.on_behalf) - len(left)
        self._state.on_behalf = left
        return undone

    def draft(self, unit, key):
        return self._state.behalf_drafts.get((unit, key))

    def put_draft(self, unit, key, version, payload) -> None:
        self._state.behalf_drafts[unit, key] = version, payload

    def drop_draft(self, unit, key) -> None:
        self._state.behalf_drafts.pop((unit, key), None)


def _once(taken: bool, what: str) -> None:
    """What a table of the ledger takes once, a fake takes once too."""
    if taken:
        raise ValueError(f"UNIQUE: {what}")


class _Office:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def get(self) -> Office:
        return self._state.office

    def put(self, office: Office) -> None:
        self._state.office = office

    def persons(self) -> tuple[Person, ...]:
        return self._state.people

    def setting(self, name: str) -> str | None:
        return self._state.settings.get(name)

    def settings(self, prefix: str) -> dict[str, str]:
        found = sorted(self._state.settings.items())
        return {name.removeprefix(prefix): value for name, value in found if name.startswith(prefix)}

    def set(self, name: str, value: str | None) -> None:
        self._state.settings.pop(name, None)
        if value is not None:
            self._state.settings[name] = value


class _Reports:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def version(self, key):
        report = self._state.reports.get(key)
        return report and report.form.programme_version

    def get(self, key, form):
        report = self._state.reports.get(key)
        return report and replace(report, form=form)

    def keys(self):
        return tuple(self._state.reports)

    def put(self, report: Report) -> None:
        key = report_key(report)
        draft = report.state.value == "draft"
        self._state.reports[key] = replace(report, news=()) if draft else report

    def put_cells(self, draft, cells) -> None:
        key = report_key(draft)
        known = self._state.reports.get(key) or Report(draft.form, draft.unit, draft.role, draft.period)
        if known.state.value != "draft" or known.form.programme_version != draft.form.programme_version:
            raise StorageError("REPORT_NOT_OPEN", "Không có báo cáo nào đang mở để nhập.", key.period)
        for name, cell in cells:
            known = known.with_cell(name, cell)
        self._state.reports[key] = known


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

    def put_file(self, evidence, data) -> None:
        self._state.evidence[evidence.digest] = data

    def file(self, digest):
        return self._state.evidence.get(digest)

    def sweep_files(self) -> None:
        reports = (report.news for report in self._state.reports.values())
        items = [*self._state.news.values(), *(item for listed in reports for item in listed)]
        named = {file.digest for item in items for file in item.files}
        self._state.evidence = {digest: data for digest, data in self._state.evidence.items() if digest in named}


class _Pending:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def put(self, key, pending) -> None:
        self.drop(key)
        self._state.pending[key] = pending

    def get(self, key):
        return self._state.pending.get(key)

    def drop(self, key) -> None:
        self._state.pending.pop(key, None)

    def keys(self):
        return tuple(self._state.pending)

    def hands(self):
        return {key: (one.at, one.preparer, one.head) for key, one in self._state.pending.items()}

    def last_seq(self, keyid):
        return max((p.seq for p in self._state.pending.values() if keyid in (p.preparer, p.head)), default=0)


class _Packs:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def all(self):
        return tuple(self._state.packs[key] for key in sorted(self._state.packs))

    def put(self, pack) -> None:
        self._state.packs[pack.id, pack.version] = pack

    def drop(self, id, version) -> None:
        self._state.packs.pop((id, version), None)


class _Sent:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def add(self, key, revision, seq, keyids, sealed, at) -> None:
        _once(any(row[2] == seq and {*row[3]} & {*keyids} for row in self._state.sent), "sent_key")
        _once(any(row[:2] == (key, revision) or row[5].digest == sealed.digest for row in self._state.sent), "sent")
        self._state.sent.append((key, revision, seq, tuple(keyids), at, sealed))

    def last(self, key):
        mine = [row for row in self._state.sent if row[0] == key]
        return max(mine, key=lambda row: row[1])[5] if mine else None

    def known(self):
        rows = sorted(self._state.sent, key=lambda row: (row[4], row[2]))
        return tuple(Known(row[5].digest, None, "", row[0], row[1], row[4]) for row in rows)

    def raw(self, digest):
        return next((row[5].raw for row in self._state.sent if row[5].digest == digest), None)

    def last_seq(self, keyid):
        return max((row[2] for row in self._state.sent if keyid in row[3]), default=0)


class _Received:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def _merged(self, key):
        """What was accepted of a report, by unit, the oldest revision first."""
        rows = [row for row in self._state.received if row[2].opened.key == key and row[2].arrival in MERGED]
        return sorted(rows, key=lambda row: (row[2].opened.unit, row[2].opened.revision))

    def _latest(self):
        """Each package by the latest decision about it, in the order of these decisions."""
        latest = {}
        for _, _, package in self._state.received:
            latest.pop(package.opened.digest, None)
            latest[package.opened.digest] = package
        return latest

    def chains(self, key):
        chains: dict[UnitKey, tuple[Link, ...]] = {}
        for _, _, package in self._merged(key):
            link = Link(package.opened.digest, package.opened.revision)
            chains[package.opened.unit] = (*chains.get(package.opened.unit, ()), link)
        return chains

    def kept(self, digests):
        wanted = set(digests)
        return {p.opened.digest: _kept(p) for _, _, p in self._state.received if p.opened.digest in wanted}

    def conflicts(self):
        return tuple(_kept(p) for p in self._latest().values() if p.arrival is Arrival.CONFLICT)

    def accepted(self, files):
        kept = {p.opened.digest: p.opened for _, _, p in self._state.received if p.arrival in MERGED}
        return {digest: kept[digest] for digest, raw in files.items() if digest in kept and kept[digest].raw == raw}

    def waiting(self):
        return tuple(p.opened.raw for p in self._latest().values() if p.arrival is Arrival.PARKED)

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
        for package in packages:
            revisions = [row[2].opened.revision for row in self._merged(package.opened.key)
                         if row[2].opened.unit == package.opened.unit]  # fmt: skip
            _once(package.arrival in MERGED and package.opened.revision in revisions, "accepted_once")
            self._state.received.append((batch, at, package))

    def senders(self, keys):
        rows = [one for _, one in self._state.on_behalf if one.arrival is Arrival.ON_BEHALF]
        return {
            key: frozenset(head.unit for head in self.heads(key))
            | {one.entry.unit.unit for one in rows if one.entry.key == key}
            for key in keys
        }

    def heads(self, key):
        heads = {}
        for _, at, p in self._merged(key):
            first = heads[p.opened.unit].first_received_at if p.opened.unit in heads else at
            heads[p.opened.unit] = Head(
                p.opened.unit, p.opened.digest, p.opened.revision, first, at, p.cells, p.news_listed
            )
        return tuple(heads.values())

    def totals(self, key):
        for head in self.heads(key):
            total = total_of(amounts_of(head.cells))
            if total is not None:
                yield head.unit, head.digest, total, lambda cells=head.cells: cells

    def keys(self):
        keys = {p.opened.key for _, _, p in self._state.received if p.arrival in MERGED}
        return tuple(sorted(keys, key=lambda key: (key.period, *key)))

    def known(self):
        return tuple(
            Known(o.digest, o.unit, o.unit_name, o.key, o.revision, at, p.arrival)
            for _, at, p in self._state.received
            for o in [p.opened]
        )

    def raw(self, digest):
        return next((p.opened.raw for _, _, p in self._state.received if p.opened.digest == digest), None)

    def undo(self, batch):
        left = [row for row in self._state.received if row[0] != batch]
        undone = len(self._state.received) - len(left)
        bundles = [row for row in self._state.bundles if row[0] != batch]
        undone += sum(row[0] == batch for row in self._state.on_behalf)
        if not undone and len(bundles) == len(self._state.bundles):
            raise StorageError("BATCH_UNKNOWN", "Không có đợt nhận này.", batch)
        taken = {p.opened.digest for one, _, p in self._state.received if one == batch and p.arrival in MERGED}
        for _, _, p in left:
            if p.arrival in MERGED and p.opened.supersedes in taken:
                raise StorageError("BATCH_BUILT_ON", f"{p.opened.unit_name} đã gửi bản thay thế trong đợt sau.", batch)
        self._state.received, self._state.bundles = left, bundles
        _OnBehalf(self._state).undo(batch)
        return undone

    def batches(self):
        rows = [(batch, at) for batch, at, _ in self._state.received]
        rows += [(batch, one.entry.at) for batch, one in self._state.on_behalf]
        ids: dict[str, Any] = {}
        for batch, at in rows:
            ids.setdefault(batch, at)
        in_order = sorted(ids.items(), key=lambda row: row[1])
        return tuple((batch, at, sum(row[0] == batch for row in rows)) for batch, at in in_order)


def _kept(package) -> Kept:
    opened = package.opened
    place = (opened.digest, opened.unit, opened.key, opened.revision, opened.supersedes)
    return Kept(*place, package.arrival, package.code)


class _Register:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def find(self, keyid):
        return self._state.register.get(keyid)

    def add(self, key) -> None:
        _once(key.keyid in self._state.register, "enrolled_key")
        self._state.register[key.keyid] = key

    def revoke(self, keyid, at) -> None:
        known = self._state.register.get(keyid)
        if known is not None and known.revoked_at is None:
            self._state.register[keyid] = replace(known, revoked_at=at)

    def all(self):
        return tuple(sorted(self._state.register.values(), key=lambda key: (key.enrolled_at.isoformat(), key.keyid)))


class _Units:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def all(self):
        return tuple(unit for _, unit in sorted(self._state.units.items()))

    def put(self, unit) -> None:
        self._state.units[unit.key] = unit


class _Publications:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def add(self, made) -> None:
        self._state.publications[made.issue.id] = made

    def all(self):
        return tuple(made.issue for made in reversed(self._state.publications.values()))

    def get(self, id):
        return self._state.publications.get(id)

    def fill(self, id, fields, reason, at, person) -> None:
        made = self._state.publications[id]
        days = {name: date.fromisoformat(text) for name, text in fields.items() if name == "issued"}
        filled = replace(made.issue.filled, **dict(fields) | days)
        self._state.publications[id] = replace(made, issue=replace(made.issue, filled=filled))


class _Journal:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def append(self, kind, detail) -> None:
        self._state.journal.append((kind, dict(detail)))

    def head(self):
        lines = self._state.journal
        return hashlib.sha256(repr(lines).encode()).hexdigest() if lines else "00" * 32, len(lines)


class FakeWork:
    def __init__(self, state: FakeState) -> None:
        self.office, self.reports, self.news = _Office(state), _Reports(state), _News(state)
        self.sent, self.received, self.register = _Sent(state), _Received(state), _Register(state)
        self.units, self.journal = _Units(state), _Journal(state)
        self.publications, self.bundles, self.on_behalf = _Publications(state), _Bundles(state), _OnBehalf(state)
        self.pending, self.packs = _Pending(state), _Packs(state)

    def read_ahead(self, programme="") -> None:
        """All is in memory."""
