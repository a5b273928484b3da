"""Looking up the thirty digits of a printed page, typed or scanned."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.printing.lookup import Answer, Match, counted
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Line, labelled
from ui.desktop.widgets.text import Muted, Pill, Wrapped

_WIDTH = 620
_HELP = "Gõ 30 chữ số ở chân trang, có hay không có dấu cách; hoặc để con trỏ ở đây rồi quét mã vuông."


class LookupDialog(QDialog):
    """`look_up` answers; the dialog stays for the next page, what was typed being ready to be typed over."""

    def __init__(self, look_up: Callable[[str], Answer], parent: QWidget) -> None:
        super().__init__(parent)
        self._look_up, self._matches = look_up, list[QWidget]()
        self._text, self._counted = Line("Mã niêm phong trên giấy", "12345 67890 …"), Muted()
        self._verdict, self._words, self._answer = Pill(), Wrapped(), Card()
        self._text.textChanged.connect(lambda text: self._counted.setText(counted(text)))
        self._text.returnPressed.connect(self._asked)  # a scanner ends with Enter too
        self.setWindowTitle("Tra mã trên giấy")
        self.setMinimumWidth(_WIDTH)
        self.finished.connect(self.deleteLater)
        self._lay_out()

    def _asked(self) -> None:
        if not self._text.text().strip():
            return
        self._show_answer(self._look_up(self._text.text()))
        self._text.setFocus()
        self._text.selectAll()

    def _show_answer(self, answer: Answer) -> None:
        self._verdict.say(answer.verdict.text, answer.verdict.tone)
        self._words.setText(answer.words)
        for old in self._matches:
            self._answer.column.removeWidget(old)
            old.hide()  # deleted later, when it would long be under the new ones
            old.deleteLater()
        self._matches = [_shown(match) for match in answer.matches]
        for match in self._matches:
            self._answer.column.addWidget(match)
        told = [answer.verdict.text, answer.words, *(f"{m.title}. {m.standing.text}. {m.note}" for m in answer.matches)]
        self._text.setAccessibleDescription("\n".join(told))
        self._answer.show()
        self.adjustSize()

    def _lay_out(self) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(labelled("&Mã niêm phong trên giấy", self._text, _HELP))
        self._answer.column.addWidget(self._verdict, 0, Qt.AlignmentFlag.AlignLeft)
        self._answer.column.addWidget(self._words)
        self._answer.hide()
        column.addWidget(self._answer)
        column.addStretch(1)  # a shorter answer leaves the room below it
        foot.addWidget(self._counted, 1)
        foot.addWidget(Button("Đóng", self.reject))
        foot.addWidget(Button("Tra", self._asked, "primary"))
        column.addLayout(foot)
        self._text.setFocus()


def _shown(match: Match) -> QWidget:
    box = QWidget()
    column, head = QVBoxLayout(box), QHBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    head.setSpacing(12)
    head.addWidget(Wrapped(match.title), 1)
    head.addWidget(Pill(match.standing.text, match.standing.tone), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    column.addWidget(Muted(match.note))
    return box
