"""Fields for prose and for notes, kept when typing pauses or the field is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit

from forms.model.rich_text import LineKind, RichText, parse
from ui.desktop.widgets.prose_document import (
    Pasted,
    ProseView,
    fill,
    insert,
    kind_of,
    list_format,
    pasted,
    prose_of,
    seen,
)

PAUSE_MS, LATEST_MS = 1200, 8000


class Pause(QObject):
    """When what is being typed is to be kept: after a short pause, and at the latest some seconds after the first key. Tell
    it of every change with `begin`, and with `end` that all is kept."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.short, self.latest = QTimer(self), QTimer(self)
        for timer, after in ((self.short, PAUSE_MS), (self.latest, LATEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(self.over)

    def begin(self) -> None:
        self.short.start()
        if not self.latest.isActive():
            self.latest.start()

    def end(self) -> None:
        self.short.stop()
        self.latest.stop()


_TYPED_ITEM = re.compile(r"(?:-|([1-9][0-9]{0,2})\.) ")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass
class _Page:
    """One text that was shown: its document with its own undo; as it was handed in, and as the ledger then had it."""

    document: QTextDocument
    handed: str
    stored: str


class ProseEditor(ProseView):
    """Shows bold, italic and lists as such. `write(id, text)` keeps a text and answers how it was stored, or None when it
    was refused."""

    told = Signal(str)  # what was left out of what was pasted
    looked = Signal()  # the cursor came to letters of another look

    def __init__(self, name: str, write: Callable[[str, str], str | None]) -> None:
        super().__init__(name)
        self._write, self._id = write, ""
        self._pages: dict[str, _Page] = {}
        self._is_keeping = False
        held = Qt.KeyboardModifier.ControlModifier
        shifted = held | Qt.KeyboardModifier.ShiftModifier
        self._acts: dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]] = {
            (Qt.Key.Key_B, held): self.turn_bold,
            (Qt.Key.Key_I, held): self.turn_italic,
            (Qt.Key.Key_L, shifted): lambda: self.turn_list(LineKind.BULLET),
            (Qt.Key.Key_O, shifted): lambda: self.turn_list(LineKind.NUMBER),
        }
        self._pause = Pause(self)
        self._pause.over.connect(self.keep)
        self.setReadOnly(False)
        self.textChanged.connect(self._pause.begin)
        self.currentCharFormatChanged.connect(lambda _: self.looked.emit())
        self.cursorPositionChanged.connect(self.looked)

    def forget(self) -> None:
        """Another report: nothing of this one can be undone any more. What was to be kept was kept before."""
        self._pages.clear()
        self._id = ""

    def show_text(self, id: str, stored: str, refused: str | None = None) -> None:
        """A text under its id. What one was typing stays where the ledger has not got another one meanwhile. `refused`: what
        was typed another day and not taken; it stands in the text's place until it is put right."""
        if id != self._id:
            self.keep()
        page = self._pages.get(id)
        if page is None:
            page = self._pages[id] = _Page(QTextDocument(self), stored, "")
            self._dress(page.document)
            if refused is not None:
                fill(page.document, parse(stored))
                page.handed, page.stored = prose_of(page.document).marked, stored
                fill(page.document, parse(refused))
        if page.stored != stored and not (self._is_keeping and id == self._id):
            fill(page.document, parse(stored))
            page.handed, page.stored = prose_of(page.document).marked, stored
        if id != self._id:
            self._id = id
            self.setDocument(page.document)
            self.moveCursor(QTextCursor.MoveOperation.End)

    def keep(self) -> None:
        """Store what is not stored yet."""
        self._pause.end()
        page = self._pages.get(self._id)
        if page is None or self.isReadOnly():
            return
        text, before = self.prose.marked, page.handed
        if text == before:
            return
        page.handed, self._is_keeping = text, True  # everything is shown anew meanwhile: what stands here stays
        try:
            stored = self._write(self._id, text)
        finally:
            self._is_keeping = False
        if stored is None:
            page.handed = before
        else:
            page.stored = stored

    def put(self, prose: RichText) -> None:
        """At the cursor, as one step to undo."""
        if not self.isReadOnly():
            cursor = self.textCursor()
            insert(cursor, prose)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def add_lines(self, prose: RichText) -> None:
        """Below what is there, as one step to undo."""
        if self.isReadOnly():
            return
        self.moveCursor(QTextCursor.MoveOperation.End)
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if cursor.block().text():
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        insert(cursor, prose)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    @property
    def is_bold(self) -> bool:
        return self.currentCharFormat().fontWeight() >= QFont.Weight.DemiBold

    @property
    def is_italic(self) -> bool:
        return self.currentCharFormat().fontItalic()

    @property
    def line_kind(self) -> LineKind:
        return kind_of(self.textCursor().block())

    def turn_bold(self) -> None:
        shape = QTextCharFormat()
        shape.setFontWeight(QFont.Weight.Normal if self.is_bold else QFont.Weight.Bold)
        self._shape(shape)

    def turn_italic(self) -> None:
        shape = QTextCharFormat()
        shape.setFontItalic(not self.is_italic)
        self._shape(shape)

    def turn_list(self, kind: LineKind) -> None:
        """The chosen lines become items of one list, or plain lines again."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if self.line_kind is kind:
            self._out_of_list(cursor)
        else:
            cursor.createList(list_format(kind))
        cursor.endEditBlock()
        self.looked.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        found = pasted(source)
        self.put(found.prose)
        if found.left_out:
            self.told.emit(found.left_out)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_K:
            event.ignore()  # Ctrl+K is the page's; Qt would cut the rest of the line
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cursor, act = self.textCursor(), self._acts.get((event.key(), event.modifiers()))
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif act is not None:
            act()
        elif event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._new_line(cursor)
        elif event.key() == Qt.Key.Key_Backspace and (
            cursor.atBlockStart() and not cursor.hasSelection() and kind_of(cursor.block()) is not LineKind.PLAIN
        ):
            self._out_of_list(cursor)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keep()

    def _shape(self, shape: QTextCharFormat) -> None:
        """Of the selection, else of the word one stands in, else of what will be typed."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        if not cursor.hasSelection():
            self.mergeCurrentCharFormat(shape)
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
            inside = cursor.selectionStart() < self.textCursor().position() < cursor.selectionEnd()
            if not inside:
                return
        cursor.mergeCharFormat(shape)
        self.looked.emit()

    def _new_line(self, cursor: QTextCursor) -> None:
        """Enter goes on in a list, leaves it from an empty item, and makes an item of a line typed as one."""
        if self.line_kind is not LineKind.PLAIN and not cursor.block().text() and not cursor.hasSelection():
            self._out_of_list(cursor)
            return
        cursor.beginEditBlock()
        self._make_item(cursor)
        cursor.insertBlock()
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _make_item(self, cursor: QTextCursor) -> None:
        found = _TYPED_ITEM.match(cursor.block().text()) if kind_of(cursor.block()) is LineKind.PLAIN else None
        if found is None or cursor.positionInBlock() < found.end():
            return
        sign = QTextCursor(cursor.block())
        sign.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, found.end())
        sign.removeSelectedText()
        kind = LineKind.NUMBER if found[1] else LineKind.BULLET
        sign.createList(list_format(kind, int(found[1] or 1)))

    def _out_of_list(self, cursor: QTextCursor) -> None:
        """Every line of the selection becomes a plain one."""
        last = cursor.selectionEnd()
        block = cursor.document().findBlock(cursor.selectionStart())
        while block.isValid() and block.position() <= last:
            QTextCursor(block).setBlockFormat(QTextBlockFormat())
            block = block.next()
        self.looked.emit()


class NoteField(QPlainTextEdit):
    """A few plain lines; hidden characters are not pasted. `write(whose, text)` keeps a text and answers how it was stored,
    or None when it was refused."""

    told = Signal(str)  # what was left out of what was pasted

    def __init__(self, name: str, write: Callable[[str, str], str | None]) -> None:
        super().__init__()
        self._write, self._whose, self._handed, self._stored = write, "", "", ""
        self._refused: dict[str, str] = {}  # by whose they are: they wait to be put right
        self._pause = Pause(self)
        self._pause.over.connect(self.keep)
        self.textChanged.connect(self._pause.begin)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def forget(self) -> None:
        """Another report: what was shown is of no account any more. What was to be kept was kept before."""
        self._whose = ""
        self._refused.clear()

    def show_text(self, whose: str, stored: str, refused: str | None = None) -> None:
        """Of somebody else, or as the ledger got it meanwhile; what one is typing stays. `refused`: what was typed another
        day and not taken."""
        if whose != self._whose:
            self.keep()
        if refused is not None:
            self._refused.setdefault(whose, refused)
        if (whose, stored) != (self._whose, self._stored):
            self._whose, self._handed, self._stored = whose, stored, stored
            self.setPlainText(self._refused.get(whose, stored))
            self._pause.end()

    def keep(self) -> None:
        """Store what is not stored yet."""
        self._pause.end()
        text, whose, before = self.toPlainText(), self._whose, self._handed
        if not whose or self.isReadOnly() or text == before:
            return
        self._handed = text  # while it is being stored everything is shown anew
        self._refused.pop(whose, None)
        stored = self._write(whose, text)
        if stored is None:
            self._refused[whose] = text
        if whose == self._whose:
            self._handed, self._stored = (before, self._stored) if stored is None else (text, stored)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text, hidden = seen(source.text())
        self.textCursor().insertText(text)
        if hidden:
            self.told.emit(Pasted(parse(text), hidden).left_out)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keep()
