"""Whether a report is for internal use (LƯU HÀNH NỘI BỘ): it has a sensitive row, text or task, or its words tell of cases.

A pack marks rows, texts and tasks as sensitive. Whatever it marks, words tell of cases where they count victims or events
("03 vụ bạo lực gia đình"), name somebody or give a number that identifies a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from forms.checks.texts import identifies, is_of_cases, names_somebody
from forms.model.form import Form
from forms.model.report import Report
from forms.model.task import Task
from forms.model.text import fold

_NUMBER = r"(?:\d[\d.]*(?: ?\([^)]{1,40}\))?|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
_CASE = r"(?:vu|ca|truong hop|nan nhan|doi tuong|cap)"
_HARMED = r"(?:nguoi|phu nu|tre em|hoc sinh|em|chau|be)\b[^.;\n]{0,40}\bbi"
_COUNTED = re.compile(rf"\b{_NUMBER} (?:{_CASE}|{_HARMED})\b")
_STOPS = re.compile(r"(?<=[.;!?])\s+|\n")


def is_internal(form: Form, report: Report, below: Iterable[Task] = ()) -> bool:
    """`below`: what the units below told of their tasks, which is printed as well."""
    if any(row.sensitive for section in form.sections for row in section.rows):
        return True
    tasks = (*report.tasks, *below)
    told = {task.id for task in tasks}
    if any(spec.sensitive for spec in form.tasks.values() if spec.id in told):
        return True
    if any(spec.sensitive and report.narratives.get(spec.id, "").strip() for spec in form.narratives):
        return True
    texts = [*report.narratives.values(), *report.explanations.values(), *(cell.note for cell in report.cells.values())]
    texts += [text for task in tasks for text in (task.result, task.product, task.evidence)]
    texts += [one.ground for one in report.nominations] + [item.title for item in report.news]
    return any(map(tells_of_cases, texts))


def tells_of_cases(text: str) -> bool:
    if identifies(text):
        return True
    return any(
        is_of_cases(sentence) and (bool(_COUNTED.search(fold(sentence))) or names_somebody(sentence))
        for sentence in _STOPS.split(text)
    )
