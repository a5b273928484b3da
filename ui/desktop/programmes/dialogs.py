"""Dialogs of the page of programmes.

The handing down: which packs go into the file, and the password of the head who seals it.

A milestone, a deadline or an agency that a draft lacks; a refusal is said in place, and the dialog stays.

What a copy of a programme is called; a refusal is said in place, and the dialog stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.errors import AppError
from forms.programmes.pack import Pack
from forms.programmes.pack_edits import NewPack
from forms.programmes.pack_outline import KIND_TITLES, ROLE_TITLES
from ui.desktop.programmes.draft_presenter import DraftPresenter
from ui.desktop.programmes.presenter import Supplier, pack_words
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.fields import ChoiceField, LineField, PasswordField, labelled
from ui.desktop.widgets.text import HeadingLabel, MutedLabel, ProblemLabel

_TITLES = {"target": "Thêm mốc phải đạt", "deadline": "Thêm hạn gửi báo cáo", "agency": "Thêm cơ quan"}


class AddDialog(QDialog):
    def __init__(self, kind: str, presenter: DraftPresenter, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter, self._problem = presenter, ProblemLabel()
        self._year, self._amount = LineField("Năm của mốc", "2030"), LineField("Mức phải đạt", "60")
        self._role = ChoiceField("Của ai", tuple((words, role) for role, words in ROLE_TITLES.items()))
        self._kind = ChoiceField("Báo cáo nào", tuple((words, kind) for kind, words in KIND_TITLES.items()))
        self._day, self._receiver = LineField("Trước ngày (ngày/tháng)", "30/11"), LineField("Nơi nhận")
        self._agency = LineField("Tên cơ quan")
        self.setWindowTitle(_TITLES[kind])
        self.setMinimumWidth(440)
        fields, act = self._asked()[kind]
        self._lay_out(fields, act)

    def _asked(self) -> dict[str, tuple[tuple[QWidget, ...], Callable[[], str]]]:
        """Of each kind what is asked, and how it is added."""
        add = self._presenter
        return {
            "target": (
                (self._year, self._amount),
                lambda: add.add_target(self._year.text(), self._amount.text()),
            ),
            "deadline": (
                (self._role, self._kind, self._day, self._receiver),
                lambda: add.add_deadline(
                    self._role.currentData(), self._kind.currentData(), self._day.text(), self._receiver.text()
                ),
            ),
            "agency": ((self._agency,), lambda: add.add_agency(self._agency.text())),
        }

    def _try(self, act: Callable[[], str]) -> None:
        refusal = act()
        self._problem.say(refusal)
        if not refusal:
            self.accept()

    def _lay_out(self, fields: tuple[QWidget, ...], act: Callable[[], str]) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        for field in fields:
            column.addWidget(labelled(field.accessibleName(), field))
            if isinstance(field, LineField):
                field.returnPressed.connect(lambda: self._try(act))
        column.addWidget(self._problem)
        foot.addStretch(1)
        foot.addWidget(Button("Thôi", self.reject))
        foot.addWidget(Button("Thêm", lambda: self._try(act), "primary"))
        column.addLayout(foot)
        fields[0].setFocus()


_COPY_HINT = "Bản chép giữ mọi mã và công thức, để số liệu vẫn so được với chương trình gốc. Sửa mốc, hạn gửi, câu chữ ở bước sau."
_FIELDS = (
    ("title", "Tên chương trình", ""),
    ("short_title", "Tên ngắn", "Hiện ở nơi chọn chương trình."),
    ("document", "Văn bản (số, ký hiệu, ngày)", "Chưa có số thì để trống, ghi sau."),
    ("issuer", "Nơi ban hành", ""),
    ("id", "Mã chương trình", "Chữ thường không dấu, chữ số, dấu _; không đổi được nữa."),
)


class CopyDialog(QDialog):
    """`copy` returns the refusal, or nothing when the copy was made."""

    def __init__(self, proposed: NewPack, copy: Callable[[NewPack], AppError | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._proposed, self._copy, self._problem = proposed, copy, ProblemLabel()
        self._fields = {key: LineField(words) for key, words, _ in _FIELDS}
        self.setWindowTitle("Chép thành chương trình riêng")
        self.setMinimumWidth(620)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(MutedLabel(_COPY_HINT))
        for key, words, help in _FIELDS:
            self._fields[key].setText(getattr(proposed, key))
            self._fields[key].setCursorPosition(0)
            self._fields[key].returnPressed.connect(self._try)
            column.addWidget(labelled(words, self._fields[key], help))
        column.addWidget(self._problem)
        foot.addStretch(1)
        foot.addWidget(Button("Thôi", self.reject))
        foot.addWidget(Button("Chép", self._try, "primary"))
        column.addLayout(foot)
        self._fields["title"].setFocus()

    def _try(self) -> None:
        typed = {key: field.text() for key, field in self._fields.items()}
        refusal = self._copy(replace(self._proposed, **typed))
        if refusal is None:
            self.accept()
            return
        self._problem.say(refusal.message)
        if refusal.where in self._fields:
            self._fields[refusal.where].setFocus()


_HINT = "Tệp do thủ trưởng niêm phong. Đơn vị nhận đã đăng ký khóa của thủ trưởng thì mới mở được tệp."


class SupplyDialog(QDialog):
    """Stays open until the file is sealed or given up; a wrong password is said in place."""

    sealed = Signal(object)  # the file's bytes

    def __init__(self, chosen: Pack, supplier: Supplier, parent: QWidget) -> None:
        super().__init__(parent)
        self._supplier, self._problem = supplier, ProblemLabel()
        self._packs = [(pack, QCheckBox(pack_words(pack))) for pack in supplier.offered(chosen)]
        self._packs[0][1].setChecked(True)
        self._head, self._password = ChoiceField("Thủ trưởng"), PasswordField("Mật khẩu của thủ trưởng")
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
        column.addWidget(HeadingLabel("Cấp những chương trình nào"))
        for _, box in self._packs:
            column.addWidget(box)
        column.addWidget(MutedLabel(_HINT))
        column.addWidget(labelled("Thủ trưởng niêm phong", self._head))
        column.addWidget(self._asked)
        column.addWidget(self._problem)
        foot.addStretch(1)
        foot.addWidget(Button("Thôi", self.reject))
        foot.addWidget(Button("Niêm phong và lưu…", self._try, "primary"))
        column.addLayout(foot)
