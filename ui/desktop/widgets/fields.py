"""Fields to type and choose in: the wheel changes nothing, nothing is rewritten while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.desktop.widgets.layout import vbox
from ui.desktop.widgets.text import Label, MutedLabel


class ChoiceField(QComboBox):
    """A drop-down list. Scrolling the page over it does not change it.

    The values stay Python's own: Qt would give an enum back as bare text.
    """

    def __init__(self, name: str, options: tuple[tuple[str, object], ...] = ()) -> None:
        super().__init__()
        self._values: list[Any] = []
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(options)

    def offer(self, options: Iterable[tuple[str, object]]) -> None:
        """(words, value) in place of what was there; the first is shown."""
        self.clear()
        for words, value in options:
            self.addItem(words, value)

    def addItem(self, words: str, value: object = None) -> None:
        self._values.append(value)
        super().addItem(words)

    def clear(self) -> None:
        self._values.clear()
        super().clear()

    def currentData(self, role: int = Qt.ItemDataRole.UserRole) -> Any:
        """The value of the option that is shown; None while there is none."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def choose(self, value: object) -> None:
        """The option that equals the value; where none does, none is shown: another one would be nobody's choice."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class LineField(QLineEdit):
    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)


class PasswordField(LineField):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)


class DateField(LineField):
    """A day as dd/MM/yyyy, typed freely: `5/7/25` and `05-07-2025` are read too, when the field is left."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "ngày/tháng/năm")

    def show_day(self, day: date | None) -> None:
        self.setText(f"{day:%d/%m/%Y}" if day else "")


def labelled(words: str, field: QWidget, help: str = "") -> QWidget:
    """A field under its name, the name being its buddy (Alt + the letter after &)."""
    box, label = QWidget(), Label(words, tone="label")
    label.setBuddy(field)
    column = vbox(label, field, spacing=4, on=box)
    if help:
        column.addWidget(MutedLabel(help))
        field.setAccessibleDescription(help)
    return box


def keys_inside(widget: QWidget, keys: str | Qt.Key | QKeySequence.StandardKey, act: Callable[[], object]) -> None:
    """Act only while the focus is inside the widget."""
    shortcut = QShortcut(QKeySequence(keys), widget, act)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # PySide lets `context=` go unheard
