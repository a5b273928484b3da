"""The rail at the left: product, office, a button for each screen (Ctrl+1 … Ctrl+9), and at the foot who is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.desktop.widgets.cards import icon
from ui.desktop.widgets.layout import vbox
from ui.desktop.widgets.text import Label, set_tip

_WIDTH, _LINE, _WIDEST = 214, 17, 250  # the width where a line of text is as high as this, and where it ends
_EDGE = 12


@dataclass(frozen=True)
class Names:
    """Whose ledger it is and who is signed in; `leaving` is the verb by which the place is left to somebody else."""

    office: str
    person: str
    leaving: str
    practice: bool


class Rail(QWidget):
    """`entries` are (id, title, icon name) from top to bottom; the last one stands apart at the foot."""

    chosen = Signal(str)
    leaving = Signal()

    def __init__(self, names: Names, entries: Sequence[tuple[str, str, str]], colour: str) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(min(max(_WIDTH, _WIDTH * self.fontMetrics().height() // _LINE), _WIDEST))
        self._buttons: dict[str, _Entry] = {}
        self._group, self._working = QButtonGroup(self), Label()
        *above, last = (self._button(number, *entry, colour) for number, entry in enumerate(entries, 1))
        product, office, mark = Label("Sổ Bình Đẳng"), Label(names.office), Label("BẢN THỬ")
        for label, name in ((product, "product"), (office, "office"), (self._working, "working")):
            label.setObjectName(name)
            label.setWordWrap(True)
        self._working.hide()
        mark.setObjectName("practice")
        set_tip(mark, "Sổ dùng thử với số liệu mẫu; không gửi được cho nơi nhận thật.")
        marked = (4, (mark, Qt.AlignmentFlag.AlignLeft)) if names.practice else ()
        head = vbox(product, office, *marked, self._working, spacing=3, margins=(18, 0, 14, 16))
        vbox(head, *above, None, last, self._person(names, colour), spacing=1, margins=(0, 18, 0, 12), on=self)

    def show_working(self, period: str, form: str) -> None:
        """The one report that every page shows."""
        self._working.setText(f"Đang làm:\n{period}\n{form}")
        self._working.setAccessibleName(f"Báo cáo đang làm: {period}, {form}")
        self._working.show()

    def show_here(self, page: str, *, focused: bool) -> None:
        """Mark the screen that is shown; `focused`: the keys were on the rail and follow the mark."""
        self._buttons[page].setChecked(True)
        for id, button in self._buttons.items():  # Tab stops once on the rail: at the screen that is shown
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if id == page else Qt.FocusPolicy.ClickFocus)
        if focused:
            self._buttons[page].setFocus()

    def show_signs(self, waiting: Mapping[str, int]) -> None:
        """How many things wait behind an entry; nothing is shown for none."""
        for id, button in self._buttons.items():
            button.say_waiting(waiting.get(id, 0))

    def _button(self, number: int, id: str, title: str, drawing: str, colour: str) -> QPushButton:
        button = _Entry(title, icon(drawing, colour), f"Ctrl+{number}", title)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.chosen.emit(id))
        self._group.addButton(button)
        self._buttons[id] = button
        return button

    def _person(self, names: Names, colour: str) -> QPushButton:
        room = self.width() - 5 * _EDGE
        name = self.fontMetrics().elidedText(names.person, Qt.TextElideMode.ElideRight, room)
        tip = f"{names.person}\n{names.leaving}"
        button = _Entry(f"{name}\n  {names.leaving}", icon("person", colour), "Ctrl+Shift+K", tip)
        button.setObjectName("person")
        button.setAccessibleName(f"{names.leaving}: {names.person}")
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.clicked.connect(self.leaving)
        return button


class _Entry(QPushButton):
    """Its keys act at once: Qt's way takes the focus and a tenth of a second, and what is typed meanwhile is lost.

    The sign at its right lies over the button and takes no room of its own: nothing moves when it comes or goes.
    """

    def __init__(self, title: str, drawing: QIcon, keys: str, tip: str) -> None:
        super().__init__(f"  {title}")
        self.setIcon(drawing)
        self.setShortcut(QKeySequence(keys))
        set_tip(self, f"{tip} ({keys})")
        self._title = title
        self._sign = Label(parent=self)
        self._sign.setObjectName("railSign")
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sign.hide()
        self.setProperty("rail", True)
        self.setAutoDefault(False)
        self.setIconSize(QSize(20, 20))
        self.setAccessibleName(title)

    def say_waiting(self, count: int) -> None:
        text = str(count) if count else ""
        if text != self._sign.text():
            self._sign.setText(text)
            self._sign.setVisible(bool(text))
            self.setAccessibleName(f"{self._title}, {text} việc đang chờ" if text else self._title)
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Shortcut:
            self.click()
            return True
        return super().event(event)

    def _place(self) -> None:
        self._sign.adjustSize()
        self._sign.move(self.width() - self._sign.width() - _EDGE, (self.height() - self._sign.height()) // 2)
