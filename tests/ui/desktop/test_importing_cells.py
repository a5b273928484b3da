"""Somebody's own table: which number is which cell of the form, proposed by titles, pointed at by hand, kept under a name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from forms.model.period import Period
from forms.workbooks.sheet_map import CellPlace, RowOrColumn, SheetMap
from tests.ui.desktop.workbooks import Office, table
from ui.desktop.importing.mapping_presenter import CellsPresenter, CellsShown, Pointing
from ui.desktop.shell import Location

Q4 = Location("nq28_hue", Period("2025-Q4"))
OWN = Path("/stick/Biểu của Sở.xlsx")
# Two rows are called as the form calls them; one is not.
TABLE = (
    ("STT", "Nội dung", "Quý trước", "Số liệu"),
    (1, "Số tin, bài được tính trong quý", 3, 5),
    (2, "Trong đó: tin", 2, 4),
    (3, "Bài viết dài", 1, 1),
)


@dataclass
class CellsFace:
    saved: tuple = ()
    kept_as: str = ""
    news: str = ""
    rows: tuple = ()
    words: str = ""
    pointing: Pointing | None = None
    problem: str = ""

    def show(self, page: CellsShown) -> None:
        saved = page.saved
        self.saved, self.chosen, self.kept_as, self.news = saved.names, saved.chosen, saved.name, saved.news
        self.rows, self.words, self.pointing, self.problem = page.rows, page.words, page.pointing, page.problem

    def line(self, cell: str) -> list[str]:
        return next([item.text for item in row.items][1:] for row in self.rows if row.id == cell)


class Mapped:
    """The office with its own table brought: how it is read has to be said."""

    def __init__(self, *lines: tuple, mapping: str = "") -> None:
        self.office, self.face = Office(), CellsFace()
        self.office.screen.start(Q4)
        self.office.bring(table(*(lines or TABLE)), OWN)
        self.cells = CellsPresenter(self.face.show, self.office.desk, self.office.frame, self.office.screen)
        seen = self.office.face
        self.cells.begin(seen.report, seen.source, mapping)

    def kept_place(self, cell: str) -> CellPlace:
        self.cells.go("Sở")
        return self.kept("Sở").cells[cell]

    def kept(self, name: str) -> SheetMap:
        return self.office.desk.mappings.get(name)


@pytest.fixture
def own() -> Mapped:
    return Mapped()


def test_what_the_titles_tell_is_proposed(own):
    assert own.face.line("news_counted") == ["Biểu 1!D2", "5"]
    assert own.face.line("news_brief") == ["Biểu 1!D3", "4"]
    assert own.face.line("news_feature") == ["chưa rõ", ""]
    assert own.face.words == "Đã rõ 2/12 ô. Ô chưa rõ: số trong sổ giữ nguyên."
    assert own.face.kept_as == "Biểu của Sở"


def test_rows_and_columns_are_offered_by_what_stands_in_them(own):
    own.cells.stand("news_feature")
    shown = own.face.pointing
    assert shown.rows == (
        ("1 · STT", 0),
        ("2 · Số tin, bài được tính trong quý", 1),
        ("3 · Trong đó: tin", 2),
        ("4 · Bài viết dài", 3),
    )
    assert shown.columns == (("A · STT", 0), ("B · Nội dung", 1), ("C · Quý trước", 2), ("D · Số liệu", 3))
    assert (shown.at.row, shown.at.column) == (None, None)


def test_a_cell_is_pointed_at_and_the_next_one_needs_only_its_row(own):
    own.cells.stand("news_feature")
    own.cells.point(3, 3)
    assert own.face.line("news_feature") == ["Biểu 1!D4", "1"]
    own.cells.stand("news_own")
    assert own.face.pointing.at.column == 3


def test_it_is_kept_under_a_name_and_shows_what_it_would_bring(own):
    own.cells.stand("news_feature")
    own.cells.point(3, 3)
    own.cells.go("Sở")
    assert own.kept("Sở").cells["news_feature"] == CellPlace(
        "Biểu 1", RowOrColumn(3), RowOrColumn(3), ("Bài viết dài",), ("Số liệu",), ()
    )
    assert own.office.face.shown.words == "3 chỗ sẽ thay đổi"
    own.office.screen.take()
    report = own.office.desk.entry.open("nq28_hue", Period("2025-Q4"))
    assert {name: cell.amount for name, cell in report.cells.items()} == {
        "news_counted": 5,
        "news_brief": 4,
        "news_feature": 1,
    }


def test_what_was_kept_is_taken_the_next_time(own):
    own.cells.go("Sở")
    seen = own.office.face
    own.cells.begin(seen.report, seen.source, "")
    assert (own.face.saved, own.face.chosen, own.face.kept_as) == (("Sở",), "Sở", "Sở")


def test_of_several_ways_the_one_that_this_workbook_was_made_for_is_taken(own):
    """“Biểu cũ” stands first, but nothing of it is in this workbook."""
    old = CellPlace("Biểu 1", RowOrColumn(words=("Tổng số tin",)), RowOrColumn(3))
    own.office.desk.mappings.save("Biểu cũ", SheetMap("nq28_hue", "quarter_news", {"news_counted": old}))
    own.cells.go("Sở")
    seen = own.office.face
    own.cells.begin(seen.report, seen.source, "")
    assert (own.face.saved, own.face.chosen) == (("Biểu cũ", "Sở"), "Sở")


def test_where_no_way_fits_the_titles_are_asked(own):
    old = CellPlace("Biểu 1", RowOrColumn(words=("Tổng số tin",)), RowOrColumn(3))
    own.office.desk.mappings.save("Biểu cũ", SheetMap("nq28_hue", "quarter_news", {"news_counted": old}))
    seen = own.office.face
    own.cells.begin(seen.report, seen.source, "")
    assert (own.face.chosen, own.face.words) == ("", "Đã rõ 2/12 ô. Ô chưa rõ: số trong sổ giữ nguyên.")


def test_an_old_way_that_no_longer_leads_anywhere_says_so(own):
    place = CellPlace("Biểu 1", RowOrColumn(words=("Tổng số tin",)), RowOrColumn(3))
    own.office.desk.mappings.save("Cũ", SheetMap("nq28_hue", "quarter_news", {"news_counted": place}))
    own.cells.choose("Cũ")
    assert own.face.line("news_counted") == ["không thấy", ""]


def test_ways_for_other_forms_are_not_offered(own):
    own.office.desk.mappings.save(
        "Năm", SheetMap("nq28_hue", "year_indicators", {"x": CellPlace("", RowOrColumn(0), RowOrColumn(0))})
    )
    seen = own.office.face
    own.cells.begin(seen.report, seen.source, "")
    assert own.face.saved == ()


def test_another_ones_name_is_taken_only_once_agreed_to(own):
    own.office.desk.mappings.save(
        "Năm", SheetMap("nq28_hue", "year_indicators", {"x": CellPlace("", RowOrColumn(0), RowOrColumn(0))})
    )
    own.office.ask.yes = False
    own.cells.go("Năm")
    assert own.office.ask.asked == ["Thay bảng đối chiếu “Năm”?"]
    assert own.kept("Năm").form == "year_indicators"
    assert own.office.face.shown is None


def test_without_a_name_or_a_cell_one_stays_and_is_told(own):
    own.cells.go(" ")
    assert own.face.problem.startswith("Chưa đặt tên")
    for cell in ("news_counted", "news_brief"):
        own.cells.stand(cell)
        own.cells.clear()
    own.cells.go("Sở")
    assert own.face.problem.startswith("Chưa chỉ ô nào.")
    assert own.office.desk.mappings.names() == ()


def test_a_way_is_dropped_once_confirmed(own):
    own.cells.go("Sở")
    own.cells.choose("Sở")
    own.office.ask.yes = False
    own.cells.drop()
    assert own.face.saved == ("Sở",)
    own.office.ask.yes = True
    own.cells.drop()
    assert (own.face.saved, own.face.chosen) == ((), "")


def test_the_titles_of_the_columns_may_stand_in_another_row():
    own = Mapped(("BIỂU",), ("", "", "cũ", "mới"), *TABLE[1:])
    own.cells.stand("news_own")
    own.cells.head(1)
    assert own.face.pointing.columns[-1] == ("D · mới", 3)


def test_from_the_preview_one_comes_back_to_say_it_anew(own):
    own.cells.go("Sở")
    own.office.screen.map_again()
    assert own.office.face.mapping == "Sở"


def test_a_list_of_items_in_the_same_workbook_comes_along_unless_declined():
    lines = (*TABLE, (), ("Ngày đăng", "Tiêu đề", "Loại", "Kênh"), ("03/10/2025", "Phát động", "Tin", "Loa"))
    own = Mapped(*lines)
    assert own.face.news == "sheet “Biểu 1”"
    own.cells.with_news(False)
    own.cells.go("Sở")
    assert own.kept("Sở").news is None


# A table that can be read two ways: two sources, and one title in thousands.
DOUBTFUL = (
    ("STT", "Nội dung", "Số của đài", "Số của phòng"),
    (1, "Số tin, bài được tính trong quý", 5, 6),
    (2, "Trong đó: tin (nghìn tin)", 4, None),
)


def test_what_has_two_readings_waits_for_a_person_with_every_candidate():
    own = Mapped(*DOUBTFUL)
    assert own.face.line("news_counted") == ["chờ chọn (2 chỗ)", "5, 6?"]
    assert "2 ô có nhiều cách đọc, chờ chọn." in own.face.words
    own.cells.stand("news_counted")
    assert own.face.pointing.why.startswith("Chỗ có tên này chưa chắc là số cần lấy")
    assert own.face.pointing.offers == (
        ("Biểu 1!C2 · 5 · Số của đài · Số tin, bài được tính trong quý · không rõ tiêu đề cột “Số của đài”", 0),
        ("Biểu 1!D2 · 6 · Số của phòng · Số tin, bài được tính trong quý · không rõ tiêu đề cột “Số của phòng”", 1),
    )
    own.cells.pick(1)
    assert own.face.line("news_counted") == ["Biểu 1!D2", "6"]
    own.cells.go("Sở")
    own.office.screen.take()
    report = own.office.desk.entry.open("nq28_hue", Period("2025-Q4"))
    assert {name: cell.amount for name, cell in report.cells.items()} == {"news_counted": 6}


def test_thousands_are_offered_multiplied_and_as_they_stand():
    own = Mapped(*DOUBTFUL)
    own.cells.stand("news_brief")
    assert [words.split(" · ")[1] for words, _ in own.face.pointing.offers] == ["4 × 1.000", "4"]
    own.cells.pick(0)
    assert own.kept_place("news_brief").scale == 1000


def test_thousands_that_are_pointed_at_are_asked_about_too():
    own = Mapped(*DOUBTFUL)
    own.cells.stand("news_feature")
    own.cells.point(2, 2)
    assert own.face.line("news_feature") == ["chờ chọn (1 chỗ)", "4?"]
    assert "nghìn" in own.face.problem
    own.cells.pick(1)
    assert (own.face.line("news_feature"), own.face.problem) == (["Biểu 1!C3", "4"], "")
