"""What the office above hears when a report repeats another: it is added up all the same, with a word for a person."""

from __future__ import annotations

from datetime import date

import pytest

from forms.exchange.brought_files import incoming
from forms.exchange.statements import Arrival
from forms.model.cell import given
from forms.model.period import Period
from forms.model.report import ImportedReport

from .conftest import Q4

Q3 = Period("2025-Q3")


def totals(counted: int, airings: int, **more) -> ImportedReport:
    amounts = dict(
        news_counted=counted,
        news_brief=counted - 2,
        news_feature=2,
        news_own=counted,
        news_relayed=0,
        news_airings=airings,
    )
    return ImportedReport("nq28_hue", more.pop("period", Q4), cells={n: given(a) for n, a in amounts.items()}, **more)


@pytest.fixture
def second(make, units, office):
    """Another commune, whose keys the office knows too."""
    unit = units.children("46", date(2025, 12, 31))[1]
    desk = make(unit.code, unit.full_name, since=unit.valid_from)
    office.trust(desk)
    return desk


def sealed(desk, filled: ImportedReport) -> bytes:
    desk.entry.take(filled)
    return desk.sealing.seal("nq28_hue", filled.period, desk.ledger.signers())[1].raw


def told(batch) -> list[tuple[str, list[str]]]:
    assert all(line.arrival is Arrival.NEW for line in batch.lines)
    return [(line.unit, [one.code for one in line.warnings]) for line in batch.lines]


def test_two_units_with_the_same_report_in_one_batch_are_both_told(commune, second, office):
    batch = office.receive(sealed(commune, totals(12, 30)), sealed(second, totals(12, 30)))
    codes = [line.unit for line in batch.lines]
    assert told(batch) == [(codes[0], ["SAME_AS_OTHER"]), (codes[1], ["SAME_AS_OTHER"])]
    assert commune.ledger.state.office.name in batch.lines[1].warnings[0].message


def test_a_report_that_came_before_is_compared_with(commune, second, office):
    office.receive(sealed(commune, totals(12, 30)))
    assert told(office.receive(sealed(second, totals(12, 30)))) == [
        (second.ledger.state.office.unit.code, ["SAME_AS_OTHER"])
    ]


def test_other_figures_are_nobodys(commune, second, office):
    batch = office.receive(sealed(commune, totals(12, 30)), sealed(second, totals(12, 31)))
    assert [codes for _, codes in told(batch)] == [[], []]


def test_the_units_own_figures_of_the_period_before_are_told_with_the_reason(commune, office):
    office.receive(sealed(commune, totals(12, 30, period=Q3)))
    batch = office.receive(sealed(commune, totals(12, 30, explanations={"same_as_before": "đã rà soát"})))
    assert [codes for _, codes in told(batch)] == [["SAME_AS_BEFORE"]]
    assert "giống hệt quý III năm 2025" in batch.lines[0].warnings[0].message
    assert "Đơn vị ghi lý do: đã rà soát" in batch.lines[0].warnings[0].message


def test_what_was_told_comes_with_the_preview_too_and_not_again(commune, second, office):
    first, again = sealed(commune, totals(12, 30)), sealed(second, totals(12, 30))
    office.receive(first)
    (line,) = office.receiving.preview(incoming([("b", again)])).lines
    assert [one.code for one in line.warnings] == ["SAME_AS_OTHER"]
    office.receive(again)
    (line,) = office.receive(again).lines
    assert (line.arrival, line.warnings) == (Arrival.SAME, ())
