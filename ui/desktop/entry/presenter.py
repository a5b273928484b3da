"""Decides what the page Nhập số liệu shows of a report, where keys lead in it, and what becomes of what is typed, signed, carried
or pasted. Each act is in the ledger before it shows, and can be taken back whole, also from another report. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from forms.all_services import Services
from forms.application import Application
from forms.checks.completeness import PartDone, PartKind
from forms.errors import AppError, InputRefused
from forms.model.cell import Cell, CellState
from forms.model.finding import Finding
from forms.model.location import Location
from forms.model.period import Period
from forms.model.report import Report
from forms.services import reports_on_offer
from forms.services.report_session import Edit, Entries, Push, ReportSession
from forms.services.reports_on_offer import Offered
from ui.desktop.entry.grid_layout import FROM_NEWS, GridLayout, ReportFigures, Where, lay_out
from ui.desktop.entry.paste import Block, Ground, PastedFate, PastePlan, spread
from ui.desktop.number_wording import read_cell, short_period
from ui.desktop.shell import page_of

DAY = "as_of"  # where a day that could not be read waits
_PAGES = {
    PartKind.NEWS: "news",
    PartKind.TASKS: "texts",
    PartKind.TEXTS: "texts",
    PartKind.NOMINATIONS: "texts",
}


@dataclass(frozen=True)
class EntryPage:
    """What the screen shows of a report. `parts`: every section with figures, then what is filled on other screens; `chosen` the
    number of the one that is shown. `blank`: how many cells that must be answered are not. `reopened`: it was read anew."""

    session: ReportSession
    saved: str
    parts: Sequence[PartDone]
    chosen: int
    layout: GridLayout | None
    found: Sequence[Finding]
    blank: int
    reopened: bool = False

    @property
    def reasons(self) -> dict[str, str]:
        """Given now, by check; under `reason:` and the check one that was not taken."""
        return {**self.session.report.explanations, **self.session.refused}

    @property
    def figures(self) -> ReportFigures:
        return ReportFigures.of(self.session)


class EntryReport:
    """The report on the screen: which one, what is shown of it, where keys lead in it.

    `show` is given what may be opened, the report, or while a cell is typed its figures as they would be; `stand_on` a cell;
    `say` why something was not taken (empty takes the words away); `go` leads to another screen."""

    def __init__(
        self,
        desk: Services,
        program: Application,
        show: Callable[[Offered | EntryPage | ReportFigures], None],
        stand_on: Callable[[str], None],
        say: Callable[[str], None],
        push: Push,
        go: Callable[[str, str], None],
    ) -> None:
        self._desk, self._program, self._push, self._go = desk, program, push, go
        self._show, self._stand_on, self._say = show, stand_on, say
        self._section, self._saved = 0, ""
        self._session: ReportSession | None = None
        self._layouts: dict[int, GridLayout] = {}

    @property
    def opened(self) -> ReportSession:
        """The report on the screen, once there is one."""
        assert self._session is not None
        return self._session

    @property
    def layout(self) -> GridLayout:
        """The table of the section that is shown; always the same one."""
        session, section = self.opened, self._section
        if section not in self._layouts:
            before = [short_period(one.report.period) for one in session.earlier]
            now = short_period(session.report.period)
            self._layouts[section] = lay_out(session.sections[section], session.report.role, now, before)
        return self._layouts[section]

    def start(self, text: str) -> None:
        """`text`: a Location, or a period's label of the programme the ledger was made for, and after # where to stand.
        Empty: the report that was shown, read anew."""
        found = self._desk.on_offer.meant(
            self._program.clock().date(),
            self._asked(text),
            lambda form: bool(form.counts),
            "số liệu nào của đơn vị phải nhập",
            "Chương trình mà đơn vị theo dõi không hỏi số liệu nào của đơn vị.",
        )
        self._show(found)
        if found.place is None:
            self._session = None
            return
        self._open(found.place)
        if found.place.spot:
            self.go_to(found.place.spot)

    def choose_part(self, number: int) -> None:
        """A section of figures is shown here; another part of the report has a screen of its own."""
        part = self.opened.parts[number]
        if part.kind is PartKind.FIGURES:
            self._section = number
            self.show_anew()
        elif part.kind in _PAGES:
            self._go(_PAGES[part.kind], str(self.opened.place))

    def turn(self, by: int) -> bool:
        """To the section that follows or goes before; False when there is none."""
        if not 0 <= self._section + by < len(self.opened.sections):
            return False
        self._section += by
        self.show_anew()
        return True

    def go_to(self, spot: str) -> None:
        """Stand on a cell, in its section; or go to the screen where a text, a task or a nomination is put right."""
        section = self.opened.section_of(spot)
        if section is not None:
            if section != self._section:
                self._section = section
                self.show_anew()
            self._stand_on(spot)
        elif ":" in spot:
            self._go(page_of(spot), str(replace(self.opened.place, spot=spot)))

    def go_on(self, after: str, problems: bool, by: int = 1) -> None:
        """The next problem, or the next blank cell, after this one or (`by` -1) before it; from the end on to the beginning. What
        must be answered comes before what may be."""
        session = self.opened
        order = {name: number for number, name in enumerate(session.report.expected_cells)}
        blank = session.blank
        wanted = [name for name in blank if name in session.report.required_cells]
        if problems:
            marked = {cell for one in session.found if one.blocks for cell in one.cells} | set(session.refused)
            wanted = [name for name in order if name in marked and name not in blank] or wanted
        else:
            wanted = wanted or list(blank)
        if wanted:
            here = order.get(after, -1)
            ahead = (name for name in wanted if order[name] > here)
            behind = (name for name in reversed(wanted) if order[name] < here)
            self.go_to(next(ahead, wanted[0]) if by > 0 else next(behind, wanted[-1]))
            return
        elsewhere = [one.place for one in session.found if one.blocks and one.place] if problems else []
        if elsewhere:
            self.go_to(elsewhere[0])
        else:
            self._say("Không còn điểm nào cần sửa." if problems else "Không còn ô trống.")

    def take(self, edit: Edit, side: Entries) -> bool:
        """Do one side of an edit, in the report it belongs to. False when it was refused, and that has been said."""
        elsewhere = edit.place != self.opened.place
        if elsewhere:
            self.start(str(edit.place))
        done = self.opened.take(side)
        if done:
            self._saved = f"{self._program.clock():%H:%M}"
        self.show_anew()
        if not done:
            self._say(self.opened.why_refused)
        elif elsewhere and side.cells:
            self.go_to(side.cells[0][0])
        return done

    def explain(self, check: str, reason: str) -> None:
        """The reason for a warning; empty takes it back."""
        old = self.opened.report.explanations.get(check, "")
        if reason.strip() == old:
            self.opened.answer(f"reason:{check}")
            self.show_anew()
        elif edit := self.opened.edit("ghi lý do", Entries(reasons=((check, reason),))):
            self._push(edit.words, partial(self.take, edit, edit.new), partial(self.take, edit, edit.old))

    def date(self, text: str, estimate: bool) -> None:
        """ "Số liệu tính đến ngày", as typed. A day that cannot be read waits; the tick beside it is taken all the same."""
        session = self.opened
        day, why = session.report.as_of, ""
        try:
            day = reports_on_offer.read_day(text)
            session.answer(DAY)
        except InputRefused as error:
            why = error.message
            session.refuse(DAY, "Số liệu tính đến ngày", text, why)
        if not why or estimate != session.report.estimate:
            self.store(lambda: self._desk.entry.date(session.report, day, estimate))
        if why:
            self.show_anew()
            self._say(why)

    def store(self, act: Callable[[], Report]) -> None:
        """An act of the ledger on the whole report; a refusal is said."""
        done = self.opened.store(act)
        self._say("" if done else self.opened.why_refused)
        if done:
            self._saved = f"{self._program.clock():%H:%M}"
        self.show_anew(reopened=True)

    def reread(self) -> None:
        """The report may be under another version of its form now, or in another state."""
        self._open(self.opened.place)

    def show_closed(self) -> None:
        """Why nothing can be typed."""
        try:
            self.opened.report.must_be_draft()
        except AppError as error:
            self._say(error.message)

    def show_anew(self, *, reopened: bool = False) -> None:
        """After an act; also where nothing was stored."""
        session = self.opened
        blank = sum(name in session.report.required_cells for name in session.blank)
        told = [one for one in session.found if not one.says_blank or one.spot]
        layout = self.layout if session.sections else None
        self._show(EntryPage(session, self._saved, session.parts, self._section, layout, told, blank, reopened))

    def _asked(self, text: str) -> Location | None:
        place = Location.read(text)
        if place is not None or (self._session is None and not text):
            return place
        label, _, spot = text.partition("#")
        if not label and self._session is not None:
            return self._session.place
        try:
            return Location(self._desk.office.programme, Period.parse(label), spot)
        except InputRefused:
            return None

    def _open(self, place: Location) -> None:
        before = self._session
        self._session, self._layouts, self._saved = self._desk.session(place), {}, ""
        if before is None or before.report.form != self.opened.report.form:
            self._section = 0
        self._say("")
        self.show_anew(reopened=True)


class EntryPresenter(EntryReport):
    """And what somebody does to the cells of it. Each act is one edit, taken whole or not at all. Names of cells that are not typed are
    passed over."""

    def typing(self, name: str, text: str) -> None:
        """While a cell is typed: the totals and indicators as they would be. Nothing is stored or refused."""
        session = self.opened
        try:
            cell, _ = read_cell(text, session.report.cell(name), whole=session.is_whole(name))
            trial = session.report.with_cell(name, cell)
        except AppError:
            return
        self._show(replace(ReportFigures.of(session), report=trial, results=session.trial(trial, name)))

    def put(self, name: str, text: str) -> bool:
        """A cell with the text it was left with. A refused text stays to be put right."""
        session = self.opened
        try:
            cell, echo = read_cell(text, session.report.cell(name), whole=session.is_whole(name))
        except AppError as error:
            session.refuse(name, session.label(name), text, error.message)
            self.show_anew()
            self._say(f"{session.label(name)}: {error.message} Chưa cất ô này.")
            return False
        if not self._change("nhập số liệu", [(name, cell)], [name]):
            session.refuse(name, session.label(name), text, session.why_refused)
            self.show_anew()
            self._say(session.why_refused)
            return False
        self._say(echo)
        return True

    def sign(self, names: Iterable[str], state: CellState) -> None:
        """Why there is no number, by one key; blank empties. The note stays."""
        cells = self._open_cells(names)
        made = [(name, replace(cell, state=state, amount=None, carried=False)) for name, cell in cells]
        self._act("xóa" if state is CellState.BLANK else "ghi ký hiệu", made, answers=True)

    def note(self, name: str, text: str) -> None:
        self._say("")
        noted = replace(self.opened.report.cell(name), note=text.strip())
        self._change("ghi chú", [(name, noted)], [f"note:{name}"])

    def flag(self, names: Iterable[str]) -> None:
        """To be looked at again, or no longer."""
        self._act("đánh dấu", [(n, replace(cell, flagged=not cell.flagged)) for n, cell in self._open_cells(names)])

    def copy_down(self, pairs: Iterable[tuple[str, str]]) -> None:
        """The figure of the first of each pair into the second."""
        report, made = self.opened.report, []
        for source, name in pairs:
            from_ = report.cell(source)
            made += [
                (name, replace(cell, state=from_.state, amount=from_.amount, carried=False))
                for name, cell in self._open_cells([name])
            ]
        self._act("điền xuống", made, answers=True)

    def carry(self, names: Iterable[str]) -> int:
        """What stood in an earlier period, into those that are blank; how many there were."""
        made = self.opened.carried(names).cells
        self._act("chép từ kỳ trước", made, answers=True)
        if not made:
            self._say("Không có số liệu kỳ trước để chép vào ô trống ở đây.")
        return len(made)

    def confirm(self, names: Iterable[str]) -> None:
        """What was carried was looked at and is right."""
        self._act("xác nhận", self.opened.confirmed(name for name, _ in self._open_cells(names)).cells)

    def plans(self, block: Block, chosen: Sequence[Where]) -> tuple[PastePlan, ...]:
        """How a pasted block would fall from the first of the chosen places on; nothing is changed. A single text goes
        into all of them."""
        session = self.opened
        ground = Ground(
            self.layout,
            session.report.cell,
            session.label,
            session.is_whole,
            lambda name: f"{FROM_NEWS}." if name in session.locked else "",
        )
        return ground.plans(spread(block, chosen), min(chosen))

    def paste(self, plan: PastePlan) -> None:
        self._act(f"dán {plan.number(PastedFate.NEW)} ô", plan.cells, answers=True)

    def _act(self, words: str, cells: Sequence[tuple[str, Cell]], *, answers: bool = False) -> None:
        """`answers`: they got another number or sign; what was refused there is answered."""
        if cells:
            self._say("")
            self._change(words, cells, [name for name, _ in cells] if answers else ())

    def _change(self, words: str, cells: Sequence[tuple[str, Cell]], answered: Sequence[str]) -> bool:
        """Cells that somebody changed, as one act, taken whole or not at all. False when the ledger refused, and that has been said.
        `answered`: what was refused in these places is answered, also by what stood there before."""
        edit = self.opened.edit(words, Entries(tuple(cells)))
        if edit and not self._push(words, partial(self.take, edit, edit.new), partial(self.take, edit, edit.old)):
            return False
        if self.opened.answer(*answered) or edit is None:
            self.show_anew()
        return True

    def _open_cells(self, names: Iterable[str]) -> list[tuple[str, Cell]]:
        """Those of the named that one may type in."""
        known = set(self.opened.open_cells)
        return [(name, self.opened.report.cell(name)) for name in names if name in known]
