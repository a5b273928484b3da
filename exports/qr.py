"""Drawings as pictures: the code at the foot of page one, and any vector drawing as PNG."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing

from exports.fonts import REGULAR, register

DOTS = 200  # an inch


def qr(text: str, side: float) -> Drawing:
    """The code of a text over so many points."""
    register()
    code = QrCodeWidget(text, barLevel="M", barBorder=0, barWidth=side, barHeight=side)
    return Drawing(side, side, code, initialFontName=REGULAR)


def png(drawing: Drawing, dots: float = DOTS) -> bytes:
    """A drawing in greys, of so many dots an inch."""
    with pypdfium2.PdfDocument(renderPDF.drawToString(drawing, autoSize=1, invariant=1)) as page:
        made = BytesIO()
        page[0].render(scale=dots / 72).to_pil().convert("L").save(made, "PNG")
    return made.getvalue()
