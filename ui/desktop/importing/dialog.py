"""Taking and giving workbooks, in one dialog whose pages follow each other: which report, how the file is read, what it would
change. Esc leaves from any of them; nothing is written then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QSizePolicy, QStackedWidget, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.workbooks.cell_parsing import RealDays
from ui.desktop.importing.mapping_pages import CellsPage, ColumnsPage
from ui.desktop.importing.presenter import COLUMNS, Imported, ImportPresenter, ImportPreview, ImportStart, MapWanted
from ui.desktop.shell import Location, Shell
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, labelled
from ui.desktop.widgets.layout import Part, add_to, hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.report_picker import ReportPicker
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, set_tone

_OUT = (
    "Mẫu là biểu của đúng đơn vị và kỳ đang chọn, có sẵn những gì đã nhập. Gửi cho nơi không có phần mềm; điền trong Excel hoặc "
    "LibreOffice, gửi lại."
)
_IN = (
    "Nhận mẫu đã điền (.xlsx, .ods, .xls), hoặc bảng tính riêng của tỉnh, của sở. Phần mềm đọc, cho xem trước từng chỗ thay đổi; "
    "đồng ý thì mới ghi."
)
_LIST = (
    "Danh sách tin, bài ghi sẵn trong Excel, mỗi dòng một tin: ngày, tên tin, bài, loại, kênh… Tin trong tệp được thêm vào sổ; tin đã "
    "có giữ nguyên; tin ngoài kỳ không lấy."
)


class StartPage(QWidget):
    def __init__(self, presenter: ImportPresenter, leave: Callable[[], object], *, only_news: bool) -> None:
        super().__init__()
        self._picker, self._words = ReportPicker(), MutedLabel()
        self._picker.chosen.connect(presenter.choose)
        self._bring = Button(
            "Chọn danh sách tin, bài…" if only_news else "Nhập từ Excel…", presenter.choose_file, "primary"
        )
        self._save = Button("Xuất mẫu Excel…", presenter.save_template)
        offer = _card(
            "Nhập danh sách tin, bài" if only_news else "Nhập từ bảng tính", _LIST if only_news else _IN, self._bring
        )
        save = None if only_news else _card("Xuất mẫu để điền trong Excel", _OUT, self._save)
        above: list[Part] = [hbox(self._picker, None), self._words, *([save] if save else []), offer]
        vbox(*above, None, hbox(None, Button("Đóng", leave)), spacing=14, on=self)

    def show_start(self, start: ImportStart) -> None:
        self._picker.show_offered(start.offered, start.place)
        self._words.setText(start.words)
        self._bring.setFocus()


def _card(title: str, words: str, button: Button) -> Card:
    card = Card()
    add_to(card.column, HeadingLabel(title), MutedLabel(words), hbox(button, None))
    return card


_DAYS = "Ngày thật của bảng tính"
_DAY_TITLES = {
    RealDays.ASK: "chưa chọn",
    RealDays.KEPT: "đọc như đang thấy",
    RealDays.EXCHANGED: "đổi ngày với tháng",
}


class ImportPreviewPage(QWidget):
    def __init__(self, presenter: ImportPresenter, leave: Callable[[], object], take: str) -> None:
        super().__init__()
        self._presenter, self._problems = presenter, ""
        self._file, self._words, self._advice, self._detail = MutedLabel(), HeadingLabel(), MutedLabel(), MutedLabel()
        self._list = Listing("Những chỗ trong bảng tính", wraps=True)
        self._notes: dict[str, str] = {}
        self._agree = QCheckBox()
        self._days = ChoiceField(_DAYS, tuple((words, how) for how, words in _DAY_TITLES.items()))
        self._days_line = labelled(_DAYS, self._days)
        self._take = Button(take, presenter.take, "primary")
        self._again = Button("Đọc lại tệp (F5)", presenter.read_again)
        self._copy = Button(
            "Chép danh sách chỗ sai", lambda: QGuiApplication.clipboard().setText(self._problems), "quiet"
        )
        self._back = Button("Chọn tệp khác", presenter.back, "quiet")
        self._map = Button("Sửa bảng đối chiếu", presenter.map_again, "quiet")
        self._leave = Button("Bỏ, chưa nhập", leave)
        self._rest = QWidget()  # takes the room of the list where there is nothing to list
        self._agree.clicked.connect(presenter.agree)
        self._days.activated.connect(lambda _: presenter.read_days(self._days.currentData()))
        self._list.chosen.connect(lambda id: self._detail.setText(self._notes.get(id, "")))
        QShortcut(QKeySequence("F5"), self, presenter.read_again)
        self._detail.setMinimumHeight(2 * self._detail.fontMetrics().lineSpacing())
        foot = hbox(self._back, self._map, self._copy, None, self._again, self._leave, self._take, spacing=8)
        above = (self._file, self._words, self._advice, (self._list, 1), (self._rest, 1), self._detail)
        vbox(*above, self._days_line, self._agree, foot, spacing=8, on=self)

    def show_preview(self, shown: ImportPreview) -> None:
        self._file.setText(shown.title)
        self._words.setText(shown.words)
        self._words.setAccessibleName(shown.words)
        self._advice.setText(shown.advice)
        set_tone(self._advice, "tone", "warning" if shown.problems or (shown.offer and not shown.agreed) else "muted")
        self._problems = shown.problems
        self._notes = {row.id: row.note for row in shown.rows}
        self._agree.setText(shown.offer)
        self._agree.setVisible(bool(shown.offer))
        self._agree.setChecked(shown.agreed)
        self._days_line.setVisible(shown.days is not None)
        self._days.choose(shown.days)
        self._map.setVisible(shown.is_mapped)
        self._copy.setVisible(bool(shown.problems))
        self._take.setEnabled(shown.can_take)
        self._detail.setText("")
        for widget in (self._list, self._detail):
            widget.setVisible(bool(shown.rows))
        self._rest.setVisible(not shown.rows)
        self._list.show_rows(COLUMNS, shown.rows, next((row.id for row in shown.rows if row.id), ""))
        # Where the next key goes: what is to be answered, else what is to be looked at. Who is choosing goes on there.
        if shown.days is not None and self._days.hasFocus():
            return
        if shown.can_take:
            self._take.setFocus()
        elif shown.days is RealDays.ASK:
            self._days.setFocus()
        elif shown.offer and not shown.agreed:
            self._agree.setFocus()
        else:
            (self._list if shown.rows else self._back).setFocus()


_SIZE = QSize(1060, 640)  # no larger than the window below: at 125 % the smallest screen is 1093×614
_SMALL = QSize(760, 400)


def open_excel(
    over: QWidget,
    desk: Services,
    program: Application,
    frame: Shell,
    place: Location | None,
    then: Callable[[Location], object],
    *,
    only_news: bool = False,
) -> None:
    """For the report at `place`: the fill-in workbook out, any workbook in. `then` is told the report that was filled."""
    dialog = ImportDialog(over, desk, program, frame, then, only_news=only_news)
    if dialog.presenter.can_start:
        dialog.presenter.start(place)
        dialog.open()
    else:
        dialog.deleteLater()
        frame.ask.inform("Không có báo cáo nào để nhập", "Các chương trình đang theo không hỏi gì đơn vị này.")


open_news_list = partial(open_excel, only_news=True)  # a list of news items out of a workbook, into the ledger


class ImportDialog(QDialog):
    """`taken` is told the report that was filled."""

    def __init__(
        self,
        over: QWidget,
        desk: Services,
        program: Application,
        frame: Shell,
        taken: Callable[[Location], object],
        *,
        only_news: bool = False,
    ) -> None:
        super().__init__(over.window())
        self._taken = taken
        self.presenter = ImportPresenter(self.show_page, desk, program, frame, only_news=only_news)
        self._start = StartPage(self.presenter, self.reject, only_news=only_news)
        self._preview = ImportPreviewPage(
            self.presenter, self.reject, "Nhập vào sổ" if only_news else "Nhập vào báo cáo"
        )
        how = ColumnsPage if only_news else CellsPage
        self._how = how(desk, frame, self.presenter, self.reject)
        self._pages = QStackedWidget()
        for page in (self._start, self._how, self._preview):
            self._pages.addWidget(page)
        self.setWindowTitle("Nhập danh sách tin, bài từ Excel" if only_news else "Dùng Excel")
        self.finished.connect(lambda _: self.presenter.stop())
        self.finished.connect(self.deleteLater)
        vbox((self._pages, 1), margins=(24, 20, 24, 18), on=self)

    def show_page(self, page: ImportStart | MapWanted | ImportPreview | Imported) -> None:
        match page:
            case ImportStart():
                self._start.show_start(page)
                self._turn(self._start, _SMALL)
            case MapWanted():
                self._turn(self._how, _SIZE)
                self._how.begin(page)
            case ImportPreview():
                self._turn(self._preview, _SIZE)
                self._preview.show_preview(page)
            case Imported():
                self.accept()
                self._taken(page.place)

    def _turn(self, page: QWidget, size: QSize) -> None:
        if self._pages.currentWidget() is not page or not self.isVisible():
            self._pages.setCurrentWidget(page)
            for one in (self._start, self._how, self._preview):  # only the page that is shown says how large it must be
                fits = QSizePolicy.Policy.Preferred if one is page else QSizePolicy.Policy.Ignored
                one.setSizePolicy(fits, fits)
            self.resize(size.boundedTo(self.parentWidget().size()))
