"""Writing a narrative, with what units below wrote.

The written sections: their list, the text of one, and beside it what was written last time.

The paragraphs of the units below, to be taken into the section one writes: one of them, or all with their sources.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from forms.model.rich_text import LineKind, RichText, parse
from forms.prose.unit_narratives import Compiled
from forms.services.unit_narratives import Gathered
from ui.desktop.texts.writing_presenter import (
    COLUMNS,
    UNIT_COLUMNS,
    WritingPage,
    WritingPresenter,
    advice,
    ordered,
    rows,
    units_counted,
)
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.prose_document import ProseView
from ui.desktop.widgets.prose_editor import ProseEditor
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, WrappedLabel, set_tip, set_tone

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
        head = hbox((HeadingLabel(title), 1), self._counts)
        foot = hbox(self._all, None, Button("Đóng (Esc)", self.reject), self._one)
        vbox(head, self._why, (self._list, 1), foot, spacing=12, margins=(24, 20, 24, 18), on=self)
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

    def follow(self, presenter: WritingPresenter) -> None:
        self._presenter = presenter
        self._list.chosen.connect(presenter.choose)

    def keep(self) -> None:
        """Store what is being typed now."""
        self._editor.keep()

    def show_page(self, page: WritingPage) -> None:
        if page.anew:
            self._editor.forget()
        spec, before = page.spec, page.before
        if page.rows is not None:
            self._list.show_rows(COLUMNS, page.rows, spec.id if spec else "", quiet=True)
        if spec is None or before is None:
            return
        self._below.setVisible(page.has_units)
        self._title.setText(f"{spec.number}. {spec.title}")
        self._help.setText(spec.help)
        self._help.setVisible(bool(spec.help))
        self._editor.setAccessibleName(f"{spec.number}. {spec.title}")
        self._editor.setAccessibleDescription(spec.help)
        self._editor.show_text(spec.id, page.text, page.refused)
        self._editor.setReadOnly(page.closed)
        for button in (self._none, self._draft, self._copy, *self._looks.values()):
            button.setEnabled(not page.closed)
        self._has_before = bool(before.period)
        self._before_head.setText(before.period or "Kỳ trước")
        self._before.show_prose(before.prose)
        self._toggle.setVisible(self._has_before)
        self._show_beside()
        self._tell_length()
        if page.begin:
            self.begin()

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

    def _write(self, id: str, text: str) -> str | None:
        return self._presenter.write(id, text)

    def _tell_length(self) -> None:
        typed = self._presenter.typing(self._editor.prose)
        if typed is None:
            return
        self._length.setText(typed.length)
        set_tone(self._length, "tone", {"error": "problem", "warning": "label"}.get(typed.tone, "muted"))
        self._compared.setText(typed.compared)
        for widget in (self._told_head, self._told):
            widget.setVisible(typed.told is not None)
        if typed.told is not None:
            self._told.show_prose(typed.told)
            self._told.show_line(self._editor.textCursor().blockNumber())

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
        editor, made = self._editor, dict[str, Button]()
        for name, sign, act, title in (
            ("bold", "B", editor.turn_bold, "Đậm (Ctrl+B)"),
            ("italic", "I", editor.turn_italic, "Nghiêng (Ctrl+I)"),
            ("bullet", "•", partial(editor.turn_list, LineKind.BULLET), "Gạch đầu dòng (Ctrl+Shift+L)"),
            ("number", "1.", partial(editor.turn_list, LineKind.NUMBER), "Đánh số (Ctrl+Shift+O)"),
        ):
            button = made[name] = Button(sign, act)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_tip(button, title)
            button.setAccessibleName(title)
            button.setProperty("look", name)
        return made

    def _lay_out(self) -> None:
        scale = max(1.0, self.fontMetrics().height() / _LINE)
        self._list.setFixedWidth(round(_LIST_WIDTH * scale))
        self._beside.setFixedWidth(round(_BEFORE_WIDTH * scale))
        self._told.setFixedHeight(round(_TOLD_HEIGHT * scale))
        for widget in (self._told_head, self._told):
            widget.hide()
        self._toggle.setCheckable(True)
        self._toggle.setChecked(self._settings.value(_REMEMBERED, "1") == "1")
        self._title.setProperty("tone", "heading")
        top = Qt.AlignmentFlag.AlignTop
        head = hbox((self._title, 1), (self._none, top), (self._toggle, top), spacing=8)
        tools = hbox(*self._looks.values(), 8, (self._length, 1), spacing=4)
        foot = hbox(self._draft, self._below, None, spacing=8)
        text = vbox(head, self._help, tools, (self._editor, 1), foot, self._told_head, self._told, spacing=6)
        above = hbox((self._before_head, 1), self._copy)
        vbox(above, self._compared, (self._before, 1), spacing=6, on=self._beside)
        hbox(self._list, (text, 1), self._beside, spacing=16, on=self)
        self._list.opened.connect(lambda _: self.begin())
        self._editor.textChanged.connect(self._tell_length)
        self._editor.looked.connect(self._show_looks)
        self._editor.told.connect(self._toast)
