"""Packages that were sealed here, and the office's keys.

Decides what the screen of our own packages shows: what was sealed, how to send it again, how to correct it.

Decides how our own key introduces itself to the office above: a file to send, thirty digits on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.exchange.statements import Sealed
from forms.model.office import PERSON_ROLE_TITLES, Person
from forms.model.report import REPORT_STATE_TITLES, Report, ReportState
from forms.ports import Signer
from forms.services.reports_on_offer import capitalised
from forms.services.sealing import package_name
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.shell import Location, Shell

COLUMNS = (
    ListColumnHead("Kỳ báo cáo", 136),
    ListColumnHead("Chương trình, biểu"),
    ListColumnHead("Lần gửi", 66, "right"),
    ListColumnHead("Trạng thái", 170),
)
_LOOKS = {
    ReportState.SEALED: ("accent", "package"),
    ReportState.EXPORTED: ("good", "done"),
    ReportState.ACCEPTED: ("good", "done"),
    ReportState.RETURNED: ("error", "error"),
    ReportState.SUPERSEDED: ("muted", ""),
}


@dataclass(frozen=True, slots=True)
class ChosenPackage:
    """The package under the cursor. `digits` are read out over the telephone; `advice` says what to do next."""

    title: str
    digits: str
    advice: str
    can_reopen: bool
    export: str = "Xuất lại tệp…"


class PackagesFace(Protocol):
    def show_packages(self, rows: Sequence[ListRow], chosen: str) -> None:
        """`chosen` is the id of the row to stand on, or empty."""

    def show_chosen(self, chosen: ChosenPackage | None) -> None: ...


class PackagesPresenter:
    def __init__(self, face: PackagesFace, desk: Services, program: Application, frame: Shell) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._packages: dict[str, tuple[Report, Sealed]] = {}
        self._chosen = ""

    def start(self, place: str = "") -> None:
        """At every visit; `place` asks for a report: of one without a package none is chosen, and none in its place."""
        self._packages = {_id(report): (report, sealed) for report, sealed in self._desk.sealing.every()}
        asked = Location.read(place)
        wanted = str(replace(asked, spot="")) if asked else self._chosen
        first = "" if asked or self._chosen else next(iter(self._packages), "")
        self._chosen = wanted if wanted in self._packages else first
        self._face.show_packages([self._row(id, report) for id, (report, _) in self._packages.items()], self._chosen)
        self.choose(self._chosen)

    def choose(self, id: str) -> None:
        self._chosen = id
        found = self._packages.get(id)
        self._face.show_chosen(_chosen(*found) if found else None)

    def export(self) -> None:
        """Write the chosen package out again."""
        found = self._packages.get(self._chosen)
        folder = self._frame.ask.folder("Chọn nơi lưu gói báo cáo (USB hoặc thư mục)") if found else None
        if found is None or folder is None:
            return
        report, sealed = found
        try:
            file = self._program.write_file(folder / package_name(_as_sealed(report)), sealed.raw)
            self._desk.sealing.exported(report.form.programme, report.period, file.name)
        except AppError as error:
            self._frame.ask.refused(error)
            return
        self._frame.toast(f"Đã lưu {file.name} vào {folder}.")
        self.start()

    def reopen(self) -> None:
        """A correction of the chosen report, once confirmed."""
        found = self._packages.get(self._chosen)
        if found is None:
            return
        report, _ = found
        if not self._frame.ask.confirm(
            f"Mở bản thay thế {report.period.words}?",
            f"Gói lần gửi {report.revision} đã niêm phong giữ nguyên. Bản thay thế là lần gửi {report.revision + 1}: "
            "sửa số liệu, niêm phong lại rồi gửi gói mới cho nơi nhận.",
            "Mở bản thay thế",
        ):
            return
        try:
            self._desk.entry.reopen(report.form.programme, report.period)
        except AppError as error:
            self._frame.ask.refused(error)
            return
        self._frame.toast(f"Đã mở bản thay thế {report.period.words}, lần gửi {report.revision + 1}.")
        self._frame.go("entry", _id(report))

    def _row(self, id: str, report: Report) -> ListRow:
        programme = self._desk.catalogue.programme(report.form.programme)
        form = f"{programme.short_title}\n{report.form.number}  {report.form.title}"
        return row(id, capitalised(report.period.words), form, str(_as_sealed(report).revision), _state(report))


def _id(report: Report) -> str:
    return str(Location(report.form.programme, report.period))


def _as_sealed(report: Report) -> Report:
    """The report as its newest package has it: an open correction is one revision ahead of it."""
    return replace(report, revision=report.revision - 1) if report.state is ReportState.DRAFT else report


def _state(report: Report) -> ListItem:
    if report.state is ReportState.DRAFT:
        return ListItem(f"Đang sửa bản thay thế, lần {report.revision}", "warning", "entry")
    tone, icon = _LOOKS[report.state]
    return ListItem(REPORT_STATE_TITLES[report.state], tone, icon)


def _chosen(report: Report, sealed: Sealed) -> ChosenPackage:
    sent = _as_sealed(report)
    advice = {
        ReportState.SEALED: "Gói đã niêm phong nhưng chưa xuất ra tệp. Xuất tệp rồi gửi cho nơi nhận bằng USB hoặc thư.",
        ReportState.DRAFT: f"Đang sửa bản thay thế. Gói lần gửi {sent.revision} vẫn có hiệu lực cho tới khi niêm phong "
        "và gửi bản mới.",
    }.get(report.state, "Nếu nơi nhận báo thiếu tệp hoặc tệp hỏng, xuất lại: nội dung và 30 chữ số không đổi.")
    title = f"{capitalised(report.period.words)}, lần gửi {sent.revision}"
    export = "Xuất tệp…" if report.state is ReportState.SEALED else "Xuất lại tệp…"
    return ChosenPackage(title, sealed.digits, advice, report.state is not ReportState.DRAFT, export)


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
    def __init__(self, face: KeyFace, desk: Services, program: Application, frame: Shell) -> None:
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
