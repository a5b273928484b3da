"""Typing figures: what each act does, with undo.

Decides what the entry screen shows of a report. Each committed cell is in the ledger before it shows. Knows no Qt.

What somebody does to the cells: types, empties, marks, fills down, pastes, carries forward. Knows no Qt.

Where F7 and F8 lead: through what is wrong, and through what is blank. Knows no Qt.

An act of somebody at the grid, so that it can be taken back whole and done again, also from another report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from forms.all_services import Services
from forms.application import Application
from forms.checks import completeness
from forms.checks.completeness import PartDone, PartKind
from forms.errors import AppError, InputRefused
from forms.model.cell import Cell, CellState
from forms.model.finding import Finding, Refused
from forms.model.period import Period
from forms.model.report import Report
from forms.services import reports_on_offer
from forms.services.entry import flagged, on_offer
from forms.services.reports_on_offer import ReportOnOffer
from ui.desktop.entry.cell_words import read_cell
from ui.desktop.entry.grid_layout import FROM_NEWS, GridLayout, ReportFigures, Where
from ui.desktop.entry.indicator_help_words import reasons_before
from ui.desktop.entry.paste import Block, Ground, PastedFate, PastePlan, spread
from ui.desktop.entry.report_session import OpenEntry
from ui.desktop.shell import Location, page_of

Cells = tuple[tuple[str, Cell], ...]
Reasons = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EditSide:
    """What stood before an act, or after it."""

    cells: Cells = ()
    reasons: Reasons = ()


@dataclass(frozen=True, slots=True)
class CellEdit:
    """`where` is the report it was done in."""

    words: str
    where: Location
    old: EditSide
    new: EditSide


def faults(opened: OpenEntry) -> list[str]:
    """The filled cells of which something keeps the report from being sealed, in printed order."""
    marked = {cell for one in opened.found if one.blocks for cell in one.cells} | set(opened.refused)
    blank = set(opened.blank)
    return [name for name in opened.report.expected_cells if name in marked and name not in blank]


def blanks(opened: OpenEntry, required: bool = False) -> list[str]:
    """The cells in which nothing stands, those that need no answer too unless only the required are wanted."""
    asked = opened.report.required_cells
    return [name for name in opened.blank if name in asked or not required]


def next_of(wanted: Sequence[str], opened: OpenEntry, after: str, by: int) -> str:
    """The first of the wanted after this cell, or with `by` -1 before it; from the end on to the beginning."""
    order = {name: number for number, name in enumerate(opened.report.expected_cells)}
    here = order.get(after, -1)
    if by > 0:
        return next((name for name in wanted if order[name] > here), wanted[0])
    return next((name for name in reversed(wanted) if order[name] < here), wanted[-1])


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

    def show_reports(self, offered: Sequence[ReportOnOffer], place: Location) -> None: ...
    def show_nothing(self, words: str, other: Location | None = None) -> None:
        """There is no report to fill, and why; `other` may be opened in its place."""

    def show_parts(self, parts: Sequence[PartDone], chosen: int) -> None: ...
    def show_layout(self, layout: GridLayout) -> None: ...
    def show_figures(self, figures: ReportFigures) -> None: ...
    def show_problems(
        self, found: Sequence[Finding], blank: int, reasons: Mapping[str, str], before: Mapping[str, str]
    ) -> None:
        """`reasons` given now and `before`, in the period before, by check; under `reason:` and the check one that was not
        taken."""

    def show_state(self, opened: OpenEntry, saved: str) -> None: ...
    def show_place(self, cell: str) -> None: ...
    def show_refused(self, words: str) -> None:
        """Why something was not taken; empty takes the words away."""


class EntryPresenter:
    """`push` hands an edit to the window's undo stack, which calls `take` at once and again for every undo and redo;
    `go` leads to another screen."""

    def __init__(
        self,
        face: EntryFace,
        desk: Services,
        program: Application,
        push: Callable[[CellEdit], None],
        go: Callable[[str, str], None],
    ) -> None:
        self._face, self._desk, self._program, self._push, self._go = face, desk, program, push, go
        self._section, self._saved, self.why_refused = 0, "", ""
        self._opened: OpenEntry | None = None

    @property
    def opened(self) -> OpenEntry:
        """The report on the screen, once there is one."""
        assert self._opened is not None
        return self._opened

    @property
    def layout(self) -> GridLayout:
        """The table of the section that is shown."""
        return self.opened.layout(self._section)

    def start(self, text: str) -> None:
        """`text`: a Place, or a period's label of the programme the ledger was made for, and after # where to stand.
        Empty: the report that was shown, read anew."""
        today = self._program.clock().date()
        offered = self._desk.on_offer.own(today, lambda form: bool(form.counts))
        asked = self._asked(text)
        if asked is not None:
            offered = reports_on_offer.holding(offered, asked)
        place = reports_on_offer.where(offered, asked, today)
        if place is None:
            self._opened = None
            if asked is not None and offered:
                words = reports_on_offer.nothing_of(asked, "số liệu nào của đơn vị phải nhập")
                self._face.show_nothing(words, reports_on_offer.instead(offered, asked, today))
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

    def take(self, where: Location, side: EditSide) -> bool:
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
            self._push(CellEdit(words, self.opened.place, EditSide(old), EditSide(tuple(cells))))
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
            side = EditSide(reasons=((check, old),)), EditSide(reasons=((check, reason),))
            self._push(CellEdit("ghi lý do", self.opened.place, *side))

    def date(self, text: str, estimate: bool) -> None:
        """ "Số liệu tính đến ngày", as typed. A day that cannot be read waits; the tick beside it is taken all the same."""
        opened = self.opened
        day = opened.report.as_of
        try:
            day = reports_on_offer.read_day(text)
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

    def _wait(self, side: EditSide) -> None:
        """A reason or a note that was not taken; a number waits as the text it was typed as."""
        opened = self.opened
        for check, reason in side.reasons:
            opened.refuse(f"reason:{check}", Refused("Lý do của cảnh báo", reason, self.why_refused))
        for name, cell in side.cells:
            if cell.note != opened.report.cell(name).note:
                refused = Refused(f"Ghi chú của {opened.label(name)}", cell.note, self.why_refused)
                opened.refuse(f"note:{name}", refused)

    def _asked(self, text: str) -> Location | None:
        place = Location.read(text)
        if place is not None or (self._opened is None and not text):
            return place
        label, _, spot = text.partition("#")
        if not label and self._opened is not None:
            return self._opened.place
        try:
            return Location(self._desk.office.programme, Period.parse(label), spot)
        except InputRefused:
            return None

    def _open(self, place: Location) -> None:
        before = self._opened
        self._opened = OpenEntry(self._desk, place)
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

    def _parts(self) -> list[PartDone]:
        """Every section with figures in printed order, then what is filled on other screens."""
        made = completeness.parts(self.opened.report, self.opened.found)
        figures = {part.section: part for part in made if part.kind is PartKind.FIGURES}
        listed = [
            figures.get(section.number) or PartDone(PartKind.FIGURES, section.title, 0, 0, section=section.number)
            for section in self.opened.sections
        ]
        return listed + [part for part in made if part.kind is not PartKind.FIGURES]

    def _now(self) -> str:
        return f"{self._program.clock():%H:%M}"


def _answered(before: Report, side: EditSide) -> Iterator[str]:
    """Where something else stands now: a number is not answered by a note, nor a note by a number."""
    for name, cell in side.cells:
        old = before.cell(name)
        if (old.state, old.amount) != (cell.state, cell.amount):
            yield name
        if old.note != cell.note:
            yield f"note:{name}"
    yield from (f"reason:{check}" for check, _ in side.reasons)


class CellChanges:
    """Each act is one edit, taken whole or not at all. Names of cells that are not typed are passed over."""

    def __init__(self, face: EntryFace, presenter: EntryPresenter) -> None:
        self._face, self._presenter = face, presenter

    def typing(self, name: str, text: str) -> None:
        """While a cell is typed: the totals and indicators as they would be. Nothing is stored or refused."""
        opened = self._presenter.opened
        try:
            cell, _ = read_cell(text, opened.report.cell(name), whole=opened.is_whole(name))
            trial = opened.report.with_cell(name, cell)
        except AppError:
            return
        self._face.show_figures(opened.trial(trial, name))

    def put(self, name: str, text: str) -> bool:
        """A cell with the text it was left with. A refused text stays to be put right."""
        opened = self._presenter.opened
        try:
            cell, echo = read_cell(text, opened.report.cell(name), whole=opened.is_whole(name))
        except AppError as error:
            opened.refuse(name, Refused(opened.label(name), text, error.message))
            self._presenter.show_anew()
            self._face.show_refused(f"{opened.label(name)}: {error.message} Chưa cất ô này.")
            return False
        if not self._presenter.change("nhập số liệu", [(name, cell)], [name]):
            opened.refuse(name, Refused(opened.label(name), text, self._presenter.why_refused))
            self._presenter.show_anew()
            return False
        self._face.show_refused(echo)
        return True

    def sign(self, names: Iterable[str], state: CellState) -> None:
        """Why there is no number, by one key; blank empties. The note stays."""
        cells = self._cells(names)
        made = [(name, replace(cell, state=state, amount=None, carried=False)) for name, cell in cells.items()]
        self._change("xóa" if state is CellState.BLANK else "ghi ký hiệu", made, made)

    def note(self, name: str, text: str) -> None:
        noted = replace(self._presenter.opened.report.cell(name), note=text.strip())
        self._face.show_refused("")
        self._presenter.change("ghi chú", [(name, noted)], [f"note:{name}"])

    def flag(self, names: Iterable[str]) -> None:
        """To be looked at again, or no longer."""
        self._change("đánh dấu", [(name, flagged(cell)) for name, cell in self._cells(names).items()])

    def copy_down(self, pairs: Iterable[tuple[str, str]]) -> None:
        """The figure of the first of each pair into the second."""
        report = self._presenter.opened.report
        made = []
        for source, name in pairs:
            from_, cell = report.cell(source), report.cell(name)
            made.append((name, replace(cell, state=from_.state, amount=from_.amount, carried=False)))
        open_ones = [pair for pair in made if pair[0] in self._cells([pair[0]])]
        self._change("điền xuống", open_ones, open_ones)

    def carry(self, names: Iterable[str]) -> int:
        """What stood in an earlier period, into those that are blank; how many there were."""
        opened = self._presenter.opened
        offered = on_offer(opened.report, opened.context)
        blank = [(name, cell) for name, cell in self._cells(names).items() if cell.state is CellState.BLANK]
        made = [(name, replace(offered[name], note=cell.note)) for name, cell in blank if name in offered]
        self._change("chép từ kỳ trước", made, made)
        if not made:
            self._face.show_refused("Không có số liệu kỳ trước để chép vào ô trống ở đây.")
        return len(made)

    def confirm(self, names: Iterable[str]) -> None:
        """What was carried was looked at and is right."""
        made = [(name, replace(cell, carried=False)) for name, cell in self._cells(names).items() if cell.carried]
        self._change("xác nhận", made)

    def plans(self, block: Block, chosen: Sequence[Where]) -> tuple[PastePlan, ...]:
        """How a pasted block would fall from the first of the chosen places on; nothing is changed. A single text goes
        into all of them."""
        opened = self._presenter.opened
        ground = Ground(self._presenter.layout, opened.report.cell, opened.label, opened.is_whole, self._why_locked)
        return ground.plans(spread(block, chosen), min(chosen))

    def paste(self, plan: PastePlan) -> None:
        self._change(f"dán {plan.number(PastedFate.NEW)} ô", plan.cells, plan.cells)

    def _change(self, words: str, cells: Sequence[tuple[str, Cell]], figures: Sequence[tuple[str, Cell]] = ()) -> None:
        """`figures`: those that got another number or sign; what was refused there is answered."""
        if cells:
            self._face.show_refused("")
            self._presenter.change(words, cells, [name for name, _ in figures])

    def _cells(self, names: Iterable[str]) -> Mapping[str, Cell]:
        """Those of the named that one may type in."""
        opened = self._presenter.opened
        known = set(opened.open_cells)
        return {name: opened.report.cell(name) for name in names if name in known}

    def _why_locked(self, name: str) -> str:
        return f"{FROM_NEWS}." if name in self._presenter.opened.locked else ""
