"""What a workbook would change, before anything is written: Enter takes it, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from forms.day_column import RealDays
from ui.desktop.screens.importing.presenter import ImportPresenter
from ui.desktop.screens.importing.preview import COLUMNS, Preview
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, labelled
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Heading, Muted, set_tone

_DAYS = "Ngày thật của bảng tính"
_DAY_TITLES = {
    RealDays.ASK: "chưa chọn",
    RealDays.KEPT: "đọc như đang thấy",
    RealDays.EXCHANGED: "đổi ngày với tháng",
}


class PreviewPage(QWidget):
    def __init__(self, presenter: ImportPresenter, leave: Callable[[], object], take: str) -> None:
        super().__init__()
        self._presenter, self._problems = presenter, ""
        self._file, self._words, self._advice, self._detail = Muted(), Heading(), Muted(), Muted()
        self._list = Listing("Những chỗ trong bảng tính", wraps=True)
        self._notes: dict[str, str] = {}
        self._agree = QCheckBox()
        self._days = Choice(_DAYS, tuple((words, how) for how, words in _DAY_TITLES.items()))
        self._days_line = labelled(_DAYS, self._days)
        self._take = Button(take, presenter.take, "primary")
        self._again = Button("Đọc lại tệp (F5)", presenter.read_again)
        self._copy = Button("Chép danh sách chỗ sai", self._copied, "quiet")
        self._back = Button("Chọn tệp khác", presenter.back, "quiet")
        self._map = Button("Sửa bảng đối chiếu", presenter.map_again, "quiet")
        self._leave = Button("Bỏ, chưa nhập", leave)
        self._rest = QWidget()  # takes the room of the list where there is nothing to list
        self._agree.clicked.connect(presenter.agree)
        self._days.activated.connect(lambda _: presenter.read_days(self._days.currentData()))
        self._list.chosen.connect(lambda id: self._detail.setText(self._notes.get(id, "")))
        QShortcut(QKeySequence("F5"), self, presenter.read_again)
        self._lay_out()

    def show_preview(self, title: str, shown: Preview) -> None:
        self._file.setText(title)
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
        self._stand(shown)

    def _stand(self, shown: Preview) -> None:
        """Where the next key goes: what is to be answered, else what is to be looked at. Who is choosing goes on there."""
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

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self._problems)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._detail.setMinimumHeight(2 * self._detail.fontMetrics().lineSpacing())
        for widget in (self._file, self._words, self._advice):
            column.addWidget(widget)
        for filling in (self._list, self._rest):
            column.addWidget(filling, 1)
        column.addWidget(self._detail)
        column.addWidget(self._days_line)
        column.addWidget(self._agree)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._back, self._map, self._copy):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self._again, self._leave, self._take):
            foot.addWidget(button)
        column.addLayout(foot)
