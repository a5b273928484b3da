"""The same pages on paper: each one a picture of 300 pixels to the inch, as large as the sheet allows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from ui.desktop.screens.printing.pages import PdfPages

_DPI = 300


def draw_pages(pages: PdfPages, printer: QPrinter) -> None:
    """The pages that the printer was set to, each on a sheet turned as the page is."""
    first = max(printer.fromPage(), 1)
    last = min(printer.toPage() or len(pages), len(pages))
    printer.setFullPage(True)
    _turn(printer, pages.sizes[first - 1])
    painter = QPainter(printer)
    for number in range(first - 1, last):
        if number > first - 1:
            _turn(printer, pages.sizes[number])
            printer.newPage()
        picture = pages.picture(number, _DPI)
        sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
        size = QSizeF(picture.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(sheet.topLeft(), size), picture)
    painter.end()


def _turn(printer: QPrinter, size: QSizeF) -> None:
    is_wide = size.width() > size.height()
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait)
