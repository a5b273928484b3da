"""Decides about the letters to those whose report has not come (công văn đôn đốc): to whom, how many, into which folder.
No Qt."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from forms.program import Program
from forms.services.desk import Desk
from forms.services.summary import Status
from forms.text import collation_key
from ui.desktop.figures import counted
from ui.desktop.frame import Frame, Progress
from ui.desktop.place import Place

_MOST_NAMED = 6
_TO_ALL = "tat_ca"  # what Program.reminders calls the one letter to all


class RemindingFace(Protocol):
    def show_written(self, words: str) -> None:
        """The letters lie in their folder, which can be opened now."""


class Reminding:
    """Of one report. `status` is who has sent and who has not, when the dialog was opened."""

    def __init__(self, face: RemindingFace, desk: Desk, program: Program, frame: Frame, place: Place) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._place, self._folder = place, Path()
        self.status: Status = desk.summaries.status(place.programme, place.period)

    @property
    def title(self) -> str:
        return f"Đôn đốc {counted(len(self.status.missing))} đơn vị chưa gửi"

    @property
    def words(self) -> str:
        """Of which report, until when, and who they are."""
        status = self.status
        due = f"hạn gửi {status.due:%d/%m/%Y}" if status.due else "chưa đặt hạn gửi"
        names = sorted((unit.full_name for unit in status.missing), key=collation_key)
        more = len(names) - _MOST_NAMED
        told = "; ".join(names[:_MOST_NAMED]) + (f" và {counted(more)} đơn vị khác" if more > 0 else "")
        return f"Báo cáo {status.period.words}, {due}: {told}."

    def write(self, format: str, *, merged: bool) -> None:
        """One letter to each or one to all, as `pdf` or `docx`, into the folder that is chosen. Letters that lie there
        already, perhaps worked on since, are replaced only once confirmed."""
        folder = self._frame.ask.folder("Chọn thư mục ghi công văn")
        if folder is None or not self._may_replace(folder, format, merged=merged):
            return

        def work(step: Progress) -> int:
            step(0, 0)
            place = self._place
            pack, status = self._desk.catalogue.programme(place.programme), self._status()
            made = self._program.reminders(pack, status, format, merged=merged)
            for number, (whose, data) in enumerate(made.items()):
                step(number, len(made))
                self._program.write_file(folder / self._name(whose, format), data)
            return len(made)

        self._frame.work("Đang viết công văn đôn đốc", work, lambda count: self._written(folder, count))

    def open_folder(self) -> None:
        """Where the letters went."""
        self._frame.ask.open_folder(self._folder)

    def _may_replace(self, folder: Path, format: str, *, merged: bool) -> bool:
        whose = [_TO_ALL] if merged else [unit.code for unit in self.status.missing]
        there = sum((folder / self._name(one, format)).exists() for one in whose)
        return not there or self._frame.ask.confirm(
            f"Thay {counted(there)} công văn đã có trong thư mục?",
            f"{folder} đã có công văn đôn đốc của kỳ này. Những gì đã sửa trong các tệp đó sẽ mất.",
            "Thay",
        )

    def _status(self) -> Status:
        return self._desk.summaries.status(self._place.programme, self._place.period)

    def _name(self, whose: str, format: str) -> str:
        label = self._place.period.label.replace("..", "-")
        return f"don-doc_{label}_{self._place.programme}_{whose}.{format}"

    def _written(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._face.show_written(f"Đã ghi {counted(count)} công văn vào {folder}.")
