"""Long work off the window's thread. The work gets plain data and returns plain data; it never touches a widget."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from forms.errors import AppError, Cancelled


class Task(QObject):
    """One piece of work with its three endings. `progress` comes at most about thirty times for each work."""

    done = Signal(object)
    refused = Signal(object)  # an AppError: a sentence
    failed = Signal(object)  # a bug: the crash box
    progress = Signal(int, int)

    def __init__(self, work: Callable[[Callable[[int, int], None]], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stopped = threading.Event()
        self._shown = -1
        self._runnable: QRunnable | None = None

    def start(self, pool: QThreadPool | None = None) -> Task:
        runnable = QRunnable.create(self._run)
        self._runnable = runnable  # Python's side must outlive the thread's
        (pool or QThreadPool.globalInstance()).start(runnable)
        return self

    def cancel(self) -> None:
        """The work ends at its next step, by raising Cancelled there."""
        self._stopped.set()

    def _step(self, done: int, total: int) -> None:
        if self._stopped.is_set():
            raise Cancelled
        thirtieth = done * 30 // total if total else 0
        if thirtieth != self._shown or done == total:
            self._shown = thirtieth
            self.progress.emit(done, total)

    def _run(self) -> None:
        try:
            result = self._work(self._step)
        except AppError as error:
            self.refused.emit(error)
        except Exception as error:  # noqa: BLE001 - the one place that may: it goes to the crash box
            self.failed.emit(error)
        else:
            self.done.emit(result)
