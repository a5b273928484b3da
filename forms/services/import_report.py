"""Taking a whole report from a file: everything it says is held to the form, and nothing is half taken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from forms.errors import InputRefused
from forms.model.cell import BLANK, MAX_NOTE, STATE_TITLES, Cell
from forms.model.count import Count
from forms.model.form import Form
from forms.model.news_counting import counts, news_cells
from forms.model.news_item import NewsItem, checked
from forms.model.number import canonical, decimals_written, format_number
from forms.model.report import ImportedReport, Report
from forms.model.task import Nomination, Task
from forms.model.text import clean, quoted
from forms.ports import Work
from forms.programmes.catalogue import Catalogue
from forms.services.news import must_be_open

_NAME = 200


def ready(filled: ImportedReport, form: Form) -> ImportedReport:
    """With its items as they may be kept. Raises InputRefused FORM_UNKNOWN and those of each item."""
    if filled.form and filled.form != form.id:
        raise InputRefused(
            "FORM_UNKNOWN",
            f"Kỳ {filled.period.words} dùng biểu {form.id}, tệp lại ghi “{filled.form[:60]}”. "
            "Kiểm tra tên biểu trong tệp.",
            "form",
        )
    counted = [_counted(item, form, filled) for item in filled.news]
    return replace(filled, news=tuple(_checked(number, item) for number, item in enumerate(counted, 1)))


def filled_in(work: Work, start: Report, filled: ImportedReport) -> Report:
    """The draft with the file's content and nothing else. Raises for every name or amount that the form refuses."""
    start.must_be_draft()
    report = replace(start, cells={}, narratives={}, explanations={}, news=(), tasks=(), nominations=())
    said = filled.news or filled.lists_news
    derived = news_cells(report.form, filled.period, filled.news if said else work.news.within(filled.period))
    for name, cell in filled.cells.items():
        if name in derived:
            _must_agree(report.form.count_of_cell[name], name, cell, derived[name])
        report = report.with_cell(name, as_kept(name, cell))
        _must_be_exact(report.form.count_of_cell[name], name, cell)
    for id, text in filled.narratives.items():
        report = report.with_narrative(id, narrative(report.form, id, text))
    for task in filled.tasks:
        report = report.with_task(task_as_kept(task))
    report = report.with_nominations(nomination(one) for one in filled.nominations)
    for check, reason in filled.explanations.items():
        report = report.explained(check, clean(reason, limit=MAX_NOTE, multiline=True, where=check))
    return replace(report, as_of=filled.as_of, estimate=filled.estimate)


def replace_news(work: Work, catalogue: Catalogue, report: Report, filled: ImportedReport) -> None:
    """An imported list stands for the whole window: items of the window that it does not hold are taken out.

    Raises InputRefused NEWS_NOT_HERE, NEWS_ID_TAKEN, NEWS_OUTSIDE, ReportStateError REPORT_SEALED for a day that
    another report was sealed with.
    """
    incoming = filled.news
    if not incoming and not (filled.lists_news and report.form.has_news):
        return
    if not report.form.has_news:
        raise InputRefused(
            "NEWS_NOT_HERE",
            f"Biểu {report.form.number} không kèm danh mục tin, bài. Nhập tin, bài vào báo cáo quý, hoặc bỏ mục news "
            "khỏi tệp.",
            "news",
        )
    ids = [item.id for item in incoming]
    for item in incoming:
        _must_be_free(work, report, item, ids.count(item.id))
        _must_be_inside(report, item)
    old = {item.id: item for item in work.news.within(report.period)}
    new = {item.id: _with_evidence(item, old.get(item.id)) for item in incoming}
    touched = [one for one in (*old.values(), *new.values()) if old.get(one.id) != new.get(one.id)]
    must_be_open(work, catalogue, {item.date for item in touched})
    for id in old.keys() - new.keys():
        work.news.delete(id)
    for item in new.values():
        work.news.put(item)


def _with_evidence(item: NewsItem, known: NewsItem | None) -> NewsItem:
    """A file carries no pictures: those that hang on the item in the ledger stay."""
    return replace(item, files=known.files) if known and not item.files else item


def as_kept(name: str, cell: Cell) -> Cell:
    """The cell with its note as it may be kept, its amount in the one writing of files."""
    amount = None if cell.amount is None else Decimal(canonical(cell.amount))
    return replace(cell, amount=amount, note=clean(cell.note, limit=MAX_NOTE, multiline=True, where=name))


def narrative(form: Form, id: str, text: str) -> str:
    """A section's text as it may be kept; each section has a length of its own."""
    spec = next((spec for spec in form.narratives if spec.id == id), None)
    return clean(text, limit=spec.limit if spec else MAX_NOTE, multiline=True, where=id)


def task_as_kept(task: Task) -> Task:
    """Raises InputRefused TASK_PERCENT and those of text.clean."""
    if not 0 <= task.percent <= 100:
        raise InputRefused("TASK_PERCENT", f"Tỷ lệ {task.percent} phải từ 0 đến 100. Nhập lại.", task.id)

    def tidy(name: str) -> str:
        return clean(getattr(task, name), limit=MAX_NOTE, multiline=True, where=f"{task.id}.{name}")

    return replace(task, product=tidy("product"), result=tidy("result"), evidence=tidy("evidence"))


def nomination(one: Nomination) -> Nomination:
    """Raises InputRefused NAME_MISSING and those of text.clean."""
    name = clean(one.name, limit=_NAME, where="nominations.name")
    if not name:
        raise InputRefused("NAME_MISSING", "Chưa nhập tên tập thể, cá nhân đề nghị khen thưởng. Gõ tên rồi cất lại.")
    form = clean(one.form, limit=MAX_NOTE, where="nominations.form")
    ground = clean(one.ground, limit=MAX_NOTE, multiline=True, where="nominations.ground")
    return Nomination(one.kind, name, form, ground)


def _must_agree(count: Count, name: str, cell: Cell, counted: Cell) -> None:
    if cell != BLANK and cell.amount != counted.amount:
        written = STATE_TITLES[cell.state] if cell.amount is None else format_number(cell.amount)
        raise InputRefused(
            "NEWS_TOTAL_DIFFERS",
            f"“{count.label(name)}” ghi “{written}” nhưng danh mục tin, bài đếm được {format_number(counted.amount)}. "
            "Sửa một trong hai rồi nhập lại.",
            name,
        )


def _must_be_exact(count: Count, name: str, cell: Cell) -> None:
    """A file has no echo to look at, so a figure that is written otherwise than the cell takes it is refused there and
    then: 1.000 among whole numbers was as likely meant for 1000 as for 1."""
    if cell.amount is None or decimals_written(cell.amount) <= count.decimals:
        return
    written = f"{cell.amount:f}"
    if count.decimals:
        raise InputRefused(
            "NUMBER_DECIMALS",
            f"Ô {name} ghi “{written}”, quá {count.decimals} chữ số thập phân. Làm tròn rồi nhập lại.",
            name,
        )
    plain = str(int(written.replace(".", "")))
    raise InputRefused(
        "NUMBER_NOT_WHOLE",
        f"Ô {name} ghi “{written}” nhưng phải là số nguyên; trong tệp, dấu chấm là dấu thập phân. Nếu số đúng là "
        f"{format_number(Decimal(plain))} thì ghi “{plain}”, không có dấu chấm.",
        name,
    )


def _counted(item: NewsItem, form: Form, filled: ImportedReport) -> NewsItem:
    """Where the file is silent the programme's counting rule speaks."""
    if item.id not in filled.counted_by_rule or form.news_rule is None:
        return item
    return replace(item, counted=counts(form.news_rule, item))


def _checked(number: int, item: NewsItem) -> NewsItem:
    """As it may be kept; a refusal says which item of the list."""
    try:
        return checked(item)
    except InputRefused as error:
        message = f"Tin, bài thứ {number} {quoted(item.title)}: {error.message}"
        raise InputRefused(error.code, message, f"news[{number - 1}].{error.where}") from error


def _must_be_inside(report: Report, item: NewsItem) -> None:
    if not report.period.holds(item.date):
        raise InputRefused(
            "NEWS_OUTSIDE",
            f"Tin “{item.title[:60]}” đăng ngày {item.date:%d/%m/%Y}, ngoài kỳ "
            f"{report.period.words} ({report.period.window_words}). Sửa ngày hoặc bỏ tin này khỏi tệp.",
            "news",
        )


def _must_be_free(work: Work, report: Report, item: NewsItem, times: int) -> None:
    """An id names one item for ever: no second one in the file, none of another period in the ledger."""
    known = work.news.get(item.id)
    if times > 1 or (known is not None and not report.period.holds(known.date)):
        raise InputRefused(
            "NEWS_ID_TAKEN",
            f"Mã tin {item.id} (“{item.title[:60]}”) đã dùng cho một tin khác. Bỏ id của tin này khỏi tệp để phần mềm "
            "tự đặt.",
            "news",
        )
