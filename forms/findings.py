"""Checks: what is wrong, unlikely or unfinished in a report. A Finding is a value; it is shown, never raised.

`error` blocks sealing; `warning` needs a reason, which travels with the package; `hint` only shows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from forms.news import NewsItem, likely_duplicates
from forms.numbers import decimals_of, format_number
from forms.report import STATE_TITLES, Cell, CellState, Report
from forms.spec import LEVELS, Check, Count

_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")
_BLANK = "required:"  # and the cell
_LATEST = timedelta(days=366)  # figures may be put right for a year after the period
_PHONE = re.compile(r"(?<![0-9])0[0-9]{9}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. `check` is stable, so that the reason given for it can follow."""

    level: str
    check: str
    message: str
    cells: tuple[str, ...] = ()
    explained: bool = False

    @property
    def blocks(self) -> bool:
        """It keeps the report from being sealed."""
        return self.level == "error" or (self.level == "warning" and not self.explained)

    @property
    def says_blank(self) -> bool:
        """It only says that a cell is not typed yet: unfinished rather than wrong."""
        return self.check.startswith(_BLANK)


def find(report: Report) -> tuple[Finding, ...]:
    """Every finding of the report, errors first, in printed order within a level."""
    found = [*_days(report), *_cells(report), *_rules(report), *_news(report), *_texts(report)]
    marked = (_marked(finding, report) for finding in found)
    return tuple(sorted(marked, key=lambda finding: LEVELS.index(finding.level)))


def errors(report: Report) -> Iterator[Finding]:
    """Only the errors, in the order of `find`, without looking for the rest: asked of every package that arrives."""
    yield from _days(report)
    yield from (finding for finding in _cells(report) if finding.level == "error")
    yield from _rules(report, ("error",))


def blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that keep the report from being sealed."""
    return tuple(finding for finding in findings if finding.blocks)


def _marked(finding: Finding, report: Report) -> Finding:
    if finding.check not in report.explanations:
        return finding
    return Finding(finding.level, finding.check, finding.message, finding.cells, explained=True)


def label(count: Count, cell: str) -> str:
    """How a cell is called in a sentence: “2. Tổng dân số – Nữ”."""
    part = cell.partition(".")[2]
    tail = f" – {count.by.parts[part]}" if count.by and part else ""
    return f"{count.number}. {count.title}{tail}"


def _days(report: Report) -> Iterator[Finding]:
    """A period that the unit did not see, figures of a day that has nothing to do with the period."""
    if report.period.last < report.unit.valid_from:
        yield Finding(
            "error",
            "unit_later",
            f"Đơn vị có từ ngày {report.unit.valid_from:%d/%m/%Y}, sau khi hết {report.period.words}. Chọn kỳ sau đó.",
        )
    if report.as_of and not report.period.first <= report.as_of <= report.period.last + _LATEST:
        yield Finding(
            "error",
            "as_of",
            f"Số liệu tính đến ngày {report.as_of:%d/%m/%Y} không phải của {report.period.words} "
            f"({report.period.window_words}). Nhập lại ngày.",
        )


def _cells(report: Report) -> Iterator[Finding]:
    for name in report.expected_cells:
        count, cell = report.form.count_of_cell[name], report.cell(name)
        finding = _one_cell(count, name, cell)
        if finding:
            yield finding


def _one_cell(count: Count, name: str, cell: Cell) -> Finding | None:
    match cell.state:
        case CellState.BLANK:
            return Finding(
                "error",
                f"{_BLANK}{name}",
                f"Chưa nhập “{label(count, name)}”. Gõ số, hoặc chọn “không phát sinh”, “không áp dụng”, "
                "“không thu thập”.",
                (name,),
            )
        case CellState.NOT_COLLECTED if not cell.note:
            message = f"“{label(count, name)}”: {STATE_TITLES[cell.state]}. Ghi lý do."
            return Finding("warning", f"not_collected:{name}", message, (name,))
        case CellState.GIVEN:
            assert cell.amount is not None
            fault = _out_of_range(count, cell.amount)
            if fault:
                return Finding("error", f"range:{name}", f"“{label(count, name)}” là {fault}", (name,))
    return None


def _out_of_range(count: Count, amount: Decimal) -> str:
    """What is wrong with the amount and what to do, as the rest of the sentence; empty for a good one."""
    if amount < 0:
        return f"số âm ({format_number(amount)}). Nhập lại số không âm."
    if decimals_of(amount) > count.decimals:
        wanted = f"tối đa {count.decimals} chữ số thập phân" if count.decimals else "số nguyên"
        return f"{format_number(amount)}, phải là {wanted}. Nhập lại."
    if count.maximum is not None and amount > count.maximum:
        return f"{format_number(amount)}, lớn hơn mức tối đa {format_number(count.maximum)}. Kiểm tra lại."
    return ""


def _rules(report: Report, levels: Collection[str] = LEVELS) -> Iterator[Finding]:
    for check in report.form.checks:
        asked = check.level in levels and report.role in check.filled_by
        if asked and check.expect.holds(report.quantity) is False:
            yield Finding(check.level, check.id, check.message, _places(check, report))


def _places(check: Check, report: Report) -> tuple[str, ...]:
    """The typed cells behind the names of a check, so that a click can go there."""
    counts = report.form.counts
    found = [cell for name in check.expect.names for cell in (counts[name].cells if name in counts else (name,))]
    return tuple(cell for cell in found if cell in report.expected_cells)


def _news(report: Report) -> Iterator[Finding]:
    for first, second in likely_duplicates(report.news):
        yield Finding(
            "hint",
            f"duplicate:{second.id}",
            f"Tin “{second.title}” ngày {second.date:%d/%m/%Y} giống tin ngày "
            f"{first.date:%d/%m/%Y}. Nếu là phát lại thì ghi vào “số lượt phát” của tin trước.",
        )
    rule = report.form.news_rule
    for item in report.news:
        if rule and item.counted != rule.counts(item) and not item.reason:
            yield Finding("hint", f"counted:{item.id}", _against_the_rule(item))


def _against_the_rule(item: NewsItem) -> str:
    if item.counted:
        return f"Tin “{item.title}” được tính dù quy tắc đếm không tính loại hoặc nguồn này. Bỏ tính, hoặc ghi lý do vào tin."
    return f"Tin “{item.title}” không được tính nhưng chưa ghi lý do. Ghi lý do vào tin, hoặc tính tin này."


def _texts(report: Report) -> Iterator[Finding]:
    texts = {name: cell.note for name, cell in report.cells.items()} | dict(report.narratives)
    for where, text in texts.items():
        if _ID_NUMBER.search(text) or _PHONE.search(text):
            places = (where,) if where in report.form.count_of_cell else ()
            yield Finding(
                "warning",
                f"personal:{where}",
                "Có dãy số giống số căn cước hoặc số điện thoại trong phần ghi "
                "chú. Xóa thông tin cá nhân, hoặc ghi lý do nếu không phải.",
                places,
            )
