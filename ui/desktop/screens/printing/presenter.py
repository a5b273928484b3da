"""Decides which report is previewed and where its files go. What is seen is what is saved and printed: the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from forms.errors import AppError, Cancelled
from forms.periods import Period
from forms.program import Program
from forms.services.desk import Desk
from forms.services.summary import Summary
from ui.desktop import calendar
from ui.desktop.figures import counted
from ui.desktop.frame import Frame, Progress

_PATTERNS = {"pdf": "Tài liệu PDF (*.pdf)", "xlsx": "Bảng tính Excel (*.xlsx)"}
_TITLES = {"pdf": "Lưu báo cáo dạng PDF", "xlsx": "Lưu bảng số liệu dạng Excel"}


@dataclass(frozen=True, slots=True)
class Printed:
    """One report drawn, or the sentence that says why not. `note` says how complete the figures are."""

    period: Period
    note: str = ""
    problem: str = ""
    pdf: bytes = field(default=b"", repr=False)


class PrintingFace(Protocol):
    def show_periods(self, choices: Sequence[tuple[str, str]], label: str) -> None:
        """(words, label) newest first, and the one shown now."""

    def show_waiting(self) -> None: ...
    def show_document(self, pdf: bytes, note: str) -> None: ...
    def show_problem(self, text: str) -> None: ...


class PrintingPresenter:
    def __init__(self, face: PrintingFace, desk: Desk, program: Program, frame: Frame) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._programme = program.catalogue.programme(desk.office.programme)
        self._periods = calendar.every_choice(self._programme, program.clock().date())
        self._period = calendar.reported_now(self._periods, program.clock().date())
        self._pdf = b""

    def start(self, label: str = "") -> None:
        """At every visit, since figures may have changed; `label` asks for a period."""
        wanted = calendar.labelled(self._periods, label, self._period)
        self._face.show_periods(calendar.offered(self._periods), wanted.label)
        self.choose(wanted.label)

    def choose(self, label: str) -> None:
        self._period = calendar.labelled(self._periods, label, self._period)
        self._pdf = b""
        self._face.show_waiting()
        period = self._period
        self._frame.work("Đang dựng báo cáo", lambda step: self._drawn(period, step), self._show)

    def save(self, format: str) -> None:
        """`pdf` saves what is shown; `xlsx` the same report as a workbook."""
        if not self._pdf:
            return
        period = self._period
        file = self._frame.ask.save_file(_TITLES[format], self._name(format), _PATTERNS[format])
        if file is None:
            return
        path = file if file.suffix.lower() == f".{format}" else file.with_name(f"{file.name}.{format}")

        def work(_step: Progress) -> None:
            data = self._pdf if format == "pdf" else self._document(self._summary(period), format)
            written = self._program.write_file(path, data)
            self._desk.sealing.printed(self._programme.id, period, str(written))
            self._desk.sealing.printed(self._programme.id, period, str(path))

        self._frame.work(
            "Đang lưu báo cáo", work, lambda _: self._frame.toast(f"Đã lưu {path.name} vào {path.parent}.")
        )

    def _drawn(self, period: Period, step: Progress) -> Printed:
        step(0, 0)
        try:
            summary = self._summary(period)
            pdf = self._document(summary, "pdf")
        except Cancelled:
            raise
        except AppError as error:
            return Printed(period, problem=error.message)
        step(0, 0)
        return Printed(period, _completeness(summary), pdf=pdf)

    def _show(self, printed: Printed) -> None:
        if printed.period != self._period:
            return  # another period was chosen meanwhile
        self._pdf = printed.pdf
        if printed.problem:
            self._face.show_problem(printed.problem)
        else:
            self._face.show_document(printed.pdf, printed.note)

    def _summary(self, period: Period) -> Summary:
        return self._desk.summaries.sum_up(self._programme.id, period)

    def _document(self, summary: Summary, format: str) -> bytes:
        digits, head = self._desk.sealing.marks(self._programme.id, summary.status.period)
        return self._program.document(summary, format, digits, head)

    def _name(self, format: str) -> str:
        office, label = self._desk.office, self._period.label.replace("..", "-")
        return f"{office.unit.code}_{label}_bao-cao.{format}"


def _completeness(summary: Summary) -> str:
    status = summary.status
    if not status.office.collates:
        return ""
    received, expected = len(status.received), len(status.expected)
    words = f"Số liệu của {counted(received)}/{counted(expected)} đơn vị"
    return f"{words}, còn thiếu {counted(expected - received)} đơn vị." if received < expected else f"{words}."
