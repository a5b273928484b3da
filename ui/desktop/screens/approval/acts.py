"""What can be done with the report that is shown, below it: one row for each stance."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.approval.presenter import ApprovalPresenter, Shown, Stance
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, Line
from ui.desktop.widgets.plain import set_tip
from ui.desktop.widgets.text import Muted, Problem


class Acts(QWidget):
    def __init__(self, presenter: ApprovalPresenter) -> None:
        super().__init__()
        self._presenter, self._report = presenter, ""
        self._remark = Line("Điều cần sửa", "Điều cần sửa")
        self._reason = Line("Lý do đính chính", "Lý do đính chính, đi kèm từng ô đã sửa")
        self._head, self._wait, self._problem = Choice("Thủ trưởng"), Muted(), Problem()
        self._give_back = Button("Trả lại để sửa", self._give_back_asked)
        self._print = Button("Xem bản in", presenter.print)
        set_tip(self._print, "Ctrl+P")
        self._take_back = Button("Lấy lại để sửa", presenter.take_back)
        self._hand_over = Button("Chuyển thủ trưởng duyệt", self._hand_over_asked, "primary")
        self._approve = Button("Duyệt và niêm phong…", presenter.approve, "primary")
        self._of = {
            Stance.APPROVE: (self._remark, self._give_back, self._approve),
            Stance.LOOK: (self._wait,),
            Stance.TAKE_BACK: (self._wait, self._take_back),
            Stance.HAND_OVER: (self._reason, self._head, self._hand_over),
        }
        self._lay_out()

    def show_acts(self, shown: Shown) -> None:
        mine = self._of[shown.stance]
        for widgets in self._of.values():
            for widget in widgets:
                widget.setVisible(widget in mine)
        self._reason.setVisible(shown.asks_reason)
        self._show_heads(shown)
        if shown.id != self._report:  # of the same one, shown anew, what was written stays
            self._report = shown.id
            self._remark.clear()
            self._reason.clear()
        self._wait.setText("Đang chờ thủ trưởng duyệt; số liệu không sửa được.")

    def _show_heads(self, shown: Shown) -> None:
        """Who was chosen stays so; where that person is gone, nobody is."""
        chosen = self._head.currentData()
        self._head.clear()
        for name, keyid in shown.heads:
            self._head.addItem(name, keyid)
        if chosen is not None and len(shown.heads) > 1:
            self._head.choose(chosen)
        self._head.setVisible(len(shown.heads) > 1)

    def show_problem(self, text: str) -> None:
        self._problem.say(text)
        if text:
            self._remark.setFocus()

    def _give_back_asked(self) -> None:
        self._presenter.give_back(self._remark.text())

    def _hand_over_asked(self) -> None:
        self._presenter.hand_over(str(self._head.currentData() or ""), self._reason.text())

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row.setSpacing(8)
        for wide in (self._remark, self._reason, self._wait):
            row.addWidget(wide, 1)
        row.addWidget(self._give_back)
        for narrow in (self._head, self._print, self._take_back, self._hand_over, self._approve):
            row.addWidget(narrow)
        column.addWidget(self._problem)
        column.addLayout(row)
