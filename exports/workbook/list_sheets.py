"""The other sheets of a fill-in workbook: news items, tasks, texts, nominations, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from exports.workbook.template_keys import MOST_MINUTES, MOST_WORDS, VALUE, SheetKind
from forms.model.form import NarrativeSpec
from forms.model.news_item import CHANNELS, KIND_TITLES, MAX_AIRINGS, MAX_TITLE, ORIGIN_TITLES, NewsItem
from forms.model.report import Report
from forms.model.task import NOMINEE_TITLES, TASK_STATE_TITLES, Task
from forms.programmes.programme import Programme

NEWS_ROWS, SPARE_ROWS, NOMINATION_ROWS = 200, 50, 40
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


def add_news(book: Workbook, report: Report, programme: Programme) -> None:
    """Adds the sheet where the form has a list of items: one line for each, whatever the number of channels."""
    if not report.form.has_news:
        return
    page = SheetPainter(book, SheetKind.NEWS, landscape=True)
    fields = _news_fields(report, programme)
    rows = max(NEWS_ROWS, len(report.news) + SPARE_ROWS)
    said = (
        "Mỗi tin, bài một dòng, dù đăng nhiều kênh, nhiều lần; đánh dấu x vào các kênh. Đã kê ở đây thì để trống số tin, bài ở "
        "sheet Số liệu, phần mềm tự đếm. Đơn vị chỉ có tổng số thì bỏ trống sheet này và ghi vào sheet Số liệu."
    )
    _list(page, "DANH MỤC TIN, BÀI", said, fields, rows)
    for row, item in enumerate(report.news, _HEAD_ROW + 1):
        page.row_key(row, item.id)
        for column, field in enumerate(fields, 3):
            page.open(
                row, column, _news_value(item, field.key), field.number_format, asked=field.asked, align=field.align
            )


def _news_fields(report: Report, programme: Programme) -> list[ListColumn]:
    first, last = (f"DATE({day.year},{day.month},{day.day})" for day in (report.period.first, report.period.last))
    window = f"Ngày đăng, phát lần đầu phải {report.period.window_words}. Gõ ngày/tháng/năm."
    numbers = [objective.number for objective in programme.objectives]
    topics = listed(numbers, "Số thứ tự mục tiêu của kế hoạch.", strict=False) if numbers else None
    ticks = listed([TICK], "Đánh dấu x, hoặc để trống.")
    return [
        ListColumn("date", "Ngày đăng, phát lần đầu", 11, DAY, Allowed("date", first, window, last, "between")),
        ListColumn("title", "Tiêu đề", 36, allowed=_short(MAX_TITLE)),
        ListColumn("kind", "Loại", 12, allowed=listed([*KIND_TITLES.values()], "Chọn một loại trong danh sách.")),
        *(ListColumn(f"channel:{one.id}", one.title, 4.8, allowed=ticks, upright=True) for one in CHANNELS),
        ListColumn(
            "origin", "Nguồn", 12, allowed=listed([*ORIGIN_TITLES.values()], "Chọn trong danh sách."), asked=False
        ),
        ListColumn("airings", "Số lượt đăng, phát", 7, WHOLE, _whole(MAX_AIRINGS), asked=False),
        ListColumn("counted", "Được tính", 7, allowed=listed([YES, NO], "Chọn Có hoặc Không."), asked=False),
        ListColumn("reason", "Lý do tính, không tính khác quy định", 15, asked=False),
        ListColumn("topic", "Mục tiêu", 6.5, allowed=topics, asked=False),
        ListColumn("minutes", "Phút", 6, WHOLE, _whole(MOST_MINUTES), asked=False),
        ListColumn("words", "Số chữ", 6.5, WHOLE, _whole(MOST_WORDS), asked=False),
        ListColumn("author", "Người viết", 13, asked=False),
        ListColumn("evidence", "Minh chứng (số trang sổ, đường dẫn)", 17, asked=False),
    ]


def _news_value(item: NewsItem, key: str) -> object:
    if key.startswith("channel:"):
        return TICK if key.removeprefix("channel:") in item.channels else None
    match key:
        case "kind":
            return KIND_TITLES[item.kind]
        case "origin":
            return ORIGIN_TITLES[item.origin]
        case "counted":
            return YES if item.counted else NO
    return getattr(item, key)


def add_tasks(book: Workbook, report: Report) -> None:
    """Adds the sheet where the form has tasks for this unit."""
    if not report.form.tasks:
        return
    page = SheetPainter(book, SheetKind.TASKS, landscape=True)
    states = listed([*TASK_STATE_TITLES.values()], "Chọn một trạng thái trong danh sách.")
    day = Allowed("date", "DATE(2000,1,1)", "Gõ ngày/tháng/năm.", "DATE(2099,12,31)", "between")
    fields = [
        ListColumn("state", "Trạng thái", 15, allowed=states),
        ListColumn("percent", "%", 6, WHOLE, _whole(100), asked=False),
        ListColumn("started", "Ngày bắt đầu", 11, DAY, day, asked=False),
        ListColumn("finished", "Ngày xong", 11, DAY, day, asked=False),
        ListColumn("product", "Sản phẩm đã có", 24, asked=False),
        ListColumn("result", "Kết quả", 34, asked=False),
        ListColumn("evidence", "Minh chứng", 22, asked=False),
        ListColumn("due", "Hạn đơn vị tự đặt", 11, DAY, day, asked=False),
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
            value = _task_value(told.get(spec.id), field.key)
            page.open(row, column, value, field.number_format, name=f"nv.{spec.id}.{field.key}", asked=field.asked)
            if field.allowed:
                page.allow(field.allowed, (row, column))
    page.freeze(_HEAD_ROW + 1, 4, _HEAD_ROW)
    page.fit()


def _task_value(task: Task | None, key: str) -> object:
    if task is None:
        return None
    return TASK_STATE_TITLES[task.state] if key == "state" else getattr(task, key)


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
    page.sheet.row_dimensions[row].height = _height(text, 84)


def add_nominations(book: Workbook, report: Report) -> None:
    """Adds the sheet where the form takes proposals for commendation."""
    spec = report.form.nominations
    if spec is None:
        return
    page = SheetPainter(book, SheetKind.NOMINATIONS, landscape=True)
    forms = [form for form in spec.forms if "," not in form]
    fields = [
        ListColumn("kind", "Đối tượng", 13, allowed=listed([*NOMINEE_TITLES.values()], "Chọn Tập thể hoặc Cá nhân.")),
        ListColumn("name", "Tên tập thể, họ và tên cá nhân, chức vụ", 44),
        ListColumn("form", "Hình thức đề nghị", 34, allowed=_choice(forms)),
        ListColumn("ground", "Thành tích", 70),
    ]
    _list(page, "ĐỀ NGHỊ KHEN THƯỞNG", spec.words or spec.help, fields, NOMINATION_ROWS + len(report.nominations))
    for row, one in enumerate(report.nominations, _HEAD_ROW + 1):
        values = (NOMINEE_TITLES[one.kind], one.name, one.form, one.ground)
        for column, value in enumerate(values, 3):
            page.open(row, column, value)


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


def _choice(forms: Sequence[str]) -> Allowed | None:
    """A list as far as Excel can hold one inside a rule."""
    kept = [form for form in forms if '"' not in form]
    fits = kept and len(",".join(kept)) <= 250
    return listed(kept, "Hình thức này không có trong danh sách.", strict=False) if fits else None


def _whole(most: int) -> Allowed:
    return Allowed("whole", "0", f"Gõ số nguyên từ 0 đến {most}.", str(most), "between")


def _short(limit: int) -> Allowed:
    return Allowed("textLength", str(limit), f"Dài nhất {limit} ký tự.", operator="lessThanOrEqual")


def _height(text: str, letters: int) -> float:
    """Room for the text and some more lines, in points; at most what Excel allows."""
    lines = sum(len(line) // letters + 1 for line in text.split("\n"))
    return min(max(4, lines + 1) * 15.0, 400.0)
