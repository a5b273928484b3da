"""Reports entered for units below (nhập thay): fill-in workbooks go out, come back in a folder and are received like packages;
a sheet of paper is typed in the same grid, with its scan.

Rules. An entry counts for a unit that has sealed nothing; the first sealed package of the unit takes its place and the entry
stays in history. Another entry for the unit is a question until a person says --replace; the same file, or another one that
says the same, changes nothing. What is doubtful as a whole is kept aside like a package; what is wrong in a cell is told with
its place and nothing of that file is taken.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from forms.checks.all_checks import errors
from forms.checks.quarantine_rules import doubt, untimely
from forms.errors import AppError, Cancelled, InputRefused, PackageRefused, unforeseen
from forms.exchange.brought_files import Incoming
from forms.exchange.bundle import OpenedBundle
from forms.exchange.on_behalf import (
    MAX_FILE,
    BehalfEntry,
    EntryFile,
    EntrySource,
    KeptEntry,
    as_package,
    decide_entry,
    entry_digest,
)
from forms.exchange.statements import Arrival, BatchLine, CellFault, Decision, ReportKey, Warned
from forms.model.news_item import EVIDENCE_STARTS
from forms.model.office import Office
from forms.model.org_unit import NamedUnit, OrgUnit, UnitKey
from forms.model.period import Basis, Period
from forms.model.report import Change, Report
from forms.model.text import fold, nfc, quoted
from forms.org_units.catalogue import OrgUnits
from forms.ports import BeginWork, Clock, Codec, Formats, NewId, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme_role import ProgrammeRole, form_at, is_asked
from forms.programmes.reporting_lines import post_below
from forms.services.drafts import current, key_of
from forms.services.import_report import filled_in, ready
from forms.services.summary import Summaries
from forms.services.unit_draft import AskedUnit, UnitDraft, UnitWork
from forms.workbooks import legacy_text
from forms.workbooks.import_result import Reading
from forms.workbooks.legacy_text import ENCODING_TITLES
from forms.workbooks.sheets import Sheets

Place = tuple[UnitKey, ReportKey]
_AT_ONCE = 2  # processes that read workbooks
_LONGEST = 200  # letters of a file's name that are kept


@dataclass(frozen=True, slots=True)
class ReturnedWorkbook:
    """A workbook that was brought: its cells, or why it could not be read."""

    file: Incoming
    sha256: str
    sheets: Sheets | None = None
    problem: AppError | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says of a batch. `replace`: another entry for a unit takes the place of the one before; `convert`: old
    text is converted as proposed."""

    replace: bool = False
    convert: bool = False


@dataclass(frozen=True, slots=True)
class _Judged:
    """A file or a part of a bundle on its way. `kept` is None where its `line` says all there is to be said of it."""

    line: BatchLine
    kept: KeptEntry | None = None

    @property
    def place(self) -> Place:
        assert self.kept is not None
        return self.kept.entry.unit.unit, self.kept.entry.key


def template_name(unit: OrgUnit, period: Period, programme: str) -> str:
    """Code first, then the name in plain letters: mail programs spoil others."""
    plain = "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in fold(unit.full_name)).split())
    return f"{unit.code}_{plain}_{period.label}_{programme}.xlsx"


class OnBehalf:
    """Over an open ledger."""

    def __init__(
        self,
        begin: BeginWork,
        catalogue: Catalogue,
        units: OrgUnits,
        summaries: Summaries,
        codec: Codec,
        formats: Formats,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._begin, self._catalogue, self._units, self._summaries = begin, catalogue, units, summaries
        self._codec, self._formats, self._clock, self._new_id = codec, formats, clock, new_id
        self._last_read: dict[str, ReturnedWorkbook] = {}

    def templates(self, programme: str, period: Period, codes: Sequence[str] = ()) -> tuple[tuple[OrgUnit, bytes], ...]:
        """The fill-in workbook of each of these units, or of all that have not sent. Raises InputRefused UNIT_NOT_BELOW."""
        status = self._summaries.status(programme, period)
        by_code = {unit.code: unit for unit in status.expected}
        if strange := [code for code in codes if code not in by_code]:
            raise _not_below(strange[0], status.office, period)
        pack, to = self._catalogue.programme(programme), status.office.name
        made = []
        for unit in [by_code[code] for code in codes] or status.missing:
            asked = self._asked(
                self._known_units(), status.office, programme, pack.version, status.form.id, unit, period
            )
            assert asked is not None  # the status expects it
            due = status.agency_due if unit.key in status.agencies else status.due
            made.append((unit, self._formats.template(asked.blank, pack, asked.office, due, to)))
        return tuple(made)

    def draft(self, programme: str, period: Period, code: str) -> UnitDraft:
        """What is typed for a unit from its paper. Raises InputRefused UNIT_NOT_BELOW, UNIT_UNKNOWN."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            office, units = work.office.get(), self._units.with_units(work.units.all())
            unit = units.get(code, period.last)
            below = office.collates and units.is_below(unit.key, office.territory, period.last)
            asked = below and self._asked(
                units, office, programme, form.programme_version, form.id, unit, period
            )  # fmt: skip
        if not asked:
            raise _not_below(code, office, period)
        return UnitDraft(self._begin, self._catalogue, self._codec, asked)

    def history(self, programme: str, period: Period, code: str) -> tuple[KeptEntry, ...]:
        """Every entry for a unit, the oldest first; also those whose place a sealed package has taken."""
        key = key_of(self._catalogue.form_for(programme, period), period)
        with self._begin() as work:
            return tuple(one for one in work.on_behalf.of(key) if one.entry.unit.unit.code == code)

    def source(self, digest: str) -> tuple[str, bytes] | None:
        """The workbook or scan that an entry came from: its name and its bytes."""
        with self._begin() as work:
            found = work.on_behalf.get(digest)
        return (found.entry.file.name, found.raw) if found and found.raw is not None else None

    def enter(self, draft: UnitDraft, scan: Incoming, person: str, *, replacing: bool = False) -> BatchLine:
        """What was typed becomes the unit's report, with its scan. Raises InputRefused EVIDENCE_KIND, EVIDENCE_TOO_BIG,
        ON_BEHALF_…, and what keeps a package aside."""
        _must_be_scan(scan)
        with self._begin() as work:
            typed = UnitWork(work, draft.read(work), draft.asked)
            report = current(typed, self._catalogue, draft.asked.key.programme, draft.asked.period)
            if typed.draft is None:
                raise InputRefused("BLANK", "Chưa nhập số liệu nào cho đơn vị này. Nhập số liệu rồi cất lại.")
            entry = self._entry(work, draft.asked, report, EntrySource.PAPER, scan, person)
            decision = self._doubt(report)
            if decision:
                raise InputRefused(decision.code, decision.message.partition(" Chưa cộng")[0], draft.asked.unit.code)
            kept = _kept(entry, report, scan.data)
            judged = _Judged(_line(scan.path, kept), kept)
            (line,), taken = self._settled(work, [judged], self._sealed(work, [judged], set()), Answers(replacing))
            if line.arrival is Arrival.CONFLICT:
                raise InputRefused(line.code, line.message, draft.asked.unit.code)
            if taken:
                batch = self._new_id()
                work.received.add(batch, entry.at, person, ())
                work.on_behalf.add(batch, taken)
                work.journal.append(
                    "on_behalf", {"unit": entry.unit.unit.code, "report": "/".join(entry.key), "digest": entry.digest}
                )
            work.on_behalf.drop_draft(draft.asked.unit.key, draft.asked.key)
        return line

    def returned(
        self, files: Sequence[Incoming], progress: Callable[[int, int], None]
    ) -> tuple[list[ReturnedWorkbook], list[Incoming]]:
        """The workbooks among the files, each read apart, and the other files. Those that came before are not read again."""
        books = [one for one in files if not one.problem and self._formats.is_workbook(one.path, one.data)]
        digests = {id(one): hashlib.sha256(one.data).hexdigest() for one in books}
        with self._begin() as work:
            known = work.on_behalf.files(digests.values())
        fresh = {digests[id(one)]: one for one in reversed(books) if digests[id(one)] not in known}
        read = {digest: one for digest, one in self._last_read.items() if digest in fresh}  # the preview has read them
        left = [digest for digest in fresh if digest not in read]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for done, one in enumerate(pool.map(lambda digest: self._opened(fresh[digest], digest), left)):
                    progress(done, len(left))
                    read[one.sha256] = one
            except Cancelled:
                pool.shutdown(cancel_futures=True)
                raise
        self._last_read = read
        found = [
            replace(read.get(digests[id(one)], ReturnedWorkbook(one, digests[id(one)])), file=one) for one in books
        ]
        mine = {id(one) for one in books}
        return found, [one for one in files if id(one) not in mine]

    def decided(
        self,
        work: Work,
        books: Sequence[ReturnedWorkbook],
        bundled: Sequence[tuple[str, OpenedBundle, BehalfEntry]],
        arriving: AbstractSet[Place],
        person: str,
        answers: Answers,
    ) -> tuple[tuple[BatchLine, ...], list[KeptEntry]]:
        """A line for each, and what is stored. `arriving`: the reports of which this very batch brings a sealed package."""
        office, units = work.office.get(), self._units.with_units(work.units.all())
        known = work.on_behalf.files([one.sha256 for one in books])
        judged = [self._looked(work, one, known.get(one.sha256), office, units, person, answers) for one in books]
        judged += [self._bundled(path, bundle, entry, office, units) for path, bundle, entry in bundled]
        return self._settled(work, judged, self._sealed(work, judged, arriving), answers)

    def _known_units(self) -> OrgUnits:
        with self._begin() as work:
            return self._units.with_units(work.units.all())

    def _opened(self, file: Incoming, digest: str) -> ReturnedWorkbook:
        try:
            if len(file.data) > MAX_FILE:
                raise InputRefused(
                    "WORKBOOK_TOO_BIG", f"Tệp lớn hơn {MAX_FILE >> 20} MiB. Xuất phiếu mới rồi điền lại."
                )
            return ReturnedWorkbook(file, digest, self._formats.read_workbook(file.data))
        except InputRefused as error:
            return ReturnedWorkbook(file, digest, problem=error)

    def _looked(
        self,
        work: Work,
        book: ReturnedWorkbook,
        known: KeptEntry | None,
        office: Office,
        units: OrgUnits,
        person: str,
        answers: Answers,
    ) -> _Judged:
        """One file, one line: whatever it holds, its neighbours are received as if it were not there."""
        path = book.file.path
        if known:
            kept_aside = "" if known.arrival is Arrival.ON_BEHALF else " và vẫn đang giữ lại"
            return _Judged(
                _line(path, known, Decision(Arrival.SAME, "SAME", f"Phiếu này đã nhận trước đây{kept_aside}."))
            )
        try:
            if book.problem or book.sheets is None:
                raise book.problem or PackageRefused("WORKBOOK_DAMAGED", "Không đọc được bảng tính. Xin lại tệp.")
            return self._read(work, book, book.sheets, office, units, person, answers)
        except AppError as error:
            return _Judged(BatchLine(path, Arrival.REFUSED, error.code, error.message))
        except Exception as bug:  # noqa: BLE001 - a file may not end the batch
            fault = unforeseen(bug)
            return _Judged(BatchLine(path, Arrival.REFUSED, fault.code, fault.message))

    def _read(
        self,
        work: Work,
        book: ReturnedWorkbook,
        sheets: Sheets,
        office: Office,
        units: OrgUnits,
        person: str,
        answers: Answers,
    ) -> _Judged:
        stamp, path = self._formats.template_stamp(sheets), book.file.path
        asked = self._stamped(stamp, office, units)
        try:
            conversions = legacy_text.proposed(sheets)
            text = legacy_text.taken(sheets, conversions) if answers.convert else sheets
            reading = self._formats.read_template(text, asked.office, lambda *_: asked.blank)
            faults = [CellFault(one.code, one.where, one.message) for one in reading.problems]
            waiting = () if answers.convert else [one for one in conversions if not one.doubtful]
            faults += [
                CellFault("LEGACY_TEXT", one.where, f"Chữ {ENCODING_TITLES[one.encoding]}: {one.before} → {one.after}")
                for one in waiting
            ]
            report = None if faults else self._report(work, asked, reading)
        except InputRefused as error:
            faults, report = [CellFault(error.code, error.where, error.message)], None
        if report is None:
            return _Judged(_refused(path, asked, faults))
        entry = self._entry(work, asked, report, EntrySource.WORKBOOK, book.file, person)
        decision = self._doubt(report)
        kept = _kept(entry, report, book.file.data, decision)
        notes = tuple(Warned(one.code, f"{one.where}: {one.message}") for one in reading.notes)
        wrong = tuple(_faults_of(report, reading)) if decision else ()
        return _Judged(replace(_line(path, kept, decision), warnings=notes, faults=wrong), kept)

    def _stamped(self, stamp: Mapping[str, str], office: Office, units: OrgUnits) -> AskedUnit:
        """The unit and report that a workbook says it is of. Raises AppError UNIT_NOT_BELOW, WORKBOOK_…"""
        called = f"{quoted(stamp.get('unit_name', ''), 80)} (mã {stamp.get('unit', '')[:20]})"
        if stamp.get("practice") != str(int(office.practice)):
            raise PackageRefused("PRACTICE", f"Phiếu của {called} là bản thử, sổ này là sổ thật, hoặc ngược lại.")
        try:
            period = Period.parse(stamp.get("period", ""), Basis(stamp.get("basis", "")))
            key = UnitKey(stamp.get("unit", ""), date.fromisoformat(stamp.get("unit_from", "")))
            version = int(stamp.get("version", ""))
        except (ValueError, InputRefused) as error:
            raise InputRefused("WORKBOOK_FORMAT", f"Phần khóa của phiếu {called} đã bị sửa. Xuất phiếu mới.") from error
        if not units.is_below(key, office.territory, period.last):
            raise _not_below(key.code, office, period, called)
        unit = units.by_key(key)
        if stamp.get("unit_name") != unit.full_name:
            raise InputRefused(
                "WORKBOOK_UNIT",
                f"Phần khóa của phiếu ghi {called}, danh mục gọi mã ấy là {unit.full_name}: không rõ là số liệu của ai. "
                "Hỏi lại nơi gửi, hoặc xuất phiếu mới cho đúng đơn vị.",
                key.code,
            )
        programme, form = stamp.get("programme", ""), stamp.get("form", "")
        asked = self._asked(units, office, programme, version, form, unit, period)
        if asked is None or asked.post.role.value != stamp.get("role"):
            raise InputRefused(
                "WORKBOOK_VERSION" if asked is None else "ROLE_OTHER",
                f"Phiếu của {called} theo bản {version} của chương trình {quoted(programme)}, mà ở đây biểu ấy không có hoặc không giao "
                "cho đơn vị này. Xuất phiếu mới rồi chép số liệu sang.",
                key.code,
            )
        return asked

    def _asked(
        self,
        units: OrgUnits,
        office: Office,
        programme: str,
        version: int,
        form: str,
        unit: OrgUnit,
        period: Period,
    ) -> AskedUnit | None:
        """The unit as the form asks it; None where it does not, or where that form is not here."""
        whole = self._catalogue.find_form(programme, version, form)
        if whole is None:
            return None
        pack, compiles = self._catalogue.programme(programme, version), bool(units.below(unit.code, period.last))
        post: ProgrammeRole = post_below(pack, whole, unit, compiles=compiles, on=period.last)
        if not is_asked(pack, whole, post, unit.kind, period.last):
            return None
        seat = Office(
            unit.key, unit.full_name, compiles, unit.parent, programme, practice=office.practice, kind=unit.kind
        )  # fmt: skip
        return AskedUnit(unit, post, form_at(whole, post), period, seat)

    def _report(self, work: Work, asked: AskedUnit, reading: Reading) -> Report:
        """The report that a workbook says. Raises InputRefused, told where it stands."""
        try:
            content = ready(reading.filled, asked.form)
            report = filled_in(UnitWork(work, None, asked), asked.blank, content)
            return report.with_news(content.news) if content.news else report
        except InputRefused as error:
            raise InputRefused(error.code, error.message, reading.places.get(error.where, error.where)) from error

    def _doubt(self, report: Report) -> Decision | None:
        programme = self._catalogue.programme(report.form.programme, report.form.programme_version)
        return doubt(report, untimely(report.period, programme, self._clock().date()))

    def _entry(
        self, work: Work, asked: AskedUnit, report: Report, source: EntrySource, file: Incoming, person: str
    ) -> BehalfEntry:
        office, form = work.office.get(), report.form
        entry = BehalfEntry(
            "",
            NamedUnit(asked.unit.key, asked.unit.full_name),
            key_of(form, report.period),
            form.programme_version,
            form.programme_sha256,
            form.version,
            source,
            EntryFile(_file_name(file.path), hashlib.sha256(file.data).hexdigest(), len(file.data)),
            NamedUnit(office.unit, office.name),
            person,
            self._clock().replace(microsecond=0),
            self._codec.payload(report.unmarked()),
        )
        return replace(entry, digest=entry_digest(entry))

    def _bundled(self, path: str, bundle: OpenedBundle, entry: BehalfEntry, office: Office, units: OrgUnits) -> _Judged:
        """What an office below entered: its word, for units of its territory alone."""
        told = f"{path} › {entry.unit.name}"
        day, unit, by = Period.parse(entry.key.period, entry.key.basis).last, entry.unit.unit, entry.office.unit
        try:
            if not (
                units.is_below(unit, by.code, day)
                and units.is_below(unit, office.territory, day)
                and (by == bundle.unit or units.is_below(by, bundle.unit.code, day))
            ):
                raise PackageRefused(
                    "BUNDLE_TERRITORY", f"{entry.unit.name} không thuộc địa bàn của nơi nhập thay. Hỏi lại nơi chuyển."
                )
            asked = self._asked(
                units, office, entry.key.programme, entry.programme_version, entry.key.form, units.by_key(unit),
                Period.parse(entry.key.period, entry.key.basis),
            )  # fmt: skip
            if asked is None or asked.form.programme_sha256 != entry.programme_sha256:
                raise PackageRefused(
                    "PROGRAMME_DIFFERS", "Bản nhập thay theo một bản chương trình mà ở đây không có. Cập nhật phần mềm."
                )
            report = self._codec.report(as_package(entry.unit, entry.key, entry.payload), asked.form)
            if report.role is not asked.post.role:
                raise PackageRefused("ROLE_OTHER", "Bản nhập thay ghi vai trò khác của đơn vị. Hỏi lại nơi chuyển.")
            kept = _kept(entry, report, None, self._doubt(report))
            return _Judged(_line(told, kept, self._doubt(report)), kept)
        except AppError as error:
            return _Judged(BatchLine(told, Arrival.REFUSED, error.code, error.message, unit.code, entry.unit.name))

    def _sealed(self, work: Work, judged: Iterable[_Judged], arriving: AbstractSet[Place]) -> set[Place]:
        """The reports of which there is a sealed package."""
        keys = {one.place[1] for one in judged if one.kept}
        return {*arriving, *((unit, key) for key in keys for unit in work.received.chains(key))}

    def _settled(
        self, work: Work, judged: Sequence[_Judged], sealed: AbstractSet[Place], answers: Answers
    ) -> tuple[tuple[BatchLine, ...], list[KeptEntry]]:
        """Each held against what stands for its unit, and against the others of the batch."""
        files = {(one.place, one.kept.entry.file.sha256) for one in judged if one.kept}
        times = Counter(place for place, _ in files)
        before: dict[ReportKey, dict[UnitKey, KeptEntry]] = {}
        lines: list[BatchLine] = []
        taken: dict[tuple[Place, str], KeptEntry] = {}
        for one in judged:
            if one.kept is None:
                lines.append(one.line)
                continue
            unit, key = one.place
            if key not in before:
                before[key] = last_entries(work, key)
            last, here = before[key].get(unit), (one.place, one.kept.entry.file.sha256)
            if here in taken:
                decision = Decision(Arrival.SAME, "SAME", "Tệp này có hai bản trong đợt; chỉ nhận một.")
                changes: tuple[Change, ...] = ()
            else:
                decision, changes = decide_entry(
                    one.kept,
                    last,
                    sealed=one.place in sealed,
                    same=bool(last) and self._says_as(work, last, one.kept),
                    times=times[one.place],
                    replacing=answers.replace,
                )
            said = decision.message or one.line.message
            line = replace(one.line, arrival=decision.arrival, code=decision.code, message=said, changes=changes)
            lines.append(line)
            if decision.arrival in (Arrival.ON_BEHALF, Arrival.QUARANTINED):
                taken[here] = one.kept
        return tuple(lines), list(taken.values())

    def _says_as(self, work: Work, last: KeptEntry | None, kept: KeptEntry) -> bool:
        whole = work.on_behalf.get(last.entry.digest) if last else None
        return whole is not None and whole.entry.payload == kept.entry.payload


def last_entries(work: Work, key: ReportKey) -> dict[UnitKey, KeptEntry]:
    """The entry that was taken last for each unit."""
    return {one.entry.unit.unit: one for one in work.on_behalf.of(key) if one.arrival is Arrival.ON_BEHALF}


def _kept(entry: BehalfEntry, report: Report, raw: bytes | None, decision: Decision | None = None) -> KeptEntry:
    arrival, code = (decision.arrival, decision.code) if decision else (Arrival.ON_BEHALF, "ON_BEHALF")
    return KeptEntry(entry, arrival, code, report.unmarked().cells, bool(report.news), raw)


def _line(path: str, kept: KeptEntry, decision: Decision | None = None) -> BatchLine:
    entry = kept.entry
    told = decision or Decision(kept.arrival, kept.code, "")
    return BatchLine(
        path, told.arrival, told.code, told.message, entry.unit.unit.code, entry.unit.name, entry.key.period,
        digest=entry.digest, key=entry.key,
    )  # fmt: skip


def _refused(path: str, asked: AskedUnit, faults: Sequence[CellFault]) -> BatchLine:
    """Nothing of the file was taken; each place is told."""
    return BatchLine(
        path, Arrival.REFUSED, "WORKBOOK_PROBLEMS",
        f"Phiếu có {len(faults)} chỗ phải sửa nên chưa nhập gì.",
        asked.unit.code, asked.unit.full_name, asked.period.label, key=asked.key, faults=tuple(faults),
    )  # fmt: skip


def _faults_of(report: Report, reading: Reading) -> Iterator[CellFault]:
    """What the checks find wrong, at the cells of the workbook."""
    for one in errors(report):
        if not one.says_blank:
            where = ", ".join(reading.places[cell] for cell in one.cells if cell in reading.places)
            yield CellFault(one.check.partition(":")[0].upper(), where, one.message)


def _not_below(code: str, office: Office, period: Period, called: str = "") -> InputRefused:
    return InputRefused(
        "UNIT_NOT_BELOW",
        f"{called or f'Đơn vị mã {code[:20]}'} không thuộc các đơn vị phải báo cáo cho {office.name} kỳ {period.words}. "
        "Kiểm tra mã đơn vị, hoặc chuyển tệp cho đúng nơi nhận.",
        code[:20],
    )


def _must_be_scan(scan: Incoming) -> None:
    if scan.problem:
        raise scan.problem
    if not scan.data.startswith(tuple(EVIDENCE_STARTS)):
        problem = f"{quoted(scan.path)} không phải tệp PDF, JPEG hay PNG. Chọn tệp khác, hoặc lưu lại thành PDF."
        raise InputRefused("EVIDENCE_KIND", problem, "scan")
    if len(scan.data) > MAX_FILE:
        problem = f"{quoted(scan.path)} lớn hơn {MAX_FILE >> 20} MiB. Chụp hoặc quét lại với cỡ nhỏ hơn."
        raise InputRefused("EVIDENCE_TOO_BIG", problem, "scan")


def _file_name(path: str) -> str:
    """The last part of it as text that travels: a name on somebody's disk may hold anything."""
    name = "".join(letter if letter.isprintable() else "_" for letter in nfc(PurePath(path).name))
    return name[-_LONGEST:].strip() or "tep"
