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
        """Each draft beside what it would be under the newest version; one that has no place there can only stay."""
        self._drafts, rows = {}, list[Row]()
        for report in self._desk.programmes.outdated():
            id = f"{report.form.programme}/{report.period.label}/{report.period.basis}/{report.form.id}"
            try:
                moved, _ = self._desk.entry.renew(report)
            except AppError as error:
                rows.append(self._row(id, report, "–", Item("không chuyển được", "error", "error"), error.message))
                continue
            self._drafts[id] = (report, moved)
            rows.append(self._row(id, report, str(moved.form.programme_version), _loss(report, moved)))
        self._face.show_outdated(rows)

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

    def _row(self, id: str, report: Report, newest: str, loss: Item, note: str = "") -> Row:
        programme = self._desk.catalogue.programme(report.form.programme)
        return row(
            id,
            f"{programme.short_title}: {report.form.number} · {report.form.title}",
            capitalised(report.period.words),
            f"phiên bản {report.form.programme_version}",
            newest,
            loss,
            note=note,
        )


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


def _loss(report: Report, moved: Report) -> Item:
    gone = sum(1 for _ in lost(report, moved))
    return Item(f"{gone} mục đã nhập", "warning", "warning") if gone else Item("không mất gì", "good")
