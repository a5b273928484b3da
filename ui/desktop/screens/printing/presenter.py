"""Decides which report is previewed and where its files go. What is seen is what is saved and printed: the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from forms.errors import AppError, Cancelled
from forms.program import Program
from forms.services.desk import Desk
from forms.services.summary import Summary
from ui.desktop import choices
from ui.desktop.choices import Choice
from ui.desktop.figures import counted
from ui.desktop.frame import Frame, Progress
from ui.desktop.place import Place

_PATTERNS = {"pdf": "Tài liệu PDF (*.pdf)", "xlsx": "Bảng tính Excel (*.xlsx)"}
_TITLES = {"pdf": "Lưu báo cáo dạng PDF", "xlsx": "Lưu bảng số liệu dạng Excel"}


@dataclass(frozen=True, slots=True)
class Printed:
    """One report drawn, or the sentence that says why not. `note` says how complete the figures are."""

    place: Place
    note: str = ""
    problem: str = ""
    pdf: bytes = field(default=b"", repr=False)


class PrintingFace(Protocol):
    def show_offered(self, offered: Sequence[Choice], place: Place) -> None:
        """The reports to choose from, and the one shown now."""

    def show_waiting(self) -> None: ...
    def show_document(self, pdf: bytes, note: str) -> None: ...
    def show_problem(self, text: str) -> None: ...


class PrintingPresenter:
    def __init__(self, face: PrintingFace, desk: Desk, program: Program, frame: Frame) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._offered: tuple[Choice, ...] = ()
        self._place: Place | None = None
        self._pdf = b""

    def start(self, place: str = "") -> None:
        """At every visit, since figures may have changed; `place` asks for a report."""
        today = self._program.clock().date()
        self._offered = (choices.every if self._desk.office.collates else choices.own)(self._desk, today)
        wanted = choices.where(self._offered, Place.read(place) or self._place, today)
        if wanted is None:
            self._face.show_problem(
                "Các chương trình đang theo dõi không giao biểu nào cho đơn vị này. Chọn chương trình ở trang Cài đặt."
            )
            return
        self.choose(wanted)

    def choose(self, place: Place) -> None:
        self._place = place = replace(place, spot="")
        self._pdf = b""
        self._face.show_offered(self._offered, place)
        self._face.show_waiting()
        self._frame.work("Đang dựng báo cáo", lambda step: self._drawn(place, step), self._show)

    def save(self, format: str) -> None:
        """`pdf` saves what is shown; `xlsx` the same report as a workbook."""
        place = self._place
        if not self._pdf or place is None:
            return
        file = self._frame.ask.save_file(_TITLES[format], self._name(place, format), _PATTERNS[format])
        if file is None:
            return
        path = file if file.suffix.lower() == f".{format}" else file.with_name(f"{file.name}.{format}")

        def work(_step: Progress) -> None:
            data = self._pdf if format == "pdf" else self._document(self._summary(place), format)
            written = self._program.write_file(path, data)
            self._desk.sealing.printed(place.programme, place.period, str(written))

        self._frame.work(
            "Đang lưu báo cáo", work, lambda _: self._frame.toast(f"Đã lưu {path.name} vào {path.parent}.")
        )

    def _drawn(self, place: Place, step: Progress) -> Printed:
        step(0, 0)
        try:
            summary = self._summary(place)
            pdf = self._document(summary, "pdf")
        except Cancelled:
            raise
        except AppError as error:
            return Printed(place, problem=error.message)
        step(0, 0)
        return Printed(place, _completeness(summary), pdf=pdf)

    def _show(self, printed: Printed) -> None:
        if printed.place != self._place:
            return  # another report was chosen meanwhile
        self._pdf = printed.pdf
        if printed.problem:
            self._face.show_problem(printed.problem)
        else:
            self._face.show_document(printed.pdf, printed.note)

    def _summary(self, place: Place) -> Summary:
        return self._desk.summaries.sum_up(place.programme, place.period)

    def _document(self, summary: Summary, format: str) -> bytes:
        digits, head = self._desk.sealing.marks(summary.programme.id, summary.status.period)
        return self._program.document(summary, format, digits, head)

    def _name(self, place: Place, format: str) -> str:
        label = place.period.label.replace("..", "-")
        return f"{self._desk.office.unit.code}_{label}_{place.programme}_bao-cao.{format}"


def _completeness(summary: Summary) -> str:
    status = summary.status
    if not status.office.collates:
        return ""
    received, expected = len(status.received), len(status.expected)
    words = f"Số liệu của {counted(received)}/{counted(expected)} đơn vị"
    return f"{words}, còn thiếu {counted(expected - received)} đơn vị." if received < expected else f"{words}."
