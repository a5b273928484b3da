"""Decides what waits for the head's seal, what is shown of it, and who may do what with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from forms.all_services import Services
from forms.application import Application
from forms.checks import all_checks, completeness
from forms.errors import AppError
from forms.model.office import Person, PersonRole
from forms.model.report import Report, ReportState
from forms.services.approval import HandedOver
from forms.services.reports_on_offer import capitalised
from ui.desktop.approval.whole_report import ReadGroup, groups
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.shell import Location, Shell, page_of

COLUMNS = (ListColumnHead("Báo cáo"),)


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


class ApprovalFace(Protocol):
    def show_reports(self, rows: Sequence[ListRow], chosen: str) -> None: ...
    def show_report(self, shown: ShownReport | None) -> None:
        """None: nothing waits."""

    def show_problem(self, text: str) -> None: ...


class ApprovalPresenter:
    def __init__(self, face: ApprovalFace, desk: Services, program: Application, frame: Shell) -> None:
        self._face, self._desk, self._frame = face, desk, frame
        self._reports: dict[str, Report] = {}
        self._chosen = ""

    def start(self, place: str = "") -> None:
        """At every visit; `place` asks for a report: where it does not wait none is chosen, and none in its place."""
        self._reports = {str(_place(report)): report for report in (*self._waiting(), *self._ready())}
        wanted = place.partition("#")[0] + "#" if place else self._chosen
        first = "" if place else next(iter(self._reports), "")
        self._chosen = wanted if wanted in self._reports else first
        self._face.show_reports([self._row(id, one) for id, one in self._reports.items()], self._chosen)
        self.choose(self._chosen)

    def choose(self, id: str) -> None:
        self._chosen = id
        report = self._reports.get(id)
        self._face.show_problem("")
        self._face.show_report(self._shown(report) if report else None)

    def approve(self) -> None:
        """The head's seal, once confirmed; then the next that waits, or the package."""
        report = self._reports.get(self._chosen)
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
        report = self._reports.get(self._chosen)
        if report is None:
            return
        if not remark.strip():
            self._face.show_problem("Ghi điều cần sửa để người lập biểu biết, rồi trả lại.")
            return
        place = _place(report)
        if self._done(lambda: self._desk.approval.take_back(place.programme, place.period, remark)):
            self._frame.toast(f"Đã trả lại báo cáo {report.period.words}. Người lập biểu thấy điều cần sửa khi mở sổ.")
            self.start()

    def take_back(self) -> None:
        """The preparer goes on with it."""
        report = self._reports.get(self._chosen)
        if report is None:
            return
        place = _place(report)
        if self._done(lambda: self._desk.approval.take_back(place.programme, place.period)):
            self._frame.toast(f"Đã lấy lại báo cáo {report.period.words} để sửa.")
            self._frame.go("entry", str(place))

    def hand_over(self, head: str, reason: str) -> None:
        """To the head with that keyid."""
        report = self._reports.get(self._chosen)
        person = next((one for one in self._heads() if one.keyid == head), None)
        if report is not None and person is None:
            self._face.show_problem("Chọn thủ trưởng sẽ duyệt báo cáo này.")
        if report is None or person is None:
            return
        place, signer = _place(report), self._desk.ledger.own_signer()
        if self._done(
            lambda: self._desk.approval.hand_over(place.programme, place.period, signer, person, reason.strip())
        ):
            self._frame.toast(f"Đã chuyển {person.name} duyệt. Ctrl+Shift+K để đổi người dùng.")
            self.start(str(place))

    def print(self) -> None:
        """As it will be on paper."""
        if self._chosen:
            self._frame.go("printing", self._chosen)

    def go_to(self, spot: str) -> None:
        """Where that stands in the form."""
        if self._chosen:
            self._frame.go(page_of(spot), f"{self._chosen}{spot}")

    def _done(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except AppError as error:
            self._frame.ask.refused(error)
            self.start()
            return False
        return True

    def _waiting(self) -> list[Report]:
        """Those for this head first."""
        return sorted(
            self._desk.approval.waiting(), key=lambda report: self._stance(report) is not AvailableAction.APPROVE
        )

    def _ready(self) -> list[Report]:
        ready = [item for item in self._desk.todo.now().items if item.is_ready]
        return [self._desk.entry.open(item.programme.id, item.period) for item in ready]

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
        found = all_checks.find(report, self._desk.entry.context(report))
        stance = self._stance(report)
        sending = f", lần gửi {report.revision}" if report.revision > 1 else ""
        return ShownReport(
            f"{capitalised(report.period.words)}{sending}",
            f"{self._form(report)}. {self._history(report)}".strip(),
            _pills(report, completeness.parts(report, found)),
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
        handed = self._desk.approval.handed_over(report)
        return _handed(handed) if handed else ""

    def _form(self, report: Report) -> str:
        programme = self._desk.catalogue.programme(report.form.programme)
        return f"{programme.short_title}, biểu {report.form.number} {report.form.title}"

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


def _handed(handed: HandedOver) -> str:
    by = handed.by.name if handed.by else "người đã rời sổ"
    to = handed.to.name if handed.to else "người đã rời sổ"
    return f"{by} chuyển {to} lúc {handed.at:%H:%M ngày %d/%m/%Y}."


def _pills(report: Report, parts: Sequence[completeness.PartDone]) -> tuple[tuple[str, str], ...]:
    done, total = completeness.whole(parts)
    reasons = len(report.explanations)
    news = [(f"{len(report.news)} tin, bài", "plain")] if report.news else []
    whole = [(f"Đã điền {done}/{total} mục", "good" if done == total else "warning")] if total else []
    kept = [(f"{reasons} lý do kèm theo", "warning")] if reasons else [("Không có cảnh báo", "good")]
    return (*whole, *news, *kept)
