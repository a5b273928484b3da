"""An open ledger on the screen: the rail at the left, one screen at a time beside it.

The screens of the rail, in its order. A screen is added here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.model.office import PersonRole
from ui.desktop import theme
from ui.desktop.approval.view import ApprovalView
from ui.desktop.entry.view import EntryView
from ui.desktop.home.presenter import signs
from ui.desktop.home.view import HomeView
from ui.desktop.news.view import NewsView
from ui.desktop.packages.view import PackagesView
from ui.desktop.printing.view import PrintingView
from ui.desktop.programmes.view import ProgrammesView
from ui.desktop.receiving.view import ReceivingView
from ui.desktop.settings.view import SettingsView
from ui.desktop.shell import Location, Shell
from ui.desktop.texts.view import TextsView
from ui.desktop.widgets.cards import FileDrop
from ui.desktop.widgets.layout import hbox
from ui.desktop.widgets.rail import Names, Rail
from ui.desktop.widgets.report_picker import report_words
from ui.desktop.widgets.screen import Screen

EVERYBODY, REPORTERS, COLLATORS = (False, True), (False,), (True,)


@dataclass(frozen=True)
class RailRow:
    """One row of the rail. `icon` names a file of resources/icons; `seen_by` says whether offices that
    only report (False) or that sum up (True) see it; `for_two`: only those where a head approves; `follows`: it shows
    the report that is being worked on."""

    id: str
    title: str
    icon: str
    seen_by: tuple[bool, ...]
    make: Callable[[Services, Application, Shell], Screen]
    for_two: bool = False
    follows: bool = True


PAGES = (
    RailRow("home", "Trang chủ", "home", EVERYBODY, HomeView, follows=False),
    RailRow("news", "Tin, bài", "news", REPORTERS, NewsView),
    RailRow("entry", "Nhập số liệu", "entry", EVERYBODY, EntryView),
    RailRow("texts", "Lời văn, nhiệm vụ", "texts", EVERYBODY, TextsView),
    RailRow("approval", "Duyệt", "approve", EVERYBODY, ApprovalView, for_two=True),
    RailRow("packages", "Gói báo cáo", "package", EVERYBODY, PackagesView),
    RailRow("receiving", "Tổng hợp", "sum", COLLATORS, ReceivingView),
    RailRow("printing", "Báo cáo in", "print", EVERYBODY, PrintingView),
    RailRow("programmes", "Chương trình", "programme", EVERYBODY, ProgrammesView, follows=False),
    RailRow("settings", "Cài đặt", "settings", EVERYBODY, SettingsView, follows=False),
)


def pages_for(collates: bool, has_head: bool = True) -> tuple[RailRow, ...]:
    return tuple(page for page in PAGES if collates in page.seen_by and (has_head or not page.for_two))


_TAKES_FILES = "receiving"  # packages are dropped anywhere on the window
_OTHERWISE = "entry"  # where one is sent to a screen that this office does not have


class LedgerView(QWidget):
    """Screens are made when they are first visited."""

    moved = Signal(str)  # the title of the screen now shown
    leaving = Signal()  # who is there leaves the place

    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__()
        self.desk, self._program, self._frame = desk, program, frame
        self.office = desk.units.whole_name(desk.office)
        people = desk.enrolment.people()
        has_head = any(person.role is PersonRole.HEAD for person in people)
        self._pages = {page.id: page for page in pages_for(desk.office.collates, has_head)}
        self._screens: dict[str, Screen] = {}
        self._stack = QStackedWidget()
        self._stack.setObjectName("stage")
        leaving = "Đổi người dùng" if len(people) > 1 else "Khóa màn hình"
        names = Names(self.office, desk.ledger.person.name, leaving, desk.office.practice)
        entries = [(page.id, page.title, page.icon) for page in self._pages.values()]
        self._rail = Rail(names, entries, theme.current().rail_ink)
        self._rail.chosen.connect(self.go)
        self._rail.leaving.connect(self.leaving)
        if _TAKES_FILES in self._pages:
            self._drop = FileDrop(self, self._brought)
        hbox(self._rail, (self._stack, 1), spacing=0, on=self)
        self.show_working()

    @property
    def pages(self) -> tuple[str, ...]:
        """The ids of the rail's entries, from top to bottom."""
        return tuple(self._pages)

    @property
    def here(self) -> str:
        """The id of the screen now shown."""
        return next((id for id, screen in self._screens.items() if screen is self.screen_shown), "home")

    @property
    def screen_shown(self) -> Screen | None:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def go(self, id: str, place: str = "") -> None:
        page = self._pages.get(id) or self._pages[_OTHERWISE]
        before = self.screen_shown
        if before:
            before.left()
        focused = QApplication.focusWidget()
        rail_led = before is not None and focused is not None and self._rail.isAncestorOf(focused)
        screen = self._screens.get(page.id)
        if screen is None:
            screen = self._screens[page.id] = page.make(self.desk, self._program, self._frame)
            self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        self._rail.show_here(page.id, focused=rail_led)
        screen.entered(self._followed(page, screen, place))
        if not rail_led:
            screen.take_keys()
        self.moved.emit(page.title)

    def show_working(self) -> None:
        """The report that is being worked on, as the rail says it."""
        if working := self._frame.working:
            self._rail.show_working(*report_words(working, self.desk.catalogue))

    def signs(self) -> dict[str, int]:
        """How much waits behind each entry of the rail. Reads the ledger where something was written since: not for the
        window's thread, in which somebody types."""
        return signs(self.desk.todo.now())

    def show_signs(self, waiting: dict[str, int]) -> None:
        self._rail.show_signs(waiting)

    def close_screens(self) -> None:
        if shown := self.screen_shown:
            shown.left()

    def cover(self) -> None:
        """Before the window is covered: what was typed is kept, all else stays as it is."""
        if shown := self.screen_shown:
            shown.covered()

    def _followed(self, page: RailRow, screen: Screen, place: str) -> str:
        """Where the screen is to go: where it is told, else to the report that is worked on; nowhere if it is there."""
        if page.follows and (asked := Location.read(place)):
            self._frame.work_on(asked)
        elif page.follows and not place and self._frame.working != screen.report:
            return str(self._frame.working)
        return place

    def _brought(self, paths: Sequence[Path]) -> None:
        self.go(_TAKES_FILES)
        if self.screen_shown:
            self.screen_shown.brought(paths)
