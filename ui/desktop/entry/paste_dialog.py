"""What a paste would change, shown before it is taken: old → new, and why a text is not taken. Enter takes, Esc leaves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.entry.paste import FIT_TITLES, Landing, PastedFate, PastePlan
from ui.desktop.rows import ListColumnHead, ListItem, ListRow
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill

_COLUMNS = (
    ListColumnHead("Ô", 0),
    ListColumnHead("Đang có", 90, "right"),
    ListColumnHead("Sẽ là", 110, "right"),
    ListColumnHead("", 250),
)
_LOOKS = {
    PastedFate.NEW: ("accent", "check"),
    PastedFate.SAME: ("muted", ""),
    PastedFate.SKIPPED: ("muted", "hint"),
    PastedFate.REFUSED: ("error", "error"),
}
_SAID = {
    PastedFate.NEW: "Đổi",
    PastedFate.SAME: "Không đổi",
    PastedFate.SKIPPED: "Bỏ qua",
    PastedFate.REFUSED: "Không nhận",
}
_WIDTH, _HEIGHT = 860, 560


class PasteDialog(QDialog):
    """Over several ways in which the block can fall, the likeliest first. All of it is taken, or nothing."""

    taken = Signal(object)  # the Plan

    def __init__(self, plans: Sequence[PastePlan], parent: QWidget) -> None:
        super().__init__(parent)
        self._plans, self._at = plans, 0
        self._counts, self._why, self._list = Pill(), MutedLabel(), Listing("Những ô sẽ đổi", wraps=True)
        self._other = Button("", self._turn)
        self._take = Button("Dán (Enter)", self.accept, "primary")
        self.setWindowTitle("Dán vào biểu")
        self.resize(_WIDTH, _HEIGHT)
        self._lay_out()
        self._list.opened.connect(self.accept)
        self._show()
        (self._take if self._take.isEnabled() else self._list).setFocus()

    @property
    def plan(self) -> PastePlan:
        """The way that is shown."""
        return self._plans[self._at]

    def accept(self) -> None:
        """Enter: nothing happens while a text is refused."""
        if self.plan.cells:
            super().accept()
            self.taken.emit(self.plan)

    def _turn(self) -> None:
        self._at = (self._at + 1) % len(self._plans)
        self._show()

    def _show(self) -> None:
        plan = self.plan
        words, tone = _counted(plan)
        self._counts.say(words, tone)
        self._why.setText(_advice(plan))
        self._take.setEnabled(bool(plan.cells))
        self._other.setVisible(len(self._plans) > 1)
        other = self._plans[(self._at + 1) % len(self._plans)]
        self._other.setText(f"Đặt &lại: {FIT_TITLES[other.fit]}")
        order = sorted(plan.landings, key=lambda one: one.fate is not PastedFate.REFUSED)
        self._list.show_rows(_COLUMNS, [_row(number, one) for number, one in enumerate(order)])

    def _lay_out(self) -> None:
        column, head, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        head.addWidget(HeadingLabel("Dán sẽ đổi những ô sau"))
        head.addSpacing(10)
        head.addWidget(self._counts)
        head.addStretch(1)
        foot.addWidget(self._other)
        foot.addStretch(1)
        foot.addWidget(Button("Thôi (Esc)", self.reject))
        foot.addWidget(self._take)
        column.addLayout(head)
        column.addWidget(self._why)
        column.addWidget(self._list, 1)
        column.addLayout(foot)


def _row(number: int, one: Landing) -> ListRow:
    tone, sign = _LOOKS[one.fate]
    said = f"{_SAID[one.fate]}. {one.said}" if one.said else _SAID[one.fate]
    plain = "muted" if one.fate in (PastedFate.SAME, PastedFate.SKIPPED) else "plain"
    new = ListItem(one.new or ("(để trống)" if one.fate is PastedFate.NEW else ""), tone)
    return ListRow(
        str(number), (ListItem(one.label, plain), ListItem(one.old, "muted"), new, ListItem(said, tone, sign))
    )


def _counted(plan: PastePlan) -> tuple[str, str]:
    told = [f"{number} ô đổi" for number in (plan.number(PastedFate.NEW),) if number]
    told += [f"{number} ô như cũ" for number in (plan.number(PastedFate.SAME),) if number]
    told += [f"{number} ô bỏ qua" for number in (plan.number(PastedFate.SKIPPED),) if number]
    told += [f"{plan.refused} ô không nhận" for _ in range(bool(plan.refused))]
    return " · ".join(told) or "Không có gì để dán", "error" if plan.refused else "accent"


def _advice(plan: PastePlan) -> str:
    placed = f"Đặt {FIT_TITLES[plan.fit]}. "
    if plan.refused:
        return (
            placed
            + "Còn ô không nhận được nên chưa dán ô nào. Sửa ở bảng tính rồi chép lại, hoặc đứng ở ô khác mà dán."
        )
    if not plan.cells:
        return placed + "Mọi ô đều đã như vậy."
    return placed + "Dán cả khối, hoặc không dán gì. Ctrl+Z lấy lại được."
