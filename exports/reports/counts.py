"""What was typed, or added up from what was typed: the table of counts of one period."""

from __future__ import annotations

from collections.abc import Iterator

from exports.document import Cell, Column, HeadCell, Row, RowKind, Table
from exports.reports.indicators import group_cells, legend
from exports.reports.words import UNVERIFIED, WITHHELD, figure
from forms.aggregate import Sum
from forms.count import Count
from forms.disclosure import Disclosure
from forms.expression import Quantity
from forms.services.summary import Summary
from forms.spec import Section

_BESIDE = "Cộng từ báo cáo của các xã, phường (để đối chiếu, không cộng vào)"


def count_table(summary: Summary, told: Disclosure) -> Table:
    """Every count with its parts; at a summing office with how many units stand behind each figure, and what the units
    reported where an agency answers for the whole area."""
    summing = summary.status.office.collates
    columns = [Column(13, "centre"), Column(92), Column(22, "centre"), Column(25, "number")]
    titles, letters = ["TT", "Số liệu", "Đơn vị tính", "Số lượng"], ["A", "B", "C", "1"]
    if summing:
        columns.append(Column(18, "centre"))
        titles.append("Số đơn vị có số liệu")
        letters.append("2")
    rows: list[Row] = []
    for part in summary.status.form.sections:
        mine = counts_of(part, summary)
        rows += [Row(group_cells(part, 4 + summing), "group")] if mine else []
        rows += [row for count in mine for row in _rows(count, summary, summing, told)]
    head = (tuple(HeadCell(title) for title in titles),)
    return Table(tuple(columns), head, tuple(rows), tuple(letters), note=legend(rows))


def counts_of(section: Section, summary: Summary) -> list[Count]:
    """A summing office prints them all, a unit those that it fills."""
    summing = summary.status.office.collates
    return [count for count in section.counts if summing or summary.own.role in count.filled_by]


def lines_of(count: Count) -> list[tuple[str, str, str]]:
    """(number, title, name of its sum): the count, then its parts."""
    mark = "" if count.verified else f" {UNVERIFIED}"
    lines = [(count.number, count.title + mark, count.id)]
    if count.by:
        lines += [("", f"- {count.by.parts[place.partition('.')[2]]}", place) for place in count.places]
    return lines


def told_sum(name: str, summary: Summary, told: Disclosure) -> Cell:
    """A sum as a table's cell: withheld from the public, empty where the form has none of that name."""
    if name in told.withheld:
        return WITHHELD
    return figure(summary.sums[name].quantity) if name in summary.sums else ""


def _rows(count: Count, summary: Summary, summing: bool, told: Disclosure) -> Iterator[Row]:
    for number, title, name in lines_of(count):
        kind: RowKind = "row" if number else "part"
        found = summary.sums[name]
        amount = told_sum(name, summary, told)
        yield Row((number, title, count.measure, amount, *(f"{found.reported}/{found.expected}",) * summing), kind)
        if summing and not told.public:
            yield from _beside(found, count, summary)


def _beside(found: Sum, count: Count, summary: Summary) -> Iterator[Row]:
    """What else was said of a figure that an agency answers for."""
    said: list[tuple[str, Quantity]] = [] if found.beside is None else [(_BESIDE, found.beside)]
    titles = {agency.id: agency.title for agency in summary.programme.agencies}
    said += [(f"{titles.get(id, id)} báo cáo khác", quantity) for id, quantity in found.others]
    for words, quantity in said:
        cells: tuple[Cell, ...] = ("", f"+ {words}", count.measure, figure(quantity), "")
        yield Row(cells, "part")
