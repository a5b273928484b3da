"""What every report opens and closes with, and what the office wrote itself in between."""

from __future__ import annotations

from collections.abc import Sequence

from exports.document import Block, Bullet, Heading, Para, roman
from exports.reports.paper import Paper, issuer_of
from exports.reports.words import prose
from forms.checks.finding import Finding
from forms.count import Role
from forms.findings import find
from forms.services.summary import Summary


def opening(summary: Summary, matter: str) -> Para:
    """ "Thực hiện …, Ủy ban nhân dân … báo cáo … như sau:"."""
    period = summary.status.period
    return Para(
        f"Thực hiện {summary.programme.document}, {issuer_of(summary.status.office.name)} báo cáo {matter} "
        f"{period.words} (kỳ báo cáo {period.window_words}) như sau:"
    )


def section(title: str, blocks: Sequence[Block]) -> list[Block]:
    """A titled part; it gets its Roman number when the parts are joined."""
    return [Heading(1, "", title), *blocks]


def narratives(summary: Summary, parts: list[list[Block]], paper: Paper) -> list[Block]:
    """The computed parts, then the office's own words and its explanations, numbered in one run."""
    own = summary.own
    written = [
        section(spec.title, prose(own.narratives[spec.id]))
        for spec in summary.status.form.narratives
        if own.narratives.get(spec.id, "").strip()
    ]
    explained: list[Block] = [
        Bullet(f"{_what(finding.message)}: {own.explanations[finding.check]}")
        for finding in find(own)
        if finding.explained and not (paper.public and _is_sensitive(finding, summary))
    ]
    every = [*parts, *written, *([section("Giải trình số liệu", explained)] if explained else [])]
    return [block for number, part in enumerate(every, start=1) for block in _numbered(part, number)]


def _is_sensitive(finding: Finding, summary: Summary) -> bool:
    counts = summary.status.form.count_of_cell
    return any(counts[cell].sensitive for cell in finding.cells if cell in counts)


def closing(summary: Summary, paper: Paper) -> Para:
    """The last sentence; the end mark is the writer's."""
    issuer, role = issuer_of(summary.status.office.name), summary.own.role
    receivers = paper.receivers or ((issuer_of(paper.above),) if paper.above else ())
    wish = "tổng hợp" if role is Role.REPORTING else "xem xét, chỉ đạo"
    asked = f", kính đề nghị {', '.join(receivers)} {wish}" if receivers else ""
    return Para(f"Trên đây là báo cáo {summary.status.period.words} của {issuer}{asked}.")


def _numbered(part: list[Block], number: int) -> list[Block]:
    first, *rest = part
    assert isinstance(first, Heading)
    return [Heading(1, f"{roman(number)}.", first.text), *rest]


def _what(message: str) -> str:
    """What a finding found, without the advice that follows it on the screen."""
    return message.partition(". ")[0].rstrip(".")
