"""Letters that are printed as □ are told with their place and with what may stand for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.checks import all_checks
from forms.model.cell import given
from forms.model.count import Role
from forms.model.news_item import NewsItem, NewsKind
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.model.task import Nomination, Nominee, Task
from tests.span_form import span_form

SPAN = Report(span_form(), UnitKey("SNV", date(2011, 1, 1)), Role.AGENCY, Period("2011..2020"))
STRANGE = "☑ Đã làm ở 40\u201142 thôn, 5 ℃ ⇒ đạt ①"


def told(report: Report) -> list:
    return [one for one in all_checks.find(report) if one.check.startswith("letters:")]


@pytest.mark.parametrize(
    ("write", "check", "spot", "called"),
    [
        (lambda report, text: report.with_narrative("results", text), "letters:results", "text:results", "Mục “"),
        (lambda report, text: report.with_task(Task("t-1", result=text)), "letters:t-1", "task:t-1", "Nhiệm vụ "),
        (
            lambda report, text: report.with_nominations([Nomination(Nominee.PERSON, "A", "", text)]),
            "letters:nomination.1",
            "nomination:1",
            "Đề nghị khen thưởng thứ 1",
        ),
        (lambda report, text: report.explained("x", text), "letters:reason.x", "", "Một lý do đã ghi"),
    ],
    ids=["text", "task", "proposal", "reason"],
)
def test_each_place_is_named_and_a_like_letter_offered(write, check, spot, called):
    (found,) = told(write(SPAN, STRANGE))
    assert (found.level, found.check, found.spot) == ("warning", check, spot)
    assert found.message.startswith(called)
    for offer in ("☑ → [x]", "\u2011 → -", "℃ → °C", "⇒ → →", "① → (1)"):
        assert offer in found.message
    assert told(write(SPAN, "[x] Đã làm ở 40-42 thôn, 5 °C → đạt (1)")) == []


def test_a_note_is_told_by_its_cell():
    report = replace(SPAN, cells={"jobs@2015": replace(given(1), note="✓ đủ")})
    (found,) = told(report)
    assert (found.cells, "✓ → √" in found.message) == (("jobs@2015",), True)


def test_an_item_of_news_is_told_by_its_title_and_day(catalogue):
    form = catalogue.programme("nq28_hue").form("quarter_news")
    item = NewsItem("a" * 32, date(2025, 10, 3), "★ Gương sáng", NewsKind.BRIEF, ("website",))
    report = Report(form, UnitKey("19804", date(2025, 7, 1)), Role.REPORTING, Period("2025-Q4")).with_news([item])
    (found,) = told(report)
    assert "Tin “★ Gương sáng” ngày 03/10/2025" in found.message


def test_what_nothing_is_like_is_to_be_left_out_or_explained():
    report = SPAN.with_narrative("results", "Tốt 😀")
    (found,) = told(report)
    assert "Bỏ đi" in found.message
    assert found.blocks
    assert not told(report.explained(found.check, "ký hiệu riêng"))[0].blocks
