"""Keys that mean something on a widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind(
    widget: QWidget,
    acts: Mapping[str, Callable[[], object]],
    ready: Callable[[], bool] = lambda: True,
    *,
    here: bool = False,
) -> None:
    """Each key acts wherever the focus is inside the widget, or with `here` on the widget itself, while it is `ready`. What Return
    does, Enter of the number pad does too."""
    context = Qt.ShortcutContext.WidgetShortcut if here else Qt.ShortcutContext.WidgetWithChildrenShortcut
    for name, act in acts.items():
        for key in {name, name.replace("Return", "Enter")}:
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(context)  # PySide lets `context=` go unheard
            shortcut.activated.connect(lambda act=act: act() if ready() else None)
