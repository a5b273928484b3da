"""The best and the weakest units of a signed report are those of the drafted sentences: one rule, one place."""

from __future__ import annotations

from dataclasses import replace

from exports.reports import ReportTexts, build
from exports.reports.units import extremes
from forms.model.cell import given
from forms.model.indicator import Direction
from forms.prose.wording import named as told_of
from forms.services.summary import Summary
from forms.summary.ranking import ends, of_units
from tests.exports.plain_document import as_text

LED, ALL = "women_led_agencies", "agencies"


def with_tiny_unit(summary: Summary) -> Summary:
    """The first commune has one agency, led by a woman: 100 % of one."""
    status = summary.status
    unit = status.received[0]
    cells = dict(status.heads[unit.key].cells)
    for part, (led, all_) in {"council": (1, 1), "committee": (0, 0)}.items():
        cells |= {f"{LED}.{part}": given(led), f"{ALL}.{part}": given(all_)}
    heads = dict(status.heads) | {unit.key: replace(status.heads[unit.key], cells=cells)}
    return replace(summary, status=replace(status, heads=heads))


def test_every_indicator_names_the_units_of_the_one_ranking(summing_year: Summary) -> None:
    summary = with_tiny_unit(summing_year)
    status = summary.status
    beside = of_units(status.form, status.period.year, status.communes)
    told, named = extremes(summary), 0
    for indicator in status.form.indicators.values():
        found = ends(indicator, beside)
        found = found and tuple(map(told_of, found))
        assert (indicator.id in told) == (found is not None), indicator.id
        if found is not None:
            named += 1
            best, weakest = ("cao", "thấp") if indicator.direction is Direction.HIGHER else ("thấp", "cao")
            assert told[indicator.id] == f"; {best} nhất: {found[0]}, {weakest} nhất: {found[1]}"
    assert named > 3


def test_a_share_of_one_is_nobodys_best_in_the_printed_report(summing_year: Summary) -> None:
    summary = with_tiny_unit(summing_year)
    tiny = summary.status.received[0].full_name
    line = next(
        line
        for line in as_text(build(summary, ReportTexts(year=2026))).splitlines()
        if "1.1" in line and "nhất:" in line
    )
    assert tiny.removeprefix("Phường ") not in line
