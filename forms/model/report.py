"""A filled form: which org unit, which period, which figures, in what state. Immutable; replaced, never changed.

What a file brings into a report, whatever its make: a fill-in workbook, an office's own workbook, JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from forms.errors import InputRefused, ReportStateError
from forms.model.cell import BLANK, Cell, CellState, place, total
from forms.model.count import Role
from forms.model.expression import Quantity
from forms.model.form import Form
from forms.model.news_counting import news_cells
from forms.model.news_item import NewsItem, in_order, within
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.task import Nomination, Task


class ReportState(StrEnum):
    """How far a report is. `checked`: sealed by the preparer, before the head. The last three come with an answer from
    above, which no release reads yet."""

    DRAFT = "draft"
    CHECKED = "checked"
    SEALED = "sealed"
    EXPORTED = "exported"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


REPORT_STATE_TITLES = {
    ReportState.DRAFT: "Đang nhập",
    ReportState.CHECKED: "Chờ thủ trưởng duyệt",
    ReportState.SEALED: "Đã niêm phong",
    ReportState.EXPORTED: "Đã xuất gói",
    ReportState.ACCEPTED: "Nơi nhận đã nhận",
    ReportState.RETURNED: "Bị trả lại",
    ReportState.SUPERSEDED: "Đã thay thế",
}
OPEN_STATES = (ReportState.DRAFT, ReportState.CHECKED)  # not yet a package


TASK_IDLE = "task_idle:"  # and the task that is not begun: the warning whose reason says why
_STATED = (CellState.GIVEN, CellState.NONE, CellState.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction did to one cell, and why. Texts are as sealed: canonical amount or the state's name."""

    cell: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True)
class Report:
    """A form filled by one org unit for one period."""

    form: Form = field(repr=False)  # pages long
    unit: UnitKey
    role: Role
    period: Period
    cells: Mapping[str, Cell] = field(default_factory=dict)
    news: tuple[NewsItem, ...] = ()
    narratives: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    estimate: bool = False
    state: ReportState = ReportState.DRAFT
    revision: int = 1
    supersedes: str | None = None
    changes: tuple[Change, ...] = ()

    def cell(self, name: str) -> Cell:
        return self.cells.get(name, BLANK)

    def quantity(self, name: str) -> Quantity:
        """A cell, or a count that adds its parts; `reached@2015` is that year's."""
        bare, year = place(name) if "@" in name else (name, None)
        count = self.form.counts.get(bare)
        if count is not None and count.by:
            return total(self.cell(cell).quantity for cell in count.cells_at(year))
        return self.cell(name).quantity

    def task(self, id: str) -> Task:
        """As it was filled, or not yet begun."""
        return next((task for task in self.tasks if task.id == id), Task(id))

    @property
    def expected_cells(self) -> tuple[str, ...]:
        """What this unit may fill, in printed order."""
        return self.form.cells_for(self.role)

    @property
    def required_cells(self) -> frozenset[str]:
        """What it has to answer."""
        return self.form.required_for(self.role)

    @property
    def is_blank(self) -> bool:
        """Nothing was stated: no figure and no sign for why there is none, no work. Of a form that asks for no figures
        the texts are what is stated."""
        if _tells_of_work(self) or any(self.cell(name).state in _STATED for name in self.expected_cells):
            return False
        return bool(self.expected_cells) or not any(text.strip() for text in self.narratives.values())

    def with_cell(self, name: str, cell: Cell) -> Report:
        """Raises ReportStateError when sealed, InputRefused CELL_UNKNOWN for a cell this unit does not fill."""
        self.must_be_draft()
        if name not in self.form.count_of_cell or self.role not in self.form.count_of_cell[name].filled_by:
            raise InputRefused(
                "CELL_UNKNOWN",
                f"Biểu {self.form.number} không có ô “{name[:60]}” cho đơn vị này. "
                "Kiểm tra lại tên ô và phiên bản chương trình.",
                name[:60],
            )
        others = {key: old for key, old in self.cells.items() if key != name}
        return replace(self, cells=others if cell == BLANK else others | {name: cell})

    def with_news(self, items: Iterable[NewsItem]) -> Report:
        """The items of the ledger; counts that come from news follow wherever the ledger has items."""
        listed = in_order(items)
        found = news_cells(self.form, self.period, listed)
        own = {name: self.cell(name) for name in found}
        follow = {name: replace(cell, note=own[name].note, flagged=own[name].flagged) for name, cell in found.items()}
        cells = dict(self.cells) | follow
        return replace(self, news=within(listed, self.period) if self.form.has_news else (), cells=cells)

    def with_narrative(self, id: str, text: str) -> Report:
        """Empty text takes the section away. Raises ReportStateError when sealed, InputRefused NARRATIVE_UNKNOWN."""
        self.must_be_draft()
        if id not in {n.id for n in self.form.narratives}:
            raise InputRefused(
                "NARRATIVE_UNKNOWN",
                f"Biểu {self.form.number} không có mục lời văn “{id[:60]}”. Kiểm tra lại tên mục.",
                id[:60],
            )
        others = {key: old for key, old in self.narratives.items() if key != id}
        return replace(self, narratives=others | {id: text} if text else others)

    def with_task(self, task: Task) -> Report:
        """A task that is as nobody began it is not listed. Raises ReportStateError, InputRefused TASK_UNKNOWN."""
        self.must_be_draft()
        if task.id not in self.form.tasks:
            raise InputRefused(
                "TASK_UNKNOWN",
                f"Biểu {self.form.number} không có nhiệm vụ “{task.id[:60]}” cho đơn vị này. Kiểm tra lại mã nhiệm vụ.",
                task.id[:60],
            )
        others = [old for old in self.tasks if old.id != task.id]
        told = others if task == Task(task.id) else [*others, task]
        return replace(self, tasks=tuple(sorted(told, key=lambda one: one.id)))

    def with_nominations(self, nominations: Iterable[Nomination]) -> Report:
        """In the order given. Raises ReportStateError, InputRefused NOMINATION_NOT_HERE."""
        self.must_be_draft()
        listed = tuple(nominations)
        if listed and self.form.nominations is None:
            raise InputRefused(
                "NOMINATION_NOT_HERE",
                f"Biểu {self.form.number} không có phần đề nghị khen thưởng. Ghi vào báo cáo tổng kết, hoặc bỏ mục này.",
                "nominations",
            )
        return replace(self, nominations=listed)

    def explained(self, check: str, reason: str) -> Report:
        """With the reason given for a warning; an empty reason takes it back."""
        self.must_be_draft()
        others = {key: old for key, old in self.explanations.items() if key != check}
        return replace(self, explanations=others | {check: reason} if reason else others)

    def unmarked(self) -> Report:
        """As it is sealed: the office's own marks stay behind, and what is blank is not listed."""
        cells = {name: cell.unmarked for name, cell in self.cells.items()}
        return replace(self, cells={name: cell for name, cell in cells.items() if cell != BLANK})

    def reopened(self, digest: str) -> Report:
        """The draft of the next revision, following the sealed package with this digest. Raises ReportStateError."""
        if self.state in OPEN_STATES:
            raise ReportStateError("ALREADY_DRAFT", "Báo cáo đang mở để nhập, không cần mở lại.")
        return replace(self, state=ReportState.DRAFT, revision=self.revision + 1, supersedes=digest, changes=())

    def must_be_draft(self) -> None:
        """Raises ReportStateError REPORT_CHECKED, REPORT_SEALED."""
        if self.state is ReportState.CHECKED:
            raise ReportStateError(
                "REPORT_CHECKED",
                f"Báo cáo {self.period.words} đã chuyển thủ trưởng duyệt nên không sửa được. "
                "Chọn “Lấy lại để sửa” rồi sửa tiếp.",
                self.period.label,
            )
        if self.state is not ReportState.DRAFT:
            raise ReportStateError(
                "REPORT_SEALED",
                f"Báo cáo {self.period.words} đã niêm phong nên không sửa được. "
                "Chọn “Mở bản thay thế” để lập lần gửi tiếp theo.",
                self.period.label,
            )


def is_all_zero(report: Report) -> bool:
    """Every figure is nought and no work is told of: more likely a slip than a report."""
    amounts = [cell.amount for name in report.expected_cells if (cell := report.cell(name)).amount is not None]
    return bool(amounts) and not any(amounts) and not _tells_of_work(report)


def is_all_none(report: Report) -> bool:
    """Not a single figure, only signs for why there is none, and no work is told of."""
    states = [report.cell(name).state for name in report.expected_cells]
    return CellState.GIVEN not in states and any(state in _STATED for state in states) and not _tells_of_work(report)


def _tells_of_work(report: Report) -> bool:
    """Beside figures: items, tasks, proposals. A task that is not listed is as nobody began it; the reason given for that
    is told too."""
    return bool(report.news or report.tasks or report.nominations) or any(
        report.explanations.get(f"{TASK_IDLE}{id}") for id in report.form.tasks
    )


def changes_between(old: Report, new: Report, reason: str) -> tuple[Change, ...]:
    """What a correction changed, cell by cell, as it is sealed and shown above."""
    names = sorted(set(old.cells) | set(new.cells))
    return tuple(
        Change(name, as_sealed(old.cell(name)), as_sealed(new.cell(name)), reason)
        for name in names
        if as_sealed(old.cell(name)) != as_sealed(new.cell(name))
    )


def as_sealed(cell: Cell) -> str:
    """A cell in one word: the plain amount, or the name of its state."""
    return f"{cell.amount:f}" if cell.amount is not None else cell.state.value


@dataclass(frozen=True)
class ImportedReport:
    """What an import brings: the whole content of one report (JSON shape of the command line, DESIGN §8). `lists_news`: the
    list of items is said, be it empty; else an empty one says nothing."""

    programme: str
    period: Period
    as_of: date | None = None
    estimate: bool = False
    form: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    news: tuple[NewsItem, ...] = ()
    counted_by_rule: frozenset[str] = frozenset()  # ids of the items whose file does not say whether they count
    narratives: dict[str, str] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    explanations: dict[str, str] = field(default_factory=dict)
    lists_news: bool = False
