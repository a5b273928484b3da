"""Words, tasks and commendations of a report: a tab for each that it has, below them what is wrong there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.model.location import Location
from forms.model.report import REPORT_STATE_TITLES, ReportState
from forms.services.reports_on_offer import Offered
from ui.desktop import keys
from ui.desktop.findings_panel import FindingsPanel
from ui.desktop.sealing.dialog import SealingActions
from ui.desktop.shell import Shell
from ui.desktop.texts.nominations import Nominations
from ui.desktop.texts.presenter import Shows, TextsPage, TextsPart, TextsPresenter
from ui.desktop.texts.tasks import TaskBoard
from ui.desktop.texts.writing import Writing
from ui.desktop.undo import UndoStack
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.report_picker import Nothing, ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import MutedLabel, Pill, ProblemLabel
from ui.desktop.window_settings import window_settings


class TextsView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Lời văn, nhiệm vụ")
        self._frame, self._undo = frame, UndoStack(self)
        self._picker, self._state, self._saved = ReportPicker(), Pill(), MutedLabel()
        self._tabs, self._pages, self._shown = QTabBar(), QStackedWidget(), tuple[TextsPart, ...]()
        self._closed, self._refused = MutedLabel(), ProblemLabel()
        self._nothing = Nothing(lambda place: frame.go("texts", str(place)))
        self._writing = Writing(self._refused.say, frame.toast, window_settings(desk.ledger.folder))
        self._board, self._list = TaskBoard(frame.toast), Nominations(frame.toast)
        self._parts: dict[TextsPart, Writing | TaskBoard | Nominations] = {
            TextsPart.TEXTS: self._writing,
            TextsPart.TASKS: self._board,
            TextsPart.NOMINATIONS: self._list,
        }
        self._problems, self._filled = FindingsPanel(beside_grid=False), QWidget()
        shows = Shows(self._show, self._writing.show_page, self._board.show_page, self._list.show_page)
        self._presenter = TextsPresenter(shows, desk, program, self._undo.act, self._refused.say)
        self._acts = SealingActions(desk, program, frame, self._presenter, self._settle)
        self._writing.follow(self._presenter.writing)
        self._board.follow(self._presenter.tasks)
        self._list.follow(self._presenter.nominations)
        self._lay_out()
        self._connect()

    def entered(self, place: str) -> None:
        self._presenter.start(place)

    def left(self) -> None:
        for part in self._parts.values():
            part.keep()

    def take_keys(self) -> None:
        if self._filled.isVisibleTo(self):
            self._parts[self._page].begin()
        else:
            self._nothing.take_keys()

    def _show(self, what: Offered | TextsPage) -> None:
        if isinstance(what, Offered):
            self._show_offered(what)
        else:
            self._show_report(what)

    def _show_offered(self, offered: Offered) -> None:
        place = offered.place
        if place is None or place != self.report:
            self._undo.clear()  # what was done in one report is not taken back in another
        self.report = place
        if place is not None:
            self._picker.show_offered(offered.reports, place)
            self._frame.work_on(place)
        else:
            self._nothing.say(offered.nothing, offered.instead)
        for widget in (self._filled, self._picker, self._state, self._saved):
            widget.setVisible(place is not None)
        self._nothing.setVisible(place is None)
        for button in self._acts.buttons:
            button.setVisible(place is not None and button.isVisibleTo(self))

    def _show_report(self, page: TextsPage) -> None:
        tabs, report = page.tabs, page.report
        self._tabs.blockSignals(True)
        while self._tabs.count() > len(tabs):
            self._tabs.removeTab(self._tabs.count() - 1)
        while self._tabs.count() < len(tabs):
            self._tabs.addTab("")
        for at, tab in enumerate(tabs):
            self._tabs.setTabText(at, f"{tab.title}{' !' if tab.is_wrong else ''}")
            self._tabs.setTabToolTip(at, "Còn điểm phải xử lý" if tab.is_wrong else "")
        self._shown = tuple(tab.page for tab in tabs)
        self._tabs.setCurrentIndex(self._shown.index(page.chosen))
        self._tabs.blockSignals(False)
        self._pages.setCurrentWidget(self._parts[page.chosen])
        words = REPORT_STATE_TITLES[report.state] + (f" · lần gửi {report.revision}" if report.revision > 1 else "")
        self._state.say(words, "accent" if report.state is ReportState.DRAFT else "good")
        self._saved.setText(f"Đã lưu lúc {page.saved}" if page.saved else "")
        self._closed.setText(page.closed)
        self._closed.setVisible(bool(page.closed))
        self._acts.show_state(report, reopened=page.reopened)
        closed, reasons = bool(page.closed), report.explanations
        self._problems.show_problems(page.found, reasons, chosen=page.problem, closed=closed)

    @property
    def _page(self) -> TextsPart:
        return self._shown[self._tabs.currentIndex()]

    def _choose(self, place: Location) -> None:
        self.left()
        self._presenter.start(str(place))

    def _turn(self, at: int) -> None:
        self.left()
        self._presenter.turn(self._shown[at])

    def _step(self, by: int) -> None:
        """Of sections the next or the last one; of the other parts there is one page each."""
        self.left()
        if self._page is TextsPart.TEXTS:
            self._presenter.writing.step(by)

    def _step_tab(self, by: int) -> None:
        at = (self._tabs.currentIndex() + by) % self._tabs.count()
        self._tabs.setCurrentIndex(at)
        self.take_keys()

    def _kept_first(self, act: Callable[[], object]) -> Callable[[], None]:
        """An act that asks the report what is still to do: what is being typed is in it."""

        def do() -> None:
            if self._filled.isVisibleTo(self):
                self.left()
                act()

        return do

    def _save(self) -> None:
        self.left()
        self._frame.toast("Mọi điều đã viết đều đã cất vào sổ.")

    def _settle(self) -> None:
        """What is being typed is kept, and the keys are where one writes."""
        self.left()
        self.take_keys()

    def _connect(self) -> None:
        self._picker.chosen.connect(self._choose)
        self._picker.entered.connect(self.take_keys)
        self._writing.below_wanted.connect(self._gather)
        self._tabs.currentChanged.connect(self._turn)
        self._problems.wanted.connect(self._presenter.go_to)
        self._problems.explained.connect(self._presenter.explain)
        kept = self._kept_first
        acts = {
            "F7": kept(self._presenter.next_problem),
            "F8": kept(self._presenter.next_empty),
            "Ctrl+PgDown": kept(lambda: self._step_tab(1)),
            "Ctrl+PgUp": kept(lambda: self._step_tab(-1)),
            "Alt+PgDown": kept(lambda: self._step(1)),
            "Alt+PgUp": kept(lambda: self._step(-1)),
            "Ctrl+K": kept(self._answer_none),
            "Ctrl+J": kept(self._draft),
            "Ctrl+S": self._save,
            "F12": kept(self._acts.seal),
            "Ctrl+Z": self._undo.undo,
            "Ctrl+Y": self._undo.redo,
        }
        keys.bind(self, acts)

    def _answer_none(self) -> None:
        if self._page is TextsPart.TEXTS:
            self._writing.answer_none()

    def _gather(self) -> None:
        self._frame.work("Đọc lời văn của cấp dưới", self._presenter.writing.gather, self._writing.show_gathered)

    def _draft(self) -> None:
        if self._page is TextsPart.TEXTS:
            self._writing.draft()

    def _lay_out(self) -> None:
        for widget in (self._saved, self._state, *self._acts.buttons):
            self.tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._saved.setWordWrap(False)
        self._tabs.setAccessibleName("Các phần: lời văn, nhiệm vụ, khen thưởng")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        for part in self._parts.values():
            self._pages.addWidget(part)
        below = (self._tabs, self._closed, self._refused, (self._pages, 1), self._problems)
        vbox(*self._acts.banners, *below, spacing=8, on=self._filled)
        for hidden in (self._closed, self._nothing):
            hidden.hide()
        self.body.setSpacing(8)
        self.body.addLayout(hbox(self._picker, None))
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._filled, 1)
