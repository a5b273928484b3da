"""A draft as one table: each field with its value, and beside it the one under the cursor to be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from forms.pack import Pack
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Row
from ui.desktop.screens.programmes.add_dialog import AddDialog
from ui.desktop.screens.programmes.draft_presenter import (
    ALL,
    CHANGED,
    FIELD_COLUMNS,
    SIGHTS,
    DraftPresenter,
    Head,
    Typing,
)
from ui.desktop.screens.programmes.field_card import FieldCard
from ui.desktop.screens.programmes.release_page import ReleasePage
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, Line
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Muted, Wrapped


class DraftPage(QStackedWidget):
    """The table, or what is different before the release. `back` shows the list of programmes again."""

    def __init__(self, desk: Desk, frame: Frame, back: Callable[[], object]) -> None:
        super().__init__()
        self._presenter, self._back = DraftPresenter(self, desk, frame), back
        self._adding = ""
        self._title, self._note, self._counted = Wrapped(), Muted(), Muted()
        sights = (*((words, id) for words, id, _ in SIGHTS), ("Đã sửa", CHANGED), ("Tất cả", ALL))
        self._sight, self._query = Choice("Xem phần", sights), Line("Tìm mục", "Tìm không cần gõ dấu (Ctrl+F)")
        self._list, self._field = (
            Listing("Các mục của bản soạn"),
            FieldCard(self._presenter.put, self._to_list, self._presenter.let_go),
        )
        self._release = ReleasePage(self._presenter.release, self._to_table)
        self._table = QWidget()
        self._lay_out()
        self._connect()

    def open(self, pack: Pack) -> None:
        self._sight.setCurrentIndex(0)
        self._query.clear()
        self.setCurrentWidget(self._table)
        self._presenter.open(pack)
        self._to_list()

    def settle(self) -> None:
        """What is being typed is kept."""
        self._field.settle()

    def show_head(self, head: Head) -> None:
        self._title.setText(head.title)
        self._note.setText(head.note)

    def show_fields(self, rows: Sequence[Row], chosen: str, words: str) -> None:
        self._list.blockSignals(True)
        self._list.show_rows(FIELD_COLUMNS, rows, chosen)
        self._list.blockSignals(False)
        self._counted.setText(words)

    def show_field(self, typing: Typing | None) -> None:
        self._field.show_field(typing)

    def show_adding(self, kind: str) -> None:
        self._adding = kind
        self._field.show_adding(kind)

    def show_problem(self, words: str) -> None:
        self._field.say(words)

    def show_release(self, title: str, words: str, rows: Sequence[Row]) -> None:
        self.setCurrentWidget(self._release)
        self._release.show_changes(title, words, rows)

    def closed(self) -> None:
        self._back()

    def _ask_release(self) -> None:
        if self._field.settle():
            self._presenter.ask_release()

    def _add(self) -> None:
        dialog = AddDialog(self._adding, self._presenter, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._to_list)
        dialog.open()

    def _to_list(self, *_: object) -> None:
        self._list.setFocus()

    def _to_table(self) -> None:
        self.setCurrentWidget(self._table)
        self._to_list()

    def _narrow(self) -> None:
        self._presenter.narrow(self._sight.currentData(), self._query.text())

    def _connect(self) -> None:
        self._list.chosen.connect(self._presenter.choose)
        self._list.opened.connect(lambda _: self._field.begin())
        self._list.setAccessibleDescription("Enter: sửa mục này")
        self._sight.activated.connect(self._narrow)
        self._query.textChanged.connect(self._narrow)
        self._field.add.clicked.connect(self._add)
        self._field.drop.clicked.connect(self._presenter.remove)
        keys_inside(self._table, QKeySequence.StandardKey.Find, self._query.setFocus)
        keys_inside(self._list, Qt.Key.Key_F2, self._field.begin)
        keys_inside(self._list, Qt.Key.Key_Escape, self._leave)

    def _lay_out(self) -> None:
        self._title.setProperty("tone", "heading")
        self._counted.setWordWrap(False)
        names, head, tools, both, column = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._note)
        head.setSpacing(8)
        head.addLayout(names, 1)
        for button in (
            Button("Về danh sách", self._leave),
            Button("Bỏ bản soạn…", self._presenter.discard, "danger"),
            Button("Phát hành…", self._ask_release, "primary"),
        ):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        tools.setSpacing(10)
        tools.addWidget(self._sight)
        tools.addWidget(self._query, 1)
        tools.addWidget(self._counted)
        both.setSpacing(16)
        both.addWidget(self._list, 7)
        both.addWidget(self._field, 4)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(tools)
        column.addLayout(both, 1)
        self._table.setLayout(column)
        self.addWidget(self._table)
        self.addWidget(self._release)

    def _leave(self) -> None:
        if self._field.settle():
            self._back()
