"""Sealing a report: findings first, then one transaction that freezes the report, its package and the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms import findings
from forms.catalogue import Catalogue
from forms.errors import NotAllowed, ReportStateError
from forms.exchange import Envelope, ReportKey, Sealed
from forms.office import PersonRole
from forms.periods import Basis, Period
from forms.ports import BeginWork, Clock, Codec, NewId, Signer, Work
from forms.report import BLANK, Report, ReportState, changes_between
from forms.services.entry import current, report_key
from forms.text import clean

DEFAULT_REASON = "Đính chính số liệu"


class Sealing:
    """Makes packages of our own reports."""

    def __init__(
        self, begin: BeginWork, catalogue: Catalogue, codec: Codec, clock: Clock, new_id: NewId, version: str
    ) -> None:
        self._begin, self._catalogue, self._codec = begin, catalogue, codec
        self._clock, self._new_id, self._version = clock, new_id, version

    def seal(
        self, programme: str, period: Period, signers: Sequence[Signer], reason: str = ""
    ) -> tuple[Report, Sealed]:
        """The sealed report and its package. `reason` says why a correction corrects; it stands beside every changed cell.

        Raises NotAllowed SEALS_INCOMPLETE, ReportStateError ALREADY_SEALED, CHECKS_FAILED or NOTHING_CHANGED,
        ExportError REPORT_TOO_BIG.
        """
        check_signers(signers)
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            report = self._ready(work, current(work, form, period), clean(reason, limit=1000, multiline=True))
            key = report_key(report)
            envelope = self._envelope(work, signers)
            sealed = self._codec.write(report, envelope, signers)
            keyids = [signer.person.keyid for signer in signers]
            work.sent.add(key, report.revision, envelope.seq, keyids, sealed, envelope.created)
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
        return frozen, sealed

    def last(self, programme: str, period: Period) -> tuple[Report, Sealed]:
        """The newest sealed package of the period, for writing it out again. Raises ReportStateError NOT_SEALED."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            report = current(work, form, period)
            sealed = work.sent.last(report_key(report))
        if sealed is None or report.state is ReportState.DRAFT:
            raise ReportStateError(
                "NOT_SEALED", f"Báo cáo {period.words} chưa niêm phong. Kiểm tra rồi niêm phong trước."
            )
        return report, sealed

    def every(self) -> tuple[tuple[Report, Sealed], ...]:
        """Every report of ours that was ever sealed, as it stands now, with its newest package; latest period first."""
        with self._begin() as work:
            keys = work.reports.keys()
            packages = [(key, work.sent.last(key)) for key in keys]
            found = [(self._now(work, key), sealed) for key, sealed in packages if sealed is not None]
        return tuple(sorted(found, key=lambda pair: (pair[0].period.last, pair[0].period.label), reverse=True))

    def _now(self, work: Work, key: ReportKey) -> Report:
        period = Period.parse(key.period, key.basis)
        return current(work, self._catalogue.form_for(key.programme, period), period)

    def marks(self, programme: str, period: Period) -> tuple[str, str]:
        """What a printed report is marked with: the digits of its package (empty while it is a draft), and the
        journal's head."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            report = current(work, form, period)
            sealed = work.sent.last(report_key(report)) if report.state is not ReportState.DRAFT else None
            head, _ = work.journal.head()
        return sealed.digits if sealed else "", head

    def exported(self, programme: str, period: Period, file: str) -> None:
        """Remember that the package was written out."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            report = current(work, form, period)
            if report.state is ReportState.SEALED:
                work.reports.put(replace(report, state=ReportState.EXPORTED))
            work.journal.append("export", {"report": "/".join(report_key(report)), "file": file[-100:]})

    def printed(self, programme: str, period: Period, file: str) -> None:
        """Remember that figures left the ledger as a document."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            key = report_key(current(work, form, period))
            work.journal.append("print", {"report": "/".join(key), "file": file[-100:]})

    def _ready(self, work: Work, report: Report, reason: str) -> Report:
        if report.state is not ReportState.DRAFT:
            raise ReportStateError(
                "ALREADY_SEALED",
                f"Báo cáo {report.period.words} đã niêm phong. Muốn sửa, hãy mở bản thay thế.",
                report.period.label,
            )
        blocking = findings.blocking(findings.find(report))
        if blocking:
            shown = "; ".join(finding.message for finding in blocking[:3])
            more = f" và {len(blocking) - 3} điểm nữa" if len(blocking) > 3 else ""
            raise ReportStateError(
                "CHECKS_FAILED", f"Chưa niêm phong được, còn {len(blocking)} điểm: {shown}{more}", report.period.label
            )
        if report.supersedes is None:
            return report
        before = self._codec.report(self._codec.read(_last(work, report_key(report)).raw, None), report.form)
        if _content(before) == _content(report):
            raise ReportStateError(
                "NOTHING_CHANGED",
                f"Bản thay thế {report.period.words} không khác lần gửi trước. Sửa số liệu cần đính chính rồi niêm phong.",
                report.period.label,
            )
        changes = changes_between(before, report, reason or DEFAULT_REASON)
        return replace(report, changes=changes)

    def _envelope(self, work: Work, signers: Sequence[Signer]) -> Envelope:
        office = work.office.get()
        head, count = work.journal.head()
        seq = 1 + max(work.sent.last_seq(signer.person.keyid) for signer in signers)
        return Envelope(self._new_id(), office.name, seq, head, count, self._clock(), self._version, office.practice)


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


def _content(report: Report) -> tuple[object, ...]:
    """What the sender says, apart from revision and state. Blank cells may or may not be listed."""
    cells = {name: cell for name, cell in report.cells.items() if cell != BLANK}
    texts = (dict(report.narratives), dict(report.explanations), report.tasks, report.nominations)
    return (cells, report.news, *texts, report.as_of, report.estimate)


def _last(work: Work, key: ReportKey) -> Sealed:
    sealed = work.sent.last(key)
    if sealed is None:
        raise ReportStateError(
            "NOT_SEALED", "Không tìm thấy gói đã niêm phong trước đó trong sổ. Phục hồi sổ từ bản sao lưu."
        )
    return sealed
