"""The dialog in which a report is entered for a unit below: the same grid, news and texts as our own, over that unit's draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabWidget, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from ui.desktop.entry.view import EntryView
from ui.desktop.news.view import NewsView
from ui.desktop.on_behalf.presenter import BehalfPresenter, BehalfShell
from ui.desktop.shell import Location, Shell
from ui.desktop.texts.view import TextsView
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel

_SCREENS: dict[str, tuple[str, Callable[[Services, Application, Shell], Screen]]] = {
    "entry": ("Số liệu", partial(EntryView, seals=False)),
    "news": ("Tin, bài", NewsView),
    "texts": ("Lời văn, nhiệm vụ", TextsView),
}
_LEAST = 1180, 720


def enter_on_behalf(
    over: QWidget,
    desk: Services,
    program: Application,
    frame: Shell,
    place: Location,
    code: str,
    done: Callable[[], object],
) -> BehalfDialog | None:
    """“Nhập thay…” of a unit of the roll call at `place`; `done` when figures were taken. A refusal is said."""
    try:
        dialog = BehalfDialog(over, desk, program, frame, place, code, done)
    except AppError as error:
        frame.ask.refused(error)
        return None
    dialog.open()
    return dialog


class BehalfDialog(QDialog):
    """What is typed is kept as it is typed; closing loses nothing."""

    def __init__(
        self,
        over: QWidget,
        desk: Services,
        program: Application,
        frame: Shell,
        place: Location,
        code: str,
        done: Callable[[], object],
    ) -> None:
        self.presenter = BehalfPresenter(self.show_scan, self._done, desk, program, frame, place, code)
        super().__init__(over.window())
        self.place, self._told = Location(place.programme, place.period), done
        self.setWindowTitle(self.presenter.title)
        self.setMinimumSize(*_LEAST)
        self.finished.connect(self._left)
        self._tabs, self._pages = QTabWidget(), self.presenter.pages
        shell = BehalfShell(frame, self.place, self._turn)
        for name, make in map(_SCREENS.__getitem__, self._pages):
            self._tabs.addTab(make(self.presenter.typed, program, shell), name)
        self._tabs.currentChanged.connect(lambda _: self._entered(""))
        self._scan = MutedLabel()
        title = HeadingLabel(self.presenter.title)
        foot = hbox(
            Button("Chọn bản quét…", self.presenter.choose_scan),
            (self._scan, 1),
            Button("Đóng, nhập tiếp sau", self.reject),
            Button("Cất bản nhập thay", self._enter, "primary"),
            spacing=8,
        )
        vbox(
            title,
            MutedLabel(self.presenter.words),
            (self._tabs, 1),
            foot,
            spacing=10,
            margins=(22, 18, 22, 16),
            on=self,
        )
        self.show_scan()
        self._entered("")

    def show_scan(self) -> None:
        self._scan.setText(self.presenter.scan or "Chưa chọn bản quét (PDF, JPEG, PNG).")

    def keyPressEvent(self, event) -> None:
        """Enter goes on in the grid and never closes the dialog."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _turn(self, page: str, place: str) -> None:
        if page in self._pages:
            self._tabs.setCurrentIndex(self._pages.index(page))
            self._entered(place)

    def _entered(self, place: str) -> None:
        self._screen.entered(place or str(self.place))

    @property
    def _screen(self) -> Screen:
        screen = self._tabs.currentWidget()
        assert isinstance(screen, Screen)
        return screen

    def _enter(self) -> None:
        self._screen.left()
        self.presenter.enter()

    def _done(self) -> None:
        self.accept()
        self._told()

    def _left(self) -> None:
        self._screen.left()
        self.deleteLater()
