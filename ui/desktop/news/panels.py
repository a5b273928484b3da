"""Above the list of news: the counts of the quarter, and filters.

The counters on the screen: a large number for the period that is chosen, and the periods around it under both bases.

What narrows the list: words without marks, and, one key away, kind, channel, month, origin, counted, evidence, doubles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from forms.checks.news_search import Wanted
from forms.model.news_item import CHANNELS, KIND_TITLES, ORIGIN_TITLES
from ui.desktop.news.elided import Elided
from ui.desktop.news.presenter import BoardFigure, QuarterBoard
from ui.desktop.news.undo import left_to_ledger
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, LineField
from ui.desktop.widgets.plain_text import Label, set_tip
from ui.desktop.widgets.text import WrappedLabel, set_tone

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FIRST = 2  # the column of the first figure, after the words and the names of the bases


@dataclass(frozen=True)
class _Line:
    name: Label
    figures: list[Label]


class Boards(Card):
    """All counting rules in one table. Labels are made once and then only told new words: it moves at every key."""

    def __init__(self) -> None:
        super().__init__()
        self.column.setContentsMargins(20, 10, 20, 12)
        self.shown: tuple[QuarterBoard, ...] = ()
        self._shape: list[tuple[int, int]] = []
        self._table = QWidget()
        self._heads: list[Label] = []
        self._words: list[_Words] = []
        self._lines: list[list[_Line]] = []

    def show_boards(self, boards: Sequence[QuarterBoard]) -> None:
        self.shown = tuple(boards)
        shape = [(len(board.heads), len(board.lines)) for board in boards]
        if shape != self._shape:
            self._shape = shape
            self._build(boards)
        self.setVisible(bool(boards))
        for label, head in zip(self._heads, boards[0].heads if boards else (), strict=True):
            label.setText(head)
        for words, lines, board in zip(self._words, self._lines, boards, strict=True):
            words.show_board(board)
            for line, (title, here, figures) in zip(lines, board.lines, strict=True):
                line.name.setText(title)
                set_tone(line.name, "tone", "label" if here else "muted")
                for label, figure in zip(line.figures, figures, strict=True):
                    _show_figure(label, figure, here)

    def _build(self, boards: Sequence[QuarterBoard]) -> None:
        self.column.removeWidget(self._table)
        self._table.hide()
        self._table.deleteLater()
        self._table = QWidget()
        self.column.addWidget(self._table)
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        self._words = [_Words(alone=len(boards) == 1) for _ in boards]
        self._heads, self._lines = [_small() for _ in boards[0].heads] if boards else [], []
        for column, head in enumerate(self._heads, _FIRST):
            grid.addWidget(head, 0, column, _RIGHT)
        row = 1
        for words, board in zip(self._words, boards, strict=True):
            lines = [_line(grid, row + number, len(board.heads)) for number in range(len(board.lines))]
            self._lines.append(lines)
            first = 0 if len(boards) == 1 else row  # a single counter may take the height of the heads too
            row += max(len(lines), 1)
            grid.addWidget(words, first, 0, row - first + (len(boards) == 1), 1)
        grid.setRowStretch(row, 1)


class _Words(QWidget):
    """The large number, how it stands, and what is asked."""

    def __init__(self, *, alone: bool) -> None:
        super().__init__()
        self._big, self._how = Label(), Label()
        self._rule: Label = WrappedLabel() if alone else Elided()
        self._big.setProperty("tone", "big" if alone else "heading")
        self._rule.setProperty("tone", "small")
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row.setSpacing(12)
        row.addWidget(self._big)
        row.addWidget(self._how, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        column.addWidget(self._rule)
        column.addStretch(1)

    def show_board(self, board: QuarterBoard) -> None:
        self._big.setText(board.big)
        self._how.setText(board.words)
        set_tone(self._how, "tone", "good" if board.good else "warning")
        self._rule.setText(board.rule)
        self._big.setAccessibleName(f"{board.big}, {board.words}. {board.rule}")


def _line(grid: QGridLayout, row: int, figures: int) -> _Line:
    line = _Line(Label(), [Label() for _ in range(figures)])
    grid.addWidget(line.name, row, 1)
    for column, label in enumerate(line.figures, _FIRST):
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("00/00"))
        label.setAlignment(_RIGHT)
        grid.addWidget(label, row, column)
    return line


def _show_figure(label: Label, figure: BoardFigure, here: bool) -> None:
    label.setText(figure.text)
    set_tip(label, figure.note)
    label.setAccessibleName(figure.note)
    set_tone(label, "tone", figure.tone if figure.tone != "plain" else "label" if here else "muted")


def _small() -> Label:
    label = Label()
    label.setProperty("tone", "small")
    return label


_ANY = None
_NORMAL_LINE, _ACROSS = 17, 4  # larger text than that: so many choices side by side


class Filters(QWidget):
    """`wanted` brings what is looked for; `to_list` is Enter, ↓ or Esc in the search. `actions` stand at its right."""

    wanted = Signal(object)
    to_list = Signal()

    def __init__(self, actions: Sequence[Button]) -> None:
        super().__init__()
        self._query, self._found = LineField("Tìm tin, bài", "Tìm không cần gõ dấu (Ctrl+F)"), Label()
        self._query.setClearButtonEnabled(True)
        self._query.installEventFilter(self)
        self._found.setProperty("tone", "muted")
        self._turn, self._clear = Button("Bộ lọc (Ctrl+L)", self.turn, "quiet"), Button("Bỏ lọc", self.clear, "quiet")
        self._kind = ChoiceField(
            "Lọc loại", (("Mọi loại", _ANY), *((title, kind) for kind, title in KIND_TITLES.items()))
        )
        self._channel = ChoiceField(
            "Lọc kênh", (("Mọi kênh", ""), *((channel.short, channel.id) for channel in CHANNELS))
        )
        self._month = ChoiceField("Lọc tháng", (("Mọi tháng", _ANY), *((f"Tháng {n}", n) for n in range(1, 13))))
        self._origin = ChoiceField(
            "Lọc nguồn", (("Mọi nguồn", _ANY), *((title, one) for one, title in ORIGIN_TITLES.items()))
        )
        self._counted = ChoiceField("Lọc tính", (("Tính: mọi", _ANY), ("Được tính", True), ("Không tính", False)))
        self._shown = ChoiceField("Lọc minh chứng", (("Minh chứng", _ANY), ("Có minh chứng", True), ("Chưa có", False)))
        self._twins = ChoiceField("Lọc trùng", (("Trùng: mọi", _ANY), ("Có thể trùng", True), ("Không trùng", False)))
        self._choices = (
            self._kind,
            self._channel,
            self._month,
            self._origin,
            self._counted,
            self._shown,
            self._twins,
        )
        self._lay_out(actions)
        self._query.textChanged.connect(lambda _: self._tell())
        for choice in self._choices:
            choice.activated.connect(lambda _: self._tell())

    def show_found(self, shown: int, of: int) -> None:
        self._found.setText(f"{of} mục" if shown == of else f"{shown} trên {of} mục")

    def search(self) -> None:
        self._query.setFocus()
        self._query.selectAll()

    def turn(self) -> None:
        """The choices shown or put away; put away they narrow nothing."""
        show = self._box.isHidden()
        self._box.setVisible(show)
        if show:
            self._kind.setFocus()
        else:
            self.clear()
            self.search()

    def clear(self) -> None:
        self._query.clear()
        for choice in self._choices:
            choice.setCurrentIndex(0)
        self._tell()
        if not self._box.isHidden():
            self._kind.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        leaving = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape)
        if event.type() == QEvent.Type.KeyPress and event.key() in leaving:
            if event.key() == Qt.Key.Key_Escape:
                self._query.clear()
            self.to_list.emit()
            return True
        return left_to_ledger(watched, event) or super().eventFilter(watched, event)

    def _tell(self) -> None:
        self.wanted.emit(
            Wanted(
                self._query.text(),
                self._kind.currentData(),
                self._channel.currentData() or "",
                self._month.currentData(),
                self._origin.currentData(),
                self._counted.currentData(),
                self._shown.currentData(),
                self._twins.currentData(),
            )
        )

    def _lay_out(self, actions: Sequence[Button]) -> None:
        column, row, choices = QVBoxLayout(self), QHBoxLayout(), QGridLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row.setSpacing(4)
        row.addWidget(self._query, 1)
        row.addSpacing(6)
        row.addWidget(self._found)
        row.addWidget(self._turn)
        for action in actions:
            row.addWidget(action)
        self._box = QWidget()
        self._box.setLayout(choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(6)
        across = len(self._choices) + 1 if self.fontMetrics().height() <= _NORMAL_LINE else _ACROSS
        for number, widget in enumerate((*self._choices, self._clear)):
            choices.addWidget(widget, number // across, number % across)
        choices.setColumnStretch(across, 1)
        column.addLayout(row)
        column.addWidget(self._box)
        self._box.hide()
