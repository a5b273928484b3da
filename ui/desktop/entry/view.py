"""Entry: the parts of the report at the left, its grid, and below it the place one stands on and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.checks.completeness import PartDone
from forms.model.finding import Finding
from forms.model.report import OPEN_STATES, REPORT_STATE_TITLES
from forms.services.reports_on_offer import ReportOnOffer
from ui.desktop.entry import grid_layout
from ui.desktop.entry.about import About, about
from ui.desktop.entry.grid import EntryGrid
from ui.desktop.entry.grid_layout import GridLayout, ReportFigures
from ui.desktop.entry.grid_model import EntryModel
from ui.desktop.entry.indicator_help import IndicatorHelp
from ui.desktop.entry.indicator_help_words import sheet_of
from ui.desktop.entry.paste_dialog import PasteDialog
from ui.desktop.entry.presenter import DAY, CellChanges, CellEdit, EntryPresenter
from ui.desktop.entry.report_session import OpenEntry
from ui.desktop.entry.side_panels import DetailBar, EntryAction, FindingsPanel, KeysCard, SectionsPanel, bind
from ui.desktop.importing.dialog import open_excel
from ui.desktop.sealing.dialog import SealingActions
from ui.desktop.shell import Location, Shell
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.report_picker import Nothing, ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import MutedLabel, Pill

_BELOW, _LINE = 156, 17  # the height of the strip and the problems where a line of text is as high as this


class EntryView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Nhập số liệu")
        self._frame, self._undo = frame, QUndoStack(self)
        self._presenter = EntryPresenter(self, desk, program, self._push, frame.go)
        self._changes = CellChanges(self, self._presenter)
        self._picker, self._state, self._saved, self._days = ReportPicker(), Pill(), MutedLabel(), MutedLabel()
        self._model = EntryModel(self._changes.put, self)
        self._grid = EntryGrid(self._model, self._changes.typing, lambda by: self._turn(by, by))
        self._side = SectionsPanel(self._presenter.choose_part, self._presenter.date)
        self._strip, self._problems = DetailBar(self._changes.note, self._grid.setFocus), FindingsPanel()
        self._acts = SealingActions(desk, program, frame, self._presenter, self._settle)
        self._filled, self._nothing = QWidget(), Nothing(lambda place: frame.go("entry", str(place)))
        self._open_excel = partial(open_excel, self, desk, program, frame)
        self._excel = Button("Dùng &Excel…", self._use_excel, "quiet")
        self._lay_out()
        self._connect()

    def entered(self, place: str) -> None:
        self._presenter.start(place)
        if not place.partition("#")[2] and not self._grid.cell:
            self._grid.stand_at_end(1)
        if self._filled.isVisibleTo(self):
            self._grid.setFocus()
            self._grid.let_tab_pass()

    def left(self) -> None:
        self._grid.keep()
        self._strip.keep()

    def show_reports(self, offered: Sequence[ReportOnOffer], place: Location) -> None:
        self._picker.show_offered(offered, place)
        self.report = Location(place.programme, place.period)
        self._frame.work_on(place)
        self._nothing.hide()
        for widget in self._of_a_report:
            widget.show()

    def show_nothing(self, words: str, other: Location | None = None) -> None:
        self.report = None
        self._nothing.say(words, other)
        for widget in (*self._of_a_report, *self._acts.buttons):
            widget.hide()

    @property
    def _of_a_report(self) -> tuple[QWidget, ...]:
        return self._filled, self._picker, self._days, self._excel, self._state, self._saved

    def show_parts(self, parts: Sequence[PartDone], chosen: int) -> None:
        self._side.show_parts(parts, chosen)

    def show_layout(self, layout: GridLayout) -> None:
        self._model.show_layout(layout)

    def show_figures(self, figures: ReportFigures) -> None:
        self._model.show_figures(figures)

    def show_problems(
        self, found: Sequence[Finding], blank: int, reasons: Mapping[str, str], before: Mapping[str, str]
    ) -> None:
        self._problems.show_problems(found, blank, reasons, before)
        self._show_here()

    def show_state(self, opened: OpenEntry, saved: str) -> None:
        report = opened.report
        words = REPORT_STATE_TITLES[report.state] + (f" · lần gửi {report.revision}" if report.revision > 1 else "")
        self._state.say(words, "accent" if report.state in OPEN_STATES else "good")
        self._saved.setText(f"Đã lưu lúc {saved}" if saved else "")
        self._days.setText(f"{report.period.first:%d/%m/%Y} – {report.period.last:%d/%m/%Y}")
        self._side.show_report(report, opened.refused.get(DAY))
        self._model.close(not opened.is_draft)
        self._acts.show_state(report)

    def show_place(self, cell: str) -> None:
        self._grid.stand_on(cell)

    def show_refused(self, words: str) -> None:
        self._strip.say(words)

    def _show_here(self) -> None:
        """The strip and the problems follow where one stands."""
        spot, row = self._grid.spot, self._grid.currentIndex().row()
        told = About() if spot is None else about(self._presenter.opened, self._model.row_at(row), spot)
        self._strip.show_about(told)
        self._problems.mark(self._grid.cell)

    def _push(self, edit: CellEdit) -> None:
        self._undo.push(_Done(edit, self._presenter))

    def _settle(self) -> None:
        """What is being typed is kept, and the keys are the grid's again."""
        self.left()
        self._grid.setFocus()

    def _turn(self, by: int, end: int) -> bool:
        """To the next section, or the one before, there to the first place or (-1) to the last. False without one."""
        self.left()
        turned = self._presenter.turn(by)
        if turned:
            self._grid.stand_at_end(end)
            self._grid.setFocus()
        return turned

    def _go_on(self, problems: bool, by: int = 1) -> None:
        self.left()
        self._presenter.go_on(self._grid.cell, problems, by)

    def _on_chosen(self, act) -> None:
        """An act on the cells that are selected, once what is being typed is kept."""
        self.left()
        act(self._grid.chosen_cells)

    def _show_sheet(self) -> None:
        spot = self._grid.spot
        chapters = sheet_of(self._presenter.opened, spot.name) if spot is not None else ()
        if chapters:
            IndicatorHelp(chapters, self).show()

    def _fill_down(self) -> None:
        self.left()
        layout = self._model.layout
        pairs = grid_layout.fill_down(self._model.open_places(), self._grid.chosen)
        names = [(layout.spot(*source), layout.spot(*target)) for source, target in pairs]
        self._changes.copy_down((source.name, target.name) for source, target in names if source and target)

    def _paste(self, block, chosen) -> None:
        """A single text into a single cell is typed; more is shown before it is taken."""
        if not self._presenter.opened.is_draft:
            self._presenter.show_closed()
        elif len(block) == len(block[0]) == len(chosen) == 1 and self._grid.cell:
            self._changes.put(self._grid.cell, block[0][0])
        else:
            dialog = PasteDialog(self._changes.plans(block, chosen), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.taken.connect(self._changes.paste)
            dialog.open()

    def _choose(self, place: Location) -> None:
        """The keys stay on the list, so that one may go on choosing by ↓; Enter goes to the grid."""
        self._presenter.start(str(place))
        self._grid.stand_at_end(1)

    def _use_excel(self) -> None:
        self.left()
        self._open_excel(self._presenter.opened.place, self._brought)

    def _brought(self, place: Location) -> None:
        """Of a workbook; what was typed before cannot be taken back under it."""
        self._undo.clear()
        self.entered(str(place))

    def _keep(self) -> None:
        self.left()
        self._frame.toast("Mọi số liệu đã nhập đều đã cất vào sổ.")

    def _reason(self) -> None:
        """From a cell to the reason of its warning."""
        self.left()
        if not self._problems.ask_reason():
            self.show_refused("Ô này không có cảnh báo cần lý do. F7 tới điểm kế tiếp.")

    def _explain(self, check: str, reason: str) -> None:
        self._presenter.explain(check, reason)
        self._grid.setFocus()

    def _connect(self) -> None:
        self._picker.chosen.connect(self._choose)
        self._grid.here.connect(self._show_here)
        self._grid.signed.connect(self._changes.sign)
        self._grid.pasted.connect(self._paste)
        self._grid.knocked.connect(self._presenter.show_closed)
        self._problems.wanted.connect(lambda place: self._presenter.go_to(place) if place else self._go_on(False))
        self._problems.explained.connect(self._explain)
        self._picker.entered.connect(self._grid.setFocus)
        changes = self._changes
        bind(
            self,
            {
                EntryAction.SHEET: self._show_sheet,
                EntryAction.NOTE: self._strip.write_note,
                EntryAction.CARRY: partial(self._on_chosen, changes.carry),
                EntryAction.CARRY_SECTION: partial(self._on_chosen, lambda _: changes.carry(self._model.layout.cells)),
                EntryAction.FLAG: partial(self._on_chosen, changes.flag),
                EntryAction.PROBLEM: partial(self._go_on, True),
                EntryAction.PROBLEM_BACK: partial(self._go_on, True, -1),
                EntryAction.BLANK: partial(self._go_on, False),
                EntryAction.BLANK_BACK: partial(self._go_on, False, -1),
                EntryAction.REASON: self._reason,
                EntryAction.CONFIRM: self._confirm,
                EntryAction.FILL_DOWN: self._fill_down,
                EntryAction.UNDO: self._undo.undo,
                EntryAction.REDO: self._undo.redo,
                EntryAction.KEEP: self._keep,
                EntryAction.SEAL: self._acts.seal,
                EntryAction.SECTION: partial(self._turn, 1, 1),
                EntryAction.SECTION_BACK: partial(self._turn, -1, 1),
            },
            lambda: self._filled.isVisibleTo(self),
        )

    def _confirm(self) -> None:
        """What was carried is right; a single one leads on to the next."""
        self._on_chosen(self._changes.confirm)
        if len(self._grid.chosen) == 1:
            self._grid.go("next")

    def _lay_out(self) -> None:
        for widget in (self._saved, self._state, *self._acts.buttons):
            self.tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in (self._saved, self._days):
            label.setWordWrap(False)
        which = QHBoxLayout()
        which.setSpacing(10)
        which.addWidget(self._picker)
        which.addWidget(self._days)
        which.addStretch(1)
        for button in (self._excel, Button("&Phím tắt", lambda: KeysCard(self).show(), "quiet")):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # by its letter; no stop on the way to the grid
            which.addWidget(button)
        self._nothing.hide()
        below, right, both = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(self._filled)
        below.setSpacing(10)
        for panel in (self._strip, self._problems):
            panel.setFixedHeight(_BELOW * max(_LINE, self.fontMetrics().height()) // _LINE)
            below.addWidget(panel, 1)
        right.setSpacing(8)
        for banner in self._acts.banners:
            right.addWidget(banner)
        right.addWidget(self._grid, 1)
        right.addLayout(below)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(14)
        both.addWidget(self._side)
        both.addLayout(right, 1)
        self.body.setSpacing(8)
        self.body.addLayout(which)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._filled, 1)


class _Done(QUndoCommand):
    """An edit on the undo stack. A refused one leaves the stack."""

    def __init__(self, edit: CellEdit, presenter: EntryPresenter) -> None:
        super().__init__(edit.words)
        self._edit, self._presenter = edit, presenter

    def redo(self) -> None:
        self.setObsolete(not self._presenter.take(self._edit.where, self._edit.new))

    def undo(self) -> None:
        self.setObsolete(not self._presenter.take(self._edit.where, self._edit.old))
