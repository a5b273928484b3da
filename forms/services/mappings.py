"""The saved ways to read the province's own workbooks, by name."""

from __future__ import annotations

from forms.errors import InputRefused
from forms.mapping.sheet_map import SheetMap, read, written
from forms.ports import BeginWork
from forms.text import clean, quoted

_PREFIX = "mapping:"  # a setting for each
MAX_NAME = 60


class Mappings:
    """Of an open ledger."""

    def __init__(self, begin: BeginWork) -> None:
        self._begin = begin

    def names(self) -> tuple[str, ...]:
        with self._begin() as work:
            return tuple(sorted(work.office.settings(_PREFIX)))

    def get(self, name: str) -> SheetMap:
        """Raises InputRefused MAPPING_UNKNOWN."""
        with self._begin() as work:
            text = work.office.setting(_PREFIX + name)
        if text is None:
            known = ", ".join(self.names()) or "chưa có bảng nào"
            raise InputRefused(
                "MAPPING_UNKNOWN", f"Sổ không có bảng đối chiếu {quoted(name)}. Các bảng: {known}.", name[:60]
            )
        return read(text)

    def save(self, name: str, mapped: SheetMap) -> str:
        """Under this name, whatever it held before; answers the name as kept. Raises InputRefused NAME_MISSING, TEXT_…"""
        kept = clean(name, limit=MAX_NAME, where="name")
        if not kept:
            raise InputRefused("NAME_MISSING", "Chưa đặt tên cho bảng đối chiếu. Gõ tên rồi cất lại.", "name")
        with self._begin() as work:
            work.office.set(_PREFIX + kept, written(mapped))
            work.journal.append("mapping", {"name": kept, "form": mapped.form, "cells": len(mapped.cells)})
        return kept

    def drop(self, name: str) -> None:
        """Raises InputRefused MAPPING_UNKNOWN."""
        self.get(name)
        with self._begin() as work:
            work.office.set(_PREFIX + name, None)
            work.journal.append("mapping", {"name": name, "form": "", "cells": 0})
