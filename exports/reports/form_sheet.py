"""The biểu: one form as a statistical sheet (A B C 1 2 …), with who reports to whom above it and who signs below it."""

from __future__ import annotations

from dataclasses import replace

from exports.document import (
    Block,
    ColumnHead,
    Document,
    FormHead,
    FormSigner,
    FormSigning,
    Para,
    Row,
    RowKind,
    Table,
    table_of,
)
from exports.reports.indicators import counts_of, group_cells, legend, lines_of, told_outcome, told_sum
from exports.reports.phrases import UNVERIFIED
from exports.reports.report_texts import UNKNOWN_ADDRESSEE, ReportTexts, assembled, circulation_of, disclosed, issuer_of
from forms.model.cell import BLANK, at
from forms.model.count import Count
from forms.model.indicator import Indicator
from forms.services.summary import Summary
from forms.summary.disclosure_levels import Disclosure

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
