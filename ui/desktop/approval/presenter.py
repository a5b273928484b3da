"""Decides what waits for the head's seal, what is shown of it (what changed since the last seal, in the order of the form; what the
checks say and why), and who may do what with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from forms.all_services import Services
from forms.checks import completeness
from forms.errors import AppError
from forms.exchange.report_diff import KIND_TITLES, Difference, DifferenceKind
from forms.model.finding import Finding
from forms.model.office import Person, PersonRole
from forms.model.report import Report, ReportState
from forms.model.text_diff import DiffPiece, near_changes, pieces
from forms.services.reports_on_offer import capitalised
from ui.desktop.number_wording import part_words
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.shell import Location, Shell, page_of

COLUMNS = (ListColumnHead("Báo cáo"),)


_PROSE = (DifferenceKind.NARRATIVE, DifferenceKind.TASK, DifferenceKind.EXPLANATION)
_LISTED = (DifferenceKind.NEWS, DifferenceKind.NOMINATION)  # what is new or gone as a whole reads as prose too
_SPOTS = {  # where a thing stands in its form; `{}` is its id
    DifferenceKind.CELL: "{}",
    DifferenceKind.NARRATIVE: "text:{}",
    DifferenceKind.TASK: "task:{}",
    DifferenceKind.NOMINATION: "nomination:1",
}
_LEVELS = {"warning": "Cảnh báo đã ghi lý do", "hint": "Gợi ý"}


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One thing. `spot` is where it stands in the form; `prose` is set where it reads as a text: its words by what
    became of them, in place of old and new."""

    title: str
    old: str = ""
    new: str = ""
    spot: str = ""
    prose: tuple[DiffPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """Things of one sort under a title; `compares` says whether they had something before."""

    title: str
    lines: tuple[ReadLine, ...]
    compares: bool


class AvailableAction(Enum):
    """What who is signed in may do with the report that is shown."""

    APPROVE = auto()  # it waits for this head
    LOOK = auto()  # it waits for another head
    TAKE_BACK = auto()  # it waits, and this is who prepares
    HAND_OVER = auto()  # it is a draft that is ready


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One report. `pills` are (words, tone); `heads` those to choose from, by (name, keyid), when it is handed over;
    `asks_reason`: it corrects a package that was sent."""

    title: str
    note: str
    pills: tuple[tuple[str, str], ...]
    groups: tuple[ReadGroup, ...]
    stance: AvailableAction
    heads: tuple[tuple[str, str], ...] = ()
    asks_reason: bool = False
    id: str = ""  # which report it is


@dataclass(frozen=True, slots=True)
class ApprovalPage:
    """The reports, the id of the one that is looked at, and that one; None where none is chosen. The rows are the same object
    until they are read anew."""

    rows: tuple[ListRow, ...] = ()
    chosen: str = ""
    shown: ShownReport | None = None
    problem: str = ""


class ApprovalPresenter:
    def __init__(self, show: Callable[[ApprovalPage], object], desk: Services, frame: Shell) -> None:
        self._show, self._desk, self._frame = show, desk, frame
        self._reports: dict[str, Report] = {}
        self._page = ApprovalPage()

    def start(self, place: str = "") -> None:
        """At every visit; `place` asks for a report: where it does not wait none is chosen, and none in its place."""
        # those for this head first
        waiting = sorted(
            self._desk.approval.waiting(), key=lambda one: self._stance(one) is not AvailableAction.APPROVE
        )
        ready = [item for item in self._desk.todo.now().items if item.is_ready]
        reports = (*waiting, *(self._desk.entry.open(item.programme.id, item.period) for item in ready))
        self._reports = {str(_place(report)): report for report in reports}
        wanted = place.partition("#")[0] + "#" if place else self._page.chosen
        first = "" if place else next(iter(self._reports), "")
        self._page = ApprovalPage(tuple(self._row(id, one) for id, one in self._reports.items()))
        self.choose(wanted if wanted in self._reports else first)

    def choose(self, id: str) -> None:
        report = self._reports.get(id)
        self._page = ApprovalPage(self._page.rows, id, self._shown(report) if report else None)
        self._show(self._page)

    def approve(self) -> None:
        """The head's seal, once confirmed; then the next that waits, or the package."""
        report = self._reports.get(self._page.chosen)
        if report is None or not self._frame.ask.confirm(
            f"Duyệt và niêm phong báo cáo {report.period.words}?",
            "Khóa của anh, chị niêm phong đúng bản mà người lập đã chuyển. Sau đó không sửa được nữa; muốn sửa phải lập "
            "bản thay thế.",
            "Duyệt và niêm phong",
        ):
            return
        place, signer = _place(report), self._desk.ledger.own_signer()
        if not self._done(lambda: self._desk.approval.approve(place.programme, place.period, signer)):
            return
        self._frame.toast(f"Đã duyệt và niêm phong báo cáo {report.period.words}.")
        self.start()
        if not self._reports:
            self._frame.go("packages", str(place))

    def give_back(self, remark: str) -> None:
        """With what is to be put right: the preparer sees it at once."""
        report = self._reports.get(self._page.chosen)
        if report is None:
            return
        if not remark.strip():
            self._problem("Ghi điều cần sửa để người lập biểu biết, rồi trả lại.")
            return
        place = _place(report)
        if self._done(lambda: self._desk.approval.take_back(place.programme, place.period, remark)):
            self._frame.toast(f"Đã trả lại báo cáo {report.period.words}. Người lập biểu thấy điều cần sửa khi mở sổ.")
            self.start()

    def take_back(self) -> None:
        """The preparer goes on with it."""
        report = self._reports.get(self._page.chosen)
        if report is None:
            return
        place = _place(report)
        if self._done(lambda: self._desk.approval.take_back(place.programme, place.period)):
            self._frame.toast(f"Đã lấy lại báo cáo {report.period.words} để sửa.")
            self._frame.go("entry", str(place))

    def hand_over(self, head: str, reason: str) -> None:
        """To the head with that keyid."""
        report = self._reports.get(self._page.chosen)
        person = next((one for one in self._heads() if one.keyid == head), None)
        if report is not None and person is None:
            self._problem("Chọn thủ trưởng sẽ duyệt báo cáo này.")
        if report is None or person is None:
            return
        place, signer = _place(report), self._desk.ledger.own_signer()
        if self._done(
            lambda: self._desk.approval.hand_over(place.programme, place.period, signer, person, reason.strip())
        ):
            self._frame.toast(f"Đã chuyển {person.name} duyệt. Ctrl+Shift+K để đổi người dùng.")
            self.start(str(place))

    def print(self) -> None:
        if self._page.chosen:
            self._frame.go("printing", self._page.chosen)

    def go_to(self, spot: str) -> None:
        """Where that stands in the form."""
        if self._page.chosen:
            self._frame.go(page_of(spot), f"{self._page.chosen}{spot}")

    def _problem(self, text: str) -> None:
        self._page = replace(self._page, problem=text)
        self._show(self._page)

    def _done(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except AppError as error:
            self._frame.ask.refused(error)
            self.start()
            return False
        return True

    def _heads(self) -> list[Person]:
        return [person for person in self._desk.enrolment.people() if person.role is PersonRole.HEAD]

    def _stance(self, report: Report) -> AvailableAction:
        me = self._desk.ledger.person
        if report.state is ReportState.DRAFT:
            return AvailableAction.HAND_OVER
        if me.role is not PersonRole.HEAD:
            return AvailableAction.TAKE_BACK
        handed = self._desk.approval.handed_over(report)
        return AvailableAction.APPROVE if handed and handed.head == me.keyid else AvailableAction.LOOK

    def _shown(self, report: Report) -> ShownReport:
        found, stance, form = self._desk.sealing.findings(report), self._stance(report), report.form
        programme = self._desk.catalogue.programme(form.programme)
        sending = f", lần gửi {report.revision}" if report.revision > 1 else ""
        done, total = completeness.whole(completeness.parts(report, found))
        reasons = len(report.explanations)
        news = [(f"{len(report.news)} tin, bài", "plain")] if report.news else []
        whole = [(f"Đã điền {done}/{total} mục", "good" if done == total else "warning")] if total else []
        kept = [(f"{reasons} lý do kèm theo", "warning")] if reasons else [("Không có cảnh báo", "good")]
        return ShownReport(
            f"{capitalised(report.period.words)}{sending}",
            f"{programme.short_title}, biểu {form.number} {form.title}. {self._history(report)}".strip(),
            (*whole, *news, *kept),
            groups(report, self._desk.approval.changes(report), found),
            stance,
            tuple((one.name, one.keyid) for one in self._heads()) if stance is AvailableAction.HAND_OVER else (),
            asks_reason=stance is AvailableAction.HAND_OVER and report.supersedes is not None,
            id=str(_place(report)),
        )

    def _history(self, report: Report) -> str:
        if report.state is ReportState.DRAFT:
            remark = self._desk.approval.remark(report)
            return f"Thủ trưởng trả lại, cần sửa: {remark}" if remark else "Chưa chuyển duyệt."
        if (handed := self._desk.approval.handed_over(report)) is None:
            return ""
        by, to = (person.name if person else "người đã rời sổ" for person in (handed.by, handed.to))
        return f"{by} chuyển {to} lúc {handed.at:%H:%M ngày %d/%m/%Y}."

    def _row(self, id: str, report: Report) -> ListRow:
        words, tone = {
            AvailableAction.APPROVE: ("Chờ anh, chị duyệt", "accent"),
            AvailableAction.LOOK: ("Chờ thủ trưởng khác", "muted"),
            AvailableAction.TAKE_BACK: ("Chờ thủ trưởng duyệt", "muted"),
            AvailableAction.HAND_OVER: ("Sẵn sàng chuyển duyệt", "good"),
        }[self._stance(report)]
        title = f"{capitalised(report.period.words)}\n{report.form.title}\n{words}"
        return row(id, ListItem(title, "plain" if tone == "muted" else tone))


def _place(report: Report) -> Location:
    return Location(report.form.programme, report.period)


def groups(report: Report, changes: Sequence[Difference], found: Sequence[Finding]) -> tuple[ReadGroup, ...]:
    """In the order of the form, then what the checks say. Of a first report everything, compactly."""
    compares = report.supersedes is not None
    messages = {finding.check: finding.message for finding in found}
    made = [
        ReadGroup(f"{KIND_TITLES[kind]} ({len(lines)})", lines, compares)
        for kind in DifferenceKind
        if (compares or kind is not DifferenceKind.EXPLANATION)
        and (mine := [one for one in changes if one.kind is kind])
        and (
            lines := tuple(
                _counts(report, mine)
                if kind is DifferenceKind.CELL and not compares
                else (_line(one, messages) for one in mine)
            )
        )
    ]
    for level, title in _LEVELS.items():
        said = tuple(
            ReadLine(one.message, "", report.explanations.get(one.check, ""), one.place)
            for one in found
            if one.level == level
        )
        if said:
            made.append(ReadGroup(f"{title} ({len(said)})", said, compares=False))
    return tuple(made)


def _line(one: Difference, messages: Mapping[str, str]) -> ReadLine:
    spot = _SPOTS.get(one.kind, "").format(one.where)
    if one.kind in _PROSE or (one.kind in _LISTED and not (one.old and one.new)):
        return ReadLine(messages.get(one.where, one.title), "", "", spot, near_changes(pieces(one.old, one.new)))
    return ReadLine(one.title, one.old, one.new, spot)


def _counts(report: Report, changes: list[Difference]) -> Iterator[ReadLine]:
    """The cells of a count in one line: Nữ 12; Nam 30."""
    of_count: dict[str, list[Difference]] = {}
    for one in changes:
        of_count.setdefault(report.form.count_of_cell[one.where].id, []).append(one)
    for id, cells in of_count.items():
        count = report.form.counts[id]
        named = [(part_words(count, one.where, "{}"), one.new) for one in cells]
        told = "; ".join(f"{part}: {new}".strip() if part else new.strip() for part, new in named)
        yield ReadLine(f"{count.number}. {count.title}", "", told, cells[0].where)
