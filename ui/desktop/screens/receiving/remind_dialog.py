"""Letters to those whose report has not come: to each or one to all, for Word or as PDF, into a folder."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.place import Place
from ui.desktop.screens.receiving.reminding import Reminding
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import Choice, labelled
from ui.desktop.widgets.text import Heading, Muted, Wrapped

_WIDTH = 560
_HINT = "Số, ngày và chữ ký để trống cho văn thư. Chọn Word để sửa thêm trước khi ký."


def remind(over: QWidget, desk: Desk, program: Program, frame: Frame, place: Place | None) -> None:
    """For the report at `place`; where all have sent, that is said instead."""
    if place is None:
        return
    dialog = RemindDialog(over, desk, program, frame, place)
    if dialog.presenter.status.missing:
        dialog.open()
    else:
        dialog.deleteLater()
        frame.toast("Không có đơn vị nào chưa gửi.")


class RemindDialog(QDialog):
    """Stays open when the letters are written, to open their folder or to write them otherwise."""

    def __init__(self, over: QWidget, desk: Desk, program: Program, frame: Frame, place: Place) -> None:
        super().__init__(over.window())
        self.presenter = Reminding(self, desk, program, frame, place)
        self._how = Choice(
            "Cách gửi", (("Mỗi đơn vị một công văn", False), ("Một công văn chung cho các đơn vị", True))
        )
        self._format = Choice("Dạng tệp", (("Word", "docx"), ("PDF", "pdf")))
        self._words, self._folder = Wrapped(), Button("Mở thư mục", self.presenter.open_folder)
        self._close = Button("Thôi", self.reject)
        self.setWindowTitle("Công văn đôn đốc")
        self.setMinimumWidth(_WIDTH)
        self.finished.connect(self.deleteLater)
        self._lay_out()

    def show_written(self, words: str) -> None:
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._words.show()
        self._folder.show()
        self._folder.setFocus()
        self._close.setText("Đóng")

    def _write(self) -> None:
        self.presenter.write(self._format.currentData(), merged=self._how.currentData())

    def _lay_out(self) -> None:
        column, fields, foot = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(Heading(self.presenter.title))
        column.addWidget(Muted(self.presenter.words))
        fields.setSpacing(12)
        fields.addWidget(labelled("&Cách gửi", self._how), 2)
        fields.addWidget(labelled("&Dạng tệp", self._format), 1)
        column.addLayout(fields)
        column.addWidget(Muted(_HINT))
        column.addWidget(self._words)
        foot.addWidget(self._folder)
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(Button("Ghi vào thư mục…", self._write, "primary"))
        column.addLayout(foot)
        self._words.hide()
        self._folder.hide()
        self._how.setFocus()
