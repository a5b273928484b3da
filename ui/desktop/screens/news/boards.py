"""The counters on the screen: a large number for the period that is chosen, and the periods around it under both bases."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.desktop.screens.news.board import Board, Figure
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.text import Wrapped, set_tone


class Boards(QWidget):
    """One card for each counting rule. Labels are made once and then only told new words: it moves at every key."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._cards: list[_BoardCard] = []
        self.shown: tuple[Board, ...] = ()

    def show_boards(self, boards: Sequence[Board]) -> None:
        self.shown = tuple(boards)
        shape = [(len(board.heads), len(board.lines)) for board in boards]
        if shape != [card.shape for card in self._cards]:
            for card in self._cards:
                self._row.removeWidget(card)
                card.deleteLater()
            self._cards = [_BoardCard(*one) for one in shape]
            for card in self._cards:
                self._row.addWidget(card, 1)
        self.setVisible(bool(boards))
        for card, board in zip(self._cards, boards, strict=True):
            card.show_board(board)


class _BoardCard(Card):
    def __init__(self, heads: int, lines: int) -> None:
        super().__init__()
        self.shape = (heads, lines)
        self.column.setContentsMargins(20, 10, 20, 12)
        self.big, self._words, self._rule = QLabel(), QLabel(), Wrapped()
        self.big.setProperty("tone", "big")
        self._heads = [_small() for _ in range(heads)]
        self._names = [QLabel() for _ in range(lines)]
        self._figures = [[QLabel() for _ in range(heads)] for _ in range(lines)]
        self._rule.setProperty("tone", "small")
        row, left, numbers = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        numbers.setSpacing(12)
        numbers.addWidget(self.big)
        numbers.addWidget(self._words, 1, Qt.AlignmentFlag.AlignBottom)
        left.setSpacing(0)
        left.addLayout(numbers)
        left.addWidget(self._rule)
        row.addLayout(left, 1)
        row.addLayout(self._grid())
        row.setSpacing(24)
        self.column.addLayout(row)

    def show_board(self, board: Board) -> None:
        self.big.setText(board.big)
        set_tone(self._words, "tone", "good" if board.good else "warning")
        self._words.setText(board.words)
        self._rule.setText(board.rule)
        self.setAccessibleName(f"{board.big}, {board.words}. {board.rule}")
        for label, head in zip(self._heads, board.heads, strict=True):
            label.setText(head)
        for name, labels, (title, here, figures) in zip(self._names, self._figures, board.lines, strict=True):
            name.setText(title)
            set_tone(name, "tone", "label" if here else "muted")
            for label, figure in zip(labels, figures, strict=True):
                _show_figure(label, figure, here)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(3)
        for column, head in enumerate(self._heads, 1):
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)
        for line, (name, labels) in enumerate(zip(self._names, self._figures, strict=True), 1):
            grid.addWidget(name, line, 0)
            for column, label in enumerate(labels, 1):
                label.setMinimumWidth(label.fontMetrics().horizontalAdvance("00/00"))
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label, line, column)
        return grid


def _show_figure(label: QLabel, figure: Figure, here: bool) -> None:
    label.setText(figure.text)
    label.setToolTip(figure.note)
    label.setAccessibleName(figure.note)
    set_tone(label, "tone", figure.tone if figure.tone != "plain" else "label" if here else "muted")


def _small() -> QLabel:
    label = QLabel()
    label.setProperty("tone", "small")
    return label
