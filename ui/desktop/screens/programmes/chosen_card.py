"""The programme under the cursor: what it is, whether the office reports on it, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout

from forms.periods import Basis
from ui.desktop.screens.programmes.presenter import Chosen
from ui.desktop.screens.programmes.words import BASIS_TITLES
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card, Scrolling
from ui.desktop.widgets.fields import Choice, labelled
from ui.desktop.widgets.text import Muted, Problem, Wrapped

_NAMES = 96  # pixels of the names of facts


@dataclass(frozen=True)
class Doings:
    """What the card's fields and buttons do."""

    follow: Callable[[bool], object]
    set_basis: Callable[[Basis], object]
    open: Callable[[], object]
    copy: Callable[[], object]
    next_version: Callable[[], object]
    supply: Callable[[], object]


class ChosenCard(Card):
    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._title, self._unsure, self._advice, self.problem = Wrapped(), Wrapped(), Muted(), Problem()
        self._title.setProperty("tone", "heading")
        self._follow = QCheckBox("Đơn vị báo cáo theo chương trình này")
        self._basis = Choice("Kỳ báo cáo tính", tuple((words, basis) for basis, words in BASIS_TITLES.items()))
        self._basis_field = labelled("Kỳ báo cáo tính", self._basis)
        self._facts = QGridLayout()
        self._open = Button("Mở bản soạn", doings.open, "primary")
        self._next = Button("Soạn phiên bản tiếp theo", doings.next_version)
        self._copy = Button("Chép thành chương trình riêng…", doings.copy)
        self._supply = Button("Xuất tệp cấp phát…", doings.supply)
        self._follow.clicked.connect(doings.follow)
        self._basis.activated.connect(lambda: doings.set_basis(self._basis.currentData()))
        self._lay_out()

    def show_chosen(self, chosen: Chosen | None) -> None:
        self.setVisible(chosen is not None)
        if chosen is None:
            return
        self._title.setText(chosen.title)
        self._follow.setVisible(not chosen.is_draft)
        self._follow.setChecked(chosen.followed)
        self._basis_field.setVisible(not chosen.is_draft)
        self._basis.choose(chosen.basis)
        self._show_facts(chosen.facts)
        self._unsure.setText(chosen.unsure)
        self._advice.setText(chosen.advice)
        self._advice.setVisible(bool(chosen.advice))
        for button, may in (
            (self._open, chosen.is_draft),
            (self._next, chosen.can_continue),
            (self._copy, chosen.can_copy),
            (self._supply, chosen.can_supply),
        ):
            button.setVisible(may)

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while item := self._facts.takeAt(0):
            item.widget().hide()
            item.widget().deleteLater()
        for row, (name, words) in enumerate(facts):
            value = Wrapped(words)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(Muted(name), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, row, 1)

    def _lay_out(self) -> None:
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnMinimumWidth(0, _NAMES)
        inside = Scrolling()
        inside.setObjectName("onCard")
        inside.column.addLayout(self._facts)
        inside.column.addWidget(self._unsure)
        inside.column.addWidget(self._advice)
        inside.column.addStretch(1)
        for widget in (self._title, self._follow, self._basis_field, self.problem):
            self.column.addWidget(widget)
        self.column.addWidget(inside, 1)
        for button in (self._open, self._next, self._copy, self._supply):
            self.column.addWidget(button)
