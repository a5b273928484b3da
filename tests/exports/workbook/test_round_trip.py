"""Any draft written into a workbook and read back is that draft: figures, states, notes, items, tasks, texts, reasons."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.model.cell import Cell, CellState
from forms.model.count import Role
from forms.model.form import Form
from forms.model.news_item import CHANNELS, NewsItem, NewsKind, Origin, identified, in_order
from forms.model.period import Period
from forms.model.report import ImportedReport, Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from forms.workbooks.import_result import as_filled
from tests.exports.workbook.filling import HUE, Q4, UNIT, codes, reading, written
from tests.span_form import span_form, span_programme

TEXT = st.text(st.sampled_from("aăâđêôơưệẫ=+-@'\"<&1. "), min_size=1, max_size=30).map(str.strip).filter(bool)
CELLS = st.one_of(
    st.integers(0, 10**9).map(lambda n: Cell(CellState.GIVEN, Decimal(n))),
    st.sampled_from([Cell(CellState.NONE), Cell(CellState.NOT_APPLICABLE), Cell(CellState.NOT_COLLECTED), Cell()]),
)
DAYS = st.dates(Q4.first, Q4.last)
ITEMS = st.builds(
    NewsItem,
    st.just(""),
    DAYS,
    TEXT,
    st.sampled_from(NewsKind),
    st.sets(st.sampled_from([one.id for one in CHANNELS]), min_size=1).map(lambda found: tuple(sorted(found))),
    st.sampled_from(Origin),
    minutes=st.none() | st.integers(0, 600),
    words=st.none() | st.integers(0, 9000),
    airings=st.integers(0, 99),
    topic=st.sampled_from(["", "6"]),
    author=TEXT,
    evidence=TEXT,
    counted=st.booleans(),
    reason=TEXT,
)
TASKS = st.builds(
    Task,
    st.just("t-1"),
    st.sampled_from([TaskState.RUNNING, TaskState.DONE]),
    st.integers(0, 100),
    st.none() | st.dates(date(2011, 1, 1), date(2020, 12, 31)),
    st.none(),
    TEXT,
    TEXT,
    TEXT,
    st.none() | st.dates(date(2011, 1, 1), date(2020, 12, 31)),
)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def drafts(draw, form: Form, role: Role, period: Period) -> Report:
    report = Report(form, UNIT, role, period, as_of=draw(st.none() | DAYS), estimate=draw(st.booleans()))
    names = report.expected_cells
    for name, cell in zip(names, draw(st.lists(CELLS, min_size=len(names), max_size=len(names))), strict=True):
        report = report.with_cell(name, cell)
    for spec in form.narratives:
        report = report.with_narrative(
            spec.id, draw(st.just("") | st.lists(TEXT, min_size=1, max_size=3).map("\n".join))
        )
    return report


@QUICK
@given(drafts(HUE.form("year_indicators"), Role.REPORTING, Period("2025")))
def test_a_year_of_figures(report):
    same(report)


@QUICK
@given(
    drafts(HUE.form("quarter_news"), Role.REPORTING, Q4), st.lists(ITEMS, min_size=1, max_size=4), st.just("") | TEXT
)
def test_a_quarter_with_its_items(report, items, reason):
    same(report.with_news(identified(items)).explained("enough_news", reason))


@QUICK
@given(
    drafts(span_form(), Role.AGENCY, Period("2011..2020")),
    st.lists(TASKS, max_size=1),
    st.lists(st.builds(Nomination, st.sampled_from(Nominee), TEXT, st.just("Bằng khen") | TEXT, TEXT), max_size=3),
)
def test_a_span_of_years_with_tasks_and_nominations(report, tasks, nominations):
    noted = report.with_cell("jobs@2011", Cell(CellState.NONE, note="=theo báo cáo"))
    same(replace(noted, tasks=tuple(tasks)).with_nominations(nominations))


OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_libreoffice_opens_the_workbook_and_saves_the_same_figures(kind, tmp_path):
    """Opened without repair, saved as xlsx, ods and xls, read back: equal."""
    for number, report in enumerate((quarter(), span())):
        file = tmp_path / f"phieu{number}.xlsx"
        file.write_bytes(written(report, span_programme() if number else HUE))
        command = [OFFICE, f"-env:UserInstallation=file://{tmp_path}/ho-so", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", tmp_path / kind, file], check=True, capture_output=True)
        same(report, (tmp_path / kind / f"phieu{number}.{kind}").read_bytes())


def quarter() -> Report:
    items = [
        NewsItem("", date(2025, 10, day), f"=Tin “{day}”", kind, ("website",), airings=day, author="Lan")
        for day, kind in enumerate(NewsKind, 3)
    ]
    form = HUE.form("quarter_news")
    texts = {"highlights": "Đã phát động.\nHai dòng; **đậm**", "difficulties": "- một\n- hai"}
    return Report(form, UNIT, Role.REPORTING, Q4, narratives=texts).with_news(identified(items))


def span() -> Report:
    report = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"), as_of=date(2020, 12, 31))
    states = [CellState.NONE, CellState.NOT_APPLICABLE, CellState.NOT_COLLECTED]
    for number, name in enumerate(report.expected_cells):
        amount = Cell(CellState.GIVEN, Decimal(number))
        report = report.with_cell(name, Cell(states[number % 4]) if number % 4 < 3 else amount)
    task = Task("t-1", TaskState.RUNNING, 40, date(2019, 3, 1), None, "Lớp", "Mở 2 lớp", "CV 12", date(2019, 12, 1))
    return replace(report, tasks=(task,)).with_nominations(
        [Nomination(Nominee.PERSON, "=Lê Thị A", "Bằng khen", "Có công")]
    )


def same(report: Report, data: bytes | None = None) -> None:
    found = reading(data or written(report), report)
    assert codes(found) == []
    assert told(found.filled) == told(as_filled(report))


def told(filled: ImportedReport) -> dict[str, object]:
    """What a file says; figures that a list gives need not be said."""
    parts = {name: dict(part) if isinstance(part, Mapping) else part for name, part in vars(filled).items()}
    derived = {name for name in parts["cells"] if filled.news and name.startswith("news_")}
    cells = {name: cell for name, cell in parts["cells"].items() if name not in derived}
    return parts | {"cells": cells, "news": in_order(filled.news)}
