"""The rail at the left: product, office, and a button for each screen (Ctrl+1 … Ctrl+9)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.desktop.widgets.icons import icon

_WIDTH, _LINE, _WIDEST = 214, 17, 250  # the width where a line of text is as high as this, and where it ends


class Rail(QWidget):
    """`entries` are (id, title, icon name) from top to bottom; the last one stands apart at the foot."""

    chosen = Signal(str)

    def __init__(
        self, office: str, person: str, practice: bool, entries: Sequence[tuple[str, str, str]], colour: str
    ) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(min(max(_WIDTH, _WIDTH * self.fontMetrics().height() // _LINE), _WIDEST))
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 18, 0, 12)
        column.setSpacing(1)
        self._add_names(column, office, person, practice)
        for number, entry in enumerate(entries, 1):
            if number == len(entries):
                column.addStretch(1)
            column.addWidget(self._button(number, *entry, colour))

    def show_here(self, page: str, *, focused: bool) -> None:
        """Mark the screen that is shown; `focused`: the keys were on the rail and follow the mark."""
        self._buttons[page].setChecked(True)
        for id, button in self._buttons.items():  # Tab stops once on the rail: at the screen that is shown
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if id == page else Qt.FocusPolicy.ClickFocus)
        if focused:
            self._buttons[page].setFocus()

    def _add_names(self, column: QVBoxLayout, office: str, person: str, practice: bool) -> None:
        names = QVBoxLayout()
        names.setContentsMargins(18, 0, 14, 16)
        names.setSpacing(3)
        for text, name in (("Sổ Bình Đẳng", "product"), (office, "office"), (person, "office")):
            label = QLabel(text)
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            names.addWidget(label)
        if practice:
            mark = QLabel("BẢN THỬ")
            mark.setObjectName("practice")
            mark.setToolTip("Sổ dùng thử với số liệu mẫu; không gửi được cho nơi nhận thật.")
            names.addSpacing(4)
            names.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(names)

    def _button(self, number: int, id: str, title: str, drawing: str, colour: str) -> QPushButton:
        button = _Entry(f"  {title}")
        button.setProperty("rail", True)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setIcon(icon(drawing, colour))
        button.setIconSize(QSize(20, 20))
        button.setShortcut(QKeySequence(f"Ctrl+{number}"))
        button.setAccessibleName(title)
        button.setToolTip(f"{title} (Ctrl+{number})")
        button.clicked.connect(lambda: self.chosen.emit(id))
        self._group.addButton(button)
        self._buttons[id] = button
        return button


class _Entry(QPushButton):
    """Its keys act at once: Qt's way takes the focus and a tenth of a second, and what is typed meanwhile is lost."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Shortcut:
            self.click()
            return True
        return super().event(event)
