"""Choices made by one key: a field that shows what is chosen and takes no text, and the chips that say which key is which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.desktop.widgets.fields import Line
from ui.desktop.widgets.plain import set_tip

_PADDING = 26  # what the style sheet and Qt leave around the words of a field
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class KeyField(Line):
    """`keyed` brings a key that means something here. No text is typed, so an input method has nothing to rewrite."""

    keyed = Signal(str)

    def __init__(self, name: str, keys: str, help: str) -> None:
        super().__init__(name)
        self._keys, self._whole, self._is_proposed = keys, "", False
        self.setReadOnly(True)
        self.setProperty("keys", "true")
        set_tip(self, help)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_text(self, text: str, *, proposed: bool = False) -> None:
        """`proposed`: the first key takes its place, and while the keys stand here it is marked as a text to be typed over."""
        self._whole, self._is_proposed = text, proposed
        self.setAccessibleDescription(f"{text}. {self.toolTip()}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - _PADDING
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
        self.setCursorPosition(0)
        if self._is_proposed and self.hasFocus():
            self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._is_proposed:
            self.selectAll()
        else:
            self.deselect()  # Qt chooses all of what Tab comes to

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().lower()
        if key and key in self._keys and not event.modifiers() & _HELD:
            self.keyed.emit(key)
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """`options`: (key, words, tooltip). A click says the key, as pressing it would. The keys never stop here."""

    def __init__(self, options: Sequence[tuple[str, str, str]], clicked: Callable[[str], None]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._chips: dict[str, QPushButton] = {}
        for key, words, tip in options:
            chip = QPushButton(f"{key.upper()}  {words}")
            chip.setProperty("chip", "true")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            set_tip(chip, tip)
            chip.clicked.connect(lambda _=False, key=key: clicked(key))
            self._chips[key] = chip
            row.addWidget(chip)
        row.addStretch(1)

    def show_chosen(self, keys: Iterable[str], fixed: Iterable[str] = ()) -> None:
        """`fixed` ones are chosen and cannot be taken away."""
        chosen, kept = set(keys), set(fixed)
        for key, chip in self._chips.items():
            chip.setChecked(key in chosen | kept)
            chip.setEnabled(key not in kept)
