"""What stands on the signed paper: number, day, who signed. A refusal is said in place, and the dialog stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from forms.errors import AppError
from forms.publication import Filled
from ui.desktop.screens.printing.issued_presenter import Typed
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.fields import DateLine, Line, labelled
from ui.desktop.widgets.text import Muted, Problem

_HINT = "Ghi như trên bản giấy đã ký. Ô để trống thì giữ như cũ. Ghi đè lên điều đã ghi thì phải nêu lý do."
_WIDTH = 480


class FillDialog(QDialog):
    """`writes_over` says whether a reason is needed; `fill` returns the refusal, or nothing when it was written."""

    def __init__(
        self,
        filled: Filled,
        writes_over: Callable[[Typed], bool],
        fill: Callable[[Typed, str], AppError | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._before, self._writes_over, self._fill = filled, writes_over, fill
        self._number, self._day = Line("Số, ký hiệu", "ví dụ 12 hoặc 12/BC-UBND"), DateLine("Ngày ban hành")
        self._signer, self._reason = (
            Line("Người ký", "họ tên; ký thay: KT. Phó Chủ tịch: Nguyễn Thị B"),
            Line("Lý do ghi lại"),
        )
        self._number.setText(filled.number)
        self._day.show_day(filled.issued)
        self._signer.setText(filled.signer)
        self._why, self._problem = labelled("&Lý do ghi lại", self._reason), Problem()
        self._go = Button("Ghi", self._try, "primary")
        self.setWindowTitle("Số, ngày, người ký")
        self.setMinimumWidth(_WIDTH)
        self._lay_out()
        self._typing()

    @property
    def _typed(self) -> Typed:
        return Typed(self._number.text(), self._day.text(), self._signer.text())

    def _typing(self) -> None:
        """The reason is asked for where one is needed; there is nothing to write where nothing is new."""
        typed, before = self._typed, self._before
        day = f"{before.issued:%d/%m/%Y}" if before.issued else ""
        self._why.setVisible(self._writes_over(typed))
        self._go.setEnabled(typed not in (Typed(before.number, day, before.signer), Typed("", "", "")))

    def _try(self) -> None:
        refusal = self._fill(self._typed, self._reason.text())
        if refusal is None:
            self.accept()
            return
        self._problem.say(refusal.message)
        fields = {"number": self._number, "date": self._day, "signer": self._signer, "reason": self._reason}
        is_why = refusal.code == "PUBLICATION_REASON"
        (self._reason if is_why else fields.get(refusal.where, self._number)).setFocus()

    def _entered(self) -> None:
        """Enter goes on to the next field, and writes from the last one."""
        fields = [one for one in (self._number, self._day, self._signer, self._reason) if one.isVisible()]
        here = next((at for at, one in enumerate(fields) if one.hasFocus()), len(fields) - 1)
        if here + 1 < len(fields):
            fields[here + 1].setFocus()
            fields[here + 1].selectAll()
        elif self._go.isEnabled():
            self._try()

    def _lay_out(self) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(12)
        column.addWidget(Muted(_HINT))
        column.addWidget(labelled("&Số, ký hiệu", self._number))
        column.addWidget(labelled("&Ngày ban hành", self._day))
        column.addWidget(labelled("N&gười ký", self._signer))
        column.addWidget(self._why)
        column.addWidget(self._problem)
        for field in (self._number, self._day, self._signer, self._reason):
            field.textChanged.connect(self._typing)
            field.returnPressed.connect(self._entered)
        foot.addStretch(1)
        foot.addWidget(Button("Thôi", self.reject))
        foot.addWidget(self._go)
        column.addLayout(foot)
        self._number.setFocus()
