"""The one window: first the door (first run or sign-in), then the open ledger. It is the Frame that screens talk to."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, QThreadPool
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget, QWidget

from forms.errors import AppError, Cancelled
from ui.desktop import theme
from ui.desktop.ask import WindowAsk
from ui.desktop.crash import CrashBox
from ui.desktop.tasks import Task
from ui.desktop.widgets.toast import Toast
from ui.desktop.widgets.waiting import Waiting

if TYPE_CHECKING:
    from forms.ports import Ledger
    from forms.program import Program
    from ui.desktop.frame import Ask, Progress
    from ui.desktop.workbench import Workbench

    # The screens are many and stand behind the door: main.py loads them when somebody has signed in.
    MakeBench = Callable[[Program, Ledger, "MainWindow"], Workbench]

_NAME = "Sổ Bình Đẳng"


class MainWindow(QMainWindow):
    """Theme and text size are kept beside the ledger, in its folder: nothing else on the machine is touched."""

    def __init__(self, program: Program, make_bench: MakeBench, ask: Ask | None = None) -> None:
        super().__init__()
        self._program, self._make_bench = program, make_bench
        self._bench: Workbench | None = None
        self._crash = CrashBox(program.version, self._crash_folder, lambda: self)
        self._ask = ask or WindowAsk(self)
        self._stage = QStackedWidget()
        self._stage.setObjectName("stage")
        self.setCentralWidget(self._stage)
        self._toast, self._place = Toast(self._stage), QLabel()
        self.statusBar().addPermanentWidget(self._place)
        self.statusBar().setSizeGripEnabled(False)
        self._tasks: list[Task] = []
        self.setWindowTitle(_NAME)
        self.setMinimumSize(1024, 640)
        self.resize(1280, 720)

    @property
    def ask(self) -> Ask:
        return self._ask

    @property
    def program(self) -> Program:
        return self._program

    @property
    def workbench(self) -> Workbench | None:
        return self._bench if self._stage.currentWidget() is self._bench else None

    def show_door(self, door: QWidget) -> None:
        """The first-run pages or the sign-in, in place of whatever was shown."""
        self._put(door)
        self.statusBar().hide()
        self.setWindowTitle(_NAME)

    def open_ledger(self, ledger: Ledger) -> None:
        """Raises StorageError when the ledger cannot be read after all; then it is closed again."""
        dress(ledger.folder)
        try:
            bench = self._show_bench(ledger)
        except AppError:
            ledger.close()
            raise
        office = bench.desk.office
        self.statusBar().show()
        self.setWindowTitle(f"{office.name} – {_NAME}{' – BẢN THỬ' if office.practice else ''}")
        self._place.setText(f"Sổ: {ledger.folder.name}")
        self._place.setToolTip(str(ledger.folder))
        bench.go("home")

    def toast(self, text: str) -> None:
        self._toast.say(text)
        self.status(text)

    def status(self, text: str) -> None:
        self.statusBar().showMessage(text)

    def go(self, page: str, place: str = "") -> None:
        if self.workbench:
            self.workbench.go(page, place)

    def work(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> Task:
        task = Task(work, self)
        waiting = Waiting(title, task.cancel, self)
        task.progress.connect(waiting.show_progress)
        for ending, then in ((task.done, done), (task.refused, self._refused), (task.failed, self._crash.caught)):
            ending.connect(partial(self._ended, task, waiting, then))
        self._tasks.append(task)
        waiting.begin()
        return task.start()

    def look(self, theme_id: str, text_percent: int) -> None:
        theme.apply(_app(), theme.THEMES[theme_id], text_percent)
        if bench := self.workbench:
            here, field = bench.here, _name_of_focus()
            bench.close_screens()
            made = self._show_bench(bench.desk.ledger)
            made.go(here)
            _focus_on(made, field)
            settings = _settings(bench.desk.ledger.folder)
            settings.setValue("theme", theme_id)
            settings.setValue("text_percent", text_percent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        for task in self._tasks:
            task.cancel()
        QThreadPool.globalInstance().waitForDone()
        if bench := self.workbench:
            bench.close_screens()
            self._close_ledger(bench.desk.ledger)
        event.accept()

    def install_crash_box(self) -> None:
        self._crash.install()

    def _crash_folder(self) -> Path:
        bench = self.workbench
        return bench.desk.ledger.folder / "loi" if bench else Path(tempfile.gettempdir())

    def _show_bench(self, ledger: Ledger) -> Workbench:
        """A new rail and new screens over the ledger, in the theme of the moment."""
        self._bench = self._make_bench(self._program, ledger, self)
        self._put(self._bench)
        return self._bench

    def _close_ledger(self, ledger: Ledger) -> None:
        try:
            ledger.automatic_backup()
        except AppError as error:
            self._ask.refused(error)
        finally:
            ledger.close()

    def _ended(self, task: Task, waiting: Waiting, then: Callable[[Any], None], outcome: object) -> None:
        self._tasks.remove(task)
        waiting.end()
        task.deleteLater()
        then(outcome)

    def _refused(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            self.toast(error.message)
        else:
            self._ask.refused(error)

    def _put(self, widget: QWidget) -> None:
        before = self._stage.currentWidget()
        self._stage.addWidget(widget)
        self._stage.setCurrentWidget(widget)
        if before is not None:
            self._stage.removeWidget(before)
            before.deleteLater()


def dress(folder: Path) -> None:
    """The theme and text size kept in the folder, or the usual ones."""
    settings = _settings(folder)
    chosen = theme.THEMES.get(str(settings.value("theme", "")), theme.LIGHT)
    percent = str(settings.value("text_percent", ""))
    theme.apply(_app(), chosen, int(percent) if percent.isdecimal() else 100)


def _name_of_focus() -> str:
    focused = QApplication.focusWidget()
    return focused.accessibleName() if focused else ""


def _focus_on(around: QWidget, name: str) -> None:
    """The field of that name, so that one may go on choosing by keys."""
    for one in around.findChildren(QWidget):
        if name and one.accessibleName() == name and one.isVisible():
            one.setFocus()
            return


def _settings(folder: Path) -> QSettings:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
