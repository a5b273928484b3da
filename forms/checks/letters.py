"""Letters that the printed page has not: they come out as □, on paper that is signed."""

from __future__ import annotations

from collections.abc import Iterator

from forms.model.finding import Finding
from forms.model.printable_letters import like, unprinted
from forms.model.report import Report
from forms.model.task import Task

_MOST = 5  # letters in one sentence
_SHORT = 60
_LONGEST = 140  # of the name of a finding, so that the reason for it is sealed


def letters(report: Report) -> Iterator[Finding]:
    for where, spot, called, text in _printed(report):
        if strange := unprinted(text):
            cells = () if spot or where not in report.form.count_of_cell else (where,)
            yield Finding("warning", f"letters:{where}", f"{called}: {_told(strange)}", cells, spot=spot)


def _told(strange: tuple[str, ...]) -> str:
    shown = ", ".join(f"“{letter}”" for letter in strange[:_MOST])
    more = f" và {len(strange) - _MOST} ký tự nữa" if len(strange) > _MOST else ""
    offers = [f"{letter} → {offer}" for letter in strange[:_MOST] if (offer := like(letter))]
    instead = f"Thay bằng: {'; '.join(offers)}" if offers else "Bỏ đi"
    return f"có {shown}{more} mà chữ in không có, in ra thành □. {instead}, hoặc gõ lại; để nguyên thì ghi lý do."


def _printed(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """Every text that is printed: what its finding is named by, its spot where that is no cell, how it is called, its
    words."""
    form = report.form
    for name, cell in report.cells.items():
        if cell.note and name in form.count_of_cell:
            yield name, "", f"Ghi chú của “{form.count_of_cell[name].label(name)}”", cell.note
    for spec in form.narratives:
        yield spec.id, f"text:{spec.id}", f"Mục “{spec.number}. {spec.title}”", report.narratives.get(spec.id, "")
    for task in report.tasks:
        called = form.tasks[task.id].number if task.id in form.tasks else task.id
        yield task.id, f"task:{task.id}", f"Nhiệm vụ {called}", _words_of(task)
    for number, one in enumerate(report.nominations, 1):
        words = f"{one.name}\n{one.form}\n{one.ground}"
        yield f"nomination.{number}", f"nomination:{number}", f"Đề nghị khen thưởng thứ {number}", words
    for item in report.news:
        words = f"{item.title}\n{item.topic}\n{item.author}\n{item.evidence}\n{item.reason}"
        yield item.id, "", f"Tin “{_cut(item.title)}” ngày {item.date:%d/%m/%Y}", words
    for check, reason in report.explanations.items():
        if not check.startswith("letters:"):
            yield f"reason.{check}"[:_LONGEST], "", "Một lý do đã ghi", reason


def _words_of(task: Task) -> str:
    return f"{task.result}\n{task.product}\n{task.evidence}"


def _cut(title: str) -> str:
    return title if len(title) <= _SHORT else f"{title[: _SHORT - 1]}…"
