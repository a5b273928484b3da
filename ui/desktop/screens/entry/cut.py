"""A label of plain words that takes no more lines than it may; what does not fit is in its tooltip."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui.desktop.screens.entry.table.wrapping import wrapped
from ui.desktop.widgets.plain import Label, set_tip


class Cut(Label):
    """Hidden while it is empty."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._words = most, ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        """All of them."""
        return self._words

    def say(self, words: str, most: int | None = None) -> None:
        self._words, self._most = words, most or self._most
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = "\n".join(wrapped(" ".join(self._words.split()), self.font(), max(60, self.width()), self._most))
        if shown != self.text():
            self.setText(shown)
            set_tip(self, self._words if "…" in shown else "")
