"""The sheet that explains a row (F1): what it means, how it is computed, where it comes from, what it was. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.model.cell import at, place
from forms.model.count import Count
from forms.model.form import Form
from forms.model.indicator import Indicator
from ui.desktop import number_wording
from ui.desktop.entry.cell_words import quantity_text, reads, short_period, target_words, value_text
from ui.desktop.entry.grid_layout import EarlierReport
from ui.desktop.entry.report_session import OpenEntry


@dataclass(frozen=True)
class HelpTable:
    """A figure over the periods: a heading, then rows of words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class HelpChapter:
    """A count or an indicator. `parts`: (heading, text), what is not known left out."""

    title: str
    parts: tuple[tuple[str, str], ...]
    history: HelpTable | None = None


def sheet_of(opened: OpenEntry, id: str) -> tuple[HelpChapter, ...]:
    """A row by the id of its cell, count or indicator; of a count also the indicators that are computed from it."""
    form = opened.report.form
    bare = place(id)[0].partition(".")[0]
    if bare in form.indicators:
        return (_indicator(opened, form.indicators[bare]),)
    if bare not in form.counts:
        return ()
    read = [one for one in form.indicators.values() if bare in reads(form, one.id)]
    return (_count(opened, form.counts[bare]), *(_indicator(opened, one) for one in read))


def _count(opened: OpenEntry, count: Count) -> HelpChapter:
    parts = [
        ("Hướng dẫn", count.help),
        ("Phân tổ", ", ".join(count.by.parts.values()) if count.by else ""),
        ("Lấy từ", "sổ tin, bài của kỳ; chỉ gõ khi sổ không có mục nào" if count.from_news else ""),
        ("Lưu ý", "Số liệu nhạy cảm: chỉ ghi số, không ghi tên hay câu chuyện." if count.sensitive else ""),
        ("Cơ quan trả lời", _agencies(opened, count.agencies)),
        ("Giải trình kỳ trước", _last_reasons(opened, count.id)),
        ("Đơn vị tính", count.measure),
        ("Nguồn", count.source),
        ("Đối chiếu", _verified(count.verified)),
    ]
    return HelpChapter(f"{count.number}. {count.title}", _known(parts), _count_history(opened, count))


def _indicator(opened: OpenEntry, indicator: Indicator) -> HelpChapter:
    last = opened.results.get((indicator.id, indicator.years[-1] if indicator.years else None))
    verdict = (
        [("Kỳ này", "; ".join(filter(None, (number_wording.value_words(last), number_wording.gap_words(last)))))]
        if last
        else []
    )
    parts = [
        ("Định nghĩa", indicator.definition),
        ("Cách tính", formula_words(indicator, opened.report.form)),
        ("Cơ quan theo dõi", indicator.owner),
        *((f"Mốc {t.year}", t.words + ("" if t.verified else " (chưa đối chiếu)")) for t in indicator.targets),
        *verdict,
        ("Giải trình kỳ trước", _last_reasons(opened, indicator.id)),
        ("Đơn vị tính", indicator.measure),
        ("Nguồn", indicator.source),
        ("Đối chiếu", _verified(indicator.verified)),
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


def reasons_before(opened: OpenEntry) -> dict[str, str]:
    """What was explained in the period before, by check."""
    return dict(opened.context.earlier[0].explanations) if opened.context.earlier else {}


def _last_reasons(opened: OpenEntry, id: str) -> str:
    told = [reason for check, reason in reasons_before(opened).items() if id in _about(opened.report.form, check)]
    return "\n".join(dict.fromkeys(told))


def _about(form: Form, check: str) -> set[str]:
    """The counts that a check is about, and the indicators that read them."""
    bare, _, spot = check.partition(":")
    rule = next((one for one in form.checks if one.id == place(bare)[0]), None)
    names = (spot,) if spot else rule.expect.names if rule else ()
    counts = {place(name)[0].partition(".")[0] for name in names}
    return counts | {one for one in form.indicators if counts & reads(form, one)}


def _count_history(opened: OpenEntry, count: Count) -> HelpTable | None:
    parts = list(count.by.parts.items()) if count.by else []
    heads = (*(title for _, title in parts), "Tổng" if parts else "Số liệu")
    names = (*(f"{count.id}.{part}" for part, _ in parts), count.id)
    if count.years:
        report = opened.report
        rows = [(str(y), *(quantity_text(report.quantity(at(name, y))) for name in names)) for y in count.years]
    else:
        reports = (opened.report, *opened.context.earlier)
        known = [one for one in reports if count.id in one.form.counts]
        rows = [(short_period(one.period), *(quantity_text(one.quantity(name)) for name in names)) for one in known]
    return _table(("Năm" if count.years else "Kỳ", *heads), rows)


def _indicator_history(opened: OpenEntry, indicator: Indicator) -> HelpTable | None:
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
    return _table(("Năm" if indicator.years else "Kỳ", *heads), rows)


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> HelpTable | None:
    """One row alone is no history."""
    return HelpTable(heads, tuple(rows)) if len(rows) > 1 else None


def _agencies(opened: OpenEntry, ids: Sequence[str]) -> str:
    return "; ".join(one.title for one in opened.programme.agencies if one.id in ids)


def _verified(verified: bool) -> str:
    return "Đã đối chiếu" if verified else "Chưa đối chiếu với văn bản gốc"


def _known(parts: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((head, text) for head, text in parts if text)
