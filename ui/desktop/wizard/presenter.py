"""Decides the first run: which unit we are, what the office does, who prepares and who approves; or a practice ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import resources
from forms.all_services import open_services
from forms.errors import AppError, InputRefused
from forms.model.office import NewPerson, PersonRole
from forms.model.org_unit import COMMUNE_KINDS, OrgUnit
from forms.programmes.followed_programmes import Proposal, agencies_at, proposals, proposed_code, unnamed_in
from forms.programmes.programme import Programme
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
UNNAMED = "Không nêu tên cơ quan này: không giao số liệu nào, nơi nhận không chờ số liệu của nó."
_FOUND = 30
_PROVINCES = ("province", "city")


@dataclass(frozen=True)
class TypedPerson:
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
    """The unit under the cursor, or an agency of it. `agencies` are those of the province to choose from, where it is one;
    `code` is what is proposed for an agency that the catalogue lacks; `warning` that no plan of the place names it."""

    words: str
    programmes: tuple[ProgrammeChoice, ...]
    collates: bool = False
    agencies: tuple[str, ...] = ()
    is_province: bool = False
    code: str = ""
    warning: str = ""


class WizardPresenter:
    """What is refused is raised: an AppError, for the page to show. Nothing is written then."""

    def __init__(self, program: Application) -> None:
        self._program = program
        self._unit: OrgUnit | None = None
        self._agency = ""  # its name, where the office is an agency of that unit
        self.ledger: Ledger | None = None

    @property
    def folder(self) -> Path:
        return self._program.home

    @property
    def practice_folder(self) -> Path:
        return self._program.home.with_name(f"{self._program.home.name}-dung-thu")

    @property
    def whole_name(self) -> str:
        """Who was chosen, with all above it: two communes may have one name."""
        above = self._program.units.path(self._chosen(), self._today)
        return ", ".join((self._agency, *above) if self._agency not in ("", OTHER) else above)

    def drop(self) -> str:
        """What was typed has changed: what was chosen under other words is chosen no more. Says what it was."""
        if self._unit is None:
            return ""
        words = f"Đã đổi từ tìm nên bỏ chọn {self.whole_name}. Chọn lại một dòng trong danh sách."
        self._unit, self._agency = None, ""
        return words

    def search(self, query: str) -> list[tuple[OrgUnit, str]]:
        """(unit, the names above it)."""
        today, units = self._today, self._program.units
        found = units.search(query, today, _FOUND) if query.strip() else ()
        return [(unit, ", ".join(units.path(unit, today)[1:])) for unit in found]

    def choose(self, unit: OrgUnit) -> ChosenUnit:
        self._unit, self._agency = unit, ""
        is_province = unit.kind in _PROVINCES
        agencies = agencies_at(self._program.catalogue, unit.code, self._today) if is_province else ()
        words, collates = f"{self.whole_name} (mã {unit.code})", unit.kind not in COMMUNE_KINDS
        return ChosenUnit(words, self._offers(unit), collates, agencies, is_province)

    def choose_agency(self, name: str) -> ChosenUnit | None:
        """One of the province's agencies, listed or typed; empty: the province itself; OTHER: one still to be named. None
        where it was chosen already."""
        if self._unit is None or name.strip() == self._agency:
            return None
        self._agency, province = name.strip(), self._unit
        if self._agency == OTHER:
            return ChosenUnit(f"Gõ tên cơ quan của {province.full_name}", self._offers(province))
        if not self._agency:
            return ChosenUnit(f"{self.whole_name} (mã {province.code})", self._offers(province))
        code = proposed_code(self._program.units, self._agency, province, self._today)
        made = self._made(code)
        catalogue, here = self._program.catalogue, [one for one in self._program.catalogue.newest if one.issuing_unit]
        here = [one for one in here if one.issuing_unit == province.code and self._today.year <= one.last_year]
        unnamed = unnamed_in(catalogue, [one.id for one in here], made, self._today)
        return ChosenUnit(self.whole_name, self._offers(made), code=code, warning=_nobody_waits(unnamed))

    def check_unit(self, code: str, programmes: Sequence[str]) -> None:
        """`code`: of an agency, as it was left. Raises InputRefused UNIT_NONE, PROGRAMME_NONE and those of a code."""
        if self._unit is None:
            raise InputRefused("UNIT_NONE", "Chưa chọn đơn vị. Gõ tên hoặc mã vào ô tìm rồi chọn một dòng.")
        if not programmes:
            raise InputRefused("PROGRAMME_NONE", "Chọn ít nhất một chương trình mà đơn vị phải báo cáo.")
        if self._agency == OTHER:
            raise InputRefused("UNIT_NONE", "Gõ tên cơ quan, hoặc chọn lại “Chính tỉnh, thành phố này”.")
        if self._agency:
            self._program.units.with_units([self._made(code)])

    def found(
        self, people: Sequence[tuple[PersonRole, TypedPerson]], collates: bool, code: str, programmes: Sequence[str]
    ) -> str:
        """Make the ledger; gives its recovery code."""
        made = self._made(code) if self._agency else None
        founders = tuple(_founder(role, typed) for role, typed in people)
        plan = FoundingPlan((made or self._chosen()).code, founders, collates, programme=programmes[0], made=made)
        units, house = self._program.units, self._program.house
        self.ledger, recovery = found(house, units, self.folder, plan, self._today)
        open_services(self._program, self.ledger).programmes.follow(programmes)
        return recovery

    def practise(self) -> None:
        """The practice ledger beside the real one: made and filled once, then opened again."""
        house, folder = self._program.house, self.practice_folder
        try:
            house.people(folder)
        except AppError:
            plan = FoundingPlan(PRACTICE_UNIT, PRACTICE_PEOPLE, practice=True)
            self.ledger, _ = found(house, self._program.units, folder, plan, self._today)
            entry = open_services(self._program, self.ledger).entry
            for file in sorted(resources.path("sample").glob("*.json")):
                entry.take(self._program.read_import(file.read_bytes()))
        else:
            self.ledger = house.open(folder, PRACTICE_PASSWORD, PRACTICE_PEOPLE[0].name)

    def restore(self, file: Path) -> None:
        """A backup becomes the ledger of this machine."""
        self._program.house.restore(file, self.folder)

    def write_code(self, file: Path, code: str) -> None:
        """The recovery code as a text file, to be printed and taken off the machine."""
        words = (
            f"SỔ BÌNH ĐẲNG - MÃ KHÔI PHỤC\n\n{code}\n\nDùng mã này để mở sổ khi quên mật khẩu. In ra, cất trong két hoặc phong bì "
            "dán kín, rồi xóa tệp này khỏi máy.\n"
        )
        self._program.write_file(file, words.encode("utf-8"))

    @property
    def _today(self) -> date:
        return self._program.clock().date()

    def _chosen(self) -> OrgUnit:
        assert self._unit is not None
        return self._unit

    def _made(self, code: str) -> OrgUnit:
        """The agency as a unit of its own, as old as its province."""
        above = self._chosen()
        return OrgUnit(code.strip(), self._agency, self._agency, "agency", above.code, above.valid_from)

    def _offers(self, unit: OrgUnit) -> tuple[ProgrammeChoice, ...]:
        catalogue, units, today = self._program.catalogue, self._program.units, self._today
        usual = usual_programme(catalogue, units, unit.parent if unit.kind == "agency" else unit.code, today)
        found = proposals(catalogue, units, unit, usual, today)
        unnamed = unnamed_in(catalogue, [one.programme.id for one in found], unit, today)
        notes = {programme.id: UNNAMED for programme in unnamed}
        return tuple(
            ProgrammeChoice(
                one.programme.id, one.programme.title, _asked(one) or notes.get(one.programme.id, ""), one.likely
            )
            for one in found
        )


def _nobody_waits(unnamed: Sequence[Programme]) -> str:
    """What the plans of the place mean for an agency that they do not name."""
    if not unnamed:
        return ""
    plans = ", ".join(f"“{one.short_title}”" for one in unnamed)
    return (
        f"{plans} không nêu tên cơ quan này: không giao số liệu nào cho nó, nơi nhận không chờ số liệu của nó. Nếu là một cơ "
        "quan trong danh sách thì chọn ở đó."
    )


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
