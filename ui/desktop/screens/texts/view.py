"""Words, tasks and commendations of a report: a tab for each that it has, below them what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from forms.checks.finding import Finding
from forms.program import Program
from forms.report import Report
from forms.services.desk import Desk
from ui.desktop.choices import Choice
from ui.desktop.frame import Frame
from ui.desktop.kept import window_settings
from ui.desktop.place import Place
from ui.desktop.screens.sealing.acts import Acts
from ui.desktop.screens.texts.board import TaskEdit
from ui.desktop.screens.texts.nominations import Nominations
from ui.desktop.screens.texts.presenter import Edit, Faces, Page, Tab, TextsPresenter
from ui.desktop.screens.texts.problems import Problems
from ui.desktop.screens.texts.tasks import TaskBoard
from ui.desktop.screens.texts.writing import Writing
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.nothing import Nothing
from ui.desktop.widgets.report_picker import ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import Muted, Pill, Problem


class TextsView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Lời văn, nhiệm vụ")
        self._frame, self._undo = frame, QUndoStack(self)
        self._picker, self._state, self._saved = ReportPicker(), Pill(), Muted()
        self._tabs, self._pages, self._shown = QTabBar(), QStackedWidget(), tuple[Page, ...]()
        self._closed, self._refused = Muted(), Problem()
        self._nothing = Nothing(lambda place: frame.go("texts", str(place)))
        self._writing = Writing(self.show_refused, frame.toast, window_settings(desk.ledger.folder))
        self._board, self._list = TaskBoard(frame.toast), Nominations(frame.toast)
        self._parts: dict[Page, Writing | TaskBoard | Nominations] = {
            Page.TEXTS: self._writing,
            Page.TASKS: self._board,
            Page.NOMINATIONS: self._list,
        }
        self._problems, self._filled = Problems(), QWidget()
        faces = Faces(self, self._writing, self._board, self._list)
        self._presenter = TextsPresenter(faces, desk, program, self._push)
        self._acts = Acts(desk, program, frame, self._presenter, self._settle)
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

    def show_offered(self, offered: Sequence[Choice], place: Place) -> None:
        if place != self.report:
            self._undo.clear()  # what was done in one report is not taken back in another
        self.report = place
        self._picker.show_offered(offered, place)
        self._frame.work_on(place)
        self._show_filled(filled=True)

    def show_nothing(self, words: str, other: Place | None = None) -> None:
        self._undo.clear()
        self.report = None
        self._nothing.say(words, other)
        self._show_filled(filled=False)

    def show_tabs(self, tabs: Sequence[Tab], chosen: Page) -> None:
        self._tabs.blockSignals(True)
        while self._tabs.count() > len(tabs):
            self._tabs.removeTab(self._tabs.count() - 1)
        while self._tabs.count() < len(tabs):
            self._tabs.addTab("")
        for at, tab in enumerate(tabs):
            self._tabs.setTabText(at, f"{tab.title}{' !' if tab.is_wrong else ''}")
            self._tabs.setTabToolTip(at, "Còn điểm phải xử lý" if tab.is_wrong else "")
        self._shown = tuple(tab.page for tab in tabs)
        self._tabs.setCurrentIndex(self._shown.index(chosen))
        self._tabs.blockSignals(False)
        self._pages.setCurrentWidget(self._parts[chosen])

    def show_report(self, report: Report, state: tuple[str, str], closed: str, saved: str) -> None:
        self._state.say(*state)
        self._saved.setText(f"Đã lưu lúc {saved}" if saved else "")
        self._closed.setText(closed)
        self._closed.setVisible(bool(closed))
        self._acts.show_state(report)

    def show_problems(self, found: Sequence[Finding], reasons: dict[str, str], chosen: str) -> None:
        self._problems.show_problems(found, reasons, chosen, closed=bool(self._closed.text()))

    def show_refused(self, words: str) -> None:
        self._refused.say(words)

    @property
    def _page(self) -> Page:
        return self._shown[self._tabs.currentIndex()]

    def _show_filled(self, *, filled: bool) -> None:
        for widget in (self._filled, self._picker, self._state, self._saved):
            widget.setVisible(filled)
        self._nothing.setVisible(not filled)
        for button in self._acts.buttons:
            button.setVisible(filled and button.isVisibleTo(self))

    def _push(self, edit: Edit) -> None:
        tasks, rows = self._presenter.tasks, self._presenter.nominations
        if isinstance(edit, TaskEdit):
            done = _Done(edit.words, lambda: tasks.take(edit.id, edit.new), lambda: tasks.take(edit.id, edit.old))
        else:
            done = _Done(edit.words, lambda: rows.take(edit.new), lambda: rows.take(edit.old))
        self._undo.push(done)

    def _choose(self, place: Place) -> None:
        self.left()
        self._presenter.start(str(place))

    def _turn(self, at: int) -> None:
        self.left()
        self._presenter.turn(self._shown[at])

    def _step(self, by: int) -> None:
        """Of sections the next or the last one; of the other parts there is one page each."""
        self.left()
        if self._page is Page.TEXTS:
            self._writing.step(by)

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
        for key, act in (
            ("F7", kept(self._presenter.next_problem)),
            ("F8", kept(self._presenter.next_empty)),
            ("Ctrl+PgDown", kept(lambda: self._step_tab(1))),
            ("Ctrl+PgUp", kept(lambda: self._step_tab(-1))),
            ("Alt+PgDown", kept(lambda: self._step(1))),
            ("Alt+PgUp", kept(lambda: self._step(-1))),
            ("Ctrl+K", kept(self._answer_none)),
            ("Ctrl+J", kept(self._draft)),
            ("Ctrl+S", self._save),
            ("F12", kept(self._acts.seal)),
            ("Ctrl+Z", self._undo.undo),
            ("Ctrl+Y", self._undo.redo),
        ):
            keys_inside(self, key, act)

    def _answer_none(self) -> None:
        if self._page is Page.TEXTS:
            self._writing.answer_none()

    def _gather(self) -> None:
        self._frame.work("Đọc lời văn của cấp dưới", self._presenter.writing.gather, self._writing.show_gathered)

    def _draft(self) -> None:
        if self._page is Page.TEXTS:
            self._writing.draft()

    def _lay_out(self) -> None:
        for widget in (self._saved, self._state, *self._acts.buttons):
            self.tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._saved.setWordWrap(False)
        self._tabs.setAccessibleName("Các phần: lời văn, nhiệm vụ, khen thưởng")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        which = QHBoxLayout()
        which.addWidget(self._picker)
        which.addStretch(1)
        for part in self._parts.values():
            self._pages.addWidget(part)
        column = QVBoxLayout(self._filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for banner in self._acts.banners:
            column.addWidget(banner)
        column.addWidget(self._tabs)
        column.addWidget(self._closed)
        column.addWidget(self._refused)
        column.addWidget(self._pages, 1)
        column.addWidget(self._problems)
        for hidden in (self._closed, self._nothing):
            hidden.hide()
        self.body.setSpacing(8)
        self.body.addLayout(which)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._filled, 1)


class _Done(QUndoCommand):
    """An edit on the undo stack. A refused one leaves the stack."""

    def __init__(self, words: str, new: Callable[[], bool], old: Callable[[], bool]) -> None:
        super().__init__(words)
        self._new, self._old = new, old

    def redo(self) -> None:
        self.setObsolete(not self._new())

    def undo(self) -> None:
        self.setObsolete(not self._old())
