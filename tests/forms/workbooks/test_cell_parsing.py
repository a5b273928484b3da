"""What a cell of a workbook answers, in every habit of writing; what can be read two ways is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import InputRefused
from forms.model.cell import CellState
from forms.model.number import canonical
from forms.workbooks.cell_parsing import (
    DayOrder,
    cell_answer,
    day_answer,
    text_answer,
    whole_answer,
    word_answer,
    yes_answer,
)
from forms.workbooks.sheets import Plain, PlainKind
from tests.plain_sheets import plain

S = CellState


def refusal(read, *given) -> InputRefused:
    with pytest.raises(InputRefused) as found:
        read(*given)
    return found.value


@pytest.mark.parametrize(
    ("written", "decimals", "amount"),
    [
        ("1250", 0, "1250"),
        ("1.234.567", 0, "1234567"),
        ("8,5", 1, "8.5"),
        (" 12 ", 0, "12"),
        ("0", 0, "0"),
        ("8.5", 1, "8.5"),
        ("8%", 0, "8"),
    ],
)
def test_a_figure_in_every_habit(written, decimals, amount):
    assert cell_answer(plain(written), decimals).cell.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("-", S.NONE),
        ("–", S.NONE),
        ("Không phát sinh", S.NONE),
        ("KPS", S.NONE),
        ("x", S.NOT_APPLICABLE),
        ("X", S.NOT_APPLICABLE),
        ("không áp dụng", S.NOT_APPLICABLE),
        ("…", S.NOT_COLLECTED),
        ("...", S.NOT_COLLECTED),
        ("Không thu thập được", S.NOT_COLLECTED),
        ("   ", S.BLANK),
    ],
)
def test_a_figure_left_out_says_why(written, state):
    found = cell_answer(Plain(PlainKind.TEXT, written)).cell
    assert (found.state, found.amount) == (state, None)


def test_nothing_there_is_blank():
    assert cell_answer(None).cell.state is S.BLANK


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1,234", "NUMBER_AMBIGUOUS"),
        ("12 người", "NUMBER_UNREADABLE"),
        ("không", "NUMBER_UNREADABLE"),
        ("12.5", "NUMBER_NOT_WHOLE"),
        ("1,0", "NUMBER_NOT_WHOLE"),
        ("1,0000", "NUMBER_NOT_WHOLE"),
        ("#REF!", "CELL_ERROR"),
        ("?", "CELL_UNCALCULATED"),
        ("2025-12-31", "CELL_KIND"),
        ("1234567890123456", "NUMBER_UNREADABLE"),
    ],
)
def test_what_is_no_figure_is_refused(written, code):
    assert refusal(cell_answer, plain(written)).code == code


def test_a_point_that_was_meant_for_thousands_is_asked_about():
    """1.234 typed into a spreadsheet of English habit is the number 1,234."""
    assert "1.234" in refusal(cell_answer, plain("1.234")).message
    assert refusal(cell_answer, plain("8.567"), 2).code == "NUMBER_DECIMALS"


def test_an_unusual_writing_is_echoed():
    assert "8,5" in cell_answer(Plain(PlainKind.TEXT, "8.5"), 1).echo
    assert "%" in cell_answer(plain("8%")).echo


@pytest.mark.parametrize("written", ["1.0", "1.00", "1,0", "12.50"])
def test_a_whole_figure_written_as_text_takes_digits_only(written):
    assert refusal(cell_answer, Plain(PlainKind.TEXT, written)).code == "NUMBER_NOT_WHOLE"
    assert cell_answer(Plain(PlainKind.TEXT, "1.000")).cell.amount == 1000, "groups of three are thousands here"


@given(st.decimals(0, 10**9, places=3))
def test_a_number_of_the_spreadsheet_is_exact(amount):
    assert cell_answer(Plain(PlainKind.NUMBER, canonical(amount)), 3).cell.amount == amount


@pytest.mark.parametrize(
    "written",
    ["2025-12-31", "31/12/2025", "31-12-2025", "31.12.2025", "46022", "ngày 31 tháng 12 năm 2025"],
)
def test_a_day_in_every_habit(written):
    assert day_answer(plain(written)) == date(2025, 12, 31)


def test_a_bare_number_of_days_counts_from_the_workbooks_epoch():
    assert day_answer(plain("44560"), epoch_1904=True) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("order", "written"), [(DayOrder.MONTH_FIRST, "12/31/2025"), (DayOrder.YEAR_FIRST, "2025/12/31")]
)
def test_a_day_in_the_order_that_was_agreed(order, written):
    assert day_answer(Plain(PlainKind.TEXT, written), order) == date(2025, 12, 31)


@pytest.mark.parametrize(
    "written", ["31/02/2025", "31/12/25", "12/31/2025", "hôm qua", "60", "1", "1e9", "2101-01-01", "31/12/0025"]
)
def test_a_day_that_is_none_is_refused(written):
    assert refusal(day_answer, plain(written)).code == "DATE_UNREADABLE"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_written_the_vietnamese_way_is_that_day(day):
    assert day_answer(Plain(PlainKind.TEXT, f"{day:%d/%m/%Y}")) == day
    assert day_answer(Plain(PlainKind.NUMBER, str((day - date(1899, 12, 30)).days))) == day


@pytest.mark.parametrize(
    ("written", "number"),
    [("3", 3), ("0", 0), ("100%", 100), ("1.000", None), ("-1", None), ("101", None), ("3,0", None), ("3.0", None)],
)
def test_a_counter(written, number):
    if number is None:
        assert refusal(whole_answer, Plain(PlainKind.TEXT, written), 100).code == "COUNTER_UNREADABLE"
    else:
        assert whole_answer(Plain(PlainKind.TEXT, written), 100) == number


@pytest.mark.parametrize(("written", "meant"), [("Có", True), ("x", True), ("không", False), ("KHÔNG", False)])
def test_yes_and_no(written, meant):
    assert yes_answer(plain(written)) is meant
    assert yes_answer(Plain(PlainKind.TRUTH, "0")) is False
    assert refusal(yes_answer, plain("có lẽ")).code == "WORD_UNKNOWN"


def test_a_word_of_a_list_whatever_its_accents():
    assert word_answer(plain("CHUYEN MUC"), {"chuyen muc": 1}, ("Chuyên mục",)) == 1
    assert "Chuyên mục" in refusal(word_answer, plain("tin"), {"chuyen muc": 1}, ("Chuyên mục",)).message


@pytest.mark.parametrize(
    ("written", "text"), [("=SUM(A1)", "=SUM(A1)"), ("8.5", "8,5"), ("1250", "1250"), ("2025-12-31", "31/12/2025")]
)
def test_text_as_people_write_it(written, text):
    assert text_answer(plain(written)) == text
