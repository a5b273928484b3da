"""Words are words. Qt takes what looks like HTML for rich text by itself, and then opens the files that it names: a note of a
commune could fetch a file of the office that reads it. So nothing in the window shows words but by what stands here.
"""

from __future__ import annotations

from PySide6.QtGui import Qt  # of QtGui: QtCore's has not mightBeRichText
from PySide6.QtWidgets import QLabel, QListWidgetItem, QTableWidgetItem, QWidget

_UNSEEN = "\u2060"  # joins words and is never drawn: with it behind the bracket Qt sees no tag


class Label(QLabel):
    """Of plain text, whatever it says; every label of the window is one."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # before the text: it is read as it is set
        self.setText(text)


def set_tip(on: QWidget | QListWidgetItem | QTableWidgetItem, text: str) -> None:
    on.setToolTip(plain(text))


def make_plain(box: QWidget) -> None:
    """The labels that Qt itself put into a box."""
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)


def plain(text: str) -> str:
    """The same words for where Qt asks by itself whether they are rich text: tooltips, questions. They look the same."""
    if not Qt.mightBeRichText(text):
        return text
    return text.replace("<", f"<{_UNSEEN}").replace("&", f"&{_UNSEEN}")
