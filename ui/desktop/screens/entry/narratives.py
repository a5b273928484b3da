"""The titled text sections of a report (phần lời văn). Each is stored when it is left, or typing pauses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from forms.report import Report, ReportState
from ui.desktop.widgets.card import Scrolling
from ui.desktop.widgets.fields import labelled

_HEIGHT, _AUTOSAVE_MS = 104, 1500


class Narratives(Scrolling):
    """`narrate(id, text)` is called when a text was left."""

    def __init__(self, narrate: Callable[[str, str], None]) -> None:
        super().__init__()
        self._narrate, self._form = narrate, ""
        self._texts: dict[str, _Text] = {}

    def show_report(self, report: Report) -> None:
        if self._form != report.form.id:
            self._build(report)
        closed = report.state is not ReportState.DRAFT
        for id, text in self._texts.items():
            text.show_stored(report.narratives.get(id, ""))
            text.setReadOnly(closed)

    def keep(self) -> None:
        """Store what is being typed now."""
        for text in self._texts.values():
            text.keep()

    def _build(self, report: Report) -> None:
        self._form = report.form.id
        self._texts = {}
        while item := self.column.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for narrative in report.form.narratives:
            text = _Text(narrative.title, partial(self._narrate, narrative.id))
            self._texts[narrative.id] = text
            self.column.addWidget(
                labelled(f"{narrative.number}. {narrative.title}".replace("&", "&&"), text, narrative.help)
            )
        self.column.addStretch(1)


class _Text(QPlainTextEdit):
    def __init__(self, name: str, left: Callable[[str], None]) -> None:
        super().__init__()
        self._left, self._stored = left, ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_HEIGHT)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AUTOSAVE_MS)
        self._pause.timeout.connect(self.keep)
        self.textChanged.connect(self._pause.start)

    def show_stored(self, text: str) -> None:
        """What the ledger holds; words being typed are not overwritten."""
        untouched = self.toPlainText() == self._stored
        self._stored = text
        if untouched and self.toPlainText() != text:
            self.setPlainText(text)

    def keep(self) -> None:
        if not self.isReadOnly() and self.toPlainText() != self._stored:
            self._left(self.toPlainText())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keep()
