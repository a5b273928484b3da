"""Documents of a report: which is previewed, what is made of it, where its files go.

What is seen is what is saved and printed: the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError, Cancelled
from forms.exchange.publication import IssueDetails, Publication
from forms.model.report import OPEN_STATES
from forms.org_units.unit_words import units_called, units_counted
from forms.services import reports_on_offer
from forms.services.reports_on_offer import ReportOnOffer
from forms.services.summary import Summary
from ui.desktop.number_wording import counted
from ui.desktop.shell import Location, Progress, Shell

_PATTERNS = {
    "pdf": ("PDF", "Tài liệu PDF (*.pdf)"),
    "docx": ("Word", "Tài liệu Word (*.docx)"),
    "xlsx": ("Excel", "Bảng tính Excel (*.xlsx)"),
}


class Saving:
    """Puts a finished document where the person says, and then offers to open that folder: `saved` is told there is one."""

    def __init__(self, program: Application, frame: Shell, saved: Callable[[], object]) -> None:
        self._program, self._frame, self._saved = program, frame, saved
        self._folder: Path | None = None

    def save(self, name: str, format: str, make: Callable[[], bytes], note: Callable[[str], object]) -> None:
        """`name` is proposed, without its ending; `make` gives the bytes and `note` remembers the file, both off the
        window's thread."""
        kind, pattern = _PATTERNS[format]
        file = self._frame.ask.save_file(f"Lưu dạng {kind}", f"{name}.{format}", pattern)
        if file is None:
            return
        path = file if file.suffix.lower() == f".{format}" else file.with_name(f"{file.name}.{format}")

        def work(step: Progress) -> None:
            data = make()
            step(0, 0)
            note(str(self._program.write_file(path, data)))

        self._frame.work("Đang lưu tài liệu", work, lambda _: self._done(path))

    def open_folder(self) -> None:
        """Where the last document went."""
        if self._folder:
            self._frame.ask.open_folder(self._folder)

    def _done(self, path: Path) -> None:
        self._folder = path.parent
        self._frame.toast(f"Đã lưu {path.name} vào {path.parent}.")
        self._saved()


class DocumentContent(StrEnum):
    """What is made of a report; the value ends the names of its files."""

    REPORT = "bao-cao"
    SHEET = "bieu"
    PUBLIC = "cong-khai"


CONTENT_TITLES = {
    DocumentContent.REPORT: "Báo cáo",
    DocumentContent.SHEET: "Biểu số liệu",
    DocumentContent.PUBLIC: "Bản công khai (xem trước)",
}
_HINTS = {
    DocumentContent.REPORT: "Đúng như khi in. Số, ngày và chữ ký để trống cho văn thư.",
    DocumentContent.SHEET: "Đúng như khi in. Chữ ký để trống.",
    DocumentContent.PUBLIC: "Xem trước, chưa phát hành. Số liệu nhỏ, nhạy cảm không hiện.",
}
_FROZEN = (
    "Số liệu, lời văn được chốt đúng như đang xem và giữ mãi trong sổ; in lại lúc nào cũng được đúng bản này. "
    "Số, ngày, người ký ghi sau."
)
_UNSEALED = "Báo cáo chưa niêm phong, nên bản phát hành không có mã niêm phong ở chân trang."
_FOR_ALL = "Muốn đưa ra công chúng thì bấm Không, chọn “Bản công khai (xem trước)” rồi phát hành."


@dataclass(frozen=True, slots=True)
class Printed:
    """One report drawn, or the sentence that says why not. `note` says how complete the figures are."""

    place: Location
    content: DocumentContent
    note: str = ""
    problem: str = ""
    is_sealed: bool = True
    pdf: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class PrintPage:
    """The reports to choose from and the one shown now, with its pages or a sentence in their place. Without a `place` there
    is no report to print, `words` say why, and `other` may be opened instead."""

    offered: tuple[ReportOnOffer, ...]
    place: Location | None
    title: str = ""
    words: str = ""
    other: Location | None = None
    pdf: bytes = field(default=b"", repr=False)
    hint: str = ""


class PrintingPresenter:
    """`show` gets the page whenever it changes, `issued` the id of what was issued here."""

    def __init__(
        self,
        desk: Services,
        program: Application,
        frame: Shell,
        saving: Saving,
        show: Callable[[PrintPage], object],
        issued: Callable[[str], object],
    ) -> None:
        self._desk, self._program, self._frame, self._saving = desk, program, frame, saving
        self._show, self._issued = show, issued
        self._offered: tuple[ReportOnOffer, ...] = ()
        self._place: Location | None = None
        self._content = DocumentContent.REPORT
        self._printed: Printed | None = None

    def start(self, place: str = "") -> None:
        """At every visit, since figures may have changed; `place` asks for a report."""
        today = self._program.clock().date()
        offered = (self._desk.on_offer.every if self._desk.office.collates else self._desk.on_offer.own)(today)
        asked = Location.read(place) or self._place
        self._offered = reports_on_offer.holding(offered, asked) if asked else offered
        wanted = reports_on_offer.where(self._offered, asked, today)
        if wanted is not None:
            self.choose(wanted)
            return
        self._place = self._printed = other = None
        words = "Các chương trình đang theo dõi không giao biểu nào cho đơn vị này. Chọn ở trang Chương trình."
        if asked is not None and offered:
            words = reports_on_offer.nothing_of(asked, "biểu nào giao cho đơn vị này")
            other = reports_on_offer.instead(offered, asked, today)
        self._show(PrintPage((), None, words=words, other=other))

    def choose(self, place: Location) -> None:
        """Another report."""
        self._place = replace(place, spot="")
        self._frame.work_on(self._place)
        self._draw()

    def turn_to(self, content: DocumentContent) -> None:
        """Another thing made of the same report."""
        self._content = content
        self._draw()

    def save(self, format: str) -> None:
        """`pdf` saves what is shown; `docx` and `xlsx` the same for Word and Excel."""
        printed = self._printed
        if printed is None:
            return
        place, content, pdf = printed.place, printed.content, printed.pdf

        def make() -> bytes:
            return pdf if format == "pdf" else self._document(self._summary(place), content, format)

        name = f"{self._desk.office.unit.code}_{place.period.label.replace('..', '-')}_{place.programme}_{content}"
        self._saving.save(
            name, format, make, lambda file: self._desk.sealing.printed(place.programme, place.period, file)
        )

    def publish(self) -> None:
        """What is seen is frozen, once confirmed: the report for the office, the public version for everybody."""
        printed = self._printed
        if printed is None or printed.content is DocumentContent.SHEET:
            return
        place, is_public = printed.place, printed.content is DocumentContent.PUBLIC
        words = (printed.note, "" if printed.is_sealed else _UNSEALED, _FROZEN, "" if is_public else _FOR_ALL)
        title = f"Phát hành bản {'công khai' if is_public else 'nội bộ'}, {place.period.words}?"
        if not self._frame.ask.confirm(title, "\n\n".join(filter(None, words)), "Phát hành"):
            return
        person = self._desk.ledger.person.name

        def work(step: Progress) -> Publication:
            step(0, 0)
            return self._desk.publishing.publish(place.programme, place.period, person, is_public=is_public)

        self._frame.work("Đang phát hành", work, self._published)

    def _published(self, made: Publication) -> None:
        withheld = len(made.withheld)
        kept = f"Không công bố {counted(withheld)} số liệu nhạy cảm." if withheld else "Không phải giữ lại số liệu nào."
        self._frame.toast(f"Đã phát hành bản công khai. {kept}" if made.issue.is_public else "Đã phát hành bản nội bộ.")
        self._issued(made.issue.id)

    def _draw(self) -> None:
        place, content, self._printed = self._place, self._content, None
        if place is not None:
            self._show(PrintPage(self._offered, place, "Đang dựng báo cáo…"))
            self._frame.work("Đang dựng báo cáo", lambda step: self._drawn(place, content, step), self._show_drawn)

    def _drawn(self, place: Location, content: DocumentContent, step: Progress) -> Printed:
        step(0, 0)
        try:
            summary = self._summary(place)
            pdf = self._document(summary, content, "pdf")
        except Cancelled:
            raise
        except AppError as error:
            return Printed(place, content, problem=error.message)
        step(0, 0)
        is_sealed = summary.status.office.collates or summary.own.state not in OPEN_STATES
        return Printed(place, content, _completeness(summary), is_sealed=is_sealed, pdf=pdf)

    def _show_drawn(self, printed: Printed) -> None:
        if (printed.place, printed.content) != (self._place, self._content):
            return  # something else was chosen meanwhile
        if printed.problem:
            self._show(PrintPage(self._offered, printed.place, "Chưa dựng được báo cáo", printed.problem))
        else:
            self._printed = printed
            hint = f"{printed.note} {_HINTS[printed.content]}".strip()
            self._show(PrintPage(self._offered, printed.place, pdf=printed.pdf, hint=hint))

    def _summary(self, place: Location) -> Summary:
        return self._desk.summaries.sum_up(place.programme, place.period)

    def _document(self, summary: Summary, content: DocumentContent, format: str) -> bytes:
        report = summary.programme.id, summary.status.period
        marks = self._desk.sealing.marks(*report)
        match content:
            case DocumentContent.REPORT:
                return self._program.document(summary, format, marks)
            case DocumentContent.SHEET:
                return self._program.sheet(summary, format, marks)
            case DocumentContent.PUBLIC:  # without the package: its figures are exact
                drawn = self._program.draw(summary, marks, self._desk.publishing.past(*report))
                return self._program.printed(drawn, format, IssueDetails())


def _completeness(summary: Summary) -> str:
    status = summary.status
    if not status.office.collates:
        return ""
    received, expected = len(status.received), len(status.expected)
    words = f"Số liệu của {counted(received)}/{counted(expected)} {units_called(status.expected)}"
    return f"{words}, còn thiếu {units_counted(status.missing)}." if received < expected else f"{words}."
