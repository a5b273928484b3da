"""What is done with a report as a whole, as the buttons and banners that its pages share: sealed, handed to the head, taken back,
written out, opened again, renewed. The dialog of the seal: what the checks say, the passwords, for a correction its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.model.finding import Finding
from forms.model.office import PERSON_ROLE_TITLES, Person
from forms.model.period import Period
from forms.model.report import OPEN_STATES, Report, ReportState
from forms.services.reports_on_offer import capitalised
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card
from ui.desktop.widgets.fields import ChoiceField, LineField, PasswordField, labelled
from ui.desktop.widgets.layout import add_to, hbox, vbox
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, Pill, ProblemLabel, WrappedLabel

_HAND_OVER = (
    "Thủ trưởng không ở đây thì chuyển để duyệt: người lập niêm phong trước, không cần gõ mật khẩu; "
    "thủ trưởng mở sổ bằng tên mình, xem và niêm phong sau."
)


class SealDialog(QDialog):
    """Stays open until sealing succeeds or is given up; a wrong password is said in place. A preparer may leave the
    head's seal to the head."""

    sealed = Signal()
    handed_over = Signal(str)  # the head's name

    def __init__(self, report: Report, desk: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._report, self._desk = report, desk
        self._hands: list[tuple[ChoiceField, PasswordField]] = []
        self._reason, self._problem = LineField("Lý do đính chính"), ProblemLabel()
        self._seal = Button("Niêm phong", self._try, "primary")
        self._leave = Button("Chuyển thủ trưởng duyệt", self._hand_over)
        self.setWindowTitle("Niêm phong báo cáo")
        self.setMinimumWidth(540)
        title = HeadingLabel(report.form.title)
        title.setWordWrap(True)
        hands = desk.sealing.hands(desk.ledger.person)
        asked = [_hand(PERSON_ROLE_TITLES[role], people, self._hands) for role, people in hands.roles]
        note = MutedLabel(
            "Sau khi niêm phong, số liệu không sửa được nữa; muốn sửa phải lập bản thay thế. "
            "Niêm phong không thay cho chữ ký, con dấu trên bản giấy."
        )
        reason = labelled("&Lý do đính chính (đi kèm từng ô đã sửa)", self._reason)
        foot = hbox(None, Button("Hoãn", self.reject), self._leave, self._seal)
        vbox(
            title,
            MutedLabel(f"{capitalised(report.period.words)} · lần gửi {report.revision}"),
            self._findings_card(),
            reason,
            *asked,
            note,
            *([MutedLabel(_HAND_OVER)] if hands.may_hand_over else []),
            self._problem,
            foot,
            spacing=12,
            margins=(26, 22, 26, 20),
            on=self,
        )
        reason.setVisible(bool(report.supersedes))
        self._leave.setVisible(hands.may_hand_over)
        if self._hands:
            self._hands[0][1].setFocus()

    def _try(self) -> None:
        """With the keys of those who are chosen."""
        report, ledger = self._report, self._desk.ledger

        def seal() -> None:
            signers = [ledger.signer(str(who.currentData()), password.text()) for who, password in self._hands]
            self._desk.sealing.seal(report.form.programme, report.period, signers, self._reason.text())

        if self._done(seal):
            self.sealed.emit()

    def _hand_over(self) -> None:
        """The signed-in preparer's seal now, the head's when that person has looked at it."""
        report, desk, chosen = self._report, self._desk, self._hands[-1][0]
        head = next(person for person in desk.enrolment.people() if person.keyid == chosen.currentData())
        key, reason = (report.form.programme, report.period), self._reason.text()
        if self._done(lambda: desk.approval.hand_over(*key, desk.ledger.own_signer(), head, reason)):
            self.handed_over.emit(chosen.currentText())

    def _done(self, act: Callable[[], object]) -> bool:
        """Whether it was done; a refusal is said, and the dialog stays."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            act()
        except AppError as refusal:
            self._problem.say(refusal.message)
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        self.accept()
        return True

    def _findings_card(self) -> Card:
        card = Card()
        card.column.setContentsMargins(14, 10, 14, 10)
        found = self._desk.sealing.findings(self._report)
        words, tone = standing(found)
        for button in (self._seal, self._leave):
            button.setEnabled(tone != "error")
        card.column.addWidget(Pill(words, tone), 0, Qt.AlignmentFlag.AlignLeft)
        if blank := sum(one.says_blank for one in found):
            card.column.addWidget(WrappedLabel(f"Còn {blank} ô chưa nhập."))
        for finding in [one for one in found if (one.blocks or one.explained) and not one.says_blank][:4]:
            reason = self._report.explanations.get(finding.check, "")
            card.column.addWidget(WrappedLabel(finding.message + (f" Lý do: {reason}" if reason else "")))
        return card


def standing(found: Sequence[Finding]) -> tuple[str, str]:
    """What the findings mean for sealing, and the tone of it."""
    if blocking := sum(finding.blocks for finding in found):
        return f"Chưa niêm phong được: còn {blocking} điểm phải xử lý.", "error"
    if warnings := sum(finding.level == "warning" for finding in found):
        return f"Không còn lỗi. {warnings} cảnh báo đã ghi lý do và sẽ gửi kèm.", "warning"
    return "Không còn lỗi, không có cảnh báo.", "good"


def _hand(role: str, people: Sequence[Person], hands: list[tuple[ChoiceField, PasswordField]]) -> QWidget:
    """Who seals in this role, and room for the password; both are added to `hands`."""
    person, password = ChoiceField(role), PasswordField(f"Mật khẩu của {role.lower()}")
    person.offer((f"{one.name} – {one.title}" if one.title else one.name, one.keyid) for one in people)
    if len(people) == 1:
        person.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # nothing to choose: Tab goes on to the password
    person.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    hands.append((person, password))
    box = QWidget()
    hbox((labelled(role, person), 3), (labelled("Mật khẩu", password), 2), spacing=12, on=box)
    return box


class Banner(QFrame):
    """One line above the report, hidden while there is nothing to say: `words` of a `tone` under a short `name`; the button,
    where there is one, does `act`."""

    def __init__(self, name: str, tone: str, button: str = "", act: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._words = WrappedLabel()
        pill = (Pill(name, tone), Qt.AlignmentFlag.AlignVCenter)
        row = hbox(pill, (self._words, 1), spacing=10, margins=(12, 6, 8, 6), on=self)
        if act is not None:
            add_to(row, (Button(button, act), Qt.AlignmentFlag.AlignVCenter))
        self.hide()

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))


_MOST_LOST = 12  # cells that are named before a draft moves


class Keeper(Protocol):
    """The presenter of a screen that has one report open."""

    def store(self, act: Callable[[], Report]) -> object:
        """An act of the ledger on the whole report; a refusal is said, and the screen shows what became of it."""

    def reread(self) -> None:
        """The report may be in another state, or under another version of its form."""

    def show_closed(self) -> None:
        """Why nothing can be changed."""


class SealingActions:
    """The buttons of the head and the banners above the parts of a report. `settle()` keeps what is being typed and gives
    the keys back to where one types."""

    def __init__(
        self, desk: Services, program: Application, frame: Shell, presenter: Keeper, settle: Callable[[], None]
    ) -> None:
        self._report: Report | None = None
        self._remarked = ""
        self._desk, self._program, self._frame = desk, program, frame
        self._presenter, self._settle = presenter, settle
        self._seal = Button("Niêm phong…", self.seal, "primary")
        self._reopen = Button("Mở bản thay thế", self._ask_reopen)
        self._back = Button("Lấy lại để sửa", lambda: self._do(self._desk.approval.take_back))
        self._export = Button("Xuất gói…", self.write)
        self._remark = Banner("Trả lại", "warning")
        self._waiting = Banner("Chờ duyệt", "accent")
        self._renewal = Banner("Phiên bản cũ", "accent", "Chuyển sang phiên bản mới", self._renew)
        self.buttons = (self._export, self._reopen, self._back, self._seal)
        self.banners = (self._remark, self._waiting, self._renewal)

    @property
    def report(self) -> Report:
        assert self._report is not None
        return self._report

    def show_state(self, report: Report, *, reopened: bool = True) -> None:
        """Only what can be done now is offered. What the head remarked is asked for when the report was read anew."""
        self._report = report
        if reopened:
            self._remarked = self._desk.approval.remark(report)
        draft, remark = report.state is ReportState.DRAFT, self._remarked
        self._seal.setVisible(draft)
        self._back.setVisible(report.state is ReportState.CHECKED)
        for button in (self._reopen, self._export):
            button.setVisible(report.state not in OPEN_STATES)
        self._remark.say(f"Thủ trưởng trả lại để sửa: {remark}" if remark and draft else "")
        self._waiting.say(_WAITING if report.state is ReportState.CHECKED else "")
        self._renewal.say(self._outdated() if draft else "")

    def write(self) -> None:
        """The sealed package goes to a folder the person chooses; giving up leaves it in the ledger."""
        folder = self._frame.ask.folder("Chọn nơi để gói báo cáo (USB, thư mục gửi thư…)")
        if folder is None:
            self._frame.toast("Đã niêm phong. Chọn “Xuất gói…” khi cần ghi ra tệp.")
        else:
            sealing = self._desk.sealing
            try:
                newest = sealing.last(self.report.form.programme, self.report.period)
                self._frame.toast(f"Đã ghi gói {sealing.write(self._program, folder, *newest).name}")
            except AppError as error:
                self._frame.ask.refused(error)
        self._anew()

    def seal(self) -> None:
        """Ask for the seals. Of a report that was sealed while its file was never written, only the file is still to be made;
        of any other that is no draft nothing happens."""
        self._settle()
        if self.report.state is ReportState.SEALED:
            self._frame.toast("Đã niêm phong từ trước nhưng chưa ghi tệp gói: chọn nơi ghi.")
            self.write()
            return
        if self.report.state is not ReportState.DRAFT:
            self._presenter.show_closed()
            return
        dialog = SealDialog(self.report, self._desk, self._seal.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.sealed.connect(self.write)
        dialog.handed_over.connect(self._handed_over)
        dialog.open()

    def _handed_over(self, head: str) -> None:
        self._frame.toast(f"Đã chuyển {head} duyệt.")
        self._anew()

    def _ask_reopen(self) -> None:
        if self._frame.ask.confirm(
            "Mở bản thay thế?", "Bản đã niêm phong vẫn giữ nguyên. Sửa xong phải niêm phong và gửi lại.", "Mở"
        ):
            self._do(self._desk.entry.reopen)

    def _do(self, act: Callable[[str, Period], Report]) -> None:
        report = self.report
        self._presenter.store(lambda: act(report.form.programme, report.period))
        self._settle()

    def _renew(self) -> None:
        """Shows what would be lost before the draft moves to the newest version."""
        self._settle()
        report = self.report
        moved, lost = self._desk.entry.renew(report)
        labels = [report.form.count_of_cell[name].label(name) for name in lost[:_MOST_LOST]]
        more = [f"… và {len(lost) - _MOST_LOST} ô nữa"] if len(lost) > _MOST_LOST else []
        told = "\n".join([f"Mất {len(lost)} ô không còn trong biểu:", *labels, *more]) if lost else "Không mất ô nào."
        text = f"Số liệu còn dùng được sẽ chuyển nguyên sang phiên bản {moved.form.programme_version}. {told}"
        if self._frame.ask.confirm("Chuyển sang phiên bản mới?", text, "Chuyển"):
            self._presenter.store(lambda: self._desk.entry.renewed(report))
            self._anew()

    def _outdated(self) -> str:
        """What is said of a draft under an older version of its programme."""
        form = self.report.form
        newest = self._desk.catalogue.programme(form.programme)
        if form.programme_version >= newest.version:
            return ""
        return (
            f"Bản nháp này lập theo phiên bản {form.programme_version} của “{newest.short_title}”; đã có phiên bản "
            f"{newest.version}."
        )

    def _anew(self) -> None:
        self._presenter.reread()
        self._settle()


_WAITING = (
    "Đã chuyển thủ trưởng duyệt nên chỉ xem. Muốn sửa thì lấy lại; dấu niêm phong của người lập khi đó hết hiệu lực."
)
