"""What was issued: the list, and in its place one document as it was frozen, or what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Row
from ui.desktop.screens.printing.fill_dialog import FillDialog
from ui.desktop.screens.printing.issued import CHANGE_COLUMNS, ISSUE_COLUMNS
from ui.desktop.screens.printing.issued_presenter import IssuedPresenter
from ui.desktop.screens.printing.paper_view import PaperView
from ui.desktop.screens.printing.saving import Saving
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.keys import keys_inside
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Heading, Muted

_NOTHING = "Chưa phát hành bản nào. Ở thẻ Bản đang có, bấm Phát hành… để chốt báo cáo đang xem."
_MANY = "Enter mở xem. Số liệu nhận sau không làm đổi bản đã phát hành."


class IssuedTab(QWidget):
    """`turned` is called when there is something else to save and print, or nothing."""

    def __init__(
        self, desk: Desk, program: Program, frame: Frame, saving: Saving, turned: Callable[[], object]
    ) -> None:
        super().__init__()
        self.presenter = IssuedPresenter(self, desk, program, frame, saving)
        self.paper, self.hint = PaperView(), ""
        self._turned, self._shown = turned, ""
        self._title, self._note = Heading(), Muted()
        self._title.setWordWrap(True)
        self._list = Listing("Bản đã phát hành", wraps=True)
        self._list.setAccessibleDescription("Enter mở xem bản đã phát hành")
        self._changes = Listing("Từ khi phát hành", wraps=True)
        self._pages = QStackedWidget()
        self._back = Button("Về danh sách", self._leave)
        self._acts = (
            Button("Xem bản đã phát hành", lambda: self.presenter.look_at(self._id)),
            Button("Từ khi phát hành", lambda: self.presenter.hold_against_today(self._id)),
            Button("Ghi số, ngày, người ký…", self._fill),
        )
        self._list.opened.connect(self.presenter.look_at)
        self._list.chosen.connect(lambda _: self._allow())
        self._lay_out()

    def save(self, format: str) -> None:
        self.presenter.save(format)

    def take_keys(self) -> None:
        """To what is shown."""
        shown = self._pages.currentWidget()
        (self.paper.preview if shown is self.paper else shown).setFocus()

    def show_list(self, rows: Sequence[Row], chosen: str) -> None:
        self._list.show_rows(ISSUE_COLUMNS, rows, chosen or self._list.chosen_id or (rows[0].id if rows else ""))
        if not self._shown:
            self._say("", _MANY if rows else _NOTHING)
        self._allow()

    def show_paper(self, id: str, title: str, note: str, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)
        self._turn(self.paper, id)
        self._say(title, note)
        self.take_keys()

    def show_changes(self, id: str, title: str, note: str, rows: Sequence[Row]) -> None:
        self.paper.clear()
        self._changes.show_rows(CHANGE_COLUMNS, rows)
        self._turn(self._changes, id)
        self._say(title, note)
        self.take_keys()

    def put_away(self) -> None:
        self.paper.clear()
        self._turn(self._list, "")

    @property
    def _id(self) -> str:
        """The one that is shown, else the one under the cursor."""
        return self._shown or self._list.chosen_id

    def _leave(self) -> None:
        self.presenter.start(self._id)
        self._list.setFocus()

    def _turn(self, page: QWidget, shown: str) -> None:
        self._shown = shown
        self._pages.setCurrentWidget(page)
        self._back.setVisible(bool(shown))
        self._acts[0].setVisible(page is not self.paper)
        self._acts[1].setVisible(page is not self._changes)
        self._turned()

    def _say(self, title: str, note: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._note.setText(note)

    def _allow(self) -> None:
        for act in self._acts:
            act.setEnabled(bool(self._id))

    def _fill(self) -> None:
        id = self._id
        issue = self.presenter.issue(id)
        if issue:
            dialog = FillDialog(
                issue.filled,
                lambda typed: self.presenter.writes_over(id, typed),
                lambda typed, reason: self.presenter.fill(id, typed, reason),
                self.window(),
            )
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _lay_out(self) -> None:
        names, head, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._note)
        head.setSpacing(8)
        head.addLayout(names, 1)
        for button in (*self._acts, self._back):
            head.addWidget(button)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        for page in (self._list, self.paper, self._changes):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        for page in (self.paper, self._changes):
            keys_inside(page, Qt.Key.Key_Escape, self._leave)
