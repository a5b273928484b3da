"""The commendations: the list, and beside it the chosen row to fill."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from forms.model.task import NOMINEE_TITLES, Nomination, Nominee
from ui.desktop import keys
from ui.desktop.texts.nomination_presenter import COLUMNS, ListPage, NominationPresenter
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, LineField, labelled
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.prose_editor import NoteField
from ui.desktop.widgets.text import HeadingLabel, MutedLabel

_PANEL_WIDTH, _LINE = 340, 17  # the width where a line of text is as high as that
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Nominations(QWidget):
    """`toast` tells what was left out of what was pasted."""

    def __init__(self, toast: Callable[[str], None]) -> None:
        super().__init__()
        self._presenter: NominationPresenter
        self._counted, self._words = MutedLabel(), MutedLabel()
        self._list = Listing("Danh sách đề nghị khen thưởng", wraps=True)
        self._list.setAccessibleDescription(
            "T tập thể, C cá nhân, Insert thêm dòng, Delete xóa, Alt và mũi tên chuyển dòng"
        )
        self._form = NominationForm(self._typed, self._write_ground, toast)
        self._add, self._remove = Button("Thêm (Insert)", self.add, "primary"), Button("Xóa", self._delete, "danger")
        self._lay_out()
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(lambda _: self.begin())
        self._list.installEventFilter(self)
        keys.bind(self, dict.fromkeys(("Insert", "F9", "Ctrl+Return"), self.add))

    def follow(self, presenter: NominationPresenter) -> None:
        self._presenter = presenter

    def keep(self) -> None:
        """Store what is being typed now."""
        self._form.keep()

    def add(self) -> None:
        self._form.keep()
        self._presenter.add()

    def show_page(self, page: ListPage) -> None:
        spec = page.spec
        if spec is not None:
            self._form.forget()
            self._words.setText(". ".join(part.rstrip(".") for part in (spec.words, spec.help) if part))
            self._words.setVisible(bool(self._words.text()))
            self._form.show_forms(spec.forms)
        if page.rows is not None:
            self._counted.setText(page.counted)
            self._list.show_rows(COLUMNS, page.rows, str(page.chosen), quiet=True)
        self._form.show_row(page.row, page.chosen, closed=page.closed)
        self._add.setEnabled(not page.closed)
        self._remove.setEnabled(not page.closed and page.row is not None)
        if page.begin:
            self.begin()

    def begin(self) -> None:
        self._form.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """The keys of the list; False leaves one to the list itself."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        kinds = {Qt.Key.Key_T: Nominee.COLLECTIVE, Qt.Key.Key_C: Nominee.PERSON}
        if held == Qt.KeyboardModifier.AltModifier and event.key() in moves:
            self._presenter.move(moves[Qt.Key(event.key())])
        elif held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier) and event.key() in kinds:
            self._presenter.set_kind(kinds[Qt.Key(event.key())])
        elif not held and event.key() == Qt.Key.Key_Delete:
            self._delete()
        else:
            return False
        return True

    def _choose(self, id: str) -> None:
        if id:
            self._presenter.choose(int(id))

    def _typed(self, at: int, row: Nomination) -> None:
        self._presenter.put(at, row)

    def _write_ground(self, at: int, text: str) -> str | None:
        return self._presenter.write_ground(at, text)

    def _delete(self) -> None:
        self._presenter.remove()
        self._list.setFocus()

    def _lay_out(self) -> None:
        above = hbox((self._counted, 1), self._remove, self._add, spacing=8)
        left = vbox(above, self._words, (self._list, 1), spacing=8)
        scale = max(1.0, self.fontMetrics().height() / _LINE)
        self._form.setFixedWidth(round(_PANEL_WIDTH * scale))
        hbox((left, 1), self._form, spacing=16, on=self)


class NominationForm(Card):
    """The chosen row. `typed(at, row)` when a field is left, `write_ground(at, text)` for the long text."""

    def __init__(
        self,
        typed: Callable[[int, Nomination], None],
        write_ground: Callable[[int, str], str | None],
        toast: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._typed, self._at = typed, 0
        self._heading = HeadingLabel()
        self._kind = ChoiceField("Loại", tuple((words, kind) for kind, words in NOMINEE_TITLES.items()))
        self._name, self._form = LineField("Tên tập thể, cá nhân"), OpenChoice("Hình thức khen thưởng")
        self._ground = NoteField("Thành tích", lambda whose, text: write_ground(int(whose), text))
        self._ground.told.connect(toast)
        self._row = Nomination(Nominee.COLLECTIVE, "")
        self._is_shown = False
        self._lay_out()
        self._kind.activated.connect(lambda _: self.keep())
        self._form.activated.connect(lambda _: self.keep())
        self._name.editingFinished.connect(self.keep)
        self._form.lineEdit().editingFinished.connect(self.keep)
        for field in (self._kind, self._name, self._form):
            field.installEventFilter(self)

    def forget(self) -> None:
        self._ground.forget()
        self._is_shown = False

    def keep(self) -> None:
        """Store the fields as they are now."""
        self._ground.keep()
        now = Nomination(self._kind.currentData(), self._name.text(), self._form.currentText(), self._row.ground)
        if self._is_shown and self._name.isEnabled() and now != self._row:
            self._row = now
            self._typed(self._at, now)

    def show_forms(self, forms: Sequence[str]) -> None:
        self._form.clear()
        self._form.addItems(list(forms))
        self._form.setCurrentIndex(-1)

    def show_row(self, row: Nomination | None, at: int, *, closed: bool) -> None:
        self._at, self._is_shown = at, row is not None
        self._row = shown = row or Nomination(Nominee.COLLECTIVE, "")
        self._heading.setText(f"Dòng {at + 1}" if row else "Chưa chọn dòng nào")
        self._kind.choose(shown.kind)
        for field, text in ((self._name, shown.name), (self._form.lineEdit(), shown.form)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)  # its beginning is what is read
        self._ground.show_text(str(at) if row else "", shown.ground)
        self._ground.setReadOnly(closed or row is None)
        for widget in (self._kind, self._name, self._form):
            widget.setEnabled(row is not None and not closed)

    def begin(self) -> None:
        self._name.setFocus()
        self._name.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field; in the long text it is a new line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _ENTER:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.focusNextPrevChild(not back)
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.column.setContentsMargins(18, 14, 18, 14)
        self.column.setSpacing(8)
        self.column.addWidget(self._heading)
        self.column.addWidget(labelled("&Loại", self._kind))
        self.column.addWidget(labelled("&Tên tập thể, cá nhân", self._name))
        self.column.addWidget(labelled("&Hình thức", self._form))
        self.column.addWidget(labelled("T&hành tích", self._ground), 1)


class OpenChoice(QComboBox):
    """A list to choose from, or anything else that is typed. Nothing is completed; the wheel changes nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setCompleter(None)  # type: ignore[arg-type]  # how Qt is told to have none
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
