"""A milestone, a deadline or an agency that a draft lacks; a refusal is said in place, and the dialog stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.pack_outline import KIND_TITLES, ROLE_TITLES
from ui.desktop.screens.programmes.draft_presenter import DraftPresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, Line, labelled
from ui.desktop.widgets.text import Problem

_TITLES = {"target": "Thêm mốc phải đạt", "deadline": "Thêm hạn gửi báo cáo", "agency": "Thêm cơ quan"}


class AddDialog(QDialog):
    def __init__(self, kind: str, presenter: DraftPresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter, self._problem = presenter, Problem()
        self._year, self._amount = Line("Năm của mốc", "2030"), Line("Mức phải đạt", "60")
        self._role = Choice("Của ai", tuple((words, role) for role, words in ROLE_TITLES.items()))
        self._kind = Choice("Báo cáo nào", tuple((words, kind) for kind, words in KIND_TITLES.items()))
        self._day, self._receiver = Line("Trước ngày (ngày/tháng)", "30/11"), Line("Nơi nhận")
        self._agency = Line("Tên cơ quan")
        self.setWindowTitle(_TITLES[kind])
        self.setMinimumWidth(440)
        fields, act = self._asked()[kind]
        self._lay_out(fields, act)

    def _asked(self) -> dict[str, tuple[tuple[QWidget, ...], Callable[[], str]]]:
        """Of each kind what is asked, and how it is added."""
        add = self._presenter
        return {
            "target": (
                (self._year, self._amount),
                lambda: add.add_target(self._year.text(), self._amount.text()),
            ),
            "deadline": (
                (self._role, self._kind, self._day, self._receiver),
                lambda: add.add_deadline(
                    self._role.currentData(), self._kind.currentData(), self._day.text(), self._receiver.text()
                ),
            ),
            "agency": ((self._agency,), lambda: add.add_agency(self._agency.text())),
        }

    def _try(self, act: Callable[[], str]) -> None:
        refusal = act()
        self._problem.say(refusal)
        if not refusal:
            self.accept()

    def _lay_out(self, fields: tuple[QWidget, ...], act: Callable[[], str]) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        for field in fields:
            column.addWidget(labelled(field.accessibleName(), field))
            if isinstance(field, Line):
                field.returnPressed.connect(lambda: self._try(act))
        column.addWidget(self._problem)
        foot.addStretch(1)
        foot.addWidget(Button("Thôi", self.reject))
        foot.addWidget(Button("Thêm", lambda: self._try(act), "primary"))
        column.addLayout(foot)
        fields[0].setFocus()
