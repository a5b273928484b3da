"""Decides the first run: which unit we are, what the office does, who prepares and who approves; or a practice ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import resources
from forms.errors import AppError, InputRefused
from forms.office import PersonRole
from forms.org_unit import COMMUNE_KINDS, OrgUnit
from forms.services.desk import open_desk
from forms.services.founding import Founder, Plan, found, usual_programme

if TYPE_CHECKING:
    from forms.ports import Ledger
    from forms.program import Program

PRACTICE_UNIT = "19804"
PRACTICE_PASSWORD = "dung-thu-2025"  # noqa: S105 - shown to everybody who tries the program out
PRACTICE_PEOPLE = (
    Founder("Nguyễn Thị Mẫu", "Công chức Văn hóa - Xã hội", PersonRole.PREPARER, PRACTICE_PASSWORD),
    Founder("Trần Văn Thử", "Phó Chủ tịch Ủy ban nhân dân", PersonRole.HEAD, PRACTICE_PASSWORD),
)
_FOUND = 30


@dataclass(frozen=True)
class Typed:
    """One person's fields as typed."""

    name: str
    title: str
    password: str
    again: str


class WizardFace(Protocol):
    def show_units(self, units: Sequence[tuple[OrgUnit, str]]) -> None:
        """(unit, the names above it)."""

    def show_unit(self, words: str, collates: bool, programme: str) -> None: ...
    def show_programmes(self, programmes: Sequence[tuple[str, str]]) -> None:
        """(id, title) of each to choose from."""

    def show_problem(self, text: str) -> None: ...
    def show_people_step(self) -> None: ...
    def show_code(self, code: str) -> None: ...
    def show_practice(self, people: Sequence[tuple[str, str]], password: str) -> None: ...
    def let_in(self, ledger: Ledger) -> None: ...


class WizardPresenter:
    def __init__(self, face: WizardFace, program: Program) -> None:
        self._face, self._program = face, program
        self._unit: OrgUnit | None = None
        self._ledger: Ledger | None = None

    @property
    def folder(self) -> Path:
        return self._program.home

    @property
    def practice_folder(self) -> Path:
        return self._program.home.with_name(f"{self._program.home.name}-dung-thu")

    def search(self, query: str) -> None:
        today = self._program.clock().date()
        units = self._program.units.search(query, today, _FOUND) if query.strip() else ()
        self._face.show_units([(unit, ", ".join(self._program.units.path(unit, today)[1:])) for unit in units])

    def choose(self, unit: OrgUnit) -> None:
        self._unit = unit
        usual = usual_programme(self._program.catalogue, self._program.units, unit.code, self._program.clock().date())
        self._face.show_unit(f"{unit.full_name} (mã {unit.code})", unit.kind not in COMMUNE_KINDS, usual)

    def start(self) -> None:
        found = {programme.id: programme.title for programme in self._program.catalogue.programmes}
        self._face.show_programmes(tuple(found.items()))

    def unit_done(self) -> None:
        if self._unit is None:
            self._face.show_problem("Chưa chọn đơn vị. Gõ tên hoặc mã vào ô tìm rồi chọn một dòng.")
        else:
            self._face.show_problem("")
            self._face.show_people_step()

    def found(self, people: Sequence[tuple[PersonRole, Typed]], collates: bool, programme: str) -> None:
        """Make the ledger. Nothing is written when anything is refused."""
        assert self._unit is not None
        try:
            founders = tuple(_founder(role, typed) for role, typed in people)
            today, units = self._program.clock().date(), self._program.units
            plan = Plan(self._unit.code, founders, collates, programme=programme)
            self._ledger, code = found(self._program.house, units, self.folder, plan, today)
        except AppError as error:
            self._face.show_problem(error.message)
        else:
            self._face.show_problem("")
            self._face.show_code(code)

    def practise(self) -> None:
        """The practice ledger beside the real one: made and filled once, then opened again."""
        try:
            self._ledger = self._practice_ledger()
        except AppError as error:
            self._face.show_problem(error.message)
        else:
            self._face.show_practice([(person.name, person.title) for person in PRACTICE_PEOPLE], PRACTICE_PASSWORD)

    def restore(self, file: Path) -> bool:
        """A backup becomes the ledger of this machine. False when refused."""
        try:
            self._program.house.restore(file, self.folder)
        except AppError as error:
            self._face.show_problem(error.message)
            return False
        return True

    def write_code(self, file: Path, code: str) -> None:
        """The recovery code as a text file, to be printed and taken off the machine."""
        words = (
            f"SỔ BÌNH ĐẲNG - MÃ KHÔI PHỤC\n\n{code}\n\nDùng mã này để mở sổ khi quên mật khẩu. In ra, cất trong két hoặc phong bì "
            "dán kín, rồi xóa tệp này khỏi máy.\n"
        )
        try:
            self._program.write_file(file, words.encode("utf-8"))
        except AppError as error:
            self._face.show_problem(error.message)

    def enter(self) -> None:
        assert self._ledger is not None
        self._face.let_in(self._ledger)

    def close(self) -> None:
        """Leave without entering: the new ledger is closed, so that its lock is free."""
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None

    def _practice_ledger(self) -> Ledger:
        try:
            self._program.house.people(self.practice_folder)
        except AppError:
            plan = Plan(PRACTICE_UNIT, PRACTICE_PEOPLE, practice=True)
            today = self._program.clock().date()
            ledger, _ = found(self._program.house, self._program.units, self.practice_folder, plan, today)
            self._fill(ledger)
            return ledger
        return self._program.house.open(self.practice_folder, PRACTICE_PASSWORD, PRACTICE_PEOPLE[0].name)

    def _fill(self, ledger: Ledger) -> None:
        entry = open_desk(self._program, ledger).entry
        for file in sorted(resources.path("sample").glob("*.json")):
            entry.take(self._program.read_import(file.read_bytes()))


def _founder(role: PersonRole, typed: Typed) -> Founder:
    if typed.password != typed.again:
        raise InputRefused(
            "PASSWORD_DIFFERS", f"Hai lần gõ mật khẩu của {typed.name or 'người này'} không giống nhau. Gõ lại."
        )
    return Founder(typed.name, typed.title, role, typed.password)
