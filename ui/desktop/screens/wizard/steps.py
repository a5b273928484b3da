"""The pages of the first run. Each shows and reports; the wizard view joins them to the presenter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from forms.office import PERSON_ROLE_TITLES, PersonRole
from ui.desktop.screens.wizard.presenter import Typed
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, Line, Password, labelled
from ui.desktop.widgets.text import Heading, Muted, Wrapped

if TYPE_CHECKING:
    from forms.org_unit import OrgUnit

_UNIT = Qt.ItemDataRole.UserRole


class Step(QWidget):
    """A page with room for its own widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)


class StartStep(Step):
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


class UnitStep(Step):
    """Search as you type; what the office does follows from the unit's kind and can be changed."""

    searched = Signal(str)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._query, self._list, self._said = (
            Line("Tìm đơn vị", "ví dụ: phu xuan, Phú Xuân Huế, 19804"),
            QListWidget(),
            Wrapped(),
        )
        self._programme = Choice("Chương trình, kế hoạch")
        self._programme.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._reports = QRadioButton("Nhập và gửi báo cáo (xã, phường, cơ quan)")
        self._collates = QRadioButton("Nhận gói và tổng hợp của các đơn vị bên dưới (sở, tỉnh, cụm)")
        self._reports.setChecked(True)
        self._list.setAccessibleName("Các đơn vị tìm được")
        self._list.setFixedHeight(168)
        self._said.setProperty("tone", "label")
        self.column.addWidget(labelled("&Tìm đơn vị theo tên hoặc mã", self._query))
        self.column.addWidget(self._list)
        self.column.addWidget(self._said)
        self.column.addWidget(Muted("Đơn vị này làm gì?"))
        self.column.addWidget(self._reports)
        self.column.addWidget(self._collates)
        self.column.addWidget(labelled("&Chương trình, kế hoạch phải báo cáo", self._programme))
        self._query.textChanged.connect(self.searched)
        self._query.returnPressed.connect(self._go_to_list)
        self._list.currentItemChanged.connect(self._tell)

    @property
    def collates(self) -> bool:
        return self._collates.isChecked()

    def begin(self) -> None:
        self._query.setFocus()

    def show_units(self, units: Sequence[tuple[OrgUnit, str]]) -> None:
        self._list.clear()
        for unit, above in units:
            item = QListWidgetItem(f"{unit.full_name}{f' – {above}' if above else ''}   ({unit.code})")
            item.setData(_UNIT, unit)
            self._list.addItem(item)
        if len(units) == 1:
            self._list.setCurrentRow(0)

    @property
    def programme(self) -> str:
        return str(self._programme.currentData())

    def show_programmes(self, programmes: Sequence[tuple[str, str]]) -> None:
        for id, title in programmes:
            self._programme.addItem(title, id)

    def show_unit(self, words: str, collates: bool, programme: str) -> None:
        self._said.setText(words)
        self._programme.choose(programme)
        (self._collates if collates else self._reports).setChecked(True)

    def _go_to_list(self) -> None:
        self._list.setFocus()
        if not self._list.selectedItems():
            self._list.setCurrentRow(0)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_UNIT))


class PeopleStep(Step):
    """A preparer and a head with a password each, or one officer who is both."""

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
        self._arrange(False)

    def begin(self) -> None:
        self._first.begin()

    def people(self) -> list[tuple[PersonRole, Typed]]:
        if self._one.isChecked():
            return [(PersonRole.SOLE, self._first.typed())]
        return [(PersonRole.PREPARER, self._first.typed()), (PersonRole.HEAD, self._second.typed())]

    def _arrange(self, one: bool) -> None:
        self._first.say(PersonRole.SOLE if one else PersonRole.PREPARER)
        self._second.say(PersonRole.HEAD)
        self._second.setVisible(not one)


class _Person(QWidget):
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

    def __init__(self, write: Callable[[], object]) -> None:
        super().__init__()
        self._code, self._noted = QLabel(), QCheckBox("Tôi đã ghi lại hoặc in mã này và cất ở nơi an toàn")
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

    @property
    def code(self) -> str:
        return self._code.text()

    def show_code(self, code: str) -> None:
        self._code.setText(code)
        self._noted.setFocus()


class PracticeStep(Step):
    def show_people(self, people: Sequence[tuple[str, str]], password: str) -> None:
        self.column.addWidget(Wrapped("Sổ dùng thử đã có sẵn tin, bài và số liệu mẫu của năm 2025. Hai người dùng:"))
        for name, title in people:
            words = QLabel(f"{name} – {title}")
            words.setProperty("tone", "label")
            self.column.addWidget(words)
        self.column.addWidget(Wrapped(f"Mật khẩu của cả hai: {password}"))
        self.column.addWidget(Muted("Mọi trang và mọi gói đều mang dấu BẢN THỬ; sổ thật không nhận gói thử."))
