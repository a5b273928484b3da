"""Every check of a report in one list (forms/checks). A Finding is a value; it is shown, never raised.

The same engine runs below, while a report is typed and before it is sealed, and above, on every package that arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from forms.checks.context import ALONE, Context
from forms.checks.letters import letters
from forms.checks.prose_numbers import prose_numbers
from forms.checks.rules import cells, crosses, rules
from forms.checks.tasks_and_news import news, nominations, task_errors, tasks
from forms.checks.texts import fields, figures_of, required, texts
from forms.checks.whole_report import days, history, places_in_time, refused, wholes
from forms.model.finding import Finding
from forms.model.form import LEVELS
from forms.model.report import Report


def find(report: Report, context: Context = ALONE) -> tuple[Finding, ...]:
    """Every finding of the report, errors first, in printed order within a level."""
    found = [*refused(report, context), *days(report), *places_in_time(report, context), *wholes(report, context)]
    found += [*cells(report), *rules(report), *crosses(report, context), *history(report, context)]
    found += [*required(report), *task_errors(report), *tasks(report, context), *nominations(report)]
    figures = cache(partial(figures_of, report, context))  # asked only where prose speaks of figures
    found += [
        *news(report, context),
        *texts(report),
        *letters(report),
        *fields(report, figures),
        *prose_numbers(report, figures),
    ]
    return tuple(sorted((one.marked(report) for one in found), key=lambda one: LEVELS.index(one.level)))


def errors(report: Report) -> Iterator[Finding]:
    """Only the errors, without looking for the rest: asked of every package that arrives."""
    yield from days(report)
    yield from (finding for finding in cells(report) if finding.level == "error")
    yield from rules(report, ("error",))
    yield from required(report)
    yield from task_errors(report)


def blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that keep the report from being sealed."""
    return tuple(finding for finding in findings if finding.blocks)
