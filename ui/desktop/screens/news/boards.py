"""The counters on the screen: a large number for the period that is chosen, and the periods around it under both bases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.news.board import Board, Figure
from ui.desktop.screens.news.elided import Elided
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.plain import Label, set_tip
from ui.desktop.widgets.text import Wrapped, set_tone

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
        self.shown: tuple[Board, ...] = ()
        self._shape: list[tuple[int, int]] = []
        self._table = QWidget()
        self._heads: list[Label] = []
        self._words: list[_Words] = []
        self._lines: list[list[_Line]] = []

    def show_boards(self, boards: Sequence[Board]) -> None:
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

    def _build(self, boards: Sequence[Board]) -> None:
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
        self._rule: Label = Wrapped() if alone else Elided()
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

    def show_board(self, board: Board) -> None:
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


def _show_figure(label: Label, figure: Figure, here: bool) -> None:
    label.setText(figure.text)
    set_tip(label, figure.note)
    label.setAccessibleName(figure.note)
    set_tone(label, "tone", figure.tone if figure.tone != "plain" else "label" if here else "muted")


def _small() -> Label:
    label = Label()
    label.setProperty("tone", "small")
    return label
