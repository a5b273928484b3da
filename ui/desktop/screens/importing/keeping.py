"""The saved ways to read workbooks, as far as they suit one report: chosen, kept under a name, dropped. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from forms.errors import AppError
from forms.mapping.sheet_map import SheetMap
from forms.report import Report
from forms.services.desk import Desk
from forms.services.mappings import MAX_NAME
from forms.text import quoted
from ui.desktop.frame import Frame

NEW = ""  # no saved one: proposed anew from the workbook's own titles


class Keeping:
    """`suits`: which of the form's saved ways are of use here."""

    def __init__(self, desk: Desk, frame: Frame, report: Report, suits: Callable[[SheetMap], bool]) -> None:
        self._mappings, self._frame = desk.mappings, frame
        self._form, self._suits = (report.form.programme, report.form.id), suits

    def names(self) -> tuple[str, ...]:
        return tuple(name for name in self._mappings.names() if self._fits(name))

    def get(self, name: str) -> SheetMap:
        """Raises InputRefused MAPPING_UNKNOWN."""
        return self._mappings.get(name)

    def keep(self, name: str, mapped: SheetMap, chosen: str) -> str:
        """Under this name; answers it as kept, empty where somebody would rather not write over another one. Raises
        InputRefused NAME_MISSING, TEXT_…"""
        wanted = name.strip()
        if wanted == chosen and chosen and self.get(chosen) == mapped:
            return chosen
        if wanted != chosen and wanted in self._mappings.names() and not self._may_replace(wanted):
            return ""
        return self._mappings.save(wanted, mapped)

    def drop(self, name: str) -> bool:
        """Once confirmed."""
        if not self._frame.ask.confirm(
            f"Bỏ bảng đối chiếu {quoted(name)}?", "Số liệu đã nhập bằng bảng này vẫn còn trong sổ.", "Bỏ bảng này"
        ):
            return False
        self._mappings.drop(name)
        return True

    def _may_replace(self, name: str) -> bool:
        return self._frame.ask.confirm(
            f"Thay bảng đối chiếu {quoted(name)}?", "Sổ đã có một bảng mang tên này; bảng cũ sẽ mất.", "Thay bảng cũ"
        )

    def _fits(self, name: str) -> bool:
        try:
            mapped = self.get(name)
        except AppError:  # one that this program cannot read: it stays, for the program that wrote it
            return False
        return (mapped.programme, mapped.form) == self._form and self._suits(mapped)


def proposed_name(stem: str) -> str:
    """What a new one is called until somebody says better: as the file."""
    return " ".join(stem.split())[:MAX_NAME]
