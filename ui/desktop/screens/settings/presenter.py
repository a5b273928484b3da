"""Decides the settings: facts of the office, persons, backup, the due day of a quarter, how the window looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from forms.errors import AppError, InputRefused
from forms.office import PERSON_ROLE_TITLES, PersonRole
from forms.program import Program
from forms.services.desk import Desk
from forms.services.founding import Founder, check_password, checked_founder

MOST_DAYS = 90
_SHOWN = 5  # problems told at once


@dataclass(frozen=True)
class Newcomer:
    """The fields of a person to be added, or of a new password, as typed."""

    name: str
    title: str
    role: PersonRole
    password: str
    again: str


class SettingsFace(Protocol):
    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None: ...
    def show_people(self, people: Sequence[str]) -> None: ...
    def show_due(self, days: str) -> None: ...
    def show_journal(self, words: str) -> None: ...
    def show_problem(self, where: str, words: str) -> None:
        """`where`: due, person, password, backup."""

    def done(self, words: str) -> None: ...


class SettingsPresenter:
    def __init__(self, face: SettingsFace, desk: Desk, program: Program) -> None:
        self._face, self._desk, self._program = face, desk, program

    def refresh(self) -> None:
        people, (head, entries) = self._desk.enrolment.people(), self._desk.inspection.journal()
        days = self._desk.summaries.quarter_due()
        self._face.show_facts(self._facts())
        self._face.show_people(
            [f"{p.name}{f', {p.title}' if p.title else ''} – {PERSON_ROLE_TITLES[p.role]}" for p in people]
        )
        self._face.show_due("" if days is None else str(days))
        self._face.show_journal(f"{entries} dòng, mã cuối {head[:16]}")

    def set_due(self, text: str) -> None:
        """Days after the quarter's last day; empty means that nobody has set any."""
        plain = text.strip()
        if plain and not (plain.isascii() and plain.isdecimal() and int(plain) <= MOST_DAYS):
            self._face.show_problem("due", f"Ghi số ngày từ 0 đến {MOST_DAYS}, hoặc để trống khi chưa đặt hạn.")
            return
        self._desk.summaries.set_quarter_due(int(plain) if plain else None)
        self._face.show_problem("due", "")
        self._face.done("Đã cất hạn gửi báo cáo quý.")

    def backup_name(self) -> str:
        return f"{self._desk.office.unit.code}_{self._program.clock():%Y-%m-%d_%H%M}.sbdbackup"

    def back_up(self, file: Path) -> None:
        """A checked copy of the whole ledger: the copy is opened, and the journal's chain compared, before it counts."""
        try:
            made = self._desk.ledger.backup(file)
        except AppError as error:
            self._face.show_problem("backup", error.message)
        else:
            self._face.show_problem("backup", "")
            self._face.done(f"Đã sao lưu và kiểm tra: {made.name}")
            self.refresh()

    def inspect(self) -> tuple[int, tuple[str, ...]]:
        """Every sealed figure against the package it came from; for a working thread."""
        return self._desk.inspection.inspect()

    def inspected(self, found: tuple[int, tuple[str, ...]]) -> None:
        compared, problems = found
        self._face.show_problem("backup", "\n".join(problems[:_SHOWN]))
        if not problems:
            self._face.done(f"Đã đối chiếu {compared} gói: số liệu trong sổ đúng như đã niêm phong.")

    def add_person(self, typed: Newcomer) -> bool:
        """False when refused, and the face has said why."""
        try:
            founder = checked_founder(Founder(typed.name, typed.title, typed.role, _same(typed)))
            self._desk.ledger.add_person(founder.name, founder.title, founder.role, founder.password)
        except AppError as error:
            self._face.show_problem("person", error.message)
            return False
        self._face.show_problem("person", "")
        self._face.done(f"Đã thêm {founder.name}. Khóa của người này cần được nơi nhận đăng ký trước lần gửi đầu.")
        self.refresh()
        return True

    def change_password(self, typed: Newcomer) -> bool:
        try:
            check_password(_same(typed))
            self._desk.ledger.change_password(typed.password)
        except AppError as error:
            self._face.show_problem("password", error.message)
            return False
        self._face.show_problem("password", "")
        self._face.done("Đã đổi mật khẩu.")
        return True

    def _facts(self) -> tuple[tuple[str, str], ...]:
        office, programme = self._desk.office, self._program.catalogue.programme(self._desk.office.programme)
        today = self._program.clock().date()
        above = self._program.units.get(office.parent, today).full_name if office.parent else "không có"
        return (
            ("Đơn vị", f"{office.name} (mã {office.unit.code})"),
            ("Cấp trên", above),
            ("Việc của đơn vị", "Nhận gói và tổng hợp" if office.collates else "Nhập và gửi báo cáo"),
            ("Chương trình", f"{programme.title} (phiên bản {programme.version})"),
            ("Thư mục sổ", str(self._desk.ledger.folder)),
            ("Phần mềm", f"Sổ Bình Đẳng {self._program.version}"),
        )


def _same(typed: Newcomer) -> str:
    if typed.password != typed.again:
        raise InputRefused("PASSWORD_DIFFERS", "Hai lần gõ mật khẩu không giống nhau. Gõ lại.")
    return typed.password
