"""What in a window is, or would be, read as rich text; and whether a file was opened meanwhile."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import Qt as _Qt  # of QtGui: QtCore's has not mightBeRichText
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QTextEdit, QWidget


def walk(root: QModelIndex, view: QAbstractItemView) -> Iterator[str]:
    """Every tooltip that a model gives."""
    model = view.model()
    columns = 1 if isinstance(view, QListView) else model.columnCount(root)
    for row in range(min(model.rowCount(root), 60)):
        for column in range(columns):
            yield str(model.index(row, column, root).data(Qt.ItemDataRole.ToolTipRole) or "")
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")


def read_as_more(*windows: QWidget) -> list[str]:
    """What of all that stands in them."""
    found = []
    for one in (widget for window in windows for widget in (window, *window.findChildren(QWidget))):
        called = f"{type(one).__name__} {one.objectName() or one.accessibleName()}"
        tips = [one.toolTip(), one.whatsThis(), one.statusTip()]
        if one.inherits("QTipLabel"):  # Qt's own, which reads whatever it is given
            tips.append(one.text())
        elif isinstance(one, QLabel) and one.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"{called}: {one.text()[:60]}")
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            tips += walk(one.rootIndex(), one)
        if isinstance(one, QTextEdit) and "\ufffc" in one.toPlainText():
            found.append(f"{called}: a picture in its text")
        found += [f"{called}: {tip[:60]}" for tip in tips if _Qt.mightBeRichText(tip)]
    return found


class Opened:
    """Whether anybody opened a file since the last look. Linux tells; elsewhere `knows` is false."""

    knows = sys.platform == "linux"
    _IN_OPEN = 0x20

    def __init__(self, file: Path) -> None:
        if self.knows:
            system = ctypes.CDLL(None)
            self._told = system.inotify_init1(os.O_NONBLOCK)
            assert system.inotify_add_watch(self._told, os.fsencode(file), self._IN_OPEN) > 0

    def seen(self) -> bool:
        if not self.knows:
            return False
        try:
            return bool(os.read(self._told, 65536))
        except BlockingIOError:
            return False

    def close(self) -> None:
        if self.knows:
            os.close(self._told)
