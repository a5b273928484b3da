"""The other sheets of a fill-in workbook: news items, tasks, texts, nominations, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from openpyxl.workbook import Workbook

from exports.workbook.cell_styles import (
    CENTRE,
    DAY,
    GROUP,
    GROUP_HEAD,
    HEAD,
    HEAD_UPRIGHT,
    TEXT,
    TITLE,
    WHOLE,
    Allowed,
    CellStyle,
    SheetPainter,
    listed,
)
from exports.workbook.template_keys import HEAD as HEAD_KEY
from exports.workbook.template_keys import MOST, TITLES, VALUE, SheetKind
from forms.model.form import NarrativeSpec
from forms.model.news_item import CHANNELS, MAX_TITLE, NewsItem
from forms.model.report import Report
from forms.model.report_fields import fields_of
from forms.model.task import Nomination, Task
from forms.programmes.programme import Programme

NEWS_ROWS, SPARE_ROWS, NOMINATION_ROWS = 200, 50, 40
LONGEST_LIST = 250  # letters that Excel takes in a rule
TICK, YES, NO = "x", "Có", "Không"
_HEAD_ROW = 4


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list: its key, title, width in letters, and what may be typed."""

    key: str
    title: str
    width: float
    number_format: str = TEXT
    allowed: Allowed | None = None
    asked: bool = True
    upright: bool = False

    @property
    def align(self) -> str:
        """A tick stands in the middle of its narrow column."""
        return "center" if self.upright else ""


def _column(
    record: type,
    key: str,
    title: str,
    width: float,
    allowed: Allowed | None = None,
    *,
    asked: bool = False,
    error: str = "Chọn trong danh sách.",
) -> ListColumn:
    """The column of a field; its type says how it looks and what may be typed unless `allowed` does."""
    kind, format_ = fields_of(record)[key].type, TEXT
    if issubclass(kind, StrEnum):
        allowed = listed([*TITLES[kind].values()], error)
    elif kind is bool:
        allowed = listed([YES, NO], "Chọn Có hoặc Không.")
    elif kind is int:
        format_, allowed = (
            WHOLE,
            Allowed("whole", "0", f"Gõ số nguyên từ 0 đến {MOST[key]}.", str(MOST[key]), "between"),
        )
    elif kind is date:
        format_ = DAY
    return ListColumn(key, title, width, format_, allowed, asked)


def _typed(value: Any) -> Any:
    """A field as it is typed."""
    if isinstance(value, bool):
        return YES if value else NO
    return TITLES[type(value)][value] if type(value) in TITLES else value


def add_news(book: Workbook, report: Report, programme: Programme) -> None:
    """Adds the sheet where the form has a list of items: one line for each, whatever the number of channels."""
    if not report.form.has_news:
        return
    page = SheetPainter(book, SheetKind.NEWS, landscape=True)
    first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (report.period.first, report.period.last))
    window = f"Ngày đăng, phát lần đầu phải {report.period.window_words}. Gõ ngày/tháng/năm."
    numbers = [objective.number for objective in programme.objectives]
    topics = listed(numbers, "Số thứ tự mục tiêu của kế hoạch.", strict=False) if numbers else None
    ticks = listed([TICK], "Đánh dấu x, hoặc để trống.")
    column = partial(_column, NewsItem)
    days = Allowed("date", first, window, last, "between")
    fields = [
        column("date", "Ngày đăng, phát lần đầu", 11, days, asked=True),
        column("title", "Tiêu đề", 36, _short(MAX_TITLE), asked=True),
        column("kind", "Loại", 12, asked=True, error="Chọn một loại trong danh sách."),
        *(ListColumn(f"channel:{one.id}", one.title, 4.8, allowed=ticks, upright=True) for one in CHANNELS),
        column("origin", "Nguồn", 12),
        column("airings", "Số lượt đăng, phát", 7),
        column("counted", "Được tính", 7),
        column("reason", "Lý do tính, không tính khác quy định", 15),
        column("topic", "Mục tiêu", 6.5, topics),
        column("minutes", "Phút", 6),
        column("words", "Số chữ", 6.5),
        column("author", "Người viết", 13),
        column("evidence", "Minh chứng (số trang sổ, đường dẫn)", 17),
    ]
    said = (
        "Mỗi tin, bài một dòng, dù đăng nhiều kênh, nhiều lần; đánh dấu x vào các kênh. Đã kê ở đây thì để trống số tin, bài ở "
        "sheet Số liệu, phần mềm tự đếm. Đơn vị chỉ có tổng số thì bỏ trống sheet này và ghi vào sheet Số liệu."
    )
    _list(page, "DANH MỤC TIN, BÀI", said, fields, max(NEWS_ROWS, len(report.news) + SPARE_ROWS))
    for row, item in enumerate(report.news, _HEAD_ROW + 1):
        page.row_key(row, item.id)
        for at, field in enumerate(fields, 3):
            _, is_channel, channel = field.key.partition("channel:")
            value = (TICK if channel in item.channels else None) if is_channel else _typed(getattr(item, field.key))
            page.open(row, at, value, field.number_format, asked=field.asked, align=field.align)


def add_tasks(book: Workbook, report: Report) -> None:
    """Adds the sheet where the form has tasks for this unit."""
    if not report.form.tasks:
        return
    page = SheetPainter(book, SheetKind.TASKS, landscape=True)
    day = Allowed("date", "DATE(2000,1,1)", "Gõ ngày/tháng/năm.", "DATE(2099,12,31)", "between")
    one = partial(_column, Task)
    fields = [
        one("state", "Trạng thái", 15, asked=True, error="Chọn một trạng thái trong danh sách."),
        one("percent", "%", 6),
        one("started", "Ngày bắt đầu", 11, day),
        one("finished", "Ngày xong", 11, day),
        one("product", "Sản phẩm đã có", 24),
        one("result", "Kết quả", 34),
        one("evidence", "Minh chứng", 22),
        one("due", "Hạn đơn vị tự đặt", 11, day),
    ]
    page.put(2, 2, "TÌNH HÌNH THỰC HIỆN NHIỆM VỤ", TITLE)
    page.merge(2, 2, 5 + len(fields))
    heads = [("Số", 6.0), ("Nhiệm vụ", 44.0), ("Chủ trì", 20.0), ("Hạn theo kế hoạch", 11.0)]
    page.widths(*(width for _, width in heads), *(field.width for field in fields))
    for column, (title, _) in enumerate(heads, 2):
        page.put(_HEAD_ROW, column, title, HEAD)
    _heads(page, fields, 6)
    told = {task.id: task for task in report.tasks}
    for row, spec in enumerate(report.form.tasks.values(), _HEAD_ROW + 1):
        page.row_key(row, spec.id)
        page.put(row, 2, spec.number, CENTRE)
        page.put(row, 3, f"{spec.title}{f' Sản phẩm: {spec.product}' if spec.product else ''}")
        page.put(row, 4, spec.lead)
        page.put(row, 5, f"{spec.due:%d/%m/%Y}" if spec.due else "", CENTRE)
        for column, field in enumerate(fields, 6):
            value = _typed(getattr(told[spec.id], field.key)) if spec.id in told else None
            page.open(row, column, value, field.number_format, name=f"nv.{spec.id}.{field.key}", asked=field.asked)
            if field.allowed:
                page.allow(field.allowed, (row, column))
    page.freeze(_HEAD_ROW + 1, 4, _HEAD_ROW)
    page.fit()


def add_texts(book: Workbook, report: Report) -> None:
    """Adds the sheet where the form has sections of text."""
    if not report.form.narratives:
        return
    page = SheetPainter(book, SheetKind.TEXTS)
    page.widths(7, 34, 84)
    page.put(2, 2, "PHẦN LỜI VĂN", TITLE)
    page.merge(2, 2, 4)
    page.put(
        3,
        2,
        "Xuống dòng trong ô: Alt+Enter. Không có gì để nêu thì ghi “Không có”.",
        CellStyle(italic=True, boxed=False),
    )
    page.merge(3, 2, 4)
    for column, title in enumerate(("Số", "Mục", "Nội dung"), 2):
        page.put(_HEAD_ROW, column, title, HEAD)
    page.column_key(4, VALUE)
    titles = {section.number: section.title for section in report.form.sections}
    row, shown = _HEAD_ROW, ""
    for spec in report.form.narratives:
        if spec.section != shown:
            row, shown = row + 1, spec.section
            page.put(row, 2, spec.section, GROUP_HEAD)
            for column, text in ((3, titles.get(spec.section, "").upper()), (4, "")):
                page.put(row, column, text, GROUP)
            page.merge(row, 3, 4)
        row += 1
        _text(page, row, spec, report.narratives.get(spec.id, ""))
    page.freeze(_HEAD_ROW + 1, 4, _HEAD_ROW)
    page.fit()


def _text(page: SheetPainter, row: int, spec: NarrativeSpec, text: str) -> None:
    page.row_key(row, spec.id)
    page.put(row, 2, spec.number, CellStyle(align="center", vertical="top"))
    page.put(row, 3, f"{spec.title}{f'. {spec.help}' if spec.help else ''}", CellStyle(vertical="top"))
    page.open(row, 4, text, name=f"loi_van.{spec.id}", asked=spec.required, tall=True)
    page.allow(_short(spec.limit), (row, 4))
    # Room for the text and some more lines, in points; at most what Excel allows.
    lines = sum(len(line) // 84 + 1 for line in text.split("\n"))
    page.sheet.row_dimensions[row].height = min(max(4, lines + 1) * 15.0, 400.0)


def add_nominations(book: Workbook, report: Report) -> None:
    """Adds the sheet where the form takes proposals for commendation."""
    spec = report.form.nominations
    if spec is None:
        return
    page = SheetPainter(book, SheetKind.NOMINATIONS, landscape=True)
    forms = [form for form in spec.forms if "," not in form and '"' not in form]
    fits = forms and len(",".join(forms)) <= LONGEST_LIST
    choice = listed(forms, "Hình thức này không có trong danh sách.", strict=False) if fits else None
    column = partial(_column, Nomination, asked=True)
    fields = [
        column("kind", "Đối tượng", 13, error="Chọn Tập thể hoặc Cá nhân."),
        column("name", "Tên tập thể, họ và tên cá nhân, chức vụ", 44),
        column("form", "Hình thức đề nghị", 34, choice),
        column("ground", "Thành tích", 70),
    ]
    _list(page, "ĐỀ NGHỊ KHEN THƯỞNG", spec.words or spec.help, fields, NOMINATION_ROWS + len(report.nominations))
    for row, one in enumerate(report.nominations, _HEAD_ROW + 1):
        for at, field in enumerate(fields, 3):
            page.open(row, at, _typed(getattr(one, field.key)))


def add_reasons(book: Workbook, report: Report) -> None:
    """Adds the sheet where some rule of the form is satisfied by a reason as well."""
    checks = [
        check
        for check in report.form.checks
        if check.level == "warning" and report.role in check.filled_by and not check.years
    ]
    if not checks:
        return
    page = SheetPainter(book, SheetKind.REASONS)
    page.widths(7, 60, 58)
    page.put(2, 2, "GIẢI TRÌNH SỐ LIỆU", TITLE)
    page.merge(2, 2, 4)
    page.put(
        3, 2, "Chỉ ghi khi số liệu đúng như cột giữa nêu; để trống nếu không.", CellStyle(italic=True, boxed=False)
    )
    page.merge(3, 2, 4)
    for column, title in enumerate(("Số", "Khi số liệu", "Lý do"), 2):
        page.put(_HEAD_ROW, column, title, HEAD)
    page.column_key(4, VALUE)
    for row, check in enumerate(checks, _HEAD_ROW + 1):
        page.row_key(row, check.id)
        page.put(row, 2, str(row - _HEAD_ROW), CENTRE)
        page.put(row, 3, check.message)
        page.open(row, 4, report.explanations.get(check.id, ""), name=f"giai_trinh.{check.id}", asked=False)
    page.freeze(_HEAD_ROW + 1, 4, _HEAD_ROW)
    page.fit()


def _list(page: SheetPainter, title: str, said: str, fields: Sequence[ListColumn], rows: int) -> None:
    """An empty list of so many lines, numbered, with its head."""
    last = _HEAD_ROW + rows
    page.put(2, 2, title, TITLE)
    page.merge(2, 2, 2 + len(fields))
    page.put(3, 2, said, CellStyle(italic=True, boxed=False))
    page.merge(3, 2, 2 + len(fields))
    page.widths(5, *(field.width for field in fields))
    page.put(_HEAD_ROW, 2, "TT", HEAD)
    page.row_key(_HEAD_ROW, HEAD_KEY)
    _heads(page, fields, 3)
    for row in range(_HEAD_ROW + 1, last + 1):
        page.put(row, 2, str(row - _HEAD_ROW), CENTRE)
        for column, field in enumerate(fields, 3):
            page.open(row, column, None, field.number_format, asked=field.asked, align=field.align)
    for column, field in enumerate(fields, 3):
        if field.allowed:
            page.allow(field.allowed, (_HEAD_ROW + 1, column), (last, column))
    page.freeze(_HEAD_ROW + 1, 3, _HEAD_ROW)
    page.fit()


def _heads(page: SheetPainter, fields: Sequence[ListColumn], first: int) -> None:
    for column, field in enumerate(fields, first):
        page.column_key(column, field.key)
        page.put(_HEAD_ROW, column, field.title, HEAD_UPRIGHT if field.upright else HEAD)
    if any(field.upright for field in fields):
        page.sheet.row_dimensions[_HEAD_ROW].height = 165


def _short(limit: int) -> Allowed:
    return Allowed("textLength", str(limit), f"Dài nhất {limit} ký tự.", operator="lessThanOrEqual")
