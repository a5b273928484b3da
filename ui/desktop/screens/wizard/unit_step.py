"""The first page of the first run: which unit we are, what the office does, and the programmes it reports on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QRadioButton, QWidget

from ui.desktop.screens.wizard.presenter import OTHER, Chosen, Offer
from ui.desktop.screens.wizard.steps import Step
from ui.desktop.widgets.fields import Choice, Line, labelled
from ui.desktop.widgets.text import Wrapped, set_tone

if TYPE_CHECKING:
    from forms.org_unit import OrgUnit

_VALUE = Qt.ItemDataRole.UserRole
_LISTED, _OFFERED = 104, 116  # pixels of the two lists
_ITSELF = ""


class UnitStep(Step):
    """Search as you type, Enter takes what was found. What the office does follows from the unit's kind and can be
    changed; an agency that the catalogue lacks is chosen or typed under its province."""

    searched = Signal(str)
    chosen = Signal(object)
    agency = Signal(str)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._query = Line("Tìm đơn vị", "ví dụ: phu xuan, Phú Xuân Huế, 19804; sở, ban, ngành: tìm tỉnh trước")
        self._list, self._said = QListWidget(), Wrapped()
        self._agencies, self._name = Choice("Cơ quan"), Line("Tên cơ quan", "ví dụ: Sở Y tế")
        self._code, self._asks_agency = Line("Mã cơ quan"), QWidget()
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

    def show_unit(self, chosen: Chosen) -> None:
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

    def show_programmes(self, offers: Sequence[Offer]) -> None:
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
        self._agencies.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
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
