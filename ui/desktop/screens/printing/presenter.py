"""Decides which report is previewed and where its files go. What is seen is what is saved and printed: the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from forms.errors import AppError, Cancelled
from forms.program import Program
from forms.publication import Filled, Publication
from forms.report import OPEN_STATES
from forms.services.desk import Desk
from forms.services.summary import Summary
from ui.desktop import choices
from ui.desktop.choices import Choice
from ui.desktop.figures import counted
from ui.desktop.frame import Frame, Progress
from ui.desktop.place import Place
from ui.desktop.screens.printing.saving import Saving


class Content(StrEnum):
    """What is made of a report; the value ends the names of its files."""

    REPORT = "bao-cao"
    SHEET = "bieu"
    PUBLIC = "cong-khai"


CONTENT_TITLES = {
    Content.REPORT: "Báo cáo",
    Content.SHEET: "Biểu số liệu",
    Content.PUBLIC: "Bản công khai (xem trước)",
}
_HINTS = {
    Content.REPORT: "Đúng như khi in. Số, ngày và chữ ký để trống cho văn thư.",
    Content.SHEET: "Đúng như khi in. Chữ ký để trống.",
    Content.PUBLIC: "Xem trước, chưa phát hành. Số liệu nhỏ, nhạy cảm không hiện.",
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

    place: Place
    content: Content
    note: str = ""
    problem: str = ""
    is_sealed: bool = True
    pdf: bytes = field(default=b"", repr=False)


class PrintingFace(Protocol):
    def show_offered(self, offered: Sequence[Choice], place: Place) -> None:
        """The reports to choose from, and the one shown now."""

    def show_nothing(self, words: str, other: Place | None) -> None:
        """There is no report to print, and why; `other` may be opened in its place."""

    def show_waiting(self) -> None: ...
    def show_document(self, pdf: bytes, hint: str) -> None: ...
    def show_problem(self, text: str) -> None: ...
    def show_issued(self, id: str) -> None:
        """The list of what was issued, at this one."""


class PrintingPresenter:
    def __init__(self, face: PrintingFace, desk: Desk, program: Program, frame: Frame, saving: Saving) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._saving = saving
        self._offered: tuple[Choice, ...] = ()
        self._place: Place | None = None
        self._content = Content.REPORT
        self._printed: Printed | None = None

    def start(self, place: str = "") -> None:
        """At every visit, since figures may have changed; `place` asks for a report."""
        today = self._program.clock().date()
        offered = (choices.every if self._desk.office.collates else choices.own)(self._desk, today)
        asked = Place.read(place) or self._place
        self._offered = choices.holding(offered, asked) if asked else offered
        wanted = choices.where(self._offered, asked, today)
        if wanted is not None:
            self.choose(wanted)
            return
        self._place = None
        if asked is not None and offered:
            words = choices.nothing_of(asked, "biểu nào giao cho đơn vị này")
            self._face.show_nothing(words, choices.instead(offered, asked, today))
        else:
            words = "Các chương trình đang theo dõi không giao biểu nào cho đơn vị này. Chọn ở trang Chương trình."
            self._face.show_nothing(words, None)

    def choose(self, place: Place) -> None:
        """Another report."""
        self._place = replace(place, spot="")
        self._face.show_offered(self._offered, self._place)
        self._draw()

    def turn_to(self, content: Content) -> None:
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

        self._saving.save(
            self._name(place, content),
            format,
            make,
            lambda file: self._desk.sealing.printed(place.programme, place.period, file),
        )

    def publish(self) -> None:
        """What is seen is frozen, once confirmed: the report for the office, the public version for everybody."""
        printed = self._printed
        if printed is None or printed.content is Content.SHEET or not self._confirmed(printed):
            return
        place, person = printed.place, self._desk.ledger.person.name
        is_public = printed.content is Content.PUBLIC

        def work(step: Progress) -> Publication:
            step(0, 0)
            return self._desk.publishing.publish(place.programme, place.period, person, is_public=is_public)

        self._frame.work("Đang phát hành", work, self._published)

    def _confirmed(self, printed: Printed) -> bool:
        is_public = printed.content is Content.PUBLIC
        kind = "công khai" if is_public else "nội bộ"
        words = (printed.note, "" if printed.is_sealed else _UNSEALED, _FROZEN, "" if is_public else _FOR_ALL)
        title = f"Phát hành bản {kind}, {printed.place.period.words}?"
        return self._frame.ask.confirm(title, "\n\n".join(filter(None, words)), "Phát hành")

    def _published(self, made: Publication) -> None:
        withheld = len(made.withheld)
        kept = f"Không công bố {counted(withheld)} số liệu nhạy cảm." if withheld else "Không phải giữ lại số liệu nào."
        self._frame.toast(f"Đã phát hành bản công khai. {kept}" if made.issue.is_public else "Đã phát hành bản nội bộ.")
        self._face.show_issued(made.issue.id)

    def _draw(self) -> None:
        place, content, self._printed = self._place, self._content, None
        if place is not None:
            self._face.show_waiting()
            self._frame.work("Đang dựng báo cáo", lambda step: self._drawn(place, content, step), self._show)

    def _drawn(self, place: Place, content: Content, step: Progress) -> Printed:
        step(0, 0)
        try:
            summary = self._summary(place)
            pdf = self._document(summary, content, "pdf")
        except Cancelled:
            raise
        except AppError as error:
            return Printed(place, content, problem=error.message)
        step(0, 0)
        is_sealed = self._desk.office.collates or summary.own.state not in OPEN_STATES
        return Printed(place, content, _completeness(summary), is_sealed=is_sealed, pdf=pdf)

    def _show(self, printed: Printed) -> None:
        if (printed.place, printed.content) != (self._place, self._content):
            return  # something else was chosen meanwhile
        if printed.problem:
            self._face.show_problem(printed.problem)
        else:
            self._printed = printed
            self._face.show_document(printed.pdf, f"{printed.note} {_HINTS[printed.content]}".strip())

    def _summary(self, place: Place) -> Summary:
        return self._desk.summaries.sum_up(place.programme, place.period)

    def _document(self, summary: Summary, content: Content, format: str) -> bytes:
        report = summary.programme.id, summary.status.period
        marks = self._desk.sealing.marks(*report)
        match content:
            case Content.REPORT:
                return self._program.document(summary, format, marks)
            case Content.SHEET:
                return self._program.sheet(summary, format, marks)
            case Content.PUBLIC:  # without the package: its figures are exact
                drawn = self._program.draw(summary, marks, self._desk.publishing.past(*report))
                return self._program.printed(drawn, format, Filled())

    def _name(self, place: Place, content: Content) -> str:
        label = place.period.label.replace("..", "-")
        return f"{self._desk.office.unit.code}_{label}_{place.programme}_{content}"


def _completeness(summary: Summary) -> str:
    status = summary.status
    if not status.office.collates:
        return ""
    received, expected = len(status.received), len(status.expected)
    words = f"Số liệu của {counted(received)}/{counted(expected)} đơn vị"
    return f"{words}, còn thiếu {counted(expected - received)} đơn vị." if received < expected else f"{words}."
