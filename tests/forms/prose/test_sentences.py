"""Draft sentences: what the figures say, in plain words, every number a live field."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.form import NarrativeSpec
from forms.model.live_field import Broken, LiveField, View, parse, resolved
from forms.model.org_unit import OrgUnit
from forms.model.period import Period, PeriodKind
from forms.model.report import Report
from forms.prose.live_numbers import fault_of, is_lacking, own_figures, tell
from forms.prose.sentences import draft
from forms.services.practice import filled
from forms.summary.ranking import of_units
from tests.forms.conftest import UNIT
from tests.span_form import span_form

FIRST = NarrativeSpec("results_1", "1", "Kết quả", section="1")
_TAILS = {PeriodKind.QUARTER: "-Q4", PeriodKind.MONTH: "-11"}
WHOLE = NarrativeSpec("highlights", "1", "Kết quả nổi bật")


def reached(form, label: str, women: int, men: int, people: int = 60) -> Report:
    cells = {"reached.female": women, "reached.male": men, "population.female": people, "population.male": people}
    return Report(form, UNIT, Role.REPORTING, Period(label), {name: given(n) for name, n in cells.items()})


def said(report: Report, before: Report | None = None, spec: NarrativeSpec = FIRST) -> list[str]:
    figures = own_figures(report, before)
    return [resolved(one, lambda field: tell(field, figures)) for one in draft(report, figures, spec)]


def test_level_change_and_how_many_are_missing(small):
    """This year 6 of 60 women and 50 of 60 men, last year 4 and 36; the plan asks 60 % of all."""
    share, both, units = said(reached(small, "2025", 6, 50), reached(small, "2024", 4, 36))
    assert share == (
        "Tỷ lệ dân số được tiếp cận là 46,7% (56/120), tăng 13,4 điểm phần trăm so với năm 2024 (33,3%); "
        "so với mốc năm 2025 “ít nhất 60%”: chưa đạt, thiếu 16 người."
    )
    assert both.endswith("so với mốc năm 2025 “trên 50%”: chưa đạt, thấp hơn 40,0 điểm phần trăm.")
    assert units == "Xã có từ 60 người được tiếp cận: đơn vị chưa đạt."


def test_what_did_not_change_is_said_so(small):
    share, *_ = said(reached(small, "2025", 40, 40), reached(small, "2024", 40, 40))
    assert ", không đổi so với năm 2024 (66,7%)" in share
    assert share.endswith("đạt.")


def test_without_a_year_before_nothing_is_compared(small):
    share, *_ = said(reached(small, "2025", 40, 40))
    assert "2024" not in share


def test_of_few_people_the_numbers_are_said_not_a_share(small):
    """3 of 4 people."""
    share, *_ = said(reached(small, "2025", 1, 2, people=2), reached(small, "2024", 1, 1, people=2))
    assert share == "Tỷ lệ dân số được tiếp cận: 03/04; so với mốc năm 2025 “ít nhất 60%”: đạt."


def test_what_has_no_figure_gets_no_sentence(small):
    assert said(Report(small, UNIT, Role.REPORTING, Period("2025"))) == []


def test_what_did_not_arise_is_said(small):
    none = dict.fromkeys(
        ("reached.female", "reached.male", "population.female", "population.male"), Cell(CellState.NONE)
    )
    share, *_ = said(Report(small, UNIT, Role.REPORTING, Period("2025"), none))
    assert share == "Tỷ lệ dân số được tiếp cận: không phát sinh."


def test_a_series_is_told_year_by_year():
    cells = {
        f"{name}.{sex}@{year}": given(n)
        for year, n in ((2015, 5), (2018, 9), (2020, 13))
        for name, n in (("reached", n), ("population", 20))
        for sex in ("female", "male")
    }
    report = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"), cells)
    assert said(report) == [
        (
            "Tỷ lệ dân số được tiếp cận các năm 2015, 2018, 2020 lần lượt là 25,0%, 45,0%, 65,0%; "
            "so với mốc năm 2020 “ít nhất 60%”: đạt."
        )
    ]


def test_parts_of_a_count_stand_in_its_sentence(catalogue):
    form = next(form for form in catalogue.programme("nq28_hue").forms if form.id == "quarter_news")
    cells = {
        "news_counted": 6,
        "news_brief": 4,
        "news_feature": 2,
        "news_own": 6,
        "news_relayed": 0,
        "news_airings": 12,
    }
    report = Report(form, UNIT, Role.REPORTING, Period("2025-Q4"), {name: given(n) for name, n in cells.items()})
    before = replace(report, period=Period("2025-Q3"), cells={"news_counted": given(8)})
    assert said(report, before, WHOLE)[1:] == [
        (
            "Số tin, bài được tính trong quý: 06 (sáu) tin, bài, giảm 02 tin, bài so với quý III năm 2025; "
            "trong đó tin: 04 (bốn) tin; trong đó bài: 02 (hai) bài; chia theo nguồn tự sản xuất: 06 (sáu) tin, bài; "
            "chia theo nguồn tiếp phát: 0 tin, bài."
        ),
        "Số lượt phát, đăng của các tin, bài được tính: 12 lượt.",
    ]


def beside(small, *shares: int):
    """Communes that reached so many of 100 people."""
    sent = []
    for number, share in enumerate(shares):
        unit = OrgUnit(f"{number}", f"X{number}", f"Xã X{number}", "commune", "46", UNIT.valid_from)
        cells = reached(small, "2025", share, 0, people=50).cells
        sent.append((unit, cells))
    return of_units(small, 2025, sent)


@pytest.mark.parametrize(
    ("shares", "ends"),
    [
        ((10, 40, 20), " Cao nhất là xã X1 (40,0%); thấp nhất là xã X0 (10,0%)."),
        ((40, 40, 10, 20), " Cao nhất là xã X0, xã X1 (40,0%); thấp nhất là xã X2 (10,0%)."),
        ((9, 9, 9, 9, 9, 30, 40), " thấp nhất là xã X0, xã X1, xã X2 và 02 đơn vị khác (9,0%)."),
        ((40, 10), ""),
        ((40, 40, 10, 10), ""),
    ],
)
def test_the_best_and_the_weakest_units_are_named_where_there_is_something_to_compare(small, shares, ends):
    units = beside(small, *shares)
    report = replace(reached(small, "2025", 40, 40), role=Role.SUMMING)
    figures = replace(own_figures(replace(report, role=Role.REPORTING), None), beside=lambda: units)
    told = resolved(draft(report, figures, FIRST)[0], lambda field: tell(field, figures))
    assert told.endswith(ends) if ends else "nhất là" not in told


def test_a_unit_of_very_few_people_is_neither_best_nor_weakest(small):
    tiny = OrgUnit("9", "X9", "Xã X9", "commune", "46", UNIT.valid_from)
    units = (*beside(small, 10, 40, 20), *of_units(small, 2025, [(tiny, reached(small, "2025", 4, 4, people=4).cells)]))
    figures = replace(own_figures(reached(small, "2025", 40, 40), None), beside=lambda: units)
    assert tell(LiveField("share", View.TOP), figures) == "xã X1 (40,0%)"


def test_every_number_of_every_form_is_a_sound_live_field(catalogue):
    """All programmes, filled, with a period before."""
    told = 0
    for form, role in product(
        (one for pack in catalogue.programmes for one in pack.forms), (Role.REPORTING, Role.AGENCY)
    ):
        period = Period(form.span or f"2025{_TAILS.get(form.period_kind, '')}")
        report = Report(form, UNIT, role, period)
        report = replace(report, cells=filled(form, role, period).cells)
        figures = own_figures(report, replace(report, period=period.previous()))
        for spec in (WHOLE, *(replace(FIRST, section=section.number) for section in form.sections)):
            for sentence in draft(report, figures, spec):
                told += 1
                fields = [piece for piece in parse(sentence) if not isinstance(piece, str)]
                assert fields
                assert not any(isinstance(piece, Broken) for piece in fields)
                assert [field.written for field in fields if fault_of(field, form)] == []
                assert [field.written for field in fields if is_lacking(field, figures)] == []
    assert told > 100


def test_a_figure_that_turns_turns_the_sentence(small):
    """The draft was made when the share rose; then a figure was put right and it falls."""
    report, before = reached(small, "2025", 40, 40), reached(small, "2024", 30, 30)
    text = draft(report, own_figures(report, before), FIRST)[0]
    put_right = own_figures(reached(small, "2025", 20, 20), before)
    told = resolved(text, lambda field: tell(field, put_right))
    assert "là 33,3% (40/120), giảm 16,7 điểm phần trăm" in told
    assert told.endswith("chưa đạt, thiếu 32 người.")
