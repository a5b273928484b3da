"""The sealing: what the checks say, the passwords of those who seal, and for a correction its reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.errors import AppError
from forms.office import PERSON_ROLE_TITLES
from forms.report import Report
from ui.desktop import calendar
from ui.desktop.screens.sealing.sealer import Sealer, standing
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.fields import Choice, Line, Password, labelled
from ui.desktop.widgets.text import Heading, Muted, Pill, Problem, Wrapped

_HAND_OVER = (
    "Thủ trưởng không ở đây thì chuyển để duyệt: người lập niêm phong trước, không cần gõ mật khẩu; "
    "thủ trưởng mở sổ bằng tên mình, xem và niêm phong sau."
)


class SealDialog(QDialog):
    """Stays open until sealing succeeds or is given up; a wrong password is said in place. A preparer may leave the
    head's seal to the head."""

    sealed = Signal()
    handed_over = Signal(str)  # the head's name

    def __init__(self, report: Report, sealer: Sealer, parent: QWidget) -> None:
        super().__init__(parent)
        self._report, self._sealer = report, sealer
        self._hands: list[tuple[Choice, Password]] = []
        self._reason, self._problem = Line("Lý do đính chính"), Problem()
        self._seal = Button("Niêm phong", self._try, "primary")
        self._leave = Button("Chuyển thủ trưởng duyệt", self._hand_over)
        self.setWindowTitle("Niêm phong báo cáo")
        self.setMinimumWidth(540)
        self._lay_out()

    def _try(self) -> None:
        passwords = {str(person.currentData()): password.text() for person, password in self._hands}
        if self._done(lambda: self._sealer.seal(self._report, passwords, self._reason.text())):
            self.sealed.emit()

    def _hand_over(self) -> None:
        head = self._hands[-1][0]
        if self._done(lambda: self._sealer.hand_over(self._report, str(head.currentData()), self._reason.text())):
            self.handed_over.emit(head.currentText())

    def _done(self, act: Callable[[], AppError | None]) -> bool:
        """Whether it was done; a refusal is said, and the dialog stays."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            refusal = act()
        finally:
            QGuiApplication.restoreOverrideCursor()
        if refusal:
            self._problem.say(refusal.message)
            return False
        self.accept()
        return True

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        words = calendar.capitalised(self._report.period.words)
        title = Heading(self._report.form.title)
        title.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(Muted(f"{words} · lần gửi {self._report.revision}"))
        column.addWidget(self._findings_card())
        if self._report.supersedes:
            column.addWidget(labelled("&Lý do đính chính (đi kèm từng ô đã sửa)", self._reason))
        hands = self._sealer.hands()
        for role, people in hands.roles:
            person, password = (
                Choice(PERSON_ROLE_TITLES[role]),
                Password(f"Mật khẩu của {PERSON_ROLE_TITLES[role].lower()}"),
            )
            for one in people:
                person.addItem(f"{one.name} – {one.title}" if one.title else one.name, one.keyid)
            if len(people) == 1:
                person.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # nothing to choose: Tab goes on to the password
            self._hands.append((person, password))
            column.addWidget(_hand(PERSON_ROLE_TITLES[role], person, password))
        column.addWidget(
            Muted(
                "Sau khi niêm phong, số liệu không sửa được nữa; muốn sửa phải lập bản thay thế. "
                "Niêm phong không thay cho chữ ký, con dấu trên bản giấy."
            )
        )
        if hands.may_hand_over:
            column.addWidget(Muted(_HAND_OVER))
        column.addWidget(self._problem)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button("Hoãn", self.reject))
        self._leave.setVisible(hands.may_hand_over)
        row.addWidget(self._leave)
        row.addWidget(self._seal)
        column.addLayout(row)
        if self._hands:
            self._hands[0][1].setFocus()

    def _findings_card(self) -> Card:
        card = Card()
        card.column.setContentsMargins(14, 10, 14, 10)
        found = self._sealer.findings(self._report)
        words, tone = standing(found)
        for button in (self._seal, self._leave):
            button.setEnabled(tone != "error")
        card.column.addWidget(Pill(words, tone), 0, Qt.AlignmentFlag.AlignLeft)
        blank = sum(one.says_blank for one in found)
        if blank:
            card.column.addWidget(Wrapped(f"Còn {blank} ô chưa nhập."))
        for finding in [one for one in found if (one.blocks or one.explained) and not one.says_blank][:4]:
            reason = self._report.explanations.get(finding.check, "")
            card.column.addWidget(Wrapped(finding.message + (f" Lý do: {reason}" if reason else "")))
        return card


def _hand(role: str, person: Choice, password: Password) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    person.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    row.addWidget(labelled(role, person), 3)
    row.addWidget(labelled("Mật khẩu", password), 2)
    return box
