"""Tables of a form of years: each year a column, beside it the target that the last one is held against."""

from __future__ import annotations

from itertools import groupby

from exports.document import Column, HeadCell, Row, RowKind, Table
from exports.reports.counts import counts_of, lines_of, told_sum
from exports.reports.indicators import group_cells, legend, told_outcome
from exports.reports.words import UNVERIFIED, WITHHELD
from forms.aggregate import Result
from forms.cell import at
from forms.count import Count
from forms.disclosure import Disclosure
from forms.judgement import VERDICT_TITLES
from forms.services.summary import Summary

_YEAR = 15  # the share of a year's column


def series_table(summary: Summary, told: Disclosure) -> Table:
    """Every indicator over the years, the milestones that the plan sets within them, and how the last year stands."""
    years = summary.status.form.years
    columns = (
        Column(11, "centre"), Column(62), Column(18, "centre"), *(Column(_YEAR, "number") for _ in years),
        Column(44), Column(22, "centre"),
    )  # fmt: skip
    titles = ("TT", "Chỉ tiêu", "Đơn vị tính", *(str(year) for year in years), "Mốc của chương trình", "Đánh giá")
    by_id = {id: list(found) for id, found in groupby(summary.results, key=lambda result: result.indicator.id)}
    rows: list[Row] = []
    for section in summary.status.form.sections:
        mine = [by_id[indicator.id] for indicator in section.indicators if indicator.id in by_id]
        rows += [Row(group_cells(section, len(columns)), "group")] if mine else []
        rows += [_series(results, years, told) for results in mine]
    return Table(columns, _head(titles), tuple(rows), _letters(len(columns)), note=legend(rows))


def year_table(summary: Summary, told: Disclosure) -> Table:
    """Every count and part over the years."""
    years = summary.status.form.years
    columns = (Column(13, "centre"), Column(84), Column(22, "centre"), *(Column(_YEAR, "number") for _ in years))
    titles = ("TT", "Số liệu", "Đơn vị tính", *(str(year) for year in years))
    rows: list[Row] = []
    for section in summary.status.form.sections:
        mine = counts_of(section, summary)
        rows += [Row(group_cells(section, len(columns)), "group")] if mine else []
        rows += [row for count in mine for row in _rows(count, years, summary, told)]
    return Table(columns, _head(titles), tuple(rows), _letters(len(columns)), note=legend(rows))


def _series(results: list[Result], years: tuple[int, ...], told: Disclosure) -> Row:
    last, indicator = results[-1], results[-1].indicator
    mark = "" if indicator.verified else f" {UNVERIFIED}"
    known = {result.year: told_outcome(result, told) for result in results}
    milestones = [target for target in indicator.targets if years[0] <= target.year] or list(indicator.targets)
    aims = "\n".join(f"{t.year}: {t.words}{'' if t.verified else f' {UNVERIFIED}'}" for t in milestones)
    verdict = VERDICT_TITLES[last.verdict] if told.tells(last) else WITHHELD
    figures = (known.get(year, "") for year in years)
    return Row((indicator.number, indicator.title + mark, indicator.measure, *figures, aims, verdict))


def _rows(count: Count, years: tuple[int, ...], summary: Summary, told: Disclosure) -> list[Row]:
    made = []
    for number, title, place in lines_of(count):
        kind: RowKind = "row" if number else "part"
        figures = (told_sum(at(place, year), summary, told) for year in years)
        made.append(Row((number, title, count.measure, *figures), kind))
    return made


def _head(titles: tuple[str, ...]) -> tuple[tuple[HeadCell, ...], ...]:
    return (tuple(HeadCell(title) for title in titles),)


def _letters(columns: int) -> tuple[str, ...]:
    return ("A", "B", "C", *(str(number) for number in range(1, columns - 2)))
