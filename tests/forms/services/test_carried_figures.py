"""Figures carried forward. Y1 only into blanks, only what there is · Y2 marked until confirmed, and not sealed before ·
Y3 from the other form where the same figure stands there, else from the period before · Y4 typing takes the mark away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.checks.context import ALONE
from forms.errors import ReportStateError
from forms.model.cell import Cell, CellState, given
from forms.model.period import Period
from forms.services.entry import on_offer
from forms.services.report_session import Entries
from tests.agency_form import YEAR
from tests.small_form import FORM
from tests.span_form import CROSS, SPAN

from .test_drafts import versions

LAST, THIS = Period("2024"), Period("2025")
TYPED = {
    "jobs.female": replace(given(3), note="theo sổ", flagged=True),
    "jobs.male": Cell(CellState.NONE),
    "workers": Cell(CellState.NOT_COLLECTED, note="chưa điều tra"),
    "offices": Cell(CellState.NOT_APPLICABLE),
}


@pytest.fixture
def desk(make):
    """A commune with last year's figures."""
    desk = make("19804", "Xã A", packs=versions(year=YEAR))
    desk.entry.put_cells(desk.entry.open("small", LAST), TYPED.items())
    return desk


def carry(desk, names, period=THIS):
    """The session after what could be carried into these cells was."""
    session = desk.session("small", period)
    assert session.take(session.carried(names))
    return session


def opened(desk):
    report = desk.entry.open("small", THIS)
    return report, desk.entry.context(report)


def test_y1_last_years_answers_are_offered_without_their_notes(desk):
    """…: what was not collected last year is no answer for this one."""
    assert on_offer(*opened(desk)) == {
        "jobs.female": replace(given(3), carried=True),
        "jobs.male": Cell(CellState.NONE, carried=True),
        "offices": Cell(CellState.NOT_APPLICABLE, carried=True),
    }
    assert on_offer(desk.entry.open("small", LAST), ALONE) == {}


def test_y1_only_blanks_are_filled_and_keep_their_note(desk):
    report, _ = opened(desk)
    desk.entry.put_cells(report, [("jobs.male", given(9)), ("jobs.female", Cell(note="chờ trạm y tế"))])
    report = carry(desk, report.expected_cells).report
    assert report.cell("jobs.male") == given(9)
    assert report.cell("jobs.female") == replace(given(3), carried=True, note="chờ trạm y tế")
    assert report.cell("workers") == Cell()
    assert desk.entry.open("small", THIS) == report


def test_y1_only_the_cells_that_were_chosen(desk):
    assert [*carry(desk, ["offices", "nothing"]).report.cells] == ["offices"]


def test_y2_nothing_is_sealed_before_each_is_confirmed(desk):
    session = carry(desk, opened(desk)[0].expected_cells)
    assert session.take(Entries((("workers", given(10)),)))
    with pytest.raises(ReportStateError, match="chép từ kỳ trước"):
        desk.sealing.seal("small", THIS, desk.ledger.signers())
    assert session.take(session.confirmed(["jobs.female", "jobs.male", "workers"]))
    assert [name for name, cell in session.report.cells.items() if cell.carried] == ["offices"]
    assert session.take(session.confirmed(["offices"]))
    sealed, _ = desk.sealing.seal("small", THIS, desk.ledger.signers())
    assert sealed.cell("jobs.female") == given(3)


def test_y4_a_figure_that_is_typed_over_is_the_persons_own(desk):
    report = carry(desk, ["jobs.female"]).report
    assert not desk.entry.put_cell(report, "jobs.female", given(4)).cell("jobs.female").carried


def test_the_context_is_that_of_the_same_form_the_newest_first(desk):
    desk.entry.put_cells(desk.entry.open("small", Period("2022")), [("workers", given(8))])
    _, context = opened(desk)
    assert [one.period.label for one in context.earlier] == ["2024", "2022"]  # 2023 is empty, 2020 before the plan


def test_y3_a_year_of_a_span_is_carried_from_that_years_form(make):
    """population of 2015 in the summing-up, from the yearly form of 2015; agencies fill both."""
    year = FORM.replace(
        'by = "sex"', 'by = "sex"\n    filled_by = ["reporting_unit", "agency"]\n    agencies = ["health"]'
    )
    head = {"span": SPAN + CROSS, "year": year}
    desk = make("SYT", "Sở Y tế", kind="agency", packs=versions(**head))
    desk.ledger.state.office = replace(desk.ledger.state.office, name="Sở Y tế")
    span = Period("2011..2020")
    desk.entry.put_cells(
        desk.entry.open("small", Period("2015")), [("population.female", given(500)), ("reached.female", given(3))]
    )
    report = desk.entry.open("small", span)
    offered = on_offer(report, desk.entry.context(report))
    assert offered == {"population.female@2015": replace(given(500), carried=True)}
    assert carry(desk, offered, span).report.quantity("population.female@2015") == 500


def test_y3_what_this_office_does_not_fill_is_not_carried(make):
    """A commune fills no figure of the summing-up: nothing is offered, and nothing refused."""
    desk = make("19804", "Xã A", packs=versions(span=SPAN + CROSS, year=FORM))
    desk.entry.put_cells(desk.entry.open("small", Period("2015")), [("population.female", given(500))])
    report = desk.entry.open("small", Period("2011..2020"))
    context = desk.entry.context(report)
    assert on_offer(report, context) == {}
    assert carry(desk, ["population.female@2015"], report.period).report == report
