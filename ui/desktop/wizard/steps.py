"""The pages of the first-run wizard.

The pages of the first run. Each shows and reports; the wizard view joins them to the presenter.

The first page of the first run: which unit we are, what the office does, and the programmes it reports on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from forms.model.office import PERSON_ROLE_TITLES, PersonRole
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.fields import ChoiceField, LineField, PasswordField, labelled
from ui.desktop.widgets.plain_text import Label
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, WrappedLabel, set_tone
from ui.desktop.wizard.presenter import OTHER, ChosenUnit, ProgrammeChoice, TypedPerson

if TYPE_CHECKING:
    from forms.model.org_unit import OrgUnit


class WizardPage(QWidget):
    """A page with room for its own widgets."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)


class StartStep(WizardPage):
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
            self.column.addWidget(MutedLabel(help))
            self.column.addSpacing(6)

    def begin(self) -> None:
        self.findChildren(Button)[0].setFocus()


class PeopleStep(WizardPage):
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
            MutedLabel(
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

    def people(self) -> list[tuple[PersonRole, TypedPerson]]:
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
        self._heading = HeadingLabel()
        self._name, self._title = LineField("Họ và tên"), LineField("Chức vụ")
        self._password, self._again = PasswordField("Mật khẩu"), PasswordField("Gõ lại mật khẩu")
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

    def typed(self) -> TypedPerson:
        return TypedPerson(self._name.text(), self._title.text(), self._password.text(), self._again.text())


class CodeStep(WizardPage):
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
            WrappedLabel(
                "Quên mật khẩu thì chỉ còn mã này mở được sổ. Không ai khác, kể cả người làm phần mềm, có mã này."
            )
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


class PracticeStep(WizardPage):
    def show_people(self, people: Sequence[tuple[str, str]], password: str) -> None:
        self.column.addWidget(
            WrappedLabel("Sổ dùng thử đã có sẵn tin, bài và số liệu mẫu của năm 2025. Hai người dùng:")
        )
        for name, title in people:
            words = Label(f"{name} – {title}")
            words.setProperty("tone", "label")
            self.column.addWidget(words)
        self.column.addWidget(WrappedLabel(f"Mật khẩu của cả hai: {password}"))
        self.column.addWidget(MutedLabel("Mọi trang và mọi gói đều mang dấu BẢN THỬ; sổ thật không nhận gói thử."))


_VALUE = Qt.ItemDataRole.UserRole
_LISTED, _OFFERED = 104, 116  # pixels of the two lists
_ITSELF = ""


class UnitStep(WizardPage):
    """Search as you type, Enter takes what was found. What the office does follows from the unit's kind and can be
    changed; an agency that the catalogue lacks is chosen or typed under its province."""

    searched = Signal(str)
    chosen = Signal(object)
    agency = Signal(str)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._query = LineField("Tìm đơn vị", "ví dụ: phu xuan, Phú Xuân Huế, 19804; sở, ban, ngành: tìm tỉnh trước")
        self._list, self._said = QListWidget(), WrappedLabel()
        self._agencies, self._name = ChoiceField("Cơ quan"), LineField("Tên cơ quan", "ví dụ: Sở Y tế")
        self._code, self._asks_agency = LineField("Mã cơ quan"), QWidget()
        self._reports = QRadioButton("Nhập và gửi báo cáo (xã, phường, cơ quan)")
        self._collates = QRadioButton("Nhận gói và tổng hợp của các đơn vị bên dưới (sở, tỉnh, cụm)")
        self._offered = QListWidget()
        self._lay_out()
        self._query.textChanged.connect(self.searched)
        self._query.returnPressed.connect(self._go_to_list)
        self._list.itemSelectionChanged.connect(self._tell)
        self._list.itemActivated.connect(self._go_on)
        self._agencies.activated.connect(self._agency_chosen)
        self._name.editingFinished.connect(self._named)

    @property
    def collates(self) -> bool:
        return self._collates.isChecked()

    @property
    def code(self) -> str:
        return self._code.text()

    @property
    def programmes(self) -> list[str]:
        """The ids of those that are ticked, in their order."""
        items = [self._offered.item(number) for number in range(self._offered.count())]
        return [str(item.data(_VALUE)) for item in items if item.checkState() is Qt.CheckState.Checked]

    def begin(self) -> None:
        self._query.setFocus()

    def show_units(self, units: Sequence[tuple[OrgUnit, str]]) -> None:
        """Nothing of it is chosen: that is done by a person, also where only one was found."""
        self._list.blockSignals(True)
        self._list.clear()
        for unit, above in units:
            item = QListWidgetItem(f"{unit.full_name}{f' – {above}' if above else ''}   ({unit.code})")
            item.setData(_VALUE, unit)
            self._list.addItem(item)
        self._list.blockSignals(False)

    def show_no_unit(self, words: str) -> None:
        self._said.setText(words)
        set_tone(self._said, "tone", "warning")
        self._asks_agency.hide()
        self._ask_name(asked=False)
        self._offered.clear()

    def show_unit(self, chosen: ChosenUnit) -> None:
        self._said.setText(chosen.words)
        set_tone(self._said, "tone", "label")
        (self._collates if chosen.collates else self._reports).setChecked(True)
        self._agencies.clear()
        for words, value in (("Chính tỉnh, thành phố này", _ITSELF), *((name, name) for name in chosen.agencies)):
            self._agencies.addItem(words, value)
        self._agencies.addItem("Cơ quan khác…", OTHER)
        self._name.clear()
        self._asks_agency.setVisible(chosen.is_province)
        self._ask_name(asked=False)

    def show_agency(self, words: str, code: str) -> None:
        self._said.setText(words)
        if code:
            self._reports.setChecked(True)
        self._code.setText(code)
        self._code.parentWidget().setVisible(bool(code))

    def show_programmes(self, offers: Sequence[ProgrammeChoice]) -> None:
        self._offered.clear()
        for offer in offers:
            item = QListWidgetItem(f"{offer.title}\n{offer.note}" if offer.note else offer.title)
            item.setData(_VALUE, offer.id)
            item.setCheckState(Qt.CheckState.Checked if offer.ticked else Qt.CheckState.Unchecked)
            self._offered.addItem(item)
        self._offered.setCurrentRow(0)

    def _go_to_list(self) -> None:
        """Enter in the search takes the first that was found."""
        self._list.setFocus()
        if not self._list.selectedItems():
            self._list.setCurrentRow(0, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _tell(self) -> None:
        for item in self._list.selectedItems():
            self.chosen.emit(item.data(_VALUE))

    def _go_on(self) -> None:
        """Enter in the list: on a line that is not chosen yet it chooses. Of a province the agency is asked first."""
        if not self._list.selectedItems():
            self._list.currentItem().setSelected(True)
        elif self._asks_agency.isVisible():
            self._agencies.setFocus()
        else:
            self.done.emit()

    def _agency_chosen(self) -> None:
        value = str(self._agencies.currentData())
        self._ask_name(asked=value == OTHER)
        if value == OTHER:
            self._name.setFocus()
        self.agency.emit(value)

    def _named(self) -> None:
        if self._name.isVisible():  # hidden with the keys in it, it is left too
            self.agency.emit(self._name.text().strip() or OTHER)

    def _ask_name(self, *, asked: bool) -> None:
        self._name.parentWidget().setVisible(asked)
        if not asked:
            self._name.clear()
        self._code.clear()
        self._code.parentWidget().setVisible(False)

    def _lay_out(self) -> None:
        self._list.setAccessibleName("Các đơn vị tìm được")
        self._list.setFixedHeight(_LISTED)
        self._offered.setAccessibleName("Chương trình, kế hoạch phải báo cáo")
        self._offered.setAccessibleDescription("Phím cách đánh dấu hoặc bỏ dấu")
        self._offered.setFixedHeight(_OFFERED)
        self._offered.setWordWrap(True)
        for one in (self._list, self._offered):
            one.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reports.setChecked(True)
        self._said.setProperty("tone", "label")
        self._agencies.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        row = QHBoxLayout(self._asks_agency)
        row.setContentsMargins(0, 0, 0, 0)
        for words, field, share in (("Cơ &quan", self._agencies, 2), ("Tê&n", self._name, 4), ("Mã", self._code, 2)):
            row.addWidget(labelled(words, field), share)
        self._asks_agency.hide()
        self.column.setSpacing(6)
        self.column.addWidget(labelled("&Tìm đơn vị theo tên hoặc mã", self._query))
        for widget in (self._list, self._said, self._asks_agency, self._reports, self._collates):
            self.column.addWidget(widget)
        self.column.addWidget(labelled("&Chương trình, kế hoạch phải báo cáo", self._offered))
