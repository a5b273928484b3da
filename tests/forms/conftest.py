"""A small form for the tests of the domain, and the report that a test's docstring draws."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.catalogue import load_all, parse_pack
from forms.org_unit import UnitKey
from forms.periods import Period
from forms.report import Cell, CellState, Report, given
from forms.spec import Role

UNIT = UnitKey("19804", date(2025, 7, 1))
SIGNS = {"-": CellState.NONE, "x": CellState.NOT_APPLICABLE, "…": CellState.NOT_COLLECTED}


@pytest.fixture(scope="session")
def catalogue():
    return load_all()


@pytest.fixture(scope="session")
def small():
    """Two counts by sex, one indicator above 60 %, one that boys and girls must reach apart."""
    return parse_pack("small.v1", {"programme.toml": PROGRAMME.encode(), "year.toml": FORM.encode()}).forms[0]


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


PROGRAMME = """
id = "small"
version = 1
title = "Chương trình thử"
short_title = "Thử"
document = ""
issuer = ""
issuing_unit = ""
first_year = 2021
last_year = 2025
source = "bài kiểm thử"
"""

FORM = """
id = "year"
number = "01"
version = 1
title = "Biểu thử"
period_kind = "year"

[breakdown.sex]
title = "Giới tính"
female = "Nữ"
male = "Nam"

[[section]]
number = "1"
title = "Tiếp cận"

    [[section.row]]
    count = "reached"
    number = "1"
    title = "Dân số được tiếp cận"
    measure = "người"
    by = "sex"

    [[section.row]]
    count = "population"
    number = "2"
    title = "Tổng dân số"
    measure = "người"
    by = "sex"

    [[section.row]]
    indicator = "share"
    number = "6.1"
    title = "Tỷ lệ dân số được tiếp cận"
    measure = "%"
    kind = "formula"
    formula = "100 * reached / population"
    gap_noun = "người"
    owner = "Sở"
        [[section.row.target]]
        year = 2025
        operator = ">="
        amount = "60"
        words = "ít nhất 60%"

    [[section.row]]
    indicator = "both"
    number = "6.2"
    title = "Nữ và nam đều được tiếp cận"
    measure = "%"
    kind = "formula"
    formula = "100 * reached / population"
    each_part = "sex"
    owner = "Sở"
        [[section.row.target]]
        year = 2025
        operator = ">"
        amount = "50"
        words = "trên 50%"

    [[section.row]]
    indicator = "units"
    number = "6.3"
    title = "Xã có từ 60 người được tiếp cận"
    measure = "%"
    kind = "share_of_units"
    rule = "reached >= 60"
    owner = "Sở"
        [[section.row.target]]
        year = 2025
        operator = "="
        amount = "100"
        words = "100%"

[[check]]
id = "reached_within_population"
expect = "reached <= population"
level = "error"
message = "Số người được tiếp cận lớn hơn dân số. Sửa một trong hai."

[[check]]
id = "few_reached"
expect = "reached >= 10"
level = "warning"
message = "Rất ít người được tiếp cận. Ghi lý do."
"""
