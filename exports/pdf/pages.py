"""Pages: paper, margins, page numbers of each part, the practice mark, the small lines at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.lib.units import mm
from reportlab.platypus import Frame, PageTemplate

from exports.document import Document, roman
from exports.escape import plain
from exports.fonts import BOLD, broken, drawable, font_of
from exports.nd30 import LANDSCAPE_MARGINS, MARGINS, PAGE, PRACTICE, STYLES, Margins, text_width
from exports.pictures import qr

WATERMARK_SIZE, WATERMARK_GREY = 110, 0.9
FOOT_FROM_EDGE = 8 * mm
QR_SIDE, QR_FROM_EDGE = 16 * mm, 5 * mm


@dataclass
class Numbering:
    """Where the part being drawn began; every annex counts its own pages from 1."""

    first_page: int = 1


@dataclass(frozen=True)
class Sheet:
    """Paper and margins of a part."""

    size: tuple[float, float]
    margins: Margins

    text_width: float  # points between the left and the right margin


PORTRAIT = Sheet((PAGE[0] * mm, PAGE[1] * mm), MARGINS, text_width(landscape=False))
LANDSCAPE = Sheet((PAGE[1] * mm, PAGE[0] * mm), LANDSCAPE_MARGINS, text_width(landscape=True))


class Page(PageTemplate):  # type: ignore[misc]  # ReportLab ships no types
    """The first page of a part, or one of those that follow; only these show a number."""

    def __init__(
        self, part: str, label: str, sheet: Sheet, document: Document, numbering: Numbering, opens: bool
    ) -> None:
        margins, height = sheet.margins, sheet.size[1]
        frame = Frame(
            margins.left * mm,
            margins.bottom * mm,
            sheet.text_width,
            height - (margins.top + margins.bottom) * mm,
            0,
            0,
            0,
            0,
        )
        super().__init__(
            first_id(part) if opens else f"{part}.later",
            [frame],
            pagesize=sheet.size,
            autoNextPageTemplate=f"{part}.later",
        )
        self.sheet, self.document, self.numbering, self.opens = sheet, document, numbering, opens
        self.label = label

    def beforeDrawPage(self, canv: Any, doc: Any) -> None:
        """ReportLab's hook: everything that lies under the text."""
        if self.opens:
            self.numbering.first_page = doc.page
            canv.count_anew(doc.page - 1, self.label)
        with canv.aside():
            if self.document.practice:
                self._practice_mark(canv)
            if not self.opens:
                self._page_number(canv, doc.page - self.numbering.first_page + 1)
            self._foot(canv, doc.page)

    def _page_number(self, canv: Any, number: int) -> None:
        style = STYLES["page_number"]
        canv.setFont(font_of(style), style.size)
        middle = self.sheet.size[1] - self.sheet.margins.top * mm / 2
        canv.drawCentredString(self._centre, middle - style.size / 3, str(number))

    def _practice_mark(self, canv: Any) -> None:
        canv.saveState()
        canv.translate(self.sheet.size[0] / 2, self.sheet.size[1] / 2)
        canv.rotate(45)
        canv.setFillGray(WATERMARK_GREY)
        canv.setFont(BOLD, WATERMARK_SIZE)
        canv.drawCentredString(0, -WATERMARK_SIZE / 3, PRACTICE)
        canv.restoreState()
        style = STYLES["circulation"]
        canv.setFont(font_of(style), style.size)
        canv.drawRightString(
            self.sheet.size[0] - self.sheet.margins.right * mm,
            self.sheet.size[1] - self.sheet.margins.top * mm / 2 - style.size / 3,
            PRACTICE,
        )

    def _foot(self, canv: Any, page: int) -> None:
        """The small lines on every page; the code to scan at the left of page one."""
        style = STYLES["foot"]
        canv.setFont(font_of(style), style.size)
        for below, line in enumerate(reversed(self.document.foot)):
            text = broken(drawable(plain(line)), style, self.sheet.text_width)[0]
            canv.drawCentredString(self._centre, FOOT_FROM_EDGE + below * style.size * 1.25, text)
        if self.document.qr and page == 1:
            renderPDF.draw(
                qr(self.document.qr, QR_SIDE), canv, self.sheet.margins.left * mm - QR_SIDE - 4 * mm, FOOT_FROM_EDGE
            )

    @property
    def _centre(self) -> float:
        """The middle between the side margins, which is not the middle of the paper."""
        return float(self.sheet.margins.left * mm + self.sheet.text_width / 2)


def first_id(part: str) -> str:
    """The id of a part's opening page."""
    return f"{part}.first"


def pages(part: str, sheet: Sheet, document: Document, numbering: Numbering, annex: int = 0) -> list[Page]:
    """The two page layouts of a part; a reader's page field says "PL II-3" in the third page of annex 2."""
    label = f"PL {roman(annex)}-" if annex else ""
    return [Page(part, label, sheet, document, numbering, opens) for opens in (True, False)]
