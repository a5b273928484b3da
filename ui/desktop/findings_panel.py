"""What is wrong with a report, below what is filled: choose one to go there; a warning takes its reason here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QWidget

from forms.model.finding import Finding
from ui.desktop import theme
from ui.desktop.widgets.cards import Button, Card, icon
from ui.desktop.widgets.fields import LineField
from ui.desktop.widgets.layout import add_to, hbox
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, set_tip, set_tone, wrapped

_GRADES = {"error": "lỗi", "warning": "cảnh báo", "hint": "gợi ý", "done": "đã có lý do"}
_ASKED = "Lý do (gửi kèm báo cáo), rồi Enter"
_AROUND, _MOST_LINES = 42, 6  # what an item leaves around its words
_HEIGHT, _LINE = 132, 17  # where it is as high as what it shows: at most so, where a line of text is as high as this
_Role = Qt.ItemDataRole.UserRole
_WORDS = _Role + 1  # the whole of what an item says


class FindingsPanel(Card):
    """`wanted` is where Finding.place leads; empty: the next blank cell. `explained`: a reason was given. Beside the grid
    (`beside_grid`) last period's reason is there by one key; else the panel is of one line while nothing is wrong: the room belongs
    to what is being written."""

    wanted = Signal(str)
    explained = Signal(str, str)  # check, reason

    def __init__(self, *, beside_grid: bool) -> None:
        super().__init__()
        look = theme.current()
        inks = {"error": look.error, "warning": look.warning, "hint": look.muted, "done": look.good}
        self._icons = {name: icon(name, ink) for name, ink in inks.items()}
        self._beside_grid, self._asks = beside_grid, True
        self._counts, self._list, self._reason = MutedLabel(), _Lines(), LineField("Lý do của cảnh báo", _ASKED)
        self._again = Button("↓ Như kỳ trước", self._use_last, "quiet")
        self._keep = Button("Ghi lý do", self._explain)
        self._reasons: Mapping[str, str] = {}
        self._before: Mapping[str, str] = {}
        self._list.setAccessibleName("Danh sách điểm cần xử lý")
        self._list.setIconSize(QSize(16, 16))
        padding = "2px 5px" if self._beside_grid else "3px 6px"
        self._list.setStyleSheet(
            f"QListWidget:!focus {{ border: 1px solid transparent; }} QListWidget::item {{ padding: {padding}; }}"
        )
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._go)
        self._list.itemActivated.connect(self._go)
        self._list.currentItemChanged.connect(self._show_reason)
        self._reason.returnPressed.connect(self._explain)
        self._reason_row = QWidget()
        self._again.hide()
        if self._beside_grid:
            self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
            self._reason.installEventFilter(self)
            set_tone(self._counts, "tone", "small")
            hbox((self._reason, 1), self._again, spacing=6, on=self._reason_row)
            margins, spacing = (14, 9, 10, 9), 5
        else:
            hbox((self._reason, 1), self._keep, on=self._reason_row)
            margins, spacing = (16, 8, 12, 8), 4
        self._reason_row.hide()
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(spacing)
        head = hbox(HeadingLabel("Kiểm tra"), 8, (self._counts, 1))
        add_to(self.column, head, (self._list, 1), self._reason_row)

    def show_problems(
        self,
        found: Sequence[Finding],
        reasons: Mapping[str, str],
        before: Mapping[str, str] | None = None,
        *,
        blank: int = 0,
        chosen: str = "",
        closed: bool = False,
    ) -> None:
        """`reasons` given now and `before`, in the period before, by check; `chosen`: the check to stand on, else the one where one
        was. `closed`: no reason can be given."""
        stood = self.finding
        self._reasons, self._before, self._asks = {} if closed else reasons, before or {}, not closed
        self._list.blockSignals(True)  # the field of the reason must not go while one is typing in it
        self._list.clear()
        if blank:
            self._add("error", f"Còn {blank} ô chưa nhập. Chọn dòng này (hoặc F8) để tới ô trống kế tiếp.", None)
        for finding in found:
            words = finding.message + (f" — Lý do: {reasons.get(finding.check, '')}" if finding.explained else "")
            self._add("done" if finding.explained else finding.level, words, finding)
            stays = stood is not None and (finding.check, finding.place) == (stood.check, stood.place)
            if finding.check == chosen if chosen else stays:
                self._list.setCurrentRow(self._list.count() - 1)
        if self._beside_grid and not self._list.count():
            self._add("done", "Không còn điểm nào phải xử lý.", None)
        self._list.blockSignals(False)
        self._counts.setText(findings_counted(found, blank, "" if self._beside_grid else _NOTHING_HERE))
        if not self._beside_grid:
            self._list.setVisible(bool(found))
            full = _HEIGHT * max(_LINE, self.fontMetrics().height()) // _LINE
            self.setFixedHeight(full if found else self.column.sizeHint().height())
        self._show_reason()

    @property
    def finding(self) -> Finding | None:
        item = self._list.currentItem()
        return item.data(_Role) if item is not None else None

    def mark(self, cell: str) -> None:
        """Choose what is wrong with the cell one stands on, unless somebody chooses here, or it is chosen already."""
        chosen, keys = self.finding, QApplication.focusWidget()
        if (keys is not None and self.isAncestorOf(keys)) or (chosen is not None and cell in chosen.cells):
            return
        found = (self._list.item(number).data(_Role) for number in range(self._list.count()))
        mine = (number for number, one in enumerate(found) if one is not None and cell in one.cells)
        self._list.setCurrentRow(next(mine, -1))

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
        grade = "" if finding is None else _GRADES["done" if finding.explained else finding.level]
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{grade}: {words}" if grade else words)
        set_tip(item, words)
        self._list.addItem(item)

    def _go(self) -> None:
        finding = self.finding
        if finding is None or finding.place:
            self.wanted.emit(finding.place if finding else "")

    def _show_reason(self) -> None:
        finding = self.finding
        asks = self._asks and finding is not None and finding.level == "warning"
        if not asks and self._reason_row.isAncestorOf(self._reason_row.window().focusWidget()):
            self._list.setFocus()
        self._reason_row.setVisible(asks)
        if finding is None or not asks or (self._reason.hasFocus() and not self._beside_grid):
            return
        before, given = self._before.get(finding.check, ""), self._reasons.get(finding.check, "")
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


_NOTHING_HERE = "Không còn điểm nào phải xử lý ở trang này."


def findings_counted(found: Sequence[Finding], blank: int = 0, nothing: str = "") -> str:
    """How many of each grade, in words; `nothing`: where there are none."""
    errors = sum(finding.level == "error" for finding in found)
    warnings = sum(finding.level == "warning" and not finding.explained for finding in found)
    hints = sum(finding.level == "hint" for finding in found)
    kinds = ((errors, "lỗi"), (blank, "ô trống"), (warnings, "cảnh báo cần lý do"), (hints, "gợi ý"))
    return " · ".join(f"{n} {words}" for n, words in kinds if n) or nothing
