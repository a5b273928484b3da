"""The report on everything but news: a year's indicators, a review of several years (each year a column), the tasks of a plan,
the ten-year summing-up with its commendations; of a unit and of the office that sums up. It has the parts that its form has.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from exports.document import (
    Annex,
    Block,
    Bullet,
    ColumnHead,
    Document,
    Heading,
    Para,
    Row,
    RowKind,
    Table,
    roman,
    table_of,
)
from exports.reports.chart_pages import pictures
from exports.reports.indicators import (
    count_table,
    counts_of,
    group_cells,
    indicator_table,
    legend,
    lines_of,
    sentence,
    told_outcome,
    told_sum,
)
from exports.reports.report_texts import (
    UNVERIFIED,
    WITHHELD,
    ReportTexts,
    assembled,
    closing,
    disclosed,
    narratives,
    opening,
    section,
    subject_of,
    words_on,
)
from exports.reports.tasks import (
    below_table,
    below_words,
    derogation_table,
    done_words,
    nominated,
    nomination_table,
    task_table,
)
from exports.reports.units import adjusted_annex, data_day, extremes, roll_call, unit_annexes
from forms.model.cell import at
from forms.model.count import Count, Role
from forms.model.indicator import indicators_counted
from forms.model.number import counted
from forms.model.task import Nominee
from forms.prose.wording import verdict_title
from forms.services.summary import Summary
from forms.summary.disclosure import Disclosure
from forms.summary.totals import Result
from forms.summary.verdict import Verdict

_YEAR = 15  # the share of a year's column


def series_table(summary: Summary, told: Disclosure) -> Table:
    """Every indicator over the years, the milestones that the plan sets within them, and how the last year stands."""
    years = summary.status.form.years
    heads: list[ColumnHead] = [
        ("TT", 11, "centre"), ("Chỉ tiêu", 62, "text"), ("Đơn vị tính", 18, "centre"),
        *((str(year), _YEAR, "number") for year in years), ("Mốc của chương trình", 44, "text"), ("Đánh giá", 22, "centre"),
    ]  # fmt: skip
    by_id = {id: list(found) for id, found in groupby(summary.results, key=lambda result: result.indicator.id)}
    rows: list[Row] = []
    for span_section in summary.status.form.sections:
        mine = [by_id[indicator.id] for indicator in span_section.indicators if indicator.id in by_id]
        rows += [Row(group_cells(span_section, len(heads)), "group")] if mine else []
        rows += [_series(results, years, told) for results in mine]
    return table_of(heads, rows, 3, legend(rows))


def year_table(summary: Summary, told: Disclosure) -> Table:
    """Every count and part over the years."""
    years = summary.status.form.years
    heads: list[ColumnHead] = [
        ("TT", 13, "centre"), ("Số liệu", 84, "text"), ("Đơn vị tính", 22, "centre"),
        *((str(year), _YEAR, "number") for year in years),
    ]  # fmt: skip
    rows: list[Row] = []
    for span_section in summary.status.form.sections:
        mine = counts_of(span_section, summary)
        rows += [Row(group_cells(span_section, len(heads)), "group")] if mine else []
        rows += [row for count in mine for row in _rows(count, years, summary, told)]
    return table_of(heads, rows, 3, legend(rows))


def _series(results: list[Result], years: tuple[int, ...], told: Disclosure) -> Row:
    last, indicator = results[-1], results[-1].indicator
    mark = "" if indicator.verified else f" {UNVERIFIED}"
    known = {result.year: told_outcome(result, told) for result in results}
    milestones = [target for target in indicator.targets if years[0] <= target.year] or list(indicator.targets)
    aims = "\n".join(f"{t.year}: {t.words}{'' if t.verified else f' {UNVERIFIED}'}" for t in milestones)
    verdict = verdict_title(last) if told.tells(last) else WITHHELD
    figures = (known.get(year, "") for year in years)
    return Row((indicator.number, indicator.title + mark, indicator.measure, *figures, aims, verdict))


def _rows(count: Count, years: tuple[int, ...], summary: Summary, told: Disclosure) -> list[Row]:
    made = []
    for number, title, place in lines_of(count):
        kind: RowKind = "row" if number else "part"
        figures = (told_sum(at(place, year), summary, told) for year in years)
        made.append(Row((number, title, count.measure, *figures), kind))
    return made


BELOW = "theo báo cáo của các đơn vị"
_COUNTED_VERDICTS = (
    (Verdict.MET, "đạt mốc"),
    (Verdict.NOT_MET, "chưa đạt mốc"),
    (Verdict.NOT_COMPARABLE, "chưa đủ số liệu để đánh giá"),
    (Verdict.NOT_ARISEN, "không phát sinh"),
    (Verdict.NO_TARGET, "không có mốc"),
    (Verdict.TWO_SOURCES, "có hai nguồn số liệu khác nhau"),
)


def year_report(summary: Summary, paper: ReportTexts) -> Document:
    """Who reported; objective by objective with what the office wrote on it; the tasks; the office's own words; the
    annexes with every figure."""
    status = summary.status
    subject = subject_of(status.form, status.period)
    annexes = _annexes(summary, paper)
    said: list[Block] = [opening(summary, subject[:1].lower() + subject[1:])]
    parts: list[list[Block]] = []
    if status.office.collates and status.expected:
        parts.append(section("Tình hình gửi báo cáo", roll_call(status, "biểu theo dõi của nơi tổng hợp")))
    if results := _results(summary, paper, annexes):
        parts.append(section("Kết quả thực hiện các mục tiêu, chỉ tiêu", results))
    if status.form.tasks:
        told = [
            *done_words(summary, _where(annexes, "thực hiện nhiệm vụ")),
            *below_words(summary, _where(annexes, BELOW)),
        ]
        parts.append(section("Kết quả thực hiện nhiệm vụ", told))
    if summary.nominations:
        told = nominated(summary, _where(annexes, "đề nghị khen thưởng"))
        parts.append(section("Đề nghị khen thưởng", told))
    said += narratives(summary, parts, paper)
    said.append(closing(summary, paper))
    return assembled(summary, paper, subject, said, annexes)


def _results(summary: Summary, paper: ReportTexts, annexes: tuple[Annex, ...]) -> list[Block]:
    """The indicators counted by verdict, then each told under its objective, with what was written on it."""
    discloses = disclosed(summary, paper)
    shown = {result.indicator.id: result for result in summary.results if discloses.tells(result)}
    best = extremes(summary) if not paper.public else {}
    blocks: list[Block] = []
    blocks += [Para(_tally(summary, shown, annexes))] if summary.results else _only_counts(summary, annexes)
    for objective in summary.status.form.sections:
        bullets = [Bullet(_told(shown[i.id], summary, best)) for i in objective.indicators if i.id in shown]
        written = words_on(summary, objective.number)
        if bullets or written:
            # "Mục tiêu 1. Trong công tác …" → "Mục tiêu 1: Trong công tác …", since the heading has its
            # own number.
            blocks += [Heading(2, f"{objective.number}.", objective.title.replace(". ", ": ", 1)), *bullets, *written]
    return blocks


def _tally(summary: Summary, shown: dict[str, Result], annexes: tuple[Annex, ...]) -> str:
    tally = Counter(result.verdict for result in shown.values())
    all_of_them = indicators_counted((result.indicator.number for result in summary.results), counted)
    noun = "thước đo" if "thước đo" in all_of_them else "chỉ tiêu"
    total = len({result.indicator.id for result in summary.results})
    told = "; ".join(
        f"{counted(tally[verdict])} {noun} {words}" for verdict, words in _COUNTED_VERDICTS if tally[verdict]
    )
    told += f"; {counted(kept)} {noun} không công bố" if (kept := total - len(shown)) else ""
    last = f", tính theo số liệu năm {summary.status.period.year}" if summary.status.form.years else ""
    where = f"chi tiết tại {_where(annexes, 'chỉ tiêu')}, số liệu gốc tại {_where(annexes, 'số liệu gốc')}"
    return f"Trong {all_of_them} được tính{last}: {told} ({where}). {data_day(summary)}".strip()


def _only_counts(summary: Summary, annexes: tuple[Annex, ...]) -> list[Block]:
    """A form that asks figures and judges none of them."""
    if not summary.status.form.counts:
        return []
    return [Para(f"Số liệu thực hiện tại {_where(annexes, 'số liệu gốc')}. {data_day(summary)}".strip())]


def _told(result: Result, summary: Summary, best: dict[str, str]) -> str:
    said = sentence(result, summary.own.role)
    return f"{said.removesuffix('.')}{best.get(result.indicator.id, '')}."


def _annexes(summary: Summary, paper: ReportTexts) -> tuple[Annex, ...]:
    """Every table that the form fills; the text refers to them by their titles."""
    status, told, form = summary.status, disclosed(summary, paper), summary.status.form
    words, made = status.period.words, []
    if summary.results:
        table = series_table(summary, told) if form.years else indicator_table(summary, told)
        made.append(Annex(f"Biểu chỉ tiêu bình đẳng giới {words}", (table,), landscape=True))
    if form.counts:
        table = year_table(summary, told) if form.years else count_table(summary, told)
        made.append(Annex(f"Biểu số liệu gốc {words}", (table,), landscape=bool(form.years)))
    if form.tasks:
        made.append(Annex(f"Tình hình thực hiện nhiệm vụ {words}", (task_table(summary),), landscape=True))
    if summary.tasks:
        made.append(Annex(f"Nhiệm vụ {BELOW} {words}", (below_table(summary),), landscape=True))
    if summary.own.role is Role.SUMMING and not paper.public:
        made += (*unit_annexes(summary), *adjusted_annex(summary))
    if drawn := pictures(summary, told):
        made.append(Annex(f"Biểu đồ {words}", drawn))
    for kind, title in ((Nominee.COLLECTIVE, "Tập thể"), (Nominee.PERSON, "Cá nhân")):
        if proposed := nomination_table(summary, kind):
            made.append(Annex(f"{title} đề nghị khen thưởng", (proposed,), landscape=True))
    if own_targets := derogation_table(summary):
        made.append(Annex("Mức phấn đấu riêng của đơn vị cấp dưới", (own_targets,), landscape=True))
    return tuple(made)


def _where(annexes: tuple[Annex, ...], word: str) -> str:
    """ "Phụ lục II", or those of a kind together: "Phụ lục IV, Phụ lục V"."""
    if len(annexes) == 1:
        return "Phụ lục"
    numbers = [number for number, annex in enumerate(annexes, 1) if word in annex.title]
    return ", ".join(f"Phụ lục {roman(number)}" for number in numbers)
