"""Decides what the entry grid shows and what a typed cell becomes. Each committed cell is in the ledger before it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from forms import findings
from forms.aggregate import Result
from forms.cell import Cell, CellState
from forms.checks.finding import Finding
from forms.count import Role
from forms.errors import AppError
from forms.periods import Period
from forms.post import form_at, office_post
from forms.program import Program
from forms.programme import Programme
from forms.report import Report, news_cells
from forms.services.desk import Desk
from forms.spec import Section
from ui.desktop import calendar
from ui.desktop.place import Place
from ui.desktop.screens.entry.contributions import Judge
from ui.desktop.screens.entry.lines import Figures, Line, bare_lines, filled, sections_for
from ui.desktop.screens.entry.words import read_cell


@dataclass(frozen=True)
class Edit:
    """Cells before and after one act of typing or pasting, so that it can be taken back whole."""

    words: str
    old: tuple[tuple[str, Cell], ...]
    new: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Part:
    """One entry of the list at the left."""

    title: str
    done: int
    total: int
    wrong: int
    noun: str = "ô"


class EntryFace(Protocol):
    def show_periods(self, periods: Sequence[Period], chosen: Period) -> None: ...
    def show_parts(self, parts: Sequence[Part], chosen: int) -> None: ...
    def show_lines(self, lines: Sequence[Line]) -> None: ...
    def show_problems(self, found: Sequence[Finding], blank: int) -> None: ...
    def show_state(self, report: Report, saved: str) -> None: ...
    def show_place(self, id: str) -> None: ...
    def show_refused(self, words: str) -> None:
        """Why something was not taken; empty takes the words away."""

    def show_narratives(self, report: Report) -> None: ...


class EntryPresenter:
    """`push` hands an edit to the window's undo stack, which calls `take` at once and again for every undo and redo."""

    def __init__(self, face: EntryFace, desk: Desk, program: Program, push: Callable[[Edit], None]) -> None:
        self._face, self._desk, self._program, self._push = face, desk, program, push
        self._programme: Programme = desk.catalogue.programme(desk.office.programme)
        self._post = office_post(self._programme, desk.office)
        self._periods = tuple(
            p for p in calendar.every_choice(self._programme, program.clock().date()) if self._has_cells(p)
        )
        self._part = 0
        self._report: Report
        self._refused: dict[str, str] = {}
        self._marks: Mapping[str, str] = {}
        self._read(calendar.reported_now(self._periods, program.clock().date()))

    @property
    def report(self) -> Report:
        return self._report

    def start(self, place: str) -> None:
        """`place`: a period's label, and after # a cell to stand on."""
        asked = Place.read(place)
        label, _, cell = place.partition("#")
        if asked:
            label, cell = asked.period.label, asked.spot
        self._read(Period.parse(label) if label else self._report.period)
        self._face.show_periods(self._periods, self._report.period)
        self._show_all()
        if cell:
            self.go_to(cell)

    def choose(self, period: Period) -> None:
        self._part = 0
        self._read(period)
        self._show_all()

    def choose_part(self, number: int) -> None:
        self._part = number
        self._show_all()

    def turn(self, by: int) -> bool:
        """To the part of the form that follows or goes before; False when there is none."""
        if not 0 <= self._part + by < len(self._sections):
            return False
        self.choose_part(self._part + by)
        return True

    def typing(self, name: str, text: str) -> None:
        """While a cell is typed: the totals and indicators as they would be. Nothing is stored or refused."""
        try:
            cell, _ = read_cell(text, self._report.cell(name).note)
            trial = self._report.with_cell(name, cell)
        except AppError:
            return
        self._show_lines(trial)

    def put(self, typed: Sequence[tuple[str, str]]) -> bool:
        """Cells with the text they were left with: all are taken, or none. A refused text stays to be put right."""
        new, echo = [], ""
        for name, text in typed:
            try:
                cell, said = read_cell(text, self._report.cell(name).note)
            except AppError as error:
                self._refused[name] = text
                self._show_all()
                self._face.show_refused(f"{self._called(name)}: {error.message} Chưa cất ô này.")
                return False
            new.append((name, cell))
            echo = said or echo
        for name, _ in typed:
            self._refused.pop(name, None)
        self._change("nhập số liệu" if len(new) == 1 else f"dán {len(new)} ô", new)
        if any(self._report.cell(name) != cell for name, cell in new):  # the ledger refused, and has been heard
            self._refused |= dict(typed)
            self._show_all()
            return False
        self._face.show_refused(echo)
        return True

    def note(self, name: str, text: str) -> bool:
        cell = self._report.cell(name)
        self._change("ghi chú", [(name, replace(cell, note=text.strip()))])
        return True

    def take(self, cells: Sequence[tuple[str, Cell]]) -> bool:
        """Do one side of an edit on the ledger. False when it was refused, and the face has said why."""
        try:
            self._report = self._desk.entry.put_cells(self._report, cells)
        except AppError as error:
            self._show_all()
            self._face.show_refused(error.message)
            return False
        self._saved = self._now()
        self._show_all()
        return True

    def explain(self, check: str, reason: str) -> None:
        self._store(lambda: self._desk.entry.explain(self._report, check, reason))

    def date(self, text: str, estimate: bool) -> None:
        """ "Số liệu tính đến ngày", as typed."""
        self._store(lambda: self._desk.entry.date(self._report, calendar.read_day(text), estimate))

    def narrate(self, id: str, text: str) -> None:
        if text.strip() != self._report.narratives.get(id, ""):
            self._store(lambda: self._desk.entry.put_narrative(self._report, id, text))

    def reopen(self) -> None:
        self._store(lambda: self._desk.entry.reopen(self._programme.id, self._report.period))

    def go_to(self, cell: str) -> None:
        """Show the section that holds the cell, and stand on it."""
        for number, section in enumerate(self._sections):
            if any(cell in count.cells for count in section.counts):
                self._part = number
                self._show_all()
                self._face.show_place(cell)

    def go_on(self, after: str, problems: bool) -> None:
        """The next problem, or the next blank cell, after this one; from the end on to the beginning."""
        marked = {cell for finding in self._found if finding.blocks for cell in finding.cells} | set(self._refused)
        names = [name for name in self._report.expected_cells if name not in self._locked]
        blank = [name for name in names if self._report.cell(name).state is CellState.BLANK]
        wanted = [name for name in names if name in marked and name not in blank] or blank if problems else blank
        if not wanted:
            self._face.show_refused("Không còn điểm nào cần sửa." if problems else "Không còn ô trống.")
            return
        place = names.index(after) if after in names else -1
        self.go_to(next((name for name in wanted if names.index(name) > place), wanted[0]))

    def _read(self, period: Period) -> None:
        report = self._desk.entry.open(self._programme.id, period)
        self._report = report
        self._sections: tuple[Section, ...] = sections_for(report.form, report.role)
        self._judge = Judge(self._desk, report)
        self._results = self._judge.of(report)
        self._before, self._results_before = self._earlier(period)
        self._locked = self._from_news(report)
        self._refused, self._saved = {}, ""
        self._found: tuple[Finding, ...] = ()

    def _earlier(self, period: Period) -> tuple[Report | None, Mapping[str, Result]]:
        earlier = period.previous()
        if earlier.year < self._programme.first_year:
            return None, {}
        report = self._desk.entry.open(self._programme.id, earlier)
        return report, self._judge.of(report) if not self._desk.office.collates else {}

    def _from_news(self, report: Report) -> frozenset[str]:
        """The cells that follow the news ledger, which has items for them."""
        if report.role is not Role.REPORTING or not any(count.from_news for count in report.form.counts.values()):
            return frozenset()
        return frozenset(news_cells(report.form, report.period, self._desk.news.list(report.period)))

    def _has_cells(self, period: Period) -> bool:
        form = self._programme.form_for(period)
        return form is not None and bool(form_at(form, self._post).cells_for(self._post.role))

    def _change(self, words: str, new: Sequence[tuple[str, Cell]]) -> None:
        old = tuple((name, self._report.cell(name)) for name, _ in new)
        if old == tuple(new):
            self._show_all()
        else:
            self._push(Edit(words, old, tuple(new)))

    def _store(self, act: Callable[[], Report]) -> None:
        try:
            self._report = act()
        except AppError as error:
            self._face.show_refused(error.message)
        else:
            self._saved = self._now()
            self._face.show_refused("")
        self._show_all()

    def _show_all(self) -> None:
        self._found = findings.find(self._report)
        self._results = self._judge.of(self._report)
        marks = {
            cell: found.level
            for found in reversed(self._found)
            if found.blocks
            for cell in found.cells
            if not found.says_blank
        }
        self._marks = marks
        self._face.show_state(self._report, self._saved)
        self._face.show_parts(self._parts(), self._part)
        blank = sum(self._report.cell(name).state is CellState.BLANK for name in self._report.expected_cells)
        self._face.show_problems([f for f in self._found if not f.says_blank], blank)
        if self._part < len(self._sections):
            self._show_lines(self._report, self._results)
        else:
            self._face.show_narratives(self._report)

    def _show_lines(self, report: Report, judged: Mapping[str, Result] | None = None) -> None:
        if self._part >= len(self._sections):
            return
        shown = Figures(
            report,
            self._before,
            judged if judged is not None else self._judge.of(report),
            self._results_before,
            self._refused,
            self._marks,
        )
        bare = bare_lines(self._sections[self._part], report.role, self._locked)
        self._face.show_lines([filled(line, shown) for line in bare])

    def _parts(self) -> list[Part]:
        parts = []
        for section in self._sections:
            cells = [cell for count in section.counts if self._report.role in count.filled_by for cell in count.cells]
            done = sum(self._report.cell(name).state is not CellState.BLANK for name in cells)
            wrong = sum(name in self._marks or name in self._refused for name in cells)
            parts.append(Part(f"{section.number}. {section.title}", done, len(cells), wrong))
        if narratives := self._report.form.narratives:
            done = sum(bool(self._report.narratives.get(one.id)) for one in narratives)
            parts.append(Part("Lời văn của báo cáo", done, len(narratives), 0, "mục"))
        return parts

    def _called(self, name: str) -> str:
        return self._report.form.count_of_cell[name].label(name)

    def _now(self) -> str:
        return f"{self._program.clock():%H:%M}"
