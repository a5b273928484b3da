"""Decides what the entry screen shows of a report. Each committed cell is in the ledger before it shows. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from forms import completeness
from forms.cell import Cell
from forms.checks.finding import Finding
from forms.completeness import Part, PartKind
from forms.errors import AppError, InputRefused
from forms.periods import Period
from forms.program import Program
from forms.refused import Refused
from forms.report import Report
from forms.services.desk import Desk
from ui.desktop import calendar, choices
from ui.desktop.choices import Choice
from ui.desktop.place import Place, page_of
from ui.desktop.screens.entry.edits import Edit, Side
from ui.desktop.screens.entry.opened import Opened
from ui.desktop.screens.entry.sheet_words import reasons_before
from ui.desktop.screens.entry.table.layout import Layout
from ui.desktop.screens.entry.table.shown import Figures
from ui.desktop.screens.entry.tour import blanks, faults, next_of

DAY = "as_of"  # where a day that could not be read waits
_TEXT_PAGE = "texts"
_PAGES = {
    PartKind.NEWS: "news",
    PartKind.TASKS: _TEXT_PAGE,
    PartKind.TEXTS: _TEXT_PAGE,
    PartKind.NOMINATIONS: _TEXT_PAGE,
}


class EntryFace(Protocol):
    """What the screen can show."""

    def show_reports(self, offered: Sequence[Choice], place: Place) -> None: ...
    def show_nothing(self, words: str, other: Place | None = None) -> None:
        """There is no report to fill, and why; `other` may be opened in its place."""

    def show_parts(self, parts: Sequence[Part], chosen: int) -> None: ...
    def show_layout(self, layout: Layout) -> None: ...
    def show_figures(self, figures: Figures) -> None: ...
    def show_problems(
        self, found: Sequence[Finding], blank: int, reasons: Mapping[str, str], before: Mapping[str, str]
    ) -> None:
        """`reasons` given now and `before`, in the period before, by check; under `reason:` and the check one that was not
        taken."""

    def show_state(self, opened: Opened, saved: str) -> None: ...
    def show_place(self, cell: str) -> None: ...
    def show_refused(self, words: str) -> None:
        """Why something was not taken; empty takes the words away."""


class EntryPresenter:
    """`push` hands an edit to the window's undo stack, which calls `take` at once and again for every undo and redo;
    `go` leads to another screen."""

    def __init__(
        self,
        face: EntryFace,
        desk: Desk,
        program: Program,
        push: Callable[[Edit], None],
        go: Callable[[str, str], None],
    ) -> None:
        self._face, self._desk, self._program, self._push, self._go = face, desk, program, push, go
        self._section, self._saved, self.why_refused = 0, "", ""
        self._opened: Opened | None = None

    @property
    def opened(self) -> Opened:
        """The report on the screen, once there is one."""
        assert self._opened is not None
        return self._opened

    @property
    def layout(self) -> Layout:
        """The table of the section that is shown."""
        return self.opened.layout(self._section)

    def start(self, text: str) -> None:
        """`text`: a Place, or a period's label of the programme the ledger was made for, and after # where to stand.
        Empty: the report that was shown, read anew."""
        today = self._program.clock().date()
        offered = choices.own(self._desk, today, lambda form: bool(form.counts))
        asked = self._asked(text)
        if asked is not None:
            offered = choices.holding(offered, asked)
        place = choices.where(offered, asked, today)
        if place is None:
            self._opened = None
            if asked is not None and offered:
                words = choices.nothing_of(asked, "số liệu nào của đơn vị phải nhập")
                self._face.show_nothing(words, choices.instead(offered, asked, today))
            else:
                self._face.show_nothing("Chương trình mà đơn vị theo dõi không hỏi số liệu nào của đơn vị.")
            return
        self._face.show_reports(offered, place)
        self._open(place)
        if place.spot:
            self.go_to(place.spot)

    def choose_part(self, number: int) -> None:
        """A section of figures is shown here; another part of the report has a screen of its own."""
        part = self._parts()[number]
        if part.kind is PartKind.FIGURES:
            self._section = number
            self._show_all()
        elif part.kind in _PAGES:
            self._go(_PAGES[part.kind], str(self.opened.place))

    def turn(self, by: int) -> bool:
        """To the section that follows or goes before; False when there is none."""
        if not 0 <= self._section + by < len(self.opened.sections):
            return False
        self._section += by
        self._show_all()
        return True

    def go_to(self, spot: str) -> None:
        """Stand on a cell, in its section; or go to the screen where a text, a task or a nomination is put right."""
        section = self.opened.section_of(spot)
        if section is not None:
            if section != self._section:
                self._section = section
                self._show_all()
            self._face.show_place(spot)
        elif ":" in spot:
            self._go(page_of(spot), str(replace(self.opened.place, spot=spot)))

    def go_on(self, after: str, problems: bool, by: int = 1) -> None:
        """The next problem, or the next blank cell, after this one; from the end on to the beginning. What must be
        answered comes before what may be."""
        asked = blanks(self.opened, required=True)
        wanted = (faults(self.opened) or asked) if problems else (asked or blanks(self.opened))
        if wanted:
            self.go_to(next_of(wanted, self.opened, after, by))
            return
        elsewhere = [one.place for one in self.opened.found if one.blocks and one.place] if problems else []
        if elsewhere:
            self.go_to(elsewhere[0])
        else:
            self._face.show_refused("Không còn điểm nào cần sửa." if problems else "Không còn ô trống.")

    def take(self, where: Place, side: Side) -> bool:
        """Do one side of an edit, in the report it belongs to. False when it was refused, and the face has said why."""
        elsewhere = where != self.opened.place
        if elsewhere:
            self.start(str(where))
        try:
            report = self.opened.report
            if side.cells:
                report = self._desk.entry.put_cells(report, side.cells)
            for check, reason in side.reasons:
                report = self._desk.entry.explain(report, check, reason)
        except AppError as error:
            self.why_refused = error.message
            self._wait(side)
            self._show_all()
            self._face.show_refused(error.message)
            return False
        names = [name for name, _ in side.cells]
        self.opened.answer(_answered(self.opened.report, side))
        self.opened.now(report, names)
        self._saved = self._now()
        self._show_all()
        if elsewhere and names:
            self.go_to(names[0])
        return True

    def change(self, words: str, cells: Sequence[tuple[str, Cell]], answered: Sequence[str] = ()) -> bool:
        """Cells that somebody changed, as one act. False when the ledger refused, and has been heard. `answered`: what was
        refused in these places is answered, also by what stood there before."""
        old = tuple((name, self.opened.report.cell(name)) for name, _ in cells)
        if old != tuple(cells):
            self._push(Edit(words, self.opened.place, Side(old), Side(tuple(cells))))
        is_done = all(self.opened.report.cell(name) == cell for name, cell in cells)
        if is_done:
            self.opened.answer(answered)
            self._show_all()
        return is_done

    def explain(self, check: str, reason: str) -> None:
        """The reason for a warning; empty takes it back."""
        old = self.opened.report.explanations.get(check, "")
        if reason.strip() == old:
            self.opened.answer([f"reason:{check}"])
            self._show_all()
        else:
            side = Side(reasons=((check, old),)), Side(reasons=((check, reason),))
            self._push(Edit("ghi lý do", self.opened.place, *side))

    def date(self, text: str, estimate: bool) -> None:
        """ "Số liệu tính đến ngày", as typed. A day that cannot be read waits; the tick beside it is taken all the same."""
        opened = self.opened
        day = opened.report.as_of
        try:
            day = calendar.read_day(text)
        except InputRefused as error:
            opened.refuse(DAY, Refused("Số liệu tính đến ngày", text, error.message))
            if estimate != opened.report.estimate:
                self.store(lambda: self._desk.entry.date(opened.report, day, estimate))
            self._show_all()
            self._face.show_refused(error.message)
        else:
            opened.answer([DAY])
            self.store(lambda: self._desk.entry.date(opened.report, day, estimate))

    def store(self, act: Callable[[], Report]) -> None:
        """An act of the ledger on the whole report; a refusal is said."""
        try:
            self.opened.now(act())
        except AppError as error:
            self._face.show_refused(error.message)
        else:
            self._saved = self._now()
            self._face.show_refused("")
        self._show_all()

    def reread(self) -> None:
        """The report may be under another version of its form now, or in another state."""
        self._open(self.opened.place)

    def show_closed(self) -> None:
        """Why nothing can be typed."""
        try:
            self.opened.report.must_be_draft()
        except AppError as error:
            self._face.show_refused(error.message)

    def show_anew(self) -> None:
        """Something that is shown changed, though nothing was stored."""
        self._show_all()

    def _wait(self, side: Side) -> None:
        """A reason or a note that was not taken; a number waits as the text it was typed as."""
        opened = self.opened
        for check, reason in side.reasons:
            opened.refuse(f"reason:{check}", Refused("Lý do của cảnh báo", reason, self.why_refused))
        for name, cell in side.cells:
            if cell.note != opened.report.cell(name).note:
                refused = Refused(f"Ghi chú của {opened.label(name)}", cell.note, self.why_refused)
                opened.refuse(f"note:{name}", refused)

    def _asked(self, text: str) -> Place | None:
        place = Place.read(text)
        if place is not None or (self._opened is None and not text):
            return place
        label, _, spot = text.partition("#")
        if not label and self._opened is not None:
            return self._opened.place
        try:
            return Place(self._desk.office.programme, Period.parse(label), spot)
        except InputRefused:
            return None

    def _open(self, place: Place) -> None:
        before = self._opened
        self._opened = Opened(self._desk, place)
        if before is None or before.report.form != self.opened.report.form:
            self._section = 0
        self._saved = ""
        self._face.show_refused("")
        self._show_all()

    def _show_all(self) -> None:
        opened = self.opened
        self._face.show_state(opened, self._saved)
        self._face.show_parts(self._parts(), self._section)
        if opened.sections:
            self._face.show_layout(self.layout)
            self._face.show_figures(opened.figures)
        told = [one for one in opened.found if not one.says_blank or one.spot]
        required = len(blanks(opened, required=True))
        reasons = {**opened.report.explanations, **opened.refused}
        self._face.show_problems(told, required, reasons, reasons_before(opened))

    def _parts(self) -> list[Part]:
        """Every section with figures in printed order, then what is filled on other screens."""
        made = completeness.parts(self.opened.report, self.opened.found)
        figures = {part.section: part for part in made if part.kind is PartKind.FIGURES}
        listed = [
            figures.get(section.number) or Part(PartKind.FIGURES, section.title, 0, 0, section=section.number)
            for section in self.opened.sections
        ]
        return listed + [part for part in made if part.kind is not PartKind.FIGURES]

    def _now(self) -> str:
        return f"{self._program.clock():%H:%M}"


def _answered(before: Report, side: Side) -> Iterator[str]:
    """Where something else stands now: a number is not answered by a note, nor a note by a number."""
    for name, cell in side.cells:
        old = before.cell(name)
        if (old.state, old.amount) != (cell.state, cell.amount):
            yield name
        if old.note != cell.note:
            yield f"note:{name}"
    yield from (f"reason:{check}" for check, _ in side.reasons)
