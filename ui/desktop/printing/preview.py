"""A document as pages: on the screen, with the ways to walk and to enlarge them, and on paper."""

from __future__ import annotations

from collections import OrderedDict

import pypdfium2 as pdfium
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPageLayout,
    QPageSize,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractScrollArea, QStackedWidget, QWidget

from ui.desktop import theme
from ui.desktop.widgets.cards import Button
from ui.desktop.widgets.fields import keys_inside
from ui.desktop.widgets.layout import hbox, vbox
from ui.desktop.widgets.text import HeadingLabel, Label, MutedLabel

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


_DPI = 300  # of a page on paper


def draw_pages(pages: PdfPages, printer: QPrinter) -> None:
    """The pages that the printer was set to, each on a sheet turned as the page is and as large as that allows."""
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


_GAP = 16
_KEPT = 8  # pictures: a page at 200 % is about 15 MB
ZOOMS = (50, 75, 100, 125, 150, 200)
_SCREEN_DPI = 96


class DocumentPreview(QAbstractScrollArea):
    """Pages below each other, drawn when they come into sight. `moved` says which page is in the middle (from 1) of how
    many; `zoomed` the percentage shown."""

    moved = Signal(int, int)
    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.setAccessibleName("Bản xem trước của báo cáo")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages: PdfPages | None = None
        self._pictures: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._percent, self._fits = 100, True
        self.verticalScrollBar().valueChanged.connect(lambda _: self._say_page())

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages) if self._pages else 0

    def print_on(self, printer: QPrinter) -> None:
        """The pages that the printer was set to."""
        if self._pages:
            draw_pages(self._pages, printer)

    def show_pages(self, pages: PdfPages | None) -> None:
        if self._pages:
            self._pages.close()
        self._pages = pages
        self._pictures.clear()
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._say_page()

    def fit(self) -> None:
        """As wide as the room allows."""
        self._fits = True
        self._arrange()

    def zoom(self, percent: int) -> None:
        self._fits = False
        self._percent = min(max(percent, ZOOMS[0]), ZOOMS[-1])
        self._arrange()

    def nearer(self) -> None:
        self.zoom(min((step for step in ZOOMS if step > self._percent), default=ZOOMS[-1]))

    def farther(self) -> None:
        self.zoom(max((step for step in ZOOMS if step < self._percent), default=ZOOMS[0]))

    def turn(self, pages: int) -> None:
        """So many pages on or back."""
        self._go_to(self._page_in_sight() + pages)

    def _go_to(self, number: int) -> None:
        """Page `number`, from 0."""
        if places := self._places():
            self.verticalScrollBar().setValue(round(places[min(max(number, 0), len(places) - 1)].top() - _GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.nearer if event.angleDelta().y() > 0 else self.farther)()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Home:
                self._go_to(0)
            case Qt.Key.Key_End:
                self._go_to(self.count - 1)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self.viewport()), theme.current()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), QColor(colours.pill))
        shown = QRectF(event.rect())
        for number, place in enumerate(self._places()):
            on_screen = place.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
            if on_screen.intersects(shown):
                painter.fillRect(on_screen.adjusted(-1, -1, 1, 1), QColor(colours.line_strong))
                painter.drawImage(on_screen, self._picture(number))

    def _picture(self, number: int) -> QImage:
        assert self._pages is not None
        wanted = (number, round(self._percent * self.devicePixelRatioF()))
        if wanted not in self._pictures:
            self._pictures[wanted] = self._pages.picture(number, _SCREEN_DPI * wanted[1] / 100)
        self._pictures.move_to_end(wanted)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        return self._pictures[wanted]

    def _places(self) -> list[QRectF]:
        """Where each page lies on the long ribbon of pages."""
        if self._pages is None:
            return []
        places, top, room = [], float(_GAP), max(self.viewport().width(), self._breadth() + 2 * _GAP)
        for size in self._pages.sizes:
            drawn = size * self._scale
            places.append(QRectF(QPointF((room - drawn.width()) / 2, top), drawn))
            top += drawn.height() + _GAP
        return places

    def _arrange(self) -> None:
        if self._pages and self._fits:
            widest = max(size.width() for size in self._pages.sizes) * _SCREEN_DPI / POINTS
            fitting = int(100 * (self.viewport().width() - 2 * _GAP) / widest)
            self._percent = min(max(fitting, ZOOMS[0]), ZOOMS[-1])
        places = self._places()
        room = QSizeF(self.viewport().size())
        height = places[-1].bottom() + _GAP if places else 0.0
        breadth = self._breadth() + 2 * _GAP if places else 0.0
        for bar, length, seen in (
            (self.verticalScrollBar(), height, room.height()),
            (self.horizontalScrollBar(), breadth, room.width()),
        ):
            bar.setRange(0, max(0, round(length - seen)))
            bar.setPageStep(round(seen))
            bar.setSingleStep(48)
        self.zoomed.emit(self._percent)
        self._say_page()
        self.viewport().update()

    def _breadth(self) -> float:
        return max((size.width() * self._scale for size in self._pages.sizes), default=0.0) if self._pages else 0.0

    @property
    def _scale(self) -> float:
        return self._percent / 100 * _SCREEN_DPI / POINTS

    def _page_in_sight(self) -> int:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        return sum(place.bottom() + _GAP / 2 < middle for place in self._places())

    def _say_page(self) -> None:
        if self._pages:
            self.moved.emit(min(self._page_in_sight() + 1, len(self._pages)), len(self._pages))


class PaperView(QStackedWidget):
    """The pages, or a sentence in their place while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.preview = DocumentPreview()
        self._title, self._words, self._page, self._zoom = HeadingLabel(), Label(), MutedLabel(), MutedLabel()
        self._said, self._paper = QWidget(), QWidget()
        self._words.setWordWrap(True)
        for words in (self._page, self._zoom):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words.setWordWrap(False)
        self.preview.moved.connect(lambda page, pages: self._page.setText(f"Trang {page}/{pages}"))
        self.preview.zoomed.connect(lambda percent: self._zoom.setText(f"{percent} %"))
        steps = hbox(
            Button("Trang trước", lambda: self.preview.turn(-1), "quiet"),
            self._page,
            Button("Trang sau", lambda: self.preview.turn(1), "quiet"),
            None,
            Button("Thu nhỏ", self.preview.farther, "quiet"),
            self._zoom,
            Button("Phóng to", self.preview.nearer, "quiet"),
            Button("Vừa bề ngang", self.preview.fit, "quiet"),
            spacing=6,
        )
        vbox((self.preview, 1), steps, spacing=8, on=self._paper)
        vbox(self._title, self._words, None, margins=(0, 40, 0, 0), on=self._said)
        self.addWidget(self._said)
        self.addWidget(self._paper)
        keys_inside(self, QKeySequence.StandardKey.ZoomIn, self.preview.nearer)
        keys_inside(self, QKeySequence.StandardKey.ZoomOut, self.preview.farther)
        keys_inside(self, "Ctrl+0", self.preview.fit)

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return self.preview.count

    def show_pdf(self, pdf: bytes) -> None:
        """Without any bytes: no pages."""
        self.preview.show_pages(PdfPages(pdf) if pdf else None)
        self.setCurrentWidget(self._paper)

    def say(self, title: str, words: str) -> None:
        """In place of pages."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self.setCurrentWidget(self._said)
        self.clear()

    def clear(self) -> None:
        """Let go of the pages."""
        self.preview.show_pages(None)
