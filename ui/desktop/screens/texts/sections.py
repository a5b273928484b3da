"""The sections of a report as the page lists them: by objective, each with how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from forms.checks.finding import Finding
from forms.prose import Prose, parse
from forms.report import Report
from forms.spec import Form, NarrativeSpec
from ui.desktop import calendar
from ui.desktop.rows import Column, Item, Row, heading, row

COLUMNS = (Column("Mục"), Column("Tình trạng", 92))
_GENERAL = "Chung cho cả báo cáo"


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier report says in the same section; `period` in words, empty where there is none."""

    prose: Prose
    period: str = ""


def section_rows(report: Report, found: Sequence[Finding]) -> list[Row]:
    """A row for each section, under the title of its objective where sections have one."""
    rows: list[Row] = []
    for number, specs in groupby(report.form.narratives, key=lambda spec: spec.section):
        if any(spec.section for spec in report.form.narratives):
            rows.append(heading(objective(report.form, number)))
        rows += [_row(spec, report, found) for spec in specs]
    return rows


def objective(form: Form, number: str) -> str:
    title = next((section.title for section in form.sections if number and section.number == number), "")
    if not title:
        return _GENERAL
    return title if title.startswith(("Mục tiêu", number)) else f"{number}. {title}"


def state_of(spec: NarrativeSpec, text: str) -> Item:
    """How far a section is, in a word or two."""
    prose = parse(text)
    if not text.strip():
        return Item("Phải viết", "warning") if spec.required else Item("Trống", "muted")
    if prose.says_none:
        return Item("“Không có”", "good")
    return Item(f"{prose.word_count} từ", "good")


def next_empty(report: Report, after: str) -> str:
    """The id of the empty section that follows, those that must be written before all others; empty when none is left."""
    specs = [spec for spec in report.form.narratives if not report.narratives.get(spec.id, "").strip()]
    wanted = [spec.id for spec in specs if spec.required] or [spec.id for spec in specs]
    ids = [spec.id for spec in report.form.narratives]
    here = ids.index(after) if after in ids else -1
    return next((id for id in wanted if ids.index(id) > here), wanted[0] if wanted else "")


def before(id: str, earlier: Iterable[Report]) -> Before:
    """The newest earlier report that says something there."""
    for report in earlier:
        if text := report.narratives.get(id, "").strip():
            return Before(parse(text), calendar.capitalised(report.period.words))
    return Before(Prose())


def length(spec: NarrativeSpec, prose: Prose) -> tuple[str, str]:
    """How long the text is, as it is typed, and the tone of those words; letters are told where the limit is near."""
    words, letters = f"{prose.word_count} từ", len(prose.plain)
    if letters * 10 >= spec.limit * 8:
        letters = len(prose.marked.strip())
    if letters > spec.limit:
        return f"{words} · dài {letters}/{spec.limit} ký tự, chưa cất được. Rút gọn bớt.", "error"
    if letters * 10 >= spec.limit * 8:
        return f"{words} · {letters}/{spec.limit} ký tự", "warning"
    return words, "muted"


def compared(prose: Prose, other: Before) -> str:
    """The length beside that of the earlier text."""
    mine, its = prose.word_count, other.prose.word_count
    if not mine:
        return f"{its} từ"
    more = "dài bằng bài này" if mine == its else f"bài này {'dài' if mine > its else 'ngắn'} hơn {abs(mine - its)} từ"
    return f"{its} từ, {more}"


def _row(spec: NarrativeSpec, report: Report, found: Sequence[Finding]) -> Row:
    text = report.narratives.get(spec.id, "")
    wrong = [one for one in found if one.spot == f"text:{spec.id}" and one.blocks and not one.says_blank]
    state = state_of(spec, text)
    if wrong:
        state = Item(state.text, "error" if wrong[0].level == "error" else "warning", wrong[0].level)
    must = " *" if spec.required else ""
    note = f"{spec.number}. {spec.title}{' (phải viết)' if spec.required else ''}\n{spec.help}".strip()
    return row(spec.id, f"{spec.number}. {spec.title}{must}", state, note=note)
