"""Lists of news items as offices keep them: their columns found by titles, their words understood, their odd lines told."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date

import pytest

from forms.errors import InputRefused
from forms.model.count import Role
from forms.model.news_item import NewsItem, NewsKind, Origin, identified
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.catalogue import load_all
from forms.workbooks.cell_parsing import DayOrder, RealDays
from forms.workbooks.foreign_workbook import apply, propose
from forms.workbooks.sheet_map import NewsColumns, NewsField, SheetMap
from tests.plain_sheets import book, drawn

QUARTER = Report(
    load_all().programme("nq28_hue").form("quarter_news"),
    UnitKey("19804", date(2025, 7, 1)),
    Role.REPORTING,
    Period("2025-Q4"),
)
COLUMNS = NewsColumns(
    "", {NewsField.DATE: "Ngày", NewsField.TITLE: "Tiêu đề"}, kind=NewsKind.BRIEF, channel="loudspeaker"
)
HEAD = "| Ngày | Tiêu đề |\n"


@pytest.fixture
def sheets(request):
    return book(drawn(inspect.getdoc(request.function)))


def read(sheets, news: NewsColumns | None = COLUMNS, draft: Report = QUARTER, **more):
    return apply(SheetMap("nq28_hue", "quarter_news", news=news), sheets, draft, only_news=True, **more)


def codes(found) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in found.problems]


def test_a_list_is_proposed_by_its_titles_and_read(sheets):
    """
    | DANH SÁCH TIN BÀI QUÝ IV |            |                |           |                   |          |             |
    | STT | Ngày đăng          | Tên tin, bài             | Thể loại  | Kênh              | Số lượt  | Nguồn       |
    | 1   | 2025-10-03         | Phát động                | Tin       | Loa; Facebook     | 2        | Tự sản xuất |
    | 2   | 2025-10-10         | Gương điển hình          | Bài viết  | Trang web và Zalo |          | Tiếp phát   |
    """
    found, *_ = propose(QUARTER, sheets)
    assert found.news is not None
    assert found.news.columns[NewsField.CHANNELS] == "Kênh"
    first, second = read(sheets, found.news).filled.news
    assert (first.date, first.title, first.kind, first.airings) == (date(2025, 10, 3), "Phát động", NewsKind.BRIEF, 2)
    assert first.channels == ("loudspeaker", "social_network")
    assert (second.kind, second.origin, second.channels) == (
        NewsKind.FEATURE,
        Origin.RELAYED,
        ("social_network", "website"),
    )
    assert (first.counted, second.counted) == (True, False)  # the plan does not count what is only relayed


def test_a_workbook_without_such_titles_has_no_list():
    assert propose(QUARTER, book(drawn("| Ngày | Doanh thu |")))[0].news is None


def test_words_of_the_house_are_understood_as_agreed():
    columns = {**COLUMNS.columns, NewsField.KIND: "Loại", NewsField.CHANNELS: "Nơi đăng"}
    own = replace(
        COLUMNS, columns=columns, kinds={"phóng sự ảnh": NewsKind.OTHER}, channels={"tổ dân phố": "communicator"}
    )
    sheets = book(drawn("| Ngày | Tiêu đề | Loại | Nơi đăng |\n| 03/10/2025 | A | Phóng sự ảnh | Tổ dân phố |"))
    (item,) = read(sheets, own).filled.news
    assert (item.kind, item.channels) == (NewsKind.OTHER, ("communicator",))


def test_a_letter_that_looks_like_d_with_a_stroke_is_read_as_one():
    """Ð (U+00D0) and Ɖ (U+0189) stand for Đ in many Word and Excel files: titles, channels and words are still known."""
    columns = {**COLUMNS.columns, NewsField.CHANNELS: "Kênh \u00d0ăng"}
    sheets = book(drawn("| Ngày | Tiêu \u00d0ề | KÊNH ĐĂNG |\n| 03/10/2025 | A | \u0189ài truyền thanh |"))
    (item,) = read(sheets, replace(COLUMNS, columns=columns, channel="")).filled.news
    assert item.channels == ("loudspeaker",)
    found = propose(QUARTER, book(drawn("| Ngày \u00d0ăng | Tiêu \u0189ề |")))[0].news
    assert found.columns.keys() == {NewsField.DATE, NewsField.TITLE}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("| 31/02/2025 | A | Tin | loa |", ("DATE_UNREADABLE", "Biểu 1!A2")),
        ("|  | A | Tin | loa |", ("NEWS_DATE", "Biểu 1!A2")),
        ("| 03/10/2025 |  | Tin | loa |", ("NEWS_TITLE", "Biểu 1!A2")),
        ("| 03/10/2025 | A | Kịch | loa |", ("WORD_UNKNOWN", "Biểu 1!C2")),
        ("| 03/10/2025 | A | Tin | bồ câu |", ("WORD_UNKNOWN", "Biểu 1!D2")),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_left_out(line, problem):
    columns = {**COLUMNS.columns, NewsField.KIND: "Loại", NewsField.CHANNELS: "Kênh"}
    sheets = book(drawn(f"| Ngày | Tiêu đề | Loại | Kênh |\n{line}"))
    found = read(sheets, replace(COLUMNS, columns=columns, kind=None, channel=""))
    assert codes(found) == [problem]
    assert found.filled.news == ()


def test_without_a_column_or_an_agreement_nothing_is_guessed():
    found = read(book(drawn(f"{HEAD}| 03/10/2025 | A |")), replace(COLUMNS, kind=None))
    assert [code for code, _ in codes(found)] == ["NEWS_KIND"]
    found = read(book(drawn(f"{HEAD}| 03/10/2025 | A |")), replace(COLUMNS, channel=""))
    assert [code for code, _ in codes(found)] == ["NEWS_CHANNEL"]


def test_days_in_the_order_that_was_agreed():
    (item,) = read(book(drawn(f"{HEAD}| 10/03/2025 | A |")), replace(COLUMNS, days=DayOrder.MONTH_FIRST)).filled.news
    assert item.date == date(2025, 10, 3)


MIXED = f"""{HEAD}
| 2025-01-10 | 1 tháng 10 |
| 2025-05-11 | 5 tháng 11 |
| 13/10/2025 | 13 tháng 10 |
| 31/12/2025 | 31 tháng 12 |
"""


def test_a_column_of_days_that_mixes_real_dates_and_text_is_asked_about_as_a_whole():
    """Typed as d/m/yyyy into an Excel with US settings: what could be month/day became another day, the rest stayed text."""
    found = read(book(drawn(MIXED)))
    assert codes(found) == [("DATE_MIXED", "Biểu 1!A2:A5")]
    assert (found.filled.news, found.asks_days) == ((), True)
    said = found.problems[0].message
    assert "10/01/2025, 11/05/2025 – 2/4 ngày thuộc quý IV năm 2025" in said
    assert "01/10/2025, 05/11/2025 – 4/4 ngày thuộc quý IV năm 2025" in said


@pytest.mark.parametrize(
    ("how", "taken"),
    [
        (RealDays.EXCHANGED, [date(2025, 10, 1), date(2025, 11, 5), date(2025, 10, 13), date(2025, 12, 31)]),
        (RealDays.KEPT, [date(2025, 10, 13), date(2025, 12, 31)]),
    ],
)
def test_a_person_says_which_of_the_two_readings_is_meant(how, taken):
    found = read(book(drawn(MIXED)), real_days=how)
    assert codes(found) == []
    assert [item.date for item in found.filled.news] == taken
    assert found.asks_days, "so that one may still say otherwise"


@pytest.mark.parametrize(
    "days",
    [
        ("2025-10-03", "13/10/2025"),
        ("2025-10-13", "2025-10-03", "14/10/2025"),
        ("2025-10-03", "ngày 4 tháng 10 năm 2025"),
        ("45933", "13/10/2025"),
        ("2025-01-10", "2025-03-10"),
        ("2025-12-11", "2025-01-10", "2025-03-10"),
    ],
)
def test_days_with_two_readings_are_asked_about(days):
    """Mixed with text; or, all real, in the quarter only with day and month exchanged. 45933 is 3 October 2025."""
    lines = "\n".join(f"| {day} | A |" for day in days)
    assert [code for code, _ in codes(read(book(drawn(f"{HEAD}{lines}"))))] == ["DATE_MIXED"]


@pytest.mark.parametrize(
    "days",
    [
        ("2025-10-03", "2025-11-04"),
        ("03/10/2025", "13/10/2025"),
        ("2025-10-13", "14/10/2025"),
        ("2025-10-10", "14/10/2025"),
        ("2025-03-05", "2025-10-03"),
        ("2025-10-03", "2025-01-13"),
    ],
)
def test_days_with_one_reading_are_taken(days):
    """All real, or all text, or such that exchanging says the same."""
    lines = "\n".join(f"| {day} | A |" for day in days)
    assert codes(read(book(drawn(f"{HEAD}{lines}")))) == []


def test_totals_section_titles_and_other_quarters_are_passed_over_and_told(sheets):
    """
    | Ngày       | Tiêu đề      |
    |            | THÁNG 10     |
    | 03/10/2025 | A            |
    | 30/09/2025 | Quý trước    |
    |            | Tổng cộng: 1 |
    """
    found = read(sheets)
    assert codes(found) == []
    assert [item.title for item in found.filled.news] == ["A"]
    assert [(note.code, note.where) for note in found.notes] == [
        ("ROW_EXTRA", "Biểu 1!2"),
        ("NEWS_OUTSIDE", "Biểu 1!A4"),
        ("ROW_EXTRA", "Biểu 1!5"),
    ]


def test_a_line_that_was_filtered_away_is_told():
    sheets = book(drawn(f"{HEAD}| 03/10/2025 | A |", hidden_rows=frozenset({1})))
    assert codes(read(sheets)) == [("CELL_HIDDEN", "Biểu 1!2")]


def test_the_same_list_twice_adds_nothing():
    """What is in the ledger stays as it is there, changed or not."""
    sheets = book(drawn(f"{HEAD}| 03/10/2025 | A |\n| 04/10/2025 | B |"))
    once = read(sheets).filled.news
    edited = replace(once[0], author="Lan")
    again = read(sheets, draft=QUARTER.with_news((edited, *once[1:])))
    assert again.filled.news == (edited, *once[1:])
    assert [note.code for note in again.notes] == ["NEWS_THERE"]


def test_two_lines_alike_are_two_items():
    found = read(book(drawn(f"{HEAD}| 03/10/2025 | A |\n| 03/10/2025 | A |"))).filled.news
    assert len({item.id for item in found}) == 2


def test_figures_of_the_form_follow_the_joined_list():
    old = identified([NewsItem("", date(2025, 10, 1), "Cũ", NewsKind.BRIEF, ("website",))])
    found = read(book(drawn(f"{HEAD}| 03/10/2025 | A |")), draft=QUARTER.with_news(old))
    assert found.filled.cells["news_counted"].amount == 2


@pytest.mark.parametrize("drawing", ["| Ngày | Tên |", "| Ngày |\n| Tiêu đề |"])
def test_titles_that_are_not_there_are_told(drawing):
    assert [code for code, _ in codes(read(book(drawn(drawing))))] == ["MAPPING_LABEL"]


def test_a_map_without_a_list_reads_none():
    with pytest.raises(InputRefused) as refusal:
        read(book(drawn(HEAD)), None)
    assert refusal.value.code == "MAPPING_NEWS"
