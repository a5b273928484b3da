"""What was read from the stick, before anything is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.receiving.arrivals import COLUMNS, Preview
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Heading, Muted


class PreviewPage(QWidget):
    def __init__(
        self, receive: Callable[[], object], put_away: Callable[[], object], take_more: Callable[[], object]
    ) -> None:
        super().__init__()
        self._title, self._explanation, self._detail, self._search = Heading(), Muted(), Muted(), Muted()
        self._list = Listing("Gói vừa đọc")
        self._title.setWordWrap(True)
        self._notes: dict[str, str] = {}
        self._receive = Button("Nhận vào sổ", receive, "primary")
        self._more = Button("Lấy cả những tệp bị bỏ qua", take_more, "quiet")
        self._list.chosen.connect(lambda id: self._detail.setText(self._notes.get(id, "")))
        keys_inside(self, Qt.Key.Key_Escape, put_away)
        self._lay_out(Button("Bỏ, chưa nhận", put_away))

    def show_preview(self, preview: Preview) -> None:
        self._title.setText(f"Vừa đọc: {preview.words}")
        self._title.setAccessibleName(self._title.text())
        self._explanation.setText(preview.explanation)
        self._notes = {row.id: row.note for row in preview.rows}
        self._list.show_rows(COLUMNS, preview.rows, preview.rows[0].id)
        self._search.setText(preview.search)
        self._search.setVisible(bool(preview.search))
        self._more.setVisible(preview.can_take_more)
        self._receive.setEnabled(preview.can_receive)
        (self._receive if preview.can_receive else self._list).setFocus()

    def _lay_out(self, put_away: Button) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._explanation)
        head.addLayout(names, 1)
        head.addWidget(put_away)
        head.addWidget(self._receive)
        column.addLayout(head)
        searched = QHBoxLayout()
        searched.addWidget(self._search, 1)
        searched.addWidget(self._more)
        column.addLayout(searched)
        column.addWidget(self._list, 1)
        self._detail.setMinimumHeight(2 * self._detail.fontMetrics().lineSpacing())
        column.addWidget(self._detail)
