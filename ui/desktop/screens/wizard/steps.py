"""The pages of the first run. Each shows and reports; the wizard view joins them to the presenter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from forms.office import PERSON_ROLE_TITLES, PersonRole
from ui.desktop.screens.wizard.presenter import Typed
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Line, Password, labelled
from ui.desktop.widgets.plain import Label
from ui.desktop.widgets.text import Heading, Muted, Wrapped


class Step(QWidget):
    """A page with room for its own widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)


class StartStep(Step):
    """Begin, try out, or come back from a backup; Enter begins."""

    def __init__(
        self, begin: Callable[[], object], practise: Callable[[], object], restore: Callable[[], object]
    ) -> None:
        super().__init__()
        for words, help, pressed, weight in (
            (
                "Bắt đầu sổ của đơn vị",
                "Chọn đơn vị, người lập biểu và thủ trưởng. Mất khoảng hai phút.",
                begin,
                "primary",
            ),
            (
                "Dùng thử với dữ liệu mẫu",
                "Một sổ riêng, mọi trang ghi BẢN THỬ; không lẫn với số liệu thật.",
                practise,
                "plain",
            ),
            ("Khôi phục từ bản sao lưu…", "Khi chuyển sang máy khác hoặc máy cũ bị hỏng.", restore, "plain"),
        ):
            button = Button(words, pressed, weight)
            button.setMinimumHeight(42)
            button.setAccessibleDescription(help)
            self.column.addWidget(button)
            self.column.addWidget(Muted(help))
            self.column.addSpacing(6)

    def begin(self) -> None:
        self.findChildren(Button)[0].setFocus()


class PeopleStep(Step):
    """A preparer and a head with a password each, or one officer who is both. Enter goes from field to field; in the
    last it is `done`."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._one = QCheckBox("Một người vừa lập biểu vừa duyệt")
        self._first, self._second = _Person(), _Person()
        self.column.addWidget(self._one)
        self.column.addWidget(self._first)
        self.column.addWidget(self._second)
        self.column.addWidget(
            Muted(
                "Mật khẩu từ 8 ký tự; có thể dùng bốn từ dễ nhớ. Mỗi người giữ mật khẩu riêng: niêm phong báo cáo cần "
                "mật khẩu của cả hai."
            )
        )
        self._one.toggled.connect(self._arrange)
        self._first.done.connect(self._go_on)
        self._second.done.connect(self.done)
        self._arrange(False)

    def begin(self) -> None:
        self._first.begin()

    def people(self) -> list[tuple[PersonRole, Typed]]:
        if self._one.isChecked():
            return [(PersonRole.SOLE, self._first.typed())]
        return [(PersonRole.PREPARER, self._first.typed()), (PersonRole.HEAD, self._second.typed())]

    def _go_on(self) -> None:
        if self._one.isChecked():
            self.done.emit()
        else:
            self._second.begin()

    def _arrange(self, one: bool) -> None:
        self._first.say(PersonRole.SOLE if one else PersonRole.PREPARER)
        self._second.say(PersonRole.HEAD)
        self._second.setVisible(not one)


class _Person(QWidget):
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = Heading()
        self._name, self._title = Line("Họ và tên"), Line("Chức vụ")
        self._password, self._again = Password("Mật khẩu"), Password("Gõ lại mật khẩu")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._heading, 0, 0, 1, 2)
        fields = (
            ("Họ và tên", self._name),
            ("Chức vụ", self._title),
            ("Mật khẩu", self._password),
            ("Gõ lại", self._again),
        )
        for place, (words, field) in enumerate(fields):
            grid.addWidget(labelled(words, field), 1 + place // 2, place % 2)
            field.returnPressed.connect(fields[place + 1][1].setFocus if place + 1 < len(fields) else self.done)

    def say(self, role: PersonRole) -> None:
        self._heading.setText(PERSON_ROLE_TITLES[role])
        for field in (self._name, self._title, self._password, self._again):
            field.setAccessibleDescription(PERSON_ROLE_TITLES[role])

    def begin(self) -> None:
        self._name.setFocus()

    def typed(self) -> Typed:
        return Typed(self._name.text(), self._title.text(), self._password.text(), self._again.text())


class CodeStep(Step):
    """The recovery code. One goes on only after saying that it was written down."""

    ready = Signal(bool)
    done = Signal()

    def __init__(self, write: Callable[[], object]) -> None:
        super().__init__()
        self._code, self._noted = Label(), _Noted("Tôi đã ghi lại hoặc in mã này và cất ở nơi an toàn")
        self._code.setProperty("tone", "code")
        self._code.setWordWrap(True)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._code.setAccessibleName("Mã khôi phục")
        self.column.addWidget(
            Wrapped("Quên mật khẩu thì chỉ còn mã này mở được sổ. Không ai khác, kể cả người làm phần mềm, có mã này.")
        )
        self.column.addWidget(self._code)
        row = QHBoxLayout()
        row.addWidget(Button("Chép mã", lambda: QGuiApplication.clipboard().setText(self._code.text())))
        row.addWidget(Button("Ghi ra tệp để in…", write))
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addSpacing(6)
        self.column.addWidget(self._noted)
        self._noted.toggled.connect(self.ready)
        self._noted.done.connect(self.done)

    @property
    def code(self) -> str:
        return self._code.text()

    def show_code(self, code: str) -> None:
        self._code.setText(code)
        self._noted.setFocus()


class _Noted(QCheckBox):
    """Space says it; Enter goes on once it was said, and never says it by itself."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.isChecked() and not event.isAutoRepeat():
                self.done.emit()
        else:
            super().keyPressEvent(event)


class PracticeStep(Step):
    def show_people(self, people: Sequence[tuple[str, str]], password: str) -> None:
        self.column.addWidget(Wrapped("Sổ dùng thử đã có sẵn tin, bài và số liệu mẫu của năm 2025. Hai người dùng:"))
        for name, title in people:
            words = Label(f"{name} – {title}")
            words.setProperty("tone", "label")
            self.column.addWidget(words)
        self.column.addWidget(Wrapped(f"Mật khẩu của cả hai: {password}"))
        self.column.addWidget(Muted("Mọi trang và mọi gói đều mang dấu BẢN THỬ; sổ thật không nhận gói thử."))
