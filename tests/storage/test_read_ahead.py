"""A transaction that reads ahead answers as one that does not, also after something was written in it.

The fake stores of the tests are run through the same cases."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from forms.exchange.statements import Pending, Prepared
from forms.model.cell import given
from forms.model.count import Role
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.model.report import Report
from tests.fakes import FakeLedger
from tests.storage.conftest import NOW, OFFICE
from tests.storage.test_received import KEY as SENT_KEY
from tests.storage.test_received import sent, unit
from tests.storage.test_stores import KEY, UNIT


@pytest.fixture(params=["sql", "fake"])
def begin(request):
    if request.param == "fake":
        return FakeLedger(OFFICE).begin
    database = request.getfixturevalue("database")
    with database.begin() as work:
        work.office.put(OFFICE)
    return database.begin


@contextmanager
def ahead(begin, programme=""):
    with begin() as work:
        work.read_ahead(programme)
        yield work


def item(id: str, day: int) -> NewsItem:
    return NewsItem(id, date(2025, 10, day), f"Tin {id}", NewsKind.BRIEF, ("website",))


@pytest.fixture
def filled(begin, form):
    report = Report(form, UNIT, Role.REPORTING, Period("2025"), {"reached.female": given(3)})
    with begin() as work:
        work.reports.put(report)
        for one in (item("b", 4), item("a", 4), item("c", 9)):
            work.news.put(one)
        work.office.set("due_days:x", "5")
    return report


def test_what_is_read_ahead_is_what_is_read_one_by_one(begin, filled, form):
    windows = (Period("2025-10"), Period("2025-Q4"), Period("2025-Q1"))

    def seen(work):
        return (
            work.office.get(),
            work.office.setting("due_days:x"),
            work.office.setting("nothing"),
            work.reports.keys(),
            work.reports.version(KEY),
            work.reports.get(KEY, form),
            work.reports.get(KEY._replace(period="2024"), form),
            work.reports.version(KEY._replace(period="2024")),
            [[one.id for one in work.news.within(window)] for window in windows],
        )

    with begin() as work:
        singly = seen(work)
    with ahead(begin) as work:
        assert seen(work) == singly
        assert seen(work) == singly
    for programme in (filled.form.programme, "another"):
        with ahead(begin, programme) as work:
            assert seen(work) == singly
    assert (singly[1], singly[5], singly[-1]) == ("5", filled, [["a", "b", "c"], ["a", "b", "c"], []])


def test_what_is_written_in_between_is_seen(begin, filled, form):
    with ahead(begin) as work:
        work.reports.get(KEY, form)
        work.reports.put_cells(filled, [("reached.female", given(7))])
        assert work.reports.get(KEY, form).cells == {"reached.female": given(7)}
    with ahead(begin) as work:
        assert work.reports.version(KEY) == 1
        work.reports.put(replace(filled, cells={}))
        assert work.reports.get(KEY, form).cells == {}
    with ahead(begin) as work:
        assert len(work.news.within(Period("2025-10"))) == 3
        work.news.delete("b")
        work.news.put(item("d", 1))
        assert [one.id for one in work.news.within(Period("2025-10"))] == ["d", "a", "c"]
    with ahead(begin) as work:
        assert work.office.setting("due_days:x") == "5"
        work.office.set("due_days:x", None)
        assert work.office.setting("due_days:x") is None


def test_who_waits_for_whom_is_told_without_the_package(begin, filled):
    prepared = Prepared("0" * 64, "12345 " * 6, b"to sign", {"mimetype": b"m"})
    with begin() as work:
        work.pending.put(KEY, Pending(prepared, 1, "aa" * 16, "bb" * 16, b"s" * 64, NOW))
        assert work.pending.hands() == {KEY: (NOW, "aa" * 16, "bb" * 16)}
        work.pending.drop(KEY)
        assert work.pending.hands() == {}


def test_senders_are_told_of_each_report_that_is_asked_for(begin):
    other, nobody = SENT_KEY._replace(period="2025-Q3"), SENT_KEY._replace(period="2025-Q2")
    with begin() as work:
        work.received.add("1", NOW, "Lan", [sent(1), sent(2), sent(1, key=other, revision=2)])
        found = work.received.senders([SENT_KEY, nobody])
    assert found == {SENT_KEY: frozenset({unit(1), unit(2)}), nobody: frozenset()}
