"""Around the grid: findings, sections, the line of the cell, the card of keys.

What is wrong, beside the strip: choose one to go there; a warning takes its reason here, last period's by one key.

The column left of the grid: the report's parts with their completeness, and the day the figures stand for.

The strip below the grid: everything about the place one stands on, its note, and what the keys do there.

The keys of the entry screen: what each is called, and how it is bound. The card of keys is drawn from the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from forms.checks.completeness import PartDone, PartKind
from forms.model.finding import Finding
from forms.model.report import Report, ReportState
from ui.desktop import theme
from ui.desktop.entry.about import About
from ui.desktop.entry.grid_delegate import wrapped
from ui.desktop.entry.indicator_help import Cut
from ui.desktop.widgets.cards import Button, Card, icon
from ui.desktop.widgets.fields import DateField, LineField, keys_inside, labelled
from ui.desktop.widgets.plain_text import Label, set_tip
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, set_tone

_GRADES = {"error": "lỗi", "warning": "cảnh báo", "hint": "gợi ý"}
_ASKED = "Lý do (gửi kèm báo cáo), rồi Enter"
_AROUND, _MOST_LINES = 42, 6  # what an item leaves around its words
_Role = Qt.ItemDataRole.UserRole
_WORDS = _Role + 1  # the whole of what an item says


class FindingsPanel(Card):
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
        self._heading, self._counts = HeadingLabel("Kiểm tra"), MutedLabel()
        self._list, self._reason = _Lines(), LineField("Lý do của cảnh báo", _ASKED)
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


_WIDTH, _LINE, _WIDEST = 206, 17, 280  # the width where a line of text is as high as this, and where it ends
_AROUND_SECTION, _SECTION_LINES = 48, 4  # what the list leaves around its words, a scroll bar with it
_NOUNS = {
    PartKind.FIGURES: "ô",
    PartKind.TASKS: "nhiệm vụ",
    PartKind.NEWS: "tin, bài",
    PartKind.TEXTS: "mục",
    PartKind.NOMINATIONS: "đề nghị",
}


class SectionsPanel(QWidget):
    """`choose(number)` for a part, `dated(text, estimate)` for the day. Walking by arrows shows a section of figures at
    once; what has a screen of its own is opened by Enter or a click."""

    def __init__(self, choose: Callable[[int], None], dated: Callable[[str, bool], None]) -> None:
        super().__init__()
        look = theme.current()
        self._icons = {
            "wrong": icon("error", look.error),
            "done": icon("done", look.good),
            "open": icon("entry", look.disabled),
        }
        self._choose, self._dated, self._shown = choose, dated, ("", False)
        self._kinds: list[PartKind] = []
        self._parts, self._day = QListWidget(), DateField("Số liệu tính đến ngày")
        self._estimate = QCheckBox("Ước thực hiện cả kỳ")
        self.setFixedWidth(min(max(_WIDTH, _WIDTH * self.fontMetrics().height() // _LINE), _WIDEST))
        self._lay_out()
        self._parts.currentRowChanged.connect(self._walked)
        self._parts.itemActivated.connect(self._opened)
        self._parts.itemClicked.connect(self._opened)
        self._day.editingFinished.connect(self._tell)
        self._estimate.toggled.connect(self._tell)

    def show_parts(self, parts: Sequence[PartDone], chosen: int) -> None:
        self._kinds = [part.kind for part in parts]
        self._parts.blockSignals(True)
        while self._parts.count() > len(parts):
            self._parts.takeItem(self._parts.count() - 1)
        for number, part in enumerate(parts):
            if number == self._parts.count():
                self._parts.addItem(QListWidgetItem())
            item = self._parts.item(number)
            item.setText("\n".join((*self._lines(_titled(part)), *self._lines(_told(part)))))
            set_tip(item, _titled(part))
            item.setIcon(self._icons["wrong" if part.wrong else "done" if _is_done(part) else "open"])
        self._parts.setCurrentRow(chosen)
        self._parts.blockSignals(False)

    def show_report(self, report: Report, refused: str | None = None) -> None:
        """`refused`: a day that was typed and could not be read; it stays to be put right."""
        day = f"{report.as_of:%d/%m/%Y}" if report.as_of else ""
        self._shown = (day if refused is None else refused, report.estimate)
        set_tone(self._day, "wrong", "false" if refused is None else "true")
        self._estimate.blockSignals(True)
        self._estimate.setChecked(report.estimate)
        self._estimate.blockSignals(False)
        if not self._day.hasFocus():
            self._day.setText(self._shown[0])
        for field in (self._day, self._estimate):
            field.setEnabled(report.state is ReportState.DRAFT)

    def _lines(self, title: str) -> tuple[str, ...]:
        """Qt guesses the height of words that it wraps itself too low."""
        room = self.width() - self._parts.iconSize().width() - _AROUND_SECTION
        return wrapped(title, self._parts.font(), room, _SECTION_LINES)

    def _walked(self, row: int) -> None:
        if 0 <= row < len(self._kinds) and self._kinds[row] is PartKind.FIGURES:
            self._choose(row)

    def _opened(self, item: QListWidgetItem) -> None:
        row = self._parts.row(item)
        if self._kinds[row] is not PartKind.FIGURES:
            self._choose(row)

    def _tell(self) -> None:
        now = (self._day.text(), self._estimate.isChecked())
        if now != self._shown:
            self._shown = now
            self._dated(*now)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._parts.setAccessibleName("Các phần của báo cáo")
        self._parts.setStyleSheet("QListWidget::item { padding: 4px 6px; }")
        self._parts.setIconSize(QSize(18, 18))
        self._parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts.setSpacing(1)
        column.addWidget(self._parts, 1)
        column.addWidget(labelled("Số liệu tính đến n&gày", self._day))
        column.addWidget(self._estimate)


def _titled(part: PartDone) -> str:
    return f"{part.section}. {part.title}" if part.section else f"{part.title} ›"


def _told(part: PartDone) -> str:
    noun = _NOUNS[part.kind]
    given = f"{part.more} {noun}" if part.more else "không bắt buộc"
    said = f"{part.done}/{part.total} {noun}" if part.total else given
    if part.wrong:
        return f"{said} · {part.wrong} cần xử lý"
    return f"{said} · thêm {part.more}" if part.total and part.more else said


def _is_done(part: PartDone) -> bool:
    """A part of which nothing is asked is not ticked off while it is empty."""
    return part.is_done and bool(part.total or part.more)


_PILLS = 3


class DetailBar(Card):
    """`noted(cell, text)` is a note that was written; `left()` gives the keys back to the grid."""

    def __init__(self, noted: Callable[[str, str], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._noted, self._left, self._about = noted, left, About()
        self._title, self._help, self._facts, self._keys = Cut(2), Cut(1), Cut(2), Cut(2)
        self._note = LineField("Ghi chú của ô", "Ghi chú cho ô này, rồi Enter")
        self._shown_note = Cut(1)
        self._marks = QWidget()
        self._pills = [Pill() for _ in range(_PILLS)]
        self._lay_out()

    def show_about(self, about: About) -> None:
        self._about = about
        self._title.say(about.title)
        self._help.say(about.help, 1 if about.pills or about.note else 2)
        self._facts.say(" · ".join(about.facts))
        self._shown_note.say(f"Ghi chú: {about.note}" if about.note else "")
        for pill, (words, tone) in zip(self._pills, (*about.pills, *(("", "plain"),) * _PILLS), strict=False):
            pill.setVisible(bool(words))
            pill.say(words, tone)
        self._marks.setVisible(bool(about.pills))
        self.say("", about.keys)

    def say(self, refused: str, keys: str = "") -> None:
        """Why something was not taken, in place of the keys; without it the keys again. The cell is named above."""
        said = refused.removeprefix(f"{self._about.label}: ")
        self._keys.say(said or keys or self._about.keys, 3 if said else 2)
        set_tone(self._keys, "tone", "problem" if refused else "small")

    def write_note(self) -> None:
        """Shift+F2: the note of the cell one stands on."""
        if self._about.cell:
            self._note.setText(self._about.note if self._about.note_refused is None else self._about.note_refused)
            self._show_field(True)
            self._note.setFocus()
            self._note.selectAll()

    def keep(self) -> None:
        """A note that is being written is kept."""
        if self._note.isVisible():
            self._end(True)

    def eventFilter(self, watched, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._end(False)
            return True
        return super().eventFilter(watched, event)

    def _end(self, taken: bool) -> None:
        text, cell = self._note.text(), self._about.cell
        self._show_field(False)
        self._left()
        if taken and (text.strip() != self._about.note or self._about.note_refused is not None):
            self._noted(cell, text)

    def _show_field(self, shown: bool) -> None:
        self._note.setVisible(shown)
        for label in (self._help, self._shown_note):
            label.setVisible(not shown and bool(label.text()))

    def _lay_out(self) -> None:
        self.column.setContentsMargins(14, 9, 14, 9)
        self.column.setSpacing(3)
        set_tone(self._title, "tone", "label")
        for label in (self._help, self._facts, self._shown_note):
            set_tone(label, "tone", "muted")
        row = QHBoxLayout(self._marks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for pill in self._pills:
            pill.hide()
            row.addWidget(pill)
        row.addStretch(1)
        self._note.hide()
        self._note.returnPressed.connect(lambda: self._end(True))
        self._note.installEventFilter(self)
        for widget in (self._title, self._marks, self._help, self._shown_note, self._note, self._facts):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.column.addWidget(self._keys)


class EntryAction(StrEnum):
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


def bind(screen: QWidget, acts: Mapping[EntryAction, Callable[[], object]], ready: Callable[[], bool]) -> None:
    """Each key acts wherever the focus is on the screen, while it is `ready`."""

    def guarded(do: Callable[[], object]) -> Callable[[], object]:
        return lambda: do() if ready() else None

    for act, do in acts.items():
        for key in (act.value, "Ctrl+Enter") if act is EntryAction.CONFIRM else (act.value,):
            keys_inside(screen, key, guarded(do))


class KeysCard(QDialog):
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
    grid.addWidget(HeadingLabel(name), 0, 0, 1, 2)
    for number, (key, words) in enumerate(rows, 1):
        sign = Label(key)
        set_tone(sign, "tone", "label")
        grid.addWidget(sign, number, 0)
        grid.addWidget(Label(words), number, 1)
    grid.setColumnStretch(1, 1)
    return box
