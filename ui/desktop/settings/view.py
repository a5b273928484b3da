"""Settings: how the window looks, backup, the due day, persons and the facts of the office."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from forms.all_services import Services
from forms.application import Application
from forms.model.office import PERSON_ROLE_TITLES, PersonRole
from ui.desktop import theme
from ui.desktop.settings.presenter import ALL, SettingsPresenter, TypedNewPerson
from ui.desktop.shell import Shell
from ui.desktop.widgets.cards import Button, Card, Scrolling
from ui.desktop.widgets.fields import ChoiceField, LineField, PasswordField, labelled
from ui.desktop.widgets.layout import Part, add_to, hbox, show_facts, vbox
from ui.desktop.widgets.screen import Screen
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, ProblemLabel, WrappedLabel

_PATTERN = "Bản sao lưu (*.sbdbackup)"
_BACKUP_HELP = "Sổ tự sao lưu vào thư mục của nó mỗi khi đóng. Hãy chép thêm một bản ra USB mỗi tuần."
_DUE_HELP = "Kế hoạch chỉ ghi hạn của báo cáo năm; hạn của kỳ ngắn hơn do nơi nhận đặt."
_ANSWERER_HELP = (
    "Trong kỳ này nhiều đơn vị mang tên của một cơ quan mà kế hoạch nêu. Chưa chọn thì chỗ họ trả lời khác nhau không được "
    "cộng."
)
_OWN_DAY_HELP = (
    "Hạn khác với kế hoạch cho một biểu, một kỳ, một đơn vị. Kỳ, mã đơn vị để trống là mọi kỳ, mọi đơn vị; hạn để trống là bỏ hạn "
    "riêng."
)
_LOCK_HELP = "Không ai gõ phím hay dùng chuột thì cửa sổ được che, mở lại bằng mật khẩu."


class SettingsView(Screen):
    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        super().__init__("Cài đặt")
        self._frame, self._presenter = frame, SettingsPresenter(desk, program, frame)
        self._problems = {
            where: ProblemLabel() for where in ("due", "own_day", "answerer", "lock", "person", "password", "backup")
        }
        self._facts, self._people, self._journal = QGridLayout(), WrappedLabel(), MutedLabel()
        self._theme = ChoiceField("Màu giao diện", tuple((one.title, one.id) for one in theme.THEMES.values()))
        self._size = ChoiceField("Cỡ chữ", tuple((f"{percent} %", percent) for percent in theme.TEXT_SIZES))
        self._due_of, self._due = ChoiceField("Hạn của báo cáo nào"), LineField("Số ngày sau khi hết kỳ")
        self._own_days, self._own_form = WrappedLabel(), ChoiceField("Biểu có hạn riêng")
        self._own_period, self._own_unit = LineField("Kỳ", "2025, 2025-Q4"), LineField("Mã đơn vị", "mọi đơn vị")
        self._own_day = LineField("Hạn riêng", "20/12/2025 hoặc số ngày")
        self._question, self._answerer = ChoiceField("Cơ quan của kế hoạch"), ChoiceField("Đơn vị trả lời")
        self._why = LineField("Lý do chọn")
        self._answerers = self._answerers_card()
        self._lock = LineField("Số phút tự khóa")
        self._newcomer, self._own = _Person(asks_name=True), _Person(asks_name=False)
        self._theme.choose(theme.current().id)
        self._size.choose(theme.current_percent())
        for choice in (self._theme, self._size):
            choice.activated.connect(lambda: self._frame.look(self._theme.currentData(), self._size.currentData()))
        self._due_of.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._due_of.activated.connect(self._show_due)
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(16)
        self._facts.setColumnMinimumWidth(0, 110)
        now = Button("Sao lưu và kiểm tra ngay…", self._back_up)
        compare = Button("Đối chiếu với các gói", self._inspect)
        parts = (MutedLabel(_BACKUP_HELP), self._journal, self._problems["backup"], hbox(now, compare, None))
        days = _number("Số &ngày sau khi hết kỳ", self._due, Button("Cất hạn gửi", self._set_due))
        left = vbox(
            _card("Giao diện", hbox(labelled("&Màu giao diện", self._theme), labelled("&Cỡ chữ", self._size))),
            _card("Sao lưu và kiểm tra", *parts),
            _card("Hạn gửi báo cáo tháng, quý", MutedLabel(_DUE_HELP), self._due_of, days, self._problems["due"]),
            self._own_days_card(),
            self._answerers,
            _card("Đơn vị và phần mềm", self._facts),
            None,
            spacing=14,
        )
        minutes = _number("Số &phút", self._lock, Button("Cất số phút", self._set_lock))
        add = (Button("Thêm", self._add_person), Qt.AlignmentFlag.AlignLeft)
        people = (self._people, 4, MutedLabel("Thêm người"), self._newcomer, self._problems["person"], add)
        change = (Button("Đổi mật khẩu", self._change_password), Qt.AlignmentFlag.AlignLeft)
        right = vbox(
            _card("Tự khóa khi vắng người", MutedLabel(_LOCK_HELP), minutes, self._problems["lock"]),
            _card("Người dùng", *people),
            _card("Mật khẩu của tôi", self._own, self._problems["password"], change),
            None,
            spacing=14,
        )
        scroll = Scrolling()
        scroll.column.addLayout(hbox((left, 1), (right, 1), spacing=16))
        self.body.addWidget(scroll)

    def _own_days_card(self) -> Card:
        fields = (("&Kỳ", self._own_period), ("Mã đơn &vị", self._own_unit), ("&Hạn", self._own_day))
        asked = hbox(*(labelled(words, field) for words, field in fields))
        act = (Button("Cất hạn riêng", self._set_own_day), Qt.AlignmentFlag.AlignLeft)
        self._own_form.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        parts = (self._own_form, asked, self._problems["own_day"], act, self._own_days)
        return _card("Hạn gửi riêng", MutedLabel(_OWN_DAY_HELP), *parts)

    def _answerers_card(self) -> Card:
        for field in (self._question, self._answerer):
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._question.activated.connect(self._offer_units)
        act = (Button("Chọn đơn vị này", self._choose_answerer), Qt.AlignmentFlag.AlignLeft)
        asked = (labelled("Đơn vị trả lời", self._answerer), labelled("&Lý do", self._why))
        parts = (self._question, *asked, self._problems["answerer"], act)
        return _card("Ai trả lời thay cơ quan của kế hoạch", MutedLabel(_ANSWERER_HELP), *parts)

    def _offer_units(self) -> None:
        question = self._question.currentData()
        units = question.asked.units if question else ()
        self._answerer.offer(tuple((f"{unit.full_name} ({unit.code})", unit.code) for unit in units))

    def _choose_answerer(self) -> None:
        chosen = (self._question.currentData(), self._answerer.currentData(), self._why.text())
        if self._say("answerer", self._presenter.choose_answerer(*chosen)):
            self._why.clear()
            self.entered("")

    def _set_own_day(self) -> None:
        of, typed = self._own_form.currentData(), self._own_day.text()
        if of and self._say(
            "own_day", self._presenter.set_own_day(of, self._own_period.text(), self._own_unit.text(), typed)
        ):
            self._own_day.clear()
            self.entered("")

    def entered(self, place: str) -> None:
        page = self._presenter.page()
        show_facts(self._facts, page.facts)
        self._people.setText("\n".join(page.people))
        chosen = self._due_of.currentData()
        self._due_of.offer(page.due_choices)
        # its programme may be followed no more
        self._due_of.choose(chosen if chosen in [id for _, id in page.due_choices] else ALL)
        self._show_due()
        form, forms = self._own_form.currentData(), [id for _, id in page.form_choices]
        self._own_form.offer(page.form_choices)
        self._own_form.choose(form if form in forms else next(iter(forms), None))
        self._question.offer(page.questions)
        self._answerers.setVisible(bool(page.questions))
        self._offer_units()
        self._own_days.setText("\n".join(page.own_days) or "Chưa đặt hạn riêng nào.")
        self._lock.setText(page.lock)
        self._lock.setPlaceholderText("không khóa" if page.may_be_never else "")
        self._problems["lock"].say(page.lock_problem)
        self._journal.setText(
            f"Nhật ký: {page.journal}. Mỗi lần sao lưu, phần mềm mở lại bản sao và kiểm tra cả chuỗi nhật ký."
        )

    def _show_due(self) -> None:
        days, otherwise, why = self._presenter.due(self._due_of.currentData())
        self._due.setText(days)
        self._due.setPlaceholderText(otherwise)
        self._problems["due"].say(why)

    def _say(self, where: str, refusal: str) -> bool:
        """Beside its field; whether nothing was refused."""
        self._problems[where].say(refusal)
        return not refusal

    def _back_up(self) -> None:
        file = self._frame.ask.save_file("Sao lưu sổ", self._presenter.backup_name(), _PATTERN)
        if file and self._say("backup", self._presenter.back_up(file)):
            self.entered("")

    def _inspect(self) -> None:
        self._frame.work(
            "Đối chiếu số liệu với các gói",
            lambda _progress: self._presenter.inspect(),
            lambda found: self._problems["backup"].say(self._presenter.inspected(found)),
        )

    def _set_due(self) -> None:
        self._say("due", self._presenter.set_due(self._due_of.currentData(), self._due.text()))

    def _set_lock(self) -> None:
        if self._say("lock", self._presenter.set_lock(self._lock.text())):
            self._frame.reopen()  # the minutes begin anew

    def _add_person(self) -> None:
        if self._say("person", self._presenter.add_person(self._newcomer.typed())):
            self._frame.reopen()  # a second person brings the page of approval, and the lock

    def _change_password(self) -> None:
        if self._say("password", self._presenter.change_password(self._own.typed())):
            self._own.clear()


def _card(title: str, *parts: Part) -> Card:
    card = Card()
    add_to(card.column, HeadingLabel(title), *parts)
    return card


def _number(words: str, field: LineField, act: Button) -> QHBoxLayout:
    """A short number under its name, and the button that keeps it."""
    field.setMaximumWidth(150)
    return hbox(labelled(words, field), (act, Qt.AlignmentFlag.AlignBottom), None)


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
