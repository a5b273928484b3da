"""What is told of a place of the grid: in the strip below it, and on the sheet that F1 opens (what it means, how it is computed, where
it comes from, what it was). Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from forms.checks.unusual import usual
from forms.checks.whole_report import counted_before
from forms.model.cell import STATE_TITLES, Cell, CellState, at, place
from forms.model.count import Count
from forms.model.form import Form
from forms.model.indicator import Indicator
from forms.model.number import format_number
from forms.model.period import Period
from forms.services.entry import on_offer
from forms.services.report_session import EarlierReport, ReportSession, reads
from forms.summary.totals import Result
from ui.desktop import number_wording
from ui.desktop.entry.grid_layout import FROM_NEWS, GridPlace, GridRow, Stands
from ui.desktop.number_wording import cell_text, quantity_words, short_period, target_words, value_text, verdict_words

_KEYS = "“-” không phát sinh · “x” không áp dụng · “.” không thu thập · F1 giải thích"
_LIKELY = 2  # earlier figures from which a usual range is told
_MOST_TOLD = 4
_VERIFIED = {True: "Đã đối chiếu", False: "Chưa đối chiếu với văn bản gốc"}
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class About:
    """`pills`: (words, tone). `facts`: what it was, what is usual, whose it is. `keys`: what can be done now."""

    title: str = ""
    pills: tuple[tuple[str, str], ...] = ()
    help: str = ""
    facts: tuple[str, ...] = ()
    note: str = ""
    keys: str = ""
    cell: str = ""
    label: str = ""  # of the cell, as messages name it
    note_refused: str | None = None  # a note that was typed and not taken


def about(opened: ReportSession, row: GridRow, spot: GridPlace) -> About:
    """Of a typed cell, a sum or an indicator."""
    count = row.row
    if isinstance(count, Indicator):
        return _indicator(opened, count, spot)
    assert count is not None
    if spot.stands is Stands.CELL:
        return _cell(opened, count, spot)
    year = f", năm {spot.year}" if spot.year else ""
    title = f"{count.number}. {count.title} – Tổng{year} ({count.measure})"
    return About(title, (("Tự cộng", "plain"),), count.help, tuple(filter(None, (_owner(opened, count),))))


def _cell(opened: ReportSession, count: Count, spot: GridPlace) -> About:
    cell, locked = opened.report.cell(spot.name), spot.name in opened.locked
    offered = on_offer(opened.report, opened.context).get(spot.name)
    limit = f"tối đa {count.decimals} chữ số thập phân" if count.decimals else ""
    if count.maximum is not None:
        limit = f"nhiều nhất {format_number(count.maximum)}"
    facts = [_earlier_cells(opened, spot), _usual(opened, count, spot), limit, _owner(opened, count)]
    return About(
        f"{count.label(spot.name)} ({count.measure})",
        tuple(_pills(cell, locked, spot.name in opened.refused)),
        count.help,
        tuple(filter(None, facts)),
        cell.note,
        _keys(opened, cell, offered, locked),
        spot.name,
        count.label(spot.name),
        opened.refused.get(f"note:{spot.name}"),
    )


def _indicator(opened: ReportSession, indicator: Indicator, spot: GridPlace) -> About:
    result = opened.results.get((indicator.id, spot.year))
    part = indicator.each_part.parts[spot.part] if indicator.each_part and spot.part else ""
    title = f"{indicator.number}. {indicator.title}{f' – {part}' if part else ''}"
    title += f", năm {spot.year}" if spot.year else ""
    if result is None:
        return About(title, help=indicator.definition)
    words, tone = verdict_words(result)
    told = _result_facts(opened, result, spot)
    pills = ((words, tone if tone != "muted" else "plain"),) if words else (("Tự tính", "plain"),)
    return About(title, pills, indicator.definition, tuple(filter(None, told)), keys="F1 giải thích")


def _result_facts(opened: ReportSession, result: Result, spot: GridPlace) -> Iterator[str]:
    value, of = number_wording.value_words(result), number_wording.operand_words(result)
    if value and not spot.part:
        yield f"{value} = {of}" if of else value
    yield number_wording.gap_words(result)
    yield target_words(result)
    if not spot.year:
        known = ((one.report.period, one.results.get((spot.name, None))) for one in opened.earlier)
        yield _listed((period, value_text(one, spot.part) if one else "") for period, one in known)
    yield f"Theo dõi: {result.indicator.owner}" if result.indicator.owner else ""


def _earlier_cells(opened: ReportSession, spot: GridPlace) -> str:
    """The same place in earlier periods, or in a form of years the years before."""
    bare, year = place(spot.name)
    report = opened.report
    if year:
        known = [one for one in reversed(report.form.years) if one < year][:_MOST_TOLD]
        return " · ".join(f"{one}: {text}" for one in known if (text := cell_text(report.cell(at(bare, one)))))
    earlier = opened.context.earlier[:_MOST_TOLD]
    return _listed((one.period, quantity_words(one.cell(spot.name).quantity)) for one in earlier)


def _listed(told: Iterable[tuple[Period, str]]) -> str:
    return " · ".join(f"{short_period(period)}: {text}" for period, text in told if text)


def _usual(opened: ReportSession, count: Count, spot: GridPlace) -> str:
    if count.decimals or count.maximum == 1:
        return ""
    earlier = counted_before(spot.name, count, opened.report, opened.context)
    if len(earlier) < _LIKELY:
        return ""
    low, high = usual(earlier)
    return f"thường gặp {low:,} – {high:,}".replace(",", ".")


def _owner(opened: ReportSession, count: Count) -> str:
    """Who answers for it: the agencies of the row, else who follows the indicators that read it."""
    agencies = {one.id: one.title for one in opened.programme.agencies}
    titles = [agencies[id] for id in count.agencies if id in agencies]
    form = opened.report.form
    owners = titles or [one.owner for one in form.indicators.values() if one.owner and count.id in reads(form, one.id)]
    return f"Theo dõi: {'; '.join(dict.fromkeys(owners))}" if owners else ""


def _pills(cell: Cell, locked: bool, refused: bool) -> Iterator[tuple[str, str]]:
    if refused:
        yield "Chưa cất", "error"
    if locked:
        yield FROM_NEWS, "plain"
    if cell.carried:
        yield "Chép từ kỳ trước, chưa xác nhận", "accent"
    if cell.flagged:
        yield "Đánh dấu xem lại", "warning"
    if cell.state not in (CellState.GIVEN, CellState.BLANK):
        words = STATE_TITLES[cell.state]
        yield words[:1].upper() + words[1:], "plain"


def _keys(opened: ReportSession, cell: Cell, offered: Cell | None, locked: bool) -> str:
    if not opened.is_draft:
        return "F1 giải thích"
    if locked:
        return "Sửa ở sổ tin, bài (Ctrl+2) · F1 giải thích"
    if cell.carried:
        return "Ctrl+Enter xác nhận · gõ đè để nhập số khác · F1 giải thích"
    if offered is not None and cell.state is CellState.BLANK:
        return f"F4 chép {cell_text(offered)} của kỳ trước · {_KEYS}"
    return _KEYS


@dataclass(frozen=True)
class HelpChapter:
    """A count or an indicator. `parts`: (heading, text), what is not known left out. `history`: its figures over the periods, a row
    of headings, then rows of words."""

    title: str
    parts: tuple[tuple[str, str], ...]
    history: Rows = ()


def sheet_of(opened: ReportSession, id: str) -> tuple[HelpChapter, ...]:
    """A row by the id of its cell, count or indicator; of a count also the indicators that are computed from it."""
    form = opened.report.form
    bare = place(id)[0].partition(".")[0]
    if bare in form.indicators:
        return (_indicator_chapter(opened, form.indicators[bare]),)
    if bare not in form.counts:
        return ()
    read = [one for one in form.indicators.values() if bare in reads(form, one.id)]
    return (_count_chapter(opened, form.counts[bare]), *(_indicator_chapter(opened, one) for one in read))


def _count_chapter(opened: ReportSession, count: Count) -> HelpChapter:
    parts = [
        ("Hướng dẫn", count.help),
        ("Phân tổ", ", ".join(count.by.parts.values()) if count.by else ""),
        ("Lấy từ", "sổ tin, bài của kỳ; chỉ gõ khi sổ không có mục nào" if count.from_news else ""),
        ("Lưu ý", "Số liệu nhạy cảm: chỉ ghi số, không ghi tên hay câu chuyện." if count.sensitive else ""),
        ("Cơ quan trả lời", "; ".join(one.title for one in opened.programme.agencies if one.id in count.agencies)),
        ("Giải trình kỳ trước", _last_reasons(opened, count.id)),
        ("Đơn vị tính", count.measure),
        ("Nguồn", count.source),
        ("Đối chiếu", _VERIFIED[count.verified]),
    ]
    return HelpChapter(f"{count.number}. {count.title}", _known(parts), _count_history(opened, count))


def _indicator_chapter(opened: ReportSession, indicator: Indicator) -> HelpChapter:
    last = opened.results.get((indicator.id, indicator.years[-1] if indicator.years else None))
    told = (number_wording.value_words(last), number_wording.gap_words(last)) if last else ()
    parts = [
        ("Định nghĩa", indicator.definition),
        ("Cách tính", formula_words(indicator, opened.report.form)),
        ("Cơ quan theo dõi", indicator.owner),
        *((f"Mốc {t.year}", t.words + ("" if t.verified else " (chưa đối chiếu)")) for t in indicator.targets),
        ("Kỳ này", "; ".join(filter(None, told))),
        ("Giải trình kỳ trước", _last_reasons(opened, indicator.id)),
        ("Đơn vị tính", indicator.measure),
        ("Nguồn", indicator.source),
        ("Đối chiếu", _VERIFIED[indicator.verified]),
    ]
    title = f"Chỉ tiêu {indicator.number}. {indicator.title}"
    return HelpChapter(title, _known(parts), _indicator_history(opened, indicator))


def formula_words(indicator: Indicator, form: Form) -> str:
    """The formula with each id replaced by the number of its row: 100 × [6.1.1] ÷ [6.1.2]."""
    asked = indicator.formula or indicator.rule
    if asked is None:
        return ""
    text = asked.text
    for name in sorted(asked.names, key=len, reverse=True):
        count = form.counts.get(name.partition(".")[0])
        part = name.partition(".")[2]
        title = f"[{count.number}{f' {count.by.parts[part]}' if count.by and part else ''}]" if count else name
        text = text.replace(name, title)
    return text.replace("*", "×").replace("/", "÷").replace(">=", "≥").replace("<=", "≤").replace(" and ", " và ")


def _last_reasons(opened: ReportSession, id: str) -> str:
    told = [reason for check, reason in opened.reasons_before.items() if id in _names_of(opened.report.form, check)]
    return "\n".join(dict.fromkeys(told))


def _names_of(form: Form, check: str) -> set[str]:
    """The counts that a check is about, and the indicators that read them."""
    bare, _, spot = check.partition(":")
    rule = next((one for one in form.checks if one.id == place(bare)[0]), None)
    names = (spot,) if spot else rule.expect.names if rule else ()
    counts = {place(name)[0].partition(".")[0] for name in names}
    return counts | {one for one in form.indicators if counts & reads(form, one)}


def _count_history(opened: ReportSession, count: Count) -> Rows:
    parts = list(count.by.parts.items()) if count.by else []
    heads = (*(title for _, title in parts), "Tổng" if parts else "Số liệu")
    names = (*(f"{count.id}.{part}" for part, _ in parts), count.id)
    if count.years:
        report = opened.report
        rows = [(str(y), *(quantity_words(report.quantity(at(name, y))) for name in names)) for y in count.years]
    else:
        reports = (opened.report, *opened.context.earlier)
        known = [one for one in reports if count.id in one.form.counts]
        rows = [(short_period(one.period), *(quantity_words(one.quantity(name)) for name in names)) for one in known]
    return (("Năm" if count.years else "Kỳ", *heads), *rows) if len(rows) > 1 else ()  # one row alone is no history


def _indicator_history(opened: ReportSession, indicator: Indicator) -> Rows:
    parts = list(indicator.each_part.parts.items()) if indicator.each_part else []
    heads = (*(title for _, title in parts), indicator.measure or "Giá trị", "Mốc")
    if indicator.years:
        known = [(str(year), opened.results.get((indicator.id, year))) for year in indicator.years]
    else:
        mine = EarlierReport(opened.report, opened.results)
        told = (mine, *(opened.with_results(one) for one in opened.context.earlier))
        known = [(short_period(one.report.period), one.results.get((indicator.id, None))) for one in told]
    rows = [
        (label, *(value_text(result, part) for part, _ in parts), value_text(result), target_words(result))
        for label, result in known
        if result is not None
    ]
    return (("Năm" if indicator.years else "Kỳ", *heads), *rows) if len(rows) > 1 else ()


def _known(parts: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((head, text) for head, text in parts if text)
