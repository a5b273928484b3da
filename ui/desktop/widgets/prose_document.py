"""Prose in Qt's document and back: a block for each line, looks as fonts, lists as lists; and what is taken of a pasted
one.

Prose to read and to copy from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit

from forms.model.rich_text import LineKind, RichText, TextLine, TextRun, parse
from forms.model.text import nfc

_PICTURE, _BREAK = "\ufffc", "\u2028"  # a picture's place; Qt's break inside a block


def prose_of(document: QTextDocument) -> RichText:
    """What the document says; empty lines at its end are no part of it."""
    lines = [_line(document.findBlockByNumber(number)) for number in range(document.blockCount())]
    while lines and not lines[-1].words.strip():
        lines.pop()
    return RichText(tuple(lines))


def fill(document: QTextDocument, prose: RichText) -> None:
    """In place of what was there. There is nothing to undo afterwards."""
    document.setUndoRedoEnabled(False)
    document.clear()
    insert(QTextCursor(document), prose)
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def insert(cursor: QTextCursor, prose: RichText) -> None:
    """In place of the selection, as one step to undo; the first line goes on in the line one stands in."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    before: TextLine | None = None
    for line in prose.lines:
        is_fresh = before is not None or not cursor.block().text()
        if before is not None:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        if is_fresh and line.kind is not LineKind.PLAIN:  # an item of the list it goes on, or of a new one
            above: QTextList | None = cursor.block().previous().textList()
            goes_on = before is not None and line.kind is before.kind and line.number in (0, before.number + 1)
            if above is not None and goes_on:
                above.add(cursor.block())
            else:
                cursor.createList(list_format(line.kind, line.number))
        for run in line.runs:
            cursor.insertText(run.text, look(run.bold, run.italic))
        before = line
    cursor.endEditBlock()


def look(bold: bool, italic: bool) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    found.setFontItalic(italic)
    return found


def list_format(kind: LineKind, first: int = 1) -> QTextListFormat:
    """How an item is drawn: a dot for a dash, a number with its full stop."""
    found = QTextListFormat()
    is_number = kind is LineKind.NUMBER
    found.setStyle(QTextListFormat.Style.ListDecimal if is_number else QTextListFormat.Style.ListDisc)
    found.setStart(first if is_number else 1)
    found.setIndent(1)
    return found


def kind_of(block: QTextBlock) -> LineKind:
    listed: QTextList | None = block.textList()
    if listed is None:
        return LineKind.PLAIN
    is_number = listed.format().style() is QTextListFormat.Style.ListDecimal
    return LineKind.NUMBER if is_number else LineKind.BULLET


def _line(block: QTextBlock) -> TextLine:
    runs = []
    for at in block:
        piece = at.fragment()
        text = piece.text().replace(_BREAK, " ").replace(_PICTURE, "")
        shape = piece.charFormat()
        if text:
            runs.append(TextRun(text, shape.fontWeight() >= QFont.Weight.DemiBold, shape.fontItalic()))
    kind = kind_of(block)
    if kind is not LineKind.NUMBER:
        return TextLine(tuple(runs), kind)
    listed = block.textList()
    return TextLine(tuple(runs), kind, listed.format().start() + listed.itemNumber(block))


_LARGEST = 2_000_000  # letters of HTML; beyond that the plain text is taken
_WORKBOOK = "schemas-microsoft-com:office:excel"  # its cells stand better side by side, as its plain text has them
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Word writes the sign of an item as text: a dash or a letter of a symbol font, then blanks up to the indent.
_ITEM = re.compile(r"\s*(?:[-–—•·▪●○◦]\s+|[o§Øüv]\s{2,}|([1-9][0-9]{0,2})\.\s+)")
_BLANKS = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """`hidden` characters and `pictures` were left out."""

    prose: RichText
    hidden: int = 0
    pictures: int = 0

    @property
    def left_out(self) -> str:
        """A sentence about it; empty where all was taken."""
        what = [f"{n} {name}" for n, name in ((self.pictures, "hình"), (self.hidden, "ký tự ẩn")) if n]
        return f"Đã dán, bỏ {' và '.join(what)}." if what else ""


def pasted(mime: QMimeData) -> Pasted:
    """Bold, italic and lists are kept, the rest becomes plain; hidden characters are dropped."""
    html = mime.html() if mime.hasHtml() else ""
    if not html or len(html) > _LARGEST or (_WORKBOOK in html and mime.hasText()):
        text, hidden = seen(mime.text())
        return Pasted(parse(text), hidden)
    document = _Closed()
    document.setHtml(html)
    text = document.toPlainText()
    hidden = seen(text)[1]
    lines = (
        _item(replace(line, runs=tuple(replace(run, text=seen(run.text)[0]) for run in line.runs)))
        for line in prose_of(document).lines
    )
    return Pasted(RichText(tuple(_parted(lines))), hidden, text.count(_PICTURE))


def seen(text: str) -> tuple[str, int]:
    """The text as it may be kept, and how many characters that nobody sees were dropped from it."""
    whole = nfc(text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))
    plain = "".join(" " if c == "\t" or unicodedata.category(c) == "Zs" else c for c in whole)
    kept = "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in _HIDDEN)
    return kept, len(plain) - len(kept)


class _Closed(QTextDocument):
    """Pictures and the like that the text names are not fetched, from nowhere."""

    def loadResource(self, type: int, name: QUrl) -> object:
        return None


def _item(line: TextLine) -> TextLine:
    """A line that only looks like an item becomes one; blanks before the words are dropped."""
    found = _ITEM.match(line.words) if line.kind is LineKind.PLAIN else None
    if found is None:
        return replace(line, runs=_without(line.runs, len(line.words) - len(line.words.lstrip())))
    kind = LineKind.NUMBER if found[1] else LineKind.BULLET
    return TextLine(_without(line.runs, found.end()), kind, int(found[1] or 0))


def _without(runs: Iterable[TextRun], letters: int) -> tuple[TextRun, ...]:
    """The runs less their first letters; blanks in rows, which only indent, become one."""
    kept = []
    for run in runs:
        text = _BLANKS.sub(" ", run.text[letters:])
        letters = max(0, letters - len(run.text))
        kept += [replace(run, text=text)] if text else []
    return tuple(kept)


def _parted(lines: Iterable[TextLine]) -> list[TextLine]:
    """Without lines of blanks at the beginning and the end, and never two of them after each other."""
    kept: list[TextLine] = []
    for line in lines:
        is_blank = not line.words.strip()
        if not is_blank:
            kept.append(line)
        elif kept and kept[-1].words:
            kept.append(TextLine())
    return kept[:-1] if kept and not kept[-1].words else kept


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
