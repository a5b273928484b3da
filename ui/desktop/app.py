"""Starts the window: `run` is what main.py calls when no verb is given. First the door: the sign-in, or the first run."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

import resources
from forms.errors import AppError
from ui.desktop import theme
from ui.desktop.main_window import MainWindow
from ui.desktop.sign_in.view import SignInView
from ui.desktop.window_settings import dress, window_settings

if TYPE_CHECKING:
    from forms.application import Application
    from ui.desktop.main_window import MakeBench

    # (program, window, what then) -> the pages of the first run. Loaded by main.py when there is no ledger yet.
    FirstRun = Callable[[Application, MainWindow, Callable[[], None]], QWidget]


class Startup:
    """What stands before an open ledger."""

    def __init__(self, program: Application, window: MainWindow, first_run: FirstRun) -> None:
        self._program, self._window, self._first_run = program, window, first_run

    def open(self) -> None:
        try:
            self._program.house.people(self._program.home)
        except AppError as error:
            if error.code == "LEDGER_MISSING":
                self._window.show_door(self._first_run(self._program, self._window, self._sign_in))
                return
        self._sign_in()

    def _sign_in(self) -> None:
        folder, kept = self._program.home, window_settings(self._program.home)
        person, office = str(kept.value("person", "")), str(kept.value("office", ""))
        self._window.show_door(SignInView(self._program.house, folder, self._window.open_ledger, person, office))


_DOOR_IS_THERE = 100  # milliseconds after which the first window has been painted
_FONTS = ("Regular", "Medium", "SemiBold")


class QtWarning(RuntimeError):
    """Qt complained while the program ran with --debug."""


def run(
    program: Application,
    first_run: FirstRun,
    make_bench: MakeBench,
    get_ready: Callable[[], None] = lambda: None,
    *,
    debug: bool = False,
) -> int:
    """Open the window and stay until it closes. `get_ready` is called on a thread of its own once the door is there.
    `debug`: what Qt warns of is raised, and reaches the crash box."""
    app = application()
    if debug:
        qInstallMessageHandler(raise_warning)
    window = open_window(program, first_run, make_bench)
    window.show()
    QTimer.singleShot(_DOOR_IS_THERE, lambda: Thread(target=get_ready, name="get-ready").start())
    return app.exec()


def raise_warning(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """A Qt message handler under which no warning passes unseen; what only informs goes to the log."""
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg):
        raise QtWarning(text)
    logging.getLogger("qt").debug(text)


def application() -> QApplication:
    """The one QApplication with our style, fonts and Vietnamese; made once."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("So Binh Dang")
    app.setApplicationDisplayName("Sổ Bình Đẳng")
    app.setStyle("Fusion")
    if not app.property("dressed"):
        app.setProperty("dressed", True)
        for weight in _FONTS:
            QFontDatabase.addApplicationFont(str(resources.path(f"fonts/BeVietnamPro-{weight}.ttf")))
        translator = QTranslator(app)
        if translator.load(str(resources.path("translations/qt_vi.qm"))):
            app.installTranslator(translator)
    theme.apply(app, theme.LIGHT)
    return app


def open_window(program: Application, first_run: FirstRun, make_bench: MakeBench) -> MainWindow:
    """The window at its door, not yet shown."""
    window = MainWindow(program, make_bench)
    window.install_crash_box()
    dress(program.home)
    Startup(program, window, first_run).open()
    return window
