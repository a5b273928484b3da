"""The yearly indicator report, of a commune and of the office that sums up."""

from __future__ import annotations

from collections import Counter

from exports.document import (
    Annex,
    Block,
    Bullet,
    Column,
    Document,
    Figure,
    HeadCell,
    Heading,
    Para,
    Row,
    RowKind,
    Table,
)
from exports.reports.frame import closing, narratives, opening, section
from exports.reports.indicators import group_cells, indicator_table, legend, sentence
from exports.reports.paper import Paper, assembled, disclosed
from exports.reports.roll_call import data_day, roll_call
from exports.reports.words import UNVERIFIED, WITHHELD, counted, figure
from forms.aggregate import Result
from forms.count import Count
from forms.disclosure import Disclosure
from forms.judgement import Verdict
from forms.services.summary import Summary

_COUNTED_VERDICTS = (
    (Verdict.MET, "đạt mốc"),
    (Verdict.NOT_MET, "chưa đạt mốc"),
    (Verdict.NOT_COMPARABLE, "chưa đủ số liệu để đánh giá"),
    (Verdict.NOT_ARISEN, "không phát sinh"),
    (Verdict.NO_TARGET, "không có mốc"),
)


def year_report(summary: Summary, paper: Paper) -> Document:
    """Objective by objective, then what the office writes itself, then both annexes."""
    status = summary.status
    subject = f"Kết quả thực hiện các mục tiêu, chỉ tiêu về bình đẳng giới {status.period.words}"
    said: list[Block] = [opening(summary, "kết quả thực hiện các mục tiêu, chỉ tiêu về bình đẳng giới")]
    parts: list[list[Block]] = []
    if status.office.collates:
        parts.append(section("Tình hình gửi báo cáo", roll_call(status, "biểu theo dõi của nơi tổng hợp")))
    parts.append(section("Kết quả thực hiện các mục tiêu, chỉ tiêu", _results(summary, paper)))
    said += narratives(summary, parts, paper)
    said.append(closing(summary, paper))
    return assembled(summary, paper, subject, said, _annexes(summary, paper))


def _results(summary: Summary, paper: Paper) -> list[Block]:
    discloses = disclosed(summary, paper)
    shown = {result.indicator.id: result for result in summary.results if discloses.tells(result)}
    tally = Counter(result.verdict for result in shown.values())
    told = "; ".join(
        f"{counted(tally[verdict])} chỉ tiêu {words}" for verdict, words in _COUNTED_VERDICTS if tally[verdict]
    )
    told += f"; {counted(kept)} chỉ tiêu không công bố" if (kept := len(summary.results) - len(shown)) else ""
    total = counted(len(summary.results))
    blocks: list[Block] = [
        Para(
            f"Trong {total} chỉ tiêu được tính: {told} (chi tiết tại Phụ lục I, số liệu gốc tại Phụ lục II). "
            f"{data_day(summary)}".strip()
        )
    ]
    for objective in summary.status.form.sections:
        bullets = [Bullet(_told(shown[i.id], summary)) for i in objective.indicators if i.id in shown]
        blocks += [Heading(2, f"{objective.number}.", _untitled(objective.title)), *bullets] if bullets else []
    return blocks


def _told(result: Result, summary: Summary) -> str:
    return sentence(result, summary.own.role)


def _untitled(title: str) -> str:
    """ "Mục tiêu 1. Trong công tác …" → "Mục tiêu 1: Trong công tác …", since the heading has its own number."""
    return title.replace(". ", ": ", 1)


def _annexes(summary: Summary, paper: Paper) -> tuple[Annex, ...]:
    words = summary.status.period.words
    told = disclosed(summary, paper)
    table, counts = indicator_table(summary, told), count_table(summary, told)
    return (
        Annex(f"Biểu chỉ tiêu bình đẳng giới {words}", (table,), landscape=True),
        Annex(f"Biểu số liệu gốc {words}", (counts,)),
    )


def count_table(summary: Summary, told: Disclosure) -> Table:
    """What was typed, or added up from what was typed, with how many units stand behind each figure."""
    summing = summary.status.office.collates
    columns = [Column(13, "centre"), Column(92), Column(22, "centre"), Column(25, "number")]
    titles, letters = ["TT", "Số liệu", "Đơn vị tính", "Số lượng"], ["A", "B", "C", "1"]
    if summing:
        columns.append(Column(18, "centre"))
        titles.append("Số đơn vị có số liệu")
        letters.append("2")
    rows: list[Row] = []
    for part in summary.status.form.sections:
        mine = [count for count in part.counts if summing or summary.own.role in count.filled_by]
        rows += [Row(group_cells(part, 4 + summing), "group")] if mine else []
        rows += [row for count in mine for row in _count_rows(count, summary, summing, told)]
    head = (tuple(HeadCell(title) for title in titles),)
    return Table(tuple(columns), head, tuple(rows), tuple(letters), note=legend(rows))


def _count_rows(count: Count, summary: Summary, summing: bool, told: Disclosure) -> list[Row]:
    mark = "" if count.verified else f" {UNVERIFIED}"
    lines = [(count.number, count.title + mark, count.id)]
    lines += [("", f"- {count.by.parts[cell.partition('.')[2]]}", cell) for cell in count.cells] if count.by else []
    made = []
    for number, title, name in lines:
        kind: RowKind = "row" if number else "part"
        found = summary.sums[name]
        amount: str | Figure = WITHHELD if name in told.withheld else figure(found.quantity)
        made.append(
            Row((number, title, count.measure, amount, *(f"{found.reported}/{found.expected}",) * summing), kind)
        )
    return made
