"""A form that asks another one's rows again for several years, and what a pack may say besides rows."""

from __future__ import annotations

import pytest

from forms.errors import CatalogueError
from forms.model.count import Count, Role
from forms.programmes.catalogue import parse_pack
from forms.programmes.programme import Programme
from tests.small_form import FORM, PROGRAMME

REVIEW = """
id = "review"
number = "02"
version = 1
title = "Tổng kết"
period_kind = "span"
span = "2021..2025"
years = [2021, 2022, 2023, 2024, 2025]
required_years = [2025]
like = "year"
verified = false
source = "Cách hiểu"

[same_figures]
level = "warning"
message = "Khác với báo cáo năm."

[[section]]
number = "V"
title = "Việc riêng"
    [[section.task]]
    id = "own_plan"
    number = "1"
    title = "Xây dựng kế hoạch"

[[check]]
id = "anybody"
expect = "population > 0"
level = "hint"
message = "Không có ai. Kiểm tra lại."
"""
PROPOSED = """
[[section]]
number = "ĐX"
title = "Đề xuất"
    [[section.row]]
    count = "proposed"
    number = "ĐX.1"
    title = "Đề xuất"
    measure = "%"

"""
NEWS = """
    [[section.row]]
    count = "news"
    number = "9"
    title = "Tin, bài quý IV"
    measure = "tin, bài"
    from_news = "counted"
    quarter = 4

[[check]]"""


def small(review: str = REVIEW, year: str = FORM, head: str = PROGRAMME) -> Programme:
    files = {"programme.toml": head, "year.toml": year, "review.toml": review}
    return parse_pack("small.v1", {name: text.encode() for name, text in files.items()})


def forms(programme: Programme):
    return programme.form("year"), programme.form("review")


def test_the_rows_are_asked_again_for_each_year():
    """reached.female | reached.female@2021 … @2025"""
    year, review = forms(small())
    assert [row.id for section in review.sections for row in section.rows] == [
        row.id for section in year.sections for row in section.rows
    ]
    assert len(review.count_of_cell) == 5 * len(year.count_of_cell)
    assert "reached.female@2025" in review.required_for(Role.REPORTING)
    assert "reached.female@2021" not in review.required_for(Role.REPORTING)
    assert (review.verified, review.source) == (False, "Cách hiểu")


def test_what_is_its_own_stands_behind():
    year, review = forms(small())
    assert [section.number for section in review.sections] == ["1", "V"]
    assert [check.id for check in review.checks] == [*(check.id for check in year.checks), "anybody"]
    assert year.tasks == {}


def test_each_count_is_held_against_the_year_it_stands_for():
    _, review = forms(small())
    assert [
        (cross.id, cross.count, cross.form, cross.period, cross.other, cross.level) for cross in review.crosses
    ] == [(f"{count}_as_in_year", count, "year", "year", count, "warning") for count in ("reached", "population")]


def test_the_ledger_of_items_is_not_asked_for_years_gone_by():
    year, review = forms(small(year=FORM.replace("\n[[check]]", NEWS, 1)))
    assert (year.counts["news"].from_news, year.counts["news"].quarter) == ("counted", 4)
    assert (review.counts["news"].from_news, review.counts["news"].quarter) == ("", 0)


@pytest.mark.parametrize("like", ["month", "review"])
def test_a_form_is_like_one_that_has_rows_of_its_own(like):
    with pytest.raises(CatalogueError, match="like"):
        small(REVIEW.replace('like = "year"', f'like = "{like}"'))


def test_only_objectives_are_assessed_where_the_programme_lists_them():
    """A section of proposals is no objective: nobody is asked for its causes."""
    asked = FORM + PROPOSED + '[[objective_narrative]]\nid = "results"\nnumber = "a"\ntitle = "Kết quả"\n'
    objective = f'{PROGRAMME}\n[[objective]]\nnumber = "1"\ntitle = "Tiếp cận"\n'
    assert [spec.id for spec in forms(small(year=asked, head=objective))[0].narratives] == ["results_1"]
    assert [spec.id for spec in forms(small(year=asked.replace("ĐX", "2")))[0].narratives] == ["results_1", "results_2"]


@pytest.mark.parametrize(
    ("filled_by", "required_of"),
    [
        ((Role.REPORTING,), (Role.REPORTING,)),
        ((Role.SUMMING,), (Role.SUMMING,)),
        ((Role.REPORTING, Role.SUMMING), (Role.REPORTING, Role.SUMMING)),
        ((Role.SUMMING, Role.AGENCY), (Role.AGENCY,)),
        ((Role.REPORTING, Role.SUMMING, Role.AGENCY), (Role.REPORTING, Role.AGENCY)),
    ],
)
def test_what_an_agency_answers_for_the_summing_office_may_leave_to_it(filled_by, required_of):
    assert Count("x", "1", "Số", "người", filled_by=filled_by).required_of == required_of
