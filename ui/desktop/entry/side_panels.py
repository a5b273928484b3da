"""Beside and below the grid: the report's parts with their completeness and the day its figures stand for; and all that is told
of the place one stands on, its note, and what the keys do there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QWidget

from forms.checks.completeness import PartDone, PartKind
from forms.model.report import Report, ReportState
from ui.desktop import theme
from ui.desktop.entry.about import About
from ui.desktop.widgets.cards import Card, icon
from ui.desktop.widgets.fields import DateField, LineField, labelled
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.text import ElidedLabel, Pill, set_tip, set_tone, wrapped

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
        self._parts.setAccessibleName("Các phần của báo cáo")
        self._parts.setStyleSheet("QListWidget::item { padding: 4px 6px; }")
        self._parts.setIconSize(QSize(18, 18))
        self._parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts.setSpacing(1)
        day = labelled("Số liệu tính đến n&gày", self._day)
        vbox((self._parts, 1), day, self._estimate, spacing=10, on=self)
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
        self._title, self._help, self._facts, self._keys = (
            ElidedLabel(2),
            ElidedLabel(1),
            ElidedLabel(2),
            ElidedLabel(2),
        )
        self._note = LineField("Ghi chú của ô", "Ghi chú cho ô này, rồi Enter")
        self._shown_note = ElidedLabel(1)
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
        hbox(*self._pills, None, spacing=6, on=self._marks)
        for pill in self._pills:
            pill.hide()
        self._note.hide()
        self._note.returnPressed.connect(lambda: self._end(True))
        self._note.installEventFilter(self)
        for widget in (self._title, self._marks, self._help, self._shown_note, self._note, self._facts):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.column.addWidget(self._keys)
