"""What is different between two reports. C1 whatever differs is told, and in words that differ · C2 of what changed only
what differs is said, of what is new or gone all of it · C3 an older form's own rows are not forgotten · C4 equal reports
differ in nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as given_data
from hypothesis import strategies as st

from forms.exchange.report_diff import Difference, DifferenceKind, differences
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.news_item import Evidence, NewsItem, NewsKind, Origin
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from tests.forms.conftest import UNIT
from tests.small_form import small_form
from tests.span_form import span_form

EMPTY = Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"))
ITEM = NewsItem("a" * 32, date(2025, 10, 3), "Tin một", NewsKind.BRIEF, ("loudspeaker",))
TASK = Task("t-1", TaskState.RUNNING, 40, date(2019, 1, 2), None, "Kế hoạch", "Đã mở 2 lớp", "QĐ 5", date(2019, 6, 1))
PERSON = Nomination(Nominee.PERSON, "Lê Thị A", "Bằng khen", "10 năm")


def told(before: Report | None, after: Report) -> list[tuple[str, str, str, str]]:
    return [(one.kind.value, one.where, one.old, one.new) for one in differences(before, after)]


def test_a_first_report_tells_all_that_it_says():
    report = EMPTY.with_cell("jobs@2015", replace(given(1250), note="ước")).with_task(TASK)
    report = replace(report, as_of=date(2021, 4, 20), estimate=True).with_nominations([PERSON])
    assert told(None, report) == [
        ("cell", "jobs@2015", "", "1.250 (ước)"),
        (
            "task",
            "t-1",
            "",
            "Đang thực hiện, 40%; kết quả: Đã mở 2 lớp; sản phẩm: Kế hoạch; minh chứng: QĐ 5; bắt đầu: 02/01/2019; hạn: 01/06/2019",
        ),
        ("nomination", "Lê Thị A", "", "Cá nhân, Bằng khen: 10 năm"),
        ("report", "as_of", "", "20/04/2021 (ước thực hiện)"),
    ]


def test_a_cell_is_told_with_its_state_its_note_and_its_printed_name():
    before = EMPTY.with_cell("jobs@2015", given(3)).with_cell("jobs@2016", given(Decimal("8.5")))
    after = before.with_cell("jobs@2015", Cell(CellState.NONE)).with_cell("jobs@2016", replace(given(9), note="sửa"))
    found = differences(before, after)
    assert [(one.title, one.old, one.new) for one in found] == [
        ("1. Số việc làm mới, năm 2015", "3", "không phát sinh"),
        ("1. Số việc làm mới, năm 2016", "8,5", "9 (sửa)"),
    ]


def test_the_offices_own_marks_are_no_difference():
    before = EMPTY.with_cell("jobs@2015", given(3))
    assert differences(before, before.with_cell("jobs@2015", replace(given(3), flagged=True, carried=True))) == ()


CHANGED = {
    "date": date(2025, 10, 4),
    "title": "Tin khác",
    "kind": NewsKind.FEATURE,
    "channels": ("website",),
    "origin": Origin.RELAYED,
    "language": "en",
    "minutes": 5,
    "words": 200,
    "airings": 2,
    "topic": "6",
    "author": "Hoa",
    "evidence": "Sổ trang 2",
    "counted": False,
    "reason": "tỉnh cho tính",
    "files": (Evidence("0" * 64, "ảnh.jpg", 3),),
}


@pytest.mark.parametrize("name", sorted(CHANGED))
def test_c1_each_part_of_a_news_item_is_seen_when_it_changes(name):
    before, after = replace(EMPTY, news=(ITEM,)), replace(EMPTY, news=(replace(ITEM, **{name: CHANGED[name]}),))
    (found,) = differences(before, after)
    assert (found.kind, found.where) == (DifferenceKind.NEWS, ITEM.id)
    assert found.old != found.new


def test_every_part_of_a_news_item_is_tried():
    assert set(CHANGED) == {field.name for field in fields(NewsItem)} - {"id"}


def test_c2_a_new_item_is_told_whole_and_a_changed_one_by_what_differs():
    other = replace(ITEM, id="b" * 32, title="Tin hai")
    before, after = replace(EMPTY, news=(ITEM, other)), replace(EMPTY, news=(replace(ITEM, airings=3, author="Hoa"),))
    assert told(before, after) == [
        ("news", ITEM.id, "03/10/2025, 1 lượt, được tính", "03/10/2025, 3 lượt, được tính; tác giả: Hoa"),
        (
            "news",
            other.id,
            "03/10/2025, 1 lượt, được tính; loại: Tin, tự sản xuất; kênh: Đài truyền thanh cấp xã; ngôn ngữ: vi",
            "",
        ),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"state": TaskState.DONE},
        {"percent": 41},
        {"started": None},
        {"finished": date(2019, 5, 5)},
        {"product": ""},
        {"result": "Đã mở 3 lớp"},
        {"evidence": "QĐ 6"},
        {"due": None},
    ],
)
def test_c1_each_part_of_a_task_is_seen_when_it_changes(change):
    before = EMPTY.with_task(TASK)
    (found,) = differences(before, before.with_task(replace(TASK, **change)))
    assert found.where == "t-1"
    assert found.old != found.new


def test_c1_a_text_is_told_whole_however_late_it_changes():
    before = EMPTY.with_narrative("results", "a" * 3000 + "trước")
    (found,) = differences(before, before.with_narrative("results", "a" * 3000 + "sau"))
    assert (found.old[-5:], found.new[-3:]) == ("trước", "sau")


def test_a_proposal_changed_is_one_gone_and_one_new_and_a_double_is_seen():
    before = EMPTY.with_nominations([PERSON])
    other = replace(PERSON, ground="12 năm")
    assert told(before, before.with_nominations([other])) == [
        ("nomination", "Lê Thị A", "Cá nhân, Bằng khen: 10 năm", ""),
        ("nomination", "Lê Thị A", "", "Cá nhân, Bằng khen: 12 năm"),
    ]
    assert [one.new for one in differences(before, before.with_nominations([PERSON, PERSON]))] == [
        "Cá nhân, Bằng khen: 10 năm"
    ]


def test_a_reason_is_told_under_the_figure_or_the_rule_it_is_for(small):
    report = Report(small, UNIT, Role.REPORTING, Period("2025"))
    found = differences(report, report.explained("unusual:reached.female", "bão").explained("few_reached", "xã nhỏ"))
    assert [(one.title, one.new) for one in found] == [
        ("Rất ít người được tiếp cận. Ghi lý do.", "xã nhỏ"),
        ("1. Dân số được tiếp cận – Nữ", "bão"),
    ]


def test_c3_what_only_the_older_form_asked_is_told_as_gone(small):
    """The newer version has no more first section."""
    newer = replace(small, sections=small.sections[1:], checks=(), narratives=())
    before = Report(small, UNIT, Role.REPORTING, Period("2025")).with_cell("reached.female", given(3))
    after = Report(newer, UNIT, Role.REPORTING, Period("2025"))
    assert told(before, after) == [("cell", "reached.female", "3", "")]


names = st.sampled_from(sorted(small_form().count_of_cell))
figures = st.dictionaries(names, st.integers(0, 3).map(given) | st.sampled_from([Cell(CellState.NONE), Cell(note="?")]))


@given_data(old=figures, new=figures)
def test_c1_and_c4_cells_are_told_exactly_where_they_differ(old, new):
    form = small_form()
    before, after = (Report(form, UNIT, Role.REPORTING, Period("2025"), cells=cells) for cells in (old, new))
    found: tuple[Difference, ...] = differences(before, after)
    assert [one.where for one in found] == [
        name for name in form.count_of_cell if before.cell(name) != after.cell(name)
    ]
    assert all(one.old != one.new for one in found)
    assert differences(after, after) == ()
