"""Sealing a report: findings first, then one transaction that freezes the report, its package and the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from forms.checks import all_checks
from forms.errors import NotAllowed, ReportStateError
from forms.exchange.statements import Envelope, Prepared, PrintStamp, Sealed
from forms.model.count import Role
from forms.model.finding import Finding
from forms.model.news_item import Evidence, NewsItem
from forms.model.office import Person, PersonRole
from forms.model.period import Basis, Period
from forms.model.report import OPEN_STATES, Report, ReportState, changes_between
from forms.model.text import clean, quoted
from forms.org_units.catalogue import OrgUnits
from forms.ports import BeginWork, Clock, Codec, Formats, NewId, Signer, Work
from forms.programmes.catalogue import Catalogue
from forms.prose.live_numbers import LiveNumbers, speaks, spoken
from forms.services.drafts import context_of, current, of_key, remember, report_key
from forms.services.import_report import narrative

DEFAULT_REASON = "Đính chính số liệu"


@dataclass(frozen=True)
class Press:
    """What turns a checked report into bytes to be sealed; shared by sealing at once and by handing over. `figures` are
    what the live fields of its texts say."""

    catalogue: Catalogue
    codec: Codec
    clock: Clock
    new_id: NewId
    version: str
    figures: Callable[[Work, Report], LiveNumbers]
    units: OrgUnits | None = None

    def report(self, work: Work, programme: str, period: Period, reason: str) -> Report:
        """The draft, if it may be sealed. Raises ReportStateError ALREADY_SEALED, CHECKS_FAILED, NOTHING_CHANGED,
        InputRefused TEXT_TOO_LONG where a text is too long once its fields are told."""
        report = current(work, self.catalogue, programme, period)
        _must_be_open(report)
        is_above = report.role is Role.SUMMING and bool(report.narratives)
        figures = self.figures(work, report) if is_above or speaks(report) else None
        around = context_of(work, self.catalogue, report, self.clock, self.units)
        context = replace(around, figures=figures)
        blocking = all_checks.blocking(all_checks.find(report, context))
        if blocking:
            shown = "; ".join(finding.message for finding in blocking[:3])
            more = f" và {len(blocking) - 3} điểm nữa" if len(blocking) > 3 else ""
            raise ReportStateError(
                "CHECKS_FAILED", f"Chưa niêm phong được, còn {len(blocking)} điểm: {shown}{more}", report.period.label
            )
        sound = _told(report.unmarked(), figures)
        remember(work, report, sound)
        if sound.supersedes is None:
            return sound
        before = self.sealed_before(work, report)
        if before is None:
            raise _nothing_sealed()
        if content(before) == content(sound):
            raise ReportStateError(
                "NOTHING_CHANGED",
                f"Bản thay thế {report.period.words} không khác lần gửi trước. Sửa số liệu cần đính chính rồi niêm phong.",
                report.period.label,
            )
        told = clean(reason, limit=1000, multiline=True) or DEFAULT_REASON
        return replace(sound, changes=changes_between(before, sound, told))

    def sealed_before(self, work: Work, report: Report) -> Report | None:
        """What our last package of this report says, under the form that it was sealed under."""
        sealed = work.sent.last(report_key(report))
        if sealed is None:
            return None
        opened = self.codec.read(sealed.raw, None)
        form = self.catalogue.find_form(opened.key.programme, opened.programme_version, opened.key.form)
        return self.codec.report(opened, form or report.form)

    def prepared(self, work: Work, report: Report, people: Sequence[Person]) -> tuple[Prepared, Envelope]:
        """Raises ExportError REPORT_TOO_BIG, EVIDENCE_TOO_MUCH, ReportStateError EVIDENCE_MISSING."""
        office = work.office.get()
        head, count = work.journal.head()
        taken = [max(work.sent.last_seq(one.keyid), work.pending.last_seq(one.keyid)) for one in people]
        envelope = Envelope(
            self.new_id(), office.name, 1 + max(taken), head, count, self.clock(), self.version, office.practice
        )
        files = {file.digest: _evidence(work, item, file) for item in report.news for file in item.files}
        return self.codec.prepare(report, envelope, people, files), envelope

    def keep(self, work: Work, report: Report, sealed: Sealed, seq: int, keyids: Sequence[str]) -> Report:
        """The package and the report as it was sealed, with their line in the journal."""
        key = report_key(report)
        work.sent.add(key, report.revision, seq, keyids, sealed, self.clock())
        frozen = replace(report, state=ReportState.SEALED)
        work.reports.put(frozen)
        work.journal.append(
            "seal",
            {
                "report": "/".join(key),
                "revision": report.revision,
                "digest": sealed.digest,
                "keys": ",".join(keyids),
            },
        )
        return frozen


@dataclass(frozen=True)
class SealHands:
    """Those whose seals a report needs: for each role the persons to choose from. One officer who is both, or a preparer and
    a head. `may_hand_over`: a preparer is signed in and may leave the other seal to the head."""

    roles: tuple[tuple[PersonRole, tuple[Person, ...]], ...]
    may_hand_over: bool = False

    @classmethod
    def of(cls, people: Sequence[Person], signed_in: Person) -> SealHands:
        by_role = {role: tuple(one for one in people if one.role is role) for role in PersonRole}
        wanted = [PersonRole.SOLE] if by_role[PersonRole.SOLE] else [PersonRole.PREPARER, PersonRole.HEAD]
        may_hand_over = signed_in.role is PersonRole.PREPARER and PersonRole.HEAD in wanted
        return cls(tuple((role, by_role[role]) for role in wanted), may_hand_over and bool(by_role[PersonRole.HEAD]))


class Sealing:
    """Makes packages of our own reports."""

    def __init__(self, begin: BeginWork, press: Press) -> None:
        self._begin, self._press, self._catalogue = begin, press, press.catalogue

    def seal(
        self, programme: str, period: Period, signers: Sequence[Signer], reason: str = ""
    ) -> tuple[Report, Sealed]:
        """The sealed report and its package. `reason` says why a correction corrects; it stands beside every changed cell.

        Raises NotAllowed SEALS_INCOMPLETE, ReportStateError ALREADY_SEALED, REPORT_CHECKED, CHECKS_FAILED or
        NOTHING_CHANGED, ExportError REPORT_TOO_BIG, EVIDENCE_TOO_MUCH.
        """
        check_signers(signers)
        with self._begin() as work:
            report = self._press.report(work, programme, period, reason)
            prepared, envelope = self._press.prepared(work, report, [signer.person for signer in signers])
            sealed = sealed_by(self._press.codec, prepared, signers)
            frozen = self._press.keep(work, report, sealed, envelope.seq, [s.person.keyid for s in signers])
        return frozen, sealed

    def hands(self, signed_in: Person) -> SealHands:
        """Who has to seal a report of this office."""
        with self._begin() as work:
            return SealHands.of(work.office.persons(), signed_in)

    def findings(self, report: Report) -> tuple[Finding, ...]:
        """What the checks say of a report of ours, beside the reports before it: what is asked before it is sealed."""
        press = self._press
        with self._begin() as work:
            return all_checks.find(report, context_of(work, self._catalogue, report, press.clock, press.units))

    def write(self, files: Formats, folder: Path, report: Report, sealed: Sealed) -> Path:
        """The package as a file for the stick or the mail, which is then remembered. Raises StorageError."""
        file = files.write_file(folder / package_name(report), sealed.raw)
        self.exported(report.form.programme, report.period, str(file), report.revision)
        return file

    def last(self, programme: str, period: Period) -> tuple[Report, Sealed]:
        """The newest sealed package of the period, for writing it out again. Raises ReportStateError NOT_SEALED."""
        with self._begin() as work:
            report = current(work, self._catalogue, programme, period)
            sealed = work.sent.last(report_key(report))
        if sealed is None or report.state in OPEN_STATES:
            raise ReportStateError(
                "NOT_SEALED", f"Báo cáo {period.words} chưa niêm phong. Kiểm tra rồi niêm phong trước."
            )
        return report, sealed

    def unwritten(self, programme: str, period: Period) -> tuple[Report, Sealed] | None:
        """What was sealed while its file was never written, or never known to be: the program was stopped in between, or
        the disk refused. None where there is no such thing."""
        with self._begin() as work:
            report = current(work, self._catalogue, programme, period)
            sealed = work.sent.last(report_key(report)) if report.state is ReportState.SEALED else None
        return (report, sealed) if sealed else None

    def earlier(self, programme: str, period: Period, revision: int) -> tuple[Report, Sealed]:
        """The package of an earlier revision, for an office above that never got it. Raises ReportStateError NOT_SEALED."""
        with self._begin() as work:
            report = current(work, self._catalogue, programme, period)
            mine = (one for one in work.sent.known() if (one.key, one.revision) == (report_key(report), revision))
            raw = next((work.sent.raw(one.digest) for one in mine), None)
        if raw is None:
            raise ReportStateError(
                "NOT_SEALED", f"Báo cáo {period.words} không có lần gửi {revision} đã niêm phong. Xem lại số lần gửi."
            )
        opened = self._press.codec.read(raw, None)
        told = replace(report, state=ReportState.EXPORTED, revision=revision, supersedes=opened.supersedes)
        return told, Sealed(opened.digest, opened.digits, raw)

    def every(self) -> tuple[tuple[Report, Sealed], ...]:
        """Every report of ours that was ever sealed, as it stands now, with its newest package; latest period first."""
        with self._begin() as work:
            keys = work.reports.keys()
            packages = [(key, work.sent.last(key)) for key in keys]
            found = [(of_key(work, self._catalogue, key), sealed) for key, sealed in packages if sealed is not None]
        return tuple(sorted(found, key=lambda pair: (pair[0].period.last, pair[0].period.label), reverse=True))

    def marks(self, programme: str, period: Period) -> PrintStamp:
        """What our printed report is marked with."""
        with self._begin() as work:
            return marks_of(work, current(work, self._catalogue, programme, period))

    def exported(self, programme: str, period: Period, file: str, revision: int | None = None) -> None:
        """Remember that the package was written out; of a `revision`, when it was not the newest."""
        with self._begin() as work:
            report = current(work, self._catalogue, programme, period)
            if report.state is ReportState.SEALED and revision in (None, report.revision):
                work.reports.put(replace(report, state=ReportState.EXPORTED))
            work.journal.append("export", {"report": "/".join(report_key(report)), "file": file[-100:]})

    def printed(self, programme: str, period: Period, file: str) -> None:
        """Remember that figures left the ledger as a document."""
        with self._begin() as work:
            key = report_key(current(work, self._catalogue, programme, period))
            work.journal.append("print", {"report": "/".join(key), "file": file[-100:]})


def marks_of(work: Work, report: Report) -> PrintStamp:
    """What our printed report is marked with, inside a transaction."""
    sealed = work.sent.last(report_key(report)) if report.state not in OPEN_STATES else None
    head, _ = work.journal.head()
    return PrintStamp(sealed.digits, head, sealed.raw) if sealed else PrintStamp(audit_head=head)


def sealed_by(codec: Codec, prepared: Prepared, signers: Sequence[Signer]) -> Sealed:
    """The package when every key is open at once."""
    return codec.finish(prepared, [(signer.person.keyid, signer.sign(prepared.to_sign)) for signer in signers])


def check_signers(signers: Sequence[Signer]) -> None:
    """A preparer and a head, two keys; or one person who is both. Raises NotAllowed SEALS_INCOMPLETE."""
    roles = {signer.person.role for signer in signers}
    keys = {signer.person.keyid for signer in signers}
    if roles == {PersonRole.SOLE} or (roles == {PersonRole.PREPARER, PersonRole.HEAD} and len(keys) == len(signers)):
        return
    raise NotAllowed(
        "SEALS_INCOMPLETE",
        "Cần mật khẩu của cả người lập biểu và thủ trưởng đơn vị để niêm phong. Nhập đủ hai mật khẩu.",
    )


def package_name(report: Report) -> str:
    """`<unit>_<period>_<programme>_R<nn>.bdg`; written for people, never read by the program."""
    period = report.period.label.replace("..", "-")
    if report.period.basis is not Basis.CALENDAR:
        period += f"-{report.period.basis}"
    return f"{report.unit.code}_{period}_{report.form.programme}_R{report.revision:02d}.bdg"


def content(report: Report) -> tuple[object, ...]:
    """What the sender says, apart from revision and state. Blank cells may or may not be listed."""
    cells = dict(report.unmarked().cells)
    texts = (dict(report.narratives), dict(report.explanations), report.tasks, report.nominations)
    return (cells, report.news, *texts, report.as_of, report.estimate)


def _told(report: Report, figures: LiveNumbers | None) -> Report:
    """With the numbers that its fields say."""
    if figures is None or not speaks(report):
        return report
    told = spoken(report, figures)
    for id, text in told.narratives.items():
        narrative(report.form, id, text)
    return told


def _must_be_open(report: Report) -> None:
    if report.state is ReportState.CHECKED:
        report.must_be_draft()
    if report.state is not ReportState.DRAFT:
        raise already_sealed(report)


def already_sealed(report: Report) -> ReportStateError:
    """Also to the head who approves a second time."""
    return ReportStateError(
        "ALREADY_SEALED",
        f"Báo cáo {report.period.words} đã niêm phong, lần gửi {report.revision}. Cần tệp gói thì xuất lại (dòng lệnh: seal "
        "--again); muốn sửa số liệu thì mở bản thay thế.",
        report.period.label,
    )


def _nothing_sealed() -> ReportStateError:
    return ReportStateError(
        "NOT_SEALED", "Không tìm thấy gói đã niêm phong trước đó trong sổ. Phục hồi sổ từ bản sao lưu."
    )


def _evidence(work: Work, item: NewsItem, file: Evidence) -> bytes:
    data = work.news.file(file.digest)
    if data is None:
        raise ReportStateError(
            "EVIDENCE_MISSING",
            f"Minh chứng {quoted(file.name)} của tin {quoted(item.title)} không còn trong sổ. "
            "Gỡ tệp khỏi tin, đính kèm lại rồi niêm phong.",
            item.id,
        )
    return data
