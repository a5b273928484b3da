"""Decides how our own key introduces itself to the office above: a file to send, thirty digits on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from forms.errors import AppError
from forms.office import PERSON_ROLE_TITLES, Person
from forms.ports import Signer
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame


@dataclass(frozen=True, slots=True)
class KeySheet:
    """The sheet of paper (phiếu đăng ký khóa) that is signed, stamped and handed over beside the key file."""

    unit: str
    person: str
    title: str
    role: str
    digits: str
    file: str

    @property
    def text(self) -> str:
        return "\n".join(
            [
                "PHIẾU ĐĂNG KÝ KHÓA NIÊM PHONG",
                f"Đơn vị: {self.unit}",
                f"Người giữ khóa: {self.person}",
                f"Chức vụ: {self.title}",
                f"Vai trò: {self.role}",
                f"30 chữ số đối chiếu: {self.digits}",
                f"Tệp kèm theo: {self.file}",
            ]
        )


class KeyFace(Protocol):
    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """(how the person is called, keyid); who signed in stands first."""

    def ask_password(self, wanted: bool) -> None: ...
    def show_sheet(self, sheet: KeySheet | None) -> None: ...
    def show_problem(self, text: str) -> None: ...


class KeyPresenter:
    def __init__(self, face: KeyFace, desk: Desk, program: Program, frame: Frame) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._people: dict[str, Person] = {}
        self._sheet: KeySheet | None = None

    def start(self) -> None:
        own = self._desk.ledger.person.keyid
        people = sorted(self._desk.enrolment.people(), key=lambda person: person.keyid != own)
        self._people = {person.keyid: person for person in people}
        self._face.show_people([(f"{p.name} – {PERSON_ROLE_TITLES[p.role]}", p.keyid) for p in people])
        self.choose(own)

    def choose(self, keyid: str) -> None:
        """Whose key. Only who signed in needs no password."""
        self._face.ask_password(keyid != self._desk.ledger.person.keyid)
        self._face.show_problem("")
        self._show(None)

    def make(self, keyid: str, password: str) -> None:
        """Write the key file and show what to print."""
        try:
            signer = self._signer(keyid, password)
        except AppError as error:
            self._face.show_problem(error.message)
            return
        self._face.show_problem("")
        folder = self._frame.ask.folder("Chọn nơi lưu tệp đăng ký khóa")
        if folder is None:
            return
        try:
            data, digits = self._desk.enrolment.request(signer)
            file = self._program.write_file(folder / self._name(signer.person), data)
        except AppError as error:
            self._frame.ask.refused(error)
            return
        self._show(self._sheet_of(self._people[keyid], digits, file.name))
        self._frame.toast(f"Đã lưu {file.name} vào {folder}.")

    def save_sheet(self, draw: Callable[[KeySheet], bytes]) -> None:
        """The sheet as a page to print."""
        sheet = self._sheet
        name = f"{sheet.file.removesuffix('.bdk')}_phieu.pdf" if sheet else ""
        file = self._frame.ask.save_file("Lưu phiếu đăng ký khóa", name, "Tài liệu PDF (*.pdf)") if sheet else None
        if sheet is None or file is None:
            return
        try:
            self._program.write_file(file, draw(sheet))
        except AppError as error:
            self._frame.ask.refused(error)
        else:
            self._frame.toast(f"Đã lưu {file.name} vào {file.parent}. In, ký, đóng dấu rồi gửi nơi nhận.")

    def _show(self, sheet: KeySheet | None) -> None:
        self._sheet = sheet
        self._face.show_sheet(sheet)

    def _signer(self, keyid: str, password: str) -> Signer:
        ledger = self._desk.ledger
        return ledger.own_signer() if keyid == ledger.person.keyid else ledger.signer(keyid, password)

    def _name(self, person: Person) -> str:
        return f"{self._desk.office.unit.code}_{person.role.value}_{person.keyid[:8]}.bdk"

    def _sheet_of(self, person: Person, digits: str, file: str) -> KeySheet:
        office = self._desk.office
        unit = f"{self._desk.units.whole_name(office)} (mã {office.unit.code})"
        return KeySheet(unit, person.name, person.title, PERSON_ROLE_TITLES[person.role], digits, file)
