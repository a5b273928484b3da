"""Where it is said which report a workbook is for: then it goes out empty, or comes in filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.choices import Choice
from ui.desktop.place import Place
from ui.desktop.screens.importing.presenter import ImportPresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.report_picker import ReportPicker
from ui.desktop.widgets.text import Heading, Muted

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
        self._picker, self._words = ReportPicker(), Muted()
        self._picker.chosen.connect(presenter.choose)
        self._bring = Button(
            "Chọn danh sách tin, bài…" if only_news else "Nhập từ Excel…", presenter.choose_file, "primary"
        )
        self._save = Button("Xuất mẫu Excel…", presenter.save_template)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        picked = QHBoxLayout()
        picked.addWidget(self._picker)
        picked.addStretch(1)
        column.addLayout(picked)
        column.addWidget(self._words)
        if only_news:
            column.addWidget(_card("Nhập danh sách tin, bài", _LIST, self._bring))
        else:
            column.addWidget(_card("Xuất mẫu để điền trong Excel", _OUT, self._save))
            column.addWidget(_card("Nhập từ bảng tính", _IN, self._bring))
        column.addStretch(1)
        column.addLayout(_at_right(Button("Đóng", leave)))

    def show_start(self, offered: Sequence[Choice], place: Place, words: str) -> None:
        self._picker.show_offered(offered, place)
        self._words.setText(words)

    def stand(self) -> None:
        self._bring.setFocus()


def _at_right(button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(button)
    return row


def _card(title: str, words: str, button: Button) -> Card:
    card = Card()
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    for widget in (Heading(title), Muted(words)):
        card.column.addWidget(widget)
    card.column.addLayout(row)
    return card
