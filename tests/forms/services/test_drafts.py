"""What a draft keeps. D1 a figure that follows from the news goes with them · D2 an edit changes what stands in the
ledger, not what a screen remembers · D3 a report stays readable under the version it was filled under, for ever ·
D4 moving a draft to a newer version says what it loses, and is an act of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.errors import InputRefused, ReportStateError
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.period import Period
from forms.model.report import ImportedReport, ReportState
from forms.model.task import Nomination, Nominee, Task
from forms.programmes.catalogue import DEFINITIONS, Catalogue, parse_pack
from tests.agency_form import YEAR
from tests.small_form import FORM
from tests.span_form import AGENCIES, SPAN

from .conftest import Q4

YEAR_2025 = Period("2025")
QUARTER = {"news_counted": 1, "news_brief": 1, "news_own": 1, "news_relayed": 0, "news_feature": 0, "news_airings": 1}


def versions(*newer: tuple[str, dict[str, str]], **files: str) -> Catalogue:
    """small.v1 of these form files, and a newer version for each set of other files; a plan of the years since 2011."""
    packs = [("small.v1", files), *newer]
    made = []
    for name, forms in packs:
        head = AGENCIES.replace("version = 1", f"version = {name[-1]}").replace("2021", "2011")
        texts = {"programme.toml": head} | {f"{form}.toml": text for form, text in forms.items()}
        made.append(parse_pack(name, {file: text.encode() for file, text in texts.items()}))
    return Catalogue(tuple(made))


def amount(desk, name: str, programme: str = "nq28_hue", period: Period = Q4) -> object:
    return desk.entry.open(programme, period).quantity(name)


@pytest.mark.parametrize(
    "touch",
    [
        lambda desk, report: desk.entry.put_narrative(report, "highlights", "Tốt"),
        lambda desk, report: desk.entry.date(report, date(2025, 12, 31), estimate=False),
        lambda desk, report: desk.entry.explain(report, "enough_news", "bão"),
        lambda desk, report: desk.entry.put_cell(report, "news_counted", replace(given(1), note="đã đối chiếu")),
        lambda desk, report: desk.entry.put_cell(report, "news_airings", given(1)),
    ],
    ids=["text", "day", "reason", "note", "cell"],
)
def test_d1_when_the_items_go_their_figures_go(commune, touch):
    """One item, the report is touched, the item is deleted: nobody ever typed 1."""
    item = commune.news_item(3)
    report = touch(commune, commune.entry.open("nq28_hue", Q4))
    assert report.quantity("news_counted") == 1
    assert [one.id for one in report.news] == [item.id]
    commune.news.delete(item)
    left = commune.entry.open("nq28_hue", Q4)
    assert [name for name in left.expected_cells if left.cell(name).amount is not None] == []


def test_d1_a_note_beside_a_figure_of_the_news_stays(commune):
    commune.news_item(3)
    report = commune.entry.open("nq28_hue", Q4)
    commune.entry.put_cell(report, "news_counted", replace(given(1), note="đã đối chiếu", flagged=True))
    commune.news_item(4)
    cell = commune.entry.open("nq28_hue", Q4).cell("news_counted")
    assert (cell.amount, cell.note, cell.flagged) == (2, "đã đối chiếu", True)


def test_d1_what_is_typed_over_a_figure_of_the_news_is_not_taken(commune):
    """The list counts 1; somebody types 9: the list is right, on the screen too."""
    commune.news_item(3)
    report = commune.entry.put_cell(commune.entry.open("nq28_hue", Q4), "news_counted", given(9))
    assert report.quantity("news_counted") == amount(commune, "news_counted") == 1


def test_d1_totals_that_were_typed_stand_while_there_are_no_items(commune):
    report = commune.entry.open("nq28_hue", Q4)
    commune.entry.put_cell(report, "news_counted", given(5))
    commune.entry.put_narrative(commune.entry.open("nq28_hue", Q4), "highlights", "Tốt")
    assert amount(commune, "news_counted") == 5


def test_d1_a_correction_that_takes_the_only_item_away_says_so(commune):
    """Sealed with one item; reopened; the item is deleted: the correction must not say 1 without a list."""
    item = commune.news_item(3)
    commune.entry.explain(commune.entry.open("nq28_hue", Q4), "enough_news", "bão")
    commune.seal()
    commune.entry.reopen("nq28_hue", Q4)
    commune.news.delete(item)
    report = commune.entry.open("nq28_hue", Q4)
    assert (report.state, report.cell("news_counted").state) == (ReportState.DRAFT, CellState.BLANK)


def test_d1_an_import_that_repeats_the_totals_of_its_list_types_nothing(commune):
    item = commune.news_item(3)
    cells = {name: given(value) for name, value in QUARTER.items()}
    commune.entry.take(ImportedReport("nq28_hue", Q4, cells=cells, news=(item,)))
    commune.news.delete(item)
    assert commune.entry.open("nq28_hue", Q4).cell("news_counted").state is CellState.BLANK


def test_d2_a_page_that_was_opened_before_does_not_wipe_out_what_was_typed_since(commune):
    """The page of texts is open; figures are typed on the page of figures; then the text is saved."""
    stale = commune.entry.open("nq28", YEAR_2025)
    name = stale.expected_cells[0]
    commune.entry.put_cell(stale, name, given(7))
    told = commune.entry.explain(stale, "some_check", "lý do")
    assert told.quantity(name) == 7
    commune.entry.date(stale, date(2025, 11, 15), estimate=True)
    report = commune.entry.open("nq28", YEAR_2025)
    assert (report.quantity(name), report.explanations, report.as_of) == (
        7,
        {"some_check": "lý do"},
        date(2025, 11, 15),
    )


def test_d2_each_edit_of_a_stale_page_keeps_the_others(make):
    desk = make("SNV", "Sở Nội vụ", kind="agency", packs=versions(span=SPAN))
    stale = desk.entry.open("small", Period("2011..2020"))
    person = Nomination(Nominee.PERSON, "Lê Thị A")
    desk.entry.put_cell(stale, "jobs@2015", given(3))
    desk.entry.put_task(stale, Task("t-1", percent=40))
    desk.entry.put_nominations(stale, [person])
    desk.entry.put_narrative(stale, "results", "Tốt")
    report = desk.entry.open("small", Period("2011..2020"))
    assert (report.quantity("jobs@2015"), report.task("t-1").percent) == (3, 40)
    assert (report.nominations, report.narratives) == ((person,), {"results": "Tốt"})


def test_d2_a_page_that_still_shows_a_draft_changes_nothing_sealed(commune):
    stale = commune.entry.open("nq28_hue", Q4)
    totals = dict(QUARTER, news_counted=5, news_brief=5, news_own=5, news_airings=5)
    commune.entry.take(ImportedReport("nq28_hue", Q4, cells={name: given(value) for name, value in totals.items()}))
    commune.seal()
    for act in (
        lambda: commune.entry.put_narrative(stale, "highlights", "x"),
        lambda: commune.entry.put_cell(stale, "news_counted", given(9)),
        lambda: commune.entry.date(stale, None, estimate=True),
        lambda: commune.entry.renewed(stale),
    ):
        with pytest.raises(ReportStateError) as refused:
            act()
        assert refused.value.code == "REPORT_SEALED"


V2 = YEAR.replace('"workers"', '"people"').replace("/ workers", "/ people")


def two(make, old: Catalogue, new: Catalogue, **office):
    """The same ledger under the old catalogue and, after an update, under the new one."""
    before = make("19804", "Xã A", packs=old, **office)
    return before, make("19804", "Xã A", packs=new, ledger=before.ledger, **office)


def test_d3_a_report_opens_under_the_version_it_was_filled_under(make):
    """v1 asks for workers, v2 for people."""
    before, after = two(make, versions(year=YEAR), versions(("small.v2", {"year": V2}), year=YEAR))
    before.entry.put_cell(before.entry.open("small", YEAR_2025), "workers", given(10))
    report = after.entry.open("small", YEAR_2025)
    assert (report.form.programme_version, report.quantity("workers")) == (1, 10)
    assert after.entry.open("small", Period("2026")).form.programme_version == 2


def test_d3_a_version_that_calls_the_form_otherwise_does_not_hide_the_old_report(make):
    other = YEAR.replace('id = "year"', 'id = "annual"')
    before, after = two(make, versions(year=YEAR), versions(("small.v2", {"annual": other}), year=YEAR))
    before.entry.put_cell(before.entry.open("small", YEAR_2025), "workers", given(10))
    assert after.entry.open("small", YEAR_2025).form.id == "year"
    assert after.entry.open("small", Period("2026")).form.id == "annual"
    with pytest.raises(InputRefused) as refused:
        after.entry.renew(after.entry.open("small", YEAR_2025))
    assert refused.value.code == "FORM_UNKNOWN"


def test_d3_a_version_without_that_kind_of_form_blocks_neither_the_list_of_packages_nor_the_news(make):
    """v2 has no yearly form any more; what was sealed in v1 is there, and news can be written."""
    quarter = (DEFINITIONS / "nq28_hue.v1/quarter_news.toml").read_text("utf-8")
    old = versions(year=FORM, quarter=quarter)
    before, after = two(make, old, versions(("small.v2", {"quarter": quarter}), year=FORM, quarter=quarter))
    report = before.entry.open("small", YEAR_2025)
    for name in report.expected_cells:
        report = before.entry.put_cell(report, name, given(30))
    before.sealing.seal("small", YEAR_2025, before.ledger.signers())
    ((sealed, _),) = after.sealing.every()
    assert (sealed.form.id, sealed.quantity("reached")) == ("year", 60)
    assert after.news_item(3).id
    with pytest.raises(InputRefused) as refused:
        after.entry.open("small", Period("2026"))
    assert refused.value.code == "PERIOD_UNKNOWN"


def test_d3_a_report_of_a_version_that_is_not_here_says_what_to_do(make):
    before, after = two(make, versions(("small.v2", {"year": V2}), year=YEAR), versions(year=YEAR))
    before.entry.put_cell(before.entry.open("small", YEAR_2025), "people", given(10))
    with pytest.raises(InputRefused) as refused:
        after.entry.open("small", YEAR_2025)
    assert (refused.value.code, refused.value.where) == ("PROGRAMME_UNKNOWN", "small.v2")
    assert "Nhập tệp chương trình" in refused.value.message


def test_d4_moving_to_the_newer_version_says_what_it_loses(make):
    """
    v1: jobs, workers · task t-1 · results · proposals        v2: jobs, people
    """
    old = SPAN.replace('filled_by = ["agency"]', 'filled_by = ["reporting_unit"]').replace('leads = ["communes"]', "")
    new = (
        old.replace('count = "jobs"', 'count = "posts"')
        .partition("[[narrative]]")[0]
        .replace('id = "t-2"', 'id = "t-3"')
    )
    before, after = two(make, versions(span=old), versions(("small.v2", {"span": new}), span=old))
    span = Period("2011..2020")
    report = before.entry.open("small", span)
    report = before.entry.put_cells(report, [("jobs@2015", given(3)), ("reached.female@2015", given(4))])
    report = before.entry.put_task(report, Task("t-2", percent=5))
    report = before.entry.put_narrative(report, "results", "Tốt")
    before.entry.put_nominations(report, [Nomination(Nominee.COLLECTIVE, "Xã A")])
    report = after.entry.open("small", span)
    moved, lost = after.entry.renew(report)
    assert lost == ("jobs@2015", "text:results", "task:t-2", "nomination:1")
    assert (moved.form.programme_version, moved.quantity("reached.female@2015")) == (2, 4)
    assert after.entry.open("small", span).form.programme_version == 1  # nothing was stored yet
    after.entry.renewed(report)
    assert after.entry.open("small", span).form.programme_version == 2
    with pytest.raises(ReportStateError) as refused:
        after.entry.put_cell(report, "reached.female@2015", given(9))  # the page of before
    assert refused.value.code == "REPORT_MOVED"


def test_d4_who_becomes_an_agency_moves_as_an_agency(make):
    """v1 asked no agencies; v2 does. Else the office above would refuse the role."""
    reporting = YEAR.replace('"reporting_unit", "agency"', '"reporting_unit"').replace(
        'filled_by = ["agency"]', 'filled_by = ["reporting_unit"]'
    )
    before, after = two(
        make, versions(year=reporting), versions(("small.v2", {"year": YEAR}), year=reporting), kind="agency"
    )
    for desk in (before, after):
        desk.ledger.state.office = replace(desk.ledger.state.office, name="Sở Nội vụ")
    report = before.entry.open("small", YEAR_2025)
    assert report.role is Role.REPORTING
    before.entry.put_cells(report, [("workers", given(10)), ("offices", given(2))])
    moved = after.entry.renewed(after.entry.open("small", YEAR_2025))
    assert (moved.role, dict(moved.cells)) == (Role.AGENCY, {"workers": given(10)})


def test_d4_a_correction_of_what_an_older_version_sealed_can_be_sealed(make):
    """Sealed under v1 with a count that v2 does not have; reopened, moved, corrected."""
    new = FORM.replace('count = "reached"', 'count = "met"').replace("reached", "met")
    before, after = two(make, versions(year=FORM), versions(("small.v2", {"year": new}), year=FORM))
    report = before.entry.open("small", YEAR_2025)
    for name in report.expected_cells:
        report = before.entry.put_cell(report, name, given(30))
    before.sealing.seal("small", YEAR_2025, before.ledger.signers())
    after.entry.reopen("small", YEAR_2025)
    report = after.entry.renewed(after.entry.open("small", YEAR_2025))
    for name in ("met.female", "met.male"):
        report = after.entry.put_cell(report, name, given(20))
    sealed, _ = after.sealing.seal("small", YEAR_2025, after.ledger.signers(), "đổi biểu")
    assert {(one.cell, one.old, one.new) for one in sealed.changes} == {
        ("met.female", "blank", "20"),
        ("met.male", "blank", "20"),
        ("reached.female", "30", "blank"),
        ("reached.male", "30", "blank"),
    }


def test_blank_cells_are_not_kept(commune):
    report = commune.entry.open("nq28", YEAR_2025)
    name = report.expected_cells[0]
    commune.entry.put_cell(commune.entry.put_cell(report, name, given(7)), name, Cell())
    assert commune.entry.open("nq28", YEAR_2025).cells == {}
