"""The page of printing: the official report exactly as it will be printed, saved or handed on; and what was issued."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabWidget, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.exchange.publication import IssueDetails
from ui.desktop.printing.presenter import CONTENT_TITLES, DocumentContent, PrintingPresenter, PrintPage, Saving
from ui.desktop.printing.preview import PaperView
from ui.desktop.printing.publications import (
    CHANGE_COLUMNS,
    ISSUE_COLUMNS,
    IssuedPage,
    IssuedPresenter,
    LookupAnswer,
    Match,
    TypedIssue,
    answer,
    digits_counted,
)
from ui.desktop.shell import Location, Shell
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, DateField, LineField, keys_inside, labelled
from ui.desktop.widgets.layout import FormDialog, add_to, hbox, vbox
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.report_picker import Nothing, ReportPicker
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, WrappedLabel

_FILL_HINT = "Ghi như trên bản giấy đã ký. Ô để trống thì giữ như cũ. Ghi đè lên điều đã ghi thì phải nêu lý do."
_LOOKUP_HELP = "Gõ 30 chữ số ở chân trang, có hay không có dấu cách; hoặc để con trỏ ở đây rồi quét mã vuông."
_NOTHING = "Chưa phát hành bản nào. Ở thẻ Bản đang có, bấm Phát hành… để chốt báo cáo đang xem."
_MANY = "Enter mở xem. Số liệu nhận sau không làm đổi bản đã phát hành."


class FillDialog(FormDialog):
    """What stands on the signed paper: number, day, who signed. `writes_over` says whether a reason is needed; `fill` returns
    the refusal, or nothing when it was written."""

    def __init__(
        self,
        filled: IssueDetails,
        writes_over: Callable[[TypedIssue], bool],
        fill: Callable[[TypedIssue, str], AppError | None],
        parent: QWidget,
    ) -> None:
        super().__init__("Số, ngày, người ký", 480, parent)
        self._writes_over, self._fill = writes_over, fill
        self._number, self._day = LineField("Số, ký hiệu", "ví dụ 12 hoặc 12/BC-UBND"), DateField("Ngày ban hành")
        self._signer = LineField("Người ký", "họ tên; ký thay: KT. Phó Chủ tịch: Nguyễn Thị B")
        self._reason = LineField("Lý do ghi lại")
        self._number.setText(filled.number)
        self._day.show_day(filled.issued)
        self._signer.setText(filled.signer)
        self._before = self._typed
        self._fields = (self._number, self._day, self._signer, self._reason)
        self._why, self._go = labelled("&Lý do ghi lại", self._reason), Button("Ghi", self._try, "primary")
        for field in self._fields:
            field.textChanged.connect(self._typing)
            field.returnPressed.connect(self._entered)
        self.lay_out(
            MutedLabel(_FILL_HINT),
            labelled("&Số, ký hiệu", self._number),
            labelled("&Ngày ban hành", self._day),
            labelled("N&gười ký", self._signer),
            self._why,
            act=self._go,
        )
        self._number.setFocus()
        self._typing()

    @property
    def _typed(self) -> TypedIssue:
        return TypedIssue(self._number.text(), self._day.text(), self._signer.text())

    def _typing(self) -> None:
        """The reason is asked for where one is needed; there is nothing to write where nothing is new."""
        self._why.setVisible(self._writes_over(self._typed))
        self._go.setEnabled(self._typed not in (self._before, TypedIssue("", "", "")))

    def _try(self) -> None:
        refusal = self._fill(self._typed, self._reason.text())
        if refusal is None:
            self.accept()
            return
        self.problem.say(refusal.message)
        where = "reason" if refusal.code == "PUBLICATION_REASON" else refusal.where
        names = ("number", "date", "signer", "reason")
        self._fields[names.index(where) if where in names else 0].setFocus()

    def _entered(self) -> None:
        """Enter goes on to the next field, and writes from the last one."""
        fields = [one for one in self._fields if one.isVisible()]
        here = next((at for at, one in enumerate(fields) if one.hasFocus()), len(fields) - 1)
        if here + 1 < len(fields):
            fields[here + 1].setFocus()
            fields[here + 1].selectAll()
        elif self._go.isEnabled():
            self._try()


class LookupDialog(QDialog):
    """Thirty digits of a printed page, typed or scanned. `look_up` answers; the dialog stays for the next page, what was
    typed being ready to be typed over."""

    def __init__(self, look_up: Callable[[str], LookupAnswer], parent: QWidget) -> None:
        super().__init__(parent)
        self._look_up, self._matches = look_up, list[QWidget]()
        self._text, self._counted = LineField("Mã niêm phong trên giấy", "12345 67890 …"), MutedLabel()
        self._verdict, self._words, self._answer = Pill(), WrappedLabel(), Card()
        self._text.textChanged.connect(lambda text: self._counted.setText(digits_counted(text)))
        self._text.returnPressed.connect(self._asked)  # a scanner ends with Enter too
        self.setWindowTitle("Tra mã trên giấy")
        self.setMinimumWidth(620)
        self.finished.connect(self.deleteLater)
        add_to(self._answer.column, (self._verdict, Qt.AlignmentFlag.AlignLeft), self._words)
        self._answer.hide()
        asked = labelled("&Mã niêm phong trên giấy", self._text, _LOOKUP_HELP)
        foot = hbox((self._counted, 1), Button("Đóng", self.reject), Button("Tra", self._asked, "primary"))
        # a shorter answer leaves the room below it
        vbox(asked, self._answer, None, foot, spacing=12, margins=(26, 22, 26, 20), on=self)
        self._text.setFocus()

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
        add_to(self._answer.column, *self._matches)
        told = [answer.verdict.text, answer.words, *(f"{m.title}. {m.standing.text}. {m.note}" for m in answer.matches)]
        self._text.setAccessibleDescription("\n".join(told))
        self._answer.show()
        self.adjustSize()


def _shown(match: Match) -> QWidget:
    box = QWidget()
    standing = Pill(match.standing.text, match.standing.tone)
    head = hbox((WrappedLabel(match.title), 1), (standing, Qt.AlignmentFlag.AlignTop), spacing=12)
    vbox(head, MutedLabel(match.note), spacing=2, on=box)
    return box


class ReportTab(QWidget):
    """One report as it stands now: which, what is made of it, and the pages. `turned` is called when there is something else
    to save and print, or nothing; `issued` with the id of what was issued here."""

    def __init__(
        self,
        desk: Services,
        program: Application,
        frame: Shell,
        saving: Saving,
        turned: Callable[[], object],
        issued: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.presenter = PrintingPresenter(desk, program, frame, saving, self._show, issued)
        self.paper, self.page = PaperView(), PrintPage((), None)
        self._turned = turned
        self._publish = Button("Phát hành…", self.presenter.publish)
        self._picker, self._nothing = ReportPicker(), Nothing(self.presenter.choose)
        contents = tuple((words, what) for what, words in CONTENT_TITLES.items())
        self._content = ChoiceField("Nội dung in", contents)
        self._picker.chosen.connect(self.presenter.choose)
        self._content.activated.connect(lambda _: self.presenter.turn_to(self._content.currentData()))
        row = hbox(self._picker, self._content, None, self._publish, spacing=8)
        vbox(row, (self._nothing, 1), (self.paper, 1), spacing=12, margins=(0, 12, 0, 0), on=self)
        self._nothing.hide()

    @property
    def hint(self) -> str:
        return self.page.hint

    def _show(self, page: PrintPage) -> None:
        before, self.page = self.page, page
        if page.place and (page.offered, page.place) != (before.offered, before.place):
            self._picker.show_offered(page.offered, page.place)
        if page.pdf:
            self.paper.show_pdf(page.pdf)
        else:
            self.paper.say(page.title, page.words if page.place else "")
        if not page.place:
            self._nothing.say(page.words, page.other)
        for widget in (self._picker, self._content, self._publish, self.paper):
            widget.setVisible(page.place is not None)
        self._nothing.setVisible(page.place is None)
        is_sheet = self._content.currentData() is DocumentContent.SHEET
        self._publish.setEnabled(bool(page.pdf) and not is_sheet)
        self._turned()


class IssuedTab(QWidget):
    """What was issued: the list, and in its place one document as it was frozen, or what has changed since. `turned` is
    called when there is something else to save and print, or nothing."""

    def __init__(
        self, desk: Services, program: Application, frame: Shell, saving: Saving, turned: Callable[[], object]
    ) -> None:
        super().__init__()
        self.presenter = IssuedPresenter(desk, program, frame, saving, self._show)
        self.paper, self.hint = PaperView(), ""
        self._turned, self._page = turned, IssuedPage()
        self._title, self._note = HeadingLabel(), MutedLabel()
        self._title.setWordWrap(True)
        self._list, self._changes = Listing("Bản đã phát hành", wraps=True), Listing("Từ khi phát hành", wraps=True)
        self._list.setAccessibleDescription("Enter mở xem bản đã phát hành")
        self._pages = QStackedWidget()
        self._back = Button("Về danh sách", self._leave)
        self._acts = (
            Button("Xem bản đã phát hành", lambda: self.presenter.look_at(self._id)),
            Button("Từ khi phát hành", lambda: self.presenter.hold_against_today(self._id)),
            Button("Ghi số, ngày, người ký…", self._fill),
        )
        self._list.opened.connect(self.presenter.look_at)
        self._list.chosen.connect(lambda _: self._allow())
        for page in (self._list, self.paper, self._changes):
            self._pages.addWidget(page)
        for page in (self.paper, self._changes):
            keys_inside(page, Qt.Key.Key_Escape, self._leave)
        head = hbox((vbox(self._title, self._note, spacing=2), 1), *self._acts, self._back, spacing=8)
        vbox(head, (self._pages, 1), spacing=10, margins=(0, 12, 0, 0), on=self)

    def take_keys(self) -> None:
        """To what is shown."""
        shown = self._pages.currentWidget()
        (self.paper.preview if shown is self.paper else shown).setFocus()

    def _show(self, page: IssuedPage) -> None:
        before, self._page = self._page, page
        if page.rows is not before.rows:
            first = page.rows[0].id if page.rows else ""
            self._list.show_rows(ISSUE_COLUMNS, page.rows, page.chosen or self._list.chosen_id or first)
        turned = page.pdf is not before.pdf or page.changes is not before.changes
        if turned:
            self._changes.show_rows(CHANGE_COLUMNS, page.changes)
            self.paper.show_pdf(page.pdf)
        shown = self._changes if page.changes else self.paper if page.pdf else self._list
        self._pages.setCurrentWidget(shown)
        self._back.setVisible(shown is not self._list)
        self._acts[0].setVisible(shown is not self.paper)
        self._acts[1].setVisible(shown is not self._changes)
        self._title.setText(page.title)
        self._title.setVisible(bool(page.title))
        self._note.setText(page.note or (_MANY if page.rows else _NOTHING))
        self._allow()
        self._turned()
        if page.id and turned:
            self.take_keys()

    @property
    def _id(self) -> str:
        """The one that is shown, else the one under the cursor."""
        return self._page.id or self._list.chosen_id

    def _leave(self) -> None:
        self.presenter.start(self._id)
        self._list.setFocus()

    def _allow(self) -> None:
        for act in self._acts:
            act.setEnabled(bool(self._id))

    def _fill(self) -> None:
        id = self._id
        if issue := self.presenter.issue(id):
            writes_over, fill = partial(self.presenter.writes_over, id), partial(self.presenter.fill, id)
            FillDialog(issue.filled, writes_over, fill, self.window()).open()


class PrintingView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Báo cáo in", " ")
        self._frame, self._tabs = frame, QTabWidget()
        self._saving = Saving(program, frame, self._offer_folder)
        self._folder = Button("Mở thư mục", self._saving.open_folder, "quiet")
        self._folder.hide()
        self._buttons = (
            Button("Lưu Word…", lambda: self._tab.presenter.save("docx")),
            Button("Lưu Excel…", lambda: self._tab.presenter.save("xlsx")),
            Button("Lưu PDF…", lambda: self._tab.presenter.save("pdf")),
            Button("In…", self._print, "primary"),
        )
        self._answer = partial(answer, desk.paper_seals.look_up, desk.catalogue)
        self._report = ReportTab(desk, program, frame, self._saving, self._turned, self._show_issued)
        self._issued = IssuedTab(desk, program, frame, self._saving, self._turned)
        corner, look_up = QWidget(), Button("Tra mã trên giấy…", self._look_up, "quiet")
        hbox(self._folder, look_up, spacing=8, on=corner)
        add_to(self.tools, *self._buttons)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName("Các thẻ của Báo cáo in")
        self._tabs.setCornerWidget(corner)  # before the pages: Tab comes to it first
        self._tabs.addTab(self._report, "Bản đang có")
        self._tabs.addTab(self._issued, "Bản đã phát hành")
        self._tabs.currentChanged.connect(lambda _: self._turned())
        self.body.addWidget(self._tabs, 1)
        keys_inside(self, QKeySequence.StandardKey.Print, self._print)

    @property
    def report(self) -> Location | None:
        return self._report.page.place

    def entered(self, place: str) -> None:
        """`place` is a Location: which report."""
        if place:
            self._tabs.setCurrentWidget(self._report)
        self._report.presenter.start(place)
        self._issued.presenter.start()

    def covered(self) -> None:
        """The pages stay: they are seen again as they were."""

    def left(self) -> None:
        self._folder.hide()
        for tab in (self._report, self._issued):
            tab.paper.clear()  # drawn anew at the next visit

    @property
    def _tab(self) -> ReportTab | IssuedTab:
        return self._issued if self._tabs.currentWidget() is self._issued else self._report

    def _show_issued(self, id: str) -> None:
        self._tabs.setCurrentWidget(self._issued)
        self._issued.presenter.start(id)
        self._issued.take_keys()

    def _offer_folder(self) -> None:
        self._folder.show()

    def _turned(self) -> None:
        """There is another paper to save and to print, or none."""
        self.say_hint(self._tab.hint or " ")
        for button in self._buttons:
            button.setEnabled(self._tab.paper.count > 0)

    def _print(self) -> None:
        paper = self._tab.paper
        printer = self._frame.ask.printer(paper.count) if paper.count else None
        if printer:
            paper.preview.print_on(printer)
            self._frame.toast("Đã gửi báo cáo tới máy in.")

    def _look_up(self) -> None:
        LookupDialog(self._answer, self.window()).open()
