"""The one table model of every form: shows lines, reports what was typed, decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont

from ui.desktop.screens.entry.lines import Line
from ui.desktop.theme import Theme

HEADS = ("Số", "Chỉ tiêu, số liệu", "ĐVT", "Kỳ trước", "Kỳ này", "Ghi chú, đánh giá")
NUMBER, TITLE, MEASURE, BEFORE, VALUE, NOTE = range(6)
_Role = Qt.ItemDataRole
_TOP = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class EntryModel(QAbstractTableModel):
    """`relaid(row)`: a line's words grew or shrank. `put(name, text)` and `note(name, text)` answer whether the text was taken."""

    relaid = Signal(int)

    def __init__(
        self, theme: Theme, put: Callable[[str, str], bool], note: Callable[[str, str], bool], parent=None
    ) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._put, self._note = put, note
        self._brushes = {
            name: QBrush(QColor(colour))
            for name, colour in (
                ("muted", theme.muted),
                ("good", theme.good),
                ("warning", theme.warning),
                ("error", theme.error),
                ("plain", theme.ink),
                ("computed", theme.computed),
                ("error_soft", theme.error_soft),
                ("warning_soft", theme.warning_soft),
                ("field", theme.field),
            )
        }
        self._bold = QFont()
        self._bold.setWeight(QFont.Weight.DemiBold)

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """The same rows with other figures only tell what changed; other rows start anew."""
        if [line.id for line in lines] != [line.id for line in self._lines]:
            self.beginResetModel()
            self._lines = list(lines)
            self.endResetModel()
            return
        for row, (old, new) in enumerate(zip(self._lines, lines, strict=True)):
            if old != new:
                self._lines[row] = new
                self.dataChanged.emit(self.index(row, 0), self.index(row, NOTE))
                if old.note != new.note:
                    self.relaid.emit(row)

    def line_at(self, index: QModelIndex) -> Line | None:
        return self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None

    def row_of(self, id: str) -> int:
        return next((row for row, line in enumerate(self._lines) if line.id == id), -1)

    def rowCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent=_TOP) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section, orientation, role=_Role.DisplayRole):
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return HEADS[section]
        if orientation is Qt.Orientation.Horizontal and role == _Role.TextAlignmentRole and section in (BEFORE, VALUE):
            return _RIGHT
        return None

    def flags(self, index):
        flags = super().flags(index)
        line = self.line_at(index)
        if line is None:
            return flags
        editable = (index.column() == VALUE and line.typable) or (index.column() == NOTE and line.kind == "cell")
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def data(self, index, role=_Role.DisplayRole):
        line = self.line_at(index)
        if line is None:
            return None
        column = index.column()
        if role in (_Role.DisplayRole, _Role.EditRole):
            return self._text(line, column, editing=role == _Role.EditRole)
        if role == _Role.ToolTipRole:
            return self._text(line, column, editing=False) if column in (TITLE, NOTE) else None
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column in (BEFORE, VALUE) else None
        if role == _Role.FontRole:
            return self._bold if line.kind != "cell" and column in (NUMBER, TITLE, VALUE) else None
        if role == _Role.ForegroundRole:
            return self._foreground(line, column)
        if role == _Role.BackgroundRole:
            return self._background(line, column)
        if role == _Role.AccessibleTextRole:
            return f"{line.title}, {HEADS[column]}: {self._text(line, column, editing=False) or 'trống'}"
        return None

    def setData(self, index, value, role=_Role.EditRole) -> bool:
        line = self.line_at(index)
        if line is None or role != _Role.EditRole:
            return False
        act = self._put if index.column() == VALUE else self._note
        return act(line.id, str(value))

    def _text(self, line: Line, column: int, *, editing: bool) -> str:
        if column == NOTE and editing and line.note_tone == "muted":
            return ""
        title = f"    {line.title}" if line.indented else line.title
        return (line.number, title, line.measure, line.before, line.value, line.note)[column]

    def _foreground(self, line: Line, column: int) -> QBrush | None:
        if column in (MEASURE, BEFORE):
            return self._brushes["muted"]
        if column == NOTE:
            return self._brushes.get(line.note_tone)
        if column == VALUE and line.tone in ("error", "warning"):
            return self._brushes[line.tone]
        return None

    def _background(self, line: Line, column: int) -> QBrush | None:
        if line.kind == "indicator":
            return self._brushes["computed"]
        if column == VALUE and line.tone in ("error", "warning"):
            return self._brushes[f"{line.tone}_soft"]
        return None
