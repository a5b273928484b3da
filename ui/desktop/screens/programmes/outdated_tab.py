"""Drafts that were begun under an older version, and the way to move one to the newest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Row
from ui.desktop.screens.programmes.outdated_presenter import OUTDATED_COLUMNS, OutdatedPresenter
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.listing import Listing
from ui.desktop.widgets.text import Muted

_HINT = "Báo cáo đang lập giữ phiên bản của nó cho tới khi được chuyển. Số liệu có chỗ ở bản mới thì giữ nguyên."
_TITLE = "Bản nháp theo phiên bản cũ"
_NONE = "Mọi báo cáo đang lập đều theo phiên bản mới nhất."


class OutdatedTab(QWidget):
    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__()
        self._count = 0
        self._presenter = OutdatedPresenter(self, desk, frame)
        self._list, self._words = Listing(_TITLE, wraps=True), Muted()
        self._move = Button("Chuyển sang phiên bản mới…", lambda: self._presenter.move(self._list.chosen_id))
        self._list.opened.connect(self._presenter.move)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self._words, 1)
        row.addWidget(self._move)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(self._list, 1)

    @property
    def title(self) -> str:
        return f"{_TITLE} ({self._count})" if self._count else _TITLE

    def start(self) -> None:
        self._presenter.start()

    def show_outdated(self, rows: Sequence[Row]) -> None:
        first = rows[0].id if rows and not self._count else ""
        self._count = len(rows)
        self._list.show_rows(OUTDATED_COLUMNS, rows, first)
        self._move.setEnabled(bool(rows))
        self._words.setText(_HINT if rows else _NONE)
