"""Settings: how the window looks, backup, the due day, persons and the facts of the office."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.model.office import PERSON_ROLE_TITLES, PersonRole
from ui.desktop import theme
from ui.desktop.settings.presenter import SettingsPresenter, TypedNewPerson
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.fields import ChoiceField, LineField, PasswordField, labelled
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, ProblemLabel, WrappedLabel

_PATTERN = "Bản sao lưu (*.sbdbackup)"


class SettingsView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Cài đặt")
        self._frame, self._presenter = frame, SettingsPresenter(self, desk, program)
        self._problems = {where: ProblemLabel() for where in ("due", "lock", "person", "password", "backup")}
        self._facts, self._people, self._journal = QGridLayout(), WrappedLabel(), MutedLabel()
        self._due_of, self._due = ChoiceField("Hạn của báo cáo nào"), LineField("Số ngày sau khi hết kỳ")
        self._lock = LineField("Số phút tự khóa")
        self._newcomer, self._own = _Person(asks_name=True), _Person(asks_name=False)
        left, right, both, scroll = QVBoxLayout(), QVBoxLayout(), QHBoxLayout(), Scrolling()
        for card in (self._look_card(), self._backup_card(), self._due_card(), self._facts_card()):
            left.addWidget(card)
        for card in (self._lock_card(), self._people_card(), self._password_card()):
            right.addWidget(card)
        for column in (left, right):
            column.setSpacing(14)
            column.addStretch(1)
            both.addLayout(column, 1)
        both.setSpacing(16)
        scroll.column.addLayout(both)
        self.body.addWidget(scroll)

    def entered(self, place: str) -> None:
        self._presenter.refresh()

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while item := self._facts.takeAt(0):
            item.widget().deleteLater()
        for row, (name, words) in enumerate(facts):
            self._facts.addWidget(MutedLabel(name), row, 0, Qt.AlignmentFlag.AlignTop)
            value = WrappedLabel(words)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(value, row, 1)

    def show_people(self, people: Sequence[str]) -> None:
        self._people.setText("\n".join(people))

    def show_due_choices(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        self._due_of.clear()
        for words, id in choices:
            self._due_of.addItem(words, id)
        self._due_of.choose(chosen)

    def show_due(self, days: str, otherwise: str) -> None:
        self._due.setText(days)
        self._due.setPlaceholderText(otherwise)

    def show_lock(self, minutes: str, may_be_never: bool) -> None:
        self._lock.setText(minutes)
        self._lock.setPlaceholderText("không khóa" if may_be_never else "")

    def show_journal(self, words: str) -> None:
        self._journal.setText(
            f"Nhật ký: {words}. Mỗi lần sao lưu, phần mềm mở lại bản sao và kiểm tra cả chuỗi nhật ký."
        )

    def show_problem(self, where: str, words: str) -> None:
        self._problems[where].say(words)

    def done(self, words: str) -> None:
        self._frame.toast(words)

    def _change_look(self) -> None:
        self._frame.look(self._theme.currentData(), self._size.currentData())

    def _back_up(self) -> None:
        file = self._frame.ask.save_file("Sao lưu sổ", self._presenter.backup_name(), _PATTERN)
        if file:
            self._presenter.back_up(file)

    def _inspect(self) -> None:
        self._frame.work(
            "Đối chiếu số liệu với các gói", lambda _progress: self._presenter.inspect(), self._presenter.inspected
        )

    def _add_person(self) -> None:
        if self._presenter.add_person(self._newcomer.typed()):
            self._frame.reopen()  # a second person brings the page of approval, and the lock

    def _set_lock(self) -> None:
        if self._presenter.set_lock(self._lock.text()):
            self._frame.reopen()  # the minutes begin anew

    def _change_password(self) -> None:
        if self._presenter.change_password(self._own.typed()):
            self._own.clear()

    def _look_card(self) -> Card:
        card, row = Card(), QHBoxLayout()
        self._theme = ChoiceField("Màu giao diện", tuple((one.title, one.id) for one in theme.THEMES.values()))
        self._size = ChoiceField("Cỡ chữ", tuple((f"{percent} %", percent) for percent in theme.TEXT_SIZES))
        self._theme.choose(theme.current().id)
        self._size.choose(theme.current_percent())
        for choice in (self._theme, self._size):
            choice.activated.connect(self._change_look)
        row.addWidget(labelled("&Màu giao diện", self._theme))
        row.addWidget(labelled("&Cỡ chữ", self._size))
        card.column.addWidget(HeadingLabel("Giao diện"))
        card.column.addLayout(row)
        return card

    def _backup_card(self) -> Card:
        card = Card()
        card.column.addWidget(HeadingLabel("Sao lưu và kiểm tra"))
        card.column.addWidget(
            MutedLabel("Sổ tự sao lưu vào thư mục của nó mỗi khi đóng. Hãy chép thêm một bản ra USB mỗi tuần.")
        )
        card.column.addWidget(self._journal)
        card.column.addWidget(self._problems["backup"])
        row = QHBoxLayout()
        row.addWidget(Button("Sao lưu và kiểm tra ngay…", self._back_up))
        row.addWidget(Button("Đối chiếu với các gói", self._inspect))
        row.addStretch(1)
        card.column.addLayout(row)
        return card

    def _due_card(self) -> Card:
        card = Card()
        self._due_of.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._due_of.activated.connect(lambda: self._presenter.choose_due(self._due_of.currentData()))
        card.column.addWidget(HeadingLabel("Hạn gửi báo cáo tháng, quý"))
        card.column.addWidget(MutedLabel("Kế hoạch chỉ ghi hạn của báo cáo năm; hạn của kỳ ngắn hơn do nơi nhận đặt."))
        card.column.addWidget(self._due_of)
        act = Button("Cất hạn gửi", lambda: self._presenter.set_due(self._due.text()))
        card.column.addLayout(_number("Số &ngày sau khi hết kỳ", self._due, act))
        card.column.addWidget(self._problems["due"])
        return card

    def _lock_card(self) -> Card:
        card = Card()
        card.column.addWidget(HeadingLabel("Tự khóa khi vắng người"))
        card.column.addWidget(MutedLabel("Không ai gõ phím hay dùng chuột thì cửa sổ được che, mở lại bằng mật khẩu."))
        card.column.addLayout(_number("Số &phút", self._lock, Button("Cất số phút", self._set_lock)))
        card.column.addWidget(self._problems["lock"])
        return card

    def _facts_card(self) -> Card:
        card = Card()
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(16)
        self._facts.setColumnMinimumWidth(0, 110)
        card.column.addWidget(HeadingLabel("Đơn vị và phần mềm"))
        card.column.addLayout(self._facts)
        return card

    def _people_card(self) -> Card:
        card = Card()
        card.column.addWidget(HeadingLabel("Người dùng"))
        card.column.addWidget(self._people)
        card.column.addSpacing(4)
        card.column.addWidget(MutedLabel("Thêm người"))
        card.column.addWidget(self._newcomer)
        card.column.addWidget(self._problems["person"])
        card.column.addWidget(Button("Thêm", self._add_person), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _password_card(self) -> Card:
        card = Card()
        card.column.addWidget(HeadingLabel("Mật khẩu của tôi"))
        card.column.addWidget(self._own)
        card.column.addWidget(self._problems["password"])
        card.column.addWidget(Button("Đổi mật khẩu", self._change_password), 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _number(words: str, field: LineField, act: Button) -> QHBoxLayout:
    """A short number under its name, and the button that keeps it."""
    row = QHBoxLayout()
    field.setMaximumWidth(150)
    row.addWidget(labelled(words, field))
    row.addWidget(act, 0, Qt.AlignmentFlag.AlignBottom)
    row.addStretch(1)
    return row


class _Person(QWidget):
    """Fields of a new person, or of a new password alone."""

    def __init__(self, *, asks_name: bool) -> None:
        super().__init__()
        self._name, self._title = LineField("Họ và tên"), LineField("Chức vụ")
        self._role = ChoiceField("Vai trò", tuple((words, role) for role, words in PERSON_ROLE_TITLES.items()))
        self._password, self._again = PasswordField("Mật khẩu mới"), PasswordField("Gõ lại mật khẩu mới")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        if asks_name:
            grid.addWidget(labelled("Họ và tên", self._name), 0, 0)
            grid.addWidget(labelled("Chức vụ", self._title), 0, 1)
            grid.addWidget(labelled("Vai trò", self._role), 1, 0, 1, 2)
        grid.addWidget(labelled("Mật khẩu", self._password), 2, 0)
        grid.addWidget(labelled("Gõ lại", self._again), 2, 1)

    def typed(self) -> TypedNewPerson:
        role = self._role.currentData() or PersonRole.PREPARER
        return TypedNewPerson(self._name.text(), self._title.text(), role, self._password.text(), self._again.text())

    def clear(self) -> None:
        for field in (self._name, self._title, self._password, self._again):
            field.clear()
