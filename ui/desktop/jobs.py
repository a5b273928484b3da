"""Work off the window's thread: it gets plain data and returns plain data, and never touches a widget.

Each has a dialog that stands over the window while it runs. While the window is covered its endings wait for somebody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from forms.errors import AppError, Cancelled
from ui.desktop.shell import Job, Progress
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.text import HeadingLabel, MutedLabel

_PATIENCE_MS = 400  # shorter work shows nothing
_WORTH_SAYING = 2.0  # seconds of work before a time left is guessed


class BackgroundTask(QObject):
    """One piece of work with its three endings. `progress` comes at most about thirty times for each work."""

    done = Signal(object)
    refused = Signal(object)  # an AppError: a sentence
    failed = Signal(object)  # a bug: the crash box
    progress = Signal(int, int)

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job = Job()
        self._work, self._shown = work, -1
        self._runnable = QRunnable.create(self._run)  # Python's side must outlive the thread's

    def start(self) -> None:
        QThreadPool.globalInstance().start(self._runnable)

    def _step(self, done: int, total: int) -> None:
        if self.job.is_cancelled:
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


class Waiting(QDialog):
    """What is being done, how far it is, how long still, and a way out. Not closed by Esc: that asks the work to stop, and
    the work's end closes it."""

    def __init__(self, title: str, job: Job, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(420)
        self._job, self._began, self._is_covered = job, monotonic(), False
        self._bar, self._words = QProgressBar(), MutedLabel("Đang chuẩn bị…")
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._stop = Button("Dừng", self.reject)
        parts = (HeadingLabel(title), self._bar, self._words, hbox(None, self._stop))
        vbox(*parts, spacing=12, margins=(24, 20, 24, 18), on=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.setVisible(not self._is_covered))
        self._timer.start(_PATIENCE_MS)

    @property
    def told(self) -> str:
        """What is done and how far it is, in one line."""
        return f"{self.windowTitle()}: {self._words.text()}"

    def cover(self, covered: bool) -> None:
        """Out of sight, or seen again; the work goes on."""
        self._is_covered = covered
        if covered:
            self.hide()
        elif not self._timer.isActive():
            self.show()

    def end(self) -> None:
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def show_progress(self, done: int, total: int) -> None:
        """Of work that cannot tell how far it is `total` is 0."""
        if not total:
            return
        passed, left = monotonic() - self._began, ""
        if passed >= _WORTH_SAYING and done:
            seconds = round(passed / done * (total - done))
            left = f", còn khoảng {seconds} giây" if seconds < 100 else f", còn khoảng {round(seconds / 60)} phút"
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.setText(f"{done} trên {total}{left}")

    def reject(self) -> None:
        self._stop.setEnabled(False)
        self._words.setText("Đang dừng…")
        self._job.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        else:
            super().keyPressEvent(event)


class Jobs:
    """`refused` gets an AppError, `failed` a bug, `missed` the title of work that ended after its screens had gone."""

    def __init__(
        self,
        window: QWidget,
        refused: Callable[[Any], object],
        failed: Callable[[Any], object],
        missed: Callable[[str], object],
    ) -> None:
        self._window, self._refused, self._failed, self._missed = window, refused, failed, missed
        self._running: dict[BackgroundTask, Waiting] = {}
        self._is_covered = False
        self._held: list[tuple[str, Callable[[Any], object], object]] = []

    @property
    def under_way(self) -> str:
        """What is being done and how far it is; empty while nothing is."""
        return "; ".join(waiting.told for waiting in self._running.values())

    def start(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> Job:
        task = BackgroundTask(work, self._window)
        self._running[task] = waiting = Waiting(title, task.job, self._window)
        task.progress.connect(waiting.show_progress)
        for ending, then in ((task.done, done), (task.refused, self._refused), (task.failed, self._failed)):
            ending.connect(partial(self._ended, task, then))
        task.start()
        return task.job

    def cover(self) -> None:
        """Nobody is there: the work goes on, unseen."""
        self._is_covered = True
        for waiting in self._running.values():
            waiting.cover(True)

    def uncover(self, *, same_person: bool) -> None:
        """Somebody is there again. To another person, who has other screens, only refusals and bugs are told in full."""
        self._is_covered = False
        for waiting in self._running.values():
            waiting.cover(False)
        held, self._held = self._held, []
        for title, then, outcome in held:
            if same_person or then in (self._refused, self._failed):
                then(outcome)
            else:
                self._missed(title)

    def stop(self) -> None:
        """The window closes: everything ends at its next step."""
        for task in self._running:
            task.job.cancel()
        QThreadPool.globalInstance().waitForDone()

    def _ended(self, task: BackgroundTask, then: Callable[[Any], object], outcome: object) -> None:
        waiting = self._running.pop(task)
        waiting.end()
        task.deleteLater()
        if self._is_covered:
            self._held.append((waiting.windowTitle(), then, outcome))
        else:
            then(outcome)
