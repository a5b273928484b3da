"""Widgets below and beside each other in one expression, and the dialog that asks for a few fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.text import MutedLabel, ProblemLabel, WrappedLabel

# A widget or a layout, alone or with its share of the room or its alignment; a number of pixels; None: the room left over.
Part = QWidget | QLayout | tuple[Any, int | Qt.AlignmentFlag] | int | None
Margins = tuple[int, int, int, int]


def vbox(
    *parts: Part, spacing: int | None = None, margins: Margins = (0, 0, 0, 0), on: QWidget | None = None
) -> QVBoxLayout:
    """The parts below each other; `on`: as the layout of this widget. Without `spacing` as far apart as the style has it."""
    box = QVBoxLayout(on) if on else QVBoxLayout()
    _fill(box, parts, spacing, margins)
    return box


def hbox(
    *parts: Part, spacing: int | None = None, margins: Margins = (0, 0, 0, 0), on: QWidget | None = None
) -> QHBoxLayout:
    """The parts beside each other."""
    box = QHBoxLayout(on) if on else QHBoxLayout()
    _fill(box, parts, spacing, margins)
    return box


def add_to(box: QBoxLayout, *parts: Part) -> None:
    """Below, or to the right of, what is there."""
    for part in parts:
        one, how = part if isinstance(part, tuple) else (part, 0)
        if one is None:
            box.addStretch(1)
        elif isinstance(one, int):
            box.addSpacing(one)
        elif isinstance(one, QLayout):
            box.addLayout(one, how)
        elif isinstance(how, Qt.AlignmentFlag):
            box.addWidget(one, 0, how)
        else:
            box.addWidget(one, how)


def _fill(box: QBoxLayout, parts: tuple[Part, ...], spacing: int | None, margins: Margins) -> None:
    box.setContentsMargins(*margins)
    if spacing is not None:
        box.setSpacing(spacing)
    add_to(box, *parts)


def show_facts(grid: QGridLayout, facts: Sequence[tuple[str, str]]) -> None:
    """(name, words) below each other, in place of what was there; the words can be copied."""
    while item := grid.takeAt(0):
        item.widget().hide()
        item.widget().deleteLater()
    for row, (name, words) in enumerate(facts):
        value = WrappedLabel(words)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(MutedLabel(name), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)


class FormDialog(QDialog):
    """Asks for a few fields. A refusal is said in place, and the dialog stays until what was typed is taken or given up."""

    def __init__(self, title: str, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.problem = ProblemLabel()
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self.finished.connect(self.deleteLater)

    def lay_out(self, *parts: Part, act: Button) -> None:
        """The fields, the refusal below them, and at the foot the button that acts."""
        foot = hbox(None, Button("Thôi", self.reject), act)
        vbox(*parts, self.problem, foot, spacing=12, margins=(26, 22, 26, 20), on=self)
