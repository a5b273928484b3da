"""The keys of the entry screen: what each is called, and how it is bound. The card of keys is drawn from the same list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.text import Heading, set_tone


class Act(StrEnum):
    """What a key does wherever the focus is on the screen; the value is its key."""

    SHEET = "F1"
    NOTE = "Shift+F2"
    CARRY = "F4"
    CARRY_SECTION = "Shift+F4"
    FLAG = "F6"
    PROBLEM = "F7"
    PROBLEM_BACK = "Shift+F7"
    BLANK = "F8"
    BLANK_BACK = "Shift+F8"
    REASON = "F9"
    CONFIRM = "Ctrl+Return"
    FILL_DOWN = "Ctrl+D"
    UNDO = "Ctrl+Z"
    REDO = "Ctrl+Y"
    KEEP = "Ctrl+S"
    SEAL = "F12"
    SECTION = "Ctrl+PgDown"
    SECTION_BACK = "Ctrl+PgUp"


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


def bind(screen: QWidget, acts: Mapping[Act, Callable[[], object]], ready: Callable[[], bool]) -> None:
    """Each key acts wherever the focus is on the screen, while it is `ready`."""

    def guarded(do: Callable[[], object]) -> Callable[[], object]:
        return lambda: do() if ready() else None

    for act, do in acts.items():
        for key in (act.value, "Ctrl+Enter") if act is Act.CONFIRM else (act.value,):
            keys_inside(screen, key, guarded(do))


class KeyCard(QDialog):
    """Every key of the screen on one card; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Phím của trang Nhập số liệu")
        column, grid = QVBoxLayout(self), QGridLayout()
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(14)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(16)
        for number, (name, rows) in enumerate(CARD):
            grid.addWidget(_group(name, rows), number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        column.addWidget(Button("Đóng (Esc)", self.close), 0, Qt.AlignmentFlag.AlignRight)


def _group(name: str, rows: tuple[tuple[str, str], ...]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.addWidget(Heading(name), 0, 0, 1, 2)
    for number, (key, words) in enumerate(rows, 1):
        sign = Label(key)
        set_tone(sign, "tone", "label")
        grid.addWidget(sign, number, 0)
        grid.addWidget(Label(words), number, 1)
    grid.setColumnStretch(1, 1)
    return box
