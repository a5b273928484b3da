"""Prose to read and to copy from."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QTextEdit

from forms.model.rich_text import RichText
from ui.desktop.widgets.prose_document import fill, prose_of

_MARGIN = 6


class ProseView(QTextEdit):
    """Shows bold, italic and lists as such; takes no key that would change it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setReadOnly(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._dress(self.document())

    def loadResource(self, type: int, name: QUrl) -> object:
        """Nothing that a text names is fetched, from nowhere."""
        return None

    @property
    def prose(self) -> RichText:
        return prose_of(self.document())

    @property
    def selected(self) -> RichText:
        """What is chosen, or all."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return self.prose
        part = QTextDocument()
        QTextCursor(part).insertFragment(cursor.selection())
        return prose_of(part)

    def show_prose(self, prose: RichText) -> None:
        fill(self.document(), prose)

    def show_line(self, number: int) -> None:
        """Scroll to the line of that number, counted from nought."""
        block = self.document().findBlockByNumber(min(number, self.document().blockCount() - 1))
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """The plain text of a list has its signs. Qt's own data fills itself in only when asked, so it is copied."""
        made = QMimeData()
        made.setHtml(super().createMimeDataFromSelection().html())
        made.setText(self.selected.plain)
        return made

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls and nothing else: with Ctrl Qt would change the size of the letters."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _dress(self, document: QTextDocument) -> None:
        document.setDefaultFont(self.font())
        document.setDocumentMargin(_MARGIN)
        document.setIndentWidth(self.fontMetrics().height() * 1.5)
