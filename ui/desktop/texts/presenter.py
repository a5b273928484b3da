"""Decides what the page of words shows: which report, its parts, what is wrong in them, where to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from forms.all_services import Services
from forms.application import Application
from forms.checks.completeness import PartKind, parts
from forms.errors import AppError
from forms.model.finding import Finding
from forms.model.form import Form
from forms.model.location import Location
from forms.model.report import OPEN_STATES, Report, ReportState
from forms.services import reports_on_offer
from forms.services.report_session import Entries, Push
from forms.services.reports_on_offer import Offered
from ui.desktop.texts.nomination_presenter import ListPage, NominationPresenter
from ui.desktop.texts.open_texts import OpenTexts
from ui.desktop.texts.task_presenter import BoardPage, TaskPresenter
from ui.desktop.texts.writing_presenter import WritingPage, WritingPresenter, next_empty


class TextsPart(StrEnum):
    """A part of the screen."""

    TEXTS = "text"
    TASKS = "task"
    NOMINATIONS = "nomination"


_KINDS = {TextsPart.TEXTS: PartKind.TEXTS, TextsPart.TASKS: PartKind.TASKS, TextsPart.NOMINATIONS: PartKind.NOMINATIONS}
_TITLES = {TextsPart.TEXTS: "Lời văn", TextsPart.TASKS: "Nhiệm vụ", TextsPart.NOMINATIONS: "Khen thưởng"}


@dataclass(frozen=True, slots=True)
class TextsTab:
    """A part that the report has, with how far it is."""

    page: TextsPart
    title: str
    is_wrong: bool


@dataclass(frozen=True)
class TextsPage:
    """What stands around the parts of a report. `closed` says why nothing can be changed, empty where it can; `problem` is the check
    that F7 came to. `reopened`: the report was read anew."""

    tabs: Sequence[TextsTab]
    chosen: TextsPart
    report: Report
    closed: str
    saved: str
    found: Sequence[Finding]
    problem: str
    reopened: bool


@dataclass(frozen=True)
class Shows:
    """What the parts of the window are given to show."""

    page: Callable[[Offered | TextsPage], None]
    writing: Callable[[WritingPage], None]
    board: Callable[[BoardPage], None]
    nominations: Callable[[ListPage], None]


class TextsPresenter:
    """`say` tells why something was not done; empty takes the words away."""

    def __init__(
        self, shows: Shows, desk: Services, program: Application, push: Push, say: Callable[[str], None]
    ) -> None:
        self._show, self._desk, self._program = shows.page, desk, program
        self._open = OpenTexts(desk, program, self._show_all, say)
        self.writing = WritingPresenter(shows.writing, self._open)
        self.tasks = TaskPresenter(shows.board, self._open, push)
        self.nominations = NominationPresenter(shows.nominations, self._open, push)
        self._parts: dict[str, WritingPresenter | TaskPresenter | NominationPresenter] = {
            TextsPart.TEXTS: self.writing,
            TextsPart.TASKS: self.tasks,
            TextsPart.NOMINATIONS: self.nominations,
        }
        self._place: Location | None = None
        self._page = TextsPart.TEXTS
        self._problem, self._reopened = "", True

    def start(self, text: str) -> None:
        """`text` is a Location; empty, or anything else, keeps the report that was shown and reads it anew."""
        found = self._desk.on_offer.meant(
            self._program.clock().date(),
            Location.read(text) or self._place,
            lambda form: bool(form.narratives or form.tasks or form.nominations),
            "phần lời văn, nhiệm vụ hay đề nghị khen thưởng",
            "Các biểu của đơn vị không có phần lời văn, nhiệm vụ hay đề nghị khen thưởng.",
        )
        place, self._problem = found.place, ""
        if place is None:
            self._place = None
            self._show(found)
            return
        self._show(replace(found, place=Location(place.programme, place.period)))
        self._read(place)
        if place.spot:
            self.go_to(place.spot)

    def turn(self, page: TextsPart) -> None:
        self._page = page
        self._show_all()

    def explain(self, check: str, reason: str) -> None:
        self._open.take(Entries(reasons=((check, reason),)))

    def store(self, act: Callable[[], Report]) -> None:
        """An act of the ledger on the whole report; a refusal is said."""
        self._reopened = True
        self._open.store(act)

    def reread(self) -> None:
        """The report may be under another version of its form now, or in another state."""
        if self._place is not None:
            self._read(self._place)

    def show_closed(self) -> None:
        """Why nothing can be written."""
        self._open.say(_closed(self._open.report))

    def go_to(self, spot: str) -> None:
        """What Finding.spot names."""
        kind, _, id = spot.partition(":")
        if kind in self._parts:
            self._page = TextsPart(kind)
            self._show_all()
            self._parts[self._page].go_to(id)

    def next_problem(self) -> None:
        """To the finding that follows the last one, of those that block sealing; from the end on to the beginning."""
        wrong = [one for one in self._open.found if one.blocks]
        checks = [one.check for one in wrong]
        if not wrong:
            self._open.say("Không còn điểm nào cần sửa ở trang này.")
            return
        here = checks.index(self._problem) + 1 if self._problem in checks else 0
        found = wrong[here % len(wrong)]
        self._problem = found.check
        self.go_to(found.spot)

    def next_empty(self) -> None:
        """The next section or task of which nothing is said yet, on the part that is shown first."""
        report = self._open.report
        text = next_empty(report, self.writing.section.id if self.writing.section else "")
        task = self.tasks.next_idle()
        spots = {TextsPart.TEXTS: text and f"text:{text}", TextsPart.TASKS: task and f"task:{task}"}
        found = spots.get(self._page) or next((spot for spot in spots.values() if spot), "")
        if found:
            self.go_to(found)
        else:
            self._open.say("Không còn mục nào để trống.")

    def _read(self, place: Location) -> None:
        try:
            self._open.open(place)
        except AppError as error:
            self._show(Offered(nothing=error.message))
            return
        is_new = self._place is None or (self._place.programme, self._place.period) != (place.programme, place.period)
        self._place, self._reopened = self._open.session.place, True
        shown = _pages(self._open.report.form)
        self._page = self._page if self._page in shown else shown[0]
        if is_new:
            self.writing.start()
            self.tasks.start()
        self.nominations.start()
        self._open.say("")
        self._show_all()

    def _show_all(self) -> None:
        opened, reopened = self._open, self._reopened
        self._reopened = False
        tabs = _tabs(opened.report, opened.found)
        closed, saved = _closed(opened.report), opened.saved
        self._show(TextsPage(tabs, self._page, opened.report, closed, saved, opened.found, self._problem, reopened))
        for part in self._parts.values():
            part.show()


def _pages(form: Form) -> list[TextsPart]:
    has = {TextsPart.TEXTS: form.narratives, TextsPart.TASKS: form.tasks, TextsPart.NOMINATIONS: form.nominations}
    return [page for page, what in has.items() if what]


def _tabs(report: Report, found: Sequence[Finding]) -> list[TextsTab]:
    made = {part.kind: part for part in parts(report, found)}
    asked = {TextsPart.TEXTS: len(report.form.narratives), TextsPart.TASKS: len(report.form.tasks)}
    tabs = []
    for page in _pages(report.form):
        part = made[_KINDS[page]]
        told = f"{part.done + part.more}/{asked[page]}" if page in asked else str(part.more)
        tabs.append(TextsTab(page, f"{_TITLES[page]} ({told})", is_wrong=bool(part.wrong)))
    return tabs


def _closed(report: Report) -> str:
    if report.state is ReportState.DRAFT:
        return ""
    words = reports_on_offer.capitalised(report.period.words)
    if report.state in OPEN_STATES:
        return f"{words}: báo cáo đang chờ thủ trưởng duyệt nên chỉ xem được. Lấy lại để sửa rồi mới viết tiếp."
    return f"{words}: báo cáo đã niêm phong nên chỉ xem được. Mở bản thay thế rồi mới sửa."
