"""The modal questions. Nothing else in the window calls exec()."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from ui.desktop.widgets.text import make_plain, plain

if TYPE_CHECKING:
    from forms.errors import AppError


class WindowDialogs:
    """frame.Ask by Qt's boxes, over the window it is given."""

    def __init__(self, parent: QWidget | None) -> None:
        self._parent = parent

    def confirm(self, title: str, text: str, yes: str) -> bool:
        box = message_box(self._parent, QMessageBox.Icon.Question, title, text)
        go_on = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        stop = box.addButton("Không", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stop)
        box.setEscapeButton(stop)
        box.exec()
        return box.clickedButton() is go_on

    def refused(self, error: AppError) -> None:
        box = message_box(self._parent, QMessageBox.Icon.Warning, "Chưa làm được", error.message)
        box.setDetailedText(f"{error.code}\n{error.where}".strip())
        box.addButton("Đã hiểu", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def inform(self, title: str, text: str) -> None:
        box = message_box(self._parent, QMessageBox.Icon.Information, title, text)
        box.addButton("Đóng", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def text(self, title: str, label: str, value: str = "") -> str | None:
        typed, taken = QInputDialog.getText(self._parent, title, plain(label), text=value)
        return typed if taken else None

    def folder(self, title: str) -> Path | None:
        found = QFileDialog.getExistingDirectory(self._parent, title, str(Path.home()))
        return Path(found) if found else None

    def open_files(self, title: str, pattern: str) -> list[Path]:
        found, _ = QFileDialog.getOpenFileNames(self._parent, title, str(Path.home()), pattern)
        return [Path(name) for name in found]

    def save_file(self, title: str, name: str, pattern: str) -> Path | None:
        found, _ = QFileDialog.getSaveFileName(self._parent, title, str(Path.home() / name), pattern)
        return Path(found) if found else None

    def open_folder(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.inform("Chưa mở được thư mục", f"Mở bằng tay thư mục {folder}.")

    def printer(self, pages: int) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._parent)
        dialog.setWindowTitle("In báo cáo")
        dialog.setMinMax(1, pages)
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def message_box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    """A question or a message, of plain words: Qt makes the labels as the words are set, and would read them first."""
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setText(plain(title))
    box.setInformativeText(plain(text))
    make_plain(box)
    return box
