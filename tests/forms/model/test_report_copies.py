"""A report that repeats another. C1 figures with enough different amounts say it alone · C2 few amounts only together with
the same items and texts · C3 less than three amounts never · C4 notes, blanks and days of the figures do not matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.checks import all_checks
from forms.checks.context import Context
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.model.report import Report
from forms.model.report_copies import is_copy
from tests.forms.conftest import UNIT

MANY = (480, 520, 4100, 3900, 7, 9)


@pytest.fixture(scope="module")
def year(catalogue):
    return Report(catalogue.form_for("nq28_hue", Period("2025")), UNIT, Role.REPORTING, Period("2025"))


def with_amounts(report: Report, *amounts: int) -> Report:
    return replace(report, cells=dict(zip(report.expected_cells, map(given, amounts), strict=False)))


def test_c1_many_figures_are_never_the_same_by_chance(year):
    mine, other = with_amounts(year, *MANY), with_amounts(year, *MANY).with_narrative("strengths", "Tốt")
    assert is_copy(mine, other)
    assert not is_copy(mine, with_amounts(year, *MANY[:-1], 8))


@pytest.mark.parametrize(
    ("amounts", "beside", "same"),
    [
        ((4, 4, 0, 4), {}, False),
        ((4, 4, 0, 4), {"strengths": "Tốt"}, True),
        ((12, 8, 4), {}, True),
        ((12, 8), {"strengths": "Tốt"}, False),
    ],
)
def test_c2_c3_few_figures_need_more_than_themselves(year, amounts, beside, same):
    report = replace(with_amounts(year, *amounts), narratives=beside)
    assert is_copy(report, replace(report, unit=UNIT._replace(code="1"))) == same
    assert not is_copy(report, replace(report, narratives={"strengths": "Khác"}))


def test_c2_the_same_counts_of_other_items_are_no_copy(catalogue):
    period = Period("2025-Q4")
    empty = Report(catalogue.form_for("nq28_hue", period), UNIT, Role.REPORTING, period)

    def of(title):
        days = (date(2025, 10, day) for day in (1, 2, 3))
        return empty.with_news(NewsItem("", day, f"{title} {day}", NewsKind.BRIEF, ("website",)) for day in days)

    assert is_copy(of("Tin"), of("Tin"))
    assert not is_copy(of("Tin"), of("Bài"))


def test_c4_notes_blanks_and_days_do_not_matter(year):
    mine = replace(with_amounts(year, *MANY), as_of=date(2025, 11, 1))
    noted = {name: replace(cell, note="ghi") for name, cell in mine.cells.items()} | {"news_q1": Cell()}
    assert is_copy(mine, replace(mine, cells=noted, as_of=None))
    assert not is_copy(mine, replace(mine, cells=mine.cells | {"news_q1": Cell(CellState.NONE)}))


def checks(report: Report, **context) -> dict[str, bool]:
    """The doubts about the whole, and whether each was explained."""
    asked = ("all_zero", "all_none", "same_as_before")
    return {one.check: one.explained for one in all_checks.find(report, Context(**context)) if one.check in asked}


def test_the_officer_is_told_of_noughts_and_signs_once_the_form_is_filled(small):
    """reached.female is still blank: a form that was begun with a nought is no doubt yet."""
    names = tuple(small.count_of_cell)
    begun = Report(small, UNIT, Role.REPORTING, Period("2025"), cells=dict.fromkeys(names[1:], given(0)))
    assert checks(begun) == {}
    zero = begun.with_cell(names[0], given(0)).explained("few_reached", "xã mới")
    assert checks(zero) == {"all_zero": False}
    assert checks(zero.explained("all_zero", "xã mới")) == {"all_zero": True}
    signs = replace(zero, cells=dict.fromkeys(names, Cell(CellState.NONE)))
    assert checks(signs) == {"all_none": False}


def test_the_officer_is_told_of_last_years_figures_come_again(year):
    filled = with_amounts(year, *MANY, *range(1, len(year.expected_cells)))
    before = replace(filled, period=Period("2024"))
    older = with_amounts(before, *range(5, 5 + len(year.expected_cells)))
    assert checks(filled, earlier=(before, older)) == {"same_as_before": False}
    assert checks(filled.explained("same_as_before", "đã rà soát"), earlier=(before,)) == {"same_as_before": True}
    assert checks(filled, earlier=(older, before)) == {}
