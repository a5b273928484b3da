"""Decides what the tree of units shows: each place in words, which of them are seen, what is told of the one that is stood on.
No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from forms.exchange.statements import ARRIVAL_TITLES, Arrival
from forms.model.expression import Lack
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.text import collation_key
from forms.org_units.unit_words import units_counted
from forms.services.reports_on_offer import capitalised
from forms.services.unit_tree import (
    SENT_BY_TITLES,
    UNIT_STATE_TITLES,
    WAITING,
    Measured,
    UnitNode,
    UnitState,
    chosen_first,
    if_as_before,
    matching,
    measures,
    quantity_of,
    results_before,
)
from forms.summary.totals import Result
from forms.summary.verdict import VERDICT_TITLES
from ui.desktop.number_wording import counted, quantity_words, short_period, value_text
from ui.desktop.receiving.results import when
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row

NAME, STATE, HAS, DAY, BY, REVISION = range(6)  # the columns before the figures
_LOOKS = {
    UnitState.CONFLICT: ("warning", "warning"),
    UnitState.HELD: ("warning", "warning"),
    UnitState.MISSING: ("error", "error"),
    UnitState.LATE: ("warning", "done"),
    UnitState.ON_BEHALF: ("accent", "entry"),
    UnitState.ON_TIME: ("good", "done"),
}
_CHIPS = tuple(reversed(UnitState))  # as they are read: what is well first
_HELD_MEANING = {
    Arrival.CONFLICT: "Có gói khác với bản đã nhận, hoặc hai gói khác nhau cùng một lần gửi. Số đã nhận giữ nguyên; hỏi lại đơn vị bản "
    "nào đúng.",
    Arrival.PARKED: "Có gói đang chờ: bản trước của nó chưa tới hoặc đang giữ lại, hoặc chương trình của nó chưa có trên máy "
    "này. Có phần còn thiếu thì gói được xét lại.",
    Arrival.QUARANTINED: "Có gói giữ riêng, chưa cộng vào tổng. Hỏi lại đơn vị; bản gửi sau theo nó cũng chờ cho tới khi bản này "
    "được giải quyết.",
}
_WAYS_IN = (
    "Chưa nhận được báo cáo nào của kỳ này. Có ba cách: nhận gói báo cáo (USB, thư mục); nhận mẫu Excel đơn vị điền và gửi lại; "
    "nhập thay từ báo cáo giấy."
)
_MOST_TURNED, _MOST_IN_CARD, _MOST_WEIGHED = 3, 6, 600


@dataclass(frozen=True, slots=True)
class StateChip:
    """A state that the tree can be narrowed to, and how many are in it; `state` None: all."""

    state: UnitState | None
    words: str
    count: int
    tone: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class UnitCard:
    """What is told beside the tree of the place that is stood on. `effect`: what the figures of a period ago would change."""

    title: str = ""
    state: ListItem | None = None
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[ListRow, ...] = ()
    effect: str = ""
    can_open: bool = False
    is_leaf: bool = False
    blank_forms: tuple[str, ...] = ()  # codes of those that may be sent a fill-in workbook
    on_behalf: str = ""  # the code of who may be entered from paper: nothing that it sealed stands


class TreeRow:
    """A place of the tree; its words are made when it is first seen."""

    def __init__(self, node: UnitNode, columns: tuple[Measured, ...], today: date, *, by_name: bool) -> None:
        self.node, self._columns, self._today = node, columns, today
        self.children = [
            TreeRow(one, columns, today, by_name=by_name) for one in chosen_first(node.children, by_name=by_name)
        ]

    @property
    def id(self) -> str:
        return self.node.id

    @cached_property
    def items(self) -> tuple[ListItem, ...]:
        node, head, bundle = self.node, self.node.head, self.node.bundle
        has, asked = node.answered
        at, revision = (
            (head.received_at, "" if head.is_on_behalf else head.revision)
            if head
            else (bundle.at, bundle.revision)
            if bundle
            else (None, "")
        )
        return (
            ListItem(node.title),
            self.state,
            ListItem(
                f"{has}/{asked}{' ô' if node.is_leaf else ''}" if asked else "", "muted" if node.is_leaf else "plain"
            ),
            ListItem(f"{at:%d/%m/%Y}" if at else ""),
            ListItem(_way(node), "muted"),
            ListItem(str(revision)),
            *(ListItem(_figure(node, one)) if node.received else ListItem("") for one in self._columns),
        )

    @property
    def state(self) -> ListItem:
        return state_item(self.node, self._today)

    @property
    def note(self) -> str:
        """Its tooltip, and what a reader of the screen is told."""
        node, head = self.node, self.node.head
        code = f" (mã {node.unit.code})" if node.unit else ""
        if not node.is_leaf:
            return f"{node.title}{code}: {counted(node.received)} trong {counted(len(node.leaves))} đơn vị đã tính vào tổng"
        sent = (
            f"lần gửi {head.revision}, nhận lúc {when(head.received_at)}" if head else "chưa có báo cáo nào được tính"
        )
        return "\n".join([f"{node.title}{code}: {sent}", *([_HELD_MEANING[node.held]] if node.held else [])])


def state_item(node: UnitNode, today: date) -> ListItem:
    """How a place stands, in words; a district that sent but lacks communes is no red matter."""
    overdue = node.is_overdue(today)
    if node.state:
        words, (tone, icon) = UNIT_STATE_TITLES[node.state], _LOOKS[node.state]
        if node.state is UnitState.MISSING and not overdue:
            return ListItem("Chưa gửi", "muted", "hint")
        if node.state is UnitState.HELD and node.held:
            words = ARRIVAL_TITLES[node.held]
        return ListItem("Đã nhận" if node.state is UnitState.ON_TIME else words, tone, icon)
    lacks, asks = node.states[UnitState.MISSING], node.states[UnitState.CONFLICT] + node.states[UnitState.HELD]
    said = [
        words for words in (f"thiếu {counted(lacks)}" if lacks else "", f"chờ {counted(asks)}" if asks else "") if words
    ]
    if node.gathers and node.bundle is None and node.missing:
        return ListItem("Chưa chuyển lên", *(("error", "error") if overdue else ("muted", "hint")))
    if node.gathers and node.bundle is not None:
        said.insert(0, "đã nhận")
    if lacks or asks:
        tone = "muted" if node.whole else "warning" if node.gathers or not overdue else "error"
        return ListItem(capitalised(", ".join(said)), tone, "hint" if tone == "muted" else tone)
    return ListItem("Đã nhận" if node.gathers and node.bundle else "Đã đủ", "good", "done")


def _way(node: UnitNode) -> str:
    if node.sent_by:
        return SENT_BY_TITLES[node.sent_by]
    if node.bundle:
        return "gói chuyển"
    return "từng gói" if node.gathers and node.received else ""


def _figure(node: UnitNode, of: Measured) -> str:
    quantity = quantity_of(node, of)
    if not isinstance(of, Indicator):
        return quantity_words(quantity)
    if node.is_leaf and of.kind is IndicatorKind.SHARE_OF_UNITS:  # one unit meets its rule or does not
        return "" if isinstance(quantity, Lack) else "đạt" if quantity else "chưa"
    return quantity_words(quantity, of.decimals)


def tree_columns(shown: Iterable[Measured]) -> tuple[ListColumnHead, ...]:
    figures = (
        ListColumnHead(f"{one.number} {'%' * (one.measure == '%')}".strip(), 56, "right")
        if isinstance(one, Indicator)
        else ListColumnHead(capitalised(one.measure), 76, "right")
        for one in shown
    )
    return (
        ListColumnHead("Đơn vị", 240),
        ListColumnHead("Trạng thái", 150),
        ListColumnHead("Đã có", 68, "right"),
        ListColumnHead("Nhận ngày", 94),
        ListColumnHead("Từ", 78),
        ListColumnHead("Lần", 42, "right"),
        *figures,
    )


@dataclass(frozen=True, slots=True)
class UnitTreePage:
    """`accepted`: the leaves that are seen, None for all; `unfolded` at first. `shown`: how many columns of figures are seen before
    somebody chooses others; `titles` of all. What did not change is the same object."""

    root: TreeRow | None = None
    columns: tuple[ListColumnHead, ...] = ()
    titles: tuple[str, ...] = ()
    shown: int = 0
    unfolded: frozenset[str] = frozenset()
    chips: tuple[StateChip, ...] = ()
    state: UnitState | None = None
    accepted: frozenset[str] | None = None
    by_name: bool = False
    card: UnitCard = UnitCard()
    counted: str = ""


class UnitTreePresenter:
    """Of one period. `today` says what is overdue."""

    def __init__(
        self, show: Callable[[UnitTreePage], object], today: Callable[[], date], *, by_name: bool = False
    ) -> None:
        self._show, self._today = show, today
        self._page = UnitTreePage(by_name=by_name)
        self._text = self._here = ""
        self.root: UnitNode | None = None

    def show_tree(self, root: UnitNode) -> None:
        """Another period, or the same after something came. What is narrowed and stood on stays."""
        self.root = root
        shown, first = measures(root.status.form)
        self._page = replace(
            self._page,
            columns=tree_columns(shown),
            titles=tuple(one.title for one in shown),
            shown=first,
            chips=_chips(root, self._today()),
            counted=_counted(root),
        )
        self._arranged()

    def narrow(self, text: str, state: UnitState | None) -> None:
        """To the units that have the text, in one state."""
        self._text = text
        self._now(state=state, accepted=self._accepted(state))

    def sort(self, *, by_name: bool) -> None:
        self._page = replace(self._page, by_name=by_name)
        self._arranged()

    def stand(self, id: str) -> None:
        """What is told of a place; of none where nothing is stood on."""
        self._here = id
        self._now(card=self._card())

    def next_waiting(self, *, back: bool = False) -> str:
        """The leaf after the one that is stood on which waits for somebody, of those that are seen; round and round."""
        order = list(self._leaves(self._page.root)) if self._page.root else []
        order = order[::-1] if back else order
        at = order.index(self._here) if self._here in order else -1
        accepted, states = self._page.accepted, {one.id: one.state for one in (self.root.leaves if self.root else ())}
        for id in [*order[at + 1 :], *order[: at + 1]]:
            if states.get(id) in WAITING and (accepted is None or id in accepted):
                return id
        return ""

    @property
    def missing_names(self) -> str:
        """Of whom nothing counts yet, a line each, for a message that reminds them."""
        missing = [one for one in self.root.leaves if one.state is UnitState.MISSING] if self.root else []
        return "\n".join(sorted((one.unit.full_name for one in missing if one.unit), key=collation_key))

    def find(self, id: str) -> UnitNode | None:
        return next((one for one in self.root.every() if one.id == id), None) if self.root else None

    def _leaves(self, row: TreeRow) -> Iterator[str]:
        """In the order of the screen."""
        yield row.id
        for child in row.children:
            yield from self._leaves(child)

    def _arranged(self) -> None:
        if self.root is None:
            return
        columns, _ = measures(self.root.status.form)
        row = TreeRow(self.root, columns, self._today(), by_name=self._page.by_name)
        lacking = (one for one in row.children if one.children and one.node.received and one.node.missing)
        first = next((one.id for one in lacking), "")
        self._now(
            root=row,
            unfolded=frozenset({row.id, first}),
            accepted=self._accepted(self._page.state),
            card=self._card(),
        )

    def _accepted(self, state: UnitState | None) -> frozenset[str] | None:
        wanted = self._text.strip()
        return matching(self.root, wanted, state) if self.root and (wanted or state) else None

    def _card(self) -> UnitCard:
        node = self.find(self._here)
        if self.root is None:
            return UnitCard()
        if node is None or node is self.root:
            lines = (_WAYS_IN,) if not self.root.received else ()
            return _card(self.root, self.root, self._today(), lines)
        return _card(node, self.root, self._today())

    def _now(self, **changed: Any) -> None:
        self._page = replace(self._page, **changed)
        self._show(self._page)


def _chips(root: UnitNode, today: date) -> tuple[StateChip, ...]:
    """All, then each state that somebody is in; what is only late to be red is grey."""
    made = [StateChip(None, "Tất cả", len(root.leaves))]
    for state in _CHIPS:
        if count := root.states[state]:
            words, (tone, icon) = UNIT_STATE_TITLES[state], _LOOKS[state]
            if state is UnitState.MISSING and not root.is_overdue(today):
                words, tone, icon = "Chưa gửi", "muted", "hint"
            if state is UnitState.ON_TIME and root.status.due is None:
                words = "Đã nhận"
            made.append(StateChip(state, words, count, tone, icon))
    return tuple(made)


def _counted(root: UnitNode) -> str:
    status = root.status
    due = f"hạn gửi {status.due:%d/%m/%Y}" if status.due else "chưa đặt hạn gửi"
    last = max((head.received_at for head in status.heads.values()), default=None)
    came = f" · nhận lần cuối {when(last)}" if last else ""
    if titles := "; ".join(one.agency.title for one in status.questions):
        came += f" · chưa chọn ai trả lời thay {titles} (ở Cài đặt)"
    return f"{units_counted(status.expected)}: {counted(root.received)} đã tính vào tổng · {due}{came}"


def _card(node: UnitNode, root: UnitNode, today: date, more: tuple[str, ...] = ()) -> UnitCard:
    named = (
        f"{node.unit.full_name}: {node.title[0].lower()}{node.title[1:]}"
        if node.is_own_part and node.unit
        else node.title
    )
    missing = [one.unit.code for one in node.leaves if one.state is UnitState.MISSING and one.unit]
    period = node.status.period
    heads = ("Chỉ tiêu", short_period(period), *([short_period(period.previous())] if node.earlier else []))
    return UnitCard(
        named,
        state_item(node, today),
        (*_lines(node, today), *more),
        heads,
        tuple(_card_rows(node)) if node.received or node.earlier else (),
        _effect(root, node) if node.state is UnitState.MISSING else "",
        bool(node.received and (node.is_leaf or node.results)),
        node.is_leaf,
        tuple(missing),
        node.unit.code if node.unit and node.state in (UnitState.MISSING, UnitState.ON_BEHALF) else "",
    )


def _lines(node: UnitNode, today: date) -> Iterator[str]:
    status, head = node.status, node.head
    if node.unit and not node.is_own_part:
        yield f"Mã {node.unit.code}"
    if not node.is_leaf:
        yield f"{counted(node.received)} trong {counted(len(node.leaves))} đơn vị đã tính vào tổng"
        if node.bundle:
            yield f"Gói chuyển lần {node.bundle.revision}, nhận lúc {when(node.bundle.at)}"
        return
    if head:
        way = f" · {SENT_BY_TITLES[node.sent_by]}" if node.sent_by else ""
        if head.is_on_behalf:
            yield f"Nhập thay bởi {head.by}, lúc {when(head.received_at)}{way}"
        else:
            yield f"Lần gửi {head.revision}, nhận lúc {when(head.received_at)}{way}"
        if node.unit and status.is_late(node.unit):
            yield "Nhận sau hạn gửi"
    elif node.unit and (due := status.due_of(node.unit)):
        days = (today - due).days
        yield f"Quá hạn {counted(days)} ngày" if days > 0 else f"Hạn gửi {due:%d/%m/%Y}"
    if node.held:
        yield _HELD_MEANING[node.held]


def _card_rows(node: UnitNode) -> Iterator[ListRow]:
    """The figures that every level answers, beside those of a period ago."""
    before = {one.indicator.id: one for one in results_before(node)}
    shown, first = measures(node.status.form)
    wanted = [one for one in (*shown[:first], *shown[first:]) if isinstance(one, Indicator)][:_MOST_IN_CARD]
    for one in wanted:
        now = ListItem(_figure(node, one)) if node.received else ListItem("chưa có", "error")
        last = [ListItem(_of_leaf(before.get(one.id)), "muted")] if node.earlier else []
        yield row(one.id, f"{one.number} {one.title}", now, *last, note=one.title)


def _of_leaf(result: Result | None) -> str:
    if result is None:
        return ""
    if result.indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        return "" if isinstance(result.quantity, Lack) else "đạt" if result.quantity else "chưa"
    return value_text(result)


def _effect(root: UnitNode, node: UnitNode) -> str:
    """What would become of the whole if the unit said what it said before: the rates that move, and verdicts that turn."""
    if len(root.leaves) > _MOST_WEIGHED:  # it adds everything up once more while somebody waits
        return ""
    now = {one.indicator.id: one for one in root.results}
    told = []
    for one in if_as_before(root, node):
        old = now[one.indicator.id]
        if value_text(old) == value_text(one) or not value_text(one):
            continue
        turned = f" ({VERDICT_TITLES[one.verdict].lower()})" if one.verdict is not old.verdict else ""
        told.append(f"{one.indicator.number} từ {value_text(old) or 'chưa có'} thành {value_text(one)}{turned}")
    if not told:
        return ""
    before = short_period(node.status.period.previous())
    return f"Nếu đơn vị như {before}: {'; '.join(told[:_MOST_TURNED])}."
