"""Decides what the screen of our own packages shows: what was sealed, how to send it again, how to correct it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from forms.errors import AppError
from forms.exchange import Sealed
from forms.program import Program
from forms.report import REPORT_STATE_TITLES, Report, ReportState
from forms.services.desk import Desk
from forms.services.sealing import package_name
from ui.desktop.calendar import capitalised
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.rows import Column, Item, Row, row

COLUMNS = (
    Column("Kỳ báo cáo", 136),
    Column("Chương trình, biểu"),
    Column("Lần gửi", 66, "right"),
    Column("Trạng thái", 170),
)
_LOOKS = {
    ReportState.SEALED: ("accent", "package"),
    ReportState.EXPORTED: ("good", "done"),
    ReportState.ACCEPTED: ("good", "done"),
    ReportState.RETURNED: ("error", "error"),
    ReportState.SUPERSEDED: ("muted", ""),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The package under the cursor. `digits` are read out over the telephone; `advice` says what to do next."""

    title: str
    digits: str
    advice: str
    can_reopen: bool
    export: str = "Xuất lại tệp…"


class PackagesFace(Protocol):
    def show_packages(self, rows: Sequence[Row], chosen: str) -> None:
        """`chosen` is the id of the row to stand on, or empty."""

    def show_chosen(self, chosen: Chosen | None) -> None: ...


class PackagesPresenter:
    def __init__(self, face: PackagesFace, desk: Desk, program: Program, frame: Frame) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._packages: dict[str, tuple[Report, Sealed]] = {}
        self._chosen = ""

    def start(self, place: str = "") -> None:
        """At every visit; `place` asks for a report: of one without a package none is chosen, and none in its place."""
        self._packages = {_id(report): (report, sealed) for report, sealed in self._desk.sealing.every()}
        asked = Place.read(place)
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

    def _row(self, id: str, report: Report) -> Row:
        programme = self._desk.catalogue.programme(report.form.programme)
        form = f"{programme.short_title}\n{report.form.number}  {report.form.title}"
        return row(id, capitalised(report.period.words), form, str(_as_sealed(report).revision), _state(report))


def _id(report: Report) -> str:
    return str(Place(report.form.programme, report.period))


def _as_sealed(report: Report) -> Report:
    """The report as its newest package has it: an open correction is one revision ahead of it."""
    return replace(report, revision=report.revision - 1) if report.state is ReportState.DRAFT else report


def _state(report: Report) -> Item:
    if report.state is ReportState.DRAFT:
        return Item(f"Đang sửa bản thay thế, lần {report.revision}", "warning", "entry")
    tone, icon = _LOOKS[report.state]
    return Item(REPORT_STATE_TITLES[report.state], tone, icon)


def _chosen(report: Report, sealed: Sealed) -> Chosen:
    sent = _as_sealed(report)
    advice = {
        ReportState.SEALED: "Gói đã niêm phong nhưng chưa xuất ra tệp. Xuất tệp rồi gửi cho nơi nhận bằng USB hoặc thư.",
        ReportState.DRAFT: f"Đang sửa bản thay thế. Gói lần gửi {sent.revision} vẫn có hiệu lực cho tới khi niêm phong "
        "và gửi bản mới.",
    }.get(report.state, "Nếu nơi nhận báo thiếu tệp hoặc tệp hỏng, xuất lại: nội dung và 30 chữ số không đổi.")
    title = f"{capitalised(report.period.words)}, lần gửi {sent.revision}"
    export = "Xuất tệp…" if report.state is ReportState.SEALED else "Xuất lại tệp…"
    return Chosen(title, sealed.digits, advice, report.state is not ReportState.DRAFT, export)
