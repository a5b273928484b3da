"""What an import file may say to a ledger that already knows something, and what an empty report's correction does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from forms.errors import AppError
from forms.exchange.statements import Arrival
from forms.model.cell import Cell, CellState, given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.model.report import ImportedReport, ReportState

from .conftest import Q4

NOT_COLLECTED = Cell(CellState.NOT_COLLECTED, note="chưa theo dõi")


def item(day: date, id: str = "a" * 32) -> NewsItem:
    return NewsItem(id, day, f"Tin {day:%d/%m}", NewsKind.BRIEF, ("loudspeaker",))


def refused(commune, filled: ImportedReport, **more) -> AppError:
    before = commune.ledger.state
    with pytest.raises(AppError) as refusal:
        commune.entry.take(filled, **more)
    assert commune.ledger.state is before
    return refusal.value


def empty(commune) -> bytes:
    cells = dict.fromkeys(commune.entry.open("nq28_hue", Q4).expected_cells, NOT_COLLECTED)
    commune.entry.take(ImportedReport("nq28_hue", Q4, cells=cells))
    return commune.seal()


def totals(count: int) -> dict[str, Cell]:
    amounts = dict(
        news_counted=count, news_brief=count, news_feature=0, news_own=count, news_relayed=0, news_airings=count
    )
    return {name: given(amount) for name, amount in amounts.items()}


@pytest.mark.parametrize(
    ("amount", "hint"),
    [("8.5", "“85”"), ("1.234", "“1234”"), ("0.5", "“5”"), ("1.000", "“1000”"), ("12.000", "“12000”"), ("0.0", "“0”")],
)
def test_a_point_in_a_whole_number_is_asked_about(commune, amount, hint):
    refusal = refused(commune, ImportedReport("nq28_hue", Q4, cells={"news_counted": given(Decimal(amount))}))
    assert refusal.code == "NUMBER_NOT_WHOLE"
    assert hint in refusal.message


def test_a_list_that_is_said_to_be_empty_empties_that_of_the_ledger_and_one_that_is_not_said_keeps_it(commune):
    """ "news": []  against a file without "news"."""
    commune.news_item(3)
    assert len(commune.entry.take(ImportedReport("nq28_hue", Q4)).news) == 1
    report = commune.entry.take(ImportedReport("nq28_hue", Q4, cells=totals(5), lists_news=True))
    assert (report.news, report.quantity("news_counted")) == ((), 5)
    assert commune.news.list(Q4) == ()


def test_an_empty_list_does_not_take_out_days_that_another_report_was_sealed_with(commune):
    """Quarter IV is sealed with its items; the year is filled from a file with "news": []."""
    for day in (1, 8, 15, 22):
        commune.news_item(day)
    commune.seal()
    assert commune.entry.take(ImportedReport("nq28_hue", Period("2025"), lists_news=True)).news == ()
    assert len(commune.news.list(Q4)) == 4


def test_totals_must_agree_with_the_items_that_the_ledger_holds(commune):
    commune.news_item(3)
    assert (
        refused(commune, ImportedReport("nq28_hue", Q4, cells={"news_counted": given(5)})).code == "NEWS_TOTAL_DIFFERS"
    )
    assert (
        commune.entry.take(ImportedReport("nq28_hue", Q4, cells={"news_counted": Cell()})).quantity("news_counted") == 1
    )


def test_an_id_names_one_item_for_ever(commune):
    commune.entry.take(ImportedReport("nq28_hue", Period("2025-Q3"), news=(item(date(2025, 8, 1)),)))
    assert refused(commune, ImportedReport("nq28_hue", Q4, news=(item(date(2025, 11, 1)),))).code == "NEWS_ID_TAKEN"
    twice = (item(date(2025, 11, 1), "b" * 32), item(date(2025, 11, 2), "b" * 32))
    assert refused(commune, ImportedReport("nq28_hue", Q4, news=twice)).code == "NEWS_ID_TAKEN"


def test_items_of_another_quarter_or_another_form_are_refused(commune):
    assert refused(commune, ImportedReport("nq28_hue", Q4, news=(item(date(2025, 9, 30)),))).code == "NEWS_OUTSIDE"
    yearly = ImportedReport("nq28_hue", Period("2025"), news=(item(date(2025, 9, 30)),))
    assert refused(commune, yearly).code == "NEWS_NOT_HERE"


def test_a_sealed_report_takes_an_import_only_as_a_correction(commune):
    commune.entry.take(ImportedReport("nq28_hue", Q4, cells=totals(5)))
    commune.seal()
    assert refused(commune, ImportedReport("nq28_hue", Q4)).code == "REPORT_SEALED"
    report = commune.entry.take(ImportedReport("nq28_hue", Q4, cells=totals(6)), correct=True)
    assert (report.state, report.revision) == (ReportState.DRAFT, 2)


def test_a_correction_that_fails_leaves_the_report_sealed(commune):
    commune.entry.take(ImportedReport("nq28_hue", Q4, cells=totals(5)))
    commune.seal()
    assert (
        refused(commune, ImportedReport("nq28_hue", Q4, cells={"nothing": given(1)}), correct=True).code
        == "CELL_UNKNOWN"
    )
    assert commune.entry.open("nq28_hue", Q4).state is ReportState.SEALED


def test_a_correction_that_corrects_nothing_is_not_sealed(commune):
    commune.entry.take(ImportedReport("nq28_hue", Q4, cells=totals(5)))
    commune.seal()
    commune.entry.reopen("nq28_hue", Q4)
    with pytest.raises(AppError) as refusal:
        commune.seal()
    assert refusal.value.code == "NOTHING_CHANGED"


@pytest.mark.parametrize("together", [True, False])
def test_the_correction_of_an_empty_report_waits_for_the_answer_about_that(commune, office, together):
    """R01 holds no figure and is kept aside; R02 brings the figures and follows a package that stands for nothing: a person
    decides. The same stick again changes nothing."""
    first = empty(commune)
    commune.entry.take(ImportedReport("nq28_hue", Q4, cells=totals(5)), correct=True)
    second = commune.seal("đã có số liệu")
    batches = [(second, first)] if together else [(first,), (second,)]
    lines = [line for batch in batches for line in office.receive(*batch).lines]
    assert {(line.revision, line.code) for line in lines} == {(1, "BLANK"), (2, "PREDECESSOR_HELD")}
    status = office.summaries.status("nq28_hue", Q4)
    assert (status.received, [*status.held.values()]) == ((), [Arrival.PARKED])
    again = office.receive(first, second)
    assert (again.id, [line.arrival.value for line in again.lines]) == (None, ["same", "same"])


def test_a_figure_filled_again_the_same_way_is_the_same_report(commune):
    filled = ImportedReport("nq28_hue", Q4, news=(item(date(2025, 11, 1)),), as_of=date(2025, 12, 31))
    once = commune.entry.take(filled)
    assert commune.entry.take(replace(filled)) == once


def test_a_bad_item_is_found_by_its_number_and_title(commune):
    """Of two hundred items one has a line break in its title."""
    good, bad = item(date(2025, 10, 3)), item(date(2025, 10, 4), "b" * 32)
    refusal = refused(commune, ImportedReport("nq28_hue", Q4, news=(good, replace(bad, title="Tin\nhai"))))
    assert (refusal.code, refusal.where) == ("TEXT_CHARACTER", "news[1].title")
    assert refusal.message.startswith("Tin, bài thứ 2 “Tin?hai”")
