"""Keys that act only while the focus is inside a widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def keys_inside(widget: QWidget, keys: str | Qt.Key | QKeySequence.StandardKey, act: Callable[[], object]) -> None:
    shortcut = QShortcut(QKeySequence(keys), widget, act)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # PySide lets `context=` go unheard
