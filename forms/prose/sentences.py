"""Draft sentences from the figures by rules (soạn từ số liệu): level, change, target, series, best and weakest units.

Every number in them is a live field, so a sentence stays true when a figure changes. What has no figure yet, and what is
sensitive, gets no sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms.model.count import Count, Role
from forms.model.expression import Lack, Quantity
from forms.model.form import NarrativeSpec, Section
from forms.model.indicator import Direction, Indicator, IndicatorKind
from forms.model.live_field import LiveField, View
from forms.model.report import Report
from forms.prose.live_numbers import LiveNumbers, is_lacking, views_of
from forms.summary.ranking import SMALL, ratio_of

_SPELLED = 10  # below it the words stand behind the digits: 06 (sáu)
_YEARS = 5  # of a series that a sentence can hold
_PARTS = ("Trong đó", "Chia theo")  # as a row begins that is a part of the one above
_UNKNOWN = (Lack.BLANK, Lack.NOT_COLLECTED, Lack.TWO_SOURCES)


def draft(report: Report, figures: LiveNumbers, spec: NarrativeSpec) -> tuple[str, ...]:
    """A sentence for every indicator and count of the section's objective; of a text on the whole one, shorter, for
    every indicator of the form, and for its counts only where it judges nothing else."""
    writer = _Writer(report, figures)
    form = figures.form
    if spec.section:
        mine = [section for section in form.sections if section.number == spec.section]
        return tuple(one for section in mine for one in writer.section(section))
    told = tuple(one for row in form.indicators.values() for one in writer.indicator(row, is_short=True))
    has_shares = any(row.kind is not IndicatorKind.SHARE_OF_UNITS for row in form.indicators.values())
    counts = () if has_shares else tuple(row for section in form.sections for row in section.counts)
    return (*told, *writer.counts(counts))


@dataclass(frozen=True)
class _Writer:
    report: Report
    figures: LiveNumbers

    def section(self, section: Section) -> Iterator[str]:
        formulas = [row for row in section.indicators if row.kind is IndicatorKind.FORMULA]
        read = {name.partition(".")[0] for row in formulas for name in row.names}
        for row in section.indicators:
            yield from self.indicator(row, is_short=False)
        yield from self.counts(row for row in section.counts if row.id not in read)

    def indicator(self, row: Indicator, *, is_short: bool) -> Iterator[str]:
        here = LiveField(row.id)
        quantity = self._known(row, here)
        if quantity is None:
            return
        if isinstance(quantity, Lack):
            yield f"{_title(row)}: {here.written}."
        elif row.kind is IndicatorKind.SHARE_OF_UNITS and self.report.role is not Role.SUMMING:
            yield f"{_title(row)}: đơn vị {LiveField(row.id, View.GAP).written}."
        elif row.years:
            yield from self._series(row)
        else:
            is_plain = is_short or self._is_small(row) or View.DIFF not in views_of(row)
            change = "" if is_plain else self._change(here)
            change += f" ({LiveField(row.id, View.PREV).written})" if change else ""
            units = "" if is_short else self._units(row)
            yield f"{self._level(row)}{change}{_aim(row, here)}.{units}"

    def counts(self, rows: Iterable[Count]) -> list[str]:
        """A row that is a part of the one above it (“Trong đó: tin”) stands in the sentence of that one."""
        told: list[str] = []
        for row in rows:
            said = self._count(row)
            if said and told and row.title.startswith(_PARTS):
                whole = told.pop().removesuffix(".")
                part = _title(row).replace(": ", " ", 1)
                told.append(f"{whole}; {part[0].lower()}{part[1:]}{said}.")
            elif said:
                told.append(f"{_title(row)}{said}.")
        return told

    def _count(self, row: Count) -> str:
        """What follows its title; empty where nothing is to be said."""
        by_months = row.from_news and row.by
        here = LiveField(row.id)
        quantity = self._known(row, here)
        if by_months or not row.adds_up or row.maximum == 1 or row.years or quantity is None:
            return ""
        if isinstance(quantity, Lack):
            return f": {here.written}"
        is_few = quantity < _SPELLED and not row.decimals
        level = LiveField(row.id, View.WORDS if is_few else View.VALUE).written
        same = "cùng kỳ " if row.quarter or row.month else ""
        change = "" if row.title.startswith(_PARTS) else self._change(here, same)
        return f": {level} {row.measure}{self._women(row)}{change}"

    def _known(self, row: Count | Indicator, here: LiveField) -> Quantity | None:
        """The figure; None where nothing is to be said of it."""
        quantity = self.figures.quantity(here)
        return None if row.sensitive or quantity in _UNKNOWN else quantity

    def _level(self, row: Indicator) -> str:
        here, over = LiveField(row.id).written, LiveField(row.id, View.OVER).written
        if row.kind is IndicatorKind.YES_NO:
            return f"{_title(row)}: {here}"
        ratio = self._ratio(row)
        if ratio and self._is_small(row):
            return f"{_title(row)}: {over}"
        measure = "" if row.measure == "%" else f" {row.measure}"
        return f"{_title(row)} là {here}{measure}" + (f" ({over})" if ratio else "")

    def _series(self, row: Indicator) -> Iterator[str]:
        """The years that have a figure, the last ones where they are many."""
        every = [LiveField(row.id, year=year) for year in row.years]
        known = [one for one in every if self.figures.quantity(one) not in _UNKNOWN][-_YEARS:]
        if len(known) > 1:
            years = ", ".join(str(one.year) for one in known)
            told = ", ".join(one.written for one in known)
            measure = "" if row.measure == "%" else f" ({row.measure})"
            yield f"{_title(row)}{measure} các năm {years} lần lượt là {told}{_aim(row, known[-1])}."
        else:
            yield f"{_title(row)} năm {known[0].year} là {known[0].written}{_aim(row, known[0])}."

    def _change(self, here: LiveField, same: str = "") -> str:
        diff = LiveField(here.name, View.DIFF)
        if is_lacking(diff, self.figures) or isinstance(self.figures.quantity_before(here), Lack):
            return ""
        return f", {diff.written} so với {same}{self.report.period.previous().words}"

    def _women(self, row: Count) -> str:
        name = f"{row.id}.female"
        known = name in row.places and not isinstance(self.figures.quantity(LiveField(name)), Lack)
        return f" (nữ: {LiveField(name).written})" if known else ""

    def _units(self, row: Indicator) -> str:
        top, bottom = LiveField(row.id, View.TOP), LiveField(row.id, View.BOTTOM)
        if self.report.role is not Role.SUMMING or is_lacking(top, self.figures):
            return ""
        best, weakest = ("Cao", "thấp") if row.direction is Direction.HIGHER else ("Thấp", "cao")
        return f" {best} nhất là {top.written}; {weakest} nhất là {bottom.written}."

    def _ratio(self, row: Indicator) -> tuple[int, int] | None:
        result = self.figures.result(LiveField(row.id))
        return ratio_of(result) if result else None

    def _is_small(self, row: Indicator) -> bool:
        """Of so few a share says less than the numbers themselves."""
        ratio = self._ratio(row)
        return ratio is not None and ratio[1] < SMALL


def _title(row: Count | Indicator) -> str:
    return " ".join(row.title.split()).rstrip(".")


def _aim(row: Indicator, here: LiveField) -> str:
    """How the figure stands to what the plan asks."""
    if not row.targets:
        return ""
    target, gap = (LiveField(here.name, view, here.year).written for view in (View.TARGET, View.GAP))
    return f"; so với {target}: {gap}"
