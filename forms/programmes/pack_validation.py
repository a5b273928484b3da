"""Whether the parts of a form fit together, and the forms of a pack. What does not is refused by file and key: a rule that
reads what is never asked would be silent for ever, and a figure that nobody may answer would be missed by nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from datetime import date
from itertools import pairwise

from forms.errors import CatalogueError, InputRefused
from forms.model.cell import place
from forms.model.count import Answered, Count, Role
from forms.model.form import CrossCheck, Form
from forms.model.indicator import Indicator, IndicatorKind
from forms.model.news_item import NewsKind
from forms.model.org_unit import KINDS
from forms.model.period import FIRST_YEAR, LAST_YEAR, Period, PeriodKind
from forms.programmes.programme import Programme

LONGEST_TEXT = 20_000  # of a narrative: a package holds no longer one
_LONGEST_CELL = 95  # so that the reason for a check of it still has a name
_NAME = re.compile(r"[a-z][a-z0-9_]{1,59}")  # may stand in a formula
_ID = re.compile(r"[a-z][a-z0-9_-]{1,59}")
_PART = re.compile(r"[a-z0-9_]{1,40}")
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_PERIODS = {
    PeriodKind.YEAR: ("year",),
    PeriodKind.HALF: ("H1", "H2"),
    PeriodKind.QUARTER: ("Q1", "Q2", "Q3", "Q4"),
    PeriodKind.MONTH: tuple(f"{month:02d}" for month in range(1, 13)),
    PeriodKind.SPAN: (),
}


def check_form(file: str, form: Form) -> None:
    """Raises CatalogueError."""
    _Form(file, form).check()


def check_pack(name: str, programme: Programme) -> None:
    """Raises CatalogueError."""
    _Pack(name, programme).check()


def milestones(programme: Programme, years: Container[int] = range(FIRST_YEAR, LAST_YEAR + 1)) -> tuple[str, ...]:
    """Every target of these years, by its indicator: “1.1 (2025)”."""
    return tuple(
        f"{indicator.number} ({target.year})"
        for form in programme.forms
        for indicator in form.indicators.values()
        for target in indicator.targets
        if target.year in years
    )


def milestones_outside(programme: Programme) -> tuple[str, ...]:
    """Those of years that are not the plan's. A ledger may hold older packs that have some, so they are refused where a
    milestone is typed, a pack released, handed down or taken, not where it is read."""
    inside = range(programme.first_year, programme.last_year + 1)
    return tuple(one for one in milestones(programme) if one not in milestones(programme, inside))


class _Checked:
    """Of a file or pack."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _must(self, holds: object, where: str, problem: str) -> None:
        if not holds:
            raise CatalogueError(self._name, where, problem)


class _Form(_Checked):
    """One form by itself."""

    def __init__(self, file: str, form: Form) -> None:
        super().__init__(file)
        self._form = form
        self._typed = {place(cell)[0]: count for cell, count in form.count_of_cell.items()}

    def check(self) -> None:
        form = self._form
        self._ids()
        self._must((form.period_kind is PeriodKind.SPAN) == bool(form.span), "span", "of a span form, and no other")
        self._must(not form.span or _is_span(form.span), "span", f"{form.span!r} is no span of years")
        self._years("years", form.years, form.required_years)
        for count in form.counts.values():
            self._count(count)
        for indicator in form.indicators.values():
            self._indicator(indicator)
        for check in form.checks:
            self._known(check.id, check.names)
        for cross in form.crosses:
            self._must(cross.count in form.counts, cross.id, f"unknown id {cross.count!r}")
        numbers = {"", *(section.number for section in form.sections)}
        for spec in form.narratives:
            self._must(spec.section in numbers, spec.id, f"no section {spec.section!r}")
            self._must(1 <= spec.limit <= LONGEST_TEXT, spec.id, f"limit is 1 to {LONGEST_TEXT}")

    def _ids(self) -> None:
        form = self._form
        read = [row.id for section in form.sections for row in section.rows]
        ids = [*read, *(task.id for section in form.sections for task in section.tasks)]
        ids += [check.id for check in form.checks] + [cross.id for cross in form.crosses]
        ids += [spec.id for spec in form.narratives]
        for id in (form.id, *read):
            self._must(_NAME.fullmatch(id), id, "ids are snake_case English")
        for id, times in Counter(ids).items():
            self._must(_ID.fullmatch(id), id, "ids are snake_case English")
            self._must(times == 1, id, "the id stands twice")

    def _years(self, where: str, years: tuple[int, ...], required: tuple[int, ...]) -> None:
        inside = all(FIRST_YEAR <= year <= LAST_YEAR for year in years)
        rising = all(one < other for one, other in pairwise(years))
        self._must(inside and rising, where, f"years rise, from {FIRST_YEAR} to {LAST_YEAR}")
        self._must(set(required) <= set(years), where, "required_years are not among years")

    def _count(self, count: Count) -> None:
        where = f"count {count.id}"
        self._years(where, count.years, count.required_years)
        self._must(count.filled_by, where, "nobody fills it")
        self._must(0 <= count.decimals <= 6, where, "decimals are 0 to 6")
        if count.by:
            self._must(count.by.parts, f"breakdown {count.by.id}", "has no parts")
            for part in count.by.parts:
                self._must(_PART.fullmatch(part), f"breakdown {count.by.id}", f"{part!r} is no id of a part")
        fits = all(len(cell) <= _LONGEST_CELL for cell in count.cells)
        self._must(fits, where, "the names of its cells are too long")
        answered = Role.AGENCY not in count.filled_by or count.agencies
        self._must(answered, where, "an agency answers for it, and none is named")
        is_an_agencys = Role.AGENCY in count.filled_by
        self._must(is_an_agencys or count.answered is Answered.WHOLE, where, "answered: no agency answers for it")
        adds = count.answered is Answered.ADDS
        self._must(count.adds_up or not adds, where, 'answered "adds" of what does not add up')
        two = is_an_agencys and len(count.filled_by) > 1 and not adds
        known = count.preferred is None or (two and count.preferred in count.filled_by)
        self._must(known, where, "preferred: there are no two sources, or it is none of them")
        self._news(where, count)

    def _news(self, where: str, count: Count) -> None:
        """A count from the news ledger has a window, and one month of it for each part."""
        months, kind = _MONTHS.get(self._form.period_kind, 0), self._form.period_kind
        self._must(count.from_news or not (count.quarter or count.month), where, "only news have a quarter or month")
        self._must(
            0 <= count.quarter <= 4 and not (count.quarter and count.month), where, "quarter is 1 to 4, no month"
        )
        self._must(not count.quarter or kind is PeriodKind.YEAR, where, "only a year has quarters")
        self._must(0 <= count.month <= months, where, f"month is 1 to {months}")
        if count.from_news:
            window = 3 if count.quarter else 1 if count.month else months
            self._must(not count.years, where, "news are not counted by years")
            self._must(
                not count.by or len(count.by.parts) == window, where, f"by has {window} parts, one for each month"
            )

    def _indicator(self, indicator: Indicator) -> None:
        where = f"indicator {indicator.id}"
        wanted = "rule" if indicator.kind is IndicatorKind.SHARE_OF_UNITS else "formula"
        self._must(getattr(indicator, wanted), where, f"a {indicator.kind} indicator needs a {wanted}")
        self._years(where, indicator.years, ())
        self._known(indicator.id, indicator.names)
        own = (indicator.own_target,) if indicator.own_target else ()
        for count in self._counts((*indicator.names, *own)):
            fits = bool(count.years) == bool(indicator.years) and set(indicator.years) <= set(count.years)
            self._must(fits, where, f"{count.id!r} is not asked for the same years")
        years = [target.year for target in indicator.targets]
        self._must(len(set(years)) == len(years), where, "a target year stands twice")
        if name := indicator.own_target:  # one typed place, of which nobody ever makes a sum
            own_count = self._typed.get(name)
            self._must(own_count, where, f"own_target {name!r} is no place that is typed")
            self._must(own_count and not own_count.adds_up, where, f"own_target {name!r} must not add up")
            self._must(indicator.formula, where, "only a formula is held against an own target")
        if indicator.kind is IndicatorKind.SHARE_OF_UNITS:  # what every unit is asked by itself is typed by every unit
            for count in self._counts(indicator.names):
                self._must(Role.REPORTING in count.filled_by, where, f"no reporting unit fills {count.id!r}")
        if (by := indicator.each_part) and indicator.formula:  # what must pass part by part is typed by those parts
            for name in indicator.formula.names:
                whole = self._form.counts.get(name)
                self._must(whole and whole.by == by, where, f"{name!r} is not by {by.id!r}")

    def _known(self, where: str, names: Iterable[str]) -> None:
        for name in names:
            self._must(name in self._form.counts or name in self._typed, where, f"unknown id {name!r}")

    def _counts(self, names: Iterable[str]) -> list[Count]:
        found = (self._form.counts.get(name) or self._typed.get(name) for name in names)
        return [count for count in found if count]


class _Pack(_Checked):
    """Its forms together, and its agencies, deadlines and news rule."""

    def __init__(self, name: str, programme: Programme) -> None:
        super().__init__(name)
        self._programme = programme
        self._agencies = {agency.id: agency for agency in programme.agencies}

    def check(self) -> None:
        self._head()
        for form in self._programme.forms:
            for cross in form.crosses:
                self._cross(form, cross)
            rows = [(row.id, row.agencies) for section in form.sections for row in section.rows]
            for id, owners in (*rows, *((task.id, task.leads) for task in form.tasks.values())):
                strange = sorted(set(owners) - set(self._agencies))
                self._must(not strange, f"{form.id}, {id}", f"unknown agency {strange[:1]}")
            for count in form.counts.values():
                is_whole = Role.AGENCY in count.filled_by and count.answered is Answered.WHOLE
                many = [id for id in count.agencies if self._agencies[id].kinds and is_whole]
                problem = f"agency {many[:1]} is no single one: it cannot answer for the whole area"
                self._must(not many, f"{form.id}, count {count.id}", problem)

    def _head(self) -> None:
        programme = self._programme
        self._must(_NAME.fullmatch(programme.id) and 1 <= programme.version <= 9999, "id, version", "are misshapen")
        self._must(programme.first_year <= programme.last_year, "last_year", "stands before first_year")
        inside = programme.first_year >= FIRST_YEAR and programme.last_year <= LAST_YEAR
        self._must(inside, "first_year, last_year", f"not within {FIRST_YEAR}–{LAST_YEAR}")
        self._once("form", [form.id for form in programme.forms])
        self._once("form for a period", [form.span or form.period_kind.value for form in programme.forms])
        self._once("agency", [agency.id for agency in programme.agencies])
        kinds = [*programme.reporters, *(kind for form in programme.forms for kind in form.reporters)]
        kinds += [kind for agency in programme.agencies for kind in agency.kinds]
        self._must(set(kinds) <= KINDS, "kinds, reporters", f"unknown kind of unit {sorted(set(kinds) - KINDS)[:1]}")
        self._lines()
        self._once("deadline", [f"{deadline.role} {deadline.period_kind}" for deadline in programme.deadlines])
        for deadline in programme.deadlines:
            self._must(_is_day(deadline.month, deadline.day), f"deadline {deadline.role}", "is no day of every year")
        counted = set(programme.news.counted_kinds) if programme.news else set()
        self._must(counted <= set(NewsKind), "news", f"unknown kind {sorted(counted - set(NewsKind))[:1]}")

    def _lines(self) -> None:
        """Who reports, and what agencies are called, from when to when."""
        programme = self._programme
        forms = {form.id for form in programme.forms}
        for number, line in enumerate(programme.reporting_lines, 1):
            where = f"reporting_line {number}"
            self._must(line.kinds and set(line.kinds) <= KINDS, where, "kinds are kinds of units, at least one")
            self._must(set(line.forms) <= forms, where, f"unknown form {sorted(set(line.forms) - forms)[:1]}")
            self._must(_in_order(line.first_day, line.last_day), where, "last_day stands before first_day")
            self._must(line.verified or line.source, where, "is not verified and names no source")
        for agency in programme.agencies:
            where = f"agency {agency.id}"
            dated = bool(agency.names or agency.last_day)
            self._must(not (dated and agency.kinds), where, "is no single one: it has no names with dates")
            for name in agency.names:
                self._must(_in_order(name.first_day, name.last_day), where, f"{name.title}: last_day before first_day")

    def _once(self, what: str, names: Iterable[str]) -> None:
        for name, times in Counter(names).items():
            self._must(times == 1, f"{what} {name}", "stands twice")

    def _cross(self, form: Form, cross: CrossCheck) -> None:
        other = self._programme.form(cross.form)
        where = f"{form.id}, cross {cross.id}"
        if other is None or cross.other not in other.counts:
            raise CatalogueError(self._name, where, f"no {cross.other!r} in form {cross.form!r}")
        periods = _PERIODS[other.period_kind]
        self._must(cross.period in periods, where, f"period {cross.period!r} is none of {', '.join(periods)}")
        mine, theirs = form.counts[cross.count], other.counts[cross.other]
        self._must(_parts(mine) in ((), _parts(theirs)), where, "the two counts have other parts")
        self._must(not theirs.years, where, f"{cross.other!r} is asked by years")


def _in_order(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


def _parts(count: Count) -> tuple[str, ...]:
    return tuple(count.by.parts) if count.by else ()


def _is_span(label: str) -> bool:
    try:
        return Period.parse(label).kind is PeriodKind.SPAN
    except InputRefused:
        return False


def _is_day(month: int, day: int) -> bool:
    try:
        return bool(date(2001, month, day))
    except ValueError:
        return False
