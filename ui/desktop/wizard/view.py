"""The first run: one card, one step at a time, back and on by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.desktop.widgets.cards import Button, DoorCard
from ui.desktop.widgets.text import ProblemLabel
from ui.desktop.wizard.presenter import ChosenUnit, ProgrammeChoice, WizardPresenter
from ui.desktop.wizard.steps import CodeStep, PeopleStep, PracticeStep, StartStep, UnitStep

if TYPE_CHECKING:
    from forms.application import Application
    from forms.model.org_unit import OrgUnit
    from forms.ports import Ledger
    from ui.desktop.shell import Dialogs

_BACKUPS = "Bản sao lưu (*.sbdbackup);;Mọi tệp (*)"


class WizardView(DoorCard):
    """`done` gets the open ledger; `restored` is called when a backup has become the ledger, to sign in."""

    def __init__(
        self, program: Application, ask: Dialogs, done: Callable[[Ledger], object], restored: Callable[[], object]
    ) -> None:
        super().__init__("Chào mừng", " ", width=600)
        self._ask, self._done, self._restored = ask, done, restored
        self._presenter = WizardPresenter(self, program)
        self._start = StartStep(self._to_unit, self._practise, self._restore)
        self._unit, self._people = UnitStep(), PeopleStep()
        self._code, self._practice = CodeStep(self._write_code), PracticeStep()
        self._here: QWidget = self._start
        self._problem = ProblemLabel()
        self._back, self._on = Button("Quay lại", self._go_back, "quiet"), Button("Tiếp", self._go_on, "primary")
        self._lay_out()
        self._unit.searched.connect(self._presenter.search)
        self._unit.chosen.connect(self._presenter.choose)
        self._unit.agency.connect(self._presenter.choose_agency)
        self._code.ready.connect(self._on.setEnabled)
        for step in (self._unit, self._people, self._code):
            step.done.connect(self._go_on)
        self._to_start()

    def show_units(self, units: Sequence[tuple[OrgUnit, str]]) -> None:
        self._unit.show_units(units)

    def show_programmes(self, offers: Sequence[ProgrammeChoice]) -> None:
        self._unit.show_programmes(offers)

    def show_unit(self, chosen: ChosenUnit) -> None:
        self._problem.say("")
        self._unit.show_unit(chosen)

    def show_no_unit(self, words: str) -> None:
        self._problem.say("")
        self._unit.show_no_unit(words)

    def show_agency(self, words: str, code: str) -> None:
        self._problem.say("")
        self._unit.show_agency(words, code)

    def show_problem(self, text: str) -> None:
        self._problem.say(text)

    def show_people_step(self, unit: str) -> None:
        hint = f"Bước 2/3 · Sổ của {unit}, sẽ ở: {self._presenter.folder}"
        self._show(self._people, "Người lập biểu và thủ trưởng", hint)
        self._people.begin()

    def show_code(self, code: str, unit: str) -> None:
        self._show(self._code, "Mã khôi phục", f"Bước 3/3 · Sổ của {unit} đã lập xong và được mã hóa.")
        self._code.show_code(code)

    def show_practice(self, people: Sequence[tuple[str, str]], password: str) -> None:
        self._practice.show_people(people, password)
        self._show(self._practice, "Sổ dùng thử", f"Sổ ở: {self._presenter.practice_folder}")

    def let_in(self, ledger: Ledger) -> None:
        self._done(ledger)

    def left(self) -> None:
        self._presenter.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._here is self._start:
            self._start.begin()  # not sooner: the window it is put into would forget it

    def _to_start(self) -> None:
        self._show(self._start, "Chào mừng", "Sổ này chạy hoàn toàn trên máy của đơn vị, không cần mạng.")
        self._start.begin()

    def _to_unit(self) -> None:
        self._show(self._unit, "Đơn vị của anh, chị", "Bước 1/3")
        self._unit.begin()

    def _practise(self) -> None:
        self._busy(self._presenter.practise)

    def _restore(self) -> None:
        for file in self._ask.open_files("Chọn bản sao lưu", _BACKUPS)[:1]:
            if self._presenter.restore(file):
                self._restored()

    def _write_code(self) -> None:
        file = self._ask.save_file("Ghi mã khôi phục để in", "ma-khoi-phuc.txt", "Tệp chữ (*.txt)")
        if file:
            self._presenter.write_code(file, self._code.code)

    def _go_on(self) -> None:
        here = self._here
        if here is self._unit:
            self._presenter.unit_done(self._unit.code, self._unit.programmes)
        elif here is self._people:
            unit, people = self._unit, self._people.people()
            self._busy(lambda: self._presenter.found(people, unit.collates, unit.code, unit.programmes))
        else:
            self._presenter.enter()

    def _go_back(self) -> None:
        if self._here is self._people:
            self._to_unit()
        else:
            self._to_start()

    def _busy(self, act: Callable[[], object]) -> None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            act()
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _show(self, step: QWidget, title: str, hint: str) -> None:
        self._problem.say("")
        self._here.hide()
        self._here = step
        step.show()
        self.title.setText(title)
        self.hint.setText(hint)
        made = step in (self._code, self._practice)
        self._back.setVisible(step is not self._start and not made)
        self._on.setVisible(step is not self._start)
        self._on.setText("Vào sổ" if made else "Lập sổ" if step is self._people else "Tiếp")
        self._on.setEnabled(step is not self._code)

    def _lay_out(self) -> None:
        for step in (self._start, self._unit, self._people, self._code, self._practice):
            step.hide()
            self.column.addWidget(step)  # not a stack: the card is as tall as the step it shows
        self.column.addWidget(self._problem)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._on)
        self.column.addWidget(buttons)
