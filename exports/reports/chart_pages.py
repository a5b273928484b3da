"""Charts of a report: the indicators of a review over its years, the units of a quarter beside what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from exports.document import Block, Chart, Limit, Series
from exports.reports.report_texts import bare
from forms.model.cell import BLANK
from forms.model.count import Count
from forms.model.form import Section
from forms.model.indicator import Indicator, IndicatorKind
from forms.services.summary import Summary
from forms.summary.disclosure import Disclosure
from forms.summary.totals import Result

_SEXES, _PERSONS, _FEWEST_PAIRS, _MOST_PAIRS = {"female", "male"}, "người", 2, 5
_FEWEST, _MOST_UNITS = 3, 60  # figures that make a line; bars that one page holds


def pictures(summary: Summary, told: Disclosure) -> tuple[Block, ...]:
    """Over years one for each indicator that has a target; of one year women beside men, by objective. Nothing withheld
    is drawn."""
    if not summary.status.form.years:
        return tuple(chart for section in summary.status.form.sections for chart in _pairs(section, summary, told))
    drawn: list[Block] = []
    for _, group in groupby(summary.results, key=lambda result: result.indicator.id):
        known = [result for result in group if told.tells(result)]
        if sum(result.amount is not None for result in known) >= _FEWEST and known[0].indicator.targets:
            drawn += _years(known, len(drawn) + 1)
    return tuple(drawn)


def units_picture(summary: Summary, asked: Count) -> tuple[Block, ...]:
    """The units that reported, beside what the plan asks of each; none where there are more than a page holds."""
    status = summary.status
    units, rule = status.received, status.form.news_rule
    if not _FEWEST <= len(units) <= _MOST_UNITS:
        return ()
    amounts = tuple(status.heads[unit.key].cells.get(asked.id, BLANK).amount for unit in units)
    limit = Limit(Decimal(rule.minimum), f"Yêu cầu: {rule.minimum} {asked.measure}") if rule else None
    title = f"Biểu đồ. {asked.title} của từng đơn vị"
    names = tuple(bare(unit.full_name) for unit in units)
    return (Chart("units", title, asked.measure, names, (Series(asked.measure, amounts),), limit),)


def _pairs(section: Section, summary: Summary, told: Disclosure) -> list[Chart]:
    """The counts of persons by sex, each by its number in the table, as many to a chart as leave room for their
    figures; none where fewer than two are known whole."""
    found = [
        (count.number, women, men)
        for count in section.counts
        if count.by and set(count.by.parts) == _SEXES and count.measure == _PERSONS
        for women, men in [(_amount(f"{count.id}.female", summary, told), _amount(f"{count.id}.male", summary, told))]
        if women is not None and men is not None
    ]
    if len(found) < _FEWEST_PAIRS:
        return []
    charts = -(-len(found) // _MOST_PAIRS)
    size = -(-len(found) // charts)
    return [_pair(section, found[at : at + size]) for at in range(0, len(found), size)]


def _pair(section: Section, found: list[tuple[str, Decimal, Decimal]]) -> Chart:
    series = (Series("Nữ", tuple(w for _, w, _ in found)), Series("Nam", tuple(m for _, _, m in found)))
    title = f"Nữ và nam theo số liệu gốc: {section.title} (số thứ tự như trong biểu)"
    return Chart("pairs", title, _PERSONS, tuple(number for number, _, _ in found), series)


def _amount(name: str, summary: Summary, told: Disclosure) -> Decimal | None:
    found = summary.sums.get(name)
    known = found.quantity if found is not None and name not in told.withheld else None
    return known if isinstance(known, Decimal) else None


def _years(results: Sequence[Result], number: int) -> list[Block]:
    indicator = results[0].indicator
    if indicator.kind is IndicatorKind.YES_NO:
        return []
    years = [result.year or 0 for result in results]
    series = (
        Series("Kết quả", tuple(result.amount for result in results)),
        Series("Mốc", tuple(_aim(indicator, year) for year in years)),
    )
    title = f"Biểu đồ {number}. Chỉ tiêu {indicator.number}: {indicator.title}"
    labels = tuple(map(str, years))
    return [Chart("years", title, indicator.measure, labels, series, decimals=indicator.decimals)]


def _aim(indicator: Indicator, year: int) -> Decimal | None:
    """What the year works towards, where it is one number."""
    target = indicator.target_for(year)
    return target.amount if target is not None else None
