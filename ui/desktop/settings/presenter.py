"""Decides the settings: facts of the office, persons, backup, the due day of a quarter, how the window looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError, InputRefused
from forms.model.finding import Refused
from forms.model.office import PERSON_ROLE_TITLES, NewPerson, PersonRole
from forms.model.period import Period, PeriodKind
from forms.org_units.catalogue import UnknownUnit
from forms.services.answering import OpenQuestion
from forms.services.auto_lock import MOST
from forms.services.due_dates import SetDay
from forms.services.founding import check_password, checked_founder
from forms.services.inspection import Inspected
from forms.services.refused_entries import RefusedHere
from forms.services.reports_on_offer import read_day
from ui.desktop.shell import Shell

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


@dataclass(frozen=True)
class SettingsPage:
    """What is shown at a visit. `due_choices`: (words, id) of each group of reports that may have a due day of its own;
    `lock`: minutes, empty for never, with `lock_problem` as they were typed and not taken. `own_days`: the days that were set
    for single reports and units; `form_choices`: (words, programme and form) to set one for. `questions`: which
    unit answers as an agency of the plan."""

    facts: tuple[tuple[str, str], ...]
    people: tuple[str, ...]
    due_choices: tuple[tuple[str, str], ...]
    lock: str
    lock_problem: str
    may_be_never: bool
    journal: str
    own_days: tuple[str, ...] = ()
    form_choices: tuple[tuple[str, tuple[str, str]], ...] = ()
    questions: tuple[tuple[str, OpenQuestion], ...] = ()


class SettingsPresenter:
    """What sets something answers with the refusal's words; empty when it was done, and then the window has told it."""

    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        self._desk, self._program, self._frame = desk, program, frame
        self._waiting = RefusedHere(desk.refusals, _NAME, {})

    def page(self) -> SettingsPage:
        """At every visit. What was typed and not taken is there again."""
        self._waiting = RefusedHere(self._desk.refusals, _NAME, self._desk.refusals.of(_NAME))
        people, (head, entries) = self._desk.enrolment.people(), self._desk.inspection.journal()
        minutes = self._desk.locking.minutes()
        lock, problem = self._as_typed(_LOCK, "" if minutes is None else str(minutes))
        # All reports of less than a year, and each programme's that the plan sets no day for
        own = [
            (f"{programme.short_title} – báo cáo {_KINDS[form.period_kind]}", f"{programme.id}/{form.period_kind}")
            for programme in self._desk.programmes.followed()
            for form in programme.forms
            if form.period_kind in _KINDS
        ]
        office, today = self._desk.office, self._program.clock().date()
        followed = [f"{one.title} (phiên bản {one.version})" for one in self._desk.programmes.followed()]
        return SettingsPage(
            (
                ("Đơn vị", f"{office.name} (mã {office.unit.code})"),
                ("Cấp trên", self._above(office.parent, today)),
                ("Việc của đơn vị", "Nhận gói và tổng hợp" if office.collates else "Nhập và gửi báo cáo"),
                ("Chương trình", "\n".join(followed)),
                ("Thư mục sổ", str(self._desk.ledger.folder)),
                ("Phần mềm", f"Sổ Bình Đẳng {self._program.version}"),
            ),
            tuple(f"{p.name}{f', {p.title}' if p.title else ''} – {PERSON_ROLE_TITLES[p.role]}" for p in people),
            (("Mọi báo cáo tháng, quý, 6 tháng", ALL), *dict.fromkeys(own)),
            lock,
            problem,
            self._desk.locking.may_be_never,
            f"{entries} dòng, mã cuối {head[:16]}",
            tuple(self._day_words(one) for one in self._desk.answering.days()),
            tuple(
                (f"{programme.short_title} – biểu {form.number}", (programme.id, form.id))
                for programme in self._desk.programmes.followed()
                for form in programme.forms
            ),
            tuple(
                (f"{one.asked.agency.title} – {one.programme.short_title}", one)
                for one in self._desk.answering.questions(today)
            ),
        )

    def choose_answerer(self, question: OpenQuestion, unit: str, reason: str) -> str:
        """Of several units that bear the agency's name."""
        programme, agency = question.programme.id, question.asked.agency.id
        try:
            self._desk.answering.choose(programme, question.period, agency, unit, reason)
        except AppError as error:
            return error.message
        self._frame.toast("Đã cất đơn vị trả lời.")
        return ""

    def set_own_day(self, of: tuple[str, str], period: str, unit: str, typed: str) -> str:
        """A day (20/12/2025) or a number of days after the period's end, for a form, and where they are given for one period
        and one unit; empty takes it away."""
        try:
            label = Period.parse(period.strip()).label if period.strip() else ""
            wanted, plain = SetDay(*of, label, unit.strip()), typed.strip()
            if not plain:
                self._desk.answering.drop_day(wanted)
            elif plain.isascii() and plain.isdecimal():
                self._desk.answering.set_day(replace(wanted, days=int(plain)))
            else:
                self._desk.answering.set_day(replace(wanted, day=read_day(plain)))
        except AppError as error:
            return error.message
        self._frame.toast("Đã cất hạn gửi riêng." if plain else "Đã bỏ hạn gửi riêng.")
        return ""

    def _day_words(self, one: SetDay) -> str:
        """Kế hoạch …, biểu 02-N, năm 2025, mã 19804: hết 20/12/2025."""
        programme = self._desk.catalogue.programme(one.programme)
        form = programme.form(one.form)
        of = [
            programme.short_title,
            *([f"biểu {form.number}"] if form else []),
            *([Period.parse(one.period).words] if one.period else []),
            *([f"đơn vị mã {one.unit}"] if one.unit else []),
        ]
        return f"{', '.join(of)}: {f'hết {one.day:%d/%m/%Y}' if one.day else f'{one.days} ngày sau khi hết kỳ'}"

    def due(self, id: str) -> tuple[str, str, str]:
        """Of a group of reports: the days, what holds while none are set, and why what was typed was not taken."""
        summaries = self._desk.summaries
        common = summaries.quarter_due()
        days = common if id == ALL else summaries.own_due(*_of(id))
        otherwise = "chưa đặt" if id == ALL or common is None else f"như chung: {common}"
        shown, why = self._as_typed(f"{_DUE}{id}", "" if days is None else str(days))
        return shown, otherwise, why

    def set_due(self, id: str, text: str) -> str:
        """Days after the period's last day; empty means that nobody has set any."""
        plain = text.strip()
        if plain and not (plain.isascii() and plain.isdecimal() and int(plain) <= MOST_DAYS):
            why = f"Ghi số ngày từ 0 đến {MOST_DAYS}, hoặc để trống khi chưa đặt hạn."
            self._waiting.keep(f"{_DUE}{id}", Refused("Hạn gửi báo cáo", text, why))
            return why
        self._waiting.answer([f"{_DUE}{id}"])
        days = int(plain) if plain else None
        if id == ALL:
            self._desk.summaries.set_quarter_due(days)
        else:
            self._desk.summaries.set_own_due(*_of(id), days)
        self._frame.toast("Đã cất hạn gửi báo cáo.")
        return ""

    def set_lock(self, text: str) -> str:
        """Minutes; empty means never."""
        plain = text.strip()
        try:
            if plain and not (plain.isascii() and plain.isdecimal()):
                raise InputRefused("LOCK_MINUTES", f"Ghi số phút từ 1 đến {MOST}.", "lock_minutes")
            self._desk.locking.set_minutes(int(plain) if plain else None)
        except AppError as error:
            self._waiting.keep(_LOCK, Refused("Số phút tự khóa", text, error.message))
            return error.message
        self._waiting.answer([_LOCK])
        self._frame.toast(f"Sổ tự khóa sau {plain} phút vắng người." if plain else "Sổ không tự khóa.")
        return ""

    def backup_name(self) -> str:
        return f"{self._desk.office.unit.code}_{self._program.clock():%Y-%m-%d_%H%M}.sbdbackup"

    def back_up(self, file: Path) -> str:
        """A checked copy of the whole ledger: the copy is opened, and the journal's chain compared, before it counts."""
        try:
            made = self._desk.ledger.backup(file)
        except AppError as error:
            return error.message
        self._frame.toast(f"Đã sao lưu và kiểm tra: {made.name}")
        return ""

    def inspect(self) -> Inspected:
        """Every sealed figure against the package it came from; for a working thread."""
        return self._desk.inspection.inspect()

    def inspected(self, found: Inspected) -> str:
        if found.is_sound:
            self._frame.toast(f"Đã đối chiếu {found.compared} gói: số liệu trong sổ đúng như đã niêm phong.")
        return "\n".join([*found.problems[:_SHOWN], *(one.words for one in found.missing)])

    def add_person(self, typed: TypedNewPerson) -> str:
        try:
            founder = checked_founder(NewPerson(typed.name, typed.title, typed.role, _same(typed)))
            self._desk.ledger.add_person(founder.name, founder.title, founder.role, founder.password)
        except AppError as error:
            return error.message
        self._frame.toast(f"Đã thêm {founder.name}. Khóa của người này cần được nơi nhận đăng ký trước lần gửi đầu.")
        return ""

    def change_password(self, typed: TypedNewPerson) -> str:
        try:
            check_password(_same(typed))
            self._desk.ledger.change_password(typed.password)
        except AppError as error:
            return error.message
        self._frame.toast("Đã đổi mật khẩu.")
        return ""

    def _as_typed(self, where: str, stored: str) -> tuple[str, str]:
        """What is to stand in a field: as it was typed and not taken, with the reason, else as it is stored."""
        waiting = self._waiting.all.get(where)
        return (waiting.text, waiting.why) if waiting else (stored, "")

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
