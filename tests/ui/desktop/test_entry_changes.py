"""What a key or a paste makes of cells: numbers, signs, notes, marks, figures carried forward."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from forms.model.cell import CellState, given
from forms.model.news_item import NewsItem, NewsKind
from tests.ui.desktop.entry import Desktop
from tests.ui.desktop.parts import FakeProgram, desk_of
from ui.desktop.entry.paste import parse

WOMEN, ALL = "women_led_agencies.council", "agencies.council"


@pytest.fixture
def here():
    made = Desktop(desk_of(FakeProgram()))
    made.entry.start("2025")
    return made


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("-", CellState.NONE),
        ("x", CellState.NOT_APPLICABLE),
        (".", CellState.NOT_COLLECTED),
        ("…", CellState.NOT_COLLECTED),
        ("  ", CellState.BLANK),
    ],
)
def test_a_sign_says_why_there_is_no_number(here, typed, state):
    here.entry.put(WOMEN, "1")
    here.entry.put(WOMEN, typed)
    assert here.stored(WOMEN).state is state


def test_what_cannot_be_read_stays_as_typed_and_says_where_and_what_now(here):
    assert not here.entry.put(WOMEN, "8a")
    shown = here.face.cell(WOMEN)
    assert (shown.text, shown.is_refused, shown.tone) == ("8a", True, "error")
    assert here.face.refused.startswith("1.1.1. ")
    assert "Chưa cất ô này" in here.face.refused
    assert here.edits == []
    assert here.entry.put(WOMEN, "1")
    assert (here.face.cell(WOMEN).text, here.face.cell(WOMEN).is_refused, here.face.refused) == ("1", False, "")


def test_an_unusual_number_is_taken_with_an_echo_and_an_ambiguous_one_is_asked_about(here):
    here.entry.put("population.female", "1.234")
    assert here.stored("population.female").amount == Decimal(1234)
    here.entry.put("population.female", "8.5")
    assert "8,5" in here.face.refused
    here.entry.put("population.female", "1,234")
    assert "hai cách" in here.face.refused


@pytest.mark.parametrize("typed", ["8,5", "1,0", "1.00", "1,0000", "0.000"])
def test_a_cell_of_whole_numbers_takes_digits_only(here, typed):
    here.entry.put(ALL, "1.000")
    assert not here.entry.put(ALL, typed)
    assert here.stored(ALL).amount == 1000
    assert (here.face.cell(ALL).text, here.face.cell(ALL).tone) == (typed, "error")


def test_a_negative_number_can_be_typed_and_is_told_to_be_wrong(here):
    here.entry.put(WOMEN, "-5")
    assert here.stored(WOMEN).amount == Decimal(-5)
    assert [one.check for one in here.face.found if one.cells == (WOMEN,)] == [f"range:{WOMEN}"]


def test_one_key_empties_or_signs_all_that_is_chosen_in_one_act(here):
    here.entry.sign([WOMEN, ALL, "women_led_agencies_share"], CellState.NONE)
    assert [here.stored(name).state for name in (WOMEN, ALL)] == [CellState.NONE] * 2
    assert len(here.edits) == 1
    here.undo()
    assert [here.stored(name).state for name in (WOMEN, ALL)] == [CellState.BLANK] * 2


def test_a_note_and_the_mark_to_look_again_stay_when_the_number_changes(here):
    here.entry.put(WOMEN, ".")
    here.entry.note(WOMEN, " Chưa có quyết định ")
    here.entry.flag([WOMEN])
    here.entry.put(WOMEN, "1")
    cell = here.stored(WOMEN)
    assert (cell.amount, cell.note, cell.flagged) == (1, "Chưa có quyết định", True)
    here.entry.flag([WOMEN])
    assert not here.stored(WOMEN).flagged
    shown = here.face.cell(WOMEN)
    assert (shown.has_note, shown.is_flagged) == (True, False)


def test_carrying_fills_what_is_blank_and_marks_it_until_it_is_confirmed_or_typed_over(here):
    """
    2024:  1 0 | 1 1
    2025:  7 _ | _ _   →  7 0* | 1* 1*
    """
    names = [WOMEN, "women_led_agencies.committee", ALL, "agencies.committee"]
    here.write("2024", dict(zip(names, map(given, (1, 0, 1, 1)), strict=True)))
    here.entry.start("2025")
    here.entry.put(WOMEN, "7")
    assert here.entry.carry(names) == 3
    assert [here.stored(name).amount for name in names] == [7, 0, 1, 1]
    assert [here.face.cell(name).is_carried for name in names] == [False, True, True, True]
    assert [one.level for one in here.face.found if one.check == f"carried:{ALL}"] == ["error"]
    here.entry.confirm([ALL])
    here.entry.put("agencies.committee", "1")
    assert [here.face.cell(name).is_carried for name in names] == [False, True, False, False]
    for _ in range(3):
        here.undo()
    assert [here.stored(name).state for name in names[1:]] == [CellState.BLANK] * 3


def test_where_there_is_nothing_to_carry_that_is_said(here):
    assert here.entry.carry([WOMEN]) == 0
    assert "Không có số liệu kỳ trước" in here.face.refused
    assert here.edits == []


def test_copying_down_takes_the_figure_and_not_the_note(here):
    here.entry.put(WOMEN, "4")
    here.entry.note(WOMEN, "theo quyết định 12")
    here.entry.note(ALL, "ghi chú riêng")
    here.entry.copy_down([(WOMEN, ALL)])
    assert (here.stored(ALL).amount, here.stored(ALL).note) == (4, "ghi chú riêng")


def test_a_paste_is_one_act_and_goes_back_whole(here):
    chosen = [here.face.layout.places[WOMEN]]
    here.entry.paste(here.entry.plans(parse("1\t0\r\n1\t1\r\n"), chosen)[0])
    assert [here.face.cell(name).text for name in here.face.layout.cells] == ["1", "0", "1", "1"]
    assert [edit.words for edit in here.edits] == ["dán 4 ô"]
    here.undo()
    assert all(here.stored(name).state is CellState.BLANK for name in here.face.layout.cells)


def test_nothing_is_written_over_a_cell_of_the_news_ledger(here):

    here.desk.news.save(NewsItem("", date(2025, 10, 3), "Tin", NewsKind.BRIEF, ("website",)))
    here.entry.start("2025")
    here.entry.sign(["news_q4"], CellState.BLANK)
    here.entry.copy_down([("news_q3", "news_q4")])
    assert (here.edits, here.face.refused) == ([], "")
