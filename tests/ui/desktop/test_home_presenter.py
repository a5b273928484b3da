"""Trang chủ: what must be done, by when, what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from forms.all_services import open_services
from forms.model.cell import given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import PersonRole
from forms.model.org_unit import KNOWN_FROM, UnitKey
from forms.model.period import Period
from forms.programmes.catalogue import Catalogue, parse_pack
from tests.fakes import person
from tests.small_form import PROGRAMME
from tests.ui.desktop.parts import CATALOGUE, FakeProgram, desk_of
from ui.desktop.home.presenter import HomePage, HomePresenter, signs

Q4 = Period("2025-Q4")


class Shown:
    """The page that was shown last, its rows by their period."""

    def __init__(self, page: HomePage) -> None:
        self.page, self.all = page, page.rows
        self.duties = {row.item.period.label: row for row in reversed(page.rows)}
        self.order = [row.item.period.label for row in page.rows]
        self.before = None if page.before is None else [row.item.period.label for row in page.before]


@pytest.fixture
def program():
    return FakeProgram(now=datetime(2025, 11, 20, 9, 0, tzinfo=UTC))


@pytest.fixture
def desk(program):
    return desk_of(program)


def shown(desk, program):
    pages: list[HomePage] = []
    HomePresenter(pages.append, desk).refresh()
    return Shown(pages[-1])


def item(day: date, title: str) -> NewsItem:
    return NewsItem("", day, title, NewsKind.BRIEF, ("loudspeaker",))


def four_items(desk) -> None:
    for day in (2, 3, 4, 5):
        desk.news.save(item(date(2025, 10, day), f"Tin ngày {day}"))


def test_the_year_and_the_last_two_quarters_are_listed_the_dated_one_first(desk, program):
    assert shown(desk, program).order == ["2025", "2025-Q4", "2021..2025", "2025-Q3"]


@pytest.fixture
def old(desk, program):
    """The same ward, were it older than the catalogue."""
    desk.ledger.state.office = replace(desk.office, unit=UnitKey("19804", KNOWN_FROM))
    return open_services(program, desk.ledger)


def test_no_unit_reports_on_days_before_it_was_made(desk, program):
    desk.news.save(item(date(2025, 2, 3), "Tin tháng hai"))
    assert desk.office.unit.valid_from == date(2025, 7, 1)
    assert "2025-Q1" not in shown(desk, program).order
    assert [item.period.label for item in desk.todo.before()] == []


def test_an_older_quarter_is_listed_once_something_was_done_in_it(old, program):
    desk = old
    desk.news.save(item(date(2025, 2, 3), "Tin tháng hai"))
    assert shown(desk, program).order == [
        *("2025", "2025-Q4", "2021..2025", "2025-Q3", "2025-Q1", "2021..2022"),
    ]


def test_the_yearly_report_is_due_in_the_plans_words_by_the_day_before(desk, program):
    duty = shown(desk, program).duties["2025"]
    assert duty.item.due.day == date(2025, 11, 29)
    assert duty.due == "trước ngày 30/11 – còn 9 ngày"
    assert duty.item.due.is_late  # within a fortnight it is shown in red


def test_after_the_day_it_says_by_how_many_days(desk, program):
    program.now = datetime(2025, 12, 2, 9, 0, tzinfo=UTC)
    assert shown(desk, program).duties["2025"].due == "trước ngày 30/11 – quá 3 ngày"


def test_a_quarter_has_no_due_day_until_one_is_set(desk, program):
    assert shown(desk, program).duties["2025-Q4"].due == "Nơi nhận chưa đặt hạn"
    desk.summaries.set_quarter_due(5)
    assert shown(desk, program).duties["2025-Q4"].item.due.day == date(2026, 1, 5)


def test_an_untouched_quarter_sends_to_the_news_ledger(desk, program):
    duty = shown(desk, program).duties["2025-Q4"]
    assert (duty.verb, duty.page, duty.state, duty.item.done) == ("Ghi tin, bài", "news", "Chưa bắt đầu", 0)


def test_three_items_while_the_quarter_runs_want_a_fourth(desk, program):
    for day in (2, 3, 4):
        desk.news.save(item(date(2025, 10, day), f"Tin ngày {day}"))
    duty = shown(desk, program).duties["2025-Q4"]
    assert (duty.state, duty.tone, duty.verb) == ("1 cảnh báo cần lý do", "warning", "Ghi tin, bài")
    assert duty.note.startswith("Chưa đủ 04 tin, bài trong quý.")


def test_once_it_is_over_three_items_want_a_reason(desk, program):
    for day in (2, 3, 4):
        desk.news.save(item(date(2025, 10, day), f"Tin ngày {day}"))
    program.now = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
    step = shown(desk, program).duties["2025-Q4"]
    assert (step.verb, step.page) == ("Giải trình", "entry")


def test_four_items_are_handed_to_the_head(desk, program):
    four_items(desk)
    duty = shown(desk, program).duties["2025-Q4"]
    assert (duty.state, duty.verb, duty.page) == ("Đủ số liệu, chờ chuyển duyệt", "Chuyển duyệt", "approval")


def test_one_who_is_both_seals_at_once(program):
    desk = desk_of(program)
    desk.ledger.state.people = (person("Lan", PersonRole.SOLE),)
    four_items(desk)
    duty = shown(desk, program).duties["2025-Q4"]
    assert (duty.state, duty.verb, duty.page) == ("Đủ số liệu, chờ niêm phong", "Niêm phong", "entry")


def test_a_wrong_figure_is_counted_as_a_fault_and_a_blank_is_not(desk, program):
    report = desk.entry.open("nq28_hue", Period("2025"))
    for name, amount in (("women_led_agencies.council", 2), ("agencies.council", 1)):
        report = desk.entry.put_cell(report, name, given(amount))
    duty = shown(desk, program).duties["2025"]
    assert (duty.state, duty.verb) == ("1 lỗi cần sửa", "Sửa lỗi")
    assert duty.target == "nq28_hue/2025/calendar#women_led_agencies.council"


def test_a_sealed_report_is_still_to_be_written_out_and_then_goes_to_the_end(desk, program):
    four_items(desk)
    desk.sealing.seal("nq28_hue", Q4, desk.ledger.signers())
    duty = shown(desk, program).duties["2025-Q4"]
    assert (duty.state, duty.verb, duty.settled) == ("Đã niêm phong, chưa xuất gói", "Xuất gói", False)
    desk.sealing.exported("nq28_hue", Q4, "a.bdg")
    face = shown(desk, program)
    assert face.order[-1] == "2025-Q4"
    assert (face.duties["2025-Q4"].state, face.duties["2025-Q4"].verb) == ("Đã xuất gói", "Xem báo cáo")


def handed_over(desk) -> None:
    four_items(desk)
    preparer, head = desk.ledger.signers()
    desk.approval.hand_over("nq28_hue", Q4, preparer, head.person)


def test_what_waits_for_the_head_is_the_heads_first_duty_and_no_duty_of_the_preparer(desk, program):
    handed_over(desk)
    mine = shown(desk, program)
    assert (mine.duties["2025-Q4"].state, mine.order[-1]) == ("Chờ thủ trưởng duyệt", "2025-Q4")
    desk.ledger.switch(desk.ledger.signers()[1].person.keyid, "đúng mật khẩu")
    first = shown(desk, program).all[0]
    assert (first.item.period, first.state, first.verb) == (Q4, "Chờ anh, chị duyệt", "Duyệt")
    assert first.item.presses
    assert "Người P19804 chuyển Người H19804 lúc 09:00" in first.note


def test_what_the_head_gave_back_comes_first_with_what_is_to_be_put_right(desk, program):
    handed_over(desk)
    desk.approval.take_back("nq28_hue", Q4, "Thiếu tin của tháng 12")
    first = shown(desk, program).all[0]
    assert (first.item.period, first.state, first.verb) == (Q4, "Thủ trưởng trả lại", "Sửa lại")
    assert first.note == "Cần sửa: Thiếu tin của tháng 12"
    assert first.item.is_ready, "it may be handed over again as it is"


def test_the_parts_of_a_report_are_told_each_by_itself(desk, program):
    report = desk.entry.open("nq28_hue", Period("2025"))
    first = report.form.sections[0].counts[0].cells[0]
    desk.entry.put_cell(report, first, given(1))
    parts = shown(desk, program).duties["2025"].item.parts
    assert (parts[0].done, parts[0].section) == (1, report.form.sections[0].number)
    assert parts[0].total > 1
    assert sum(part.done for part in parts) == shown(desk, program).duties["2025"].item.done == 1


def test_the_earlier_periods_are_shown_when_they_are_asked_for(old, program):
    pages: list[HomePage] = []
    presenter = HomePresenter(pages.append, old)
    presenter.refresh()
    assert pages[-1].before is None
    presenter.turn_before()
    face = Shown(pages[-1])
    assert face.before[:3] == ["2025-Q2", "2025-Q1", "2024-Q4"]
    assert not set(face.before) & set(face.order)
    presenter.turn_before()
    assert pages[-1].before is None


MONTHS = """
id = "months"
number = "T"
version = 1
title = "Biểu tháng"
period_kind = "month"

[[section]]
number = "1"
title = "Chuyên mục"

    [[section.row]]
    count = "slots"
    number = "1"
    title = "Số chuyên mục"
    measure = "chuyên mục"
"""


def test_an_old_plan_of_months_does_not_fill_the_page(program, old):
    pack = parse_pack("small.v1", {"programme.toml": PROGRAMME.encode(), "months.toml": MONTHS.encode()})
    program.catalogue = Catalogue((*CATALOGUE.programmes, pack))
    desk = open_services(program, old.ledger)
    desk.programmes.follow(["small"])
    assert [item.period.label for item in desk.todo.now().items] == ["2025-10", "2025-11", "2025-09"]
    assert len(desk.todo.before()) == 56, "every month since 2021 but those three"


def test_nothing_is_worked_out_anew_until_something_is_written(desk, program):
    before = desk.todo.now()
    assert desk.todo.now() is before
    desk.news.save(item(date(2025, 10, 3), "Tin"))
    assert desk.todo.now() is not before


def test_the_rail_is_told_what_presses_and_not_what_has_time(desk, program):
    program.now = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
    assert signs(desk.todo.now()) == {}
    program.now = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
    assert signs(desk.todo.now()) == {"entry": 1}
    handed_over(desk)
    desk.ledger.switch(desk.ledger.signers()[1].person.keyid, "đúng mật khẩu")
    assert signs(desk.todo.now()) == {"entry": 1, "approval": 1}


def test_after_the_programmes_last_year_its_last_periods_stay_and_it_says_so(desk, program):
    program.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    face = shown(desk, program)
    assert "đã hết kỳ" in face.page.note
    assert (face.order[0], face.duties["2025"].due) == ("2025", "trước ngày 30/11")


def test_a_summing_office_sees_who_is_missing(program):
    face = shown(desk_of(program, "46", collates=True), program)
    duty = face.duties["2025-Q4"]
    assert (duty.item.done, duty.item.total, duty.state, duty.page) == (0, 40, "Còn thiếu 40 xã, phường", "receiving")


def test_a_summing_office_has_its_own_figures_to_enter_as_well(program):
    everything = shown(desk_of(program, "46", collates=True), program).all
    assert sorted(duty.page for duty in everything if duty.item.period.label == "2025") == ["entry", "receiving"]
