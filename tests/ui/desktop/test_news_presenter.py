"""Tin, bài: what is listed and counted, and that every step can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.checks.news_search import Wanted
from forms.model.news_item import Evidence, NewsKind
from forms.model.period import Basis, Period
from tests.news_packs import by_month, monthly
from tests.ui.desktop.news_faces import KEPT, Screen
from ui.desktop.news.presenter import NewsChange, NewsPresenter
from ui.desktop.shell import Location


@pytest.fixture
def screen():
    return Screen()


def add(screen: Screen, *days: int, **more) -> None:
    for day in days:
        item = replace(KEPT, **{"date": date(2025, 10, day), "title": f"Tin ngày {day}"} | more)
        assert screen.news.commit(NewsChange("thêm tin", (), (item,)))


def test_the_counter_says_how_many_are_lacking_as_items_are_kept(screen):
    said = [screen.face.counter]
    for day in (1, 2, 3, 4):
        add(screen, day)
        said.append(screen.face.counter)
    assert said == [
        "0/4 tin, bài còn thiếu 4",
        "1/4 tin, bài còn thiếu 3",
        "2/4 tin, bài còn thiếu 2",
        "3/4 tin, bài còn thiếu 1",
        "4/4 tin, bài đã đủ",
    ]


def test_months_quarter_and_year_stand_beside_it_under_both_bases(screen):
    """
    Ngày 20/10:      Th. 10  Th. 11  Th. 12  Quý IV  Năm 2025
    Dương lịch            1       0       0     1/4         1
    Kỳ 15–14 (NĐ 09)      0       1       0     1/4         1
    """
    add(screen, 20)
    (board,) = screen.face.boards
    assert board.heads == ("Th. 10", "Th. 11", "Th. 12", "Quý IV", "Năm 2025")
    assert [(name, here, [one.text for one in figures]) for name, here, figures in board.lines] == [
        ("Dương lịch", True, ["1", "0", "0", "1/4", "1"]),
        ("Kỳ 15–14 (NĐ 09)", False, ["0", "1", "0", "1/4", "1"]),
    ]


def test_a_month_tells_of_the_quarter_that_the_rule_asks_and_a_year_of_its_quarters(screen):
    add(screen, 1, 2, 3, 4)
    screen.news.choose(Period("2025-10"))
    assert screen.face.counter == "4/4 tin, bài đã đủ · trong quý IV năm 2025"
    screen.news.choose(Period("2025"))
    assert screen.face.counter == "4 tin, bài 1/4 quý đạt"


def test_programmes_with_different_rules_have_a_counter_each():
    screen = Screen(by_month(), monthly())
    add(screen, 1, 2)
    add(screen, 3, kind=NewsKind.SLOT, counted=False)
    assert [(board.big, board.words) for board in screen.face.boards] == [
        ("2/4 tin, bài", "còn thiếu 2"),
        ("1 chuyên mục", "0/3 tháng đạt"),
    ]
    screen.news.choose(Period("2025-10"))
    assert [board.big for board in screen.face.boards] == ["2/4 tin, bài", "1/2 chuyên mục"]


def test_the_period_of_the_first_visit_is_the_one_the_rule_asks_for():
    assert Screen(place="").face.period == "2025-Q4"
    assert Screen(monthly(), place="").face.period == "2025-12"


@pytest.mark.parametrize("place", ["2025-Q3", str(Location("nq28_hue", Period("2025-Q3"), "news_counted"))])
def test_one_is_sent_to_a_period_by_its_label_or_by_a_report(place):
    assert Screen(place=place).face.period == "2025-Q3"


def test_the_next_and_the_previous_period_are_one_key_away(screen):
    screen.news.turn(-1)
    assert screen.face.period == "2025-Q3"
    screen.news.turn(1)
    assert screen.face.period == "2025-Q4"
    screen.news.turn(1)
    assert screen.face.period == "2025-Q4", "there is no later year to show"


def test_keeping_an_item_of_another_quarter_shows_that_quarter(screen):
    add(screen, 5, date=date(2025, 9, 30), title="Tháng chín")
    assert (screen.face.period, screen.face.titles) == ("2025-Q3", ["Tháng chín"])


def test_an_item_of_another_year_is_found_there(screen):
    add(screen, 5, date=date(2024, 2, 29), title="Năm trước")
    assert (screen.face.period, screen.face.titles) == ("2024-Q1", ["Năm trước"])


def test_the_newest_stands_first_and_the_one_just_kept_is_stood_on(screen):
    add(screen, 9, 3)
    assert screen.face.titles == ["Tin ngày 9", "Tin ngày 3"]
    assert screen.face.stood_on == screen.face.rows[1].id


def test_every_step_can_be_taken_back_and_done_again(screen):
    """Add, change, repeat, delete; back to nothing; and all once more."""
    add(screen, 5)
    (item,) = screen.items()
    screen.news.commit(NewsChange("sửa tin", (item,), (replace(item, title="Tên mới"),)))
    screen.news.repeat(item.id, ("website",), 2)
    screen.news.delete(item.id)
    trail = []
    for turn in [screen.stack.undo] * 4 + [screen.stack.redo] * 4:
        turn()
        trail.append([(one.title, one.airings) for one in screen.items()])
    there = [[("Tên mới", 3)], [("Tên mới", 1)], [("Tin ngày 5", 1)], []]
    assert trail == [*there, *reversed(there[:3]), []]
    assert screen.face.titles == []


def test_an_item_added_again_after_it_was_taken_back_has_the_same_id(screen):
    add(screen, 5)
    (first,) = screen.items()
    screen.stack.undo()
    screen.stack.redo()
    assert screen.items() == (first,)


def test_two_alike_are_marked_and_merged_in_one_step(screen):
    add(screen, 5, 9, title="Hội thi nấu ăn", airings=2)
    add(screen, 7, title="Gương phụ nữ làm kinh tế giỏi")
    assert [bool(row.twin) for row in screen.face.rows] == [True, False, True]
    one, other = screen.face.rows[0].id, screen.face.rows[2].id
    assert screen.news.merge(one, other)
    assert [(row.date, row.airings, row.twin) for row in screen.face.rows] == [
        ("07/10/2025", "1", ""),
        ("05/10/2025", "4", ""),
    ]
    assert screen.face.counter.startswith("2/4")
    screen.stack.undo()
    assert [bool(row.twin) for row in screen.face.rows] == [True, False, True]


def test_an_item_published_again_is_not_counted_again(screen):
    add(screen, 5)
    assert screen.news.repeat(screen.face.rows[0].id, ("website", "social_network"), 3)
    (row,) = screen.face.rows
    assert (row.channels, row.airings) == ("Truyền thanh, Trang tin, Mạng xã hội", "4")
    assert screen.face.counter.startswith("1/4")


def test_the_list_is_searched_without_marks_and_says_how_many_of_how_many(screen):
    add(screen, 5, title="Phụ nữ khởi nghiệp")
    add(screen, 6, title="Gia đình hạnh phúc", kind=NewsKind.FEATURE)
    screen.news.look_for(Wanted("nghiep khoi"))
    assert (screen.face.titles, screen.face.of) == (["Phụ nữ khởi nghiệp"], 2)
    screen.news.look_for(Wanted(kind=NewsKind.FEATURE))
    assert screen.face.titles == ["Gia đình hạnh phúc"]


def test_doubles_are_looked_for_too(screen):
    add(screen, 5, 9, title="Hội thi nấu ăn")
    add(screen, 7)
    screen.news.look_for(Wanted(twins=True))
    assert screen.face.titles == ["Hội thi nấu ăn", "Hội thi nấu ăn"]


def test_files_are_told_in_the_list(screen):
    add(screen, 5, files=(Evidence("a" * 64, "trang 5.pdf", 700 << 10), Evidence("b" * 64, "ảnh.png", 3 << 19)))
    (row,) = screen.face.rows
    assert (row.files, row.file_names) == ("2", "trang 5.pdf (700 KB), ảnh.png (1,5 MB)")


def test_a_sealed_quarter_is_closed_until_a_correction_is_opened(screen):
    add(screen, 1, 2, 3, 4)
    screen.desk.sealing.seal("nq28_hue", Period("2025-Q4"), screen.desk.ledger.signers())
    screen.news.refresh()
    words, can_reopen, all_days = screen.face.closed
    assert "niêm phong" in words
    assert (can_reopen, all_days) == (True, True)
    screen.news.delete(screen.face.rows[0].id)
    assert "niêm phong" in screen.face.refused
    assert len(screen.stack.done) == 4, "a refused step leaves the stack"
    screen.news.reopen()
    assert screen.face.closed == ("", False, False)
    screen.news.delete(screen.face.rows[0].id)
    assert len(screen.items()) == 3


def test_under_other_windows_only_some_days_are_closed(screen):
    """Quý IV is sealed by the calendar; quý I năm 2026 of NĐ 09 begins on 15/12."""
    add(screen, 1, 2, 3, 4)
    screen.desk.sealing.seal("nq28_hue", Period("2025-Q4"), screen.desk.ledger.signers())
    screen.news.choose(Period("2025-Q3", Basis.ND09))
    assert screen.face.closed[0] == ""
    screen.news.choose(Period("2025-Q4", Basis.ND09))
    words, _, all_days = screen.face.closed
    assert "từ 01/10 đến 31/12/2025" in words
    assert not all_days


def test_files_that_nobody_names_any_more_go_when_the_screen_is_opened_anew(screen):
    item = screen.desk.news.attach(screen.desk.news.save(KEPT), "trang.pdf", b"%PDF- trang")
    screen.desk.news.detach(item, item.files[0].digest)
    assert screen.desk.news.file(item.files[0].digest)
    NewsPresenter(screen.face, screen.desk, screen.program, screen.stack.push)
    assert screen.desk.news.file(item.files[0].digest) == b""
