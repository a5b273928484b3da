"""Decides what the screen of our own packages shows: what was sealed, how to send it again, how to correct it; and how our own key
introduces itself to the office above: a file to send, thirty digits on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.exchange.statements import Sealed
from forms.model.office import PERSON_ROLE_TITLES, Person
from forms.model.report import REPORT_STATE_TITLES, Report, ReportState
from forms.services.reports_on_offer import capitalised
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.shell import Location, Shell, accepted

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


@dataclass(frozen=True, slots=True)
class PackagesPage:
    """`standing`: the id of the row to stand on, or empty. The rows are the same object until they are read anew."""

    rows: tuple[ListRow, ...] = ()
    standing: str = ""
    chosen: ChosenPackage | None = None


class PackagesPresenter:
    def __init__(
        self, show: Callable[[PackagesPage], object], desk: Services, program: Application, frame: Shell
    ) -> None:
        self._show, self._desk, self._program, self._frame = show, desk, program, frame
        self._packages: dict[str, tuple[Report, Sealed]] = {}
        self._page = PackagesPage()

    def start(self, place: str = "") -> None:
        """At every visit; `place` asks for a report: of one without a package none is chosen, and none in its place."""
        self._packages = {_id(report): (report, sealed) for report, sealed in self._desk.sealing.every()}
        asked, before = Location.read(place), self._page.standing
        wanted = str(replace(asked, spot="")) if asked else before
        first = "" if asked or before else next(iter(self._packages), "")
        self._page = PackagesPage(tuple(self._row(id, report) for id, (report, _) in self._packages.items()))
        self.choose(wanted if wanted in self._packages else first)

    def choose(self, id: str) -> None:
        found = self._packages.get(id)
        self._page = replace(self._page, standing=id, chosen=_chosen(*found) if found else None)
        self._show(self._page)

    def export(self) -> None:
        found = self._packages.get(self._page.standing)
        folder = self._frame.ask.folder("Chọn nơi lưu gói báo cáo (USB hoặc thư mục)") if found else None
        if found is None or folder is None:
            return
        report, sealed = found
        write = self._desk.sealing.write
        if file := accepted(self._frame.ask, lambda: write(self._program, folder, _as_sealed(report), sealed)):
            self._frame.toast(f"Đã lưu {file.name} vào {folder}.")
            self.start()

    def reopen(self) -> None:
        """A correction of the chosen report, once confirmed."""
        found = self._packages.get(self._page.standing)
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
        if accepted(self._frame.ask, lambda: self._desk.entry.reopen(report.form.programme, report.period)):
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
        return (
            f"PHIẾU ĐĂNG KÝ KHÓA NIÊM PHONG\nĐơn vị: {self.unit}\nNgười giữ khóa: {self.person}\n"
            f"Chức vụ: {self.title}\nVai trò: {self.role}\n30 chữ số đối chiếu: {self.digits}\n"
            f"Tệp kèm theo: {self.file}"
        )


@dataclass(frozen=True, slots=True)
class KeyPage:
    """`people`: (how the person is called, keyid), who signed in first; `asks_password` of whom `keyid` names."""

    people: tuple[tuple[str, str], ...] = ()
    keyid: str = ""
    asks_password: bool = False
    sheet: KeySheet | None = None
    problem: str = ""


class KeyPresenter:
    def __init__(self, show: Callable[[KeyPage], object], desk: Services, program: Application, frame: Shell) -> None:
        self._show, self._desk, self._program, self._frame = show, desk, program, frame
        self._people: dict[str, Person] = {}
        self._page = KeyPage()

    def start(self) -> None:
        own = self._desk.ledger.person.keyid
        people = sorted(self._desk.enrolment.people(), key=lambda person: person.keyid != own)
        self._people = {person.keyid: person for person in people}
        self._page = KeyPage(tuple((f"{p.name} – {PERSON_ROLE_TITLES[p.role]}", p.keyid) for p in people))
        self.choose(own)

    def choose(self, keyid: str) -> None:
        """Whose key. Only who signed in needs no password."""
        asks = keyid != self._desk.ledger.person.keyid
        self._now(keyid=keyid, asks_password=asks, sheet=None, problem="")

    def make(self, keyid: str, password: str) -> None:
        """Write the key file and show what to print."""
        ledger, office = self._desk.ledger, self._desk.office
        try:
            signer = ledger.own_signer() if keyid == ledger.person.keyid else ledger.signer(keyid, password)
        except AppError as error:
            self._now(problem=error.message)
            return
        self._now(problem="")
        folder = self._frame.ask.folder("Chọn nơi lưu tệp đăng ký khóa")
        if folder is None:
            return
        name = f"{office.unit.code}_{signer.person.role.value}_{signer.person.keyid[:8]}.bdk"
        try:
            data, digits = self._desk.enrolment.request(signer)
            file = self._program.write_file(folder / name, data)
        except AppError as error:
            self._frame.ask.refused(error)
            return
        unit, person = f"{self._desk.units.whole_name(office)} (mã {office.unit.code})", self._people[keyid]
        role = PERSON_ROLE_TITLES[person.role]
        self._now(sheet=KeySheet(unit, person.name, person.title, role, digits, file.name))
        self._frame.toast(f"Đã lưu {file.name} vào {folder}.")

    def save_sheet(self, draw: Callable[[KeySheet], bytes]) -> None:
        sheet = self._page.sheet
        name = f"{sheet.file.removesuffix('.bdk')}_phieu.pdf" if sheet else ""
        file = self._frame.ask.save_file("Lưu phiếu đăng ký khóa", name, "Tài liệu PDF (*.pdf)") if sheet else None
        if sheet and file and accepted(self._frame.ask, lambda: self._program.write_file(file, draw(sheet))):
            self._frame.toast(f"Đã lưu {file.name} vào {file.parent}. In, ký, đóng dấu rồi gửi nơi nhận.")

    def _now(self, **changed: Any) -> None:
        self._page = replace(self._page, **changed)
        self._show(self._page)
