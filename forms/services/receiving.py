"""Receiving packages from below: preview writes nothing, a batch is one transaction, the same stick twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from forms.catalogue import Catalogue
from forms.cell import Cell
from forms.count import Role
from forms.doubts import doubt
from forms.errors import AppError, PackageRefused
from forms.exchange import (
    MERGED,
    Arrival,
    Batch,
    BatchLine,
    Decision,
    Link,
    Opened,
    Received,
    ReportKey,
    decide,
)
from forms.office import EnrolledKey, Office
from forms.org_unit import COMMUNE_KINDS, OrgUnit, UnitKey
from forms.org_units import OrgUnits
from forms.periods import Period
from forms.ports import BeginWork, Clock, Codec, NewId, Register, Work
from forms.post import Post, form_at, unit_post
from forms.report import Change, Report
from forms.spec import Form

Progress = Callable[[int, int], None]  # (done, total); may raise Cancelled
WAITING = "gói đang giữ trong sổ"  # stands for the path of a package that was parked before


def unwatched(_done: int, _total: int) -> None:
    """The progress of an act that nobody watches."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file as it was read: its bytes, or why it could not be read."""

    path: str
    data: bytes = field(default=b"", repr=False)
    problem: AppError | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file on its way through the rules. Thousands wait for the last, so only what is stored is kept of each.

    `decision`: what its content alone decided; None leaves it to the lineage.
    """

    path: str
    opened: Opened | None = None
    decision: Decision | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    news_listed: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.decision is not None and self.decision.arrival is Arrival.REFUSED


class Receiving:
    """What an office above does with a stick full of packages."""

    def __init__(
        self, begin: BeginWork, catalogue: Catalogue, units: OrgUnits, codec: Codec, clock: Clock, new_id: NewId
    ) -> None:
        self._begin, self._catalogue, self._units = begin, catalogue, units
        self._codec, self._clock, self._new_id = codec, clock, new_id

    def preview(self, files: Sequence[Incoming], progress: Progress = unwatched) -> Batch:
        """What receiving would do. Writes nothing."""
        with self._begin() as work:
            _, lines = self._decided(work, files, progress)
        return Batch(None, lines)

    def receive(self, files: Sequence[Incoming], person: str, progress: Progress = unwatched) -> Batch:
        """All files in one transaction. `id` stays None when nothing was there to be stored."""
        with self._begin() as work:
            kept, lines = self._decided(work, files, progress)
            if not kept:
                return Batch(None, lines)
            batch = self._new_id()
            work.received.add(batch, self._clock(), person, kept)
            merged = sum(package.arrival in MERGED for package in kept)
            work.journal.append(
                "receive", {"batch": batch, "files": len(files), "merged": merged, "kept": len(kept) - merged}
            )
        return Batch(batch, lines)

    def undo(self, batch: str) -> int:
        """Takes a whole batch back; the files can be received again. Returns how many packages."""
        with self._begin() as work:
            undone = work.received.undo(batch)
            work.journal.append("undo", {"batch": batch, "packages": undone})
        return undone

    def batches(self) -> tuple[tuple[str, datetime, int], ...]:
        """What was received: (batch, when, how many packages), the latest first."""
        with self._begin() as work:
            return work.received.batches()[::-1]

    def _decided(
        self, work: Work, files: Sequence[Incoming], progress: Progress
    ) -> tuple[list[Received], tuple[BatchLine, ...]]:
        office, register = work.office.get(), _Remembered(work.register)
        units = self._units.with_units(work.units.all())
        candidates = []
        for done, file in enumerate(files):
            progress(done, len(files))
            candidates.append(self._verified(file, office, register, units))
        progress(len(files), len(files))
        waiting = [Incoming(WAITING, raw) for raw in work.received.waiting()]
        return _Lineage(work).decided(candidates, [self._verified(file, office, register, units) for file in waiting])

    def _verified(self, file: Incoming, office: Office, register: Register, units: OrgUnits) -> _Candidate:
        try:
            if file.problem:
                raise file.problem
            opened = self._codec.read(file.data, register)
            _must_be_for(opened, office, units)
        except AppError as error:
            known = self._codec.read(file.data, None) if error.code == "KEY_REVOKED" else None
            return _Candidate(file.path, known, Decision(Arrival.REFUSED, error.code, error.message))
        return self._understood(file.path, opened, units)

    def _understood(self, path: str, opened: Opened, units: OrgUnits) -> _Candidate:
        form = self._catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
        if form is None:
            return _Candidate(
                path,
                opened,
                decision=Decision(
                    Arrival.PARKED,
                    "PROGRAMME_UNKNOWN",
                    f"Gói lập theo chương trình {opened.key.programme} phiên bản "
                    f"{opened.programme_version} mà máy này chưa có. Gói được giữ lại, xét lại ở lần nhận sau khi cập nhật phần mềm.",
                ),
            )
        try:
            if (form.programme_sha256, form.version) != (opened.programme_sha256, opened.form_version):
                raise PackageRefused(
                    "PROGRAMME_DIFFERS",
                    "Gói lập theo một bản chương trình khác với bản đã phát hành. "
                    "Đơn vị gửi cần cài lại phần mềm đúng bản rồi niêm phong lại.",
                )
            report = self._report(opened, form, units.by_key(opened.unit))
            slim, listed = replace(opened, payload={}), bool(report.news)
            return _Candidate(path, slim, doubt(report), report.cells, listed, report.changes)
        except AppError as error:
            return _Candidate(path, opened, decision=Decision(Arrival.REFUSED, error.code, error.message))

    def _report(self, opened: Opened, form: Form, unit: OrgUnit) -> Report:
        """The report under the form as its sender sees it; who that is in the programme, our catalogue says."""
        programme = self._catalogue.programme(opened.key.programme, opened.programme_version)
        post = unit_post(programme, unit.full_name, unit.kind)
        if opened.payload.get("role") == Role.SUMMING and unit.kind not in COMMUNE_KINDS:
            post = Post(Role.SUMMING)  # a grouping that sends its own part upwards
        report = self._codec.report(opened, form_at(form, post))
        if report.role is not post.role:
            raise PackageRefused(
                "ROLE_OTHER",
                f"{opened.unit_name} gửi với vai trò khác vai trò của đơn vị trong chương trình. Hỏi lại đơn vị gửi.",
                opened.unit.code,
            )
        return report


class _Remembered:
    """A register that looks each key up once a batch."""

    def __init__(self, register: Register) -> None:
        self._keys = register
        self._seen: dict[str, EnrolledKey | None] = {}

    def find(self, keyid: str) -> EnrolledKey | None:
        if keyid not in self._seen:
            self._seen[keyid] = self._keys.find(keyid)
        return self._seen[keyid]


class _Lineage:
    """Decides candidates against the chains of the ledger, growing them as it goes, so that a stick that holds both
    a report and its correction gives the same result in any order of files."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._chains: dict[ReportKey, dict[UnitKey, list[Link]]] = {}

    def decided(
        self, candidates: Sequence[_Candidate], waiting: Sequence[_Candidate]
    ) -> tuple[list[Received], tuple[BatchLine, ...]]:
        """What is stored, and a line for each candidate. `waiting` are packages parked before: one that may be accepted
        now, because its predecessor or its programme has come, is stored and told after the others."""
        packages = [candidate for candidate in (*candidates, *waiting) if candidate.opened and not candidate.is_refused]
        named = {digest for c in packages if c.opened for digest in (c.opened.digest, c.opened.supersedes) if digest}
        stored = dict(self._work.received.kept(named))
        decisions: dict[int, Decision] = {}
        kept: list[Received] = []
        for candidate in sorted(packages, key=_order):
            assert candidate.opened is not None
            decision = self._one(candidate, candidate.opened, stored)
            decisions[id(candidate)] = decision
            if decision.arrival is not Arrival.SAME:
                kept.append(_received(candidate, candidate.opened, decision))
                stored[candidate.opened.digest] = decision.arrival
        lines = [_line(candidate, decisions.get(id(candidate)) or self._refused(candidate)) for candidate in candidates]
        freed = [candidate for candidate in waiting if id(candidate) in decisions]
        lines += [_line(c, decisions[id(c)]) for c in freed if decisions[id(c)].arrival is not Arrival.SAME]
        return kept, tuple(lines)

    def _refused(self, candidate: _Candidate) -> Decision | None:
        """What was accepted before its key was revoked stays accepted."""
        opened = candidate.opened
        if opened and any(link.digest == opened.digest for link in self._chain(opened)):
            return decide(opened, self._chain(opened))
        return candidate.decision

    def _one(self, candidate: _Candidate, opened: Opened, stored: dict[str, Arrival]) -> Decision:
        chain = self._chain(opened)
        held = stored.get(opened.supersedes or "") is Arrival.QUARANTINED
        settled = decide(opened, chain, follows_held=held)
        decision = candidate.decision or settled
        if settled.arrival is Arrival.SAME:
            return settled
        if stored.get(opened.digest) is decision.arrival:
            return Decision(Arrival.SAME, "SAME", "Gói này đã nhận trước đây và vẫn đang giữ lại; không thay đổi gì.")
        if decision.arrival in MERGED:
            chain.append(Link(opened.digest, opened.revision))
        return decision

    def _chain(self, opened: Opened) -> list[Link]:
        if opened.key not in self._chains:
            found = self._work.received.chains(opened.key)
            self._chains[opened.key] = {unit: list(links) for unit, links in found.items()}
        return self._chains[opened.key].setdefault(opened.unit, [])


def _order(candidate: _Candidate) -> tuple[object, ...]:
    opened = candidate.opened
    assert opened is not None
    return (opened.unit, opened.key, opened.revision, opened.digest)


def _must_be_for(opened: Opened, office: Office, units: OrgUnits) -> None:
    if opened.practice != office.practice:
        here, there = ("sổ thật", "BẢN THỬ") if opened.practice else ("sổ dùng thử", "bản thật")
        raise PackageRefused(
            "PRACTICE", f"Gói là {there} nhưng đây là {here}. Không trộn số liệu thử với số liệu thật."
        )
    day = Period.parse(opened.key.period, opened.key.basis).last
    if not units.is_below(opened.unit, office.unit.code, day):
        raise PackageRefused(
            "UNIT_NOT_BELOW",
            f"{opened.unit_name} ({opened.unit.code}) không thuộc {office.name} vào ngày "
            f"{day:%d/%m/%Y}. Chuyển gói cho đúng nơi nhận.",
            opened.unit.code,
        )


def _received(candidate: _Candidate, opened: Opened, decision: Decision) -> Received:
    return Received(opened, decision.arrival, decision.code, candidate.cells, candidate.news_listed)


def _line(candidate: _Candidate, decision: Decision | None) -> BatchLine:
    assert decision is not None
    opened = candidate.opened
    if opened is None:
        return BatchLine(candidate.path, decision.arrival, decision.code, decision.message)
    return BatchLine(
        candidate.path,
        decision.arrival,
        decision.code,
        decision.message,
        opened.unit.code,
        opened.unit_name,
        opened.key.period,
        opened.revision,
        opened.digest,
        candidate.changes,
        opened.key,
    )


def incoming(files: Iterable[tuple[str, bytes]]) -> tuple[Incoming, ...]:
    """Files whose bytes are at hand."""
    return tuple(Incoming(path, data) for path, data in files)
