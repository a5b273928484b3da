"""What the live numbers of a text say: the figures of a report, or of an office that sums up, and of the period before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from forms.model.cell import at
from forms.model.count import Count
from forms.model.expression import Lack, Quantity
from forms.model.form import Form
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.live_field import LiveField, View, has_fields, resolved
from forms.model.number import counted, format_number, spelled
from forms.model.report import Report
from forms.prose.wording import LACKING, change, measured, named, points, standing
from forms.summary.ranking import Beside, ends, ratio_of
from forms.summary.totals import Contributions, Result, Sum, results, single, sums

_OF_COUNTS = frozenset({View.VALUE, View.PREV, View.DIFF, View.WORDS})
_OF_INDICATORS = frozenset(View) - {View.WORDS}
_OF_YES_NO = frozenset({View.VALUE, View.PREV, View.TARGET, View.GAP})


class Fault(StrEnum):
    """Why a field says nothing, whatever the figures are."""

    UNKNOWN = "unknown"
    SENSITIVE = "sensitive"  # such figures stand in tables, which can withhold them
    VIEW = "view"


@dataclass(frozen=True)
class Told:
    """The figures of one period: counts and cells, and results, by name; `reached@2015` in a form of years."""

    quantities: Mapping[str, Quantity]
    results: Mapping[str, Result]


@dataclass(frozen=True)
class LiveNumbers:
    """What a text may speak of. `before` is None where the period before was not reported; `beside` gives the units
    below of an office that sums up, and is asked only when a text names them."""

    form: Form
    now: Told
    before: Told | None = None
    beside: Callable[[], Beside] = field(default=lambda: (), repr=False)

    @cached_property
    def units(self) -> Beside:
        return self.beside()

    def result(self, one: LiveField) -> Result | None:
        """Of an indicator, in the field's year."""
        return self.now.results.get(self._name(one))

    def quantity(self, one: LiveField) -> Quantity:
        return _quantity(self.now, self._name(one))

    def quantity_before(self, one: LiveField) -> Quantity:
        """In the period before; in a form of years in the year before that it asks of."""
        if not self.form.years:
            return _quantity(self.before, one.name) if self.before else Lack.BLANK
        year = self._year(one)
        earlier = [known for known in years_of(one, self.form) if year and known < year]
        return _quantity(self.now, at(one.name, earlier[-1])) if earlier else Lack.BLANK

    def _name(self, one: LiveField) -> str:
        return at(one.name, self._year(one))

    def _year(self, one: LiveField) -> int | None:
        """The last one that is asked where the field names none."""
        return one.year or next(reversed(years_of(one, self.form)), None)


def told_of(things: Contributions, year: int) -> Told:
    """The figures of what is added up, or of a report by itself."""
    return told(sums(things), results(things, year))


def told(added: Mapping[str, Sum], judged: tuple[Result, ...]) -> Told:
    quantities = {name: one.quantity for name, one in added.items()}
    return Told(quantities, {at(result.indicator.id, result.year): result for result in judged})


def own_figures(report: Report, before: Report | None) -> LiveNumbers:
    """Of a unit that reports for itself."""

    def its(one: Report) -> Told:
        return told_of(single(one.form, one.unit, one.role, one.cells), one.period.year)

    return LiveNumbers(report.form, its(report), its(before) if before else None)


def row_of(one: LiveField, form: Form) -> Count | Indicator | None:
    bare, _, part = one.name.partition(".")
    count = form.counts.get(bare)
    if count is not None:
        return count if not part or one.name in count.places else None
    return form.indicators.get(one.name)


def years_of(one: LiveField, form: Form) -> tuple[int, ...]:
    row = row_of(one, form)
    return row.years if row else ()


def fault_of(one: LiveField, form: Form) -> Fault | None:
    """Why the form has no such field; None for a sound one."""
    row = row_of(one, form)
    if row is None or (one.year is not None and one.year not in row.years):
        return Fault.UNKNOWN
    if row.sensitive:
        return Fault.SENSITIVE
    return None if one.view in views_of(row) else Fault.VIEW


def views_of(row: Count | Indicator) -> frozenset[View]:
    """What may be asked of a row."""
    if isinstance(row, Count):
        return _OF_COUNTS
    return _OF_YES_NO if row.kind is IndicatorKind.YES_NO else _OF_INDICATORS


def tell(one: LiveField, figures: LiveNumbers) -> str | None:
    """What a field says; a figure that is lacking is told in words. None for a field that the form does not have."""
    row = row_of(one, figures.form)
    if row is None or fault_of(one, figures.form) is not None:
        return None
    match one.view:
        case View.VALUE:
            return _value(row, figures.quantity(one))
        case View.PREV:
            return _value(row, figures.quantity_before(one))
        case View.DIFF:
            return _difference(row, figures.quantity_before(one), figures.quantity(one))
        case View.WORDS:
            quantity = figures.quantity(one)
            return LACKING[quantity] if isinstance(quantity, Lack) else spelled(quantity)
    assert isinstance(row, Indicator)
    return _judged(one, row, figures)


def is_lacking(one: LiveField, figures: LiveNumbers) -> bool:
    """Whether there is no figure yet for a sound field to tell."""
    if one.view in (View.TOP, View.BOTTOM):
        return ends(figures.form.indicators[one.name], figures.units) is None
    quantity = figures.quantity(one)
    asked = [figures.quantity_before(one)] if one.view in (View.PREV, View.DIFF) else []
    return any(one in (Lack.BLANK, Lack.NOT_COLLECTED, Lack.TWO_SOURCES) for one in (quantity, *asked))


def speaks(report: Report) -> bool:
    """Whether a text of the report holds fields."""
    return any(has_fields(text) for text in report.narratives.values())


def spoken(report: Report, figures: LiveNumbers) -> Report:
    """The report with its fields told."""
    texts = {id: resolved(text, lambda one: tell(one, figures)) for id, text in report.narratives.items()}
    return replace(report, narratives=texts)


def _quantity(told: Told, name: str) -> Quantity:
    result = told.results.get(name)
    return result.quantity if result else told.quantities.get(name, Lack.BLANK)


def _value(row: Count | Indicator, quantity: Quantity) -> str:
    """An indicator with its %, a count without its measure, which the sentence says."""
    if isinstance(quantity, Lack):
        return LACKING[quantity]
    if isinstance(row, Count):
        return counted(quantity)
    if row.kind is IndicatorKind.YES_NO or row.measure == "%":
        return measured(row, quantity)
    return format_number(quantity, row.decimals)


def _difference(row: Count | Indicator, before: Quantity, now: Quantity) -> str:
    if isinstance(before, Lack) or isinstance(now, Lack):
        return "chưa có số liệu để so sánh"
    return change(before, now, row.decimals, row.measure if isinstance(row, Count) else points(row))


def _judged(one: LiveField, indicator: Indicator, figures: LiveNumbers) -> str:
    result = figures.result(one)
    if result is None:
        return LACKING[Lack.BLANK]
    if one.view in (View.TOP, View.BOTTOM):
        found = ends(indicator, figures.units)
        return named(found[one.view is View.BOTTOM]) if found else LACKING[Lack.BLANK]
    if one.view is View.GAP:
        return standing(result)
    if one.view is View.TARGET:
        if (aim := result.target) is None:
            return "chương trình không đặt mốc"
        return f"mốc năm {aim.year} “{aim.words}”{'' if aim.verified else ' (chưa đối chiếu)'}"
    ratio = ratio_of(result)
    return f"{counted(ratio[0])}/{counted(ratio[1])}" if ratio else LACKING[Lack.BLANK]
