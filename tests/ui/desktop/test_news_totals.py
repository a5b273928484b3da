"""A period without a list: totals are typed into the report's own cells; items and totals are never both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.model.cell import CellState
from forms.model.period import Period
from tests.news_packs import by_month, monthly
from tests.ui.desktop.news_faces import KEPT, Screen
from ui.desktop.news.presenter import NewsChange
from ui.desktop.news.totals_presenter import TotalsPresenter


class TotalsFace:
    def __init__(self):
        self.offer, self.totals, self.boards, self.problem = "", None, (), ("", "")

    def show(self, page):
        self.offer, self.totals, self.boards = page.offer, page.totals, page.boards

    def show_problem(self, cell, words):
        self.problem = (cell, words)

    @property
    def table(self) -> list[list[str]]:
        """Words, or […] around what is typed."""
        return [[f"[{spot.text}]" if spot.cell else spot.text for spot in spots] for _, _, spots in self.totals.rows]


class TotalsScreen(Screen):
    def __init__(self, *more, place: str = "2025-Q4") -> None:
        super().__init__(*more, place=place)
        self.shown = TotalsFace()
        self.totals = TotalsPresenter(self.shown.show, self.shown.show_problem, self.desk, self.stack.push)
        self.show()

    def show(self, period: str = "") -> None:
        if period:
            self.news.choose(Period(period))
        self.totals.show(self.news.period, self.news.reports, self.news.book)

    def cell(self, name: str, period: str = "2025-Q4", programme: str = "months"):
        return self.desk.entry.open(programme, Period(period)).cell(name)


@pytest.fixture
def screen():
    return TotalsScreen(by_month())


def test_counts_by_months_stand_under_them_and_the_whole_in_the_last_column(screen):
    """
               Tháng 10  Tháng 11  Tháng 12  Cả quý
    Tin, bài                                 [  ]
    Tin         [  ]      [  ]      [  ]
    """
    screen.totals.turn()
    assert screen.shown.totals.heads == ("Tháng 10", "Tháng 11", "Tháng 12", "Cả quý")
    assert screen.shown.table == [["", "", "", "[]"], ["[]", "[]", "[]", ""], ["[]", "[]", "[]", ""]]


def test_what_is_typed_is_kept_in_the_report_and_added_up(screen):
    screen.totals.turn()
    for cell, text in (("all", "5"), ("briefs.first", "2"), ("briefs.second", "0"), ("briefs.third", "1")):
        assert screen.totals.put(cell, text)
    assert screen.shown.table[:2] == [["", "", "", "[5]"], ["[2]", "[0]", "[1]", "3"]]
    assert screen.cell("briefs.first").amount == 2
    (board,) = screen.shown.boards
    assert (board.big, board.words) == ("5/4 tin, bài", "đã đủ · số tổng, không có danh mục")
    assert board.lines == (), "totals have no days and so no other basis"


def test_signs_are_answers_here_as_in_the_grid(screen):
    screen.totals.turn()
    screen.totals.put("briefs.first", "-")
    assert screen.cell("briefs.first").state is CellState.NONE


def test_what_is_no_number_is_not_kept_and_its_place_is_named(screen):
    screen.totals.turn()
    assert not screen.totals.put("all", "năm")
    assert screen.shown.problem[0] == "all"
    assert screen.cell("all").state is CellState.BLANK


def test_what_contradicts_itself_is_told(screen):
    screen.totals.turn()
    screen.totals.put("all", "1")
    for part in ("first", "second", "third"):
        screen.totals.put(f"briefs.{part}", "1")
        screen.totals.put(f"features.{part}", "0")
    assert screen.shown.totals.wrong == ("Tin cộng bài lớn hơn tổng số. Nhập lại.",)


def test_a_period_with_typed_totals_opens_with_them(screen):
    screen.totals.turn()
    screen.totals.put("all", "5")
    again = TotalsPresenter(screen.shown.show, screen.shown.show_problem, screen.desk, screen.stack.push)
    again.show(screen.news.period, screen.news.reports, screen.news.book)
    assert again.is_on
    assert screen.shown.offer == "Ghi từng tin, bài"


def test_where_there_are_items_totals_are_not_offered_and_follow_from_them(screen):
    assert screen.shown.offer == "Chỉ ghi số tổng"
    screen.news.commit(NewsChange("thêm tin", (), (KEPT,)))
    screen.show()
    assert (screen.shown.offer, screen.shown.totals) == ("", None)
    assert screen.cell("all").amount == 1


def test_back_to_the_list_the_totals_are_taken_out_and_can_be_had_again(screen):
    screen.totals.turn()
    screen.totals.put("all", "5")
    screen.totals.turn()
    assert not screen.totals.is_on
    assert screen.cell("all").state is CellState.BLANK
    screen.stack.undo()
    assert screen.totals.is_on
    assert screen.cell("all").amount == 5


def test_typing_is_taken_back_and_done_again_also_after_going_elsewhere(screen):
    screen.totals.turn()
    screen.totals.put("all", "5")
    screen.show("2025-Q3")
    screen.stack.undo()
    assert screen.cell("all").state is CellState.BLANK
    screen.stack.redo()
    assert screen.cell("all").amount == 5
    assert not screen.totals.is_on, "another quarter is shown"


def test_a_month_of_the_quarter_leads_to_the_quarters_totals_and_a_year_to_none(screen):
    screen.show("2025-11")
    screen.totals.turn()
    assert "quý IV năm 2025" in screen.shown.totals.title
    screen.show("2025")
    assert screen.shown.offer == ""


def test_a_form_for_each_month_has_one_column(screen):
    screen = TotalsScreen(monthly(), place="2025-11")
    screen.totals.turn()
    screen.totals.put("slots_aired", "2")
    assert (screen.shown.totals.heads, screen.shown.table) == (("Cả tháng",), [["[2]"]])
    assert screen.shown.boards[0].big == "2/2 chuyên mục"


def test_the_shipped_quarter_takes_totals_too():
    screen = TotalsScreen()
    screen.totals.turn()
    screen.totals.put("news_counted", "4")
    assert screen.cell("news_counted", programme="nq28_hue").amount == 4


def test_a_sealed_quarter_is_not_typed_into():
    screen = TotalsScreen()
    for day in (1, 2, 3, 4):
        screen.desk.news.save(replace(KEPT, date=date(2025, 10, day)))
    screen.desk.sealing.seal("nq28_hue", Period("2025-Q4"), screen.desk.ledger.signers())
    screen.news.start("2025-Q4")
    screen.show()
    assert screen.shown.offer == ""
