"""The files that show an item: attached by a button, dropped or pasted; opened, taken away. Limits stand there before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFocusEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from ui.desktop.frame import Ask
from ui.desktop.screens.news.evidence_presenter import PATTERN, EvidencePresenter
from ui.desktop.screens.news.strips import Strip
from ui.desktop.widgets.button import Button
from ui.desktop.widgets.drop import FileDrop
from ui.desktop.widgets.text import Muted

_LIST_HEIGHT = 104
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_PASTED = "anh-chup-man-hinh.png"


class EvidenceStrip(Strip):
    """The face of EvidencePresenter, which is set once both are made. `opened` shows a file with the desktop's program;
    `closed`: files are only looked at."""

    def __init__(self, ask: Ask, opened: Callable[[Path], object] | None = None) -> None:
        super().__init__()
        self._ask, self._opened = ask, opened or _open_on_desktop
        self.presenter: EvidencePresenter
        self._full, self.closed = False, False
        self._files, self._limits = QListWidget(), Muted()
        self._files.setAccessibleName("Tệp minh chứng")
        self._files.setFixedHeight(_LIST_HEIGHT)
        self._add = Button("Đính kèm tệp…", self._choose)
        self._show, self._drop = Button("Mở", self._open), Button("Bỏ tệp", self._detach, "danger")
        self._give_up.setText("Xong (Esc)")
        self._lay_out()
        self._files.itemActivated.connect(lambda _: self._open())
        self._files.itemSelectionChanged.connect(self._dress)
        self._watch(self._files, self._add, self._show, self._drop, self._give_up)
        FileDrop(self, self.take)

    def begin(self) -> None:
        """Where the keys go: to the files, or to the adding of the first."""
        if self._files.count() and not self._chosen():
            self._files.setCurrentRow(0)
        self._take_keys()

    def _take_keys(self) -> None:
        (self._files if self._files.count() or self.closed else self._add).setFocus()

    def show_files(self, heading: str, files: Sequence[tuple[str, str]], limits: str, full: bool) -> None:
        """The file that was chosen stays so, wherever it stands now; else none is chosen."""
        chosen = self._chosen()
        self.heading.setText(heading)
        self._limits.setText(limits)
        self._files.clear()
        for digest, words in files:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, digest)
            self._files.addItem(item)
            if digest == chosen:
                self._files.setCurrentItem(item)
        self._full = full
        self._dress()
        self.problem.say("")

    def refuse(self, words: str) -> None:
        self.problem.say(words)

    def open_file(self, path: Path) -> None:
        self._opened(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._files and isinstance(event, QFocusEvent) and event.gotFocus():
            self._come_to_files(event.reason())
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste):
                self.paste(QGuiApplication.clipboard().mimeData())
                return True
            if event.key() == Qt.Key.Key_Delete and watched is self._files:
                self._detach()
                return True
        return super().eventFilter(watched, event)

    def paste(self, held: QMimeData) -> None:
        """Files that were copied, or a picture of the screen."""
        if self.closed:
            return
        paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if paths:
            self.presenter.attach_files(paths)
        elif held.hasImage():
            self.presenter.attach(_PASTED, _png(QImage(held.imageData())))
        else:
            self.refuse("Không có tệp hay ảnh nào để dán. Chép (Ctrl+C) tệp PDF, JPEG, PNG hoặc chụp màn hình rồi dán.")

    def _choose(self) -> None:
        self.take(self._ask.open_files("Chọn tệp minh chứng", PATTERN))
        self.begin()

    def take(self, paths: Sequence[Path]) -> None:
        if not self.closed:
            self.presenter.attach_files(paths)

    def _open(self) -> None:
        if digest := self._chosen():
            self.presenter.open(digest)

    def _detach(self) -> None:
        if (digest := self._chosen()) and not self.closed:
            self.presenter.detach(digest)
            self._take_keys()

    def _come_to_files(self, why: Qt.FocusReason) -> None:
        """By Tab one stands on a file."""
        if why in _BY_TAB and self._files.count() and not self._chosen():
            self._files.setCurrentRow(max(self._files.currentRow(), 0))

    def _chosen(self) -> str:
        return next((str(item.data(Qt.ItemDataRole.UserRole)) for item in self._files.selectedItems()), "")

    def _dress(self) -> None:
        self._add.setEnabled(not self._full and not self.closed)
        self._show.setEnabled(bool(self._chosen()))
        self._drop.setEnabled(bool(self._chosen()) and not self.closed)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._files, 1)
        row.addSpacing(4)
        for pair in ((self._add, self._give_up), (self._show, self._drop)):
            column = QVBoxLayout()
            column.setSpacing(6)
            for button in pair:
                column.addWidget(button)
            column.addStretch(1)
            row.addLayout(column)
        self.column.addLayout(row)
        self.column.addWidget(self._limits)
        self.column.addWidget(self.problem)


def _png(picture: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(held.data())


def _open_on_desktop(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
