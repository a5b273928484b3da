"""What is wrong, below the grid: choose one to go there; a warning takes its reason here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from forms.checks.finding import Finding
from ui.desktop import theme
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Line
from ui.desktop.widgets.icons import icon
from ui.desktop.widgets.text import Heading, Muted

_GRADES = {"error": "lỗi", "warning": "cảnh báo", "hint": "gợi ý"}
_Role = Qt.ItemDataRole.UserRole


class Problems(Card):
    wanted = Signal(str)  # the cell to go to; empty: the next blank one
    explained = Signal(str, str)  # check, reason

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        self._icons = {
            "error": icon("error", look.error),
            "warning": icon("warning", look.warning),
            "hint": icon("hint", look.muted),
            "done": icon("done", look.good),
        }
        self._heading, self._counts = Heading("Kiểm tra"), Muted()
        self._list, self._reason = QListWidget(), Line("Lý do của cảnh báo", "Lý do (gửi kèm báo cáo), rồi Enter")
        self._keep = Button("Ghi lý do", self._explain)
        self._reasons: dict[str, str] = {}
        self._lay_out()

    def show_problems(self, found: Sequence[Finding], blank: int, reasons: dict[str, str]) -> None:
        chosen = self._finding()
        self._reasons = reasons
        self._list.blockSignals(True)  # the field of the reason must not go while one is typing in it
        self._list.clear()
        if blank:
            self._add("error", f"Còn {blank} ô chưa nhập. Chọn dòng này (hoặc F8) để tới ô trống kế tiếp.", None)
        for finding in found:
            words = finding.message + (f" — Lý do: {reasons.get(finding.check, '')}" if finding.explained else "")
            self._add("done" if finding.explained else finding.level, words, finding)
            if chosen and finding.check == chosen.check:
                self._list.setCurrentRow(self._list.count() - 1)
        if not self._list.count():
            self._add("done", "Không còn điểm nào phải xử lý.", None)
        self._list.blockSignals(False)
        self._counts.setText(_counted(found, blank))
        self._show_reason()

    def _add(self, look: str, words: str, finding: Finding | None) -> None:
        item = QListWidgetItem(self._icons[look], words)
        item.setData(_Role, finding)
        grade = _GRADES.get(finding.level, "") if finding else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{grade}: {words}" if grade else words)
        item.setToolTip(words)
        self._list.addItem(item)

    def _finding(self) -> Finding | None:
        item = self._list.currentItem()
        return item.data(_Role) if item is not None else None

    def _go(self) -> None:
        finding = self._finding()
        if finding is None:
            self.wanted.emit("")
        elif finding.cells:
            self.wanted.emit(finding.cells[0])

    def _show_reason(self) -> None:
        finding = self._finding()
        asks = finding is not None and finding.level == "warning"
        if not asks and self._reason_row.isAncestorOf(self._reason_row.window().focusWidget()):
            self._list.setFocus()
        self._reason_row.setVisible(asks)
        if finding is not None and asks:
            self._reason.setText(self._reasons.get(finding.check, ""))

    def _explain(self) -> None:
        finding = self._finding()
        if finding is not None:
            self.explained.emit(finding.check, self._reason.text())

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 10, 12, 10)
        self.column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addSpacing(8)
        head.addWidget(self._counts, 1)
        self._list.setAccessibleName("Danh sách điểm cần xử lý")
        self._list.setIconSize(QSize(16, 16))
        self._list.setStyleSheet(
            "QListWidget:!focus { border: 1px solid transparent; } QListWidget::item { padding: 3px 6px; }"
        )
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._go)
        self._list.itemActivated.connect(self._go)
        self._list.currentItemChanged.connect(self._show_reason)
        self._reason.returnPressed.connect(self._explain)
        self._reason_row = QWidget()
        row = QHBoxLayout(self._reason_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._reason, 1)
        row.addWidget(self._keep)
        self._reason_row.hide()
        self.column.addLayout(head)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._reason_row)


def _counted(found: Sequence[Finding], blank: int) -> str:
    errors = sum(finding.level == "error" for finding in found)
    warnings = sum(finding.level == "warning" and not finding.explained for finding in found)
    hints = sum(finding.level == "hint" for finding in found)
    parts = [
        f"{n} {words}"
        for n, words in ((errors, "lỗi"), (blank, "ô trống"), (warnings, "cảnh báo cần lý do"), (hints, "gợi ý"))
        if n
    ]
    return " · ".join(parts)
