"""Our own packages: what was sealed, the file again, a correction; and the key that seals them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.figures import in_two_lines
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.rows import Row
from ui.desktop.screens.importing.dialog import open_excel
from ui.desktop.screens.packages.key_card import KeyCard
from ui.desktop.screens.packages.presenter import COLUMNS, Chosen, PackagesPresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card, Scrolling
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import Heading, Muted

_SIDE_WIDTH = 400


class PackagesView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Gói báo cáo", "Báo cáo đã niêm phong, mỗi báo cáo một gói để gửi cho nơi nhận.")
        self._frame = frame
        self._presenter = PackagesPresenter(self, desk, program, frame)
        self.tools.addWidget(
            Button("Dùng Excel…", lambda: open_excel(self, desk, program, frame, frame.working, self._filled))
        )
        self._list = Listing("Gói báo cáo đã niêm phong", wraps=True)
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(lambda _: self._presenter.export())
        self._chosen = _ChosenCard(self._presenter)
        self._key = KeyCard(desk, program, frame)
        self._left = QStackedWidget()
        self._was_sent_here = False
        self._lay_out(_EmptyCard(frame))

    def entered(self, place: str) -> None:
        """`place` is a Place: which report."""
        self._key.start()
        self._presenter.start(place)
        self._was_sent_here = bool(place)

    def take_keys(self) -> None:
        """Sent here with a package, one came to write it out; else one may have come to choose another."""
        if self._was_sent_here and not self._chosen.isHidden():
            self._chosen.take_keys()
        elif self._left.currentIndex():
            self._list.setFocus()

    def _choose(self, id: str) -> None:
        self._presenter.choose(id)
        if place := Place.read(id):
            self._frame.work_on(place)

    def _filled(self, place: Place) -> None:
        self._frame.go("entry", str(place))

    def show_packages(self, rows: Sequence[Row], chosen: str) -> None:
        self._left.setCurrentIndex(1 if rows else 0)
        self._list.blockSignals(True)
        self._list.show_rows(COLUMNS, rows, chosen)
        self._list.blockSignals(False)

    def show_chosen(self, chosen: Chosen | None) -> None:
        self._chosen.show_chosen(chosen)

    def _lay_out(self, empty: Card) -> None:
        self._left.addWidget(empty)
        self._left.addWidget(self._list)
        side = Scrolling()
        side.column.addWidget(self._chosen)
        side.column.addWidget(self._key)
        side.column.addStretch(1)
        side.setFixedWidth(_SIDE_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._left, 1)
        row.addWidget(side)
        self.body.addLayout(row, 1)


class _ChosenCard(Card):
    """The chosen package: its digits large enough to be read out, and what can be done with it."""

    def __init__(self, presenter: PackagesPresenter) -> None:
        super().__init__()
        self._title, self._digits, self._advice = Heading(), Label(), Muted()
        self._digits.setProperty("tone", "code")
        self._digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._digits.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._export = Button("Xuất lại tệp…", presenter.export, "primary")
        self._reopen = Button("Mở bản thay thế…", presenter.reopen)
        for widget in (self._title, Muted("30 chữ số đối chiếu của gói"), self._digits, self._advice):
            self.column.addWidget(widget)
        for button in (self._export, self._reopen):
            self.column.addWidget(button)

    def take_keys(self) -> None:
        self._export.setFocus()

    def show_chosen(self, chosen: Chosen | None) -> None:
        self.setVisible(chosen is not None)
        if chosen:
            self._title.setText(chosen.title)
            self._digits.setText(in_two_lines(chosen.digits))
            self._digits.setAccessibleName(f"30 chữ số đối chiếu: {chosen.digits}")
            self._advice.setText(chosen.advice)
            self._export.setText(chosen.export)
            self._reopen.setEnabled(chosen.can_reopen)


class _EmptyCard(Card):
    """What to do while nothing was sealed yet."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        words = "Nhập xong số liệu của kỳ, kiểm tra rồi niêm phong; gói sẽ hiện ở đây để gửi cho nơi nhận."
        row = QHBoxLayout()
        row.addWidget(Button("Mở trang Nhập số liệu", lambda: frame.go("entry"), "primary"))
        row.addStretch(1)
        self.column.addStretch(1)
        self.column.addWidget(Heading("Chưa có báo cáo nào được niêm phong"))
        self.column.addWidget(Muted(words))
        self.column.addLayout(row)
        self.column.addStretch(2)
