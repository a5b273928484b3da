"""Entry: the parts of the report at the left, its grid, and below it the place one stands on and what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from forms.all_services import Services
from forms.application import Application
from forms.model.location import Location
from forms.model.report import OPEN_STATES, REPORT_STATE_TITLES
from forms.services.reports_on_offer import Offered
from ui.desktop import keys
from ui.desktop.entry import grid_layout
from ui.desktop.entry.about import About, about, sheet_of
from ui.desktop.entry.dialogs import IndicatorHelp, KeysCard, PasteDialog
from ui.desktop.entry.grid import EntryGrid
from ui.desktop.entry.grid_layout import ReportFigures
from ui.desktop.entry.grid_model import EntryModel
from ui.desktop.entry.presenter import DAY, EntryPage, EntryPresenter
from ui.desktop.entry.side_panels import DetailBar, SectionsPanel
from ui.desktop.findings_panel import FindingsPanel
from ui.desktop.importing.dialog import open_excel
from ui.desktop.sealing.dialog import SealingActions
from ui.desktop.shell import Shell
from ui.desktop.undo import UndoStack
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.report_picker import Nothing, ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import MutedLabel, Pill

_BELOW, _LINE = 156, 17  # the height of the strip and the problems where a line of text is as high as this


class EntryView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell, *, seals: bool = True) -> None:
        """Without `seals` it is the one report of a unit for which somebody else types."""
        super().__init__("Nhập số liệu" if seals else "")
        self._frame, self._undo, self._seals = frame, UndoStack(self), seals
        self._presenter = EntryPresenter(desk, program, self._show, self._stand_on, self._say, self._undo.act, frame.go)
        self._picker, self._state, self._saved, self._days = ReportPicker(), Pill(), MutedLabel(), MutedLabel()
        self._model = EntryModel(self._presenter.put, self)
        self._grid = EntryGrid(self._model, self._presenter.typing, lambda by: self._turn(by, by))
        self._side = SectionsPanel(self._presenter.choose_part, self._presenter.date)
        self._strip = DetailBar(self._presenter.note, self._grid.setFocus)
        self._problems = FindingsPanel(beside_grid=True)
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

    def _show(self, what: Offered | EntryPage | ReportFigures) -> None:
        match what:
            case ReportFigures():
                self._model.show_figures(what)
            case Offered():
                self._show_offered(what)
            case EntryPage():
                self._show_report(what)

    def _show_offered(self, offered: Offered) -> None:
        place = offered.place
        self.report = Location(place.programme, place.period) if place else None
        for widget in (self._filled, self._days, self._state, self._saved):
            widget.setVisible(place is not None)
        for widget in (self._picker, self._excel):
            widget.setVisible(place is not None and self._seals)
        if place is not None:
            self._nothing.hide()
            self._picker.show_offered(offered.reports, place)
            self._frame.work_on(place)
        else:
            self._nothing.say(offered.nothing, offered.instead)
            for button in self._acts.buttons:
                button.hide()

    def _show_report(self, page: EntryPage) -> None:
        session, report = page.session, page.session.report
        words = REPORT_STATE_TITLES[report.state] + (f" · lần gửi {report.revision}" if report.revision > 1 else "")
        self._state.say(words, "accent" if report.state in OPEN_STATES else "good")
        self._saved.setText(f"Đã lưu lúc {page.saved}" if page.saved else "")
        self._days.setText(f"{report.period.first:%d/%m/%Y} – {report.period.last:%d/%m/%Y}")
        self._side.show_report(report, session.refused.get(DAY))
        self._model.is_closed = not session.is_draft
        if self._seals:
            self._acts.show_state(report, reopened=page.reopened)
        self._side.show_parts(page.parts, page.chosen)
        if page.layout is not None:
            self._model.show_layout(page.layout)
            self._model.show_figures(page.figures)
        self._problems.show_problems(page.found, page.reasons, session.reasons_before, blank=page.blank)
        self._show_here()

    def _stand_on(self, cell: str) -> None:
        self._grid.stand_on(cell)

    def _say(self, words: str) -> None:
        self._strip.say(words)

    def _show_here(self) -> None:
        """The strip and the problems follow where one stands."""
        spot, row = self._grid.spot, self._grid.currentIndex().row()
        told = About() if spot is None else about(self._presenter.opened, self._model.row_at(row), spot)
        self._strip.show_about(told)
        self._problems.mark(self._grid.cell)

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
        self._presenter.copy_down((source.name, target.name) for source, target in names if source and target)

    def _paste(self, block, chosen) -> None:
        """A single text into a single cell is typed; more is shown before it is taken."""
        if not self._presenter.opened.is_draft:
            self._presenter.show_closed()
        elif len(block) == len(block[0]) == len(chosen) == 1 and self._grid.cell:
            self._presenter.put(self._grid.cell, block[0][0])
        else:
            dialog = PasteDialog(self._presenter.plans(block, chosen), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.taken.connect(self._presenter.paste)
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
            self._say("Ô này không có cảnh báo cần lý do. F7 tới điểm kế tiếp.")

    def _explain(self, check: str, reason: str) -> None:
        self._presenter.explain(check, reason)
        self._grid.setFocus()

    def _confirm(self) -> None:
        """What was carried is right; a single one leads on to the next."""
        self._on_chosen(self._presenter.confirm)
        if len(self._grid.chosen) == 1:
            self._grid.go("next")

    def _connect(self) -> None:
        presenter = self._presenter
        self._picker.chosen.connect(self._choose)
        self._grid.here.connect(self._show_here)
        self._grid.signed.connect(presenter.sign)
        self._grid.pasted.connect(self._paste)
        self._grid.knocked.connect(presenter.show_closed)
        self._grid.given_up.connect(presenter.show_anew)
        self._problems.wanted.connect(lambda place: presenter.go_to(place) if place else self._go_on(False))
        self._problems.explained.connect(self._explain)
        self._picker.entered.connect(self._grid.setFocus)
        acts: dict[str, Callable[[], object]] = {
            "F1": self._show_sheet,
            "Shift+F2": self._strip.write_note,
            "F4": partial(self._on_chosen, presenter.carry),
            "Shift+F4": partial(self._on_chosen, lambda _: presenter.carry(self._model.layout.cells)),
            "F6": partial(self._on_chosen, presenter.flag),
            "F7": partial(self._go_on, True),
            "Shift+F7": partial(self._go_on, True, -1),
            "F8": partial(self._go_on, False),
            "Shift+F8": partial(self._go_on, False, -1),
            "F9": self._reason,
            "Ctrl+Return": self._confirm,
            "Ctrl+D": self._fill_down,
            "Ctrl+Z": self._undo.undo,
            "Ctrl+Y": self._undo.redo,
            "Ctrl+S": self._keep,
            "F12": self._acts.seal,
            "Ctrl+PgDown": partial(self._turn, 1, 1),
            "Ctrl+PgUp": partial(self._turn, -1, 1),
        }
        if not self._seals:
            del acts["F12"]
        keys.bind(self, acts, lambda: self._filled.isVisibleTo(self))

    def _lay_out(self) -> None:
        for widget in (self._saved, self._state, *(self._acts.buttons if self._seals else ())):
            self.tools.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        for label in (self._saved, self._days):
            label.setWordWrap(False)
        buttons = self._excel, Button("&Phím tắt", lambda: KeysCard(self).show(), "quiet")
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # by its letter; no stop on the way to the grid
        self._nothing.hide()
        for panel in (self._strip, self._problems):
            panel.setFixedHeight(_BELOW * max(_LINE, self.fontMetrics().height()) // _LINE)
        below = hbox((self._strip, 1), (self._problems, 1), spacing=10)
        right = vbox(*self._acts.banners, (self._grid, 1), below, spacing=8)
        hbox(self._side, (right, 1), spacing=14, on=self._filled)
        self.body.setSpacing(8)
        self.body.addLayout(hbox(self._picker, self._days, None, *buttons, spacing=10))
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._filled, 1)
