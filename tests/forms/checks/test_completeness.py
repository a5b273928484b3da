"""How far a report is, part by part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from forms.checks import all_checks
from forms.checks.completeness import PartKind, parts, whole
from forms.model.cell import given
from forms.model.count import Role
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from tests.span_form import span_form

EMPTY = Report(span_form(), UnitKey("SYT", date(2025, 7, 1)), Role.AGENCY, Period("2011..2020"))


def told(report: Report) -> list[tuple[str, int, int, int, int]]:
    made = parts(report, all_checks.find(report))
    return [(f"{part.kind} {part.section}".strip(), part.done, part.total, part.more, part.wrong) for part in made]


def test_only_the_years_that_must_be_answered_are_asked():
    """2 counts × nữ, nam × 2015, 2020 | 1 count × 2015, 2020 | 2 tasks | no text has to be written"""
    assert told(EMPTY) == [
        ("figures 1", 0, 8, 0, 0),
        ("figures 2", 0, 2, 0, 0),
        ("tasks", 0, 2, 0, 0),
        ("texts", 0, 0, 0, 0),
        ("nominations", 0, 0, 0, 0),
    ]


def test_what_is_given_beyond_is_counted_apart_and_what_is_wrong_is_not_what_is_blank():
    """women of 2012 reached: 5 of 4"""
    report = EMPTY.with_cell("jobs@2015", given(3)).with_cell("jobs@2012", given(2))
    report = report.with_task(Task("t-1", TaskState.DONE, 50)).with_narrative("results", "Tốt")
    report = report.with_nominations([Nomination(Nominee.PERSON, "Lê Thị A")])
    found = {name: rest for name, *rest in told(report)}
    assert found["figures 2"] == [1, 2, 1, 0]
    assert found["tasks"] == [1, 2, 0, 1]
    assert found["texts"] == [0, 0, 1, 0]
    assert found["nominations"] == [0, 0, 1, 1]
    assert whole(parts(report, ())) == (2, 12)
    assert {part.kind for part in parts(report, ()) if part.is_done} == {PartKind.TEXTS, PartKind.NOMINATIONS}


def test_a_figure_carried_over_or_out_of_range_is_wrong_not_missing():
    """jobs of 2015 copied and not confirmed, of 2020 negative: both filled, both to be put right."""
    report = EMPTY.with_cell("jobs@2015", replace(given(3), carried=True)).with_cell("jobs@2020", given(-1))
    assert {name: rest for name, *rest in told(report)}["figures 2"] == [2, 2, 0, 2]


def test_a_warning_with_its_reason_is_wrong_no_more():
    report = EMPTY.with_task(Task("t-1", TaskState.RUNNING, 100)).with_task(Task("t-2", result="chờ kinh phí"))
    assert {name: rest for name, *rest in told(report)}["tasks"] == [2, 2, 0, 1]
    explained = report.explained("task_percent:t-1", "chờ nghiệm thu")
    assert {name: rest for name, *rest in told(explained)}["tasks"] == [2, 2, 0, 0]
    assert [part.is_done for part in parts(explained, all_checks.find(explained)) if part.kind is PartKind.TASKS] == [
        True
    ]


def test_a_commune_that_fills_nothing_of_the_form_has_no_part_of_figures():
    commune = Report(EMPTY.form, EMPTY.unit, Role.REPORTING, EMPTY.period)
    assert [name for name, *_ in told(commune)] == ["tasks", "texts", "nominations"]
