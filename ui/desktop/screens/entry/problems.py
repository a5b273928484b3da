"""What is wrong, beside the strip: choose one to go there; a warning takes its reason here, last period's by one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from forms.checks.finding import Finding
from ui.desktop import theme
from ui.desktop.screens.entry.table.wrapping import wrapped
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Line
from ui.desktop.widgets.icons import icon
from ui.desktop.widgets.plain import set_tip
from ui.desktop.widgets.text import Heading, Muted, set_tone

_GRADES = {"error": "lỗi", "warning": "cảnh báo", "hint": "gợi ý"}
_ASKED = "Lý do (gửi kèm báo cáo), rồi Enter"
_AROUND, _MOST_LINES = 42, 6  # what an item leaves around its words
_Role = Qt.ItemDataRole.UserRole
_WORDS = _Role + 1  # the whole of what an item says


class Problems(Card):
    """`wanted` is Finding.place; empty: the next blank cell. `explained`: a reason was given, and the keys are free."""

    wanted = Signal(str)
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
        self._list, self._reason = _Lines(), Line("Lý do của cảnh báo", _ASKED)
        self._again = Button("↓ Như kỳ trước", self._use_last, "quiet")
        self._reasons: Mapping[str, str] = {}
        self._before: Mapping[str, str] = {}
        self._lay_out()

    def show_problems(
        self, found: Sequence[Finding], blank: int, reasons: Mapping[str, str], before: Mapping[str, str]
    ) -> None:
        """`reasons` given now and `before`, in the period before, by check."""
        chosen = self.finding
        self._reasons, self._before = reasons, before
        self._list.blockSignals(True)  # the field of the reason must not go while one is typing in it
        self._list.clear()
        if blank:
            self._add("error", f"Còn {blank} ô chưa nhập. Chọn dòng này (hoặc F8) để tới ô trống kế tiếp.", None)
        for finding in found:
            words = finding.message + (f" — Lý do: {reasons.get(finding.check, '')}" if finding.explained else "")
            self._add("done" if finding.explained else finding.level, words, finding)
            if chosen and (finding.check, finding.place) == (chosen.check, chosen.place):
                self._list.setCurrentRow(self._list.count() - 1)
        if not self._list.count():
            self._add("done", "Không còn điểm nào phải xử lý.", None)
        self._list.blockSignals(False)
        self._counts.setText(_counted(found, blank))
        self._show_reason()

    @property
    def finding(self) -> Finding | None:
        """The chosen one."""
        item = self._list.currentItem()
        return item.data(_Role) if item is not None else None

    def mark(self, cell: str) -> None:
        """Choose what is wrong with the cell one stands on, unless somebody chooses here, or it is chosen already."""
        chosen, keys = self.finding, QApplication.focusWidget()
        if (keys is not None and self.isAncestorOf(keys)) or (chosen is not None and cell in chosen.cells):
            return
        for number in range(self._list.count()):
            finding = self._list.item(number).data(_Role)
            if finding is not None and cell in finding.cells:
                self._list.setCurrentRow(number)
                return
        self._list.setCurrentRow(-1)

    def ask_reason(self) -> bool:
        """Go to the field of the reason; False where no warning is chosen."""
        if self._reason_row.isVisible():
            self._reason.setFocus()
            self._reason.selectAll()
        return self._reason_row.isVisible()

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self._use_last()
            return True
        return super().eventFilter(watched, event)

    def _add(self, look: str, words: str, finding: Finding | None) -> None:
        item = QListWidgetItem(self._icons[look], self._list.lines(words))
        item.setData(_Role, finding)
        item.setData(_WORDS, words)
        grade = _GRADES.get(finding.level, "") if finding else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{grade}: {words}" if grade else words)
        set_tip(item, words)
        self._list.addItem(item)

    def _go(self) -> None:
        finding = self.finding
        if finding is None:
            self.wanted.emit("")
        elif finding.place:
            self.wanted.emit(finding.place)

    def _show_reason(self) -> None:
        finding = self.finding
        asks = finding is not None and finding.level == "warning"
        if not asks and self._reason_row.isAncestorOf(self._reason_row.window().focusWidget()):
            self._list.setFocus()
        self._reason_row.setVisible(asks)
        if finding is not None and asks:
            given, before = self._reasons.get(finding.check, ""), self._before.get(finding.check, "")
            given = self._reasons.get(f"reason:{finding.check}", given)
            self._reason.setText(given)
            self._reason.setPlaceholderText(f"Kỳ trước: {before} (↓ dùng lại)" if before else _ASKED)
            self._again.setVisible(bool(before) and not given)
            set_tip(self._again, before)

    def _use_last(self) -> None:
        """The reason of the period before, to be sent again or changed first."""
        finding = self.finding
        if finding is not None and (before := self._before.get(finding.check)):
            self._reason.setText(before)
            self._reason.setFocus()

    def _explain(self) -> None:
        finding = self.finding
        if finding is not None:
            self.explained.emit(finding.check, self._reason.text())

    def _lay_out(self) -> None:
        self.column.setContentsMargins(14, 9, 10, 9)
        self.column.setSpacing(5)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addSpacing(8)
        head.addWidget(self._counts, 1)
        set_tone(self._counts, "tone", "small")
        self._list.setAccessibleName("Danh sách điểm cần xử lý")
        self._list.setIconSize(QSize(16, 16))
        self._list.setStyleSheet(
            "QListWidget:!focus { border: 1px solid transparent; } QListWidget::item { padding: 2px 5px; }"
        )
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.itemClicked.connect(self._go)
        self._list.itemActivated.connect(self._go)
        self._list.currentItemChanged.connect(self._show_reason)
        self._reason.returnPressed.connect(self._explain)
        self._reason.installEventFilter(self)
        self._reason_row = QWidget()
        row = QHBoxLayout(self._reason_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._reason, 1)
        row.addWidget(self._again)
        self._reason_row.hide()
        self.column.addLayout(head)
        self.column.addWidget(self._list, 1)
        self.column.addWidget(self._reason_row)


class _Lines(QListWidget):
    """Long words in lines of its own making: Qt guesses the height of those that it wraps itself too low."""

    def lines(self, words: str) -> str:
        room = self.width() - self.iconSize().width() - _AROUND
        return "\n".join(wrapped(words, self.font(), max(120, room), _MOST_LINES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for number in range(self.count() if event.size().width() != event.oldSize().width() else 0):
            self.item(number).setText(self.lines(self.item(number).data(_WORDS)))
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())


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
