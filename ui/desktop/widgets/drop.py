"""Files and folders dragged onto a widget, wherever on it they are let go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Watches `over`; `dropped` gets local paths. Anything else that is dragged is not taken."""

    def __init__(self, over: QWidget, dropped: Callable[[Sequence[Path]], object]) -> None:
        super().__init__(over)
        self._dropped = dropped
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            if _paths(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif event.type() is QEvent.Type.Drop and (paths := _paths(event.mimeData())):
            event.acceptProposedAction()
            self._dropped(paths)
            return True
        return super().eventFilter(watched, event)


def _paths(dragged: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
