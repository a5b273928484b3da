"""Filling a report: open, type, explain, import, open a correction. Each verb is one transaction and is journalled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from forms.catalogue import Catalogue
from forms.errors import InputRefused, ReportStateError
from forms.exchange import ReportKey
from forms.expression import Quantity
from forms.news import NewsItem
from forms.numbers import canonical, decimals_of, format_number
from forms.periods import Period
from forms.ports import BeginWork, Clock, Work
from forms.report import BLANK, MAX_NOTE, STATE_TITLES, Cell, Nomination, Report, ReportState, Task, news_cells
from forms.services.news_ledger import checked
from forms.spec import Count, Form, Role
from forms.text import clean, quoted

MAX_NARRATIVE = 4000


@dataclass(frozen=True)
class Filled:
    """What an import brings: the whole content of one report (JSON shape of the command line, DESIGN §8)."""

    programme: str
    period: Period
    as_of: date | None = None
    estimate: bool = False
    form: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    news: tuple[NewsItem, ...] = ()
    counted_by_rule: frozenset[str] = frozenset()  # ids of the items whose file does not say whether they count
    narratives: dict[str, str] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    explanations: dict[str, str] = field(default_factory=dict)


class Entry:
    """The draft reports of our own unit."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, clock: Clock) -> None:
        self._begin, self._catalogue, self._clock = begin, catalogue, clock

    def open(self, programme: str, period: Period) -> Report:
        """The current report for the period: as sealed, as left, or empty. Writes nothing."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            return current(work, form, period)

    def put_cell(self, report: Report, name: str, cell: Cell) -> Report:
        """One typed cell, stored before this returns. Raises as Report.with_cell does."""
        return self.put_cells(report, ((name, cell),))

    def put_cells(self, report: Report, cells: Iterable[tuple[str, Cell]]) -> Report:
        """Several cells at once, as a pasted column brings them: all or none."""
        changed, lines = report, []
        for name, cell in cells:
            noted = replace(cell, note=clean(cell.note, limit=MAX_NOTE, multiline=True, where=name))
            lines.append((name, changed.cell(name), noted))
            changed = changed.with_cell(name, noted)
        key = report_key(report)
        with self._begin() as work:
            self._must_be_open(work, report)
            if work.reports.get(key, report.form) is None:
                work.reports.put(report)
            for name, old, new in lines:
                work.reports.put_cell(key, name, new)
                work.journal.append(
                    "cell", {"report": "/".join(key), "cell": name, "old": _text(old), "new": _text(new)}
                )
        return changed

    def put_narrative(self, report: Report, id: str, text: str) -> Report:
        cleaned = clean(text, limit=MAX_NARRATIVE, multiline=True, where=id)
        return self._put(report.with_narrative(id, cleaned), "narrative", id)

    def explain(self, report: Report, check: str, reason: str) -> Report:
        """The reason given for a warning; empty takes it back."""
        return self._put(
            report.explained(check, clean(reason, limit=MAX_NOTE, multiline=True, where=check)), "explain", check
        )

    def date(self, report: Report, as_of: date | None, estimate: bool) -> Report:
        """ "Số liệu tính đến ngày …", and whether the figures are an estimate of the whole period."""
        return self._put(replace(report, as_of=as_of, estimate=estimate), "as_of", f"{as_of or ''}")

    def take(self, filled: Filled, *, correct: bool = False) -> Report:
        """An import: replaces the draft whole, or refuses and changes nothing. `correct`: of a sealed report, opens
        the next revision and fills that."""
        form = self._catalogue.form_for(filled.programme, filled.period)
        if filled.form and filled.form != form.id:
            raise InputRefused(
                "FORM_UNKNOWN",
                f"Kỳ {filled.period.words} dùng biểu {form.id}, tệp lại ghi “{filled.form[:60]}”. "
                "Kiểm tra tên biểu trong tệp.",
                "form",
            )
        counted = [_counted(item, form, filled) for item in filled.news]
        filled = replace(filled, news=tuple(_checked(number, item) for number, item in enumerate(counted, 1)))
        with self._begin() as work:
            start = current(work, form, filled.period)
            if correct and start.state is not ReportState.DRAFT:
                start = _next_revision(work, start)
            report = _imported(work, start, filled)
            _replace_news(work, report, filled.news)
            work.reports.put(report)
            key = "/".join(report_key(report))
            work.journal.append("import", {"report": key, "cells": len(filled.cells), "news": len(filled.news)})
            return current(work, form, filled.period)

    def reopen(self, programme: str, period: Period) -> Report:
        """A draft of the next revision of a sealed report. Raises ReportStateError."""
        form = self._catalogue.form_for(programme, period)
        with self._begin() as work:
            _next_revision(work, current(work, form, period))
            return current(work, form, period)

    def _put(self, report: Report, kind: str, detail: str) -> Report:
        with self._begin() as work:
            self._must_be_open(work, report)
            work.reports.put(report)
            work.journal.append(kind, {"report": "/".join(report_key(report)), "what": detail})
        return report

    def _must_be_open(self, work: Work, report: Report) -> None:
        """What stands in the ledger decides, not what a screen still shows."""
        stored = work.reports.get(report_key(report), report.form)
        if stored is not None and stored.state is not ReportState.DRAFT:
            stored.must_be_draft()


def current(work: Work, form: Form, period: Period) -> Report:
    """The report as the ledger has it: a sealed one as sealed, a draft with the news items of its window."""
    office = work.office.get()
    stored = work.reports.get(key_of(form, period), form)
    if stored is None:
        stored = Report(form, office.unit, office.role, period)
    if stored.state is not ReportState.DRAFT or office.role is not Role.REPORTING:
        return stored
    needs_news = any(count.from_news for count in form.counts.values())
    return stored.with_news(work.news.within(period)) if needs_news else stored


def _next_revision(work: Work, report: Report) -> Report:
    """The sealed report as a draft that follows it, stored. Raises ReportStateError."""
    key = report_key(report)
    last = work.sent.last(key)
    if last is None:
        raise ReportStateError(
            "NOT_SEALED",
            f"Báo cáo {report.period.words} chưa niêm phong nên không có gì để thay thế. Sửa thẳng vào bản đang nhập.",
        )
    draft = report.reopened(last.digest)
    work.reports.put(draft)
    work.journal.append("reopen", {"report": "/".join(key), "revision": draft.revision})
    return draft


def _imported(work: Work, start: Report, filled: Filled) -> Report:
    """The draft with the file's content and nothing else. Raises for every name or amount that the form refuses."""
    start.must_be_draft()
    blank = replace(start, cells={}, narratives={}, explanations={}, news=())
    report = replace(blank, tasks=filled.tasks, nominations=filled.nominations)
    derived = news_cells(report.form, filled.period, filled.news or work.news.within(filled.period))
    for name, cell in filled.cells.items():
        _must_agree(name, cell, derived.get(name, cell))
        noted = replace(cell, note=clean(cell.note, limit=MAX_NOTE, multiline=True, where=name))
        report = report.with_cell(name, noted)
        _must_be_exact(report.form.count_of_cell[name], name, cell)
    for id, text in filled.narratives.items():
        report = report.with_narrative(id, clean(text, limit=MAX_NARRATIVE, multiline=True, where=id))
    for check, reason in filled.explanations.items():
        report = report.explained(check, clean(reason, limit=MAX_NOTE, multiline=True, where=check))
    return replace(report, as_of=filled.as_of, estimate=filled.estimate)


def _must_agree(name: str, cell: Cell, counted: Cell) -> None:
    if cell != BLANK and cell.amount != counted.amount:
        written = STATE_TITLES[cell.state] if cell.amount is None else format_number(cell.amount)
        raise InputRefused(
            "NEWS_TOTAL_DIFFERS",
            f"Ô {name} ghi “{written}” nhưng danh mục tin, bài đếm được {format_number(counted.amount)}. "
            "Sửa một trong hai rồi nhập lại.",
            name,
        )


def _must_be_exact(count: Count, name: str, cell: Cell) -> None:
    """A file has no echo to look at, so a figure that the cell cannot hold is refused there and then."""
    if cell.amount is None or decimals_of(cell.amount) <= count.decimals:
        return
    written = canonical(cell.amount)
    if count.decimals:
        raise InputRefused(
            "NUMBER_DECIMALS",
            f"Ô {name} ghi “{written}”, quá {count.decimals} chữ số thập phân. Làm tròn rồi nhập lại.",
            name,
        )
    plain = str(int(written.replace(".", "")))
    raise InputRefused(
        "NUMBER_NOT_WHOLE",
        f"Ô {name} ghi “{written}” nhưng phải là số nguyên; trong tệp, dấu chấm là dấu thập phân. Nếu số đúng là "
        f"{format_number(Decimal(plain))} thì ghi “{plain}”, không có dấu chấm.",
        name,
    )


def key_of(form: Form, period: Period) -> ReportKey:
    """Which report: this form's for the period."""
    return ReportKey(form.programme, form.id, period.label, period.basis)


def report_key(report: Report) -> ReportKey:
    return key_of(report.form, report.period)


def _counted(item: NewsItem, form: Form, filled: Filled) -> NewsItem:
    """Where the file is silent the programme's counting rule speaks."""
    if item.id not in filled.counted_by_rule or form.news_rule is None:
        return item
    return replace(item, counted=form.news_rule.counts(item))


def _checked(number: int, item: NewsItem) -> NewsItem:
    """As it may be kept; a refusal says which item of the list."""
    try:
        return checked(item)
    except InputRefused as error:
        message = f"Tin, bài thứ {number} {quoted(item.title)}: {error.message}"
        raise InputRefused(error.code, message, f"news[{number - 1}].{error.where}") from error


def _replace_news(work: Work, report: Report, items: Iterable[NewsItem]) -> None:
    """An imported list stands for the whole window: items of the window that it does not hold are taken out."""
    incoming = tuple(items)
    if not incoming:
        return
    if not report.form.has_news:
        raise InputRefused(
            "NEWS_NOT_HERE",
            f"Biểu {report.form.number} không kèm danh mục tin, bài. Nhập tin, bài vào báo cáo quý, hoặc bỏ mục news "
            "khỏi tệp.",
            "news",
        )
    ids = [item.id for item in incoming]
    for item in incoming:
        _must_be_free(work, report, item, ids.count(item.id))
    for item in incoming:
        if not report.period.holds(item.date):
            raise InputRefused(
                "NEWS_OUTSIDE",
                f"Tin “{item.title[:60]}” đăng ngày {item.date:%d/%m/%Y}, ngoài kỳ "
                f"{report.period.words} ({report.period.window_words}). Sửa ngày hoặc bỏ tin này khỏi tệp.",
                "news",
            )
    for old in work.news.within(report.period):
        work.news.delete(old.id)
    for item in incoming:
        work.news.put(item)


def _must_be_free(work: Work, report: Report, item: NewsItem, times: int) -> None:
    """An id names one item for ever: no second one in the file, none of another period in the ledger."""
    known = work.news.get(item.id)
    if times > 1 or (known is not None and not report.period.holds(known.date)):
        raise InputRefused(
            "NEWS_ID_TAKEN",
            f"Mã tin {item.id} (“{item.title[:60]}”) đã dùng cho một tin khác. Bỏ id của tin này khỏi tệp để phần mềm "
            "tự đặt.",
            "news",
        )


def _text(cell: Cell) -> str:
    quantity: Quantity = cell.quantity
    return str(quantity)
