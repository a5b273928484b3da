"""Puts what is to be done into words: the day, a row for each report with its one next step, the earlier periods on request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from forms.all_services import Services
from forms.model.report import REPORT_STATE_TITLES
from forms.org_units.unit_words import units_counted
from forms.services.reports_on_offer import is_over
from forms.services.todo import DueDay, TodoItem, TodoList, TodoState, TodoStep, Urgency
from ui.desktop.shell import Location, page_of

_NAMED_PROGRAMMES, _NAMED_UNITS = 3, 4  # that are called by name
# What is said of a state and the tone of its pill; `{}` is how many.
_STATES = {
    TodoState.UNTOUCHED: ("Chưa bắt đầu", "plain"),
    TodoState.WRONG: ("{} lỗi cần sửa", "error"),
    TodoState.REASONS: ("{} cảnh báo cần lý do", "warning"),
    TodoState.FILLING: ("Đang nhập", "accent"),
    TodoState.GIVEN_BACK: ("Thủ trưởng trả lại", "warning"),
    TodoState.FOR_ME: ("Chờ anh, chị duyệt", "accent"),
    TodoState.FOR_HEAD: ("Chờ thủ trưởng duyệt", "accent"),
    TodoState.UNSENT: ("Đã niêm phong, chưa xuất gói", "accent"),
    TodoState.MISSING: ("Còn thiếu {}", "plain"),
    TodoState.COMPLETE: ("Đã nhận đủ", "good"),
}
_VERBS = {
    TodoStep.APPROVE: "Duyệt",
    TodoStep.LOOK_AT_WAITING: "Xem",
    TodoStep.WRITE_OUT: "Xuất gói",
    TodoStep.READ: "Xem báo cáo",
    TodoStep.PUT_RIGHT: "Sửa lại",
    TodoStep.MEND: "Sửa lỗi",
    TodoStep.NOTE_NEWS: "Ghi tin, bài",
    TodoStep.BEGIN: "Bắt đầu nhập",
    TodoStep.GO_ON: "Nhập tiếp",
    TodoStep.EXPLAIN: "Giải trình",
    TodoStep.FILL_IN: "Nhập số liệu",
    TodoStep.HAND_OVER: "Chuyển duyệt",
    TodoStep.SEAL: "Niêm phong",
    TodoStep.RECEIVE: "Nhận gói",
    TodoStep.LOOK_AT_SUMS: "Xem tổng hợp",
}
# The screen of a step; the others are taken where their spot is, or on the screen of the whole report.
_PAGES = {
    TodoStep.APPROVE: "approval",
    TodoStep.LOOK_AT_WAITING: "approval",
    TodoStep.HAND_OVER: "approval",
    TodoStep.WRITE_OUT: "packages",
    TodoStep.NOTE_NEWS: "news",
    TodoStep.EXPLAIN: "entry",
    TodoStep.RECEIVE: "receiving",
    TodoStep.LOOK_AT_SUMS: "receiving",
}


@dataclass(frozen=True, slots=True)
class TodoRow:
    """`counted` is how far it is; `note` the first thing that is wrong or missing; `target` where the step is taken."""

    title: str
    detail: str
    note: str
    state: str
    tone: str
    counted: str
    due: str
    verb: str
    page: str
    target: str
    item: TodoItem

    @property
    def settled(self) -> bool:
        return self.item.rank is Urgency.SETTLED


@dataclass(frozen=True, slots=True)
class HomePage:
    """`before`: the earlier periods; None while nobody has asked for them."""

    day: str
    note: str
    rows: tuple[TodoRow, ...]
    before: tuple[TodoRow, ...] | None


class HomePresenter:
    def __init__(self, show: Callable[[HomePage], object], desk: Services) -> None:
        self._show, self._desk = show, desk
        self._shows_before = False

    def refresh(self) -> None:
        todo = self._desk.todo.now()
        before = self._desk.todo.before() if self._shows_before else None
        earlier = None if before is None else self._rows(todo, before)
        day = f"Hôm nay, {todo.today:%d/%m/%Y}"
        self._show(HomePage(day, _followed(todo), self._rows(todo, todo.items), earlier))

    def turn_before(self) -> None:
        """Show the earlier periods, or put them away again."""
        self._shows_before = not self._shows_before
        self.refresh()

    def _rows(self, todo: TodoList, items: tuple[TodoItem, ...]) -> tuple[TodoRow, ...]:
        several, collates = len(todo.followed) > 1, self._desk.office.collates
        return tuple(_row(item, several=several, collates=collates) for item in items)


def signs(todo: TodoList) -> dict[str, int]:
    """How much presses, by the screen where each goes on."""
    return dict(Counter(page_of_step(item) for item in todo.items if item.presses))


_LONGEST_CALLED = 20  # of a column of the page; several kinds of units together are told by the note


def page_of_step(item: TodoItem) -> str:
    whole = "entry" if item.form.counts else "texts"
    return _PAGES.get(item.step) or (page_of(item.spot) if item.spot else whole)


def _row(item: TodoItem, *, several: bool, collates: bool) -> TodoRow:
    """`several`: forms of more than one programme are listed; `collates`: beside those of the units below."""
    title = f"Biểu {item.form.number} · {item.programme.short_title}" if several else item.form.title
    noun = "mục" if item.is_own else item.called if len(item.called) <= _LONGEST_CALLED else "đơn vị"
    return TodoRow(
        f"{title} – số liệu của chính đơn vị" if item.is_own and collates else title,
        f"Báo cáo {item.period.words}",
        _note(item),
        *_state(item),
        f"{item.done}/{item.total} {noun}" if item.total else f"Không có {noun} bắt buộc",
        _due(item.due),
        _VERBS[item.step],
        page_of_step(item),
        str(Location(item.programme.id, item.period, item.spot)),
        item,
    )


def _state(item: TodoItem) -> tuple[str, str]:
    if item.state is TodoState.READY:
        hands_over = item.step is TodoStep.HAND_OVER
        return f"Đủ số liệu, {'chờ chuyển duyệt' if hands_over else 'chờ niêm phong'}", "good"
    if item.state is TodoState.FINISHED:
        return REPORT_STATE_TITLES[item.report_state], "good"
    words, tone = _STATES[item.state]
    how_many: object = item.count
    if item.state is TodoState.MISSING:
        called = units_counted(item.missing)
        how_many = called if len(called) <= _LONGEST_CALLED else f"{len(item.missing)} đơn vị"
    return words.format(how_many), "warning" if item.state is TodoState.MISSING and item.done else tone


def _note(item: TodoItem) -> str:
    """What the head wants changed, who waits for whom, or the first thing that keeps a begun report from being sealed
    (blank cells are told by the bar); of the units below who has not sent yet, by name while they are few."""
    if item.remark:
        return f"Cần sửa: {item.remark}"
    if item.handed:
        by, to = item.handed.by, item.handed.to
        names = f"{by.name if by else 'Người đã rời sổ'} chuyển {to.name if to else 'người đã rời sổ'}"
        return f"{names} lúc {item.handed.at:%H:%M ngày %d/%m/%Y}."
    names_missing = [unit.full_name for unit in item.missing]
    if not names_missing or len(names_missing) == item.total:
        return item.problem
    left = len(names_missing) - _NAMED_UNITS
    more = f" và {units_counted(item.missing[_NAMED_UNITS:])} khác" if left > 0 else ""
    return f"Chưa gửi: {', '.join(names_missing[:_NAMED_UNITS])}{more}."


def _due(due: DueDay) -> str:
    if due.day is None:
        return "Chưa đặt hạn" if due.is_ours_to_set else "Nơi nhận chưa đặt hạn"
    said = due.plan_words or f"đến hết {due.day:%d/%m/%Y}"
    if due.left is None:
        return said
    if due.left < 0:
        return f"{said} – quá {-due.left} ngày"
    return f"{said} – {f'còn {due.left} ngày' if due.left else 'hôm nay'}"


def _followed(todo: TodoList) -> str:
    if over := [programme.short_title for programme in todo.followed if is_over(programme, todo.today)]:
        return f"{', '.join(over)} đã hết kỳ; đang hiện các kỳ của năm cuối."
    names = [programme.short_title for programme in todo.followed]
    more = f" và {len(names) - _NAMED_PROGRAMMES} chương trình khác" if len(names) > _NAMED_PROGRAMMES else ""
    return f"{' · '.join(names[:_NAMED_PROGRAMMES])}{more}"
