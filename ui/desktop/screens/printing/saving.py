"""Puts a finished document where the person says, and then offers to open that folder. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from forms.program import Program
from ui.desktop.frame import Frame, Progress

_PATTERNS = {
    "pdf": ("PDF", "Tài liệu PDF (*.pdf)"),
    "docx": ("Word", "Tài liệu Word (*.docx)"),
    "xlsx": ("Excel", "Bảng tính Excel (*.xlsx)"),
}


class Saving:
    """`saved` is told that there is a folder to open now."""

    def __init__(self, program: Program, frame: Frame, saved: Callable[[], object]) -> None:
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
