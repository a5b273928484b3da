"""Entry: the parts of the report at the left, its grid, and below what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from forms.checks.finding import Finding
from forms.errors import AppError
from forms.periods import Period
from forms.program import Program
from forms.report import REPORT_STATE_TITLES, Report, ReportState
from forms.services.desk import Desk
from ui.desktop import calendar, theme
from ui.desktop.frame import Frame
from ui.desktop.screens.entry.grid import Grid
from ui.desktop.screens.entry.lines import Line
from ui.desktop.screens.entry.model import EntryModel
from ui.desktop.screens.entry.narratives import Narratives
from ui.desktop.screens.entry.presenter import Edit, EntryPresenter, Part
from ui.desktop.screens.entry.problems import Problems
from ui.desktop.screens.entry.seal_dialog import SealDialog
from ui.desktop.screens.entry.sealing import Sealer
from ui.desktop.screens.entry.sheet import Sheet
from ui.desktop.screens.entry.side import Side
from ui.desktop.screens.entry.words import KEYS, sheet_of
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import Muted, Pill, Problem

_PROBLEMS_HEIGHT = 172


class EntryView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Nhập số liệu", " ")
        self._frame, self._undo, self._sealer = frame, QUndoStack(self), Sealer(desk, program)
        self._presenter = EntryPresenter(self, desk, program, self._push)
        self._periods, self._state, self._saved = Choice("Kỳ báo cáo"), Pill(), Muted()
        look = theme.current()
        self._model = EntryModel(look, lambda id, text: self._presenter.put(((id, text),)), self._presenter.note, self)
        self._grid, self._narratives = (
            Grid(self._model, self._presenter.typing, look),
            Narratives(self._presenter.narrate),
        )
        self._side, self._problems = Side(self._presenter.choose_part, self._presenter.date), Problems()
        self._middle, self._refused, self._keys = QStackedWidget(), Problem(), Muted(KEYS)
        self._seal, self._reopen = (
            Button("Niêm phong…", self._seal_asked, "primary"),
            Button("Mở bản thay thế", self._reopen_asked),
        )
        self._export = Button("Xuất gói…", self._write)
        self._lay_out()
        self._connect()

    def entered(self, place: str) -> None:
        if place:
            self._undo.clear()
        self._presenter.start(place)
        if not place.partition("#")[2]:
            self._grid.stand_first()

    def left(self) -> None:
        self._grid.setFocus()  # a field still open in the grid or below it is committed by losing the focus
        self._narratives.keep()

    def show_periods(self, periods: Sequence[Period], chosen: Period) -> None:
        self._periods.clear()
        for period in periods if chosen in periods else (chosen, *periods):
            self._periods.addItem(calendar.capitalised(period.words), period)
        self._periods.choose(chosen)

    def show_parts(self, parts: Sequence[Part], chosen: int) -> None:
        self._side.show_parts(parts, chosen)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self._middle.setCurrentWidget(self._grid)
        self._model.show_lines(lines)

    def show_narratives(self, report: Report) -> None:
        self._narratives.show_report(report)
        self._middle.setCurrentWidget(self._narratives)

    def show_problems(self, found: Sequence[Finding], blank: int) -> None:
        self._problems.show_problems(found, blank, dict(self._presenter.report.explanations))

    def show_state(self, report: Report, saved: str) -> None:
        draft = report.state is ReportState.DRAFT
        words = REPORT_STATE_TITLES[report.state] + (f" · lần gửi {report.revision}" if report.revision > 1 else "")
        self._state.say(words, "accent" if draft else "good")
        self._saved.setText(f"Đã lưu lúc {saved}" if saved else "")
        self.say_hint(
            f"Biểu {report.form.number} · {report.form.title} · {report.period.first:%d/%m/%Y} – {report.period.last:%d/%m/%Y}"
        )
        self._side.show_report(report)
        self._seal.setVisible(draft)
        self._reopen.setVisible(not draft)
        self._export.setVisible(not draft)
        self._grid.setEditTriggers(self._grid.triggers if draft else self._grid.EditTrigger.NoEditTriggers)

    def show_place(self, id: str) -> None:
        self._grid.stand_on(id)

    def show_refused(self, words: str) -> None:
        self._refused.say(words)
        self._keys.setVisible(not words)

    def _push(self, edit: Edit) -> None:
        self._undo.push(_Typed(edit, self._presenter))

    def _go_on(self, problems: bool) -> None:
        self._presenter.go_on(self._grid.cell, problems)

    def _turn(self, by: int) -> None:
        """Enter on the last place of a part goes on in the next one, so that no figure is typed over unseen."""
        if self._presenter.turn(by):
            (self._grid.stand_first if by > 0 else self._grid.stand_last)()

    def _show_sheet(self, id: str) -> None:
        found = sheet_of(self._presenter.report.form, id)
        if found:
            Sheet(*found, self).show()

    def _choose_period(self) -> None:
        self.left()
        self._undo.clear()
        self._presenter.choose(self._periods.currentData())
        self._grid.stand_first()
        self._periods.setFocus()  # one may go on choosing by ↓; Enter goes to the grid

    def _keep(self) -> None:
        self.left()
        self._frame.toast("Mọi số liệu đã nhập đều đã cất vào sổ.")

    def _reopen_asked(self) -> None:
        if self._frame.ask.confirm(
            "Mở bản thay thế?", "Bản đã niêm phong vẫn giữ nguyên. Sửa xong phải niêm phong và gửi lại.", "Mở"
        ):
            self._presenter.reopen()

    def _seal_asked(self) -> None:
        self.left()
        dialog = SealDialog(self._presenter.report, self._sealer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.sealed.connect(self._write)
        dialog.open()

    def _write(self) -> None:
        """The sealed package goes to a folder the person chooses; giving up leaves it in the ledger."""
        report = self._presenter.report
        self._undo.clear()
        folder = self._frame.ask.folder("Chọn nơi để gói báo cáo (USB, thư mục gửi thư…)")
        if folder is None:
            self._frame.toast("Đã niêm phong. Chọn “Xuất gói…” khi cần ghi ra tệp.")
        else:
            try:
                self._frame.toast(f"Đã ghi gói {self._sealer.write(report, folder).name}")
            except AppError as error:
                self._frame.ask.refused(error)
        self._presenter.start(report.period.label)

    def _connect(self) -> None:
        self._periods.activated.connect(self._choose_period)
        self._grid.pasted.connect(self._presenter.put)
        self._grid.sheet_wanted.connect(self._show_sheet)
        self._grid.ran_out.connect(self._turn)
        self._problems.wanted.connect(lambda cell: self._presenter.go_to(cell) if cell else self._go_on(problems=False))
        self._problems.explained.connect(self._presenter.explain)
        for keys, act in (
            ("Ctrl+Z", self._undo.undo),
            ("Ctrl+Y", self._undo.redo),
            ("Ctrl+S", self._keep),
            ("F7", lambda: self._go_on(problems=True)),
            ("F8", lambda: self._go_on(problems=False)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        for enter in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            chosen = QShortcut(QKeySequence(enter), self._periods)
            chosen.setContext(Qt.ShortcutContext.WidgetShortcut)
            chosen.activated.connect(self._grid.stand_first)

    def _lay_out(self) -> None:
        for widget in (self._saved, self._state, self._periods, self._export, self._reopen, self._seal):
            self.tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._saved.setWordWrap(False)
        self._keys.setProperty("tone", "small")
        self._middle.addWidget(self._grid)
        self._middle.addWidget(self._narratives)
        right, both = QVBoxLayout(), QHBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._middle, 1)
        right.addWidget(self._refused)
        right.addWidget(self._keys)
        self._problems.setFixedHeight(_PROBLEMS_HEIGHT)
        right.addWidget(self._problems)
        both.setSpacing(16)
        both.addWidget(self._side)
        both.addLayout(right, 1)
        self.body.addLayout(both, 1)


class _Typed(QUndoCommand):
    """An edit on the undo stack. A refused one leaves the stack."""

    def __init__(self, edit: Edit, presenter: EntryPresenter) -> None:
        super().__init__(edit.words)
        self._edit, self._presenter = edit, presenter

    def redo(self) -> None:
        self.setObsolete(not self._presenter.take(self._edit.new))

    def undo(self) -> None:
        self._presenter.take(self._edit.old)
