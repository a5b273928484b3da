"""Decides the first run: which unit we are, what the office does, who prepares and who approves; or a practice ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import resources
from forms.all_services import open_services
from forms.errors import AppError, InputRefused
from forms.model.office import NewPerson, PersonRole
from forms.model.org_unit import COMMUNE_KINDS, OrgUnit
from forms.programmes.followed_programmes import Proposal, agencies_at, proposals, proposed_code
from forms.services.founding import FoundingPlan, found, usual_programme

if TYPE_CHECKING:
    from forms.application import Application
    from forms.ports import Ledger

PRACTICE_UNIT = "19804"
PRACTICE_PASSWORD = "dung-thu-2025"  # noqa: S105 - shown to everybody who tries the program out
PRACTICE_PEOPLE = (
    NewPerson("Nguyễn Thị Mẫu", "Công chức Văn hóa - Xã hội", PersonRole.PREPARER, PRACTICE_PASSWORD),
    NewPerson("Trần Văn Thử", "Phó Chủ tịch Ủy ban nhân dân", PersonRole.HEAD, PRACTICE_PASSWORD),
)
OTHER = "?"  # an agency that is not listed and has no name yet
_FOUND = 30
_PROVINCES = ("province", "city")


@dataclass(frozen=True)
class TypedPerson:
    """One person's fields as typed."""

    name: str
    title: str
    password: str
    again: str


@dataclass(frozen=True, slots=True)
class ProgrammeChoice:
    """A programme to tick: `note` says what it asks of this very office."""

    id: str
    title: str
    note: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class ChosenUnit:
    """The unit under the cursor. `agencies` are those of the province to choose from, where it is one."""

    words: str
    collates: bool
    agencies: tuple[str, ...] = ()
    is_province: bool = False


class WizardFace(Protocol):
    def show_units(self, units: Sequence[tuple[OrgUnit, str]]) -> None:
        """(unit, the names above it)."""

    def show_unit(self, chosen: ChosenUnit) -> None: ...
    def show_no_unit(self, words: str) -> None:
        """What was chosen is chosen no more; the words say what it was."""

    def show_agency(self, words: str, code: str) -> None:
        """What is chosen now: an agency that the catalogue lacks, and the code proposed for it; without a code the
        province itself."""

    def show_programmes(self, offers: Sequence[ProgrammeChoice]) -> None: ...
    def show_problem(self, text: str) -> None: ...
    def show_people_step(self, unit: str) -> None:
        """`unit` is whose ledger it will be, with its province."""

    def show_code(self, code: str, unit: str) -> None: ...
    def show_practice(self, people: Sequence[tuple[str, str]], password: str) -> None: ...
    def let_in(self, ledger: Ledger) -> None: ...


class WizardPresenter:
    def __init__(self, face: WizardFace, program: Application) -> None:
        self._face, self._program = face, program
        self._unit: OrgUnit | None = None
        self._agency = ""  # its name, where the office is an agency of that unit
        self._ledger: Ledger | None = None

    @property
    def folder(self) -> Path:
        return self._program.home

    @property
    def practice_folder(self) -> Path:
        return self._program.home.with_name(f"{self._program.home.name}-dung-thu")

    def search(self, query: str) -> None:
        """What was typed has changed: what was chosen under other words is chosen no more."""
        today = self._today
        if self._unit is not None:
            words = f"Đã đổi từ tìm nên bỏ chọn {self._whole_name}. Chọn lại một dòng trong danh sách."
            self._unit, self._agency = None, ""
            self._face.show_no_unit(words)
        units = self._program.units.search(query, today, _FOUND) if query.strip() else ()
        self._face.show_units([(unit, ", ".join(self._program.units.path(unit, today)[1:])) for unit in units])

    def choose(self, unit: OrgUnit) -> None:
        self._unit, self._agency = unit, ""
        is_province = unit.kind in _PROVINCES
        agencies = agencies_at(self._program.catalogue, unit.code) if is_province else ()
        words = f"{self._whole_name} (mã {unit.code})"
        self._face.show_unit(ChosenUnit(words, unit.kind not in COMMUNE_KINDS, agencies, is_province))
        self._face.show_programmes(self._offers(unit))

    def choose_agency(self, name: str) -> None:
        """One of the province's agencies, listed or typed; empty: the province itself; OTHER: one still to be named."""
        if self._unit is None or name.strip() == self._agency:
            return
        self._agency, province = name.strip(), self._unit
        if self._agency in ("", OTHER):
            itself = f"{self._whole_name} (mã {province.code})"
            self._face.show_agency(f"Gõ tên cơ quan của {province.full_name}" if self._agency else itself, "")
            self._face.show_programmes(self._offers(province))
            return
        code = proposed_code(self._program.units, self._agency, province, self._today)
        self._face.show_agency(self._whole_name, code)
        self._face.show_programmes(self._offers(self._made(code)))

    def unit_done(self, code: str, programmes: Sequence[str]) -> None:
        """`code`: of an agency, as it was left."""
        try:
            self._must_be_whole(code, programmes)
        except AppError as error:
            self._face.show_problem(error.message)
        else:
            self._face.show_problem("")
            self._face.show_people_step(self._whole_name)

    def found(
        self, people: Sequence[tuple[PersonRole, TypedPerson]], collates: bool, code: str, programmes: Sequence[str]
    ) -> None:
        """Make the ledger. Nothing is written when anything is refused."""
        assert self._unit is not None
        made = self._made(code) if self._agency else None
        try:
            founders = tuple(_founder(role, typed) for role, typed in people)
            plan = FoundingPlan((made or self._unit).code, founders, collates, programme=programmes[0], made=made)
            units, house = self._program.units, self._program.house
            self._ledger, recovery = found(house, units, self.folder, plan, self._today)
            open_services(self._program, self._ledger).programmes.follow(programmes)
        except AppError as error:
            self._face.show_problem(error.message)
        else:
            self._face.show_problem("")
            self._face.show_code(recovery, self._whole_name)

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

    @property
    def _whole_name(self) -> str:
        """Who was chosen, with all above it: two communes may have one name."""
        assert self._unit is not None
        above = self._program.units.path(self._unit, self._today)
        return ", ".join((self._agency, *above) if self._agency not in ("", OTHER) else above)

    @property
    def _today(self) -> date:
        return self._program.clock().date()

    def _must_be_whole(self, code: str, programmes: Sequence[str]) -> None:
        if self._unit is None:
            raise InputRefused("UNIT_NONE", "Chưa chọn đơn vị. Gõ tên hoặc mã vào ô tìm rồi chọn một dòng.")
        if not programmes:
            raise InputRefused("PROGRAMME_NONE", "Chọn ít nhất một chương trình mà đơn vị phải báo cáo.")
        if self._agency == OTHER:
            raise InputRefused("UNIT_NONE", "Gõ tên cơ quan, hoặc chọn lại “Chính tỉnh, thành phố này”.")
        if self._agency:
            self._program.units.with_units([self._made(code)])

    def _made(self, code: str) -> OrgUnit:
        """The agency as a unit of its own, as old as its province."""
        assert self._unit is not None
        return OrgUnit(code.strip(), self._agency, self._agency, "agency", self._unit.code, self._unit.valid_from)

    def _offers(self, unit: OrgUnit) -> tuple[ProgrammeChoice, ...]:
        catalogue, units, today = self._program.catalogue, self._program.units, self._today
        usual = usual_programme(catalogue, units, unit.parent if unit.kind == "agency" else unit.code, today)
        return tuple(
            ProgrammeChoice(one.programme.id, one.programme.title, _asked(one), one.likely)
            for one in proposals(catalogue, units, unit, usual, today)
        )

    def _practice_ledger(self) -> Ledger:
        try:
            self._program.house.people(self.practice_folder)
        except AppError:
            plan = FoundingPlan(PRACTICE_UNIT, PRACTICE_PEOPLE, practice=True)
            ledger, _ = found(self._program.house, self._program.units, self.practice_folder, plan, self._today)
            self._fill(ledger)
            return ledger
        return self._program.house.open(self.practice_folder, PRACTICE_PASSWORD, PRACTICE_PEOPLE[0].name)

    def _fill(self, ledger: Ledger) -> None:
        entry = open_services(self._program, ledger).entry
        for file in sorted(resources.path("sample").glob("*.json")):
            entry.take(self._program.read_import(file.read_bytes()))


def _asked(one: Proposal) -> str:
    """Sở Y tế: 3 chỉ tiêu, 2 nhiệm vụ."""
    if not one.agencies:
        return ""
    counted = [f"{one.indicators} chỉ tiêu"] if one.indicators else []
    counted += [f"{one.tasks} nhiệm vụ"] if one.tasks else []
    return f"{', '.join(one.agencies)}: {', '.join(counted) or 'không có chỉ tiêu riêng'}"


def _founder(role: PersonRole, typed: TypedPerson) -> NewPerson:
    if typed.password != typed.again:
        raise InputRefused(
            "PASSWORD_DIFFERS", f"Hai lần gõ mật khẩu của {typed.name or 'người này'} không giống nhau. Gõ lại."
        )
    return NewPerson(typed.name, typed.title, role, typed.password)
