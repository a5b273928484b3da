"""What is done with the report as a whole: sealed, handed to the head, taken back, written out, opened again, renewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from forms.errors import AppError
from forms.periods import Period
from forms.program import Program
from forms.report import OPEN_STATES, Report, ReportState
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.screens.sealing.banner import Banner
from ui.desktop.screens.sealing.dialog import SealDialog
from ui.desktop.screens.sealing.sealer import Sealer
from ui.desktop.widgets.button import Button

_MOST_LOST = 12  # cells that are named before a draft moves


class Keeper(Protocol):
    """The presenter of a screen that has one report open."""

    def store(self, act: Callable[[], Report]) -> object:
        """An act of the ledger on the whole report; a refusal is said, and the screen shows what became of it."""

    def reread(self) -> None:
        """The report may be in another state, or under another version of its form."""

    def show_closed(self) -> None:
        """Why nothing can be changed."""


class Acts:
    """The buttons of the head and the banners above the parts of a report. `settle()` keeps what is being typed and gives
    the keys back to where one types."""

    def __init__(
        self, desk: Desk, program: Program, frame: Frame, presenter: Keeper, settle: Callable[[], None]
    ) -> None:
        self._report: Report | None = None
        self._desk, self._frame, self._presenter, self._settle = desk, frame, presenter, settle
        self._sealer = Sealer(desk, program)
        self._seal = Button("Niêm phong…", self.seal, "primary")
        self._reopen = Button("Mở bản thay thế", self._ask_reopen)
        self._back = Button("Lấy lại để sửa", self._take_back)
        self._export = Button("Xuất gói…", self.write)
        self._remark = Banner("Trả lại", "warning")
        self._waiting = Banner("Chờ duyệt", "accent")
        self._renewal = Banner("Phiên bản cũ", "accent", "Chuyển sang phiên bản mới", self._renew)

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self._export, self._reopen, self._back, self._seal

    @property
    def banners(self) -> tuple[Banner, ...]:
        return self._remark, self._waiting, self._renewal

    @property
    def report(self) -> Report:
        """The one that is shown."""
        assert self._report is not None
        return self._report

    @property
    def _is_draft(self) -> bool:
        return self.report.state is ReportState.DRAFT

    def show_state(self, report: Report) -> None:
        """Only what can be done now is offered."""
        self._report = report
        draft, remark = self._is_draft, self._desk.approval.remark(report)
        self._seal.setVisible(draft)
        self._back.setVisible(report.state is ReportState.CHECKED)
        for button in (self._reopen, self._export):
            button.setVisible(report.state not in OPEN_STATES)
        self._remark.say(f"Thủ trưởng trả lại để sửa: {remark}" if remark and draft else "")
        self._waiting.say(_WAITING if report.state is ReportState.CHECKED else "")
        self._renewal.say(self._outdated() if draft else "")

    def write(self) -> None:
        """The sealed package goes to a folder the person chooses; giving up leaves it in the ledger."""
        folder = self._frame.ask.folder("Chọn nơi để gói báo cáo (USB, thư mục gửi thư…)")
        if folder is None:
            self._frame.toast("Đã niêm phong. Chọn “Xuất gói…” khi cần ghi ra tệp.")
        else:
            try:
                self._frame.toast(f"Đã ghi gói {self._sealer.write(self.report, folder).name}")
            except AppError as error:
                self._frame.ask.refused(error)
        self._anew()

    def seal(self) -> None:
        """Ask for the seals. Of a report that was sealed while its file was never written, only the file is still to be made;
        of any other that is no draft nothing happens."""
        self._settle()
        if self.report.state is ReportState.SEALED:
            self._frame.toast("Đã niêm phong từ trước nhưng chưa ghi tệp gói: chọn nơi ghi.")
            self.write()
            return
        if not self._is_draft:
            self._presenter.show_closed()
            return
        dialog = SealDialog(self.report, self._sealer, _window(self._seal))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.sealed.connect(self.write)
        dialog.handed_over.connect(self._handed_over)
        dialog.open()

    def _handed_over(self, head: str) -> None:
        self._frame.toast(f"Đã chuyển {head} duyệt.")
        self._anew()

    def _ask_reopen(self) -> None:
        if self._frame.ask.confirm(
            "Mở bản thay thế?", "Bản đã niêm phong vẫn giữ nguyên. Sửa xong phải niêm phong và gửi lại.", "Mở"
        ):
            self._do(self._desk.entry.reopen)

    def _take_back(self) -> None:
        self._do(self._desk.approval.take_back)

    def _do(self, act: Callable[[str, Period], Report]) -> None:
        report = self.report
        self._presenter.store(lambda: act(report.form.programme, report.period))
        self._settle()

    def _renew(self) -> None:
        """Shows what would be lost before the draft moves to the newest version."""
        self._settle()
        report = self.report
        moved, lost = self._desk.entry.renew(report)
        labels = [report.form.count_of_cell[name].label(name) for name in lost[:_MOST_LOST]]
        more = [f"… và {len(lost) - _MOST_LOST} ô nữa"] if len(lost) > _MOST_LOST else []
        told = "\n".join([f"Mất {len(lost)} ô không còn trong biểu:", *labels, *more]) if lost else "Không mất ô nào."
        text = f"Số liệu còn dùng được sẽ chuyển nguyên sang phiên bản {moved.form.programme_version}. {told}"
        if self._frame.ask.confirm("Chuyển sang phiên bản mới?", text, "Chuyển"):
            self._presenter.store(lambda: self._desk.entry.renewed(report))
            self._anew()

    def _outdated(self) -> str:
        """What is said of a draft under an older version of its programme."""
        form = self.report.form
        newest = self._desk.catalogue.programme(form.programme)
        if form.programme_version >= newest.version:
            return ""
        return (
            f"Bản nháp này lập theo phiên bản {form.programme_version} của “{newest.short_title}”; đã có phiên bản "
            f"{newest.version}."
        )

    def _anew(self) -> None:
        self._presenter.reread()
        self._settle()


_WAITING = (
    "Đã chuyển thủ trưởng duyệt nên chỉ xem. Muốn sửa thì lấy lại; dấu niêm phong của người lập khi đó hết hiệu lực."
)


def _window(widget: QWidget) -> QWidget:
    return widget.window()
