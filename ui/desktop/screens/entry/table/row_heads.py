"""The columns that never scroll away: number, title and measure of each row, drawn as the table's vertical heading."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.desktop import theme
from ui.desktop.screens.entry.table.layout import Row
from ui.desktop.screens.entry.table.model import EntryModel
from ui.desktop.screens.entry.table.paste import ROW_HEADS
from ui.desktop.screens.entry.table.widths import MEASURE, NUMBER
from ui.desktop.screens.entry.table.wrapping import weighted, wrapped

_EDGE, _INDENT, _GAP = 8, 14, 8
_MOST_LINES = 4


class RowHeads(QHeaderView):
    """`widths`: what of the whole width number, title and measure take."""

    def __init__(self, model: EntryModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._entries, self._look = model, theme.current()
        self._number = NUMBER
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setStyleSheet("QHeaderView { background: transparent; }")
        self.corner = _Corner(parent, self)

    @property
    def scale(self) -> float:
        """How much larger than normal the text is."""
        return max(1.0, self.fontMetrics().height() / 17)

    def measure(self) -> int:
        """What the longest number and the measure take together."""
        measured = QFontMetrics(weighted(self.font(), True))
        longest = max((measured.horizontalAdvance(row.number) for row in self._entries.layout.rows), default=0)
        self._number = max(round(NUMBER * self.scale), longest + _EDGE + _GAP)
        return self._number + round(MEASURE * self.scale)

    @property
    def widths(self) -> tuple[int, int, int]:
        number, measure = self._number, round(MEASURE * self.scale)
        return number, self.width() - number - measure, measure

    def height_of(self, number: int) -> int:
        """What a row's words need."""
        row = self._entries.row_at(number)
        line = self.fontMetrics().lineSpacing()
        if row.is_band:
            return line + 8
        measure = len(self._wrapped(row.measure, False, self.widths[2] - _EDGE))
        return max(len(self._title(row)), measure, 1) * line + 14

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        row = self._entries.row_at(section)
        ground = self._look.head if row.is_band else self._look.computed if row.is_computed else self._look.surface
        painter.save()
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QColor(self._look.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        number, title, measure = self.widths
        painter.setFont(weighted(self.font(), row.is_computed))
        painter.setPen(QColor(self._look.ink))
        self._draw(painter, QRect(rect.left(), rect.top(), number, rect.height()), (row.number,), _EDGE)
        place = QRect(rect.left() + number, rect.top(), title, rect.height())
        self._draw(painter, place, self._title(row), _INDENT if row.part else 0)
        painter.setFont(self.font())
        painter.setPen(QColor(self._look.muted))
        place = QRect(rect.left() + number + title, rect.top(), measure, rect.height())
        self._draw(painter, place, self._wrapped(row.measure, False, measure - _EDGE), _EDGE)
        painter.restore()

    def _draw(self, painter: QPainter, place: QRect, lines: tuple[str, ...], indent: int) -> None:
        height = painter.fontMetrics().lineSpacing()
        top = place.center().y() - height * len(lines) // 2 + painter.fontMetrics().ascent()
        for number, line in enumerate(lines):
            painter.drawText(QPoint(place.left() + indent, top + number * height), line)

    def _title(self, row: Row) -> tuple[str, ...]:
        return self._wrapped(row.title, row.is_computed, self.widths[1] - (_INDENT if row.part else 0) - 4)

    def _wrapped(self, text: str, strong: bool, width: int) -> tuple[str, ...]:
        """The text in lines; what does not fit ends in …, and stands whole in the strip below."""
        return wrapped(text, weighted(self.font(), strong), width, _MOST_LINES)


class _Corner(QWidget):
    """The headings of the columns that never scroll, in the corner that Qt leaves empty."""

    def __init__(self, table: QWidget, heads: RowHeads) -> None:
        super().__init__(table)
        self._heads = heads
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event) -> None:
        painter, look = QPainter(self), theme.current()
        painter.fillRect(self.rect(), QColor(look.head))
        painter.setPen(QColor(look.line))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(look.muted))
        number, title, _ = self._heads.widths
        for left, words in zip((_EDGE, number, number + title + _EDGE), ROW_HEADS, strict=True):
            painter.drawText(QRect(left, 0, title, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
