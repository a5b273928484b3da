"""Writing a narrative, with what units below wrote.

The written sections: their list, the text of one, and beside it what was written last time.

The paragraphs of the units below, to be taken into the section one writes: one of them, or all with their sources.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.model.form import NarrativeSpec
from forms.model.rich_text import LineKind, RichText, parse
from forms.prose.unit_narratives import Compiled
from forms.services.unit_narratives import Gathered
from ui.desktop.rows import ListRow
from ui.desktop.texts.sections import COLUMNS, UNIT_COLUMNS, Before, advice, ordered, rows, units_counted
from ui.desktop.texts.writing_presenter import WritingPresenter
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.plain_text import set_tip
from ui.desktop.widgets.prose_editor import ProseEditor
from ui.desktop.widgets.prose_view import ProseView
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, WrappedLabel, set_tone

_WIDTH, _HEIGHT = 1000, 600


class BelowDialog(QDialog):
    """Enter takes the chosen paragraph and leaves the dialog open; Esc leaves."""

    taken = Signal(object)  # the Prose

    def __init__(self, title: str, made: Compiled, gathered: Gathered, parent: QWidget) -> None:
        super().__init__(parent)
        self._made, self._ordered = made, ordered(made)
        self._list = Listing("Các đoạn lời văn của cấp dưới", wraps=True)
        self._counts, self._why = Pill(), MutedLabel(advice(made, gathered))
        self._one = Button("Chép đoạn này (Enter)", self._take_one, "primary")
        self._all = Button("Chép &tất cả, ghi nguồn", self._take_all)
        self.setWindowTitle("Lời văn của cấp dưới")
        self.resize(_WIDTH, _HEIGHT)
        self._lay_out(title)
        self._counts.say(units_counted(made), "accent")
        self._list.show_rows(UNIT_COLUMNS, rows(made), "0")
        for button in (self._one, self._all):
            button.setEnabled(bool(self._ordered))
            button.setAutoDefault(False)
        self._list.opened.connect(self._take)
        self._list.setFocus()

    def _take_one(self) -> None:
        self._take(self._list.chosen_id)

    def _take(self, id: str) -> None:
        if id:
            self.taken.emit(parse(self._ordered[int(id)].cited))

    def _take_all(self) -> None:
        self.taken.emit(parse(self._made.draft))
        self.accept()

    def _lay_out(self, title: str) -> None:
        column, head, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        head.addWidget(HeadingLabel(title), 1)
        head.addWidget(self._counts)
        foot.addWidget(self._all)
        foot.addStretch(1)
        foot.addWidget(Button("Đóng (Esc)", self.reject))
        foot.addWidget(self._one)
        column.addLayout(head)
        column.addWidget(self._why)
        column.addWidget(self._list, 1)
        column.addLayout(foot)


_LIST_WIDTH, _BEFORE_WIDTH, _LINE = 300, 300, 17  # the widths where a line of text is as high as that
_TOLD_HEIGHT = 108
_TOLD = "Khi in và niêm phong, các trường {{…}} được điền số liệu lúc đó. Hiện giờ:"
_REMEMBERED = "texts/before"


class Writing(QWidget):
    """`say` tells why something was not done, `toast` that something was. Whether the text of last time is shown is remembered
    in `settings`."""

    below_wanted = Signal()

    def __init__(self, say: Callable[[str], None], toast: Callable[[str], None], settings: QSettings) -> None:
        super().__init__()
        self._say, self._toast, self._settings = say, toast, settings
        self._presenter: WritingPresenter
        self._list = Listing("Các mục lời văn", wraps=True)
        self._title, self._help, self._length = WrappedLabel(), MutedLabel(), MutedLabel()
        self._editor = ProseEditor("Lời văn của mục", self._write)
        self._before_head, self._compared = HeadingLabel("Kỳ trước"), MutedLabel()
        self._before, self._beside = ProseView("Lời văn của kỳ trước"), QWidget()
        self._none = Button("“Không có” (Ctrl+K)", self.answer_none)
        self._draft = Button("Soạn từ số liệu (Ctrl+J)", self.draft)
        self._below = Button("Cấp dưới viết…", self._ask_below)
        self._told_head, self._told = MutedLabel(_TOLD), ProseView("Lời văn khi in, số liệu đã điền")
        self._copy = Button("Chép sang", self._copy_over)
        self._toggle = Button("Kỳ trước", self._turn_before)
        self._looks = self._look_buttons()
        self._has_before = False
        self._lay_out()
        self._connect()

    def follow(self, presenter: WritingPresenter) -> None:
        self._presenter = presenter

    def forget(self) -> None:
        self._editor.forget()

    def keep(self) -> None:
        """Store what is being typed now."""
        self._editor.keep()

    def show_sections(self, rows: Sequence[ListRow], chosen: str) -> None:
        self._list.blockSignals(True)
        self._list.show_rows(COLUMNS, rows, chosen)
        self._list.blockSignals(False)

    def show_section(self, spec: NarrativeSpec, text: str, refused: str | None, *, closed: bool) -> None:
        self._title.setText(f"{spec.number}. {spec.title}")
        self._help.setText(spec.help)
        self._help.setVisible(bool(spec.help))
        self._editor.setAccessibleName(f"{spec.number}. {spec.title}")
        self._editor.setAccessibleDescription(spec.help)
        self._editor.show_text(spec.id, text, refused)
        self._editor.setReadOnly(closed)
        for button in (self._none, self._draft, self._copy, *self._looks.values()):
            button.setEnabled(not closed)
        self._tell_length()

    def show_before(self, before: Before) -> None:
        self._has_before = bool(before.period)
        self._before_head.setText(before.period or "Kỳ trước")
        self._before.show_prose(before.prose)
        self._toggle.setVisible(self._has_before)
        self._show_beside()
        self._tell_length()

    def show_length(self, words: str, tone: str, compared: str) -> None:
        self._length.setText(words)
        set_tone(self._length, "tone", {"error": "problem", "warning": "label"}.get(tone, "muted"))
        self._compared.setText(compared)

    def show_below(self, *, offered: bool) -> None:
        self._below.setVisible(offered)

    def show_gathered(self, gathered: Gathered) -> None:
        """What the units below wrote in the section that is open."""
        spec = self._presenter.section
        if spec is None or spec.id not in gathered.sections:
            return
        dialog = BelowDialog(f"{spec.number}. {spec.title}", gathered.sections[spec.id], gathered, self)
        dialog.taken.connect(self._take_lines)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _: self.begin())
        dialog.open()

    def show_told(self, told: RichText | None) -> None:
        for widget in (self._told_head, self._told):
            widget.setVisible(told is not None)
        if told is not None:
            self._told.show_prose(told)
            self._told.show_line(self._editor.textCursor().blockNumber())

    def begin(self) -> None:
        self._editor.setFocus()

    def answer_none(self) -> None:
        self._editor.keep()
        self._say(self._presenter.answer_none(self._editor.prose))

    def draft(self) -> None:
        """Sentences from the figures, below what is written here."""
        prose, why_not = self._presenter.drafted(self._editor.prose)
        self._say(why_not)
        if prose.lines:
            self._editor.setFocus()
            self._add(prose)
            self._toast(f"Đã soạn {len(prose.lines)} câu xuống cuối mục này. Ctrl+Z lấy lại.")

    def _take_lines(self, prose: RichText) -> None:
        if not self._editor.isReadOnly():
            self._add(prose)
            self._toast(f"Đã chép {len(prose.lines)} đoạn xuống cuối mục này.")

    def _add(self, prose: RichText) -> None:
        """Below what is written here, and kept."""
        self._editor.add_lines(prose)
        self._editor.keep()

    def _ask_below(self) -> None:
        self._editor.keep()
        self.below_wanted.emit()

    def step(self, by: int) -> None:
        self._presenter.step(by)

    def _write(self, id: str, text: str) -> str | None:
        return self._presenter.write(id, text)

    def _choose(self, id: str) -> None:
        self._presenter.choose(id)

    def _tell_length(self) -> None:
        self._presenter.typing(self._editor.prose)

    def _copy_over(self) -> None:
        """What is chosen in the text of last time, or the whole, below what is written here."""
        prose = self._before.selected
        self._editor.setFocus()
        self._add(prose)
        self._toast(f"Đã chép {prose.word_count} từ xuống cuối mục này. Ctrl+Z lấy lại.")

    def _turn_before(self) -> None:
        shown = self._toggle.isChecked()
        self._settings.setValue(_REMEMBERED, "1" if shown else "0")
        self._show_beside()

    def _show_beside(self) -> None:
        self._beside.setVisible(self._has_before and self._toggle.isChecked())

    def _show_looks(self) -> None:
        kind = self._editor.line_kind
        for name, now in (
            ("bold", self._editor.is_bold),
            ("italic", self._editor.is_italic),
            ("bullet", kind is LineKind.BULLET),
            ("number", kind is LineKind.NUMBER),
        ):
            self._looks[name].setChecked(now)

    def _look_buttons(self) -> dict[str, Button]:
        """By mouse what the keys do; Tab passes them over on its way into the text."""
        made = {
            "bold": Button("B", self._editor.turn_bold),
            "italic": Button("I", self._editor.turn_italic),
            "bullet": Button("•", lambda: self._editor.turn_list(LineKind.BULLET)),
            "number": Button("1.", lambda: self._editor.turn_list(LineKind.NUMBER)),
        }
        names = {
            "bold": "Đậm (Ctrl+B)",
            "italic": "Nghiêng (Ctrl+I)",
            "bullet": "Gạch đầu dòng (Ctrl+Shift+L)",
            "number": "Đánh số (Ctrl+Shift+O)",
        }
        for name, button in made.items():
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_tip(button, names[name])
            button.setAccessibleName(names[name])
            button.setProperty("look", name)
        return made

    def _connect(self) -> None:
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(lambda _: self.begin())
        self._editor.textChanged.connect(self._tell_length)
        self._editor.looked.connect(self._show_looks)
        self._editor.told.connect(self._toast)

    def _lay_out(self) -> None:
        scale = max(1.0, self.fontMetrics().height() / _LINE)
        self._list.setFixedWidth(round(_LIST_WIDTH * scale))
        self._beside.setFixedWidth(round(_BEFORE_WIDTH * scale))
        self._told.setFixedHeight(round(_TOLD_HEIGHT * scale))
        self.show_told(None)
        self._toggle.setCheckable(True)
        self._toggle.setChecked(self._settings.value(_REMEMBERED, "1") == "1")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._list)
        row.addLayout(self._text_column(), 1)
        row.addWidget(self._beside)
        self._lay_out_beside()

    def _text_column(self) -> QVBoxLayout:
        column, head, tools, foot = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        column.setSpacing(6)
        self._title.setProperty("tone", "heading")
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for button in (self._none, self._toggle):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        tools.setSpacing(4)
        for button in self._looks.values():
            tools.addWidget(button)
        tools.addSpacing(8)
        tools.addWidget(self._length, 1)
        column.addLayout(head)
        column.addWidget(self._help)
        column.addLayout(tools)
        column.addWidget(self._editor, 1)
        foot.setSpacing(8)
        foot.addWidget(self._draft)
        foot.addWidget(self._below)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self._told_head)
        column.addWidget(self._told)
        return column

    def _lay_out_beside(self) -> None:
        column, head = QVBoxLayout(self._beside), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head.addWidget(self._before_head, 1)
        head.addWidget(self._copy)
        column.addLayout(head)
        column.addWidget(self._compared)
        column.addWidget(self._before, 1)
