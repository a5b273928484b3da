"""A filled form: which org unit, which period, which figures, in what state. Immutable; replaced, never changed.

A cell is never just a number. `given` holds an amount (0 is given); `blank` is not yet typed; `none` is "không phát
sinh"; `not_applicable` "không áp dụng"; `not_collected` "không thu thập". They stay apart in checks, package, sum
and print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from forms.errors import InputRefused, ReportStateError
from forms.expression import Lack, Quantity, weakest
from forms.news import MEASURES, NewsItem, in_order, within
from forms.org_unit import UnitKey
from forms.periods import Period
from forms.spec import Count, Form, Role

MAX_NOTE = 1000


class CellState(StrEnum):
    """What stands in a typed place; only `given` has an amount."""

    GIVEN = "given"
    BLANK = "blank"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"


STATE_TITLES = {
    CellState.GIVEN: "có số liệu",
    CellState.BLANK: "chưa nhập",
    CellState.NONE: "không phát sinh",
    CellState.NOT_APPLICABLE: "không áp dụng",
    CellState.NOT_COLLECTED: "không thu thập",
}
STATE_SIGNS = {CellState.BLANK: "", CellState.NONE: "-", CellState.NOT_APPLICABLE: "x", CellState.NOT_COLLECTED: "…"}
_LACKS = {
    CellState.BLANK: Lack.BLANK,
    CellState.NONE: Lack.NOT_ARISEN,
    CellState.NOT_APPLICABLE: Lack.NOT_APPLICABLE,
    CellState.NOT_COLLECTED: Lack.NOT_COLLECTED,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one typed place. `amount` is there exactly when the state is `given`."""

    state: CellState = CellState.BLANK
    amount: Decimal | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if (self.state is CellState.GIVEN) != (self.amount is not None):
            raise ValueError(f"a {self.state} cell with amount {self.amount}")

    @property
    def quantity(self) -> Quantity:
        return self.amount if self.amount is not None else _LACKS[self.state]


BLANK = Cell()


def given(amount: Decimal | int) -> Cell:
    """A cell with that figure and no note."""
    return Cell(CellState.GIVEN, Decimal(amount))


class ReportState(StrEnum):
    """How far a report is. The last three come with an answer from above, which no release reads yet."""

    DRAFT = "draft"
    SEALED = "sealed"
    EXPORTED = "exported"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


REPORT_STATE_TITLES = {
    ReportState.DRAFT: "Đang nhập",
    ReportState.SEALED: "Đã niêm phong",
    ReportState.EXPORTED: "Đã xuất gói",
    ReportState.ACCEPTED: "Nơi nhận đã nhận",
    ReportState.RETURNED: "Bị trả lại",
    ReportState.SUPERSEDED: "Đã thay thế",
}


class TaskState(StrEnum):
    """How far a task is."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a work programme and how far it has come (nhiệm vụ). `percent` 0..100."""

    id: str
    state: TaskState = TaskState.NOT_STARTED
    percent: int = 0
    started: date | None = None
    finished: date | None = None
    product: str = ""
    result: str = ""
    evidence: str = ""


class Nominee(StrEnum):
    """Who is proposed: several together or one by name."""

    COLLECTIVE = "collective"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Nomination:
    """A proposal for commendation (đề nghị khen thưởng)."""

    kind: Nominee
    name: str
    form: str = ""
    ground: str = ""


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

    form: Form
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
        """A cell, or a count that adds its parts."""
        count = self.form.counts.get(name)
        if count is not None and count.by:
            return total(self.cell(cell).quantity for cell in count.cells)
        return self.cell(name).quantity

    @property
    def expected_cells(self) -> tuple[str, ...]:
        return self.form.cells_for(self.role)

    @property
    def is_blank(self) -> bool:
        """It holds no figure: every cell is blank, not collected or does not apply."""
        return all(self.cell(name).state not in (CellState.GIVEN, CellState.NONE) for name in self.expected_cells)

    @property
    def has_no_figures(self) -> bool:
        """Nothing in it can be added up: every cell is blank or not collected."""
        open_states = (CellState.BLANK, CellState.NOT_COLLECTED)
        return all(self.cell(name).state in open_states for name in self.expected_cells)

    @property
    def is_all_zero(self) -> bool:
        """Every figure is nought or missing, and nothing says why: more likely a slip than a report."""
        amounts = [self.cell(name) for name in self.expected_cells]
        return (
            not self.news
            and not self.explanations
            and all(not cell.amount for cell in amounts)
            and any(cell.state is CellState.GIVEN for cell in amounts)
        )

    def with_cell(self, name: str, cell: Cell) -> Report:
        """Raises ReportStateError when sealed, InputRefused CELL_UNKNOWN for a cell this unit does not fill."""
        self.must_be_draft()
        if name not in self.expected_cells:
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
        cells = dict(self.cells) | news_cells(self.form, self.period, listed)
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

    def explained(self, check: str, reason: str) -> Report:
        """With the reason given for a warning; an empty reason takes it back."""
        self.must_be_draft()
        others = {key: old for key, old in self.explanations.items() if key != check}
        return replace(self, explanations=others | {check: reason} if reason else others)

    def reopened(self, digest: str) -> Report:
        """The draft of the next revision, following the sealed package with this digest. Raises ReportStateError."""
        if self.state is ReportState.DRAFT:
            raise ReportStateError("ALREADY_DRAFT", "Báo cáo đang mở để nhập, không cần mở lại.")
        return replace(self, state=ReportState.DRAFT, revision=self.revision + 1, supersedes=digest, changes=())

    def must_be_draft(self) -> None:
        """Raises ReportStateError REPORT_SEALED."""
        if self.state is not ReportState.DRAFT:
            raise ReportStateError(
                "REPORT_SEALED",
                f"Báo cáo {self.period.words} đã niêm phong nên không sửa được. "
                "Chọn “Mở bản thay thế” để lập lần gửi tiếp theo.",
                self.period.label,
            )


def total(parts: Iterable[Quantity]) -> Quantity:
    """The sum of a count's parts: a blank part makes it blank; parts that do not apply or did not arise add nothing."""
    quantities = list(parts)
    amounts = [q for q in quantities if isinstance(q, Decimal)]
    lacks = [q for q in quantities if isinstance(q, Lack)]
    open_lacks: list[Lack] = [q for q in lacks if q in (Lack.BLANK, Lack.NOT_COLLECTED)]
    if open_lacks:
        return weakest(open_lacks)
    return sum(amounts, Decimal(0)) if amounts else weakest(lacks)


def news_cells(form: Form, period: Period, items: Iterable[NewsItem]) -> dict[str, Cell]:
    """The cells that follow from the news ledger; a window without items gives none and leaves what was typed."""
    listed = tuple(items)
    counted = [count for count in form.counts.values() if count.from_news] if listed else []
    windows = {count.quarter: news_window(count, period) for count in counted}
    found = {quarter: within(listed, window) for quarter, window in windows.items()}
    return {
        count.id: given(MEASURES[count.from_news](found[count.quarter])) for count in counted if found[count.quarter]
    }


def news_window(count: Count, period: Period) -> Period:
    """The period whose items a news count counts: the form's own, or one quarter of its year."""
    return period.quarters()[count.quarter - 1] if count.quarter else period


def changes_between(old: Report, new: Report, reason: str) -> tuple[Change, ...]:
    """What a correction changed, cell by cell, as it is sealed and shown above."""
    names = sorted(set(old.cells) | set(new.cells))
    return tuple(
        Change(name, _as_text(old.cell(name)), _as_text(new.cell(name)), reason)
        for name in names
        if _as_text(old.cell(name)) != _as_text(new.cell(name))
    )


def _as_text(cell: Cell) -> str:
    return f"{cell.amount:f}" if cell.amount is not None else cell.state.value
