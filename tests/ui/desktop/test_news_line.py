"""The entry line: what it offers, what it says while somebody types, which item comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.model.news_item import NewsKind, Origin
from tests.ui.desktop.news_faces import KEPT, Screen
from ui.desktop.news.entry_line_presenter import TypedNewsItem, toggled

GOOD = TypedNewsItem(date="5/10", title="Tin thứ nhất", channels=("loudspeaker",))


@pytest.fixture
def screen():
    return Screen()


def test_an_item_is_kept_and_the_next_line_keeps_its_day_kind_and_channels(screen):
    assert screen.line.save(replace(GOOD, kind=NewsKind.FEATURE, airings="3"))
    (item,) = screen.items()
    assert (item.date, item.title, item.kind, item.airings) == (date(2025, 10, 5), "Tin thứ nhất", NewsKind.FEATURE, 3)
    line = screen.face.line
    assert (line.date, line.title, line.kind, line.channels, line.airings) == (
        "05/10/2025",
        "",
        NewsKind.FEATURE,
        ("loudspeaker",),
        "1",
    )
    assert screen.face.began == "date"


def test_the_first_line_of_a_period_offers_today_and_of_another_period_no_day():
    assert Screen().face.line.date == "31/12/2025"
    assert Screen(place="2025-Q1").face.line.date == ""


def test_the_next_day_is_one_more(screen):
    screen.line.save(GOOD)
    screen.line.save(replace(GOOD, date="+1", title="Tin thứ hai"))
    assert [item.date.day for item in screen.items()] == [5, 6]


def test_the_item_before_is_repeated_to_be_changed(screen):
    screen.line.save(replace(GOOD, airings="7", evidence="tr. 5"))
    screen.line.again()
    assert screen.face.line == replace(GOOD, date="05/10/2025", airings="7", evidence="tr. 5")


def test_the_counter_moves_while_the_item_is_still_typed(screen):
    screen.line.typing(GOOD)
    assert screen.face.counter == "1/4 tin, bài còn thiếu 3 · tính cả tin đang gõ"
    screen.line.typing(replace(GOOD, title=" "))
    assert screen.face.counter == "0/4 tin, bài còn thiếu 4"


@pytest.mark.parametrize("typed", [replace(GOOD, date="30/9"), replace(GOOD, counted=False), replace(GOOD, date="32")])
def test_an_item_of_another_period_or_that_does_not_count_does_not_move_it(screen, typed):
    screen.line.typing(typed)
    assert screen.face.counter == "0/4 tin, bài còn thiếu 4"


def test_while_an_item_is_changed_it_is_not_counted_twice(screen):
    screen.line.save(GOOD)
    screen.line.edit(screen.items()[0].id)
    screen.line.typing(replace(screen.face.line, title="Tên mới"))
    assert screen.face.counter.startswith("1/4")
    screen.line.typing(replace(screen.face.line, counted=False))
    assert screen.face.counter.startswith("0/4")


def test_the_day_is_said_as_it_is_understood_and_written_out_once_left(screen):
    screen.line.typing(replace(GOOD, title="", date="5"))
    assert screen.face.echo == "Thứ Sáu, 05/12/2025"
    assert screen.line.normal_day(replace(GOOD, date="hn")) == "31/12/2025"
    assert screen.line.normal_day(replace(GOOD, date="mai")) == "mai"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (replace(GOOD, date=""), "date"),
        (replace(GOOD, date="32/10/2025"), "date"),
        (replace(GOOD, title="  "), "title"),
        (replace(GOOD, channels=()), "channels"),
        (replace(GOOD, airings=""), "airings"),
        (replace(GOOD, airings="hai"), "airings"),
        (replace(GOOD, airings="٢"), "airings"),
        (replace(GOOD, airings="9" * 30), "airings"),
        (replace(GOOD, minutes="-1"), "minutes"),
        (replace(GOOD, words="1,5"), "words"),
        (replace(GOOD, counted=False), "reason"),
    ],
)
def test_what_is_lacking_is_named_by_its_field_and_nothing_is_kept(screen, typed, field):
    assert not screen.line.save(typed)
    assert screen.face.problem[0] == field
    assert screen.face.problem[1]
    assert screen.stack.done == []


def test_with_a_reason_an_item_counts_otherwise_than_the_rule_says(screen):
    assert screen.line.save(replace(GOOD, kind=NewsKind.SLOT, counted=True, reason="Sở cho phép"))
    assert screen.items()[0].counted


def test_the_rule_of_the_programme_says_what_is_counted(screen):
    assert screen.line.suggests(replace(GOOD, kind=NewsKind.FEATURE))
    assert not screen.line.suggests(replace(GOOD, kind=NewsKind.SLOT))
    assert not screen.line.suggests(replace(GOOD, origin=Origin.RELAYED))


def test_a_change_goes_back_to_the_list_and_one_that_changes_nothing_is_no_step(screen):
    screen.line.save(GOOD)
    screen.line.edit(screen.items()[0].id)
    assert (screen.face.editing, screen.face.line.title) == (True, "Tin thứ nhất")
    assert screen.line.save(screen.face.line)
    assert (len(screen.stack.done), screen.face.began, screen.face.editing) == (1, "list", False)
    screen.line.edit(screen.items()[0].id)
    screen.line.save(replace(screen.face.line, title="Tên mới", minutes="3"))
    assert [(item.title, item.minutes) for item in screen.items()] == [("Tên mới", 3)]


def test_what_the_line_does_not_show_stays_as_it_was(screen):
    known = screen.desk.news.save(replace(KEPT, language="ta-oi"))
    screen.news.choose(screen.news.period)
    screen.line.edit(known.id)
    screen.line.save(replace(screen.face.line, title="Tên mới"))
    assert screen.items()[0].language == "ta-oi"


@pytest.mark.parametrize("title", ["TIN THU NHAT", "Tin thứ nhất"])
def test_a_likely_double_is_pointed_out_while_it_is_typed(screen, title):
    screen.line.save(GOOD)
    screen.line.typing(replace(GOOD, date="9/10", title=title))
    assert screen.face.twin == (screen.items()[0].id, "Giống tin ngày 05/10/2025 “Tin thứ nhất”.")
    screen.line.typing(replace(GOOD, date="19/10", title=title))
    assert screen.face.twin == ("", "")


def test_an_item_is_no_double_of_itself_while_it_is_changed(screen):
    screen.line.save(GOOD)
    screen.line.edit(screen.items()[0].id)
    screen.line.typing(replace(screen.face.line, title="Tin thứ nhất."))
    assert screen.face.twin == ("", "")


def test_the_double_that_is_typed_becomes_an_airing_of_the_item_it_is_like(screen):
    screen.line.save(GOOD)
    double = replace(GOOD, date="9/10", channels=("website",), airings="2")
    screen.line.typing(double)
    assert screen.line.as_airings(double)
    (item,) = screen.items()
    assert (item.airings, item.channels) == (3, ("loudspeaker", "website"))
    assert screen.face.line.title == ""
    screen.stack.undo()
    assert screen.items()[0].airings == 1


def test_without_a_double_nothing_becomes_an_airing(screen):
    screen.line.typing(GOOD)
    assert not screen.line.as_airings(GOOD)
    assert screen.stack.done == []


def test_a_second_press_takes_the_channel_away():
    assert toggled(("website",), "loudspeaker") == ("loudspeaker", "website")
    assert toggled(("loudspeaker", "website"), "loudspeaker") == ("website",)
