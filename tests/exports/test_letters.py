"""Reminder letters: who gets one, what it says, and that it keeps to Mẫu 1.5.

UBND THÀNH PHỐ HUẾ          CỘNG HÒA …
V/v đôn đốc gửi báo cáo …   Huế, ngày … tháng …
         Kính gửi: Ủy ban nhân dân phường Thuận Hóa
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from exports import docx, lint, pdf, reminder_letters
from exports.reports import ReportTexts
from forms.services.summary import Summary
from tests.exports.plain_document import as_text

TODAY = date(2026, 1, 27)
PAPER = ReportTexts(year=2026)


def test_each_that_sent_nothing_gets_one(summing_quarter: Summary):
    made = reminder_letters.to_each(summing_quarter.programme, summing_quarter.status, PAPER, TODAY)
    missing = summing_quarter.status.missing
    assert list(made) == [unit.key.code for unit in missing]
    text = as_text(made[missing[0].key.code])
    assert f"Kính gửi: Ủy ban nhân dân {missing[0].full_name[0].lower()}{missing[0].full_name[1:]}" in text
    assert "trong ngày 15/01/2026" in text
    assert "quá hạn 12 ngày" in text
    assert missing[1].name not in text


def test_one_to_all_lists_them_when_they_are_many(summing_quarter: Summary):
    status = replace(summing_quarter.status, heads={})
    (made,) = reminder_letters.to_all(summing_quarter.programme, status, PAPER, TODAY).values()
    text = as_text(made)
    assert "danh sách kèm theo" in text
    assert all(unit.full_name in text for unit in status.missing)


def test_few_are_addressed_by_name(summing_quarter: Summary):
    (made,) = reminder_letters.to_all(summing_quarter.programme, summing_quarter.status, PAPER, TODAY).values()
    assert len(made.addressees) == 2
    assert not made.annexes


def test_nobody_is_reminded_where_all_have_sent(summing_quarter: Summary):
    status = replace(summing_quarter.status, expected=summing_quarter.status.received)
    assert reminder_letters.to_all(summing_quarter.programme, status, PAPER, TODAY) == {}
    assert reminder_letters.to_each(summing_quarter.programme, status, PAPER, TODAY) == {}


def test_no_day_that_nobody_set_is_named(summing_quarter: Summary):
    status = replace(summing_quarter.status, due=None)
    (made,) = reminder_letters.to_all(summing_quarter.programme, status, PAPER, TODAY).values()
    assert "quá hạn" not in as_text(made)


@pytest.mark.parametrize("write", [pdf.write, docx.write])
@pytest.mark.parametrize("heads", [True, False])
def test_it_keeps_to_the_decree(summing_quarter: Summary, write, heads):
    status = summing_quarter.status if heads else replace(summing_quarter.status, heads={})
    (made,) = reminder_letters.to_all(summing_quarter.programme, status, PAPER, TODAY).values()
    assert lint.measure(write(made)) == ()
