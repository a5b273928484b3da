"""The handing down: which packs go into the file, and the password of the head who seals it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.errors import AppError
from forms.pack import Pack
from ui.desktop.screens.programmes.supplying import Supplier
from ui.desktop.screens.programmes.words import pack_words
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, Password, labelled
from ui.desktop.widgets.text import Heading, Muted, Problem

_HINT = "Tệp do thủ trưởng niêm phong. Đơn vị nhận đã đăng ký khóa của thủ trưởng thì mới mở được tệp."


class SupplyDialog(QDialog):
    """Stays open until the file is sealed or given up; a wrong password is said in place."""

    sealed = Signal(object)  # the file's bytes

    def __init__(self, chosen: Pack, supplier: Supplier, parent: QWidget) -> None:
        super().__init__(parent)
        self._supplier, self._problem = supplier, Problem()
        self._packs = [(pack, QCheckBox(pack_words(pack))) for pack in supplier.offered(chosen)]
        self._packs[0][1].setChecked(True)
        self._head, self._password = Choice("Thủ trưởng"), Password("Mật khẩu của thủ trưởng")
        for person in supplier.heads():
            self._head.addItem(f"{person.name} – {person.title}" if person.title else person.name, person.keyid)
        self._asked = labelled("Mật khẩu của thủ trưởng", self._password)
        self._head.activated.connect(self._ask)
        self._password.returnPressed.connect(self._try)
        self.setWindowTitle("Xuất tệp cấp phát")
        self.setMinimumWidth(560)
        self._lay_out()
        self._ask()

    def _ask(self) -> None:
        """No password is asked of who is signed in."""
        wanted = self._supplier.needs_password(str(self._head.currentData()))
        self._asked.setVisible(wanted)
        if wanted:
            self._password.setFocus()

    def _try(self) -> None:
        chosen = [pack for pack, box in self._packs if box.isChecked()]
        if not chosen:
            self._problem.say("Chọn ít nhất một chương trình để cấp.")
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            made = self._supplier.seal(chosen, str(self._head.currentData()), self._password.text())
        finally:
            QGuiApplication.restoreOverrideCursor()
        if isinstance(made, AppError):
            self._problem.say(made.message)
            self._password.setFocus()
            self._password.selectAll()
            return
        self.accept()
        self.sealed.emit(made)

    def _lay_out(self) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(Heading("Cấp những chương trình nào"))
        for _, box in self._packs:
            column.addWidget(box)
        column.addWidget(Muted(_HINT))
        column.addWidget(labelled("Thủ trưởng niêm phong", self._head))
        column.addWidget(self._asked)
        column.addWidget(self._problem)
        foot.addStretch(1)
        foot.addWidget(Button("Thôi", self.reject))
        foot.addWidget(Button("Niêm phong và lưu…", self._try, "primary"))
        column.addLayout(foot)
