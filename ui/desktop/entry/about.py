"""What the strip below the grid says of the place one stands on. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms.checks.unusual import usual
from forms.checks.whole_report import counted_before
from forms.model.cell import STATE_TITLES, Cell, CellState, at, place
from forms.model.count import Count
from forms.model.indicator import Indicator
from forms.model.number import format_number
from forms.model.period import Period
from forms.services.entry import on_offer
from forms.summary.totals import Result
from ui.desktop import number_wording
from ui.desktop.entry.cell_words import (
    Results,
    cell_text,
    quantity_text,
    reads,
    short_period,
    target_words,
    value_text,
    verdict_words,
)
from ui.desktop.entry.grid_layout import FROM_NEWS, GridPlace, GridRow, Stands
from ui.desktop.entry.report_session import OpenEntry

_KEYS = "“-” không phát sinh · “x” không áp dụng · “.” không thu thập · F1 giải thích"
_LIKELY = 2  # earlier figures from which a usual range is told
_MOST_TOLD = 4


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


def about(opened: OpenEntry, row: GridRow, spot: GridPlace) -> About:
    """Of a typed cell, a sum or an indicator."""
    if isinstance(row.row, Indicator):
        return _indicator(opened, row.row, spot)
    assert row.row is not None
    return _cell(opened, row.row, spot) if spot.stands is Stands.CELL else _sum(opened, row.row, spot)


def _cell(opened: OpenEntry, count: Count, spot: GridPlace) -> About:
    cell, locked = opened.report.cell(spot.name), spot.name in opened.locked
    offered = on_offer(opened.report, opened.context).get(spot.name)
    facts = [_earlier_cells(opened, spot), _usual(opened, count, spot), _limits(count), _owner(opened, count)]
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


def _sum(opened: OpenEntry, count: Count, spot: GridPlace) -> About:
    year = f", năm {spot.year}" if spot.year else ""
    title = f"{count.number}. {count.title} – Tổng{year} ({count.measure})"
    return About(title, (("Tự cộng", "plain"),), count.help, tuple(filter(None, (_owner(opened, count),))))


def _indicator(opened: OpenEntry, indicator: Indicator, spot: GridPlace) -> About:
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


def _result_facts(opened: OpenEntry, result: Result, spot: GridPlace) -> Iterator[str]:
    value, of = number_wording.value_words(result), number_wording.operand_words(result)
    if value and not spot.part:
        yield f"{value} = {of}" if of else value
    yield number_wording.gap_words(result)
    yield target_words(result)
    if not spot.year:
        yield _listed((one.report.period, _earlier_value(one.results, spot)) for one in opened.earlier)
    yield f"Theo dõi: {result.indicator.owner}" if result.indicator.owner else ""


def _earlier_value(results: Results, spot: GridPlace) -> str:
    result = results.get((spot.name, None))
    return value_text(result, spot.part) if result else ""


def _earlier_cells(opened: OpenEntry, spot: GridPlace) -> str:
    """The same place in earlier periods, or in a form of years the years before."""
    bare, year = place(spot.name)
    report = opened.report
    if year:
        known = [one for one in reversed(report.form.years) if one < year][:_MOST_TOLD]
        return " · ".join(f"{one}: {text}" for one in known if (text := cell_text(report.cell(at(bare, one)))))
    earlier = opened.context.earlier[:_MOST_TOLD]
    return _listed((one.period, quantity_text(one.cell(spot.name).quantity)) for one in earlier)


def _listed(told: Iterable[tuple[Period, str]]) -> str:
    return " · ".join(f"{short_period(period)}: {text}" for period, text in told if text)


def _usual(opened: OpenEntry, count: Count, spot: GridPlace) -> str:
    if count.decimals or count.maximum == 1:
        return ""
    earlier = counted_before(spot.name, count, opened.report, opened.context)
    if len(earlier) < _LIKELY:
        return ""
    low, high = usual(earlier)
    return f"thường gặp {low:,} – {high:,}".replace(",", ".")


def _limits(count: Count) -> str:
    if count.maximum is not None:
        return f"nhiều nhất {format_number(count.maximum)}"
    return f"tối đa {count.decimals} chữ số thập phân" if count.decimals else ""


def _owner(opened: OpenEntry, count: Count) -> str:
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


def _keys(opened: OpenEntry, cell: Cell, offered: Cell | None, locked: bool) -> str:
    if not opened.is_draft:
        return "F1 giải thích"
    if locked:
        return "Sửa ở sổ tin, bài (Ctrl+2) · F1 giải thích"
    if cell.carried:
        return "Ctrl+Enter xác nhận · gõ đè để nhập số khác · F1 giải thích"
    if offered is not None and cell.state is CellState.BLANK:
        return f"F4 chép {cell_text(offered)} của kỳ trước · {_KEYS}"
    return _KEYS
