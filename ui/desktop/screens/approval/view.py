"""Duyệt: what waits at the left, and beside it exactly what the head puts a seal on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop import theme
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.rows import Row
from ui.desktop.screens.approval.acts import Acts
from ui.desktop.screens.approval.page import as_html
from ui.desktop.screens.approval.presenter import COLUMNS, ApprovalPresenter, Shown
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.card import Card
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import Heading, Muted, Pill

_LIST_WIDTH = 240
_UNCHOSEN = "Báo cáo đang làm không nằm trong danh sách này. Chọn một báo cáo ở bên trái để xem."


class ApprovalView(Screen):
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        super().__init__("Duyệt", "Thủ trưởng xem đúng những gì đã thay đổi rồi niêm phong, hoặc trả lại.")
        self._frame, self._presenter = frame, ApprovalPresenter(self, desk, program, frame)
        self._list, self._title, self._note, self._pills = (
            Listing("Báo cáo chờ duyệt", wraps=True),
            Heading(),
            Muted(),
            QHBoxLayout(),
        )
        self._paper, self._acts = Paper(self._presenter.go_to), Acts(self._presenter)
        self._right, self._unchosen = QWidget(), Muted(_UNCHOSEN)
        self._either, self._home = QStackedWidget(), Button("Về trang chủ", lambda: frame.go("home"))
        self._list.chosen.connect(self._choose)
        self._lay_out()
        keys_inside(self, QKeySequence.StandardKey.Print, self._presenter.print)

    def entered(self, place: str) -> None:
        """`place` is a Place: which report."""
        self._presenter.start(place)

    def take_keys(self) -> None:
        """What changed is read first; Tab goes on to what can be done."""
        first = self._list if self._right.isHidden() else self._paper
        (first if self._either.currentIndex() else self._home).setFocus()

    def _choose(self, id: str) -> None:
        self._presenter.choose(id)
        if place := Place.read(id):
            self._frame.work_on(place)

    def show_reports(self, rows: Sequence[Row], chosen: str) -> None:
        self._list.blockSignals(True)
        self._list.show_rows(COLUMNS, rows, chosen)
        self._list.blockSignals(False)
        self._either.setCurrentIndex(1 if rows else 0)

    def show_report(self, shown: Shown | None) -> None:
        self._right.setVisible(shown is not None)
        self._unchosen.setVisible(shown is None)
        if shown is None:
            return
        self._title.setText(shown.title)
        self._note.setText(shown.note)
        while item := self._pills.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for words, tone in shown.pills:
            self._pills.addWidget(Pill(words, tone))
        self._pills.addStretch(1)
        self._paper.show_html(as_html(shown.groups, theme.current()))
        self._acts.show_acts(shown)

    def show_problem(self, text: str) -> None:
        self._acts.show_problem(text)

    def _lay_out(self) -> None:
        right, both, page = QVBoxLayout(self._right), QHBoxLayout(), QWidget()
        right.setContentsMargins(0, 0, 0, 0)
        self._pills.setSpacing(8)
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.horizontalHeader().hide()
        right.setSpacing(8)
        for part in (self._title, self._note):
            right.addWidget(part)
        right.addLayout(self._pills)
        right.addWidget(self._paper, 1)
        right.addWidget(self._acts)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        both.addWidget(self._list)
        both.addWidget(self._right, 1)
        both.addWidget(self._unchosen, 1, Qt.AlignmentFlag.AlignTop)
        page.setLayout(both)
        self._either.addWidget(_nothing(self._home))
        self._either.addWidget(page)
        self.body.addWidget(self._either, 1)


class Paper(QTextBrowser):
    """Read by the arrows and Page Down; a title leads to its place in the form. Tab leads out at once."""

    def __init__(self, wanted) -> None:
        super().__init__()
        self.setAccessibleName("Nội dung thay đổi")
        self.setOpenLinks(False)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.LinksAccessibleByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.anchorClicked.connect(lambda url: wanted(url.toString(QUrl.ComponentFormattingOption.FullyDecoded)))

    def loadResource(self, type: int, name: QUrl) -> object:
        """Nothing that a text names is fetched, from nowhere."""
        return None

    def show_html(self, html: str) -> None:
        self.setHtml(html)
        self.verticalScrollBar().setValue(0)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forwards)


def _nothing(home: Button) -> Card:
    card = Card()
    words = "Khi người lập biểu chuyển duyệt, báo cáo hiện ở đây cùng những gì đã thay đổi từ lần niêm phong trước."
    card.column.addStretch(1)
    card.column.addWidget(Heading("Không có báo cáo nào chờ duyệt"))
    card.column.addWidget(Muted(words))
    card.column.addWidget(home, 0, Qt.AlignmentFlag.AlignLeft)
    card.column.addStretch(2)
    return card
