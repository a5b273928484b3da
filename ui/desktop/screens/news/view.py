"""The news ledger of a quarter: counter, list, and the form of one item beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from forms.periods import Period
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop import calendar, theme
from ui.desktop.frame import Frame
from ui.desktop.screens.news.form import NewsForm
from ui.desktop.screens.news.model import WIDTHS, NewsModel
from ui.desktop.screens.news.presenter import NewsPresenter, Row, Step, Typed
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Choice, Line
from ui.desktop.widgets.icons import icon
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.table import Table
from ui.desktop.widgets.text import Muted, Problem, set_tone

_FORM_WIDTH, _LINE = 372, 17  # the width where a line of text is as high as this


class NewsView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Tin, bài")
        self._frame, self._undo = frame, QUndoStack(self)
        self._presenter = NewsPresenter(self, desk, program, self._push)
        self._periods, self._query = Choice("Quý"), Line("Tìm tin, bài", "Tìm không cần gõ dấu (Ctrl+F)")
        self._counter, self._of, self._bar = QLabel(), Muted(), QProgressBar()
        self._model = NewsModel(icon("warning", theme.current().warning), self)
        self._table, self._form = (
            Table(self._model, WIDTHS, stretched=1, name="Danh mục tin, bài"),
            NewsForm(self._presenter.counts),
        )
        self._closed, self._reopen = Problem(), Button("Mở bản thay thế", self._reopen_asked)
        self._shown = Muted()
        self._lay_out()
        self._connect()
        rule = self._presenter.rule
        self.say_hint(f"Yêu cầu: {rule.words}" if rule else "")

    def entered(self, place: str) -> None:
        self._presenter.start(place)
        self._form.begin()

    def show_periods(self, periods: Sequence[Period], chosen: Period) -> None:
        self._periods.blockSignals(True)
        self._periods.clear()
        for period in periods if chosen in periods else (chosen, *periods):
            self._periods.addItem(calendar.capitalised(period.words), period)
        self._periods.choose(chosen)
        self._periods.blockSignals(False)

    def show_rows(self, rows: Sequence[Row], shown_of: int) -> None:
        self._model.show_rows(rows)
        self._shown.setText(f"{len(rows)} mục" if len(rows) == shown_of else f"{len(rows)} trên {shown_of} mục")

    def show_counter(self, counted: int, minimum: int, words: str, with_typed: str) -> None:
        enough = counted >= minimum
        self._counter.setText(f"{counted}/{minimum} tin, bài")
        self._of.setText(f"{words}{f' · {with_typed.lower()}' if with_typed else ''}")
        self._bar.setRange(0, max(minimum, 1))
        self._bar.setValue(min(counted, minimum))
        set_tone(self._bar, "state", "good" if enough else "open")
        self._counter.setAccessibleName(f"{self._counter.text()}, {self._of.text()}")

    def show_form(self, typed: Typed, heading: str) -> None:
        self._form.show_typed(typed, heading)
        self._delete.setEnabled(bool(typed.id))
        if not typed.id:
            self._table.clearSelection()

    def show_twin(self, words: str) -> None:
        self._form.show_twin(words)

    def show_problem(self, field: str, words: str) -> None:
        self._form.show_problem(field, words)

    def show_closed(self, words: str) -> None:
        self._closed.say(words)
        self._reopen.setVisible(bool(words))
        self._form.setEnabled(not words)
        self._save.setEnabled(not words)

    def saved(self, words: str) -> None:
        self._frame.toast(words)
        self._form.begin()

    def _push(self, step: Step) -> None:
        self._undo.push(_Change(step, self._presenter))

    def _open_row(self) -> None:
        row = self._model.row_at(self._table.currentIndex())
        if row:
            self._presenter.edit(row.item)

    def _edit_row(self) -> None:
        """By Enter: the keys go on to the form."""
        self._open_row()
        self._form.begin()

    def _delete_asked(self) -> None:
        row = self._model.row_at(self._table.currentIndex())
        if row and self._frame.ask.confirm(
            "Xóa tin, bài này?", f"“{row.title}” ngày {row.date}. Ctrl+Z lấy lại được.", "Xóa"
        ):
            self._presenter.delete(row.item)

    def _reopen_asked(self) -> None:
        if self._frame.ask.confirm(
            "Mở bản thay thế?", "Báo cáo đã niêm phong vẫn giữ nguyên; sửa xong phải niêm phong và gửi lại.", "Mở"
        ):
            self._presenter.reopen()

    def _connect(self) -> None:
        self._periods.activated.connect(lambda: self._presenter.choose(self._periods.currentData()))
        self._query.textChanged.connect(self._presenter.search)
        self._form.typing.connect(lambda: self._presenter.typing(self._form.typed()))
        self._table.activated.connect(self._edit_row)
        self._table.clicked.connect(self._open_row)
        keys = (
            ("Ctrl+S", self._save.click),
            ("F9", self._new),
            ("Ctrl+N", self._new),
            ("Ctrl+F", self._query.setFocus),
            ("Ctrl+Z", self._undo.undo),
            ("Ctrl+Y", self._undo.redo),
        )
        for keys_typed, act in keys:
            shortcut = QShortcut(QKeySequence(keys_typed), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        delete = QShortcut(QKeySequence("Delete"), self._table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete_asked)

    def _new(self) -> None:
        self._presenter.new()
        self._form.begin()

    def _lay_out(self) -> None:
        totals = Button("Chỉ có số tổng?", self._go_to_totals, "quiet")
        totals.setToolTip("Chưa có danh mục tin, bài: nhập thẳng số tổng vào biểu của quý.")
        self.tools.addWidget(totals)
        self.tools.addWidget(self._periods)
        self._save = Button("Cất (Ctrl+S)", lambda: self._presenter.save(self._form.typed()), "primary")
        self._empty = Button("Mới (F9)", self._new)
        self._delete = Button("Xóa", self._delete_asked, "danger")
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._counter_card())
        left.addLayout(self._search_row())
        left.addWidget(self._table, 1)
        right.setSpacing(10)
        right.addWidget(self._form, 1)
        right.addLayout(self._form_buttons())
        both.setSpacing(16)
        both.addLayout(left, 1)
        panel = QWidget()
        panel.setFixedWidth(max(_FORM_WIDTH, _FORM_WIDTH * self.fontMetrics().height() // _LINE))
        panel.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        QWidget.setTabOrder(self._save, self._empty)  # Enter in the last field leads to the saving
        QWidget.setTabOrder(self._empty, self._delete)
        both.addWidget(panel)
        self.body.addLayout(both, 1)

    def _counter_card(self) -> Card:
        card, row, numbers = Card(), QHBoxLayout(), QHBoxLayout()
        card.column.setContentsMargins(20, 12, 20, 14)
        self._counter.setProperty("tone", "big")
        numbers.addWidget(self._counter)
        numbers.addWidget(self._of, 1, Qt.AlignmentFlag.AlignBottom)
        numbers.setSpacing(12)
        row.addLayout(numbers, 1)
        row.addWidget(self._closed)
        row.addWidget(self._reopen)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Số tin, bài so với yêu cầu")
        card.column.addLayout(row)
        card.column.addWidget(self._bar)
        return card

    def _search_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._query.setClearButtonEnabled(True)
        self._shown.setWordWrap(False)
        row.addWidget(self._query, 1)
        row.addWidget(self._shown)
        return row

    def _form_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._delete)
        row.addStretch(1)
        row.addWidget(self._empty)
        row.addWidget(self._save)
        return row

    def _go_to_totals(self) -> None:
        self._frame.go("entry", self._periods.currentData().label)


class _Change(QUndoCommand):
    """A step of the ledger on the undo stack. A refused step leaves the stack."""

    def __init__(self, step: Step, presenter: NewsPresenter) -> None:
        super().__init__(step.words)
        self._step, self._presenter = step, presenter

    def redo(self) -> None:
        self.setObsolete(not self._presenter.take(self._step))

    def undo(self) -> None:
        self._presenter.take(self._step.back)
