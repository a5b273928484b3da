"""PDF pages: paper, margins, numbers of each part, practice mark, foot; what makes the file a PDF/A-2b; charts on a page.

ReportLab draws without meaning. On our canvas everything that is text is drawn inside `tagged`, everything else inside
`aside`; from that the file gets its structure tree, so that a screen reader speaks headings, paragraphs and table cells in
order. Only fixed dates are written, so that the same document always gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.graphics import renderPDF
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, PageTemplate

from exports.charts import drawn, qr, told
from exports.document import Chart, Document, plain, roman
from exports.fonts import BOLD, broken, drawable, font_of
from exports.nd30 import LANDSCAPE_MARGINS, MARGINS, PAGE, PRACTICE, STYLES, Margins, text_width

_IN_A_LINE, _BREAK = 10, " \n  "  # of references, as ReportLab breaks them


class _Element(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab ships no types
    """A node of the structure tree; ReportLab asks `format` for its text when the file is written."""

    __RefOnly__ = 1

    def __init__(self, kind: str, parent: Any, alt: str = "") -> None:
        self.kind, self.parent, self.alt = kind, parent, alt
        self.kids: list[Any] = []
        self.page: Any = None

    def format(self, document: Any) -> bytes:
        """As ReportLab's own dictionary would be written, without making one: a long table has ten thousand elements."""
        entries = [f"/Alt {pdfdoc.PDFString(self.alt).format(document).decode('latin-1')}"] if self.alt else []
        kids = [str(kid) if isinstance(kid, int) else _reference(kid, document) for kid in self.kids]
        lines = (" ".join(kids[start : start + _IN_A_LINE]) for start in range(0, len(kids), _IN_A_LINE))
        entries += [f"/K [ {_BREAK.join(lines)} ]", f"/P {_reference(self.parent, document)}"]
        entries += [f"/Pg {self.page.format(document).decode('ascii')}"] if self.page is not None else []
        entries += [f"/S /{self.kind}", "/Type /StructElem"]
        return f"<<\n{' '.join(entries)}\n>>".encode("latin-1")


def _reference(element: Any, document: Any) -> str:
    return str(document.Reference(element).format(document).decode("ascii"))


class _Root(pdfdoc.PDFObject):  # type: ignore[misc]
    """The root of the structure tree, with the way back from a page's marks to the elements."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.whole = _Element("Document", self)
        self.marked: list[list[_Element]] = []

    def format(self, document: Any) -> Any:
        numbers: list[Any] = []
        for page, elements in enumerate(self.marked):
            numbers += [page, pdfdoc.PDFArray(elements)]
        ways = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
        entries = {"Type": pdfdoc.PDFName("StructTreeRoot"), "K": pdfdoc.PDFArray([self.whole]), "ParentTree": ways}
        return pdfdoc.PDFDictionary(entries).format(document)


class PageCanvas(Canvas):  # type: ignore[misc]
    """ReportLab's canvas with tags and an outline."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._tree = _Root()
        self._open = [self._tree.whole]
        self._jumps, self._depth = 0, -1
        super().__init__(*given, **named)
        catalog = self._doc.Catalog
        catalog.StructTreeRoot = self._tree
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        self._begin_page()

    @contextmanager
    def group(self, kind: str) -> Iterator[None]:
        """What is drawn inside belongs to one element: a table, a row of it."""
        self._open.append(self._child(kind))
        yield
        self._open.pop()

    @contextmanager
    def tagged(self, kind: str, alt: str = "") -> Iterator[None]:
        """What is drawn inside is one heading, paragraph, cell or picture; `alt` says a picture in words."""
        element = self._child(kind, alt)
        marks = self._tree.marked[-1]
        element.kids.append(len(marks))
        element.page = pdfdoc.PDFObjectReference(self._doc.thisPageName())
        self._code.append(f"/{kind} <</MCID {len(marks)}>> BDC")
        marks.append(element)
        yield
        self._code.append("EMC")

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is drawn inside is no content: rules, page numbers, the practice mark."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def jump(self, title: str, level: int, top: float) -> None:
        """A line of the outline that leads here. `level` from 0; `top` in the units of what is being drawn."""
        self._jumps += 1
        self._depth = min(level, self._depth + 1)
        self.bookmarkHorizontal(f"j{self._jumps}", 0, top)
        self.addOutlineEntry(title, f"j{self._jumps}", self._depth)

    def count_anew(self, page: int, prefix: str) -> None:
        """Viewers number the pages from here on 1, 2 … behind the prefix. The label stands in the list itself, not beside it,
        where validators look for it."""
        catalog = self._doc.Catalog
        if getattr(catalog, "PageLabels", None) is None:
            catalog.PageLabels = pdfdoc.PDFPageLabels()
        said = {"S": pdfdoc.PDFName("D"), "St": 1} | ({"P": pdfdoc.PDFString(prefix)} if prefix else {})
        catalog.PageLabels.addPageLabel(page, pdfdoc.PDFDictionary(said))

    def showPage(self) -> None:
        """The page is done: it learns which marks are its own."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._tree.marked) - 1, pdfdoc.PDFName("S")
        page.Trans = None  # ReportLab writes an empty one, which says nothing
        self._begin_page()

    def _begin_page(self) -> None:
        self._tree.marked.append([])

    def _child(self, kind: str, alt: str = "") -> _Element:
        element = _Element(kind, self._open[-1], alt)
        self._open[-1].kids.append(element)
        return element


WATERMARK_SIZE, WATERMARK_GREY = 110, 0.9
FOOT_FROM_EDGE = 8 * mm
QR_SIDE, QR_FROM_EDGE = 16 * mm, 5 * mm


@dataclass
class Numbering:
    """Where the part being drawn began; every annex counts its own pages from 1."""

    first_page: int = 1


@dataclass(frozen=True)
class PaperSize:
    """Paper and margins of a part."""

    size: tuple[float, float]
    margins: Margins

    text_width: float  # points between the left and the right margin


PORTRAIT = PaperSize((PAGE[0] * mm, PAGE[1] * mm), MARGINS, text_width(landscape=False))
LANDSCAPE = PaperSize((PAGE[1] * mm, PAGE[0] * mm), LANDSCAPE_MARGINS, text_width(landscape=True))


class NumberedPage(PageTemplate):  # type: ignore[misc]  # ReportLab ships no types
    """The first page of a part, or one of those that follow; only these show a number."""

    def __init__(
        self, part: str, label: str, sheet: PaperSize, document: Document, numbering: Numbering, opens: bool
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
            # The small lines on every page; the code to scan at the left of page one.
            style = STYLES["foot"]
            canv.setFont(font_of(style), style.size)
            for below, line in enumerate(reversed(self.document.foot)):
                text = broken(drawable(plain(line)), style, self.sheet.text_width)[0]
                canv.drawCentredString(self._centre, FOOT_FROM_EDGE + below * style.size * 1.25, text)
            if self.document.qr and doc.page == 1:
                renderPDF.draw(
                    qr(self.document.qr, QR_SIDE), canv, self.sheet.margins.left * mm - QR_SIDE - 4 * mm, FOOT_FROM_EDGE
                )

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

    @property
    def _centre(self) -> float:
        """The middle between the side margins, which is not the middle of the paper."""
        return float(self.sheet.margins.left * mm + self.sheet.text_width / 2)


def first_id(part: str) -> str:
    """The id of a part's opening page."""
    return f"{part}.first"


def pages(part: str, sheet: PaperSize, document: Document, numbering: Numbering, annex: int = 0) -> list[NumberedPage]:
    """The two page layouts of a part; a reader's page field says "PL II-3" in the third page of annex 2."""
    label = f"PL {roman(annex)}-" if annex else ""
    return [NumberedPage(part, label, sheet, document, numbering, opens) for opens in (True, False)]


PRODUCER = "Sổ Bình Đẳng"
LANGUAGE = "vi-VN"
_MOMENT = "2000-01-01T00:00:00+00:00"  # the moment ReportLab writes into files that must not vary
_ICC_DATE = slice(24, 36)

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def describe(canvas: Any, title: str, author: str) -> None:
    """Adds description and colour profile to the file being written."""
    text = _XMP.format(title=escape(title), author=escape(author), producer=PRODUCER, moment=_MOMENT)
    description = pdfdoc.XMP(creator=lambda _: text.encode())
    description.filters = []
    catalog = canvas._doc.Catalog
    catalog.Metadata = description
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.__Refs__ = catalog.__NoDefault__
    # The output intent: grey and black as sRGB shows them.
    profile = pdfdoc.PDFStream(dictionary=pdfdoc.PDFDictionary({"N": 3}), content=srgb())
    colours = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
            "Info": pdfdoc.PDFString("sRGB"),
            "DestOutputProfile": canvas._doc.Reference(profile),
        }
    )
    catalog.OutputIntents = pdfdoc.PDFArray([colours])


def srgb() -> bytes:
    """The sRGB profile with its date of making blanked (bytes 24–35 of an ICC header)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_ICC_DATE] = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    return bytes(profile)


class Picture(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """One chart over the full width."""

    def __init__(self, chart: Chart, width: float) -> None:
        super().__init__()
        self.drawing, self.alt = drawn(chart, width), told(chart)
        self.width, self.height = width, self.drawing.height
        self.spaceBefore = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """What the drawing takes."""
        return self.width, self.height

    def draw(self) -> None:
        """As one figure with its words."""
        with self.canv.tagged("Figure", self.alt):
            renderPDF.draw(self.drawing, self.canv, 0, 0)
