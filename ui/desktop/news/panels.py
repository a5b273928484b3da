"""What the page of news is made of around its line: the counters, what narrows the list, and the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from forms.checks.news_search import Wanted
from forms.model.news_item import CHANNELS, KIND_TITLES, ORIGIN_TITLES
from ui.desktop.news.presenter import BoardFigure, NewsRow, QuarterBoard
from ui.desktop.undo import left_to_stack
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, LineField
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.listing import PlainTable
from ui.desktop.widgets.text import ElidedLabel, Label, WrappedLabel, plain, set_tip, set_tone

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
        self._heads, self._lines = [Label() for _ in boards[0].heads] if boards else [], []
        for column, head in enumerate(self._heads, _FIRST):
            head.setProperty("tone", "small")
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
        self._rule: Label = WrappedLabel() if alone else ElidedLabel()
        self._big.setProperty("tone", "big" if alone else "heading")
        self._rule.setProperty("tone", "small")
        row = hbox(self._big, spacing=12)
        row.addWidget(self._how, 1, Qt.AlignmentFlag.AlignBottom)
        vbox(row, self._rule, None, spacing=0, on=self)

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
        self._choices = tuple(
            ChoiceField(name, ((every, _ANY), *options))
            for name, every, options in (
                ("Lọc loại", "Mọi loại", tuple((title, kind) for kind, title in KIND_TITLES.items())),
                ("Lọc kênh", "Mọi kênh", tuple((channel.short, channel.id) for channel in CHANNELS)),
                ("Lọc tháng", "Mọi tháng", tuple((f"Tháng {n}", n) for n in range(1, 13))),
                ("Lọc nguồn", "Mọi nguồn", tuple((title, one) for one, title in ORIGIN_TITLES.items())),
                ("Lọc tính", "Tính: mọi", (("Được tính", True), ("Không tính", False))),
                ("Lọc minh chứng", "Minh chứng", (("Có minh chứng", True), ("Chưa có", False))),
                ("Lọc trùng", "Trùng: mọi", (("Có thể trùng", True), ("Không trùng", False))),
            )
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
            self._choices[0].setFocus()
        else:
            self.clear()
            self.search()

    def clear(self) -> None:
        self._query.clear()
        for choice in self._choices:
            choice.setCurrentIndex(0)
        self._tell()
        if not self._box.isHidden():
            self._choices[0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        leaving = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape)
        if event.type() == QEvent.Type.KeyPress and event.key() in leaving:
            if event.key() == Qt.Key.Key_Escape:
                self._query.clear()
            self.to_list.emit()
            return True
        return left_to_stack(watched, event) or super().eventFilter(watched, event)

    def _tell(self) -> None:
        kind, channel, *others = (choice.currentData() for choice in self._choices)
        self.wanted.emit(Wanted(self._query.text(), kind, channel or "", *others))

    def _lay_out(self, actions: Sequence[Button]) -> None:
        choices = QGridLayout()
        row = hbox((self._query, 1), 6, self._found, self._turn, *actions, spacing=4)
        self._box = QWidget()
        self._box.setLayout(choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(6)
        across = len(self._choices) + 1 if self.fontMetrics().height() <= _NORMAL_LINE else _ACROSS
        for number, widget in enumerate((*self._choices, self._clear)):
            choices.addWidget(widget, number // across, number % across)
        choices.setColumnStretch(across, 1)
        vbox(row, self._box, spacing=6, on=self)
        self._box.hide()


HEADS = ("Ngày", "Tin, bài", "Loại", "Kênh", "Lượt", "Tính", "Tệp")
WIDTHS = (114, 160, 178, 200, 60, 78, 54)  # the title takes what is left
TITLE, KIND, CHANNEL, AIRINGS, COUNTED, FILES = range(1, 7)
_Role = Qt.ItemDataRole
_TOP = QModelIndex()
_TO_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class NewsModel(QAbstractTableModel):
    def __init__(self, twin: QIcon, clip: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[NewsRow] = []
        self._places: dict[str, int] = {}
        self._signs = {TITLE: twin, FILES: clip}

    def show_rows(self, rows: Sequence[NewsRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.id: number for number, row in enumerate(rows)}
        self.endResetModel()

    def row_at(self, index: QModelIndex) -> NewsRow | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def place_of(self, id: str) -> int:
        """The number of the row; -1 where it is not shown."""
        return self._places.get(id, -1)

    def next_twin(self, after: int) -> int:
        """The next row that looks like another, from the end on to the beginning; -1 where there is none."""
        marked = [number for number, row in enumerate(self._rows) if row.twin]
        return next((number for number in marked if number > after), marked[0] if marked else -1)

    def rowCount(self, parent: QModelIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _TOP) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.TextAlignmentRole and section == AIRINGS:
            return _TO_RIGHT
        return HEADS[section] if role == _Role.DisplayRole else None

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        row, column = self.row_at(index), index.column()
        if row is None:
            return None
        texts = (row.date, row.title, row.kind, row.channels, row.airings, row.counted, row.files)
        match role:
            case _Role.DisplayRole:
                return texts[column]
            case _Role.ToolTipRole:
                tips = {
                    TITLE: row.twin or row.title,
                    CHANNEL: row.channel_titles,
                    COUNTED: row.reason,
                    FILES: row.file_names,
                }
                return plain(tips.get(column, ""))
            case _Role.DecorationRole:
                marked = row.twin if column == TITLE else row.files if column == FILES else ""
                return self._signs[column] if marked else None
            case _Role.AccessibleTextRole:
                return f"{texts[column]}, có thể trùng" if row.twin and column == TITLE else texts[column]
            case _Role.TextAlignmentRole if column == AIRINGS:
                return _TO_RIGHT
        return None


_SHARES = {KIND: 0.22, CHANNEL: 0.28}  # at most, where the text is large or the window small


class NewsTable(PlainTable):
    def __init__(self, model: NewsModel) -> None:
        super().__init__(model, WIDTHS, stretched=TITLE, name="Danh mục tin, bài")
        self._wished = {column: self.columnWidth(column) for column in _SHARES}

    @property
    def widths(self) -> list[int]:
        return [self.columnWidth(column) for column in range(len(HEADS))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        numbers = sum(width for column, width in enumerate(self.widths) if column != TITLE and column not in _SHARES)
        for column, share in _SHARES.items():
            room = round((self.viewport().width() - numbers) * share)
            self.setColumnWidth(column, min(self._wished[column], room))
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # what is being changed stays in sight
