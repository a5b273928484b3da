"""What live numbers say, and which fields a form does not have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.checks.all_checks import find
from forms.checks.context import Context
from forms.model.cell import given
from forms.model.count import Role
from forms.model.live_field import parse
from forms.model.period import Period
from forms.model.report import Report
from forms.prose.live_numbers import Fault, fault_of, is_lacking, own_figures, speaks, spoken
from tests.forms.conftest import UNIT
from tests.span_form import span_form


def said(text: str, report: Report, before: Report | None = None) -> str:
    (section,) = (replace(report, narratives={"x": text}),)
    return spoken(section, own_figures(report, before)).narratives["x"]


@pytest.fixture
def now(small) -> Report:
    return filled(small, "2025", 6, 50)


@pytest.fixture
def before(small) -> Report:
    return filled(small, "2024", 4, 36)


def filled(form, label: str, women: int, men: int) -> Report:
    """So many of 60 women and 60 men were reached."""
    cells = {"reached.female": women, "reached.male": men, "population.female": 60, "population.male": 60}
    return Report(form, UNIT, Role.REPORTING, Period(label), {name: given(n) for name, n in cells.items()})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{reached}} người", "56 người"),
        ("{{reached.female}} nữ", "06 nữ"),
        ("{{reached.female|words}} nữ", "06 (sáu) nữ"),
        ("{{reached|prev}} người", "40 người"),
        ("{{reached|diff}}", "tăng 16 người"),
        ("{{reached.female|diff}}", "tăng 02 người"),
        ("{{population|diff}}", "không đổi"),
        ("{{share}}", "46,7%"),
        ("{{share|prev}}", "33,3%"),
        ("{{share|diff}}", "tăng 13,4 điểm phần trăm"),
        ("{{share|over}}", "56/120"),
        ("{{share|target}}", "mốc năm 2025 “ít nhất 60%”"),
        ("{{share|gap}}", "chưa đạt, thiếu 16 người"),
        ("{{units|gap}}", "chưa đạt"),
    ],
)
def test_a_field_says_its_figure(now, before, text, told):
    """now: 6 of 60 women, 50 of 60 men; the year before 4 and 36."""
    assert said(text, now, before) == told


def test_a_change_is_that_of_the_figures_as_they_are_printed(now, before):
    """46,7 − 33,3 = 13,4, though 56/120 − 40/120 = 13,3."""
    assert said("{{share}} − {{share|prev}} = {{share|diff}}", now, before).endswith("tăng 13,4 điểm phần trăm")


def test_what_is_lacking_is_said_in_words_and_marked(now):
    (field,) = parse("{{share|diff}}")
    assert said("{{share|diff}}", now) == "chưa có số liệu để so sánh"
    assert is_lacking(field, own_figures(now, None))


def test_a_form_of_years_looks_one_year_back():
    cells = {f"{name}.{sex}@{year}": given(n) for year in (2015, 2016) for name, n in FIGURES[year] for sex in SEXES}
    report = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"), cells)
    text = "{{share@2016}}, {{share@2016|diff}} ({{share@2016|prev}}); {{reached@2015}}"
    assert said(text, report) == "50,0%, tăng 25,0 điểm phần trăm (25,0%); 10"


SEXES = ("female", "male")
FIGURES = {2015: [("reached", 5), ("population", 20)], 2016: [("reached", 10), ("population", 20)]}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{{reached}}", None),
        ("{{share|gap}}", None),
        ("{{nothing}}", Fault.UNKNOWN),
        ("{{reached.child}}", Fault.UNKNOWN),
        ("{{share.female}}", Fault.UNKNOWN),
        ("{{share@2024}}", Fault.UNKNOWN),
        ("{{reached|gap}}", Fault.VIEW),
        ("{{share|words}}", Fault.VIEW),
    ],
)
def test_a_field_is_of_the_form_or_a_fault(small, text, fault):
    (field,) = parse(text)
    assert fault_of(field, small) is fault


def test_sensitive_figures_are_not_for_prose(catalogue):
    form = next(form for form in catalogue.programme("nq28_hue").forms if form.id == "year_indicators")
    sensitive = next(count.id for count in form.counts.values() if count.sensitive)
    (field,) = parse(f"{{{{{sensitive}}}}}")
    assert fault_of(field, form) is Fault.SENSITIVE


def found(report: Report, text: str, context: Context | None = None) -> list[tuple[str, str, str]]:
    written = replace(report, narratives={"results": text})
    every = find(written, context or Context())
    return [(one.level, one.check, one.spot) for one in every if one.check.startswith("field")]


def test_a_field_that_the_form_does_not_have_blocks_at_its_place(now):
    assert found(now, "{{nothing}}") == [("error", "field:results", "text:results")]
    assert found(now, "{{ share }}") == [("error", "field:results", "text:results")]
    assert found(now, "{{share}} và {x}") == []


def test_a_field_without_a_figure_asks_for_a_reason(now, before):
    assert found(now, "{{share|diff}}") == [("warning", "field_blank:results", "text:results")]
    assert found(now, "{{share|diff}}", Context((before,))) == []


def test_a_report_two_periods_ago_is_not_the_period_before(now, small):
    assert found(now, "{{share|diff}}", Context((filled(small, "2023", 1, 1),))) != []


def test_plain_text_speaks_of_nothing(now):
    assert not speaks(replace(now, narratives={"x": "Đạt {kết quả} tốt."}))
