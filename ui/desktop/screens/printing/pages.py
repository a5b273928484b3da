"""A PDF as pictures of its pages, for the screen and for paper."""

from __future__ import annotations

import pypdfium2 as pdfium
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS = 72.0  # of an inch: the unit of a PDF's own sizes


class PdfPages:
    """An open PDF. Sizes are in points. Not for two threads at once: pdfium is not made for it."""

    def __init__(self, data: bytes) -> None:
        self._document = pdfium.PdfDocument(data)
        self.sizes = tuple(QSizeF(*self._document.get_page_size(number)) for number in range(len(self._document)))

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, dpi: float) -> QImage:
        """The page (from 0) with this many pixels to the inch."""
        page = self._document[number]
        bitmap = page.render(scale=dpi / POINTS, rev_byteorder=True, prefer_bgrx=True)
        shape = (bitmap.width, bitmap.height, bitmap.stride)
        # copied: the bitmap's memory goes with it
        picture = QImage(bytes(bitmap.buffer), *shape, QImage.Format.Format_RGBX8888).copy()
        bitmap.close()
        page.close()
        return picture

    def close(self) -> None:
        self._document.close()
