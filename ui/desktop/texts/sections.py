"""Parts of the report that are texts and lists: how full each is, what units below wrote; the report that is open.

The report that the page has open: read from the ledger, changed there act by act, checked anew after each.

The sections of a report as the page lists them: by objective, each with how far it is.

What the units below wrote in one section, as rows of words: each paragraph once, with who wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from forms.all_services import Services
from forms.application import Application
from forms.checks import all_checks
from forms.checks.context import ALONE, Context
from forms.checks.live_fields import figures_of
from forms.errors import AppError, InputRefused
from forms.model.count import Role
from forms.model.finding import Finding, Refused
from forms.model.form import Form, NarrativeSpec
from forms.model.report import Report, ReportState
from forms.model.rich_text import RichText, parse
from forms.programmes.programme import Programme
from forms.prose.live_numbers import LiveNumbers
from forms.prose.unit_narratives import Compiled, Folded, named
from forms.services import reports_on_offer
from forms.services.refused_entries import report_name
from forms.services.unit_narratives import Gathered
from ui.desktop.refused_entries import RefusedHere
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row
from ui.desktop.shell import Location

UNIT_COLUMNS = (ListColumnHead("Nội dung"), ListColumnHead("Số đơn vị", 88, "right"), ListColumnHead("Đơn vị", 250))


def ordered(made: Compiled) -> list[Folded]:
    """Those of most units first."""
    return sorted(made.paragraphs, key=lambda one: -len(one.units))


def rows(made: Compiled) -> list[ListRow]:
    return [
        row(str(at), one.text, f"{len(one.units)}", ListItem(named(one.units), "muted"), note=_note(one))
        for at, one in enumerate(ordered(made))
    ]


def units_counted(made: Compiled) -> str:
    """ "12 đơn vị viết · 3 ghi “không có” · 5 không viết" """
    told = [f"{made.told} đơn vị viết"]
    told += [f"{len(made.none)} ghi “không có”"] if made.none else []
    told += [f"{len(made.silent)} không viết"] if made.silent else []
    return " · ".join(told)


def advice(made: Compiled, gathered: Gathered) -> str:
    """What the list is, and what is not in it."""
    unread = f" Không đọc được gói của {named(gathered.unread)}." if gathered.unread else ""
    if not made.paragraphs:
        return "Chưa có đơn vị nào viết gì ở mục này." + unread
    return "Đoạn nhiều đơn vị viết giống nhau chỉ hiện một lần, ghi đủ nguồn; khác con số thì để riêng." + unread


def _note(one: Folded) -> str:
    """Everybody's own words, where they are not the very same."""
    if len({source.text for source in one.sources}) == 1:
        return "; ".join(one.units)
    return "\n".join(f"{source.unit}: {source.text}" for source in one.sources[:12])


COLUMNS = (ListColumnHead("Mục"), ListColumnHead("Tình trạng", 92))
_GENERAL = "Chung cho cả báo cáo"


@dataclass(frozen=True, slots=True)
class Before:
    """What an earlier report says in the same section; `period` in words, empty where there is none."""

    prose: RichText
    period: str = ""


def section_rows(report: Report, found: Sequence[Finding]) -> list[ListRow]:
    """A row for each section, under the title of its objective where sections have one."""
    rows: list[ListRow] = []
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


def state_of(spec: NarrativeSpec, text: str) -> ListItem:
    """How far a section is, in a word or two."""
    prose = parse(text)
    if not text.strip():
        return ListItem("Phải viết", "warning") if spec.required else ListItem("Trống", "muted")
    if prose.says_none:
        return ListItem("“Không có”", "good")
    return ListItem(f"{prose.word_count} từ", "good")


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
            return Before(parse(text), reports_on_offer.capitalised(report.period.words))
    return Before(RichText())


def length(spec: NarrativeSpec, prose: RichText) -> tuple[str, str]:
    """How long the text is, as it is typed, and the tone of those words; letters are told where the limit is near."""
    words, letters = f"{prose.word_count} từ", len(prose.plain)
    if letters * 10 >= spec.limit * 8:
        letters = len(prose.marked.strip())
    if letters > spec.limit:
        return f"{words} · dài {letters}/{spec.limit} ký tự, chưa cất được. Rút gọn bớt.", "error"
    if letters * 10 >= spec.limit * 8:
        return f"{words} · {letters}/{spec.limit} ký tự", "warning"
    return words, "muted"


def compared(prose: RichText, other: Before) -> str:
    """The length beside that of the earlier text."""
    mine, its = prose.word_count, other.prose.word_count
    if not mine:
        return f"{its} từ"
    more = "dài bằng bài này" if mine == its else f"bài này {'dài' if mine > its else 'ngắn'} hơn {abs(mine - its)} từ"
    return f"{its} từ, {more}"


def _row(spec: NarrativeSpec, report: Report, found: Sequence[Finding]) -> ListRow:
    text = report.narratives.get(spec.id, "")
    wrong = [one for one in found if one.spot == f"text:{spec.id}" and one.blocks and not one.says_blank]
    state = state_of(spec, text)
    if wrong:
        state = ListItem(state.text, "error" if wrong[0].level == "error" else "warning", wrong[0].level)
    must = " *" if spec.required else ""
    note = f"{spec.number}. {spec.title}{' (phải viết)' if spec.required else ''}\n{spec.help}".strip()
    return row(spec.id, f"{spec.number}. {spec.title}{must}", state, note=note)


MINE = ("text:", "task:", "nomination:")  # the findings of this page, by where they are put right


class OpenReport:
    """`changed` is called after every act, done or refused; `refused` gets why one was refused, empty when it was done."""

    def __init__(
        self, desk: Services, program: Application, changed: Callable[[], None], refused: Callable[[str], None]
    ) -> None:
        self.desk, self._program, self._changed, self._refused = desk, program, changed, refused
        self.report: Report
        self.found: tuple[Finding, ...] = ()
        self.earlier: tuple[Report, ...] = ()
        self.saved, self.why_refused = "", ""
        self.waiting = RefusedHere(desk.refusals, "", {})
        self._context: Context = ALONE
        self._figures: LiveNumbers | None = None

    @property
    def is_closed(self) -> bool:
        """Handed over or sealed: it can only be read."""
        return self.report.state is not ReportState.DRAFT

    @property
    def programme(self) -> Programme:
        """In the version that the report is filled under."""
        form = self.report.form
        return self.desk.catalogue.programme(form.programme, form.programme_version)

    @property
    def today(self) -> date:
        return self._program.clock().date()

    def open(self, place: Location) -> None:
        """Raises what Entry.open raises."""
        entry = self.desk.entry
        self.report = entry.open(place.programme, place.period)
        self._context = entry.context(self.report)
        if self.report.role is Role.SUMMING:
            self._context = replace(self._context, figures=self.desk.summaries.figures(self.report))
        self.waiting = RefusedHere(self.desk.refusals, report_name(self.report), self._context.refused)
        self.earlier = (*self._just_before(place), *self._context.earlier)
        self.saved = ""
        self._check()

    def store(self, act: Callable[[Report], Report]) -> bool:
        """Do something on the ledger. False when that was refused, and has been said."""
        try:
            self.report = act(self.report)
        except AppError as error:
            self.why_refused = error.message
            self._refused(error.message)
            self._changed()
            return False
        self.saved = f"{self._program.clock():%H:%M}"
        self._check()
        self._refused("")
        self._changed()
        return True

    def refuse(self, where: str, refused: Refused) -> None:
        """It waits for an answer, and is an error of the report until then."""
        self.waiting.keep(where, refused)
        self._check()
        self._changed()

    def answer(self, *where: str) -> None:
        if self.waiting.answer(where):
            self._check()
            self._changed()

    @property
    def figures(self) -> LiveNumbers | None:
        """What its texts may speak of; worked out once after each act."""
        if self._figures is None:
            self._figures = figures_of(self.report, self._context)
        return self._figures

    def wrong(self, spot: str) -> tuple[Finding, ...]:
        """What is found at a spot of the page."""
        return tuple(one for one in self.found if one.spot == spot)

    def _check(self) -> None:
        self._figures = None
        every = all_checks.find(self.report, replace(self._context, refused=self.waiting.all))
        self.found = tuple(one for one in every if one.spot.startswith(MINE))

    def _just_before(self, place: Location) -> tuple[Report, ...]:
        """The report of the period before, also where it holds words and no figure."""
        before = place.period.previous()
        if before.years[0] < self.programme.first_year:
            return ()
        try:
            found = self.desk.entry.open(place.programme, before)
        except InputRefused:  # no form for that period
            return ()
        return (found,) if found.form.id == self.report.form.id else ()
