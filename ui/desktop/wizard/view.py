"""The first run: one card, one step at a time, back and on by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QListWidget, QListWidgetItem, QRadioButton, QWidget

from forms.errors import AppError
from forms.model.office import PERSON_ROLE_TITLES, PersonRole
from ui.desktop.widgets.cards import Button, DoorCard
from ui.desktop.widgets.fields import ChoiceField, LineField, PasswordField, labelled
from ui.desktop.widgets.layout import Part, add_to, hbox, vbox
from ui.desktop.widgets.text import HeadingLabel, Label, MutedLabel, ProblemLabel, WrappedLabel, set_tone
from ui.desktop.wizard.presenter import (
    OTHER,
    PRACTICE_PASSWORD,
    PRACTICE_PEOPLE,
    ChosenUnit,
    TypedPerson,
    WizardPresenter,
)

if TYPE_CHECKING:
    from forms.application import Application
    from forms.ports import Ledger
    from ui.desktop.shell import Dialogs

_BACKUPS = "Bản sao lưu (*.sbdbackup);;Mọi tệp (*)"
_VALUE = Qt.ItemDataRole.UserRole
_LISTED, _OFFERED = 104, 116  # pixels of the two lists of the first step
_ITSELF = ""
_STARTS = (
    ("Bắt đầu sổ của đơn vị", "Chọn đơn vị, người lập biểu và thủ trưởng. Mất khoảng hai phút.", "primary"),
    ("Dùng thử với dữ liệu mẫu", "Một sổ riêng, mọi trang ghi BẢN THỬ; không lẫn với số liệu thật.", "plain"),
    ("Khôi phục từ bản sao lưu…", "Khi chuyển sang máy khác hoặc máy cũ bị hỏng.", "plain"),
)


class WizardPage(QWidget):
    """Shows and reports; the wizard joins it to the next."""

    def __init__(self, *parts: Part) -> None:
        super().__init__()
        self.column = vbox(*parts, spacing=10, on=self)


class StartStep(WizardPage):
    """Begin, try out, or come back from a backup; Enter begins."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        super().__init__()
        for (words, help, weight), act in zip(_STARTS, acts, strict=True):
            button = Button(words, act, weight)
            button.setMinimumHeight(42)
            button.setAccessibleDescription(help)
            add_to(self.column, button, MutedLabel(help), 6)

    def begin(self) -> None:
        self.findChildren(Button)[0].setFocus()


class UnitStep(WizardPage):
    """Which unit we are, what the office does, and the programmes it reports on.

    Search as you type, Enter takes what was found. What the office does follows from the unit's kind and can be changed; an
    agency that the catalogue lacks is chosen or typed under its province. `shown`: something else is chosen now, or nothing.
    """

    done = Signal()

    def __init__(self, presenter: WizardPresenter, shown: Callable[[], object]) -> None:
        super().__init__()
        self._presenter, self._shown = presenter, shown
        self._query = LineField("Tìm đơn vị", "ví dụ: phu xuan, Phú Xuân Huế, 19804; sở, ban, ngành: tìm tỉnh trước")
        self._list, self._said = QListWidget(), WrappedLabel(tone="label")
        self._agencies, self._name = ChoiceField("Cơ quan"), LineField("Tên cơ quan", "ví dụ: Sở Y tế")
        self._code, self._asks_agency = LineField("Mã cơ quan"), QWidget()
        self._reports = QRadioButton("Nhập và gửi báo cáo (xã, phường, cơ quan)")
        self._collates = QRadioButton("Nhận gói và tổng hợp của các đơn vị bên dưới (sở, tỉnh, cụm)")
        self._offered = QListWidget()
        self._list.setAccessibleName("Các đơn vị tìm được")
        self._list.setFixedHeight(_LISTED)
        self._offered.setAccessibleName("Chương trình, kế hoạch phải báo cáo")
        self._offered.setAccessibleDescription("Phím cách đánh dấu hoặc bỏ dấu")
        self._offered.setFixedHeight(_OFFERED)
        self._offered.setWordWrap(True)
        for one in (self._list, self._offered):
            one.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reports.setChecked(True)
        self._agencies.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        asked = (("Cơ &quan", self._agencies, 2), ("Tê&n", self._name, 4), ("Mã", self._code, 2))
        hbox(*((labelled(words, field), share) for words, field, share in asked), on=self._asks_agency)
        self._asks_agency.hide()
        self.column.setSpacing(6)
        add_to(self.column, labelled("&Tìm đơn vị theo tên hoặc mã", self._query), self._list, self._said)
        add_to(self.column, self._asks_agency, self._reports, self._collates)
        add_to(self.column, labelled("&Chương trình, kế hoạch phải báo cáo", self._offered))
        self._query.textChanged.connect(self._search)
        self._query.returnPressed.connect(self._go_to_list)
        self._list.itemSelectionChanged.connect(self._choose)
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

    def _search(self, query: str) -> None:
        """Nothing of what is found is chosen: that is done by a person, also where only one was found."""
        if dropped := self._presenter.drop():
            self._shown()
            self._said.setText(dropped)
            set_tone(self._said, "tone", "warning")
            self._asks_agency.hide()
            self._ask_name(asked=False)
            self._offered.clear()
        self._list.blockSignals(True)
        self._list.clear()
        for unit, above in self._presenter.search(query):
            item = QListWidgetItem(f"{unit.full_name}{f' – {above}' if above else ''}   ({unit.code})")
            item.setData(_VALUE, unit)
            self._list.addItem(item)
        self._list.blockSignals(False)

    def _go_to_list(self) -> None:
        """Enter in the search takes the first that was found."""
        self._list.setFocus()
        if not self._list.selectedItems():
            self._list.setCurrentRow(0, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _choose(self) -> None:
        for item in self._list.selectedItems():
            chosen = self._presenter.choose(item.data(_VALUE))
            self._show(chosen)
            set_tone(self._said, "tone", "label")
            (self._collates if chosen.collates else self._reports).setChecked(True)
            listed = (("Chính tỉnh, thành phố này", _ITSELF), *((name, name) for name in chosen.agencies))
            self._agencies.offer((*listed, ("Cơ quan khác…", OTHER)))
            self._name.clear()
            self._asks_agency.setVisible(chosen.is_province)
            self._ask_name(asked=False)

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
        self._choose_agency(value)

    def _named(self) -> None:
        if self._name.isVisible():  # hidden with the keys in it, it is left too
            self._choose_agency(self._name.text().strip() or OTHER)

    def _choose_agency(self, name: str) -> None:
        if chosen := self._presenter.choose_agency(name):
            self._show(chosen)
            if chosen.code:
                self._reports.setChecked(True)
            self._code.setText(chosen.code)
            self._code.parentWidget().setVisible(bool(chosen.code))

    def _show(self, chosen: ChosenUnit) -> None:
        self._shown()
        self._said.setText("\n".join(filter(None, (chosen.words, chosen.warning))))
        set_tone(self._said, "tone", "warning" if chosen.warning else "label")
        self._offered.clear()
        for offer in chosen.programmes:
            item = QListWidgetItem(f"{offer.title}\n{offer.note}" if offer.note else offer.title)
            item.setData(_VALUE, offer.id)
            item.setCheckState(Qt.CheckState.Checked if offer.ticked else Qt.CheckState.Unchecked)
            self._offered.addItem(item)
        self._offered.setCurrentRow(0)

    def _ask_name(self, *, asked: bool) -> None:
        self._name.parentWidget().setVisible(asked)
        if not asked:
            self._name.clear()
        self._code.clear()
        self._code.parentWidget().setVisible(False)


class PeopleStep(WizardPage):
    """A preparer and a head with a password each, or one officer who is both. Enter goes from field to field; in the
    last it is `done`."""

    done = Signal()

    def __init__(self) -> None:
        self._one = QCheckBox("Một người vừa lập biểu vừa duyệt")
        self._first, self._second = _Person(), _Person()
        help = (
            "Mật khẩu từ 8 ký tự; có thể dùng bốn từ dễ nhớ. Mỗi người giữ mật khẩu riêng: niêm phong báo cáo cần "
            "mật khẩu của cả hai."
        )
        super().__init__(self._one, self._first, self._second, MutedLabel(help))
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
        self._fields = (self._name, self._title, self._password, self._again)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._heading, 0, 0, 1, 2)
        for place, (words, field) in enumerate(
            zip(("Họ và tên", "Chức vụ", "Mật khẩu", "Gõ lại"), self._fields, strict=True)
        ):
            grid.addWidget(labelled(words, field), 1 + place // 2, place % 2)
            field.returnPressed.connect(self._fields[place + 1].setFocus if place < 3 else self.done)

    def say(self, role: PersonRole) -> None:
        self._heading.setText(PERSON_ROLE_TITLES[role])
        for field in self._fields:
            field.setAccessibleDescription(PERSON_ROLE_TITLES[role])

    def begin(self) -> None:
        self._name.setFocus()

    def typed(self) -> TypedPerson:
        return TypedPerson(*(field.text() for field in self._fields))


class CodeStep(WizardPage):
    """The recovery code. One goes on only after saying that it was written down."""

    ready = Signal(bool)
    done = Signal()

    def __init__(self, write: Callable[[], object]) -> None:
        self._code, self._noted = Label(tone="code"), _Noted("Tôi đã ghi lại hoặc in mã này và cất ở nơi an toàn")
        self._code.setWordWrap(True)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chosen = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self._code.setTextInteractionFlags(chosen)
        self._code.setAccessibleName("Mã khôi phục")
        why = "Quên mật khẩu thì chỉ còn mã này mở được sổ. Không ai khác, kể cả người làm phần mềm, có mã này."
        copy = Button("Chép mã", lambda: QGuiApplication.clipboard().setText(self._code.text()))
        acts = hbox(copy, Button("Ghi ra tệp để in…", write), None)
        super().__init__(WrappedLabel(why), self._code, acts, 6, self._noted)
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


class WizardView(DoorCard):
    """`done` gets the open ledger; `restored` is called when a backup has become the ledger, to sign in."""

    def __init__(
        self, program: Application, ask: Dialogs, done: Callable[[Ledger], object], restored: Callable[[], object]
    ) -> None:
        super().__init__("Chào mừng", " ", width=600)
        self._ask, self._done, self._restored = ask, done, restored
        self._presenter, self._problem = WizardPresenter(program), ProblemLabel()
        self._start = StartStep(self._to_unit, lambda: self._try(self._practise), self._restore)
        self._unit, self._people = UnitStep(self._presenter, lambda: self._problem.say("")), PeopleStep()
        people = [Label(f"{person.name} – {person.title}", tone="label") for person in PRACTICE_PEOPLE]
        self._code = CodeStep(self._write_code)
        self._practice = WizardPage(
            WrappedLabel("Sổ dùng thử đã có sẵn tin, bài và số liệu mẫu của năm 2025. Hai người dùng:"),
            *people,
            WrappedLabel(f"Mật khẩu của cả hai: {PRACTICE_PASSWORD}"),
            MutedLabel("Mọi trang và mọi gói đều mang dấu BẢN THỬ; sổ thật không nhận gói thử."),
        )
        self._here: QWidget = self._start
        self._back, self._on = Button("Quay lại", self._go_back, "quiet"), Button("Tiếp", self._go_on, "primary")
        steps = (self._start, self._unit, self._people, self._code, self._practice)
        for step in steps:
            step.hide()
        buttons = QWidget()
        hbox(self._back, None, self._on, margins=(0, 4, 0, 0), on=buttons)
        add_to(self.column, *steps, self._problem, buttons)  # no stack: the card is as tall as the step it shows
        self._code.ready.connect(self._on.setEnabled)
        for step in (self._unit, self._people, self._code):
            step.done.connect(self._go_on)
        self._to_start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._here is self._start:
            self._start.begin()  # not sooner: the window it is put into would forget it

    def _to_start(self) -> None:
        self._show(self._start, "Chào mừng", "Sổ này chạy hoàn toàn trên máy của đơn vị, không cần mạng.")
        self._start.begin()

    def _to_unit(self) -> None:
        self._show(self._unit, "Đơn vị của anh, chị", "Bước 1/3")
        self._unit.begin()

    def _to_people(self) -> None:
        self._presenter.check_unit(self._unit.code, self._unit.programmes)
        hint = f"Bước 2/3 · Sổ của {self._presenter.whole_name}, sẽ ở: {self._presenter.folder}"
        self._show(self._people, "Người lập biểu và thủ trưởng", hint)
        self._people.begin()

    def _found(self) -> None:
        unit = self._unit
        code = self._presenter.found(self._people.people(), unit.collates, unit.code, unit.programmes)
        hint = f"Bước 3/3 · Sổ của {self._presenter.whole_name} đã lập xong và được mã hóa."
        self._show(self._code, "Mã khôi phục", hint)
        self._code.show_code(code)

    def _practise(self) -> None:
        self._presenter.practise()
        self._show(self._practice, "Sổ dùng thử", f"Sổ ở: {self._presenter.practice_folder}")

    def _restore(self) -> None:
        for file in self._ask.open_files("Chọn bản sao lưu", _BACKUPS)[:1]:
            if self._try(partial(self._presenter.restore, file)):
                self._restored()

    def _write_code(self) -> None:
        file = self._ask.save_file("Ghi mã khôi phục để in", "ma-khoi-phuc.txt", "Tệp chữ (*.txt)")
        if file:
            self._try(lambda: self._presenter.write_code(file, self._code.code))

    def _go_on(self) -> None:
        if self._here is self._unit:
            self._try(self._to_people)
        elif self._here is self._people:
            self._try(self._found)
        elif self._presenter.ledger:
            self._done(self._presenter.ledger)

    def _go_back(self) -> None:
        if self._here is self._people:
            self._to_unit()
        else:
            self._to_start()

    def _try(self, act: Callable[[], object]) -> bool:
        """False where it was refused; the reason is shown."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            act()
        except AppError as error:
            self._problem.say(error.message)
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        return True

    def _show(self, step: QWidget, title: str, hint: str) -> None:
        self._problem.say("")
        self._here.hide()
        self._here = step
        step.show()
        self.title.setText(title)
        self.hint.setText(hint)
        made = step in (self._code, self._practice)
        self._back.setVisible(step is not self._start and not made)
        self._on.setVisible(step is not self._start)
        self._on.setText("Vào sổ" if made else "Lập sổ" if step is self._people else "Tiếp")
        self._on.setEnabled(step is not self._code)
