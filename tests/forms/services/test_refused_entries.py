"""What was typed and not taken is an error of its report, on every way to sealing, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.checks import all_checks
from forms.checks.context import Context
from forms.errors import ReportStateError
from forms.model.finding import Refused
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.services.refused_entries import Refusals, report_name

Q4 = Period("2025-Q4")
THOUSAND = Refused("1. Số tin, bài", "1,000", "“1,000” đọc được hai cách.")


def found(desk, where: str, context: Context | None = None):
    report = desk.entry.open("nq28_hue", Q4)
    every = all_checks.find(report, context or desk.entry.context(report))
    return [one for one in every if one.check == f"refused:{where}"]


@pytest.fixture
def refusals(commune):
    return Refusals(commune.ledger.begin)


@pytest.fixture
def name(commune):
    return report_name(commune.entry.open("nq28_hue", Q4))


def test_it_waits_under_its_name_until_it_is_answered(refusals, name):
    refusals.keep(name, "a", THOUSAND)
    refusals.keep(name, "b", replace(THOUSAND, text="2,000"))
    refusals.keep("settings", "a", THOUSAND)
    assert {where: one.text for where, one in refusals.of(name).items()} == {"a": "1,000", "b": "2,000"}
    refusals.keep(name, "a", replace(THOUSAND, text="3,000"))
    refusals.answer(name, ["b", "never there"])
    assert {where: one.text for where, one in refusals.of(name).items()} == {"a": "3,000"}
    refusals.answer(name, ["a"])
    assert (refusals.of(name), len(refusals.of("settings"))) == ({}, 1)


@pytest.mark.parametrize(
    ("where", "cells", "spot"),
    [
        ("news_counted", ("news_counted",), ""),
        ("note:news_counted", ("news_counted",), ""),
        ("task:t-1:percent", (), "task:t-1"),
        ("text:results", (), "text:results"),
        ("nomination:+2", (), "nomination:+2"),
        ("news:new", (), "news:new"),
        ("as_of", (), ""),
        ("reason:unusual:x", (), ""),
    ],
)
def test_it_is_an_error_there_where_it_is_put_right(commune, refusals, name, where, cells, spot):
    refusals.keep(name, where, THOUSAND)
    (one,) = found(commune, where)
    assert (one.level, one.blocks, one.cells, one.spot) == ("error", True, cells, spot)
    assert one.message.startswith("1. Số tin, bài: chưa nhận “1,000”. “1,000” đọc được hai cách.")


def test_the_report_is_not_sealed_and_not_handed_over_meanwhile(commune, refusals, name):
    for day in (1, 3, 5, 7):
        commune.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("website",)))
    refusals.keep(name, "as_of", Refused("Số liệu tính đến ngày", "31/13", "Không phải là ngày."))
    preparer, head = commune.ledger.signers()
    for act in (
        lambda: commune.sealing.seal("nq28_hue", Q4, [preparer, head]),
        lambda: commune.approval.hand_over("nq28_hue", Q4, preparer, head.person),
    ):
        with pytest.raises(ReportStateError) as refused:
            act()
        assert refused.value.code == "CHECKS_FAILED"
        assert "31/13" in refused.value.message
    refusals.answer(name, ["as_of"])
    assert commune.sealing.seal("nq28_hue", Q4, [preparer, head])


def test_a_figure_that_follows_a_list_of_news_by_now_is_not_waited_for(commune, refusals, name):
    refusals.keep(name, "news_counted", THOUSAND)
    assert found(commune, "news_counted")
    commune.news.save(NewsItem("", date(2025, 10, 1), "Tin", NewsKind.BRIEF, ("website",)))
    assert not found(commune, "news_counted")


def test_a_cell_that_the_form_asks_for_no_more_is_not_waited_for(commune, refusals, name):
    refusals.keep(name, "gone.with.an.older.version", THOUSAND)
    assert not found(commune, "gone.with.an.older.version")


def test_hidden_characters_of_what_was_typed_are_shown_as_such(commune, refusals, name):
    refusals.keep(name, "as_of", Refused("Ngày", "1\u202e2\n" + "x" * 100, "Không phải là ngày."))
    (one,) = found(commune, "as_of")
    assert "“1?2?" in one.message
    assert len(one.message) < 200
