"""Indicators in print: the table of an annex, the sentence of a paragraph."""

from __future__ import annotations

from collections.abc import Iterable

from exports.document import Cell, Column, Figure, HeadCell, Row, Table, roman
from exports.reports.words import (
    SIGNS_EXPLAINED,
    UNVERIFIED,
    UNVERIFIED_EXPLAINED,
    WITHHELD,
    WITHHELD_EXPLAINED,
    figure,
)
from forms.aggregate import Result
from forms.count import Role
from forms.disclosure import Disclosure
from forms.expression import Lack, Quantity
from forms.indicator import IndicatorKind
from forms.judgement import VERDICT_TITLES, Verdict
from forms.numbers import format_number
from forms.numerals import counted
from forms.services.summary import Summary
from forms.spec import Section
from forms.wording import LACKING, lacking, measured

_SHARE_OPERANDS = ("units_meeting", "units_expected")


def indicator_table(summary: Summary, told: Disclosure) -> Table:
    """Every indicator of this role with numerator, denominator, result, target and verdict."""
    summing = summary.status.office.collates
    columns = [
        Column(10, "centre"),
        Column(68),
        Column(20, "centre"),
        Column(19, "number"),
        Column(19, "number"),
        Column(19, "number"),
        Column(38),
        Column(24, "centre"),
    ]
    titles = ["TT", "Chỉ tiêu", "Đơn vị tính", "Tử số", "Mẫu số", "Kết quả", "Mốc của chương trình", "Đánh giá"]
    letters = ["A", "B", "C", "1", "2", "3", "4", "5"]
    if summing:
        columns.append(Column(18, "centre"))
        titles.append("Số đơn vị có số liệu")
        letters.append("6")
    by_id = {result.indicator.id: result for result in summary.results}
    rows = [row for section in summary.status.form.sections for row in _section(section, by_id, summing, told)]
    head = (tuple(HeadCell(title) for title in titles),)
    return Table(tuple(columns), head, tuple(rows), tuple(letters), note=legend(rows))


def legend(rows: Iterable[Row]) -> str:
    """The signs that the rows really use, explained."""
    texts = [cell for row in rows for cell in row.cells if isinstance(cell, str)]
    parts = [f"Ghi chú: {SIGNS_EXPLAINED}"]
    parts += [UNVERIFIED_EXPLAINED] if any(UNVERIFIED in text for text in texts) else []
    parts += [WITHHELD_EXPLAINED] if WITHHELD in texts else []
    return " ".join(parts)


def _section(section: Section, by_id: dict[str, Result], summing: bool, told: Disclosure) -> list[Row]:
    found = [by_id[i.id] for i in section.indicators if i.id in by_id]
    rows = [row for result in found for row in _rows(result, summing, told)]
    title = Row(group_cells(section, 8 + summing), "group")
    return [title, *rows] if rows else []


def group_cells(section: Section, width: int) -> tuple[str, ...]:
    """A section's title over a table of so many columns."""
    number = roman(int(section.number)) if section.number.isdigit() else section.number
    return (number, section.title, *[""] * (width - 2))


def _rows(result: Result, summing: bool, told: Disclosure) -> list[Row]:
    indicator, target = result.indicator, result.target
    mark = "" if indicator.verified else f" {UNVERIFIED}"
    words = "" if target is None else f"{target.words}{'' if target.verified else f' {UNVERIFIED}'}"
    figures: tuple[Cell, ...] = (*operands(result), outcome(result, result.quantity))
    verdict, coverage = VERDICT_TITLES[result.verdict], (f"{result.reported}/{result.expected}",) * summing
    if not told.tells(result):
        figures, verdict = (WITHHELD,) * 3, WITHHELD
    first = Row((indicator.number, indicator.title + mark, indicator.measure, *figures, words, verdict, *coverage))
    if not indicator.each_part or not told.tells(result):
        return [first]
    titles = indicator.each_part.parts
    return [
        first,
        *(
            Row(
                (
                    "",
                    f"- {titles[part]}",
                    indicator.measure,
                    "",
                    "",
                    outcome(result, quantity),
                    "",
                    "",
                    *("",) * summing,
                ),
                "part",
            )
            for part, quantity in result.parts
        ),
    ]


def operands(result: Result) -> tuple[Cell, Cell]:
    """Numerator and denominator as they went into the result; empty where it is no quotient."""
    known, formula = result.operands, result.indicator.formula
    if result.indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        top, bottom = (figure(known[name]) for name in _SHARE_OPERANDS)
        return top, bottom
    if formula is None:
        return "", ""
    ratio = formula.ratio(lambda name: known.get(name, Lack.BLANK))
    if ratio is not None:
        return Figure(ratio[0]), Figure(ratio[1])
    if len(formula.names) == 2:
        return figure(known[formula.names[0]]), figure(known[formula.names[1]])
    return "", ""


def outcome(result: Result, quantity: Quantity) -> Cell:
    """A result as a table's cell."""
    if result.indicator.kind is IndicatorKind.YES_NO and not isinstance(quantity, Lack):
        return "Có" if quantity == 1 else "Chưa"
    return figure(quantity, result.indicator.decimals)


def told_outcome(result: Result, told: Disclosure) -> Cell:
    """The same, withheld where the public may not read it."""
    return outcome(result, result.quantity) if told.tells(result) else WITHHELD


def sentence(result: Result, role: Role) -> str:
    """One indicator told: what it is, the figure, whether it reaches the target, how much is lacking."""
    indicator = result.indicator
    told = [f"Chỉ tiêu {indicator.number}. {indicator.title}: {_figure_told(result)}"]
    told += [judged(result)] if result.target is not None and result.amount is not None else []
    if role is Role.SUMMING and result.reported < result.expected > 1:
        told.append(f"số liệu của {counted(result.reported)}/{counted(result.expected)} đơn vị")
    mark = "" if indicator.verified else " (cách tính chưa đối chiếu với văn bản gốc)"
    return "; ".join(told) + mark + "."


def _figure_told(result: Result) -> str:
    if isinstance(result.quantity, Lack):
        return LACKING[result.quantity]
    top, bottom = operands(result)
    over = ""
    if isinstance(top, Figure) and isinstance(bottom, Figure):
        over = f" ({format_number(top.amount)}/{format_number(bottom.amount)})"
    return measured(result.indicator, result.quantity) + over


def judged(result: Result) -> str:
    """The verdict in words: chưa đạt mốc năm 2025 “Đạt ít nhất 30%”, thiếu 12 nữ."""
    target = result.target
    if target is None:
        return "chương trình không đặt mốc"
    unverified = "" if target.verified else " (chưa đối chiếu)"
    aim = f"mốc năm {target.year} “{target.words}”{unverified}"
    if result.verdict is Verdict.MET:
        return f"đạt {aim}"
    if result.verdict is Verdict.NOT_COMPARABLE:
        return f"chưa đủ số liệu để đánh giá so với {aim}"
    return f"chưa đạt {aim}{lacking(result)}"
