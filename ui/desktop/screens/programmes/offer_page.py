"""What a supply file holds, before it is taken; or, where its key is unknown, how that key becomes known."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.programmes.offer_presenter import Offer
from ui.desktop.screens.programmes.words import CHANGE_COLUMNS
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Heading, Muted, Wrapped


class OfferPage(QWidget):
    def __init__(self, take: Callable[[bool], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._title, self._words = Wrapped(), Muted()
        self._title.setProperty("tone", "heading")
        self._list = Listing("Tệp cấp phát có gì", wraps=True)
        self._follow = QCheckBox("Báo cáo theo các chương trình này")
        self._take = Button("Nhận vào sổ", lambda: take(self._follow.isChecked()), "primary")
        keys_inside(self, Qt.Key.Key_Escape, back)
        names, head, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._words)
        names.addWidget(self._follow)
        head.setSpacing(8)
        head.addLayout(names, 1)
        for button in (Button("Bỏ, chưa nhận", back), self._take):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._list, 1)

    def show_offer(self, offer: Offer) -> None:
        self._title.setText(f"Tệp cấp phát của {offer.issuer}")
        self._words.setText(offer.words)
        self._follow.setVisible(offer.can_follow and offer.can_take)
        self._follow.setChecked(offer.can_follow)
        self._take.setEnabled(offer.can_take)
        self._list.show_rows(CHANGE_COLUMNS, offer.rows)
        (self._take if offer.can_take else self._list).setFocus()


class UnknownKeyCard(Card):
    """The file cannot be believed yet."""

    def __init__(self, to_register: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._words, self._go = Wrapped(), Button("Đến Sổ khóa", to_register, "primary")
        row = QHBoxLayout()
        row.addWidget(Button("Đóng", back))
        row.addWidget(self._go)
        row.addStretch(1)
        self.column.addWidget(Heading("Chưa đăng ký khóa của nơi cấp tệp này"))
        self.column.addWidget(
            Muted("Không có khóa thì không biết tệp có đúng của cấp trên hay không, nên chưa mở tệp.")
        )
        self.column.addWidget(self._words)
        self.column.addLayout(row)
        self.hide()

    def show_words(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))
        if words:
            self._go.setFocus()
