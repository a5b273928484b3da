"""Ways to read workbooks are kept by name; an import is tried before it is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.cell import given
from forms.comparison import differences
from forms.errors import AppError
from forms.mapping.sheet_map import CellPlace, Line, SheetMap
from forms.news import NewsItem, NewsKind
from forms.periods import Period
from forms.report import ReportState
from forms.services.intake import Filled, as_filled
from forms.services.mappings import Mappings

from .conftest import Q4

MAPPED = SheetMap("nq28_hue", "year_indicators", {"population.female": CellPlace("S", Line(3), Line(2))})
YEAR = Period("2025")


def code(act) -> str:
    with pytest.raises(AppError) as refusal:
        act()
    return refusal.value.code


@pytest.fixture
def mappings(commune) -> Mappings:
    return Mappings(commune.ledger.begin)


def test_a_way_is_kept_by_name_and_dropped(mappings):
    assert mappings.save("  Biểu Sở  ", MAPPED) == "Biểu Sở"
    assert mappings.names() == ("Biểu Sở",)
    assert mappings.get("Biểu Sở") == MAPPED
    mappings.drop("Biểu Sở")
    assert mappings.names() == ()


def test_what_is_not_there_or_has_no_name_is_refused(mappings):
    assert code(lambda: mappings.get("x")) == "MAPPING_UNKNOWN"
    assert code(lambda: mappings.drop("x")) == "MAPPING_UNKNOWN"
    assert code(lambda: mappings.save("  ", MAPPED)) == "NAME_MISSING"


def test_an_import_that_is_tried_stores_nothing_and_shows_what_it_would_do(commune):
    item = NewsItem("a" * 32, date(2025, 11, 1), "Tin", NewsKind.BRIEF, ("website",))
    before, after = commune.entry.tried(Filled("nq28_hue", Q4, news=(item,)))
    assert {one.where: (one.old, one.new) for one in differences(before, after)}["news_counted"] == ("", "1")
    assert commune.entry.open("nq28_hue", Q4) == before
    assert commune.entry.take(Filled("nq28_hue", Q4, news=(item,))) == after


def test_what_would_be_refused_is_refused_when_tried(commune):
    outside = NewsItem("a" * 32, date(2025, 9, 1), "Tin", NewsKind.BRIEF, ("website",))
    assert code(lambda: commune.entry.tried(Filled("nq28_hue", Q4, news=(outside,)))) == "NEWS_OUTSIDE"
    assert code(lambda: commune.entry.tried(Filled("nq28_hue", Q4, cells={"x": given(1)}))) == "CELL_UNKNOWN"


def test_a_correction_can_be_tried_while_the_report_is_sealed(commune):
    names = ("news_counted", "news_brief", "news_own", "news_airings")
    cells = {name: given(6) for name in names} | {"news_feature": given(0), "news_relayed": given(0)}
    commune.entry.take(Filled("nq28_hue", Q4, cells=cells))
    commune.seal()
    changed = Filled("nq28_hue", Q4, cells=cells | {"news_counted": given(7)})
    assert code(lambda: commune.entry.tried(changed)) == "REPORT_SEALED"
    before, after = commune.entry.tried(changed, correct=True)
    assert (before.state, after.quantity("news_counted")) == (ReportState.SEALED, 7)
    assert commune.entry.open("nq28_hue", Q4) == before


def test_a_draft_taken_as_an_import_is_the_same_draft(commune):
    commune.news_item(3)
    report = commune.entry.open("nq28_hue", Q4)
    report = commune.entry.put_cell(report, "news_counted", replace(report.cell("news_counted"), note="đã đếm"))
    report = commune.entry.put_narrative(report, "highlights", "Đã phát động.")
    commune.entry.explain(report, "enough_news", "Bão")
    draft = commune.entry.open("nq28_hue", Q4)
    assert commune.entry.take(as_filled(draft)) == draft
