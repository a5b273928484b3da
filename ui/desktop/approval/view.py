"""Duyệt: what waits at the left, and beside it exactly what the head puts a seal on, with what can be done below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from ui.desktop import theme
from ui.desktop.approval.presenter import COLUMNS, ApprovalPage, ApprovalPresenter, AvailableAction, ShownReport
from ui.desktop.approval.whole_report import as_html
from ui.desktop.shell import Location, Shell
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, LineField, keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.plain_text import set_tip
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, ProblemLabel


class ApprovalActions(QWidget):
    def __init__(self, presenter: ApprovalPresenter) -> None:
        super().__init__()
        self._report = ""
        self._remark = LineField("Điều cần sửa", "Điều cần sửa")
        self._reason = LineField("Lý do đính chính", "Lý do đính chính, đi kèm từng ô đã sửa")
        self._head, self._wait, self._problem = ChoiceField("Thủ trưởng"), MutedLabel(), ProblemLabel()
        self._give_back = Button("Trả lại để sửa", lambda: presenter.give_back(self._remark.text()))
        self._print = Button("Xem bản in", presenter.print)
        set_tip(self._print, "Ctrl+P")
        self._take_back = Button("Lấy lại để sửa", presenter.take_back)
        self._hand_over = Button(
            "Chuyển thủ trưởng duyệt",
            lambda: presenter.hand_over(str(self._head.currentData() or ""), self._reason.text()),
            "primary",
        )
        self._approve = Button("Duyệt và niêm phong…", presenter.approve, "primary")
        self._of = {
            AvailableAction.APPROVE: (self._remark, self._give_back, self._approve),
            AvailableAction.LOOK: (self._wait,),
            AvailableAction.TAKE_BACK: (self._wait, self._take_back),
            AvailableAction.HAND_OVER: (self._reason, self._head, self._hand_over),
        }
        self._lay_out()

    def show_acts(self, shown: ShownReport) -> None:
        mine = self._of[shown.stance]
        for widgets in self._of.values():
            for widget in widgets:
                widget.setVisible(widget in mine)
        self._reason.setVisible(shown.asks_reason)
        chosen = self._head.currentData()  # who was chosen stays so; where that person is gone, nobody is
        self._head.clear()
        for name, keyid in shown.heads:
            self._head.addItem(name, keyid)
        if chosen is not None and len(shown.heads) > 1:
            self._head.choose(chosen)
        self._head.setVisible(len(shown.heads) > 1)
        if shown.id != self._report:  # of the same one, shown anew, what was written stays
            self._report = shown.id
            self._remark.clear()
            self._reason.clear()
        self._wait.setText("Đang chờ thủ trưởng duyệt; số liệu không sửa được.")

    def show_problem(self, text: str) -> None:
        self._problem.say(text)
        if text:
            self._remark.setFocus()

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


_LIST_WIDTH = 240
_UNCHOSEN = "Báo cáo đang làm không nằm trong danh sách này. Chọn một báo cáo ở bên trái để xem."


class ApprovalView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Duyệt", "Thủ trưởng xem đúng những gì đã thay đổi rồi niêm phong, hoặc trả lại.")
        self._frame, self._presenter = frame, ApprovalPresenter(self.show_page, desk, frame)
        self._page: ApprovalPage | None = None
        self._list, self._title, self._note, self._pills = (
            Listing("Báo cáo chờ duyệt", wraps=True),
            HeadingLabel(),
            MutedLabel(),
            QHBoxLayout(),
        )
        self._paper, self._acts = ReportPaper(self._presenter.go_to), ApprovalActions(self._presenter)
        self._right, self._unchosen = QWidget(), MutedLabel(_UNCHOSEN)
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
        if place := Location.read(id):
            self._frame.work_on(place)

    def show_page(self, page: ApprovalPage) -> None:
        before, self._page, shown = self._page, page, page.shown
        if before is None or page.rows is not before.rows:
            self._list.blockSignals(True)
            self._list.show_rows(COLUMNS, page.rows, page.chosen)
            self._list.blockSignals(False)
            self._either.setCurrentIndex(1 if page.rows else 0)
        self._acts.show_problem(page.problem)
        self._right.setVisible(shown is not None)
        self._unchosen.setVisible(shown is None)
        if shown is None or (before and shown is before.shown):
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


class ReportPaper(QTextBrowser):
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
    card.column.addWidget(HeadingLabel("Không có báo cáo nào chờ duyệt"))
    card.column.addWidget(MutedLabel(words))
    card.column.addWidget(home, 0, Qt.AlignmentFlag.AlignLeft)
    card.column.addStretch(2)
    return card
