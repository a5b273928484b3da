"""What is wrong on this page, below it: choose one to go there; a warning takes its reason here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from forms.checks.finding import Finding
from ui.desktop import theme
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Line
from ui.desktop.widgets.icons import icon
from ui.desktop.widgets.plain import set_tip
from ui.desktop.widgets.text import Heading, Muted

_GRADES = {"error": "lỗi", "warning": "cảnh báo", "hint": "gợi ý", "done": "đã có lý do"}
_HEIGHT, _LINE = 132, 17  # the height where a line of text is as high as this
_Role = Qt.ItemDataRole.UserRole


class Problems(Card):
    wanted = Signal(str)  # the spot to go to
    explained = Signal(str, str)  # check, reason

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        inks = {"error": look.error, "warning": look.warning, "hint": look.muted, "done": look.good}
        self._icons = {name: icon(name, ink) for name, ink in inks.items()}
        self._counts, self._list = Muted(), QListWidget()
        self._reason = Line("Lý do của cảnh báo", "Lý do (gửi kèm báo cáo), rồi Enter")
        self._keep = Button("Ghi lý do", self._explain)
        self._reasons: Mapping[str, str] = {}
        self._lay_out()

    def show_problems(self, found: Sequence[Finding], reasons: Mapping[str, str], chosen: str, *, closed: bool) -> None:
        before = self._finding
        self._reasons = {} if closed else reasons
        self._list.blockSignals(True)  # the field of the reason must not go while one is typing in it
        self._list.clear()
        for finding in found:
            self._add(finding, reasons)
            stays = before is not None and (finding.check, finding.place) == (before.check, before.place)
            if finding.check == chosen if chosen else stays:
                self._list.setCurrentRow(self._list.count() - 1)
        self._list.blockSignals(False)
        self._list.setVisible(bool(found))
        self._set_height(is_empty=not found)
        self._counts.setText(counted(found))
        self._show_reason(asks=not closed)

    def _set_height(self, *, is_empty: bool) -> None:
        """Of one line where nothing is wrong: the room belongs to what is being written."""
        full = _HEIGHT * max(_LINE, self.fontMetrics().height()) // _LINE
        self.setFixedHeight(self.column.sizeHint().height() if is_empty else full)

    def _add(self, finding: Finding, reasons: Mapping[str, str]) -> None:
        grade = "done" if finding.explained else finding.level
        said = f" — Lý do: {reasons.get(finding.check, '')}" if finding.explained else ""
        item = QListWidgetItem(self._icons[grade], finding.message + said)
        item.setData(_Role, finding)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_GRADES[grade]}: {finding.message}{said}")
        set_tip(item, finding.message + said)
        self._list.addItem(item)

    @property
    def _finding(self) -> Finding | None:
        item = self._list.currentItem()
        return item.data(_Role) if item is not None else None

    def _go(self) -> None:
        if (finding := self._finding) is not None:
            self.wanted.emit(finding.spot)

    def _show_reason(self, *, asks: bool = True) -> None:
        finding = self._finding
        shown = asks and finding is not None and finding.level == "warning"
        if not shown and self._reason_row.isAncestorOf(self._reason_row.window().focusWidget()):
            self._list.setFocus()
        self._reason_row.setVisible(shown)
        if finding is not None and shown and not self._reason.hasFocus():
            self._reason.setText(self._reasons.get(finding.check, ""))

    def _explain(self) -> None:
        if (finding := self._finding) is not None:
            self.explained.emit(finding.check, self._reason.text())

    def _lay_out(self) -> None:
        self.column.setContentsMargins(16, 8, 12, 8)
        self.column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Heading("Kiểm tra"))
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
        self._list.currentItemChanged.connect(lambda *_: self._show_reason())
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


def counted(found: Sequence[Finding]) -> str:
    """How many of each grade, in words."""
    errors = sum(finding.level == "error" for finding in found)
    warnings = sum(finding.level == "warning" and not finding.explained for finding in found)
    hints = sum(finding.level == "hint" for finding in found)
    kinds = ((errors, "lỗi"), (warnings, "cảnh báo cần lý do"), (hints, "gợi ý"))
    return " · ".join(f"{n} {words}" for n, words in kinds if n) or "Không còn điểm nào phải xử lý ở trang này."
