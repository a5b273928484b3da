"""Receiving packages from below: preview writes nothing, a batch is one transaction, the same stick twice changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from forms.checks.quarantine_rules import doubt, untimely
from forms.errors import AppError, PackageRefused, unforeseen
from forms.exchange.brought_files import Incoming
from forms.exchange.bundle import OpenedBundle
from forms.exchange.on_behalf import KeptEntry, differing, entered_words
from forms.exchange.statements import MERGED, Arrival, Batch, BatchLine, Decision, OpenedPackage, Received
from forms.model.count import Role
from forms.model.form import Form
from forms.model.office import Office
from forms.model.org_unit import COMMUNE_KINDS, OrgUnit, UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.org_units.catalogue import OrgUnits, name_of
from forms.ports import BeginWork, Clock, Codec, NewId, Register, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme import Programme
from forms.programmes.programme_role import ProgrammeRole, form_at, is_asked, reports_itself, unit_post
from forms.services.bundles import Unpacked, Unpacking, out_of_place
from forms.services.enrolment import keys_of
from forms.services.on_behalf import Answers, OnBehalf, ReturnedWorkbook, last_entries
from forms.services.repeated_reports import CopiesTold
from forms.services.revision_chain import Candidate, Lineage

Progress = Callable[[int, int], None]  # (done, total); may raise Cancelled
_log = logging.getLogger(__name__)
_NO_ANSWERS = Answers()
WAITING = "gói đang giữ trong sổ"  # stands for the path of a package that was parked before


def unwatched(_done: int, _total: int) -> None:
    """The progress of an act that nobody watches."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """What a batch brings: packages and bundles to be stored (each with the digests of what lay in it), and what is told."""

    kept: Sequence[Received]
    bundles: Sequence[tuple[OpenedBundle, Sequence[str]]]
    lines: tuple[BatchLine, ...]
    entries: Sequence[KeptEntry] = ()


class Receiving:
    """What an office above does with a stick full of packages."""

    def __init__(
        self,
        begin: BeginWork,
        catalogue: Catalogue,
        units: OrgUnits,
        codec: Codec,
        clock: Clock,
        new_id: NewId,
        on_behalf: OnBehalf | None = None,
    ) -> None:
        self._begin, self._catalogue, self._units, self._on_behalf = begin, catalogue, units, on_behalf
        self._codec, self._clock, self._new_id = codec, clock, new_id

    def preview(
        self, files: Sequence[Incoming], progress: Progress = unwatched, answers: Answers = _NO_ANSWERS
    ) -> Batch:
        """What receiving would do. Writes nothing."""
        books, packages = self._apart(files, progress)
        with self._begin() as work:
            return Batch(None, self._decided(work, packages, progress, books, "", answers).lines)

    def receive(
        self, files: Sequence[Incoming], person: str, progress: Progress = unwatched, answers: Answers = _NO_ANSWERS
    ) -> Batch:
        """All files in one transaction. `id` stays None when nothing was there to be stored."""
        books, packages = self._apart(files, progress)
        with self._begin() as work:
            found = self._decided(work, packages, progress, books, person, answers)
            if not found.kept and not found.bundles and not found.entries:
                return Batch(None, found.lines)
            batch, at = self._new_id(), self._clock()
            work.received.add(batch, at, person, found.kept)
            for bundle, originals in found.bundles:
                work.bundles.add(batch, at, bundle, originals)
            merged = sum(package.arrival in MERGED for package in found.kept)
            detail: dict[str, str | int | None] = {
                "batch": batch,
                "files": len(files),
                "merged": merged,
                "kept": len(found.kept) - merged,
            }
            if found.entries:
                work.on_behalf.add(batch, found.entries)
                detail["on_behalf"] = len(found.entries)
            work.journal.append("receive", detail)
        return Batch(batch, found.lines)

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

    def _apart(
        self, files: Sequence[Incoming], progress: Progress
    ) -> tuple[Sequence[ReturnedWorkbook], Sequence[Incoming]]:
        """Workbooks are read before the ledger is: that takes a process for each."""
        return self._on_behalf.returned(files, progress) if self._on_behalf else ((), files)

    def _decided(
        self,
        work: Work,
        files: Sequence[Incoming],
        progress: Progress,
        books: Sequence[ReturnedWorkbook],
        person: str,
        answers: Answers,
    ) -> _Decided:
        # Read before any file is looked at: from here on a fault can only be a file's, or our reader's, never the ledger's.
        office, register = work.office.get(), keys_of(work.register.all())
        units = self._units.with_units(work.units.all())
        unpacking = Unpacking(work, office, register, units, self._codec)
        found = [one for file in files for one in unpacking.unpacked(file)]
        known = self._known(work, [one.file for one in found])
        candidates = []
        for done, one in enumerate(found):
            progress(done, len(found))
            same = known.get(one.file.data)
            candidates.append(Candidate(one.file.path, same) if same else self._verified(one, office, units))
        progress(len(found), len(found))
        waiting = [Unpacked(Incoming(WAITING, raw), unpacking.register) for raw in work.received.waiting()]
        kept, lines = Lineage(work).decided(candidates, [self._verified(one, office, units) for one in waiting])
        copies = CopiesTold(work, self._codec, partial(_named, units), partial(self._reread, units=units))
        inside: dict[str, list[str]] = {}
        for one, candidate in zip(found, candidates, strict=True):
            if one.via and candidate.opened and not candidate.is_refused:
                inside.setdefault(one.via, []).append(candidate.opened.digest)
        bundles = [(bundle, inside.get(bundle.digest, [])) for bundle in unpacking.bundles]
        vouched = {one.path: by for one in candidates if one.opened and (by := unpacking.voucher(one.opened))}
        judged = (replace(line, vouched_by=vouched.get(line.path, "")) for line in copies.told(kept, lines))
        told = (*unpacking.lines, *_taking_place(work, kept, judged))
        arriving = {(one.opened.unit, one.opened.key) for one in kept if one.arrival in MERGED}
        if self._on_behalf is None or not (books or unpacking.entered):
            return _Decided(kept, bundles, told)
        more, entries = self._on_behalf.decided(work, books, unpacking.entered, arriving, person, answers)
        return _Decided(kept, bundles, (*told, *more), entries)

    def _reread(self, raw: bytes, units: OrgUnits) -> Report | None:
        """The whole report of a package that was accepted before; None where that is not understood any more."""
        with suppress(AppError):
            opened = self._codec.read(raw, None)
            programme = self._catalogue.programme(opened.key.programme, opened.programme_version)
            form = programme.form(opened.key.form)
            if form is not None:
                return self._report(opened, form, _post(programme, form, opened, units.by_key(opened.unit)))
        return None

    def _known(self, work: Work, files: Sequence[Incoming]) -> dict[bytes, OpenedPackage]:
        """Those that are to the byte what was accepted before: they were verified then, and stay accepted. The same stick
        comes again and again."""
        claimed = {digest: file.data for file in files if (digest := self._codec.claimed_digest(file.data))}
        return {claimed[digest]: opened for digest, opened in work.received.accepted(claimed).items()}

    def _verified(self, one: Unpacked, office: Office, units: OrgUnits) -> Candidate:
        """One file, one line: whatever it holds, its neighbours are received as if it were not there."""
        try:
            return self._judged(one, office, units)
        except Exception as bug:  # noqa: BLE001 - a file may not end the batch, whatever it does to the reader
            _log.debug("bug", exc_info=bug)
            fault = unforeseen(bug)
            return Candidate(one.file.path, decision=Decision(Arrival.REFUSED, fault.code, fault.message))

    def _judged(self, one: Unpacked, office: Office, units: OrgUnits) -> Candidate:
        file, register = one.file, one.register
        try:
            if file.problem:
                raise file.problem
            opened = _called(self._codec.read(file.data, register), units)
            _must_be_for(opened, office, units)
            if stray := out_of_place(one, opened.unit, opened.key, units):
                raise stray
        except AppError as error:
            known = self._once_trusted(file.data, register, units) if error.code == "KEY_REVOKED" else None
            return Candidate(file.path, known, Decision(Arrival.REFUSED, error.code, error.message))
        return self._understood(file.path, opened, units)

    def _once_trusted(self, data: bytes, register: Register, units: OrgUnits) -> OpenedPackage | None:
        """A sound package of a unit under keys of its own that were revoked since: it may have been accepted before. None
        for anything else that names such a key, which everybody can."""
        try:
            opened = self._codec.read(data, None)
        except AppError:
            return None
        keys = [register.get(seal.keyid) for seal in opened.seals]
        return _called(opened, units) if all(key and key.unit == opened.unit for key in keys) else None

    def _understood(self, path: str, opened: OpenedPackage, units: OrgUnits) -> Candidate:
        form = self._catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
        if form is None:
            return Candidate(
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
            unit = units.by_key(opened.unit)
            programme = self._catalogue.programme(opened.key.programme, opened.programme_version)
            post = _post(programme, form, opened, unit)
            report = self._report(opened, form, post)
            slim, listed = replace(opened, payload={}), bool(report.news)
            odd = untimely(report.period, programme, self._clock().date())
            decision = self._unasked(opened, unit) or doubt(report, None if opened.practice else odd)
            warnings = (odd,) if odd and opened.practice else ()
            return Candidate(path, slim, decision, report.cells, listed, report.changes, warnings)
        except AppError as error:
            return Candidate(path, opened, decision=Decision(Arrival.REFUSED, error.code, error.message))

    def _unasked(self, opened: OpenedPackage, unit: OrgUnit) -> Decision | None:
        """Nothing that this unit says of this form is ever added up: better a question than a figure that nobody sees. Asked
        of the newest version, as the sum is: older ones do not know from when to when a unit reports."""
        programme, period = self._catalogue.programme(opened.key.programme), _period(opened)
        form = programme.form(opened.key.form)
        if form is None:
            return None
        post = _post(programme, form, opened, unit)
        if post.role is Role.SUMMING and not (form.cells_for(Role.SUMMING) or form.tasks):
            why = f"{unit.full_name} tổng hợp cấp dưới, và biểu {form.number} không hỏi số liệu riêng của nơi tổng hợp."
            ask = "Đề nghị đơn vị gửi gói chuyển, có kèm gói của từng đơn vị cấp dưới."
            return Decision(Arrival.QUARANTINED, "BUNDLE_WANTED", f"{why} {ask}")
        if post.role is Role.SUMMING or is_asked(programme, form, post, unit.kind, period.last):
            return None
        why = f"Chương trình không giao biểu {form.number} cho {unit.full_name} vào ngày {period.last:%d/%m/%Y}."
        if post.role is Role.AGENCY and not post.agencies:
            why += " Tên này không trùng cơ quan nào mà kế hoạch nêu; đúng là một cơ quan đó thì sửa tên đơn vị theo kế hoạch."
        return Decision(Arrival.QUARANTINED, "UNIT_NOT_ASKED", f"{why} Chưa cộng vào tổng; hỏi lại đơn vị gửi.")

    def _report(self, opened: OpenedPackage, form: Form, post: ProgrammeRole) -> Report:
        """The report under the form as its sender sees it."""
        report = self._codec.report(opened, form_at(form, post))
        if report.role is not post.role:
            raise PackageRefused(
                "ROLE_OTHER",
                f"{opened.unit_name} gửi với vai trò khác vai trò của đơn vị trong chương trình. Hỏi lại đơn vị gửi.",
                opened.unit.code,
            )
        return report


def _taking_place(work: Work, kept: Sequence[Received], lines: Iterable[BatchLine]) -> Iterator[BatchLine]:
    """A first package of a unit for which something was entered: what differs is shown, and whose place it takes."""
    fresh = {one.opened.digest: one for one in kept if one.arrival is Arrival.NEW}
    before = {key: last_entries(work, key) for key in {one.opened.key for one in fresh.values()}}
    for line in lines:
        one = fresh.get(line.digest) if line.arrival is Arrival.NEW else None
        last = before[one.opened.key].get(one.opened.unit) if one else None
        if one is None or last is None:
            yield line
            continue
        changes = differing(last.cells, one.cells, "bản nhập thay")
        said = f"khác {len(changes)} ô" if changes else "số liệu như nhau"
        message = f"{line.message} Thay bản nhập thay ({entered_words(last.entry)}): {said}."
        yield replace(line, message=message, changes=changes)


def _post(programme: Programme, form: Form, opened: OpenedPackage, unit: OrgUnit) -> ProgrammeRole:
    """Who the sender is in the programme: our catalogue of units says that, not the package."""
    on, is_above = _period(opened).last, unit.kind not in (*COMMUNE_KINDS, "agency")
    if opened.payload.get("role") == Role.SUMMING and is_above and not reports_itself(programme, form, unit.kind, on):
        return ProgrammeRole(Role.SUMMING)  # a grouping that sends its own part upwards
    return unit_post(programme, unit.full_name, unit.kind, on)


def _period(opened: OpenedPackage) -> Period:
    return Period.parse(opened.key.period, opened.key.basis)


def _called(opened: OpenedPackage, units: OrgUnits) -> OpenedPackage:
    """With the unit's name as the catalogue has it, whatever the sender calls it."""
    return replace(opened, unit_name=name_of(units, opened.unit))


def _must_be_for(opened: OpenedPackage, office: Office, units: OrgUnits) -> None:
    if opened.practice != office.practice:
        here, there = ("sổ thật", "BẢN THỬ") if opened.practice else ("sổ dùng thử", "bản thật")
        raise PackageRefused(
            "PRACTICE", f"Gói là {there} nhưng đây là {here}. Không trộn số liệu thử với số liệu thật."
        )
    day = _period(opened).last
    if not units.is_below(opened.unit, office.territory, day):
        raise PackageRefused(
            "UNIT_NOT_BELOW",
            f"{opened.unit_name or 'Đơn vị'} ({opened.unit.code}) không thuộc {office.name} vào ngày "
            f"{day:%d/%m/%Y}. Chuyển gói cho đúng nơi nhận.",
            opened.unit.code,
        )


def _named(units: OrgUnits, key: UnitKey) -> str:
    return f"{name_of(units, key)} ({key.code})"
