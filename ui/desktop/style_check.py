"""Whether the look that was installed can be read: Qt only mumbles of a style that it does not understand, and draws on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QImageReader
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

import resources
from ui.desktop import theme

_URL = re.compile(r'url\("([^"]+)"\)')


def check_style(app: QApplication) -> None:
    """All themes and all pictures; the application wears the light theme afterwards. Raises AppError STYLE_BROKEN."""
    with _heard() as said:
        sheets = [theme.style_sheet(worn, 100) for worn in theme.THEMES.values()]
        for worn in theme.THEMES.values():
            theme.apply(app, worn)
            QWidget().ensurePolished()  # a sheet is read when the first widget puts it on
        if any("stylesheet" in text for text in said):
            raise theme.broken("window.qss")
        for picture in sorted({name for sheet in sheets for name in _URL.findall(sheet)}):
            if QImageReader(picture).read().isNull():
                raise theme.broken(picture.removeprefix(f"{theme.PICTURES}:"))
        for file in sorted(resources.path("icons").glob("*.svg")):
            if not QSvgRenderer(file.read_bytes()).isValid():
                raise theme.broken(file.name)
        theme.apply(app, theme.LIGHT)


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What Qt says meanwhile."""
    said: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _where, text: said.append(text))
    try:
        yield said
    finally:
        qInstallMessageHandler(before)
