"""Checks. F1 blanks block · F2 impossible figures block · F3 a warning needs a reason · F4 states are answers.
F5 no report before the unit was · F6 the day of the figures belongs to the period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.checks.all_checks import blocking, find
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.news_item import NewsItem, NewsKind, Origin
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from tests.forms.conftest import with_reason


def checks(report) -> list[tuple[str, str]]:
    return [(finding.level, finding.check) for finding in find(report)]


def test_f1_each_blank_cell_is_an_error_by_its_printed_name(drawn):
    """
    reached.female | 30
    reached.male   | 40
    population.female | 50
    """
    (finding,) = find(drawn[0])
    assert (finding.level, finding.check, finding.cells) == ("error", "required:population.male", ("population.male",))
    assert "2. Tổng dân số – Nam" in finding.message


def test_f2_more_reached_than_people_points_at_all_four_cells(drawn):
    """
    reached.female    | 60
    reached.male      | 40
    population.female | 50
    population.male   | 49
    """
    (finding,) = find(drawn[0])
    assert finding.check == "reached_within_population"
    assert finding.cells == ("reached.female", "reached.male", "population.female", "population.male")


def test_f2_a_fraction_of_a_person_and_a_negative_number_are_errors(drawn):
    """
    reached.female    | 30.5
    reached.male      | -1
    population.female | 50
    population.male   | 49
    """
    assert checks(drawn[0]) == [("error", "range:reached.female"), ("error", "range:reached.male")]


def test_f3_a_warning_blocks_until_a_reason_is_given(drawn):
    """
    reached.female    | 1
    reached.male      | 0
    population.female | 50
    population.male   | 49
    """
    report = drawn[0]
    assert [f.check for f in blocking(find(report))] == ["few_reached"]
    explained = with_reason(report, "few_reached")
    assert blocking(find(explained)) == ()
    assert [f.explained for f in find(explained)] == [True]
    taken_back = explained.explained("few_reached", "")
    assert [f.check for f in blocking(find(taken_back))] == ["few_reached"]


def test_f4_not_arisen_is_an_answer_and_not_collected_asks_why(drawn):
    """
    reached.female    | 30
    reached.male      | -
    population.female | 50
    population.male   | …
    """
    report = drawn[0]
    assert checks(report) == [("warning", "not_collected:population.male")]
    noted = report.with_cell("population.male", Cell(CellState.NOT_COLLECTED, note="chưa điều tra"))
    assert checks(noted) == []


def test_a_phone_number_in_a_note_is_noticed(drawn):
    """
    reached.female    | 30
    reached.male      | 40
    population.female | 50
    population.male   | 49
    """
    noted = drawn[0].with_cell("reached.male", replace(given(40), note="gọi chị H. 0912345678"))
    assert checks(noted) == [("warning", "personal:reached.male")]


def test_a_relayed_item_counted_without_a_word_is_pointed_out(catalogue):
    """
    03/10 tin, tiếp phát, được tính, không ghi lý do
    """
    form = catalogue.form_for("nq28_hue", Period("2025-Q4"))
    item = NewsItem("0" * 32, date(2025, 10, 3), "Tin tiếp phát", NewsKind.BRIEF, ("loudspeaker",), Origin.RELAYED)
    report = Report(form, UnitKey("19804", date(2025, 7, 1)), Role.REPORTING, Period("2025-Q4"))
    assert f"counted:{item.id}" in [f.check for f in find(report.with_news([item]))]
    explained = replace(item, reason="tỉnh cho tính tin tiếp phát")
    assert f"counted:{item.id}" not in [f.check for f in find(report.with_news([explained]))]


def test_f5_a_unit_cannot_report_on_a_time_before_it_was(drawn):
    """
    reached.female    | 30
    reached.male      | 40
    population.female | 50
    population.male   | 49
    """
    before = replace(drawn[0], period=Period("2024"))
    assert checks(before) == [("error", "unit_later")]
    assert "01/07/2025" in find(before)[0].message
    assert checks(replace(drawn[0], period=Period("2025"))) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2024-12-31", [("error", "as_of")]),
        ("2025-01-01", []),
        ("2026-02-10", []),
        ("2027-01-02", [("error", "as_of")]),
    ],
)
def test_f6_figures_are_of_a_day_of_the_period_or_of_the_year_after(drawn, day, found):
    """
    reached.female    | 30
    reached.male      | 40
    population.female | 50
    population.male   | 49
    """
    assert checks(replace(drawn[0], as_of=date.fromisoformat(day))) == found
