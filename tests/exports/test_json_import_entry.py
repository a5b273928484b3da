"""The import file of a summing-up over years: cells of a year, tasks, proposals; typed or imported it is one report."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exports.json_import import read
from forms.errors import AppError, InputRefused
from forms.model.cell import Cell, CellState, given
from forms.model.office import Office
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from forms.programmes.catalogue import Catalogue
from forms.services.entry import Entry
from forms.services.sealing import content
from tests.fakes import FakeLedger, clock
from tests.span_form import span_programme

SPAN = Period("2011..2020")
TASK = {
    "id": "t-1",
    "state": "running",
    "percent": 40,
    "started": "2019-01-02",
    "product": "Kế hoạch",
    "result": "Đã mở 2 lớp",
    "due": "2019-06-01",
}
PERSON = {"kind": "person", "name": "Lê Thị A", "form": "Bằng khen", "ground": "10 năm"}
FILE = {
    "programme": "small",
    "form": "span",
    "period": "2011..2020",
    "as_of": "2021-04-20",
    "cells": [{"cell": "jobs@2015", "amount": "12"}, {"cell": "jobs@2020", "state": "none", "note": "dừng tuyển"}],
    "narratives": {"results": "Tốt"},
    "tasks": [TASK],
    "nominations": [PERSON, {"kind": "collective", "name": "Sở A"}],
    "explanations": [{"check": "unusual:jobs@2015", "reason": "mở khu công nghiệp"}],
}


def data(**changes: object) -> bytes:
    return json.dumps(FILE | changes, ensure_ascii=False).encode()


@pytest.fixture
def desk() -> Entry:
    """Sở Nội vụ, which owns the jobs and, with another, task t-1."""
    office = Office(UnitKey("SNV", date(2011, 1, 1)), "Sở Nội vụ", parent="46", kind="agency")
    return Entry(FakeLedger(office).begin, Catalogue((span_programme(),)), clock)


def take(desk: Entry, **changes: object) -> Report:
    return desk.take(read(data(**changes)))


def refusal(desk: Entry, **changes: object) -> AppError:
    with pytest.raises(AppError) as refused:
        take(desk, **changes)
    assert desk.open("small", SPAN).is_blank
    return refused.value


def test_years_tasks_and_proposals_are_read() -> None:
    filled = read(data())
    assert filled.cells == {"jobs@2015": given(12), "jobs@2020": Cell(CellState.NONE, note="dừng tuyển")}
    assert filled.tasks == (
        Task("t-1", TaskState.RUNNING, 40, date(2019, 1, 2), None, "Kế hoạch", "Đã mở 2 lớp", "", date(2019, 6, 1)),
    )
    assert filled.nominations == (
        Nomination(Nominee.PERSON, "Lê Thị A", "Bằng khen", "10 năm"),
        Nomination(Nominee.COLLECTIVE, "Sở A"),
    )


def test_typed_or_imported_it_is_the_same_report(desk: Entry) -> None:
    imported = take(desk)
    again = Entry(
        FakeLedger(Office(imported.unit, "Sở Nội vụ", kind="agency")).begin, Catalogue((span_programme(),)), clock
    )
    report = again.put_cell(again.open("small", SPAN), "jobs@2015", given(12))
    report = again.put_cell(report, "jobs@2020", Cell(CellState.NONE, note="dừng tuyển"))
    report = again.put_task(report, read(data()).tasks[0])
    report = again.put_nominations(report, read(data()).nominations)
    report = again.put_narrative(report, "results", "Tốt")
    report = again.explain(report, "unusual:jobs@2015", "mở khu công nghiệp")
    typed = again.date(report, date(2021, 4, 20), estimate=False)
    assert content(typed) == content(imported)
    assert again.open("small", SPAN) == desk.open("small", SPAN)


def test_a_cell_with_the_longest_name_can_be_imported() -> None:
    """60 letters, a part of 29, a year: more than the 64 that an id once had."""
    name = f"{'a' * 60}.{'b' * 29}@2015"
    assert [*read(data(cells=[{"cell": name, "amount": "1"}])).cells] == [name]


def test_an_imported_draft_replaces_tasks_and_proposals_whole(desk: Entry) -> None:
    take(desk)
    report = take(desk, tasks=[], nominations=[])
    assert (report.tasks, report.nominations, report.quantity("jobs@2015")) == ((), (), 12)


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        # refused by the file's own shape
        ({"tasks": [TASK | {"due": "soon"}]}, "JSON_VALUE", "tasks[0].due"),
        ({"tasks": [TASK | {"due": "2019-02-30"}]}, "JSON_VALUE", "tasks[0].due"),
        ({"tasks": [TASK | {"due": 2019}]}, "JSON_VALUE", "tasks[0].due"),
        ({"tasks": [TASK | {"percent": 101}]}, "JSON_VALUE", "tasks[0].percent"),
        ({"tasks": [TASK | {"percent": "40"}]}, "JSON_SHAPE", "tasks[0].percent"),
        ({"tasks": [TASK | {"state": "half"}]}, "JSON_VALUE", "tasks[0].state"),
        ({"tasks": [TASK, TASK]}, "JSON_DUPLICATE_KEY", "tasks[1].id"),
        ({"tasks": [TASK | {"colour": "red"}]}, "JSON_SHAPE", "tasks[0].colour"),
        ({"nominations": [PERSON | {"kind": "family"}]}, "JSON_VALUE", "nominations[0].kind"),
        ({"nominations": [PERSON | {"name": " "}]}, "JSON_VALUE", "nominations[0].name"),
        ({"nominations": [{"name": "A"}]}, "JSON_SHAPE", "nominations[0].kind"),
        ({"cells": [{"cell": "jobs@2015", "amount": "1"}] * 2}, "JSON_DUPLICATE_KEY", "cells[1].cell"),
        ({"period": "2020..2011"}, "PERIOD_UNKNOWN", "2020..2011"),
        # refused by the form
        ({"cells": [{"cell": "jobs@2021", "amount": "1"}]}, "CELL_UNKNOWN", "jobs@2021"),
        ({"cells": [{"cell": "jobs", "amount": "1"}]}, "CELL_UNKNOWN", "jobs"),
        ({"cells": [{"cell": "jobs@2015@2016", "amount": "1"}]}, "CELL_UNKNOWN", "jobs@2015@2016"),
        ({"cells": [{"cell": "reached.female@2015", "amount": "1"}]}, "CELL_UNKNOWN", "reached.female@2015"),
        ({"cells": [{"cell": "jobs@2015", "amount": "1.5"}]}, "NUMBER_NOT_WHOLE", "jobs@2015"),
        ({"tasks": [TASK | {"id": "t-2"}]}, "TASK_UNKNOWN", "t-2"),
        ({"tasks": [TASK | {"result": "a" * 1001}]}, "TEXT_TOO_LONG", "t-1.result"),
        ({"narratives": {"results": "a" * 4001}}, "TEXT_TOO_LONG", "results"),
        ({"narratives": {"other": "a"}}, "NARRATIVE_UNKNOWN", "other"),
        ({"form": "year"}, "FORM_UNKNOWN", "form"),
        ({"period": "2015"}, "PERIOD_UNKNOWN", "2015"),
        (
            {"news": [{"date": "2015-01-02", "title": "Tin", "kind": "brief", "channels": ["website"]}]},
            "NEWS_NOT_HERE",
            "news",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place_and_nothing_is_taken(desk: Entry, changes, code, where) -> None:
    refused = refusal(desk, **changes)
    assert (refused.code, refused.where) == (code, where)


def test_a_task_without_days_has_none() -> None:
    assert read(data(tasks=[{"id": "t-1", "due": None, "started": None}])).tasks == (Task("t-1"),)


def test_the_example_of_the_page_is_one_that_is_read() -> None:
    """docs/command-line.md shows two files."""
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
    examples = [block.partition("```")[0] for block in page.split("```json\n")[1:]]
    filled = [read(example.encode()) for example in examples]
    assert [one.period.label for one in filled] == ["2025-Q4", "2011..2020"]
    assert all((filled[1].cells, filled[1].tasks, filled[1].nominations, filled[1].narratives))


def test_a_proposal_where_none_is_asked_is_refused(desk: Entry) -> None:
    programme = span_programme()
    bare = replace(programme, forms=(replace(programme.forms[0], nominations=None),))
    office = Office(UnitKey("SNV", date(2011, 1, 1)), "Sở Nội vụ", kind="agency")
    entry = Entry(FakeLedger(office).begin, Catalogue((bare,)), clock)
    with pytest.raises(InputRefused) as refused:
        entry.take(read(data()))
    assert refused.value.code == "NOMINATION_NOT_HERE"
