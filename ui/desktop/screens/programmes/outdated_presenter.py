"""Decides the moving of drafts that were begun under an older version: what they would lose is shown before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from forms.comparison import cell_words
from forms.errors import AppError
from forms.report import Report
from forms.services.desk import Desk
from ui.desktop.calendar import capitalised
from ui.desktop.frame import Frame
from ui.desktop.rows import Column, Item, Row, row

OUTDATED_COLUMNS = (
    Column("Báo cáo"),
    Column("Kỳ", 170),
    Column("Đang theo", 110),
    Column("Có bản", 100),
    Column("Sẽ mất", 220),
)
_TOLD = 12  # lost entries named in the question


class OutdatedFace(Protocol):
    def show_outdated(self, rows: Sequence[Row]) -> None: ...


class OutdatedPresenter:
    def __init__(self, face: OutdatedFace, desk: Desk, frame: Frame) -> None:
        self._face, self._desk, self._frame = face, desk, frame
        self._drafts: dict[str, tuple[Report, Report]] = {}

    def start(self) -> None:
        """Each draft beside what it would be under the newest version."""
        found = [(report, self._desk.entry.renew(report)[0]) for report in self._desk.programmes.outdated()]
        self._drafts = {f"{r.form.programme}/{r.period.label}/{r.period.basis}/{r.form.id}": (r, m) for r, m in found}
        self._face.show_outdated([_row(id, *pair) for id, pair in self._drafts.items()])

    def move(self, id: str) -> None:
        """For good, once confirmed."""
        if id not in self._drafts:
            return
        report, moved = self._drafts[id]
        gone = tuple(lost(report, moved))
        told = "\n".join(f"• {one}" for one in gone[:_TOLD]) + (
            f"\n… và {len(gone) - _TOLD} mục nữa" if gone[_TOLD:] else ""
        )
        words = f"Phiên bản {moved.form.programme_version} không hỏi nữa:\n{told}" if gone else "Không mất gì đã nhập."
        if not self._frame.ask.confirm(
            f"Chuyển {report.period.words} sang phiên bản {moved.form.programme_version}?", words, "Chuyển"
        ):
            return
        try:
            self._desk.entry.renewed(report)
        except AppError as error:
            self._frame.ask.refused(error)
            return
        self._frame.toast(f"Bản nháp {report.period.words} nay theo phiên bản {moved.form.programme_version}.")
        self.start()


def lost(report: Report, moved: Report) -> Iterator[str]:
    """What was typed and has no place in the other form, in words."""
    for name, cell in report.cells.items():
        if name not in moved.cells and cell_words(cell):
            count = report.form.count_of_cell.get(name)
            yield f"{count.label(name) if count else name}: {cell_words(cell)}"
    titles = {spec.id: spec.title for spec in report.form.narratives}
    yield from (titles.get(id, id) for id, text in report.narratives.items() if text and id not in moved.narratives)
    kept = {task.id for task in moved.tasks}
    tasks = report.form.tasks
    yield from (f"Nhiệm vụ {tasks[task.id].number}" for task in report.tasks if task.id not in kept)
    if report.nominations and not moved.nominations:
        yield f"{len(report.nominations)} đề nghị khen thưởng"


def _row(id: str, report: Report, moved: Report) -> Row:
    gone = sum(1 for _ in lost(report, moved))
    loss = Item(f"{gone} mục đã nhập", "warning", "warning") if gone else Item("không mất gì", "good")
    return row(
        id,
        f"{report.form.number} · {report.form.title}",
        capitalised(report.period.words),
        f"phiên bản {report.form.programme_version}",
        str(moved.form.programme_version),
        loss,
    )
