"""What every report opens and closes with, and what the office wrote itself in between."""

from __future__ import annotations

from collections.abc import Sequence

from exports.document import Block, Bullet, Heading, Para, roman
from exports.reports.phrases import prose
from exports.reports.report_texts import ReportTexts, issuer_of
from forms.checks.all_checks import find
from forms.model.count import Role
from forms.model.finding import Finding
from forms.model.form import Form
from forms.model.period import Period
from forms.services.summary import Summary

_KINDS = ("Báo cáo ", "Biểu ")
_TARGETS, _OF_TARGETS = "Chỉ tiêu bình đẳng giới năm", "Kết quả thực hiện các mục tiêu, chỉ tiêu về bình đẳng giới"
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def subject_of(form: Form, period: Period) -> str:
    """What a report on this form is about, with its period once: "Tổng kết thực hiện … giai đoạn 2011-2020"."""
    title = next((form.title.removeprefix(kind) for kind in _KINDS if form.title.startswith(kind)), form.title)
    title = title[:1].upper() + title[1:]
    title = _OF_TARGETS if title == _TARGETS else title
    return title if _tells(title, period) else f"{title} {period.words}"


def opening(summary: Summary, matter: str) -> Para:
    """ "Thực hiện …, Ủy ban nhân dân … báo cáo … như sau:"."""
    period = summary.status.period
    when = "" if _tells(matter, period) else f" {period.words}"
    return Para(
        f"Thực hiện {summary.programme.document}, {issuer_of(summary.status.office.name)} báo cáo {matter}{when} "
        f"(kỳ báo cáo {period.window_words}) như sau:"
    )


def section(title: str, blocks: Sequence[Block]) -> list[Block]:
    """A titled part; it gets its Roman number when the parts are joined."""
    return [Heading(1, "", title), *blocks]


def narratives(summary: Summary, parts: list[list[Block]], paper: ReportTexts) -> list[Block]:
    """The computed parts, then the office's own words and its explanations, numbered in one run. Words about an objective
    stand with its figures."""
    own = summary.own
    written = [
        section(spec.title, prose(own.narratives[spec.id]))
        for spec in summary.status.form.narratives
        if not spec.section and own.narratives.get(spec.id, "").strip()
    ]
    explained: list[Block] = [
        Bullet(f"{_what(finding.message)}: {own.explanations[finding.check]}")
        for finding in find(own)
        if finding.explained and not (paper.public and _is_sensitive(finding, summary))
    ]
    every = [*parts, *written, *([section("Giải trình số liệu", explained)] if explained else [])]
    return [block for number, part in enumerate(every, start=1) for block in _numbered(part, number)]


def words_on(summary: Summary, objective: str) -> list[Block]:
    """What the office wrote on one objective: a) Kết quả …, b) Hạn chế …"""
    specs = [spec for spec in summary.status.form.narratives if objective and spec.section == objective]
    told = [(spec.title, text) for spec in specs if (text := summary.own.narratives.get(spec.id, "").strip())]
    blocks: list[Block] = []
    for letter, (title, text) in zip(_LETTERS, told, strict=False):
        blocks += [Heading(3, f"{letter})", title), *prose(text)]
    return blocks


def closing(summary: Summary, paper: ReportTexts) -> Para:
    """The last sentence; the end mark is the writer's."""
    issuer, role = issuer_of(summary.status.office.name), summary.own.role
    receivers = paper.receivers or ((issuer_of(paper.above),) if paper.above else ())
    wish = "tổng hợp" if role in (Role.REPORTING, Role.AGENCY) else "xem xét, chỉ đạo"
    asked = f", kính đề nghị {', '.join(receivers)} {wish}" if receivers else ""
    return Para(f"Trên đây là báo cáo {summary.status.period.words} của {issuer}{asked}.")


def _tells(words: str, period: Period) -> bool:
    """Whether the words name the years of the period already."""
    return all(str(year) in words for year in {period.years[0], period.years[-1]}) and not period.label.count("-")


def _is_sensitive(finding: Finding, summary: Summary) -> bool:
    counts = summary.status.form.count_of_cell
    return any(counts[cell].sensitive for cell in finding.cells if cell in counts)


def _numbered(part: list[Block], number: int) -> list[Block]:
    first, *rest = part
    assert isinstance(first, Heading)
    return [Heading(1, f"{roman(number)}.", first.text), *rest]


def _what(message: str) -> str:
    """What a finding found, without the advice that follows it on the screen."""
    return message.partition(". ")[0].rstrip(".")
