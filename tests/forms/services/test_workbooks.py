"""Ways to read workbooks are kept by name; an import is tried before it is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from forms.errors import AppError
from forms.model.cell import given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.report import ImportedReport, ReportState
from forms.services.workbooks import Given, Mappings, Workbooks
from forms.workbooks.import_result import Reading, Remark, as_filled
from forms.workbooks.legacy_text import Conversion, Encoding
from forms.workbooks.sheet_map import CellPlace, RowOrColumn, SheetMap
from tests.fakes import clock

from .conftest import Q4

MAPPED = SheetMap("nq28_hue", "year_indicators", {"population.female": CellPlace("S", RowOrColumn(3), RowOrColumn(2))})


def code(act) -> str:
    with pytest.raises(AppError) as refusal:
        act()
    return refusal.value.code


@pytest.fixture
def workbooks(commune, catalogue) -> Workbooks:
    return Workbooks(
        commune.ledger.begin,
        catalogue,
        Mappings(commune.ledger.begin),
        commune.ledger.state.office,
        SimpleNamespace(),
        clock,
    )


def tried(workbooks, filled: ImportedReport, *, correct: bool = False):
    """(changes as where → (old, new), problems as code and place)"""
    look = workbooks.look(Given(Reading(filled, places={"x": "S!A1"}), correct=correct))
    problems = [(one.code, one.where) for one in look.given.reading.problems]
    return {one.where: (one.old, one.new) for one in look.changes}, problems


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


def test_an_import_that_is_tried_stores_nothing_and_shows_what_it_would_do(commune, workbooks):
    item = NewsItem("a" * 32, date(2025, 11, 1), "Tin", NewsKind.BRIEF, ("website",))
    before = commune.entry.open("nq28_hue", Q4)
    state = commune.ledger.state
    changes, problems = tried(workbooks, ImportedReport("nq28_hue", Q4, news=(item,)))
    assert (changes["news_counted"], problems) == (("", "1"), [])
    assert commune.ledger.state.journal == state.journal
    assert commune.entry.open("nq28_hue", Q4) == before


def test_what_would_be_refused_stands_among_the_problems_at_its_place(workbooks):
    outside = NewsItem("a" * 32, date(2025, 9, 1), "Tin", NewsKind.BRIEF, ("website",))
    assert tried(workbooks, ImportedReport("nq28_hue", Q4, news=(outside,))) == ({}, [("NEWS_OUTSIDE", "news")])
    assert tried(workbooks, ImportedReport("nq28_hue", Q4, cells={"x": given(1)})) == ({}, [("CELL_UNKNOWN", "S!A1")])


def test_a_correction_can_be_tried_while_the_report_is_sealed(commune, workbooks):
    names = ("news_counted", "news_brief", "news_own", "news_airings")
    cells = {name: given(6) for name in names} | {"news_feature": given(0), "news_relayed": given(0)}
    commune.entry.take(ImportedReport("nq28_hue", Q4, cells=cells))
    commune.seal()
    changed = ImportedReport("nq28_hue", Q4, cells=cells | {"news_counted": given(7)})
    assert code(lambda: tried(workbooks, changed)) == "REPORT_SEALED"
    assert tried(workbooks, changed, correct=True)[0] == {"news_counted": ("6", "7")}
    assert commune.entry.open("nq28_hue", Q4).state is ReportState.SEALED


def test_nothing_is_taken_while_something_is_wrong_or_waits_for_an_agreement(commune, workbooks):
    filled = ImportedReport("nq28_hue", Q4, cells={"news_counted": given(1)})
    wrong = Given(Reading(filled, problems=(Remark("CELL_ERROR", "S!A1", "Ô lỗi."),)))
    old = Given(Reading(filled), (Conversion("S!A1", Encoding.VNI, "Nöõ", "Nữ", 1.0),), agreed=False)
    assert code(lambda: workbooks.take(wrong)) == "WORKBOOK_PROBLEMS"
    assert code(lambda: workbooks.take(old)) == "LEGACY_TEXT"
    assert commune.entry.open("nq28_hue", Q4).is_blank
    assert workbooks.take(replace(old, agreed=True)).quantity("news_counted") == 1


def test_a_draft_taken_as_an_import_is_the_same_draft(commune):
    commune.news_item(3)
    report = commune.entry.open("nq28_hue", Q4)
    report = commune.entry.put_cell(report, "news_counted", replace(report.cell("news_counted"), note="đã đếm"))
    report = commune.entry.put_narrative(report, "highlights", "Đã phát động.")
    commune.entry.explain(report, "enough_news", "Bão")
    draft = commune.entry.open("nq28_hue", Q4)
    assert commune.entry.take(as_filled(draft)) == draft
