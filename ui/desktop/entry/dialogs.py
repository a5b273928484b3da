"""The windows of the entry screen: F1's sheet about a row, what a paste would change, every key on one card. Esc closes each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QWidget

from ui.desktop.entry.about import HelpChapter, Rows
from ui.desktop.entry.paste import FIT_TITLES, Landing, PastedFate, PastePlan
from ui.desktop.rows import ListColumnHead, ListItem, ListRow
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import HeadingLabel, Label, MutedLabel, Pill, WrappedLabel, set_tone

_SCROLLS = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 400, Qt.Key.Key_PageUp: -400}


class IndicatorHelp(QDialog):
    """The arrows scroll it."""

    def __init__(self, chapters: Sequence[HelpChapter], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Giải thích chỉ tiêu, số liệu")
        self.resize(620, 600)
        self._pages = Scrolling()
        for chapter in chapters:
            self._pages.column.addWidget(_chapter(chapter))
        self._pages.column.addStretch(1)
        close = Button("Đóng (Esc)", self.close)
        foot = (close, Qt.AlignmentFlag.AlignRight)
        vbox((self._pages, 1), foot, spacing=12, margins=(20, 18, 20, 16), on=self)
        close.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _SCROLLS:
            bar = self._pages.verticalScrollBar()
            bar.setValue(bar.value() + _SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _chapter(chapter: HelpChapter) -> Card:
    card = Card()
    heading = HeadingLabel(chapter.title)
    heading.setWordWrap(True)
    card.column.addWidget(heading)
    for head, text in chapter.parts:
        words = WrappedLabel(text)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.column.addLayout(vbox(MutedLabel(head), words, spacing=1))
    if chapter.history:
        card.column.addWidget(MutedLabel("Qua các kỳ"))
        card.column.addWidget(_history(chapter.history))
    return card


def _history(rows: Rows) -> QFrame:
    box = QFrame()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            label = Label(text)
            is_words = column == 0 or rows[0][column] == "Mốc"
            label.setAlignment(Qt.AlignmentFlag.AlignLeft if is_words else Qt.AlignmentFlag.AlignRight)
            set_tone(label, "tone", "small" if number == 0 or column == 0 or is_words else "")
            grid.addWidget(label, number, column)
    grid.setColumnStretch(len(rows[0]), 1)
    return box


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
        self.resize(860, 560)
        head = hbox(HeadingLabel("Dán sẽ đổi những ô sau"), 10, self._counts, None)
        foot = hbox(self._other, None, Button("Thôi (Esc)", self.reject), self._take)
        vbox(head, self._why, (self._list, 1), foot, spacing=12, margins=(24, 20, 24, 18), on=self)
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


def _row(number: int, one: Landing) -> ListRow:
    tone, sign = _LOOKS[one.fate]
    said = f"{_SAID[one.fate]}. {one.said}" if one.said else _SAID[one.fate]
    plain = "muted" if one.fate in (PastedFate.SAME, PastedFate.SKIPPED) else "plain"
    new = ListItem(one.new or ("(để trống)" if one.fate is PastedFate.NEW else ""), tone)
    return ListRow(
        str(number), (ListItem(one.label, plain), ListItem(one.old, "muted"), new, ListItem(said, tone, sign))
    )


def _counted(plan: PastePlan) -> tuple[str, str]:
    words = ("ô đổi", "ô như cũ", "ô bỏ qua", "ô không nhận")
    told = [f"{n} {said}" for fate, said in zip(PastedFate, words, strict=True) if (n := plan.number(fate))]
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


CARD = (
    ("Nhập", (
        ("0 … 9", "gõ đè lên ô"), ("F2", "sửa trong ô"), ("Enter, Tab", "ô kế tiếp; thêm Shift: ô trước"),
        ("↓  ↑", "xuống, lên trong cột"), ("Esc", "thôi, giữ số cũ"), ("Delete", "xóa ô"),
        ("-", "không phát sinh (gõ tiếp chữ số: số âm)"), ("x", "không áp dụng"), (".", "không thu thập"),
    )),
    ("Chép", (
        ("Ctrl+C, X, V", "chép, cắt, dán một khối (với cả Excel)"), ("Ctrl+D", "điền xuống"),
        ("F4", "chép số kỳ trước vào ô trống"), ("Shift+F4", "… vào cả phần"),
        ("Ctrl+Enter", "xác nhận số đã chép"), ("Ctrl+Z, Ctrl+Y", "lấy lại, làm lại"),
    )),
    ("Kiểm tra", (
        ("F7, F8", "điểm cần sửa, ô trống kế tiếp; thêm Shift: lùi"), ("F9", "ghi lý do cho cảnh báo của ô"),
        ("F6", "đánh dấu để xem lại"), ("Shift+F2", "ghi chú của ô"), ("F1", "giải thích chỉ tiêu, số liệu"),
        ("F12", "niêm phong, hoặc chuyển duyệt"),
    )),
    ("Đi lại", (
        ("Ctrl+PgUp, PgDn", "phần trước, phần sau"), ("Ctrl+Home, End", "ô đầu, ô cuối của phần"),
        ("Esc rồi Tab", "ra khỏi bảng"),
    )),
)  # fmt: skip


class KeysCard(QDialog):
    """Every key of the screen on one card; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Phím của trang Nhập số liệu")
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(16)
        for number, (name, rows) in enumerate(CARD):
            grid.addWidget(_group(name, rows), number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        close = (Button("Đóng (Esc)", self.close), Qt.AlignmentFlag.AlignRight)
        vbox(grid, close, spacing=14, margins=(24, 20, 24, 18), on=self)


def _group(name: str, rows: tuple[tuple[str, str], ...]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.addWidget(HeadingLabel(name), 0, 0, 1, 2)
    for number, (key, words) in enumerate(rows, 1):
        sign = Label(key)
        set_tone(sign, "tone", "label")
        grid.addWidget(sign, number, 0)
        grid.addWidget(Label(words), number, 1)
    grid.setColumnStretch(1, 1)
    return box
