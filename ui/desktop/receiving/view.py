"""The screen of an office that sums up: who has sent, what was brought, what it adds up to; what one unit sent, to read only; and
the letters to those whose report has not come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabWidget, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.exchange.statements import BatchLine
from forms.services.unit_tree import UnitNode
from ui.desktop.on_behalf.presenter import export_templates, write_fault_letters
from ui.desktop.on_behalf.view import enter_on_behalf
from ui.desktop.receiving.presenter import (
    COLUMNS,
    ArrivalsPreview,
    ReceivingPage,
    ReceivingPresenter,
    Reminding,
    SendingUp,
    UnitFigures,
)
from ui.desktop.receiving.results import RESULT_COLUMNS
from ui.desktop.receiving.tabs import BatchesTab, RegisterTab, ResultsTab
from ui.desktop.receiving.unit_tree_view import UnitActs, UnitTreeTab
from ui.desktop.shell import Location, Shell
from ui.desktop.widgets.cards import Button, Scrolling
from ui.desktop.widgets.fields import ChoiceField, PasswordField, keys_inside, labelled
from ui.desktop.widgets.layout import FormDialog, add_to, hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.report_picker import ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, WrappedLabel
from ui.desktop.window_settings import window_settings


class ArrivalsPreviewPage(QWidget):
    def __init__(self, presenter: ReceivingPresenter, write_letters: Callable[[Sequence[BatchLine]], object]) -> None:
        super().__init__()
        receive, put_away, take_more = presenter.receive, presenter.put_away, presenter.take_more
        self._title, self._explanation = HeadingLabel(), MutedLabel()
        self._detail, self._search = MutedLabel(), MutedLabel()
        self._list = Listing("Gói vừa đọc")
        self._title.setWordWrap(True)
        self._notes: dict[str, str] = {}
        self._faulty: tuple[BatchLine, ...] = ()
        self._receive = Button("Nhận vào sổ", receive, "primary")
        self._more = Button("Lấy cả những tệp bị bỏ qua", take_more, "quiet")
        self._replace = Button("Thay bản nhập thay trước", partial(presenter.take_more, replace=True), "quiet")
        self._convert = Button("Chuyển chữ cũ sang Unicode", partial(presenter.take_more, convert=True), "quiet")
        self._letters = Button("Công văn báo lỗi…", lambda: write_letters(self._faulty), "quiet")
        self._list.chosen.connect(lambda id: self._detail.setText(self._notes.get(id, "")))
        keys_inside(self, Qt.Key.Key_Escape, put_away)
        self._detail.setMinimumHeight(2 * self._detail.fontMetrics().lineSpacing())
        names = vbox(self._title, self._explanation, spacing=2)
        head = hbox((names, 1), Button("Bỏ, chưa nhận", put_away), self._receive, spacing=8)
        searched = hbox((self._search, 1), self._letters, self._convert, self._replace, self._more)
        vbox(head, searched, (self._list, 1), self._detail, spacing=10, on=self)

    def show_preview(self, preview: ArrivalsPreview) -> None:
        self._title.setText(f"Vừa đọc: {preview.words}")
        self._title.setAccessibleName(self._title.text())
        self._explanation.setText(preview.explanation)
        self._notes = {row.id: row.note for row in preview.rows}
        self._list.show_rows(COLUMNS, preview.rows, preview.rows[0].id)
        self._search.setText(preview.search)
        self._search.setVisible(bool(preview.search))
        self._more.setVisible(preview.can_take_more)
        self._replace.setVisible(preview.can_replace)
        self._convert.setVisible(preview.can_convert)
        self._faulty = preview.faulty
        self._letters.setVisible(bool(preview.faulty))
        self._receive.setEnabled(preview.can_receive)
        (self._receive if preview.can_receive else self._list).setFocus()


class UnitPage(QWidget):
    def __init__(self, back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._note = HeadingLabel(), MutedLabel()
        self._list = Listing("Số liệu của đơn vị", wraps=True)
        keys_inside(self, Qt.Key.Key_Escape, back)
        names = vbox(self._title, self._note, spacing=2)
        head = hbox((names, 1), Button("Về danh sách đơn vị", back))
        vbox(head, (self._list, 1), spacing=10, on=self)

    def show_unit(self, figures: UnitFigures) -> None:
        self._title.setText(figures.title)
        self._note.setText(figures.note)
        self._list.show_rows(figures.columns, figures.rows)
        self._list.setFocus()


_WIDTH = 560
_HINT = "Số, ngày và chữ ký để trống cho văn thư. Chọn Word để sửa thêm trước khi ký."


def remind(over: QWidget, desk: Services, program: Application, frame: Shell, place: Location | None) -> None:
    """For the report at `place`; where all have sent, that is said instead."""
    if place is None:
        return
    dialog = RemindDialog(over, desk, program, frame, place)
    if dialog.presenter.status.missing:
        dialog.open()
    else:
        dialog.deleteLater()
        frame.toast("Không có đơn vị nào chưa gửi.")


class RemindDialog(QDialog):
    """Stays open when the letters are written, to open their folder or to write them otherwise."""

    def __init__(self, over: QWidget, desk: Services, program: Application, frame: Shell, place: Location) -> None:
        super().__init__(over.window())
        self.presenter = Reminding(self.show_written, desk, program, frame, place)
        self._how = ChoiceField(
            "Cách gửi", (("Mỗi đơn vị một công văn", False), ("Một công văn chung cho các đơn vị", True))
        )
        self._format = ChoiceField("Dạng tệp", (("Word", "docx"), ("PDF", "pdf")))
        self._words, self._folder = WrappedLabel(), Button("Mở thư mục", self.presenter.open_folder)
        self._close = Button("Thôi", self.reject)
        self.setWindowTitle("Công văn đôn đốc")
        self.setMinimumWidth(_WIDTH)
        self.finished.connect(self.deleteLater)
        fields = hbox((labelled("&Cách gửi", self._how), 2), (labelled("&Dạng tệp", self._format), 1), spacing=12)
        write = Button(
            "Ghi vào thư mục…",
            lambda: self.presenter.write(self._format.currentData(), merged=self._how.currentData()),
            "primary",
        )
        foot = hbox(self._folder, None, self._close, write)
        above = (HeadingLabel(self.presenter.title), MutedLabel(self.presenter.words), fields, MutedLabel(_HINT))
        vbox(*above, self._words, foot, spacing=12, margins=(26, 22, 26, 20), on=self)
        self._words.hide()
        self._folder.hide()
        self._how.setFocus()

    def show_written(self, words: str) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._words.show()
        self._folder.show()
        self._folder.setFocus()
        self._close.setText("Đóng")


_LEAST_LINES = 18  # of text, for the lists


class ReceivingView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__(
            "Tổng hợp",
            "Kéo thả gói báo cáo, phiếu điền Excel, tệp nén hoặc cả thư mục vào cửa sổ để nhận.",
        )
        self._frame = frame
        self._presenter = ReceivingPresenter(self.show_page, self.open_key_file, desk, program, frame)
        self._page = ReceivingPage()
        self._picker = ReportPicker()
        self._picker.chosen.connect(self._presenter.choose)
        self._undo, self._other = Button("", self._presenter.undo), Button("", self._look_at_received)
        self._preview = ArrivalsPreviewPage(self._presenter, partial(write_fault_letters, desk, program, frame))
        self._unit = UnitPage(self._presenter.look_away)
        self._remind = partial(remind, self, desk, program, frame)
        self._units = UnitTreeTab(
            lambda: program.clock().date(), self._acts(desk, program), window_settings(desk.ledger.folder)
        )
        self._results = ResultsTab(lambda: frame.go("printing", self._presenter.place))
        self._register = RegisterTab(desk, program, frame)
        self._batches = BatchesTab(self._presenter.undo)
        self._tabs, self._pages = QTabWidget(), QStackedWidget()
        self._send_up = Button("Chuyển lên…", partial(self._ask_send_up, desk, program))
        self._send_up.setVisible(bool(desk.office.parent))
        add_to(
            self.tools,
            self._send_up,
            Button("Chọn thư mục…", partial(self._presenter.ask_for_packages, in_folder=True)),
            Button("Chọn tệp…", self._presenter.ask_for_packages, "primary"),
        )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self._presenter.ask_for_packages)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Các trang của Tổng hợp")
        for tab, title in (
            (self._units, "Đơn vị"),
            (self._results, "Bảng tổng hợp"),
            (self._register, "Sổ khóa"),
            (self._batches, "Đợt nhận"),
        ):
            self._tabs.addTab(tab, title)
        self._tabs.currentChanged.connect(lambda _: self._register.refresh())
        self._corner = QWidget()
        hbox(self._other, self._undo, on=self._corner)
        for button in (self._other, self._undo):
            button.hide()
        self._tabs.setCornerWidget(self._corner)
        for page in (self._tabs, self._preview, self._unit):
            self._pages.addWidget(page)
        self._pages.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())
        inside = Scrolling()  # moves only where large text leaves too little room
        inside.column.setContentsMargins(0, 0, 0, 0)
        add_to(inside.column, (self._pages, 1))
        add_to(self.body, (self._picker, Qt.AlignmentFlag.AlignLeft), (inside, 1))

    def entered(self, place: str) -> None:
        self._register.refresh()
        self._presenter.start(place)

    def left(self) -> None:
        self._presenter.forget_undo()

    def brought(self, paths: Sequence[Path]) -> None:
        self._presenter.offer(paths)

    def show_page(self, page: ReceivingPage) -> None:
        """Only what changed is shown anew: thousands of rows keep their place."""
        before, self._page = self._page, page
        if page.place and (page.offered is not before.offered or page.place != before.place):
            self._picker.show_offered(page.offered, page.place)
            self.report = page.place
            self._frame.work_on(page.place)
        if page.tree and page.tree is not before.tree:
            self._units.presenter.show_tree(page.tree)
        if page.results is not before.results:
            self._results.listing.show_rows(RESULT_COLUMNS, page.results)
        if page.batches is not before.batches:
            self._batches.show_batches(page.batches)
        if page.unit is not before.unit or page.preview is not before.preview:
            self._turn(page, before)
        self._undo.setText(page.undo)
        self._undo.setVisible(bool(page.undo))
        self._other.setText(f"Xem {page.received.period.words}" if page.received else "")
        self._other.setVisible(page.received is not None)
        self._corner.adjustSize()
        self._tabs.updateGeometry()

    def _turn(self, page: ReceivingPage, before: ReceivingPage) -> None:
        """To what was brought, to one unit's figures, or back to the lists."""
        if page.preview:
            self._pages.setCurrentWidget(self._preview)
            self._preview.show_preview(page.preview)
        elif page.unit:
            self._pages.setCurrentWidget(self._unit)
            self._unit.show_unit(page.unit)
        else:
            self._pages.setCurrentWidget(self._tabs)
            if before.unit:
                self._units.tree.setFocus()

    def open_key_file(self, path: Path) -> None:
        self._pages.setCurrentWidget(self._tabs)
        self._tabs.setCurrentWidget(self._register)
        self._register.open(path)

    def _acts(self, desk: Services, program: Application) -> UnitActs:
        """What is done with a place of the tree."""
        return UnitActs(
            self._presenter.look_at,
            lambda: self._remind(Location.read(self._presenter.place)),
            lambda codes: self._with_place(lambda place: export_templates(desk, program, self._frame, place, codes)),
            lambda code: self._with_place(
                lambda place: enter_on_behalf(self, desk, program, self._frame, place, code, self._presenter.refresh)
            ),
            self._frame.toast,
        )

    def _with_place(self, act: Callable[[Location], object]) -> None:
        if self._page.place:
            act(self._page.place)

    def _look_at_received(self) -> None:
        if self._page.received:
            self._presenter.choose(self._page.received)

    def _ask_send_up(self, desk: Services, program: Application) -> None:
        if self._page.place and self._page.tree:
            presenter = SendingUp(self._sent_up, desk, program, self._frame, self._page.place)
            SendUpDialog(presenter, self._page.tree, self).open()

    def _sent_up(self, words: str) -> None:
        self._frame.ask.inform("Đã niêm phong gói chuyển", words)


class SendUpDialog(FormDialog):
    """Who seals what is sent up; a wrong password is said in place, what the ledger refuses in a box of its own."""

    def __init__(self, presenter: SendingUp, tree: UnitNode, over: QWidget) -> None:
        super().__init__("Chuyển lên cấp trên", _WIDTH, over.window())
        self._presenter = presenter
        self._who = ChoiceField("Thủ trưởng niêm phong", tuple((one.name, one.keyid) for one in presenter.heads))
        self._password = PasswordField("Mật khẩu của thủ trưởng")
        self._password.returnPressed.connect(self._send)
        hands = hbox((labelled("&Thủ trưởng", self._who), 3), (labelled("&Mật khẩu", self._password), 2), spacing=12)
        note = MutedLabel("Gói chuyển giữ nguyên từng gói đã nhận; nơi nhận kiểm tra và cộng lại từ các gói ấy.")
        act = Button("Niêm phong và ghi…", self._send, "primary")
        self.lay_out(WrappedLabel(presenter.words(tree)), hands, note, act=act)
        self._password.setFocus()

    def _send(self) -> None:
        try:
            under_way = self._presenter.send(str(self._who.currentData()), self._password.text())
        except AppError as refusal:
            self.problem.say(refusal.message)
            return
        if under_way:
            self.accept()
