"""Decides the sealing: who must type a password, what still stands in the way, where the package goes. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms.all_services import Services
from forms.application import Application
from forms.checks import all_checks
from forms.errors import AppError
from forms.model.finding import Finding
from forms.model.office import Person, PersonRole
from forms.model.report import Report
from forms.services.sealing import package_name


@dataclass(frozen=True)
class Hands:
    """Those whose passwords are asked: for each role the persons to choose from. `may_hand_over`: a preparer signed in
    and may leave the other seal to the head."""

    roles: tuple[tuple[PersonRole, tuple[Person, ...]], ...]
    may_hand_over: bool = False


class SealingPresenter:
    def __init__(self, desk: Services, program: Application) -> None:
        self._desk, self._program = desk, program

    def hands(self) -> Hands:
        """One officer who is both, or a preparer and a head."""
        people = self._desk.enrolment.people()
        by_role = {role: tuple(p for p in people if p.role is role) for role in PersonRole}
        if by_role[PersonRole.SOLE]:
            return Hands(((PersonRole.SOLE, by_role[PersonRole.SOLE]),))
        roles = tuple((role, by_role[role]) for role in (PersonRole.PREPARER, PersonRole.HEAD))
        signed_in = self._desk.ledger.person
        return Hands(roles, signed_in.role is PersonRole.PREPARER and bool(by_role[PersonRole.HEAD]))

    def findings(self, report: Report) -> tuple[Finding, ...]:
        return all_checks.find(report, self._desk.entry.context(report))

    def seal(self, report: Report, passwords: Mapping[str, str], reason: str) -> AppError | None:
        """Seal with the keys of these keyids. A refusal is returned, for the dialog to show."""
        try:
            signers = [self._desk.ledger.signer(keyid, password) for keyid, password in passwords.items()]
            self._desk.sealing.seal(report.form.programme, report.period, signers, reason)
        except AppError as error:
            return error
        return None

    def hand_over(self, report: Report, head: str, reason: str) -> AppError | None:
        """The signed-in preparer's seal now, the head's when that person has looked at it."""
        chosen = next(person for person in self._desk.enrolment.people() if person.keyid == head)
        try:
            signer = self._desk.ledger.own_signer()
            self._desk.approval.hand_over(report.form.programme, report.period, signer, chosen, reason)
        except AppError as error:
            return error
        return None

    def write(self, report: Report, folder: Path) -> Path:
        """The sealed package as a file for the stick or the mail. Raises StorageError, ReportStateError."""
        sealed_report, sealed = self._desk.sealing.last(report.form.programme, report.period)
        file = self._program.write_file(folder / package_name(sealed_report), sealed.raw)
        self._desk.sealing.exported(report.form.programme, report.period, str(file))
        return file


def standing(found: Sequence[Finding]) -> tuple[str, str]:
    """What the findings mean for sealing, and the tone of it."""
    blocking = [finding for finding in found if finding.blocks]
    if blocking:
        return f"Chưa niêm phong được: còn {len(blocking)} điểm phải xử lý.", "error"
    warnings = [finding for finding in found if finding.level == "warning"]
    if warnings:
        return f"Không còn lỗi. {len(warnings)} cảnh báo đã ghi lý do và sẽ gửi kèm.", "warning"
    return "Không còn lỗi, không có cảnh báo.", "good"
