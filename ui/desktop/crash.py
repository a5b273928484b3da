"""The box for bugs. It names a number and a file, never a value that somebody typed, and lets the work go on.

A refusal that nobody on the way has shown is no bug: it is said in its own words.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from forms.errors import AppError
from ui.desktop.dialogs import WindowDialogs, message_box

_log = logging.getLogger("so_binh_dang")


class CrashBox(QObject):
    """Catches what nobody caught, on any thread, writes it down and tells the person in words."""

    _happened = Signal(object)

    def __init__(self, version: str, folder: Callable[[], Path], parent: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._version, self._folder, self._parent = version, folder, parent
        self._shown = False
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self.caught(args.exc_value) if args.exc_value else None

    def caught(self, error: BaseException) -> None:
        """From any thread."""
        _log.error("bug", exc_info=error)
        self._happened.emit(error)

    def _hook(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(_kind, error, _trace)
        else:
            self.caught(error)

    def _tell(self, error: BaseException) -> None:
        if self._shown:
            return
        self._shown = True
        try:
            if isinstance(error, AppError):
                WindowDialogs(self._parent()).refused(error)
            else:
                self._box(error, write_report(error, self._folder(), self._version)).exec()
        finally:
            self._shown = False

    def _box(self, error: BaseException, file: Path | None) -> QMessageBox:
        where = f"Chi tiết đã ghi vào {file}." if file else "Không ghi được tệp chi tiết."
        words = (
            f"Số liệu đã cất vẫn còn nguyên trong sổ. {where} Có thể làm tiếp; nếu lỗi lặp lại, hãy đóng rồi mở "
            "lại phần mềm và gửi chi tiết này cho người hỗ trợ."
        )
        box = message_box(self._parent(), QMessageBox.Icon.Critical, "Phần mềm gặp lỗi ngoài dự kiến.", words)
        copy = box.addButton("Chép chi tiết", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details(error, self._version)))
        box.addButton("Làm tiếp", QMessageBox.ButtonRole.AcceptRole)
        return box


def details(error: BaseException, version: str) -> str:
    """Where the bug is: versions and the lines of the program, without the message, which might hold a value."""
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return "\n".join([f"Sổ Bình Đẳng {version}, Python {sys.version.split()[0]}", type(error).__name__, *lines])


def write_report(error: BaseException, folder: Path, version: str) -> Path | None:
    """The details as a file in `folder`; None when even that fails."""
    file = folder / f"loi-{datetime.now():%Y%m%d-%H%M%S}.txt"  # noqa: DTZ005 - a file name on this machine
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(details(error, version), "utf-8")
    except OSError:
        return None
    return file
