"""Decides what the summing screen shows: the period, the stick that was brought, the batches that were received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from forms.brought import Brought, Incoming
from forms.errors import AppError
from forms.exchange import Batch, ReportKey
from forms.periods import Period
from forms.program import Program
from forms.services.desk import Desk
from forms.services.summary import Summary
from ui.desktop import choices
from ui.desktop.choices import Choice
from ui.desktop.figures import counted
from ui.desktop.frame import Frame, Progress
from ui.desktop.place import Place
from ui.desktop.rows import Column, Row, row
from ui.desktop.screens.receiving import arrivals, roll
from ui.desktop.screens.receiving.arrivals import Preview
from ui.desktop.screens.receiving.roll import Figures, Filter
from ui.desktop.screens.receiving.unit_figures import UnitFigures, unit_figures

KEY_SUFFIX = ".bdk"
PACKAGES = "Gói báo cáo (*.bdg *.pdf *.zip);;Mọi tệp (*)"
BATCH_COLUMNS = (Column("Nhận lúc", 220), Column("Số gói giữ lại", 140, "right"), Column(""))


class ReceivingFace(Protocol):
    def show_offered(self, offered: Sequence[Choice], place: Place) -> None:
        """The reports to choose from, and the one shown now."""

    def show_figures(self, figures: Figures) -> None: ...
    def show_units(self, columns: Sequence[Column], rows: Sequence[Row], words: str) -> None: ...
    def show_results(self, rows: Sequence[Row]) -> None: ...
    def show_batches(self, rows: Sequence[Row]) -> None: ...
    def show_preview(self, preview: Preview | None) -> None: ...
    def show_unit(self, figures: UnitFigures | None) -> None:
        """One unit's figures in place of the lists; None shows the lists again."""

    def open_key_file(self, path: Path) -> None:
        """A key file was brought instead of packages: that is the register's matter."""

    def show_undo(self, words: str) -> None:
        """The offer to take back the batch just received; empty when there is none."""


class ReceivingPresenter:
    """What an office above does in a quarter: look who is missing, take a stick, look at the sums."""

    def __init__(self, face: ReceivingFace, desk: Desk, program: Program, frame: Frame) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._offered: tuple[Choice, ...] = ()
        self._place: Place | None = None
        self._filter = Filter()
        self._summary: Summary | None = None
        self._brought: tuple[Incoming, ...] = ()
        self._places: tuple[Path, ...] = ()
        self._just_received = ""
        self._looks_at_unit = False

    @property
    def place(self) -> str:
        """The report that is shown, as other screens are told of it."""
        return str(self._place or "")

    def start(self, place: str = "") -> None:
        """At every visit; `place` asks for a report."""
        self._offered = choices.every(self._desk, self._today)
        wanted = choices.where(self._offered, Place.read(place) or self._place, self._today)
        if wanted:
            self.choose(wanted)

    def choose(self, place: Place) -> None:
        """Another report. One that no followed programme knows changes nothing."""
        if any(choice.holds(place) for choice in self._offered):
            self._place = replace(place, spot="")
            self._face.show_offered(self._offered, self._place)
            self.look_away()
            self.refresh()

    def refresh(self) -> None:
        if place := self._place:
            self._frame.work(
                "Đang cộng số liệu",
                lambda _step: self._desk.summaries.sum_up(place.programme, place.period, tasks=False),
                lambda summary: self._summed(place, summary),
            )
        self._show_batches()

    def narrow(self, text: str, of: str) -> None:
        """Which units the list shows; `of` is a key of roll.FILTERS."""
        self._filter = Filter(text, of)
        self._show_units()

    def look_at(self, code: str) -> None:
        """The figures of one unit of the list. One that has sent nothing has none."""
        found = unit_figures(self._summary.status, code) if self._summary else None
        if found:
            self._looks_at_unit = True
            self._face.show_unit(found)

    def look_away(self) -> None:
        if self._looks_at_unit:
            self._looks_at_unit = False
            self._face.show_unit(None)

    def missing_names(self) -> str:
        """For the clipboard: who has to be reminded."""
        return roll.missing_names(self._summary.status) if self._summary else ""

    def choose_files(self) -> None:
        self.offer(self._frame.ask.open_files("Chọn gói báo cáo", PACKAGES))

    def choose_folder(self) -> None:
        folder = self._frame.ask.folder("Chọn thư mục có gói báo cáo")
        self.offer([folder] if folder else [])

    def offer(self, paths: Sequence[Path], *, everything: bool = False) -> None:
        """Read and check what was brought, with `everything` also what a search passes over. Writes nothing."""
        if not paths:
            return
        if all(path.suffix.lower() == KEY_SUFFIX for path in paths):
            self._face.open_key_file(paths[0])
            return

        def look(step: Progress) -> tuple[Brought, Batch]:
            brought = self._program.find_packages(paths, everything=everything)
            return brought, self._desk.receiving.preview(brought.files, step)

        self._places = tuple(paths)

        self._frame.work("Đang đọc và kiểm tra gói", look, lambda found: self._looked(*found))

    def take_more(self) -> None:
        """What was passed over as well: hidden files, linked folders."""
        self.offer(self._places, everything=True)

    def put_away(self) -> None:
        """Leave what was brought; nothing was written."""
        self._brought = ()
        self._face.show_preview(None)

    def receive(self) -> None:
        """Everything offered, in one transaction."""
        files, person = self._brought, self._desk.ledger.person.name
        self._frame.work(
            "Đang nhận vào sổ", lambda step: self._desk.receiving.receive(files, person, step), self._received
        )

    def undo(self, batch: str = "") -> None:
        """Take a whole batch back, once confirmed; without a name the one just received."""
        batch = batch or self._just_received
        if not batch or not self._frame.ask.confirm(
            "Hoàn tác đợt nhận này?",
            "Mọi gói của đợt được lấy ra khỏi sổ, bảng tổng hợp tính lại. Các tệp gói vẫn còn và nhận lại được.",
            "Hoàn tác",
        ):
            return
        try:
            undone = self._desk.receiving.undo(batch)
        except AppError as error:
            self._frame.ask.refused(error)
            return
        self._just_received = ""
        self._face.show_undo("")
        self._frame.toast(f"Đã lấy {counted(undone)} gói ra khỏi sổ.")
        self.refresh()

    def _summed(self, place: Place, summary: Summary) -> None:
        if place != self._place:
            return  # another report was chosen meanwhile
        self._summary = summary
        self._face.show_figures(roll.figures(summary.status))
        self._face.show_results(roll.result_rows(summary))
        self._show_units()

    def _show_units(self) -> None:
        if self._summary is None:
            return
        status = self._summary.status
        rows = roll.unit_rows(status, self._filter, self._today)
        words = roll.shown_words(len(rows), len(status.expected))
        self._face.show_units(roll.unit_columns(status.form), rows, words)

    def _show_batches(self) -> None:
        self._face.show_batches([_batch_row(*batch) for batch in self._desk.receiving.batches()])

    def _looked(self, brought: Brought, batch: Batch) -> None:
        self._brought = brought.files
        self.look_away()
        self._face.show_preview(arrivals.preview(batch, brought, self._cell_name))

    def _cell_name(self, key: ReportKey | None, cell: str) -> str:
        """As the form prints it: the count's title, and the part where it is broken down."""
        form = self._desk.catalogue.programme(key.programme).form(key.form) if key else None
        count = form.count_of_cell.get(cell) if form else None
        return count.label(cell) if count else cell

    def _received(self, batch: Batch) -> None:
        self.put_away()
        self._just_received = batch.id or ""
        kept = counted(arrivals.kept(batch))
        self._face.show_undo(f"Hoàn tác đợt vừa nhận ({kept} gói)…" if batch.id else "")
        self._frame.toast(f"Đã nhận {kept} gói vào sổ." if batch.id else "Không có gì mới; sổ không thay đổi.")
        key = arrivals.report_of(batch)
        place = Place(key.programme, Period.parse(key.period, key.basis)) if key else None
        if place and any(choice.holds(place) for choice in self._offered):
            self.choose(place)
        else:
            self.refresh()

    @property
    def _today(self) -> date:
        return self._program.clock().date()


def _batch_row(id: str, moment: datetime, size: int) -> Row:
    return row(id, roll.when(moment), counted(size), "")
