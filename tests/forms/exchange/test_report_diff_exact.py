"""Nothing that differs between two reports is told as if it were the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.exchange.report_diff import DifferenceKind, differences
from forms.model.count import Role
from forms.model.news_item import Evidence, NewsItem, NewsKind, Origin
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task, TaskState
from tests.span_form import span_form

UNIT = UnitKey("46-SYT", date(2025, 7, 1))
ITEM = NewsItem("1" * 32, date(2025, 10, 3), "Họp phụ nữ", NewsKind.BRIEF, ("loudspeaker",))
TASK = Task("t-1", TaskState.RUNNING, 40)
CUP = Nomination(Nominee.COLLECTIVE, "Trạm Y tế", "Bằng khen", "Mười năm liền")


@pytest.fixture
def report():
    return Report(span_form(), UNIT, Role.AGENCY, Period("2011..2020"))


def only(old: Report, new: Report):
    (found,) = differences(old, new)
    return found


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Họp mặt phụ nữ"},
        {"date": date(2025, 10, 4)},
        {"kind": NewsKind.FEATURE},
        {"channels": ("loudspeaker", "website")},
        {"origin": Origin.RELAYED},
        {"airings": 2},
        {"language": "en"},
        {"minutes": 5},
        {"words": 300},
        {"topic": "6"},
        {"author": "Lan"},
        {"evidence": "sổ phát, trang 3"},
        {"counted": False, "reason": "trùng"},
        {"files": (Evidence("ab" * 32, "anh.jpg", 9),)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_differs_in_an_item_is_seen(report, changes):
    found = only(replace(report, news=(ITEM,)), replace(report, news=(replace(ITEM, **changes),)))
    assert found.kind is DifferenceKind.NEWS
    assert found.old != found.new
    assert found.new


def test_of_a_changed_item_only_what_differs_is_told_and_of_a_new_one_all(report):
    with_item = replace(report, news=(ITEM,))
    changed = only(with_item, replace(report, news=(replace(ITEM, airings=3),)))
    assert (changed.old, changed.new) == ("03/10/2025, 1 lượt, được tính", "03/10/2025, 3 lượt, được tính")
    new = only(report, with_item)
    assert new.old == ""
    assert new.new.startswith("03/10/2025, 1 lượt, được tính; loại: Tin, tự sản xuất; kênh: Đài truyền thanh cấp xã")


@pytest.mark.parametrize(
    "changes",
    [
        {"state": TaskState.DONE},
        {"percent": 50},
        {"started": date(2020, 1, 2)},
        {"finished": date(2020, 3, 2)},
        {"due": date(2020, 9, 1)},
        {"product": "Kế hoạch"},
        {"result": "Đã mở hai lớp"},
        {"evidence": "Công văn"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_differs_in_a_task_is_seen(report, changes):
    found = only(replace(report, tasks=(TASK,)), replace(report, tasks=(replace(TASK, **changes),)))
    assert (found.kind, found.old != found.new) == (DifferenceKind.TASK, True)


def test_a_text_is_told_whole_however_long_so_that_its_end_is_compared_too(report):
    old, new = "một " * 300 + "cuối", "một " * 300 + "hết"
    found = only(replace(report, narratives={"results": old}), replace(report, narratives={"results": new}))
    assert (found.old, found.new) == (old, new)


def test_a_proposal_of_another_kind_and_another_order_are_seen(report):
    person = replace(CUP, kind=Nominee.PERSON)
    told = {
        (found.old, found.new)
        for found in differences(replace(report, nominations=(CUP,)), replace(report, nominations=(person,)))
    }
    assert told == {("Tập thể, Bằng khen: Mười năm liền", ""), ("", "Cá nhân, Bằng khen: Mười năm liền")}
    other = replace(CUP, name="Trường học")
    turned = only(replace(report, nominations=(CUP, other)), replace(report, nominations=(other, CUP)))
    assert (turned.old, turned.new) == ("Trạm Y tế, Trường học", "Trường học, Trạm Y tế")
