"""Decides the settings: facts of the office, persons, backup, the due day of a quarter, how the window looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError, InputRefused
from forms.model.finding import Refused
from forms.model.office import PERSON_ROLE_TITLES, NewPerson, PersonRole
from forms.model.period import PeriodKind
from forms.org_units.catalogue import UnknownUnit
from forms.services.auto_lock import MOST
from forms.services.founding import check_password, checked_founder
from forms.services.inspection import Inspected
from ui.desktop.refused_entries import RefusedHere

MOST_DAYS = 90
ALL = ""  # the due days that hold for every programme that has none of its own
_KINDS = {PeriodKind.MONTH: "tháng", PeriodKind.QUARTER: "quý", PeriodKind.HALF: "6 tháng"}
_SHOWN = 5  # problems told at once
_NAME, _DUE, _LOCK = "settings", "due:", "lock"  # under which, and where, something waits that was not taken


@dataclass(frozen=True)
class TypedNewPerson:
    """The fields of a person to be added, or of a new password, as typed."""

    name: str
    title: str
    role: PersonRole
    password: str
    again: str


class SettingsFace(Protocol):
    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None: ...
    def show_people(self, people: Sequence[str]) -> None: ...
    def show_due_choices(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """(words, id) of each group of reports that may have a due day of its own, and the id of the one looked at."""

    def show_due(self, days: str, otherwise: str) -> None:
        """The days of the group that is chosen; `otherwise` says what holds while none are set."""

    def show_lock(self, minutes: str, may_be_never: bool) -> None:
        """Empty: never."""

    def show_journal(self, words: str) -> None: ...
    def show_problem(self, where: str, words: str) -> None:
        """`where`: due, lock, person, password, backup."""

    def done(self, words: str) -> None: ...


class SettingsPresenter:
    def __init__(self, face: SettingsFace, desk: Services, program: Application) -> None:
        self._face, self._desk, self._program = face, desk, program
        self._due_of = ALL
        self._waiting = RefusedHere(desk.refusals, _NAME, {})

    def refresh(self) -> None:
        """At every visit. What was typed and not taken is there again."""
        self._waiting = RefusedHere(self._desk.refusals, _NAME, self._desk.refusals.of(_NAME))
        people, (head, entries) = self._desk.enrolment.people(), self._desk.inspection.journal()
        self._face.show_facts(self._facts())
        self._face.show_people(
            [f"{p.name}{f', {p.title}' if p.title else ''} – {PERSON_ROLE_TITLES[p.role]}" for p in people]
        )
        choices = self._due_choices()
        if self._due_of not in [id for _, id in choices]:  # its programme is followed no more
            self._due_of = ALL
        self._face.show_due_choices(choices, self._due_of)
        self.choose_due(self._due_of)
        minutes = self._desk.locking.minutes()
        shown, why = self._as_typed(_LOCK, "" if minutes is None else str(minutes))
        self._face.show_lock(shown, self._desk.locking.may_be_never)
        self._face.show_problem("lock", why)
        self._face.show_journal(f"{entries} dòng, mã cuối {head[:16]}")

    def choose_due(self, id: str) -> None:
        """Whose due days are shown: an id of the choices."""
        self._due_of = id
        summaries = self._desk.summaries
        days, common = summaries.quarter_due(), summaries.quarter_due()
        otherwise = "chưa đặt"
        if id != ALL:
            days = summaries.own_due(*_of(id))
            otherwise = otherwise if common is None else f"như chung: {common}"
        shown, why = self._as_typed(f"{_DUE}{id}", "" if days is None else str(days))
        self._face.show_due(shown, otherwise)
        self._face.show_problem("due", why)

    def set_due(self, text: str) -> None:
        """Days after the period's last day; empty means that nobody has set any."""
        plain = text.strip()
        if plain and not (plain.isascii() and plain.isdecimal() and int(plain) <= MOST_DAYS):
            why = f"Ghi số ngày từ 0 đến {MOST_DAYS}, hoặc để trống khi chưa đặt hạn."
            self._waiting.keep(f"{_DUE}{self._due_of}", Refused("Hạn gửi báo cáo", text, why))
            self._face.show_problem("due", why)
            return
        self._waiting.answer([f"{_DUE}{self._due_of}"])
        days = int(plain) if plain else None
        if self._due_of == ALL:
            self._desk.summaries.set_quarter_due(days)
        else:
            self._desk.summaries.set_own_due(*_of(self._due_of), days)
        self._face.show_problem("due", "")
        self._face.done("Đã cất hạn gửi báo cáo.")

    def set_lock(self, text: str) -> bool:
        """Minutes; empty means never. False when refused, and the face has said why."""
        plain = text.strip()
        try:
            if plain and not (plain.isascii() and plain.isdecimal()):
                raise InputRefused("LOCK_MINUTES", f"Ghi số phút từ 1 đến {MOST}.", "lock_minutes")
            self._desk.locking.set_minutes(int(plain) if plain else None)
        except AppError as error:
            self._waiting.keep(_LOCK, Refused("Số phút tự khóa", text, error.message))
            self._face.show_problem("lock", error.message)
            return False
        self._waiting.answer([_LOCK])
        self._face.show_problem("lock", "")
        self._face.done(f"Sổ tự khóa sau {plain} phút vắng người." if plain else "Sổ không tự khóa.")
        return True

    def _as_typed(self, where: str, stored: str) -> tuple[str, str]:
        """What is to stand in a field: as it was typed and not taken, with the reason, else as it is stored."""
        waiting = self._waiting.all.get(where)
        return (waiting.text, waiting.why) if waiting else (stored, "")

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

    def inspect(self) -> Inspected:
        """Every sealed figure against the package it came from; for a working thread."""
        return self._desk.inspection.inspect()

    def inspected(self, found: Inspected) -> None:
        lines = [*found.problems[:_SHOWN], *(one.words for one in found.missing)]
        self._face.show_problem("backup", "\n".join(lines))
        if found.is_sound:
            self._face.done(f"Đã đối chiếu {found.compared} gói: số liệu trong sổ đúng như đã niêm phong.")

    def add_person(self, typed: TypedNewPerson) -> bool:
        """False when refused, and the face has said why."""
        try:
            founder = checked_founder(NewPerson(typed.name, typed.title, typed.role, _same(typed)))
            self._desk.ledger.add_person(founder.name, founder.title, founder.role, founder.password)
        except AppError as error:
            self._face.show_problem("person", error.message)
            return False
        self._face.show_problem("person", "")
        self._face.done(f"Đã thêm {founder.name}. Khóa của người này cần được nơi nhận đăng ký trước lần gửi đầu.")
        self.refresh()
        return True

    def change_password(self, typed: TypedNewPerson) -> bool:
        try:
            check_password(_same(typed))
            self._desk.ledger.change_password(typed.password)
        except AppError as error:
            self._face.show_problem("password", error.message)
            return False
        self._face.show_problem("password", "")
        self._face.done("Đã đổi mật khẩu.")
        return True

    def _due_choices(self) -> tuple[tuple[str, str], ...]:
        """All reports of less than a year, and each programme's that the plan sets no day for."""
        own = [
            (f"{programme.short_title} – báo cáo {_KINDS[form.period_kind]}", f"{programme.id}/{form.period_kind}")
            for programme in self._desk.programmes.followed()
            for form in programme.forms
            if form.period_kind in _KINDS
        ]
        return (("Mọi báo cáo tháng, quý, 6 tháng", ALL), *dict.fromkeys(own))

    def _facts(self) -> tuple[tuple[str, str], ...]:
        office, today = self._desk.office, self._program.clock().date()
        followed = [f"{one.title} (phiên bản {one.version})" for one in self._desk.programmes.followed()]
        return (
            ("Đơn vị", f"{office.name} (mã {office.unit.code})"),
            ("Cấp trên", self._above(office.parent, today)),
            ("Việc của đơn vị", "Nhận gói và tổng hợp" if office.collates else "Nhập và gửi báo cáo"),
            ("Chương trình", "\n".join(followed)),
            ("Thư mục sổ", str(self._desk.ledger.folder)),
            ("Phần mềm", f"Sổ Bình Đẳng {self._program.version}"),
        )

    def _above(self, code: str | None, today: date) -> str:
        try:
            return self._desk.units.all().get(code, today).full_name if code else "không có"
        except UnknownUnit:
            return f"đơn vị mã {code}"


def _of(id: str) -> tuple[str, PeriodKind]:
    programme, _, kind = id.partition("/")
    return programme, PeriodKind(kind)


def _same(typed: TypedNewPerson) -> str:
    if typed.password != typed.again:
        raise InputRefused("PASSWORD_DIFFERS", "Hai lần gõ mật khẩu không giống nhau. Gõ lại.")
    return typed.password
