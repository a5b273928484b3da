"""The one window: first the door (first run or sign-in), then the open ledger. It is the Shell that screens talk to."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from forms.errors import AppError, Cancelled
from ui.desktop.auto_lock import IdleTimer, forget_the_small_picture, put_away_what_is_open
from ui.desktop.crash import CrashBox
from ui.desktop.dialogs import WindowDialogs
from ui.desktop.jobs import BackgroundTask, Jobs
from ui.desktop.shell import Job, Location
from ui.desktop.sign_in.view import CoverView
from ui.desktop.widgets.cards import Toast
from ui.desktop.widgets.text import Label, set_tip
from ui.desktop.window_settings import change_look, dress, remember

if TYPE_CHECKING:
    from forms.application import Application
    from forms.ports import Ledger
    from ui.desktop.ledger_view import LedgerView
    from ui.desktop.shell import Dialogs, Progress

    # The screens are many and stand behind the door: main.py loads them when somebody has signed in.
    MakeBench = Callable[[Application, Ledger, "MainWindow"], LedgerView]

_NAME = "Sổ Bình Đẳng"
_SIGNS_MS = 400  # the rail's signs come after the screen, so that the screen does not wait for them


class MainWindow(QMainWindow):
    """Theme and text size are kept beside the ledger, in its folder: nothing else on the machine is touched."""

    def __init__(
        self,
        program: Application,
        make_bench: MakeBench,
        ask: Dialogs | None = None,
        now: Callable[[], float] = monotonic,
    ) -> None:
        """`now`: seconds of a clock that nobody sets; by it the window is covered when it is left alone."""
        super().__init__()
        self.program, self._make_bench = program, make_bench
        self.working: Location | None = None
        self._bench: LedgerView | None = None
        self._finding: BackgroundTask | None = None  # what finds the signs of the rail
        self._cover: CoverView | None = None
        self._told = 0  # of the ledger's notices
        self._crash = CrashBox(
            program.version,
            lambda: self._bench.desk.ledger.folder / "loi" if self._bench else Path(tempfile.gettempdir()),
            lambda: self,
        )
        self.ask: Dialogs = ask or WindowDialogs(self)
        self._stage = QStackedWidget()
        self._stage.setObjectName("stage")
        self.setCentralWidget(self._stage)
        self._toast, self._place = Toast(self._stage), Label()
        self.statusBar().addPermanentWidget(self._place)
        self.statusBar().setSizeGripEnabled(False)
        self._jobs = Jobs(self, self._refused, self._crash.caught, lambda title: self.toast(f"Đã xong: {title}."))
        self._watch = IdleTimer(now, self)
        self._watch.left_alone.connect(self.lock)
        self._signs = QTimer(self)
        self._signs.setSingleShot(True)
        self._signs.timeout.connect(self._show_signs)
        self.setWindowTitle(_NAME)
        self.setMinimumSize(1024, 640)
        self.resize(1280, 720)

    @property
    def workbench(self) -> LedgerView | None:
        """The open ledger's screens, unless they are covered."""
        return None if self._cover else self._bench

    def show_door(self, door: QWidget) -> None:
        """The first-run pages or the sign-in, in place of whatever was shown."""
        self._put(door)
        self.statusBar().hide()
        self.setWindowTitle(_NAME)

    def open_ledger(self, ledger: Ledger) -> None:
        """Raises StorageError when the ledger cannot be read after all; then it is closed again."""
        dress(ledger.folder)
        self.working = None
        try:
            self._show_bench(ledger)
        except AppError:
            ledger.close()
            raise
        self._place.setText(f"Sổ: {ledger.folder.name}")
        set_tip(self._place, str(ledger.folder))
        self._uncovered("home")
        self._told = 0
        self._tell_found(ledger)

    def toast(self, text: str) -> None:
        self._toast.say(text)
        self.statusBar().showMessage(text)
        if bench := self.workbench:
            self._tell_found(bench.desk.ledger)

    def go(self, page: str, place: str = "") -> None:
        if self.workbench:
            self.workbench.go(page, place)

    def work_on(self, place: Location) -> None:
        self.working = Location(place.programme, place.period)
        if self._bench:
            self._bench.show_working()

    def work(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> Job:
        return self._jobs.start(title, work, done)

    def look(self, theme_id: str, text_percent: int) -> None:
        bench = self.workbench
        change_look(bench.desk.ledger.folder if bench else None, theme_id, text_percent)
        self.reopen()

    def reopen(self, page: str = "", place: str = "") -> None:
        """Rail and screens anew over the same ledger: its packs, its persons or the look of things have changed."""
        if bench := self.workbench:
            focused = QApplication.focusWidget()
            here, field = bench.here, focused.accessibleName() if focused else ""
            bench.close_screens()
            made = self._show_bench(bench.desk.ledger)
            made.go(page or here, place)
            named = (one for one in made.findChildren(QWidget) if field and one.accessibleName() == field)
            if same := next((one for one in named if one.isVisible()), None):
                same.setFocus()  # so that one may go on choosing by keys

    def lock(self, *, for_another: bool = False) -> None:
        """The figures are out of sight until a password is typed; `for_another`: somebody else is to come.

        What was being typed is kept, what a dialog asked is left undone, and long work goes on.
        """
        bench = self.workbench
        if bench is None:
            return
        put_away_what_is_open(self)
        bench.cover()
        self._watch.end()
        self._signs.stop()
        self._jobs.cover()
        self._cover = CoverView(
            self.program.house,
            bench.desk.ledger,
            bench.office,
            lambda: self._jobs.under_way,
            lambda same: self._unlocked(same_person=same),
            self.close,
        )
        self._toast.hide()
        self.statusBar().clearMessage()
        self.statusBar().hide()
        self._stage.addWidget(self._cover)
        self._stage.setCurrentWidget(self._cover)
        self.setWindowTitle(f"Đang khóa – {_NAME}")
        self._cover.start(for_another=for_another)
        forget_the_small_picture(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._toast.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._watch.end()
        self._jobs.stop()
        if bench := self._bench:
            if not self._cover:
                bench.close_screens()
            ledger = bench.desk.ledger
            try:
                ledger.automatic_backup()
                self._tell_found(ledger)
            except AppError as error:
                self.ask.refused(error)
            finally:
                ledger.close()
            self._bench = None
        event.accept()

    def install_crash_box(self) -> None:
        self._crash.install()

    def _unlocked(self, *, same_person: bool) -> None:
        cover, bench = self._cover, self._bench
        assert cover is not None
        assert bench is not None
        if same_person:
            self._stage.setCurrentWidget(bench)
            self._watch.begin(bench.desk.locking.minutes())
        else:  # another name, another rail, other things to do
            self._show_bench(bench.desk.ledger)
            self._stage.removeWidget(bench)
            bench.deleteLater()
        self._cover = None
        self._stage.removeWidget(cover)
        cover.deleteLater()
        self._uncovered("" if same_person else "home")
        self._jobs.uncover(same_person=same_person)

    def _uncovered(self, page: str) -> None:
        """Somebody is there, and sees the screens."""
        bench = self._bench
        assert bench is not None
        desk = bench.desk
        remember(desk.ledger.folder, person=desk.ledger.person.keyid, office=bench.office)
        self.statusBar().show()
        self.setWindowTitle(f"{bench.office} – {_NAME}{' – BẢN THỬ' if desk.office.practice else ''}")
        if page:
            bench.go(page)
        self._signs.start(_SIGNS_MS)

    def _show_signs(self) -> None:
        """Found off the window's thread; not while long work holds the ledger."""
        if self._jobs.under_way or self._finding:
            self._signs.start(_SIGNS_MS)
        elif bench := self.workbench:
            self._finding = task = BackgroundTask(lambda _step: bench.signs(), self)
            task.done.connect(partial(self._found_signs, bench))
            task.refused.connect(partial(self._found_signs, None))  # who reads the ledger next is told of it
            task.failed.connect(partial(self._found_signs, None))
            task.failed.connect(self._crash.caught)
            task.start()

    def _found_signs(self, bench: LedgerView | None, found: Any) -> None:
        if self._finding:
            self._finding.deleteLater()
        self._finding = None
        if bench is not None and bench is self._bench:
            bench.show_signs(found)

    def _show_bench(self, ledger: Ledger) -> LedgerView:
        """A new rail and new screens over the ledger, in the theme of the moment."""
        self._bench = self._make_bench(self.program, ledger, self)
        self._bench.moved.connect(lambda _: self._signs.start(_SIGNS_MS))
        self._bench.leaving.connect(lambda: self.lock(for_another=True))
        self._put(self._bench)
        self._watch.begin(self._bench.desk.locking.minutes())
        return self._bench

    def _tell_found(self, ledger: Ledger) -> None:
        """What the ledger found and mended without asking, when it was opened or since: each once."""
        new, self._told = ledger.notices[self._told :], len(ledger.notices)
        if new:
            self.ask.inform("Sổ vừa được kiểm tra", "\n\n".join(new))

    def _refused(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            self.toast(error.message)
        else:
            self.ask.refused(error)

    def _put(self, widget: QWidget) -> None:
        before = self._stage.currentWidget()
        self._stage.addWidget(widget)
        self._stage.setCurrentWidget(widget)
        if before is not None:
            self._stage.removeWidget(before)
            before.deleteLater()
