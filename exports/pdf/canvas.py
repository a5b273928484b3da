"""The sheet that is drawn on: it remembers what each mark means (tags), and what the reader can jump to (bookmarks).

ReportLab draws without meaning. Everything that is text is drawn inside `tagged`, everything else inside `aside`; from
that the file gets its structure tree, so that a screen reader speaks headings, paragraphs and table cells in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

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
