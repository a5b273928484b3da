"""The task board: its filter, the table, and beside it the chosen task in full with its long texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.task import TASK_STATE_TITLES, TaskState
from ui.desktop import theme
from ui.desktop.screens.texts.board import FIELDS, BoardRow
from ui.desktop.screens.texts.task_presenter import Offer, TaskPresenter
from ui.desktop.screens.texts.task_table import TaskTable
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card, Scrolling
from ui.desktop.widgets.fields import Choice, labelled
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.prose_note import NoteField
from ui.desktop.widgets.text import Muted, Wrapped

_PANEL_WIDTH, _LINE = 288, 17  # the width where a line of text is as high as that
_NOTES = {"product": ("&Sản phẩm", 2), "result": ("&Kết quả", 5), "evidence": ("&Minh chứng", 2)}


class TaskBoard(QWidget):
    """`toast` tells what was left out of what was pasted."""

    def __init__(self, toast: Callable[[str], None]) -> None:
        super().__init__()
        self._presenter: TaskPresenter
        self._filter, self._offer, self._take = Choice("Lọc nhiệm vụ"), Wrapped(), Button("", self._take_offer)
        self._table = TaskTable(theme.current(), self._put)
        self._panel = TaskPanel(self._state, self._write, toast)
        self._lay_out()
        self._table.chosen.connect(self._choose)
        self._table.stated.connect(self._state)
        self._filter.activated.connect(lambda _: self._presenter.narrow(self._filter.currentData()))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            keys_inside(self, keys, self._take_offer)

    def follow(self, presenter: TaskPresenter) -> None:
        self._presenter = presenter

    def forget(self) -> None:
        self._panel.forget()

    def keep(self) -> None:
        """Store what is being typed now."""
        if self.isAncestorOf(self.window().focusWidget()):
            self._table.setFocus()  # a field still open in the table is committed by losing the focus
        self._panel.keep()

    def show_board(
        self, rows: Sequence[BoardRow], filters: Sequence[tuple[str, str]], chosen: str, wanted: str
    ) -> None:
        self._filter.clear()
        for words, key in filters:
            self._filter.addItem(words, key)
        self._filter.choose(wanted)
        self._table.show_rows(rows, chosen)

    def show_task(self, row: BoardRow | None, *, closed: bool) -> None:
        self._table.tasks.close(closed)
        self._panel.show_task(row, closed=closed)

    def show_offer(self, offer: Offer | None) -> None:
        self._offer.setText(offer.words if offer else "")
        self._take.setText(f"{offer.verb} (Ctrl+Enter)" if offer else "")
        self._take.setVisible(offer is not None)

    def stand_on(self, id: str) -> None:
        self._table.stand_on(id)

    def begin(self) -> None:
        self._table.setFocus()

    def _choose(self, id: str) -> None:
        self._presenter.choose(id)

    def _state(self, state: TaskState) -> None:
        self._presenter.set_state(state)

    def _put(self, column: int, text: str) -> bool:
        return self._presenter.put(FIELDS[column], text)

    def _write(self, id: str, field: str, text: str) -> str | None:
        return self._presenter.write(id, field, text)

    def _take_offer(self) -> None:
        self._presenter.take_offer()
        self._table.setFocus()

    def _lay_out(self) -> None:
        left, above, both = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(self)
        above.setSpacing(10)
        above.addWidget(self._filter)
        above.addWidget(self._offer, 1)
        above.addWidget(self._take)
        self._take.hide()
        left.setSpacing(8)
        left.addLayout(above)
        left.addWidget(self._table, 1)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        both.addLayout(left, 1)
        scale = max(1.0, self.fontMetrics().height() / _LINE)
        self._panel.setFixedWidth(round(_PANEL_WIDTH * scale))
        both.addWidget(self._panel)


class TaskPanel(Card):
    """The chosen task: what the plan says of it, its state by mouse, and the texts that are too long for the table."""

    def __init__(
        self,
        state: Callable[[TaskState], None],
        write: Callable[[str, str, str], str | None],
        toast: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._title, self._plan = Wrapped(), Muted()
        self._state = Choice("Trạng thái", tuple((words, state) for state, words in TASK_STATE_TITLES.items()))
        self._state.activated.connect(lambda _: state(self._state.currentData()))
        self._notes = {
            name: NoteField(label.replace("&", ""), _written_to(name, write)) for name, (label, _) in _NOTES.items()
        }
        for field in self._notes.values():
            field.told.connect(toast)
        self._lay_out()

    def forget(self) -> None:
        for field in self._notes.values():
            field.forget()

    def keep(self) -> None:
        for field in self._notes.values():
            field.keep()

    def show_task(self, row: BoardRow | None, *, closed: bool) -> None:
        self.setVisible(row is not None)
        if row is None:
            return
        self._title.setText(f"{row.spec.number}. {row.spec.title}")
        self._plan.setText(plan_words(row))
        self._state.choose(row.task.state)
        self._state.setEnabled(not closed)
        for name, field in self._notes.items():
            field.show_text(row.spec.id, getattr(row.task, name), row.typed.get(name))
            field.setReadOnly(closed)

    def _lay_out(self) -> None:
        scroll = Scrolling()
        scroll.column.setSpacing(8)
        scroll.setStyleSheet("QScrollArea#plain, QScrollArea#plain > QWidget > QWidget { background: transparent; }")
        self.column.setContentsMargins(16, 12, 6, 12)
        self.column.addWidget(scroll)
        self._title.setProperty("tone", "label")
        scroll.column.addWidget(self._title)
        scroll.column.addWidget(self._plan)
        scroll.column.addWidget(labelled("&Trạng thái", self._state))
        line = self.fontMetrics().lineSpacing()
        for name, (label, lines) in _NOTES.items():
            self._notes[name].setFixedHeight(lines * line + 22)
            scroll.column.addWidget(labelled(label, self._notes[name]))
        scroll.column.addStretch(1)


def plan_words(row: BoardRow) -> str:
    """What the plan says beside the title, a line for each."""
    due = f"{row.due:%d/%m/%Y}" if row.due else ""
    said = (
        ("Chủ trì", row.who),
        ("Phối hợp", " ".join(row.spec.cooperating.split())),
        ("Sản phẩm theo kế hoạch", row.spec.product),
        ("Hạn", f"{due}{f' – {row.late_words}' if row.late else ''}"),
        ("Nguồn", row.spec.source + ("" if row.spec.verified else " (chưa đối chiếu)")),
    )
    return "\n".join(f"{name}: {words}" for name, words in said if words.strip())


def _written_to(name: str, write: Callable[[str, str, str], str | None]) -> Callable[[str, str], str | None]:
    return lambda id, text: write(id, name, text)
