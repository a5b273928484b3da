"""The shipped line icons in the colour of the moment."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

_SIZE, _SCALE = 20, 2


def icon(name: str, colour: str) -> QIcon:
    """resources/icons/<name>.svg drawn in one colour, sharp up to twice its size."""
    drawing = resources.path(f"icons/{name}.svg").read_bytes().replace(b"currentColor", QColor(colour).name().encode())
    renderer = QSvgRenderer(QByteArray(drawing))
    picture = QPixmap(_SIZE * _SCALE, _SIZE * _SCALE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, _SIZE * _SCALE, _SIZE * _SCALE))
    painter.end()
    picture.setDevicePixelRatio(_SCALE)
    return QIcon(picture)
