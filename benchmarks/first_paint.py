"""A child process of the start bench: shows a window, says so when it has been painted, and leaves.

`program --data FOLDER` is the program as main.py starts it, over the ledger in FOLDER; `bare` is a window of Qt alone with a
table of 500 rows. Both sides carry the same watcher.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem, QWidget

ROWS, COLUMNS = 500, 8
PAINTED = "painted"


class _Watcher(QObject):
    """Says when the first window has been painted, and ends the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            QTimer.singleShot(0, _say_and_leave)
        return False


def _say_and_leave() -> None:
    print(PAINTED, flush=True)
    # How long a program takes to tidy up is not what is measured.
    os._exit(0)


def _bare() -> None:
    table = QTableWidget(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            table.setItem(row, column, QTableWidgetItem(f"{row}.{column}"))
    table.resize(1366, 768)
    table.show()
    QApplication.exec()


def _program(words: list[str]) -> None:
    from main import main

    main(words)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    watcher = _Watcher()
    application.installEventFilter(watcher)
    _bare() if sys.argv[1] == "bare" else _program(sys.argv[2:])
