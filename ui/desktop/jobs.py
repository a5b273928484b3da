"""Work off the window's thread, with its progress and its endings.

Long work of the window: each with its waiting dialog. While the window is covered its endings wait for somebody.

Long work off the window's thread. The work gets plain data and returns plain data; it never touches a widget.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtWidgets import QWidget

from forms.errors import AppError, Cancelled
from ui.desktop.shell import Progress
from ui.desktop.widgets.waiting import Waiting


class BackgroundTask(QObject):
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

    def start(self, pool: QThreadPool | None = None) -> BackgroundTask:
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


@dataclass(frozen=True)
class Endings:
    """What the window does with a refusal, a bug, and work that ended after its screens had gone."""

    refused: Callable[[Any], object]
    failed: Callable[[Any], object]
    missed: Callable[[str], object]  # the work's title


class Jobs:
    def __init__(self, window: QWidget, endings: Endings) -> None:
        self._window, self._endings = window, endings
        self._running: dict[BackgroundTask, Waiting] = {}
        self._is_covered = False
        self._held: list[tuple[str, Callable[[Any], object], object]] = []

    @property
    def under_way(self) -> str:
        """What is being done and how far it is; empty while nothing is."""
        return "; ".join(waiting.told for waiting in self._running.values())

    def start(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> BackgroundTask:
        task = BackgroundTask(work, self._window)
        waiting = Waiting(title, task.cancel, self._window)
        task.progress.connect(waiting.show_progress)
        endings = ((task.done, done), (task.refused, self._endings.refused), (task.failed, self._endings.failed))
        for ending, then in endings:
            ending.connect(partial(self._ended, task, then))
        self._running[task] = waiting
        waiting.begin()
        return task.start()

    def cover(self) -> None:
        """Nobody is there: the work goes on, unseen."""
        self._is_covered = True
        for waiting in self._running.values():
            waiting.cover()

    def uncover(self, *, same_person: bool) -> None:
        """Somebody is there again. To another person, who has other screens, only refusals and bugs are told in full."""
        self._is_covered = False
        for waiting in self._running.values():
            waiting.uncover()
        held, self._held = self._held, []
        for title, then, outcome in held:
            if same_person or then in (self._endings.refused, self._endings.failed):
                then(outcome)
            else:
                self._endings.missed(title)

    def stop(self) -> None:
        """The window closes: everything ends at its next step."""
        for task in self._running:
            task.cancel()
        QThreadPool.globalInstance().waitForDone()

    def _ended(self, task: BackgroundTask, then: Callable[[Any], object], outcome: object) -> None:
        waiting = self._running.pop(task)
        waiting.end()
        task.deleteLater()
        if self._is_covered:
            self._held.append((waiting.windowTitle(), then, outcome))
        else:
            then(outcome)
