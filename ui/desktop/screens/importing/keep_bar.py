"""Under a page that says how a workbook is read: the saved ways, the name this one is kept as, and on to the preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.screens.importing.keeping import NEW
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, Line, labelled

_PROPOSED = "Lập mới theo tiêu đề trong tệp"


class KeepBar(QWidget):
    def __init__(
        self,
        choose: Callable[[str], object],
        drop: Callable[[], object],
        go: Callable[[str], object],
        back: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self._saved, self._name = Choice("Bảng đối chiếu"), Line("Cất dưới tên")
        self._drop = Button("Bỏ bảng này…", drop, "quiet")
        self._go = Button("Cất và xem trước", lambda: go(self._name.text()), "primary")
        self._saved.activated.connect(lambda _: choose(self._saved.currentData()))
        self._name.returnPressed.connect(lambda: go(self._name.text()))
        self._saved.setMinimumWidth(280)
        self._name.setMinimumWidth(280)
        names = QHBoxLayout()
        names.setSpacing(12)
        names.addWidget(labelled("&Bảng đối chiếu", self._saved))
        names.addWidget(labelled("Cất dưới tê&n", self._name))
        names.addWidget(self._drop)
        names.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Button("Chọn tệp khác", back, "quiet"))
        foot.addStretch(1)
        foot.addWidget(Button("Bỏ, chưa nhập", leave))
        foot.addWidget(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(names)
        column.addLayout(foot)

    def show_saved(self, names: Sequence[str], chosen: str, name: str) -> None:
        self._saved.blockSignals(True)
        self._saved.clear()
        for one in names:
            self._saved.addItem(one, one)
        self._saved.addItem(_PROPOSED, NEW)
        self._saved.choose(chosen)
        self._saved.blockSignals(False)
        self._name.setText(name)
        self._drop.setVisible(bool(chosen))

    def stand(self) -> None:
        self._go.setFocus()
