"""Pages with the ways to walk and to enlarge them; a sentence in their place while there are none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.desktop.screens.printing.pages import PdfPages
from ui.desktop.screens.printing.preview import Preview
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.text import Heading, Muted


class PaperView(QStackedWidget):
    def __init__(self) -> None:
        super().__init__()
        self.preview, self._said = Preview(), _Said()
        self._page, self._zoom = Muted(), Muted()
        self.preview.moved.connect(lambda page, pages: self._page.setText(f"Trang {page}/{pages}"))
        self.preview.zoomed.connect(lambda percent: self._zoom.setText(f"{percent} %"))
        self._paper = QWidget()
        column = QVBoxLayout(self._paper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.preview, 1)
        column.addLayout(self._steps())
        self.addWidget(self._said)
        self.addWidget(self._paper)
        for keys, act in (
            (QKeySequence.StandardKey.ZoomIn, self.preview.nearer),
            (QKeySequence.StandardKey.ZoomOut, self.preview.farther),
            ("Ctrl+0", self.preview.fit),
        ):
            keys_inside(self, keys, act)

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return self.preview.count

    def show_pdf(self, pdf: bytes) -> None:
        self.preview.show_pages(PdfPages(pdf))
        self.setCurrentWidget(self._paper)

    def say(self, title: str, words: str) -> None:
        """In place of pages."""
        self._said.say(title, words)
        self.setCurrentWidget(self._said)
        self.clear()

    def clear(self) -> None:
        """Let go of the pages."""
        self.preview.show_pages(None)

    def print_on(self, printer: QPrinter) -> None:
        """The pages that the printer was set to."""
        self.preview.print_on(printer)

    def _steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (
            Button("Trang trước", lambda: self.preview.turn(-1), "quiet"),
            self._page,
            Button("Trang sau", lambda: self.preview.turn(1), "quiet"),
        ):
            row.addWidget(widget)
        row.addStretch(1)
        smaller, larger = (
            Button("Thu nhỏ", self.preview.farther, "quiet"),
            Button("Phóng to", self.preview.nearer, "quiet"),
        )
        for widget in (smaller, self._zoom, larger, Button("Vừa bề ngang", self.preview.fit, "quiet")):
            row.addWidget(widget)
        for words in (self._page, self._zoom):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words.setWordWrap(False)
        return row


class _Said(QWidget):
    """A sentence in place of the pages."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._words = Heading(), Label()
        self._words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 40, 0, 0)
        for widget in (self._title, self._words):
            column.addWidget(widget)
        column.addStretch(1)

    def say(self, title: str, words: str) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self._words.setAccessibleName(words)
