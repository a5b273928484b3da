"""What a report refuses, what a blank means, and how a correction names what it changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.errors import InputRefused, ReportStateError
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.expression import Lack
from forms.model.news_item import NewsItem, NewsKind
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report, ReportState, changes_between, is_all_zero


def item(day: int, **more) -> NewsItem:
    return NewsItem(f"{day:032x}", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("loudspeaker",), **more)


@pytest.fixture
def quarter(catalogue):
    form = catalogue.form_for("nq28_hue", Period("2025-Q4"))
    return Report(form, UnitKey("19804", date(2025, 7, 1)), Role.REPORTING, Period("2025-Q4"))


def test_a_total_over_parts_is_blank_while_one_part_is_blank(drawn):
    """
    reached.female | 3
    """
    assert drawn[0].quantity("reached") is Lack.BLANK


def test_a_total_over_parts_is_not_collected_while_one_part_is_not(drawn):
    """
    reached.female | 3
    reached.male   | …
    """
    assert drawn[0].quantity("reached") is Lack.NOT_COLLECTED


def test_a_part_that_did_not_arise_adds_nothing(drawn):
    """
    reached.female | 3
    reached.male   | -
    """
    assert drawn[0].quantity("reached") == 3


def test_a_given_cell_has_an_amount_and_no_other_has_one():
    with pytest.raises(ValueError, match="given"):
        Cell(CellState.GIVEN)
    with pytest.raises(ValueError, match="none"):
        Cell(CellState.NONE, Decimal(1))


def test_a_cell_the_form_does_not_have_is_refused_by_name(quarter):
    with pytest.raises(InputRefused) as refused:
        quarter.with_cell("news_counted.female", given(1))
    assert refused.value.code == "CELL_UNKNOWN"
    assert "news_counted.female" in refused.value.message


def test_a_sealed_report_refuses_typing(quarter):
    with pytest.raises(ReportStateError) as refused:
        replace(quarter, state=ReportState.SEALED).with_cell("news_counted", given(1))
    assert refused.value.code == "REPORT_SEALED"


def test_items_are_counted_once_in_the_quarter_of_first_publication(quarter):
    """
    01/10 tin, 3 lượt · 02/10 tin · 30/09 tin (quý III) · 05/10 không tính
    """
    september = replace(item(1), id="f" * 32, date=date(2025, 9, 30))
    report = quarter.with_news([item(1, airings=3), item(2), september, item(5, counted=False, reason="trùng")])
    assert report.quantity("news_counted") == 2
    assert report.quantity("news_airings") == 4
    assert len(report.news) == 3


def test_an_empty_ledger_leaves_the_typed_total_alone(quarter):
    typed = quarter.with_cell("news_counted", given(5))
    assert typed.with_news([]).quantity("news_counted") == 5


def test_a_correction_states_old_and_new_for_each_changed_cell(drawn):
    """
    reached.female | 3
    reached.male   | -
    """
    old = drawn[0]
    new = old.with_cell("reached.female", given(4)).with_cell("reached.male", given(0))
    changes = changes_between(old, new, "gõ nhầm")
    assert [(c.cell, c.old, c.new) for c in changes] == [("reached.female", "3", "4"), ("reached.male", "none", "0")]


def test_reopening_counts_the_revision_and_remembers_the_predecessor(quarter):
    draft = replace(quarter, state=ReportState.SEALED).reopened("d" * 64)
    assert (draft.state, draft.revision, draft.supersedes) == (ReportState.DRAFT, 2, "d" * 64)


def test_blank_and_all_zero_are_told_apart(drawn):
    """
    reached.female    | … | 0 | 0
    reached.male      | … | 0 | 0
    population.female |   | - | 9
    """
    assert [(r.is_blank, is_all_zero(r)) for r in drawn] == [(True, False), (False, True), (False, False)]
