"""Long work of the window: each with its waiting dialog. While the window is covered its endings wait for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QWidget

from ui.desktop.frame import Progress
from ui.desktop.tasks import Task
from ui.desktop.widgets.waiting import Waiting


@dataclass(frozen=True)
class Endings:
    """What the window does with a refusal, a bug, and work that ended after its screens had gone."""

    refused: Callable[[Any], object]
    failed: Callable[[Any], object]
    missed: Callable[[str], object]  # the work's title


class Jobs:
    def __init__(self, window: QWidget, endings: Endings) -> None:
        self._window, self._endings = window, endings
        self._running: dict[Task, Waiting] = {}
        self._is_covered = False
        self._held: list[tuple[str, Callable[[Any], object], object]] = []

    @property
    def under_way(self) -> str:
        """What is being done and how far it is; empty while nothing is."""
        return "; ".join(waiting.told for waiting in self._running.values())

    def start(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> Task:
        task = Task(work, self._window)
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

    def _ended(self, task: Task, then: Callable[[Any], object], outcome: object) -> None:
        waiting = self._running.pop(task)
        waiting.end()
        task.deleteLater()
        if self._is_covered:
            self._held.append((waiting.windowTitle(), then, outcome))
        else:
            then(outcome)
