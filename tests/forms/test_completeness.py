"""How far a report is, part by part."""

from __future__ import annotations

from datetime import date

from forms import findings
from forms.cell import given
from forms.completeness import PartKind, parts, whole
from forms.count import Role
from forms.org_unit import UnitKey
from forms.periods import Period
from forms.report import Report
from forms.task import Nomination, Nominee, Task, TaskState
from tests.span_form import span_form

EMPTY = Report(span_form(), UnitKey("SYT", date(2025, 7, 1)), Role.AGENCY, Period("2011..2020"))


def told(report: Report) -> list[tuple[str, int, int, int, int]]:
    made = parts(report, findings.find(report))
    return [(f"{part.kind} {part.section}".strip(), part.done, part.total, part.more, part.wrong) for part in made]


def test_only_the_years_that_must_be_answered_are_asked():
    """2 counts × nữ, nam × 2015, 2020 | 1 count × 2015, 2020 | 2 tasks | no text has to be written"""
    assert told(EMPTY) == [
        ("figures 1", 0, 8, 0, 0),
        ("figures 2", 0, 2, 0, 0),
        ("tasks", 0, 2, 0, 2),
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
    assert found["tasks"] == [1, 2, 0, 2]
    assert found["texts"] == [0, 0, 1, 0]
    assert found["nominations"] == [0, 0, 1, 1]
    assert whole(parts(report, ())) == (2, 12)
    assert {part.kind for part in parts(report, ()) if part.is_done} == {PartKind.TEXTS, PartKind.NOMINATIONS}
