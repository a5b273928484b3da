"""Two people at one PC: the preparer seals and hands over, the head looks at what changed and seals the very same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from forms.errors import NotAllowed, ReportStateError
from forms.exchange.report_diff import Difference, differences
from forms.exchange.statements import Pending, ReportKey, Sealed
from forms.model.office import Person, PersonRole
from forms.model.period import Period
from forms.model.report import OPEN_STATES, Report, ReportState
from forms.model.text import clean
from forms.ports import BeginWork, Signer, Work
from forms.services.drafts import as_written, current, of_key, report_key, typed
from forms.services.sealing import Press, already_sealed

_REMARK = "remark:"  # a setting: what the head said when giving a report back


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Who has sealed a report that waits, when, and for whose seal. A person who has left since is None."""

    at: datetime
    head: str  # the keyid
    by: Person | None
    to: Person | None


class Approval:
    """From the preparer's hands to the head's, and back."""

    def __init__(self, begin: BeginWork, press: Press) -> None:
        self._begin, self._press = begin, press

    def hand_over(self, programme: str, period: Period, signer: Signer, head: Person, reason: str = "") -> Report:
        """The report is frozen, sealed by its preparer, and waits for the head. Raises NotAllowed SEALS_INCOMPLETE and
        what Sealing.seal raises."""
        if (signer.person.role, head.role) != (PersonRole.PREPARER, PersonRole.HEAD):
            raise NotAllowed(
                "SEALS_INCOMPLETE",
                "Người lập biểu chuyển báo cáo cho thủ trưởng duyệt. Mở sổ bằng tên người lập biểu và chọn thủ trưởng.",
            )
        with self._begin() as work:
            report = self._press.report(work, programme, period, reason)
            prepared, envelope = self._press.prepared(work, report, [signer.person, head])
            key = report_key(report)
            mark = signer.sign(prepared.to_sign)
            work.pending.put(
                key,
                Pending(prepared, envelope.seq, signer.person.keyid, head.keyid, mark, envelope.created),
            )
            checked = replace(report, state=ReportState.CHECKED)
            work.reports.put(checked)
            work.office.set(_remark(key), None)
            work.journal.append("hand_over", {"report": "/".join(key), "digest": prepared.digest, "head": head.keyid})
        return checked

    def waiting(self) -> tuple[Report, ...]:
        """Reports that wait for a head's seal."""
        with self._begin() as work:
            catalogue = self._press.catalogue
            return tuple(of_key(work, catalogue, key) for key in work.pending.keys())  # noqa: SIM118 - a store

    def handed_over(self, report: Report) -> HandedOver | None:
        """How a report came to wait; None where it does not."""
        with self._begin() as work:
            return handed_over_in(work, work.office.persons()).get(report_key(report))

    def changes(self, report: Report) -> tuple[Difference, ...]:
        """What is different from the last package of ours; of a first one, everything it says."""
        with self._begin() as work:
            before = self._press.sealed_before(work, report)
        return differences(before, report)

    def approve(self, programme: str, period: Period, signer: Signer) -> tuple[Report, Sealed]:
        """The head's seal on the bytes that were handed over. Raises ReportStateError NOT_HANDED_OVER, ALREADY_SEALED,
        NotAllowed HEAD_OTHER."""
        with self._begin() as work:
            report = current(work, self._press.catalogue, programme, period)
            pending = self._pending(work, report)
            if signer.person.keyid != pending.head:
                raise NotAllowed(
                    "HEAD_OTHER",
                    "Báo cáo được chuyển cho một thủ trưởng khác duyệt. Người đó mở sổ và duyệt, hoặc người lập lấy lại "
                    "rồi chuyển lại.",
                )
            marks = [(pending.preparer, pending.mark), (pending.head, signer.sign(pending.prepared.to_sign))]
            sealed = self._press.codec.finish(pending.prepared, marks)
            work.pending.drop(report_key(report))
            frozen = self._press.keep(work, report, sealed, pending.seq, [keyid for keyid, _ in marks])
        return frozen, sealed

    def take_back(self, programme: str, period: Period, remark: str = "") -> Report:
        """A draft again, and the preparer's seal void; `remark` is what the head wants changed.
        Raises ReportStateError NOT_HANDED_OVER."""
        with self._begin() as work:
            report = current(work, self._press.catalogue, programme, period)
            key = report_key(report)
            self._pending(work, report)
            work.pending.drop(key)
            work.reports.put(typed(work, as_written(work, replace(report, state=ReportState.DRAFT, changes=()))))
            said = clean(remark, limit=1000, multiline=True, where="remark")
            work.office.set(_remark(key), said or None)
            work.journal.append("take_back", {"report": "/".join(key), "remark": said})
            return current(work, self._press.catalogue, programme, period)

    def remark(self, report: Report) -> str:
        """What the head said when giving this report back; empty once it was handed over again."""
        with self._begin() as work:
            return remark_in(work, report)

    def _pending(self, work: Work, report: Report) -> Pending:
        pending = work.pending.get(report_key(report))
        if pending is None and report.state not in OPEN_STATES:
            raise already_sealed(report)
        if pending is None or report.state is not ReportState.CHECKED:
            raise ReportStateError(
                "NOT_HANDED_OVER",
                f"Báo cáo {report.period.words} chưa được chuyển thủ trưởng duyệt. Mở lại trang để xem tình trạng mới.",
                report.period.label,
            )
        return pending


def handed_over_in(work: Work, people: Iterable[Person]) -> Mapping[ReportKey, HandedOver]:
    """Approval.handed_over of every report that waits, inside a transaction."""
    known = {person.keyid: person for person in people}
    hands = work.pending.hands()
    return {key: HandedOver(at, head, known.get(by), known.get(head)) for key, (at, by, head) in hands.items()}


def remark_in(work: Work, report: Report) -> str:
    """Approval.remark inside a transaction."""
    return work.office.setting(_remark(report_key(report))) or ""


def _remark(key: ReportKey) -> str:
    return _REMARK + "/".join(key)
