"""Indicators and the counts they rest on in print: the tables of an annex, the sentence of a paragraph.

The biểu: one form as a statistical sheet (A B C 1 2 …), with who reports to whom above it and who signs below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from exports.document import (
    Block,
    Cell,
    ColumnHead,
    Document,
    Figure,
    FormHead,
    FormSigner,
    FormSigning,
    Para,
    Row,
    RowKind,
    Table,
    roman,
    table_of,
)
from exports.reports.report_texts import (
    SIGNS_EXPLAINED,
    UNKNOWN_ADDRESSEE,
    UNVERIFIED,
    UNVERIFIED_EXPLAINED,
    WITHHELD,
    WITHHELD_EXPLAINED,
    ReportTexts,
    assembled,
    circulation_of,
    disclosed,
    figure,
    issuer_of,
)
from forms.model.cell import BLANK, at
from forms.model.count import Count, Role
from forms.model.expression import Lack, Quantity
from forms.model.form import Section
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.number import counted, format_number
from forms.org_units.unit_words import units_called
from forms.prose.wording import LACKING, lacking, measured, so_far, verdict_title
from forms.services.summary import Summary
from forms.summary.disclosure import Disclosure
from forms.summary.totals import Result
from forms.summary.verdict import VERDICT_TITLES, Verdict

_COVERAGE: ColumnHead = ("Số đơn vị có số liệu", 18, "centre")
_SHARE_OPERANDS = ("units_meeting", "units_expected")


def indicator_table(summary: Summary, told: Disclosure) -> Table:
    """Every indicator of this role with numerator, denominator, result, target and verdict."""
    summing = summary.status.office.collates
    heads: list[ColumnHead] = [
        ("TT", 10, "centre"), ("Chỉ tiêu", 68, "text"), ("Đơn vị tính", 20, "centre"),
        ("Tử số", 19, "number"), ("Mẫu số", 19, "number"), ("Kết quả", 19, "number"),
        ("Mốc của chương trình", 38, "text"), ("Đánh giá", 24, "centre"),
        *[_COVERAGE] * summing,
    ]  # fmt: skip
    by_id = {result.indicator.id: result for result in summary.results}
    rows = [row for section in summary.status.form.sections for row in _section(section, by_id, summary, told)]
    return table_of(heads, rows, 3, legend(rows))


def legend(rows: Iterable[Row]) -> str:
    """The signs that the rows really use, explained."""
    texts = [cell for row in rows for cell in row.cells if isinstance(cell, str)]
    parts = [f"Ghi chú: {SIGNS_EXPLAINED}"]
    parts += [UNVERIFIED_EXPLAINED] if any(UNVERIFIED in text for text in texts) else []
    parts += [WITHHELD_EXPLAINED] if WITHHELD in texts else []
    return " ".join(parts)


def _section(section: Section, by_id: dict[str, Result], summary: Summary, told: Disclosure) -> list[Row]:
    found, summing = [by_id[i.id] for i in section.indicators if i.id in by_id], summary.status.office.collates
    rows = []
    for result in found:
        rows += _rows(result, summing, told)
        rows += [] if told.public else _source_rows(result, summary)
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
    verdict, coverage = verdict_title(result), (f"{result.reported}/{result.expected}",) * summing
    if not told.tells(result):
        figures, verdict = (WITHHELD,) * 3, WITHHELD
    first = Row((indicator.number, indicator.title + mark, indicator.measure, *figures, words, verdict, *coverage))
    if not indicator.each_part or not told.tells(result):
        return [first]
    titles, empty = indicator.each_part.parts, ("",) * (2 + summing)
    parts = ((f"- {titles[part]}", outcome(result, quantity)) for part, quantity in result.parts)
    return [first, *(Row(("", title, indicator.measure, "", "", found, *empty), "part") for title, found in parts)]


def _source_rows(result: Result, summary: Summary) -> Iterator[Row]:
    """What each of several sources gives, and whose a person chose."""
    choice, formula = summary.choice_of(result), result.indicator.formula
    for one in result.sources:
        ratio = formula.ratio(partial(_known, one.operands)) if formula else None
        top, bottom = (Figure(ratio[0]), Figure(ratio[1])) if ratio else ("", "")
        chosen = f" (được chọn: {choice.reason})" if choice and choice.source == one.source else ""
        title = f"- {summary.source_title(one.source)}{chosen}"
        figures = (top, bottom, outcome(result, one.quantity))
        yield Row(("", title, result.indicator.measure, *figures, "", VERDICT_TITLES[one.verdict], ""), "part")


def _known(operands: Mapping[str, Quantity], name: str) -> Quantity:
    return operands.get(name, Lack.BLANK)


def operands(result: Result) -> tuple[Cell, Cell]:
    """Numerator and denominator as they went into the result; empty where it is no quotient."""
    known, formula = result.operands, result.indicator.formula
    if result.indicator.kind is IndicatorKind.SHARE_OF_UNITS:
        top, bottom = (figure(known[name]) for name in _SHARE_OPERANDS)
        return top, bottom
    if formula is None:
        return "", ""
    ratio = formula.ratio(partial(_known, known))
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
    if result.verdict is Verdict.TWO_SOURCES:
        return f"hai nguồn số liệu khác nhau, chưa chọn nên chưa đánh giá so với {aim}"
    if result.verdict is Verdict.NOT_COMPARABLE:
        return f"chưa đủ số liệu để đánh giá so với {aim}{so_far(result)}"
    return f"chưa đạt {aim}{lacking(result)}"


_BESIDE = "Cộng từ báo cáo của các {} (để đối chiếu, không cộng vào)"


def count_table(summary: Summary, told: Disclosure) -> Table:
    """Every count with its parts; at a summing office with how many units stand behind each figure, and what the units
    reported where an agency answers for the whole area."""
    summing = summary.status.office.collates
    heads: list[ColumnHead] = [
        ("TT", 13, "centre"), ("Số liệu", 92, "text"), ("Đơn vị tính", 22, "centre"), ("Số lượng", 25, "number"),
        *[_COVERAGE] * summing,
    ]  # fmt: skip
    rows: list[Row] = []
    for part in summary.status.form.sections:
        mine = counts_of(part, summary)
        rows += [Row(group_cells(part, 4 + summing), "group")] if mine else []
        rows += [row for count in mine for row in _count_rows(count, summary, summing, told)]
    return table_of(heads, rows, 3, legend(rows))


def _beside(summary: Summary) -> str:
    return _BESIDE.format(units_called(summary.status.reporters))


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


def _count_rows(count: Count, summary: Summary, summing: bool, told: Disclosure) -> Iterator[Row]:
    for number, title, name in lines_of(count):
        kind: RowKind = "row" if number else "part"
        found = summary.sums[name]
        amount = told_sum(name, summary, told)
        source = f" (nguồn: {summary.source_title(found.agency)})" if found.agency and found.beside is not None else ""
        coverage = (f"{found.reported}/{found.expected}",) * summing
        yield Row((number, f"{title}{source}" if number else title, count.measure, amount, *coverage), kind)
        if summing and not told.public:
            # What else was said of a figure that an agency answers for.
            said: list[tuple[str, Quantity]] = [] if found.beside is None else [(_beside(summary), found.beside)]
            said += [(f"{summary.source_title(id)} báo cáo khác", quantity) for id, quantity in found.others]
            for words, quantity in said:
                cells: tuple[Cell, ...] = ("", f"+ {words}", count.measure, figure(quantity), "")
                yield Row(cells, "part")


_SIGNERS = (
    FormSigner("Người lập biểu", "(Ký, họ tên)"),
    FormSigner("Người kiểm tra", "(Ký, họ tên)"),
    FormSigner("Thủ trưởng đơn vị", "(Ký, đóng dấu, họ tên)"),
)


def form_sheet(summary: Summary, paper: ReportTexts) -> Document:
    """Counts and indicators in the order of the printed form, a column for each year, and the notes of its cells."""
    form, period = summary.status.form, summary.status.period
    years = form.years or (None,)
    title = form.title.removeprefix("Biểu ")
    to = paper.receivers[0] if paper.receivers else issuer_of(paper.above) if paper.above else UNKNOWN_ADDRESSEE
    sides = (
        f"Đơn vị báo cáo: {issuer_of(summary.status.office.name)}",
        f"Đơn vị nhận báo cáo: {to}",
        "Ngày nhận báo cáo: ……/……/………",
    )
    head = FormHead(
        (f"Biểu số: {form.number}", f"Thực hiện: {summary.programme.document}"),
        title[:1].upper() + title[1:],
        (period.words[:1].upper() + period.words[1:], f"(Kỳ báo cáo {period.window_words})"),
        sides,
        circulation_of(summary, paper),
    )
    blocks: list[Block] = [head, _table(summary, disclosed(summary, paper), years)]
    whole = assembled(summary, paper, title, [*blocks, Para("")], ())
    signing = FormSigning(whole.head.place, _SIGNERS)
    return replace(whole, kind="BIỂU", blocks=(*blocks, signing), recipients=(), layout="form", landscape=True)


def _table(summary: Summary, told: Disclosure, years: tuple[int | None, ...]) -> Table:
    own = summary.own
    figures = [str(year) for year in years] if years[0] is not None else ["Số lượng"]
    heads: list[ColumnHead] = [
        ("TT", 13, "centre"), ("Chỉ tiêu", 88, "text"), ("Đơn vị tính", 24, "centre"),
        *((title, 18, "number") for title in figures), ("Ghi chú", 40, "text"),
    ]  # fmt: skip
    rows: list[Row] = []
    for section in summary.status.form.sections:
        counts = counts_of(section, summary)
        mine = [row for row in section.rows if isinstance(row, Indicator) or row in counts]
        rows += [Row(group_cells(section, len(heads)), "group")] if mine else []
        for row in mine:
            rows += (
                _indicator(row, summary, told, years)
                if isinstance(row, Indicator)
                else _count(row, summary, told, years)
            )
    day = f"Số liệu tính đến ngày {own.as_of:%d/%m/%Y}. " if own.as_of else ""
    return table_of(heads, rows, 3, f"{day}{legend(rows)}")


def _count(count: Count, summary: Summary, told: Disclosure, years: tuple[int | None, ...]) -> list[Row]:
    made = []
    for number, title, place in lines_of(count):
        kind: RowKind = "row" if number else "part"
        names = [at(place, year) for year in years]
        notes = [note for name in names if (note := summary.own.cells.get(name, BLANK).note)]
        figures = (told_sum(name, summary, told) for name in names)
        made.append(Row((number, title, count.measure, *figures, "; ".join(notes)), kind))
    return made


def _indicator(indicator: Indicator, summary: Summary, told: Disclosure, years: tuple[int | None, ...]) -> list[Row]:
    """Nothing where this role does not compute it."""
    found = {result.year: result for result in summary.results if result.indicator.id == indicator.id}
    if not found:
        return []
    mark = "" if indicator.verified else f" {UNVERIFIED}"
    figures = (told_outcome(found[year], told) if year in found else "" for year in years)
    return [Row((indicator.number, indicator.title + mark, indicator.measure, *figures, ""))]
