"""A small form for the tests of the domain, and the report that a test's docstring draws."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.catalogue import load_all
from tests.small_form import small_form

UNIT = UnitKey("19804", date(2025, 7, 1))
SIGNS = {"-": CellState.NONE, "x": CellState.NOT_APPLICABLE, "…": CellState.NOT_COLLECTED}


@pytest.fixture(scope="session")
def catalogue():
    return load_all()


@pytest.fixture(scope="session")
def small():
    """Two counts by sex, one indicator above 60 %, one that boys and girls must reach apart."""
    return small_form()


@pytest.fixture
def drawn(request, small):
    """The reports of the docstring: one line a cell, one column a commune; `cell | 3 | - |` draws three communes."""
    lines = [line for line in (inspect.getdoc(request.function) or "").splitlines() if "|" in line]
    columns = max(line.count("|") for line in lines)
    reports = [Report(small, replace_code(index), Role.REPORTING, Period("2025")) for index in range(columns)]
    for line in lines:
        name, *texts = (part.strip() for part in line.split("|"))
        for index, text in enumerate(texts):
            if text:
                reports[index] = reports[index].with_cell(name, read(text))
    return reports


def replace_code(index: int) -> UnitKey:
    return UNIT._replace(code=f"{19804 + index}")


def read(text: str) -> Cell:
    return Cell(SIGNS[text]) if text in SIGNS else given(Decimal(text))


def with_reason(report: Report, check: str) -> Report:
    return replace(report, explanations={**report.explanations, check: "đã kiểm tra"})
