"""The page of narratives, tasks and nominations.

Words, tasks and commendations of a report: a tab for each that it has, below them what is wrong there.

What is wrong on this page, below it: choose one to go there; a warning takes its reason here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.model.finding import Finding
from forms.model.report import Report
from forms.services.reports_on_offer import ReportOnOffer
from ui.desktop import theme
from ui.desktop.sealing.dialog import SealingActions
from ui.desktop.shell import Location, Shell
from ui.desktop.texts.nominations import Nominations
from ui.desktop.texts.presenter import Edit, Faces, TextsPart, TextsPresenter, TextsTab
from ui.desktop.texts.task_presenter import TaskEdit
from ui.desktop.texts.tasks import TaskBoard
from ui.desktop.texts.writing import Writing
from ui.desktop.widgets.cards import Button, Card, icon
from ui.desktop.widgets.fields import LineField, keys_inside
from ui.desktop.widgets.plain_text import set_tip
from ui.desktop.widgets.report_picker import Nothing, ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, ProblemLabel
from ui.desktop.window_settings import window_settings

_GRADES = {"error": "lỗi", "warning": "cảnh báo", "hint": "gợi ý", "done": "đã có lý do"}
_FINDINGS_HEIGHT, _LINE = 132, 17  # the height where a line of text is as high as this
_Role = Qt.ItemDataRole.UserRole


class TextFindings(Card):
    wanted = Signal(str)  # the spot to go to
    explained = Signal(str, str)  # check, reason

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        inks = {"error": look.error, "warning": look.warning, "hint": look.muted, "done": look.good}
        self._icons = {name: icon(name, ink) for name, ink in inks.items()}
        self._counts, self._list = MutedLabel(), QListWidget()
        self._reason = LineField("Lý do của cảnh báo", "Lý do (gửi kèm báo cáo), rồi Enter")
        self._keep = Button("Ghi lý do", self._explain)
        self._reasons: Mapping[str, str] = {}
        self._lay_out()

    def show_problems(self, found: Sequence[Finding], reasons: Mapping[str, str], chosen: str, *, closed: bool) -> None:
        before = self._finding
        self._reasons = {} if closed else reasons
        self._list.blockSignals(True)  # the field of the reason must not go while one is typing in it
        self._list.clear()
        for finding in found:
            self._add(finding, reasons)
            stays = before is not None and (finding.check, finding.place) == (before.check, before.place)
            if finding.check == chosen if chosen else stays:
                self._list.setCurrentRow(self._list.count() - 1)
        self._list.blockSignals(False)
        self._list.setVisible(bool(found))
        self._set_height(is_empty=not found)
        self._counts.setText(findings_counted(found))
        self._show_reason(asks=not closed)

    def _set_height(self, *, is_empty: bool) -> None:
        """Of one line where nothing is wrong: the room belongs to what is being written."""
        full = _FINDINGS_HEIGHT * max(_LINE, self.fontMetrics().height()) // _LINE
        self.setFixedHeight(self.column.sizeHint().height() if is_empty else full)

    def _add(self, finding: Finding, reasons: Mapping[str, str]) -> None:
        grade = "done" if finding.explained else finding.level
        said = f" — Lý do: {reasons.get(finding.check, '')}" if finding.explained else ""
        item = QListWidgetItem(self._icons[grade], finding.message + said)
        item.setData(_Role, finding)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_GRADES[grade]}: {finding.message}{said}")
        set_tip(item, finding.message + said)
        self._list.addItem(item)

    @property
    def _finding(self) -> Finding | None:
        item = self._list.currentItem()
        return item.data(_Role) if item is not None else None

    def _go(self) -> None:
        if (finding := self._finding) is not None:
            self.wanted.emit(finding.spot)

    def _show_reason(self, *, asks: bool = True) -> None:
        finding = self._finding
        shown = asks and finding is not None and finding.level == "warning"
        if not shown and self._reason_row.isAncestorOf(self._reason_row.window().focusWidget()):
            self._list.setFocus()
        self._reason_row.setVisible(shown)
        if finding is not None and shown and not self._reason.hasFocus():
            self._reason.setText(self._reasons.get(finding.check, ""))

    def _explain(self) -> None:
        if (finding := self._finding) is not None:
            self.explained.emit(finding.check, self._reason.text())

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 8, 12, 8)
        self.column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Kiểm tra"))
        head.addSpacing(8)
        head.addWidget(self._counts, 1)
        self._list.setAccessibleName("Danh sách điểm cần xử lý")
        self._list.setIconSize(QSize(16, 16))
        self._list.setStyleSheet(
            "QListWidget:!focus { border: 1px solid transparent; } QListWidget::item { padding: 3px 6px; }"
        )
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._go)
        self._list.itemActivated.connect(self._go)
        self._list.currentItemChanged.connect(lambda *_: self._show_reason())
        self._reason.returnPressed.connect(self._explain)
        self._reason_row = QWidget()
        row = QHBoxLayout(self._reason_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._reason, 1)
        row.addWidget(self._keep)
        self._reason_row.hide()
        self.column.addLayout(head)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._reason_row)


def findings_counted(found: Sequence[Finding]) -> str:
    """How many of each grade, in words."""
    errors = sum(finding.level == "error" for finding in found)
    warnings = sum(finding.level == "warning" and not finding.explained for finding in found)
    hints = sum(finding.level == "hint" for finding in found)
    kinds = ((errors, "lỗi"), (warnings, "cảnh báo cần lý do"), (hints, "gợi ý"))
    return " · ".join(f"{n} {words}" for n, words in kinds if n) or "Không còn điểm nào phải xử lý ở trang này."


class TextsView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Lời văn, nhiệm vụ")
        self._frame, self._undo = frame, QUndoStack(self)
        self._picker, self._state, self._saved = ReportPicker(), Pill(), MutedLabel()
        self._tabs, self._pages, self._shown = QTabBar(), QStackedWidget(), tuple[TextsPart, ...]()
        self._closed, self._refused = MutedLabel(), ProblemLabel()
        self._nothing = Nothing(lambda place: frame.go("texts", str(place)))
        self._writing = Writing(self.show_refused, frame.toast, window_settings(desk.ledger.folder))
        self._board, self._list = TaskBoard(frame.toast), Nominations(frame.toast)
        self._parts: dict[TextsPart, Writing | TaskBoard | Nominations] = {
            TextsPart.TEXTS: self._writing,
            TextsPart.TASKS: self._board,
            TextsPart.NOMINATIONS: self._list,
        }
        self._problems, self._filled = TextFindings(), QWidget()
        faces = Faces(self, self._writing, self._board, self._list)
        self._presenter = TextsPresenter(faces, desk, program, self._push)
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

    def show_offered(self, offered: Sequence[ReportOnOffer], place: Location) -> None:
        if place != self.report:
            self._undo.clear()  # what was done in one report is not taken back in another
        self.report = place
        self._picker.show_offered(offered, place)
        self._frame.work_on(place)
        self._show_filled(filled=True)

    def show_nothing(self, words: str, other: Location | None = None) -> None:
        self._undo.clear()
        self.report = None
        self._nothing.say(words, other)
        self._show_filled(filled=False)

    def show_tabs(self, tabs: Sequence[TextsTab], chosen: TextsPart) -> None:
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
    def _page(self) -> TextsPart:
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
