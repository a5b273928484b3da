"""A list of news items in somebody's own workbook: its columns, its words, and what of it comes into the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.workbooks.cell_parsing import DayOrder
from forms.workbooks.sheet_map import CellPlace, NewsColumns, NewsField, RowOrColumn, SheetMap
from tests.ui.desktop.workbooks import Office, table
from ui.desktop.importing.mapping_presenter import ColumnOptions, ColumnsPresenter, ColumnsShown
from ui.desktop.shell import Location

Q4 = Location("nq28_hue", Period("2025-Q4"))
FILE = Path("/stick/Tin bài.xlsx")
HEAD = ("STT", "Ngày đăng", "Tên tin, bài", "Thể loại", "Kênh")
LIST = (
    ("DANH SÁCH TIN, BÀI",),
    HEAD,
    (1, date(2025, 10, 3), "Phát động", "Tin", "Loa; Facebook"),
    (2, date(2025, 10, 10), "Gương điển hình", "Phóng sự ảnh", "Tổ dân phố"),
)


@dataclass
class ColumnsFace:
    saved: tuple = ()
    chosen: str = ""
    options: ColumnOptions | None = None
    columns: NewsColumns | None = None
    kinds: tuple = ()
    channels: tuple = ()
    told: str = ""
    problem: str = ""

    def show(self, page: ColumnsShown) -> None:
        self.saved, self.chosen, self.kept_as = page.saved.names, page.saved.chosen, page.saved.name
        self.options, self.columns = page.options, page.columns
        self.kinds, self.channels, self.told, self.problem = page.kinds, page.channels, page.told, page.problem


class Listed:
    """The office with its list brought."""

    def __init__(self, *lines: tuple) -> None:
        self.office, self.face = Office(only_news=True), ColumnsFace()
        self.office.screen.start(Q4)
        self.office.bring(table(*(lines or LIST)), FILE)
        self.columns = ColumnsPresenter(self.face.show, self.office.desk, self.office.frame, self.office.screen)
        self.begin()

    def begin(self) -> None:
        seen = self.office.face
        self.columns.begin(seen.report, seen.source, "")

    def items(self) -> list[tuple]:
        return [(item.date.day, item.title, item.kind, item.channels) for item in self.office.desk.news.list(Q4.period)]


@pytest.fixture
def own() -> Listed:
    return Listed()


def test_columns_are_known_by_their_titles(own):
    assert own.face.options.head == 1
    assert own.face.options.titles == HEAD
    assert own.face.columns.columns == {
        NewsField.DATE: "Ngày đăng",
        NewsField.TITLE: "Tên tin, bài",
        NewsField.KIND: "Thể loại",
        NewsField.CHANNELS: "Kênh",
    }
    assert own.columns.knows_enough


def test_words_that_nobody_knows_are_asked_about_once(own):
    assert (own.face.kinds, own.face.channels) == (("Phóng sự ảnh",), ("Tổ dân phố",))
    assert own.face.told.startswith("2 chữ trong danh sách chưa rõ nghĩa")
    own.columns.mean_kind("Phóng sự ảnh", NewsKind.FEATURE)
    own.columns.mean_channel("Tổ dân phố", "communicator")
    assert (own.face.kinds, own.face.channels, own.face.told) == ((), (), "")
    own.columns.go("Tin")
    own.begin()
    assert (own.face.chosen, own.face.told) == ("Tin", "")


def test_items_come_into_the_ledger_and_the_figures_follow(own):
    own.columns.mean_kind("Phóng sự ảnh", NewsKind.FEATURE)
    own.columns.mean_channel("Tổ dân phố", "communicator")
    own.columns.go("Tin")
    seen = own.office.face
    assert seen.shown.words == "2 tin, bài sẽ vào sổ"
    assert [line[0] for line in seen.lines() if len(line) == 1] == [
        "Tin, bài (2)",
        "Số đếm theo danh mục tin, bài (12)",
    ]
    assert [line[:2] for line in seen.lines()[1:3]] == [["Biểu 1!C3", "Phát động"], ["Biểu 1!C4", "Gương điển hình"]]
    assert own.items() == []
    own.office.screen.take()
    assert own.items() == [
        (3, "Phát động", NewsKind.BRIEF, ("loudspeaker", "social_network")),
        (10, "Gương điển hình", NewsKind.FEATURE, ("communicator",)),
    ]
    assert own.office.frame.said[-1] == "Đã nhập 2 tin, bài vào báo cáo quý IV năm 2025."


def test_what_is_in_the_ledger_already_is_not_taken_twice(own):
    own.columns.mean_kind("Phóng sự ảnh", NewsKind.FEATURE)
    own.columns.mean_channel("Tổ dân phố", "communicator")
    own.columns.go("Tin")
    own.office.screen.take()
    own.office.screen.choose_file()
    own.begin()
    own.columns.go("Tin")
    assert (own.office.face.shown.words, own.office.face.shown.can_take) == ("Không có gì khác với sổ", False)


def test_an_item_typed_before_stays(own):
    own.office.desk.news.save(NewsItem("", date(2025, 11, 1), "Đã gõ", NewsKind.BRIEF, ("website",)))
    own.columns.put(NewsField.KIND, "")
    own.columns.put(NewsField.CHANNELS, "")
    own.columns.every(NewsKind.BRIEF, "loudspeaker")
    own.columns.go("Tin")
    own.office.screen.take()
    assert [item[1] for item in own.items()] == ["Phát động", "Gương điển hình", "Đã gõ"]


@pytest.mark.parametrize(
    ("without", "told"),
    [
        (NewsField.DATE, "Chọn cột ngày đăng và cột tên tin, bài."),
        (NewsField.KIND, "Chọn cột loại, hoặc loại chung cho mọi tin: Tin, Bài, Chuyên mục, Khác."),
        (NewsField.CHANNELS, "Chọn cột kênh, hoặc kênh chung"),
    ],
)
def test_without_a_column_it_needs_one_is_told(own, without, told):
    own.columns.put(without, "")
    own.columns.go("Tin")
    assert own.face.problem.startswith(told)
    assert own.office.desk.mappings.names() == ()


def test_a_column_holds_one_thing(own):
    own.columns.put(NewsField.AUTHOR, "Kênh")
    assert own.face.columns.columns[NewsField.AUTHOR] == "Kênh"
    assert NewsField.CHANNELS not in own.face.columns.columns


def test_days_may_be_written_the_american_way():
    own = Listed(HEAD, (1, "10/25/2025", "Tin Mỹ", "Tin", "Loa"))
    own.columns.days(DayOrder.MONTH_FIRST)
    own.columns.go("Tin")
    own.office.screen.take()
    assert own.items()[0][0] == 25


def test_titles_may_stand_in_another_row_or_sheet():
    own = Listed(("a", "b"), ("Hôm", "Gì"), ("03/10/2025", "Phát động"))
    assert not own.columns.knows_enough
    own.columns.head(1)
    assert own.face.options.titles == ("Hôm", "Gì")
    own.columns.put(NewsField.DATE, "Hôm")
    own.columns.put(NewsField.TITLE, "Gì")
    own.columns.every(NewsKind.BRIEF, "loudspeaker")
    assert own.columns.knows_enough
    own.columns.turn("Biểu 1")
    assert own.face.columns.columns == {}


def test_a_saved_way_that_this_list_does_not_fit_is_not_taken(own):
    other = NewsColumns("", {NewsField.DATE: "Hôm", NewsField.TITLE: "Gì"})
    own.office.desk.mappings.save("Khác", SheetMap("nq28_hue", "quarter_news", news=other))
    own.begin()
    assert (own.face.saved, own.face.chosen) == (("Khác",), "")


def test_the_figures_of_a_saved_way_stay_when_its_columns_change(own):
    place = CellPlace("Biểu 1", RowOrColumn(0), RowOrColumn(1))
    both = SheetMap("nq28_hue", "quarter_news", {"news_counted": place}, own.face.columns)
    own.office.desk.mappings.save("Cả hai", both)
    own.columns.choose("Cả hai")
    own.columns.every(NewsKind.BRIEF, "")
    own.columns.go("Cả hai")
    assert own.office.desk.mappings.get("Cả hai").cells == {"news_counted": place}
