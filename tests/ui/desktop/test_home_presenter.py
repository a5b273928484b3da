"""Trang chủ: what must be done, by when, what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forms.cell import given
from forms.news import NewsItem, NewsKind
from forms.periods import Period
from tests.ui.desktop.parts import FakeProgram, desk_of
from ui.desktop.screens.home.presenter import HomePresenter


class FakeFace:
    def show_day(self, words, note):
        self.day = (words, note)

    def show_duties(self, duties):
        self.all = duties
        self.duties = {duty.place: duty for duty in reversed(duties)}
        self.order = [duty.place for duty in duties]


@pytest.fixture
def program():
    return FakeProgram(now=datetime(2025, 11, 20, 9, 0, tzinfo=UTC))


@pytest.fixture
def desk(program):
    return desk_of(program)


def shown(desk, program):
    face = FakeFace()
    HomePresenter(face, desk, program).refresh()
    return face


def item(day: date, title: str) -> NewsItem:
    return NewsItem("", day, title, NewsKind.BRIEF, ("loudspeaker",))


def test_the_year_and_the_last_two_quarters_are_listed_the_dated_one_first(desk, program):
    assert shown(desk, program).order == ["2025", "2025-Q4", "2025-Q3"]


def test_an_older_quarter_is_listed_once_something_was_done_in_it(desk, program):
    desk.news.save(item(date(2025, 2, 3), "Tin tháng hai"))
    assert shown(desk, program).order == ["2025", "2025-Q4", "2025-Q3", "2025-Q1"]


def test_the_yearly_report_is_due_in_the_plans_words_by_the_day_before(desk, program):
    duty = shown(desk, program).duties["2025"]
    assert duty.due == date(2025, 11, 29)
    assert duty.due_words == "trước ngày 30/11 – còn 9 ngày"
    assert duty.late  # within a fortnight it is shown in red


def test_after_the_day_it_says_by_how_many_days(desk, program):
    program.now = datetime(2025, 12, 2, 9, 0, tzinfo=UTC)
    assert shown(desk, program).duties["2025"].due_words == "trước ngày 30/11 – quá 3 ngày"


def test_a_quarter_has_no_due_day_until_one_is_set(desk, program):
    assert shown(desk, program).duties["2025-Q4"].due_words == "Nơi nhận chưa đặt hạn"
    desk.summaries.set_quarter_due(5)
    assert shown(desk, program).duties["2025-Q4"].due == date(2026, 1, 5)


def test_an_untouched_quarter_sends_to_the_news_ledger(desk, program):
    duty = shown(desk, program).duties["2025-Q4"]
    assert (duty.verb, duty.page, duty.state, duty.done) == ("Ghi tin, bài", "news", "Chưa bắt đầu", 0)


def test_three_items_are_a_warning_that_wants_a_reason(desk, program):
    for day in (2, 3, 4):
        desk.news.save(item(date(2025, 10, day), f"Tin ngày {day}"))
    duty = shown(desk, program).duties["2025-Q4"]
    assert (duty.state, duty.tone, duty.verb) == ("1 cảnh báo cần lý do", "warning", "Nhập tiếp")
    assert duty.note.startswith("Chưa đủ 04 tin, bài trong quý.")


def test_four_items_wait_for_the_seal(desk, program):
    for day in (2, 3, 4, 5):
        desk.news.save(item(date(2025, 10, day), f"Tin ngày {day}"))
    duty = shown(desk, program).duties["2025-Q4"]
    assert (duty.state, duty.verb, duty.page) == ("Đủ số liệu, chờ niêm phong", "Niêm phong", "entry")


def test_a_wrong_figure_is_counted_as_a_fault_and_a_blank_is_not(desk, program):
    report = desk.entry.open("nq28_hue", Period("2025"))
    for name, amount in (("women_led_agencies.council", 2), ("agencies.council", 1)):
        report = desk.entry.put_cell(report, name, given(amount))
    assert shown(desk, program).duties["2025"].state == "1 lỗi cần sửa"


def test_a_sealed_report_goes_to_the_end_and_is_only_looked_at(desk, program):
    for day in (2, 3, 4, 5):
        desk.news.save(item(date(2025, 10, day), f"Tin ngày {day}"))
    desk.sealing.seal("nq28_hue", Period("2025-Q4"), desk.ledger.signers())
    face = shown(desk, program)
    assert face.order[-1] == "2025-Q4"
    assert (face.duties["2025-Q4"].state, face.duties["2025-Q4"].verb) == ("Đã niêm phong", "Xem báo cáo")


def test_after_the_programmes_last_year_its_last_periods_stay_and_it_says_so(desk, program):
    program.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    face = shown(desk, program)
    assert "đã hết kỳ" in face.day[1]
    assert (face.order[0], face.duties["2025"].due_words) == ("2025", "trước ngày 30/11")


def test_a_summing_office_sees_who_is_missing(program):
    face = shown(desk_of(program, "46", collates=True), program)
    duty = face.duties["2025-Q4"]
    assert (duty.done, duty.total, duty.state, duty.page) == (0, 40, "Còn thiếu 40 đơn vị", "receiving")


def test_a_summing_office_has_its_own_figures_to_enter_as_well(program):
    year = [duty.page for duty in shown(desk_of(program, "46", collates=True), program).all if duty.place == "2025"]
    assert sorted(year) == ["entry", "receiving"]
