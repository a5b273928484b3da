"""What a copy of a programme is called; a refusal is said in place, and the dialog stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.errors import AppError
from forms.pack_edits import NewPack
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Line, labelled
from ui.desktop.widgets.text import Muted, Problem

_HINT = "Bản chép giữ mọi mã và công thức, để số liệu vẫn so được với chương trình gốc. Sửa mốc, hạn gửi, câu chữ ở bước sau."
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
        self._proposed, self._copy, self._problem = proposed, copy, Problem()
        self._fields = {key: Line(words) for key, words, _ in _FIELDS}
        self.setWindowTitle("Chép thành chương trình riêng")
        self.setMinimumWidth(620)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(Muted(_HINT))
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
