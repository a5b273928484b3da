"""The report on news items of a quarter or slots of a month, of a commune and of the office that sums up."""

from __future__ import annotations

from decimal import Decimal

from exports.document import Annex, Block, Bullet, Cell, ColumnHead, Document, Figure, Para, Row, table_of
from exports.reports.chart_pages import units_picture
from exports.reports.indicators import count_table, indicator_table, judged, legend, operands
from exports.reports.report_texts import (
    ReportTexts,
    assembled,
    closing,
    disclosed,
    figure,
    listed,
    narratives,
    opening,
    section,
)
from exports.reports.units import called, data_day, roll_call
from forms.exchange.statements import Head
from forms.model.cell import BLANK, STATE_SIGNS
from forms.model.count import Count
from forms.model.expression import Lack
from forms.model.form import NewsRule
from forms.model.news_item import CHANNEL_TITLES, KIND_TITLES, ORIGIN_TITLES, NewsItem
from forms.model.number import counted, format_number
from forms.model.org_unit import OrgUnit
from forms.org_units.unit_words import units_called, units_counted
from forms.prose.wording import SIGNS, inside_sentence, measured
from forms.services.summary import Summary
from forms.summary.totals import Result
from forms.summary.verdict import Verdict

MATTER = "kết quả công tác thông tin, tuyên truyền về bình đẳng giới trên hệ thống thông tin cơ sở"
NOT_SENT, NO_LIST = "Chưa gửi báo cáo", "Không có danh mục"


def own_news(summary: Summary, paper: ReportTexts) -> Document:
    """How many items, of what kind, enough or not, what the commune says to it, and the list of items."""
    part = section("Kết quả thực hiện", [*_own_totals(summary), *_own_judgement(summary)])
    said = [opening(summary, MATTER), *narratives(summary, [part], paper), closing(summary, paper)]
    words, noun = summary.status.period.words, _asked(summary).measure
    annexes = [Annex(f"Biểu {noun} về bình đẳng giới {words}", (count_table(summary, disclosed(summary, paper)),))]
    if summary.own.news:
        heads: list[ColumnHead] = [
            ("TT", 9, "centre"), ("Ngày phát, đăng đầu tiên", 22, "centre"), ("Tên tin, bài", 72, "text"),
            ("Loại", 20, "centre"), ("Kênh", 54, "text"), ("Nguồn", 22, "centre"), ("Số lượt", 14, "number"),
            ("Minh chứng", 32, "text"), ("Được tính", 22, "text"),
        ]  # fmt: skip
        news_table = table_of(heads, (_news_row(number, item) for number, item in enumerate(summary.own.news, start=1)))
        annexes.append(Annex(f"Danh mục {noun} về bình đẳng giới {words}", (news_table,), True))
    return assembled(summary, paper, _subject(summary), said, tuple(annexes))


def summed_news(summary: Summary, paper: ReportTexts) -> Document:
    """Who reported, how many units have enough items, which have not, and every unit's figures."""
    parts = [
        section("Tình hình gửi báo cáo", roll_call(summary.status, "Phụ lục II")),
        section("Kết quả thực hiện", [*_totals(summary), *_shares(summary)]),
    ]
    said = [opening(summary, MATTER), *narratives(summary, parts, paper), closing(summary, paper)]
    words, noun = summary.status.period.words, _asked(summary).measure
    # Every expected unit with its figures, also those that sent nothing, and the total. How a figure falls into
    # months is told once, for all of them.
    counts = tuple(count for count in summary.status.form.counts.values() if not count.by)
    rows = [
        Row((str(number), called(summary.status, unit), *_unit_cells(summary, unit, tuple(c.id for c in counts))))
        for number, unit in enumerate(summary.status.expected, start=1)
    ]
    totals = (_total(summary, count.id) for count in counts)
    rows.append(Row(("", "Tổng cộng", *totals, "", ""), "total"))
    heads: list[ColumnHead] = [
        ("TT", 9, "centre"), ("Đơn vị", 45, "text"), *((count.title, 21, "number") for count in counts),
        ("Đánh giá", 22, "centre"), ("Ghi chú", 32, "text"),
    ]  # fmt: skip
    unit_table = table_of(heads, rows, 2, legend(rows))
    table, units = indicator_table(summary, disclosed(summary, paper)), unit_table
    annexes = (
        Annex(f"Biểu chỉ tiêu {noun} về bình đẳng giới {words}", (table,), landscape=True),
        Annex(
            f"Tổng hợp {noun} về bình đẳng giới {words} theo đơn vị",
            (units, *units_picture(summary, _asked(summary))),
            True,
        ),
    )
    return assembled(summary, paper, _subject(summary), said, annexes)


def _asked(summary: Summary) -> Count:
    """The count that the plan's rule is about: the first of the form."""
    return next(iter(summary.status.form.counts.values()))


def _rule(summary: Summary) -> NewsRule | None:
    return summary.status.form.news_rule


def _subject(summary: Summary) -> str:
    return f"{MATTER[:1].upper()}{MATTER[1:]} {summary.status.period.words}"


def _own_totals(summary: Summary) -> list[Block]:
    total = summary.sums[_asked(summary).id].quantity
    if isinstance(total, Lack):
        return [Para(f"Chưa có số liệu về số {_asked(summary).measure} trong kỳ.")]
    period, noun = summary.status.period.words, _asked(summary).measure
    annexes = "Phụ lục I, Phụ lục II" if summary.own.news else "Phụ lục"
    listed_ = "" if summary.own.news else f" Đơn vị báo cáo tổng số, không có danh mục {noun}."
    return [
        Para(
            f"Trong {period}, {inside_sentence(summary.status.office.name)} có {counted(total)} {noun} về bình "
            f"đẳng giới được tính{_split(summary)} (chi tiết tại {annexes}).{listed_} {data_day(summary)}".strip()
        )
    ]


def _totals(summary: Summary) -> list[Block]:
    found = summary.sums[_asked(summary).id]
    if isinstance(found.quantity, Lack):
        return [Para(f"Chưa có số liệu về số {_asked(summary).measure} trong kỳ.")]
    coverage = f"{counted(found.reported)}/{counted(found.expected)}"
    return [
        Para(
            f"Tổng số {_asked(summary).measure} về bình đẳng giới được tính của {coverage} {units_called(summary.status.reporters)}: "
            f"{format_number(found.quantity)}{_split(summary)} (chi tiết tại Phụ lục I, Phụ lục II). {data_day(summary)}".strip()
        )
    ]


def _split(summary: Summary) -> str:
    """The parts that are known: “ (03 tin, 02 bài; 04 tự sản xuất, 01 tiếp phát), 12 lượt phát, đăng”."""

    def told(name: str, noun: str) -> list[str]:
        quantity = summary.sums[name].quantity if name in summary.sums else Lack.BLANK
        return [f"{counted(quantity)} {noun}"] if isinstance(quantity, Decimal) else []

    kinds = told("news_brief", "tin") + told("news_feature", "bài")
    origins = told("news_own", "tự sản xuất") + told("news_relayed", "tiếp phát")
    inner = "; ".join(", ".join(group) for group in (kinds, origins) if group)
    airings = "".join(f", {part}" for part in told("news_airings", "lượt phát, đăng"))
    return (f" ({inner})" if inner else "") + airings


def _own_judgement(summary: Summary) -> list[Block]:
    rule, total = _rule(summary), summary.sums[_asked(summary).id].quantity
    if rule is None or isinstance(total, Lack):
        return []
    lacking = rule.minimum - total
    met = "đạt" if lacking <= 0 else f"chưa đạt, còn thiếu {counted(lacking)} {_asked(summary).measure}"
    return [Para(f"So với yêu cầu {rule.words}: {met}{_unverified(rule)}.")]


def _unverified(rule: NewsRule) -> str:
    return "" if rule.verified else " (cách đếm tin, bài chưa đối chiếu với hướng dẫn)"


def _shares(summary: Summary) -> list[Block]:
    blocks: list[Block] = []
    for result in summary.results:
        meeting, of_all = operands(result)
        assert isinstance(meeting, Figure)
        assert isinstance(of_all, Figure)
        rule = _rule(summary)
        words = rule.words if rule else result.indicator.title
        blocks.append(
            Para(
                f"Có {counted(meeting.amount)}/{counted(of_all.amount)} {units_called(summary.status.reporters)} bảo đảm {words}, "
                f"tỷ lệ {measured(result.indicator, result.quantity)}; {judged(result)}."
            )
        )
        blocks += _who_is_short(result, summary)
    return blocks


def _who_is_short(result: Result, summary: Summary) -> list[Block]:
    status, asked = summary.status, _asked(summary)
    short = [unit for unit in status.received if _met(result, summary, unit) is False]
    unknown = [unit for unit in status.received if _met(result, summary, unit) is None]
    blocks: list[Block] = []
    if short:
        names = [
            f"{inside_sentence(called(status, unit))} ({_shown(status.heads[unit.key], asked)} {asked.measure})"
            for unit in short
        ]
        blocks.append(Bullet(f"Các đơn vị chưa đạt: {listed(names, 'Phụ lục II')}."))
    if unknown:
        names = [inside_sentence(unit.full_name) for unit in unknown]
        blocks.append(Bullet(f"Các đơn vị đã gửi nhưng chưa đủ số liệu: {listed(names, 'Phụ lục II')}."))
    if status.missing and result.verdict is not Verdict.MET:
        blocks.append(
            Bullet(f"{units_counted(status.missing)} chưa gửi báo cáo vẫn nằm trong mẫu số và chưa được tính là đạt.")
        )
    return blocks


def _met(result: Result, summary: Summary, unit: OrgUnit) -> bool | None:
    """Whether the unit's own rule holds; None where its report does not tell."""
    head = summary.status.heads.get(unit.key)
    if head is None or result.indicator.rule is None:
        return None
    return result.indicator.rule.holds(lambda name: head.cells.get(name, BLANK).quantity)


def _shown(head: Head, asked: Count) -> str:
    cell = head.cells.get(asked.id, BLANK)
    return counted(cell.amount) if cell.amount is not None else STATE_SIGNS[cell.state]


def _unit_cells(summary: Summary, unit: OrgUnit, names: tuple[str, ...]) -> tuple[Cell, ...]:
    head = summary.status.heads.get(unit.key)
    if head is None:
        return (*("" for _ in names), "", NOT_SENT)
    met = {True: "Đạt", False: "Chưa đạt", None: "Chưa đủ số liệu"}[
        next((_met(result, summary, unit) for result in summary.results), None)
    ]
    late = f"Gửi muộn ({head.first_received_at:%d/%m/%Y})" if summary.status.is_late(unit) else ""
    notes = [note for note in (late, "" if head.news_listed else NO_LIST) if note]
    return (*(figure(head.cells.get(name, BLANK).quantity) for name in names), met, "; ".join(notes))


def _total(summary: Summary, name: str) -> Cell:
    quantity = summary.sums[name].quantity
    return SIGNS[quantity] if isinstance(quantity, Lack) else Figure(quantity, is_sum=True)


def _news_row(number: int, item: NewsItem) -> Row:
    channels = "; ".join(CHANNEL_TITLES.get(channel, channel) for channel in item.channels)
    used = "Có" if item.counted else f"Không{f': {item.reason}' if item.reason else ''}"
    return Row(
        (
            str(number),
            f"{item.date:%d/%m/%Y}",
            item.title,
            KIND_TITLES[item.kind],
            channels,
            ORIGIN_TITLES[item.origin],
            Figure(Decimal(item.airings)),
            item.evidence,
            used,
        )
    )
