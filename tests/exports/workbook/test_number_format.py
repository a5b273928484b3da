"""Which percent signs of a number format multiply: `format · amount → how often`."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.workbook.xlsx_facts import percents
from forms.workbooks.sheets import UNCLEAR


@pytest.mark.parametrize(
    ("code", "amount", "times"),
    [
        ("0%", "0.6", 1),
        ("0.00%", "0.085", 1),
        ('0" "%', "0.6", 1),
        ("0\\ %", "0.6", 1),
        ("%0", "0.6", 1),
        ("General", "60", 0),
        ('0"%"', "60", 0),
        ('0"% nữ"', "12", 0),
        ("0\\%", "60", 0),
        ("0_%", "60", 0),
        ("0*%", "60", 0),
        ("[$%-409]0", "60", 0),
        ('0 "%"%', "0.6", 1),
        ('0"chưa đóng %', "60", 0),
        ('"[0"0%', "0.6", 1),
        ('0%"chưa đóng', "0.6", 1),
        ("0%\\", "0.6", 1),
        ("0%%", "0.006", 2),
        ("@", "60", 0),
        ("0!%", "60", UNCLEAR),
    ],
)
def test_a_percent_sign_multiplies_only_when_it_stands_for_itself(code, amount, times):
    assert percents(code, Decimal(amount)) == times


@pytest.mark.parametrize(
    ("code", "above", "below", "nought"),
    [
        ("0%;-0", 1, 0, 1),
        ("0;-0%", 0, 1, 0),
        ("0%;-0%;0", 1, 1, 0),
        ('0%;-0;"không"', 1, 0, 0),
        ('0;-0;0%;"%"@', 0, 0, 1),
        ("[Red]0%;[Blue]-0", 1, 0, 1),
        ("0%;@", 1, 1, 1),
        ('0"%";-0%;0;@', 0, 1, 0),
    ],
)
def test_the_section_of_the_sign_is_in_force(code, above, below, nought):
    assert [percents(code, Decimal(amount)) for amount in ("0.5", "-0.5", "0")] == [above, below, nought]


@pytest.mark.parametrize(
    ("code", "amount", "times"),
    [
        ("[>=1]0;0%", "12", 0),
        ("[>=1]0;0%", "0.5", 1),
        ("[<1]0%;0", "0.5", 1),
        ("[<1]0%;0", "1", 0),
        ("[Red][<=1]0%;[Blue]0", "1", 1),
        ('[=1]"một";[=0]"không";0%', "0.5", 1),
        ('[=1]"một";[=0]"không";0%', "1", 0),
        ("[>100]0%;[<-100]0%;0", "50", 0),
        ("[< 1]0%;0", "0.5", 1),
        ("[>1]0;0%;0", "-3", 1),
        ("[>1]0;0%;0%", "0.5", 1),
    ],
)
def test_a_section_with_a_condition_is_in_force_where_it_holds(code, amount, times):
    assert percents(code, Decimal(amount)) == times


@pytest.mark.parametrize(("code", "amount"), [("[>1]0;0%;0", "0.5"), ("0%;[<0.5]0", "0.2"), ("[>1]0%", "0.5")])
def test_where_programs_differ_on_the_section_nothing_is_guessed(code, amount):
    assert percents(code, Decimal(amount)) == UNCLEAR


@given(st.text('0#.,;%"\\_*[]<>=@! 1', max_size=30), st.decimals(-1000, 1000, places=2))
def test_any_format_has_an_answer(code, amount):
    assert percents(code, amount) >= UNCLEAR
