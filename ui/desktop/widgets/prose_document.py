"""Prose in Qt's document and back: a block for each line, looks as fonts, lists as lists."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
)

from forms.prose import Line, LineKind, Prose, Run

_PICTURE, _BREAK = "\ufffc", "\u2028"  # a picture's place; Qt's break inside a block


def prose_of(document: QTextDocument) -> Prose:
    """What the document says; empty lines at its end are no part of it."""
    lines = [_line(block) for block in _blocks(document)]
    while lines and not lines[-1].words.strip():
        lines.pop()
    return Prose(tuple(lines))


def fill(document: QTextDocument, prose: Prose) -> None:
    """In place of what was there. There is nothing to undo afterwards."""
    document.setUndoRedoEnabled(False)
    document.clear()
    insert(QTextCursor(document), prose)
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def insert(cursor: QTextCursor, prose: Prose) -> None:
    """In place of the selection, as one step to undo; the first line goes on in the line one stands in."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    before: Line | None = None
    for line in prose.lines:
        is_fresh = before is not None or not cursor.block().text()
        if before is not None:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        if is_fresh:
            _begin(cursor, line, before)
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


def _begin(cursor: QTextCursor, line: Line, before: Line | None) -> None:
    """Make the fresh line an item where it is one: of the list it goes on, or of a new one."""
    if line.kind is LineKind.PLAIN:
        return
    above: QTextList | None = cursor.block().previous().textList()
    if above is not None and before is not None and _goes_on(before, line):
        above.add(cursor.block())
    else:
        cursor.createList(list_format(line.kind, line.number))


def _goes_on(before: Line, line: Line) -> bool:
    return line.kind is before.kind and line.number in (0, before.number + 1)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _line(block: QTextBlock) -> Line:
    runs = []
    for at in block:
        piece = at.fragment()
        text = piece.text().replace(_BREAK, " ").replace(_PICTURE, "")
        shape = piece.charFormat()
        if text:
            runs.append(Run(text, shape.fontWeight() >= QFont.Weight.DemiBold, shape.fontItalic()))
    kind = kind_of(block)
    if kind is not LineKind.NUMBER:
        return Line(tuple(runs), kind)
    listed = block.textList()
    return Line(tuple(runs), kind, listed.format().start() + listed.itemNumber(block))
