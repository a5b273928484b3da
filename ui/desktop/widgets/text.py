"""Labels with a meaning: quiet text, a section's name, a pill that says a state."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.widgets.plain_text import Label


class WrappedLabel(Label):
    """Plain text over as many lines as it takes; a layout never cuts the last one off."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def setText(self, text: str) -> None:
        super().setText(text)
        if self.isVisible():
            self._claim()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim()

    def sizeHint(self) -> QSize:
        """One line if there is room for it, not Qt's guess of a square block."""
        line = self.fontMetrics().horizontalAdvance(self.text())
        lines = super().heightForWidth(max(1, self.width())) if self.isVisible() else self.fontMetrics().height()
        return QSize(line, max(0, lines))

    def _claim(self) -> None:
        self.setMinimumHeight(0)  # Qt counts the minimum into the height it answers
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class MutedLabel(WrappedLabel):
    """Explaining text, of less weight."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("tone", "muted")


class HeadingLabel(Label):
    """The name of a part of a screen."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("tone", "heading")


class Pill(Label):
    """A short state. `tone`: plain, accent, good, warning, error. The words carry the meaning, colour only helps."""

    def __init__(self, text: str = "", tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("pill", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def say(self, text: str, tone: str) -> None:
        self.setText(text)
        set_tone(self, "pill", tone)


class ProblemLabel(WrappedLabel):
    """Where a refusal is shown beside what caused it; takes no room while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setProperty("tone", "problem")
        self.hide()

    def say(self, text: str) -> None:
        self.setText(text)
        self.setVisible(bool(text))
        self.setAccessibleName(text)


def set_tone(widget: QWidget, name: str, tone: str) -> None:
    """Change a property that the style sheet looks at, and have it looked at again."""
    if widget.property(name) != tone:
        widget.setProperty(name, tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
