"""The tab of published reports and its dialogs.

What was issued: the list, and in its place one document as it was frozen, or what has changed since.

What stands on the signed paper: number, day, who signed. A refusal is said in place, and the dialog stays.

Looking up the thirty digits of a printed page, typed or scanned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.exchange.publication import IssueDetails
from ui.desktop.printing.presenter import Saving
from ui.desktop.printing.preview import PaperView
from ui.desktop.printing.publications import (
    CHANGE_COLUMNS,
    ISSUE_COLUMNS,
    IssuedPresenter,
    LookupAnswer,
    Match,
    TypedIssue,
    digits_counted,
)
from ui.desktop.rows import ListRow
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import DateField, LineField, keys_inside, labelled
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, ProblemLabel, WrappedLabel

_HINT = "Ghi như trên bản giấy đã ký. Ô để trống thì giữ như cũ. Ghi đè lên điều đã ghi thì phải nêu lý do."
_WIDTH = 480


class FillDialog(QDialog):
    """`writes_over` says whether a reason is needed; `fill` returns the refusal, or nothing when it was written."""

    def __init__(
        self,
        filled: IssueDetails,
        writes_over: Callable[[TypedIssue], bool],
        fill: Callable[[TypedIssue, str], AppError | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._before, self._writes_over, self._fill = filled, writes_over, fill
        self._number, self._day = LineField("Số, ký hiệu", "ví dụ 12 hoặc 12/BC-UBND"), DateField("Ngày ban hành")
        self._signer, self._reason = (
            LineField("Người ký", "họ tên; ký thay: KT. Phó Chủ tịch: Nguyễn Thị B"),
            LineField("Lý do ghi lại"),
        )
        self._number.setText(filled.number)
        self._day.show_day(filled.issued)
        self._signer.setText(filled.signer)
        self._why, self._problem = labelled("&Lý do ghi lại", self._reason), ProblemLabel()
        self._go = Button("Ghi", self._try, "primary")
        self.setWindowTitle("Số, ngày, người ký")
        self.setMinimumWidth(_WIDTH)
        self._lay_out()
        self._typing()

    @property
    def _typed(self) -> TypedIssue:
        return TypedIssue(self._number.text(), self._day.text(), self._signer.text())

    def _typing(self) -> None:
        """The reason is asked for where one is needed; there is nothing to write where nothing is new."""
        typed, before = self._typed, self._before
        day = f"{before.issued:%d/%m/%Y}" if before.issued else ""
        self._why.setVisible(self._writes_over(typed))
        self._go.setEnabled(typed not in (TypedIssue(before.number, day, before.signer), TypedIssue("", "", "")))

    def _try(self) -> None:
        refusal = self._fill(self._typed, self._reason.text())
        if refusal is None:
            self.accept()
            return
        self._problem.say(refusal.message)
        fields = {"number": self._number, "date": self._day, "signer": self._signer, "reason": self._reason}
        is_why = refusal.code == "PUBLICATION_REASON"
        (self._reason if is_why else fields.get(refusal.where, self._number)).setFocus()

    def _entered(self) -> None:
        """Enter goes on to the next field, and writes from the last one."""
        fields = [one for one in (self._number, self._day, self._signer, self._reason) if one.isVisible()]
        here = next((at for at, one in enumerate(fields) if one.hasFocus()), len(fields) - 1)
        if here + 1 < len(fields):
            fields[here + 1].setFocus()
            fields[here + 1].selectAll()
        elif self._go.isEnabled():
            self._try()

    def _lay_out(self) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(MutedLabel(_HINT))
        column.addWidget(labelled("&Số, ký hiệu", self._number))
        column.addWidget(labelled("&Ngày ban hành", self._day))
        column.addWidget(labelled("N&gười ký", self._signer))
        column.addWidget(self._why)
        column.addWidget(self._problem)
        for field in (self._number, self._day, self._signer, self._reason):
            field.textChanged.connect(self._typing)
            field.returnPressed.connect(self._entered)
        foot.addStretch(1)
        foot.addWidget(Button("Thôi", self.reject))
        foot.addWidget(self._go)
        column.addLayout(foot)
        self._number.setFocus()


_NOTHING = "Chưa phát hành bản nào. Ở thẻ Bản đang có, bấm Phát hành… để chốt báo cáo đang xem."
_MANY = "Enter mở xem. Số liệu nhận sau không làm đổi bản đã phát hành."


class IssuedTab(QWidget):
    """`turned` is called when there is something else to save and print, or nothing."""

    def __init__(
        self, desk: Services, program: Application, frame: Shell, saving: Saving, turned: Callable[[], object]
    ) -> None:
        super().__init__()
        self.presenter = IssuedPresenter(self, desk, program, frame, saving)
        self.paper, self.hint = PaperView(), ""
        self._turned, self._shown = turned, ""
        self._title, self._note = HeadingLabel(), MutedLabel()
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

    def show_list(self, rows: Sequence[ListRow], chosen: str) -> None:
        self._list.show_rows(ISSUE_COLUMNS, rows, chosen or self._list.chosen_id or (rows[0].id if rows else ""))
        if not self._shown:
            self._say("", _MANY if rows else _NOTHING)
        self._allow()

    def show_paper(self, id: str, title: str, note: str, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)
        self._turn(self.paper, id)
        self._say(title, note)
        self.take_keys()

    def show_changes(self, id: str, title: str, note: str, rows: Sequence[ListRow]) -> None:
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


_LOOKUP_WIDTH = 620
_HELP = "Gõ 30 chữ số ở chân trang, có hay không có dấu cách; hoặc để con trỏ ở đây rồi quét mã vuông."


class LookupDialog(QDialog):
    """`look_up` answers; the dialog stays for the next page, what was typed being ready to be typed over."""

    def __init__(self, look_up: Callable[[str], LookupAnswer], parent: QWidget) -> None:
        super().__init__(parent)
        self._look_up, self._matches = look_up, list[QWidget]()
        self._text, self._counted = LineField("Mã niêm phong trên giấy", "12345 67890 …"), MutedLabel()
        self._verdict, self._words, self._answer = Pill(), WrappedLabel(), Card()
        self._text.textChanged.connect(lambda text: self._counted.setText(digits_counted(text)))
        self._text.returnPressed.connect(self._asked)  # a scanner ends with Enter too
        self.setWindowTitle("Tra mã trên giấy")
        self.setMinimumWidth(_LOOKUP_WIDTH)
        self.finished.connect(self.deleteLater)
        self._lay_out()

    def _asked(self) -> None:
        if not self._text.text().strip():
            return
        self._show_answer(self._look_up(self._text.text()))
        self._text.setFocus()
        self._text.selectAll()

    def _show_answer(self, answer: LookupAnswer) -> None:
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
    head.addWidget(WrappedLabel(match.title), 1)
    head.addWidget(Pill(match.standing.text, match.standing.tone), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    column.addWidget(MutedLabel(match.note))
    return box
