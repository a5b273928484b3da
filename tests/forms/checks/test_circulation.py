"""LƯU HÀNH NỘI BỘ: a sensitive count, text or task; words that tell of cases whatever the pack marks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.checks.circulation import is_internal, tells_of_cases
from forms.model.cell import given
from forms.model.count import Role
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from tests.span_form import span_form

SPAN = Report(span_form(), UnitKey("SNV", date(2011, 1, 1)), Role.AGENCY, Period("2011..2020"))
CASES = "Phát hiện 03 vụ bạo lực gia đình."


def internal(report: Report, *below: Task) -> bool:
    return is_internal(report.form, report, below)


def test_the_directive_of_lang_son_has_sensitive_counts_and_no_indicator_at_all(catalogue):
    """S4: 3 cases of violence went out without the mark."""
    form = catalogue.programme("ct21_langson").form("year_directive")
    report = Report(form, UnitKey("06211", date(2025, 7, 1)), Role.REPORTING, Period("2025"))
    assert not form.indicators
    assert internal(replace(report, cells={"violence_cases": given(3)}))


def test_a_report_without_anything_sensitive_goes_out_without_the_mark(catalogue):
    assert not internal(SPAN)
    assert not internal(
        SPAN.with_narrative("results", "Tổ chức 05 lớp tập huấn phòng, chống bạo lực gia đình cho 200 người.")
    )
    quarter = catalogue.programme("nq28_hue").form("quarter_news")
    assert not internal(Report(quarter, SPAN.unit, Role.REPORTING, Period("2025-Q4")))


@pytest.mark.parametrize(
    "told",
    [
        lambda report: report.with_narrative("results", CASES),
        lambda report: report.with_task(Task("t-1", TaskState.RUNNING, 10, result=CASES)),
        lambda report: report.with_task(Task("t-1", TaskState.RUNNING, 10, evidence="Gọi chị Lan, 0912 345 678")),
        lambda report: report.explained("unusual:jobs@2015", CASES),
        lambda report: replace(report, cells={"jobs@2015": replace(given(1), note=CASES)}),
        lambda report: report.with_nominations([Nomination(Nominee.PERSON, "Lê Thị A", "", CASES)]),
    ],
    ids=["text", "task", "number of a person", "reason", "note", "ground"],
)
def test_words_that_tell_of_cases_set_it(told):
    assert internal(told(SPAN))


def test_what_the_units_below_told_of_their_tasks_is_printed_too():
    assert internal(SPAN, Task("t-1", result=CASES))


def test_a_task_or_a_text_that_the_pack_marks_sets_it_once_something_is_told_of_it():
    section = next(section for section in SPAN.form.sections if section.tasks)
    marked = replace(section, tasks=tuple(replace(task, sensitive=True) for task in section.tasks))
    form = replace(SPAN.form, sections=tuple(marked if one is section else one for one in SPAN.form.sections))
    assert not internal(replace(SPAN, form=form))
    assert internal(replace(SPAN, form=form).with_task(Task(section.tasks[0].id, result="Đã làm")))
    texts = tuple(replace(spec, sensitive=True) for spec in SPAN.form.narratives)
    form = replace(SPAN.form, narratives=texts)
    assert not internal(replace(SPAN, form=form))
    assert internal(replace(SPAN, form=form).with_narrative(texts[0].id, "Tốt"))


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Xử lý 02 (hai) vụ xâm hại trẻ em.", True),
        ("Có ba nạn nhân bị bạo lực được hỗ trợ.", True),
        ("05 phụ nữ trên địa bàn xã bị mua bán người đã trở về.", True),
        ("Chị Hoa bị bạo lực, đã lánh nạn.", True),
        ("Không có vụ bạo lực nào.", False),
        ("Hỗ trợ 12 trường hợp vay vốn. Tuyên truyền phòng ngừa bạo lực.", False),
        ("Năm 2025 ra quân phòng, chống mua bán người.", False),
        ("", False),
    ],
)
def test_cases_are_told_where_they_are_counted_or_named(text, tells):
    assert tells_of_cases(text) is tells
