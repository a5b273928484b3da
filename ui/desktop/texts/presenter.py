"""Decides what the page of words shows: which report, its parts, what is wrong in them, where to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from forms.all_services import Services
from forms.application import Application
from forms.checks.completeness import PartKind, parts
from forms.errors import AppError
from forms.model.finding import Finding
from forms.model.form import Form
from forms.model.report import OPEN_STATES, REPORT_STATE_TITLES, Report, ReportState
from forms.services import reports_on_offer
from forms.services.reports_on_offer import ReportOnOffer, holding, instead, nothing_of, where
from ui.desktop.shell import Location
from ui.desktop.texts.nomination_presenter import ListEdit, ListFace, NominationPresenter
from ui.desktop.texts.sections import OpenReport, next_empty
from ui.desktop.texts.task_presenter import BoardFace, TaskEdit, TaskPresenter
from ui.desktop.texts.writing_presenter import WritingFace, WritingPresenter


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


class TextsFace(Protocol):
    def show_offered(self, offered: Sequence[ReportOnOffer], place: Location) -> None: ...
    def show_nothing(self, words: str, other: Location | None = None) -> None:
        """There are no words, tasks or commendations to fill, and why; `other` may be opened in its place."""

    def show_tabs(self, tabs: Sequence[TextsTab], chosen: TextsPart) -> None: ...
    def show_report(self, report: Report, state: tuple[str, str], closed: str, saved: str) -> None:
        """`closed` says why nothing can be changed; empty where it can."""

    def show_problems(self, found: Sequence[Finding], reasons: dict[str, str], chosen: str) -> None:
        """`chosen`: the check that F7 came to."""

    def show_refused(self, words: str) -> None: ...


@dataclass(frozen=True)
class Faces:
    """The parts of the window that this page speaks to."""

    page: TextsFace
    writing: WritingFace
    board: BoardFace
    nominations: ListFace


class TextsPresenter:
    """`push` hands an edit to the window's undo stack, which calls the `take` it is for at once and at every undo and redo."""

    def __init__(self, faces: Faces, desk: Services, program: Application, push: Callable[[Edit], None]) -> None:
        self._face, self._desk, self._program = faces.page, desk, program
        self._open = OpenReport(desk, program, self._show_all, faces.page.show_refused)
        self.writing = WritingPresenter(faces.writing, self._open)
        self.tasks = TaskPresenter(faces.board, self._open, push, faces.page.show_refused)
        self.nominations = NominationPresenter(faces.nominations, self._open, push, faces.page.show_refused)
        self._place: Location | None = None
        self._page = TextsPart.TEXTS
        self._problem = ""  # the check that F7 came to last

    def start(self, text: str) -> None:
        """`text` is a Place; empty, or anything else, keeps the report that was shown and reads it anew."""
        today = self._program.clock().date()
        offered = self._desk.on_offer.own(today, _has_words)
        asked = Location.read(text) or self._place
        if asked is not None:
            offered = holding(offered, asked)
        place = where(offered, asked, today)
        if place is None:
            self._place = None
            if asked is not None and offered:
                words = nothing_of(asked, "phần lời văn, nhiệm vụ hay đề nghị khen thưởng")
                self._face.show_nothing(words, instead(offered, asked, today))
            else:
                words = "Các biểu của đơn vị không có phần lời văn, nhiệm vụ hay đề nghị khen thưởng."
                self._face.show_nothing(words)
            return
        self._problem = ""
        self._face.show_offered(offered, Location(place.programme, place.period))
        self._read(place)
        if place.spot:
            self.go_to(place.spot)

    def turn(self, page: TextsPart) -> None:
        self._page = page
        self._show_all()

    def explain(self, check: str, reason: str) -> None:
        entry = self._desk.entry
        self._open.store(lambda report: entry.explain(report, check, reason))

    def store(self, act: Callable[[], Report]) -> None:
        """An act of the ledger on the whole report; a refusal is said."""
        self._open.store(lambda _: act())

    def reread(self) -> None:
        """The report may be under another version of its form now, or in another state."""
        if self._place is not None:
            self._read(self._place)

    def show_closed(self) -> None:
        """Why nothing can be written."""
        self._face.show_refused(_closed(self._open.report))

    def go_to(self, spot: str) -> None:
        """What Finding.spot names."""
        kind, _, id = spot.partition(":")
        if kind not in set(TextsPart):
            return
        self._page = TextsPart(kind)
        self._show_all()
        {
            TextsPart.TEXTS: self.writing.go_to,
            TextsPart.TASKS: self.tasks.go_to,
            TextsPart.NOMINATIONS: self.nominations.go_to,
        }[self._page](id)

    def next_problem(self) -> None:
        """To the finding that follows the last one, of those that block sealing; from the end on to the beginning."""
        wrong = [one for one in self._open.found if one.blocks]
        checks = [one.check for one in wrong]
        if not wrong:
            self._face.show_refused("Không còn điểm nào cần sửa ở trang này.")
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
            self._face.show_refused("Không còn mục nào để trống.")

    def _read(self, place: Location) -> None:
        try:
            self._open.open(place)
        except AppError as error:
            self._face.show_nothing(error.message)
            return
        is_new = self._place is None or (self._place.programme, self._place.period) != (place.programme, place.period)
        self._place = Location(place.programme, place.period)
        shown = _pages(self._open.report.form)
        self._page = self._page if self._page in shown else shown[0]
        if is_new:
            self.writing.start()
            self.tasks.start()
        self.nominations.start()
        self._face.show_refused("")
        self._show_all()

    def _show_all(self) -> None:
        opened = self._open
        self._face.show_tabs(_tabs(opened.report, opened.found), self._page)
        self._face.show_report(opened.report, _state(opened.report), _closed(opened.report), opened.saved)
        self._face.show_problems(opened.found, dict(opened.report.explanations), self._problem)
        for part in (self.writing, self.tasks, self.nominations):
            part.show()


Edit = TaskEdit | ListEdit


def _has_words(form: Form) -> bool:
    return bool(form.narratives or form.tasks or form.nominations)


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


def _state(report: Report) -> tuple[str, str]:
    words = REPORT_STATE_TITLES[report.state] + (f" · lần gửi {report.revision}" if report.revision > 1 else "")
    return words, "accent" if report.state is ReportState.DRAFT else "good"


def _closed(report: Report) -> str:
    if report.state is ReportState.DRAFT:
        return ""
    words = reports_on_offer.capitalised(report.period.words)
    if report.state in OPEN_STATES:
        return f"{words}: báo cáo đang chờ thủ trưởng duyệt nên chỉ xem được. Lấy lại để sửa rồi mới viết tiếp."
    return f"{words}: báo cáo đã niêm phong nên chỉ xem được. Mở bản thay thế rồi mới sửa."
