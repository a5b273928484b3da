"""Our own unit's reports: one row for each report key, its cells beside it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from forms.errors import StorageError
from forms.exchange.statements import ReportKey
from forms.model.cell import BLANK, Cell
from forms.model.count import Role
from forms.model.form import Form
from forms.model.org_unit import UnitKey
from forms.model.period import Basis, Period
from forms.model.report import Change, Report, ReportState
from forms.model.task import Nomination, Task
from forms.ports import Clock
from storage import encoding
from storage.tables import report, report_cell

_KEY = ReportKey._fields
_OF_KEY = and_(*(report.c[name] == bindparam(f"of_{name}") for name in _KEY))
_FIND = select(report).where(_OF_KEY)
_VERSION = select(report.c.programme_version).where(_OF_KEY)
_CELLS = select(report_cell).where(report_cell.c.report == bindparam("of_report"))
_UPSERT_CELL = insert(report_cell)
_UPSERT_CELL = _UPSERT_CELL.on_conflict_do_update(
    index_elements=["report", "cell"],
    set_={name: _UPSERT_CELL.excluded[name] for name in ("state", "amount", "note", "flagged", "carried")},
)
_DROP_CELLS = delete(report_cell).where(
    report_cell.c.report == bindparam("of_report"), report_cell.c.cell.in_(bindparam("of_cells", expanding=True))
)
_NEW = insert(report)
_BEGIN_OR_TOUCH = _NEW.on_conflict_do_update(
    index_elements=list(_KEY),
    set_={"saved_at": _NEW.excluded.saved_at},
    where=and_(
        report.c.state == ReportState.DRAFT.value, report.c.programme_version == _NEW.excluded.programme_version
    ),
).returning(report.c.id)


class SqlReports:
    """Implements forms.ports.ReportStore."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection, self._clock = connection, clock
        self._ahead: str | None = None  # the programme whose reports are read at once; empty for all of them
        self._rows: dict[ReportKey, Row[Any]] | None = None
        self._cells: dict[int, list[Row[Any]]] | None = None

    def read_ahead(self, programme: str = "") -> None:
        """From now on the reports of the programme, or of all, are read at once, and all their cells, until one is written."""
        self._ahead = programme

    def get(self, key: ReportKey, form: Form) -> Report | None:
        row = self._row(key)
        if row is None:
            return None
        if not self._is_ahead(key):
            cells = self._connection.execute(_CELLS, {"of_report": row.id}).all()
        else:
            if self._cells is None:
                self._cells = defaultdict(list)
                mine = report_cell.c.report.in_([one.id for one in self._rows_ahead().values()])
                for cell in self._connection.execute(select(report_cell).where(mine)):
                    self._cells[cell.report].append(cell)
            cells = self._cells.get(row.id, [])
        return _report_of(row, form, {c.cell: _cell_of(c) for c in cells})

    def version(self, key: ReportKey) -> int | None:
        if self._is_ahead(key):
            row = self._row(key)
            return row.programme_version if row else None
        return self._connection.execute(_VERSION, _of(key)).scalar_one_or_none()

    def keys(self) -> tuple[ReportKey, ...]:
        if self._ahead == "":
            return tuple(self._rows_ahead())
        rows = self._connection.execute(select(*(report.c[name] for name in _KEY)).order_by(report.c.id))
        return tuple(map(_key_of, rows))

    def _is_ahead(self, key: ReportKey) -> bool:
        return self._ahead is not None and self._ahead in ("", key.programme)

    def _row(self, key: ReportKey) -> Row[Any] | None:
        if self._is_ahead(key):
            return self._rows_ahead().get(key)
        return self._connection.execute(_FIND, _of(key)).one_or_none()

    def _rows_ahead(self) -> dict[ReportKey, Row[Any]]:
        if self._rows is None:
            query = select(report).order_by(report.c.id)
            mine = query.where(report.c.programme == self._ahead) if self._ahead else query
            self._rows = {_key_of(row): row for row in self._connection.execute(mine)}
        return self._rows

    def _written(self) -> None:
        self._ahead, self._rows, self._cells = None, None, None

    def put(self, filled: Report) -> None:
        """Insert or replace the whole report with its cells."""
        self._written()
        row = _row_of(filled) | {"saved_at": self._clock().isoformat()}
        changed = insert(report).values(row).on_conflict_do_update(index_elements=list(_KEY), set_=row)
        number = self._connection.execute(changed.returning(report.c.id)).scalar_one()
        self._connection.execute(delete(report_cell).where(report_cell.c.report == number))
        cells = [_cell_row(number, name, cell) for name, cell in filled.cells.items() if cell != BLANK]
        if cells:
            self._connection.execute(insert(report_cell), cells)

    def put_cells(self, draft: Report, cells: Sequence[tuple[str, Cell]]) -> None:
        """Raises StorageError REPORT_NOT_OPEN where the ledger has it closed, or under another version of its form."""
        self._written()
        row = _row_of(Report(draft.form, draft.unit, draft.role, draft.period)) | {
            "saved_at": self._clock().isoformat()
        }
        number = self._connection.execute(_BEGIN_OR_TOUCH, row).scalar_one_or_none()
        if number is None:
            message = f"Không có báo cáo {draft.period.label} nào đang mở để nhập. Hãy mở lại trang nhập số liệu."
            raise StorageError("REPORT_NOT_OPEN", message, cells[0][0] if cells else "")
        given = [_cell_row(number, name, cell) for name, cell in cells if cell != BLANK]
        blank = [name for name, cell in cells if cell == BLANK]
        if given:
            self._connection.execute(_UPSERT_CELL, given)
        if blank:
            self._connection.execute(_DROP_CELLS, {"of_report": number, "of_cells": blank})


def _key_of(row: Row[Any]) -> ReportKey:
    return ReportKey(row.programme, row.form, row.period, Basis(row.basis))


def _of(key: ReportKey) -> dict[str, str]:
    return {f"of_{name}": str(value) for name, value in key._asdict().items()}


def _cell_row(number: int, name: str, cell: Cell) -> dict[str, Any]:
    return {
        "report": number,
        "cell": name,
        "state": cell.state.value,
        "amount": encoding.amount(cell.amount),
        "note": cell.note,
        "flagged": int(cell.flagged),
        "carried": int(cell.carried),
    }


def _cell_of(row: Row[Any]) -> Cell:
    cell = encoding.cell_of(row.state, row.amount, row.note)
    marked = row.flagged or row.carried
    return replace(cell, flagged=bool(row.flagged), carried=bool(row.carried)) if marked else cell


def _row_of(filled: Report) -> dict[str, Any]:
    form, is_draft = filled.form, filled.state is ReportState.DRAFT
    return {
        "programme": form.programme,
        "form": form.id,
        "period": filled.period.label,
        "basis": filled.period.basis.value,
        "unit_code": filled.unit.code,
        "unit_from": filled.unit.valid_from.isoformat(),
        "role": filled.role.value,
        "programme_version": form.programme_version,
        "programme_sha256": form.programme_sha256,
        "form_version": form.version,
        "as_of": encoding.iso(filled.as_of),
        "estimate": int(filled.estimate),
        "state": filled.state.value,
        "revision": filled.revision,
        "supersedes": filled.supersedes,
        "narratives": encoding.to_json(dict(filled.narratives)),
        "explanations": encoding.to_json(dict(filled.explanations)),
        "tasks": encoding.listed_to_json(filled.tasks),
        "nominations": encoding.listed_to_json(filled.nominations),
        "changes": encoding.listed_to_json(filled.changes),
        "sealed_news": None if is_draft else encoding.news_to_json(filled.news),
    }


def _report_of(row: Row[Any], form: Form, cells: Mapping[str, Cell]) -> Report:
    return Report(
        form=form,
        unit=UnitKey(row.unit_code, date.fromisoformat(row.unit_from)),
        role=Role(row.role),
        period=Period.parse(row.period, Basis(row.basis)),
        cells=cells,
        news=encoding.news_from_json(row.sealed_news) if row.sealed_news else (),
        narratives=json.loads(row.narratives),
        tasks=encoding.listed_from_json(Task, row.tasks),
        nominations=encoding.listed_from_json(Nomination, row.nominations),
        explanations=json.loads(row.explanations),
        as_of=encoding.day(row.as_of),
        estimate=bool(row.estimate),
        state=ReportState(row.state),
        revision=row.revision,
        supersedes=row.supersedes,
        changes=encoding.listed_from_json(Change, row.changes),
    )
