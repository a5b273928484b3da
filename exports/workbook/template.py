"""The fill-in workbook (phiếu điền): one form for one unit and period, with what its draft holds already, for whoever has no
program: a guide, the figures (figures_sheet.py), then lists of news items, tasks, texts, nominations, reasons. `write(…)` gives
the bytes; exports/workbook/reader.py takes them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from io import BytesIO
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from exports.document import plain
from exports.nd30 import PRACTICE
from exports.workbook import figures_sheet
from exports.workbook.cell_styles import (
    BARE,
    CENTRE,
    DAY,
    GROUP,
    GROUP_HEAD,
    HEAD,
    HEAD_UPRIGHT,
    PLAIN,
    SUBTITLE,
    TEXT,
    TITLE,
    WHOLE,
    Allowed,
    CellStyle,
    SheetPainter,
    listed,
)
from exports.workbook.template_keys import AS_OF, ESTIMATE, FORMAT, MOST, TITLES, VALUE, SheetKind
from exports.workbook.template_keys import HEAD as HEAD_KEY
from forms.model.cell import STATE_SIGNS, STATE_TITLES, CellState
from forms.model.form import NarrativeSpec
from forms.model.news_item import CHANNELS, MAX_TITLE, NewsItem
from forms.model.office import Office
from forms.model.report import Report
from forms.model.report_fields import fields_of
from forms.model.task import Nomination, Task
from forms.programmes.programme import Programme

_MOMENT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # openpyxl wants no zone
_HOW = (
    "Chỉ gõ vào ô nền vàng. Ô vàng đậm phải có; ô vàng nhạt có thì ghi. Các ô khác đã khóa, phần mềm tự tính.",
    "Số nguyên gõ liền: 1250. Số lẻ gõ dấu phẩy hoặc dấu chấm theo máy đang dùng. Không gõ chữ cạnh con số.",
    "Số 0 là có theo dõi và kết quả bằng 0. Không có con số thì gõ một trong ba ký hiệu dưới đây; để trống là chưa nhập.",
    "Dán từ tệp khác: chọn Dán giá trị (Paste Values), để giữ định dạng và phần kiểm tra của ô.",
    "Không thêm, bớt, đổi chỗ cột. Không cần đổi tên sheet. Cất tệp ở dạng .xlsx (hoặc .ods nếu dùng LibreOffice).",
    "Xong thì gửi lại tệp này cho người giữ sổ của đơn vị để nhập vào phần mềm. Người nhập xem trước từng ô thay đổi.",
)
_SIGNS = {
    CellState.NONE: "Có theo dõi, trong kỳ không có trường hợp nào.",
    CellState.NOT_APPLICABLE: "Nội dung này không có ở đơn vị.",
    CellState.NOT_COLLECTED: "Có nội dung này nhưng chưa thu thập được; có thể gõ ba dấu chấm.",
}


def write(report: Report, programme: Programme, office: Office, due: date | None, to: str = "") -> bytes:
    """The finished workbook. `to`: who takes it back, where that is not the office itself."""
    book = Workbook()
    book.remove(book.active)
    page = SheetPainter(book, SheetKind.GENERAL)
    page.widths(24, 30, 46)
    page.column_key(3, VALUE)
    page.put(2, 2, f"PHIẾU ĐIỀN SỐ LIỆU – BIỂU {report.form.number}", TITLE)
    page.put(3, 2, report.form.title, CellStyle(bold=True, size=12, align="center", boxed=False))
    if office.practice:
        page.put(4, 2, PRACTICE, TITLE)
    for row in (2, 3, 4):
        page.merge(row, 2, 4)
    row = 5
    for title, text in _about(report, programme, office, due):
        row += 1
        page.put(row, 2, title, CellStyle(bold=True, boxed=False, vertical="top"))
        page.put(row, 3, text, CellStyle(boxed=False, vertical="top"))
        page.merge(row, 3, 4)
    row = _asked(page, report, row + 2)
    row = _instructions(page, row + 2, to)
    _signs(page, row + 2)
    page.fit()
    figures_sheet.add(book, report)
    add_news(book, report, programme)
    add_tasks(book, report)
    add_texts(book, report)
    add_nominations(book, report)
    add_reasons(book, report)
    _stamp(SheetPainter(book, SheetKind.STAMP), report, office)
    book.security = WorkbookProtection(lockStructure=True)
    book.calculation.fullCalcOnLoad = True
    properties = book.properties
    properties.title, properties.creator = plain(report.form.title), plain(office.name)
    properties.created = properties.modified = _MOMENT
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _about(report: Report, programme: Programme, office: Office, due: date | None) -> list[tuple[str, str]]:
    period = report.period
    lines = [
        ("Đơn vị", f"{office.name} (mã {office.unit.code})"),
        ("Chương trình", programme.title),
        ("Kỳ báo cáo", f"{period.words}, {period.window_words}"),
        ("Hạn gửi", f"{due:%d/%m/%Y}" if due else "theo yêu cầu của nơi nhận"),
        (
            "Phiên bản",
            f"chương trình {programme.id} bản {programme.version}, biểu {report.form.number} bản {report.form.version}",
        ),
    ]
    return [(title, text[:1].upper() + text[1:]) for title, text in lines]


def _asked(page: SheetPainter, report: Report, row: int) -> int:
    """What is said of the whole report; answers the last row."""
    day = Allowed("date", "DATE(2000,1,1)", "Gõ ngày/tháng/năm.", "DATE(2099,12,31)", "between")
    page.put(row, 2, "Số liệu tính đến ngày", PLAIN)
    page.open(row, 3, report.as_of, DAY, name=AS_OF, asked=False)
    page.allow(day, (row, 3))
    page.row_key(row, AS_OF)
    page.put(row + 1, 2, "Là số ước thực hiện?", PLAIN)
    page.open(row + 1, 3, YES if report.estimate else NO, name=ESTIMATE, asked=False)
    page.allow(listed([YES, NO], "Chọn Có hoặc Không."), (row + 1, 3))
    page.row_key(row + 1, ESTIMATE)
    return row + 1


def _instructions(page: SheetPainter, row: int, to: str) -> int:
    page.put(row, 2, "CÁCH ĐIỀN", SUBTITLE)
    back = (
        (f"Xong thì gửi lại tệp này cho {to}; nơi đó nhập thay vào phần mềm và báo lại chỗ chưa rõ.",)
        if to
        else _HOW[-1:]
    )
    for number, text in enumerate((*_HOW[:-1], *back), 1):
        row += 1
        page.put(row, 2, f"{number}. {text}", BARE)
        page.merge(row, 2, 4)
    return row


def _signs(page: SheetPainter, row: int) -> None:
    page.put(row, 2, "Ký hiệu", HEAD)
    page.put(row, 3, "Nghĩa là", HEAD)
    page.put(row, 4, "Khi nào dùng", HEAD)
    for state, text in _SIGNS.items():
        row += 1
        page.put(row, 2, STATE_SIGNS[state], CENTRE)
        page.put(row, 3, STATE_TITLES[state])
        page.put(row, 4, text)


def _stamp(page: SheetPainter, report: Report, office: Office) -> None:
    """Which report this is: held against the ledger when it comes back."""
    form, unit = report.form, report.unit
    lines = {
        "format": FORMAT,
        "programme": form.programme,
        "version": str(form.programme_version),
        "sha256": form.programme_sha256,
        "form": form.id,
        "unit": unit.code,
        "unit_from": unit.valid_from.isoformat(),
        "unit_name": office.name,
        "role": report.role.value,
        "period": report.period.label,
        "basis": report.period.basis.value,
        "practice": str(int(office.practice)),
    }
    page.column_key(2, VALUE)
    for row, (key, text) in enumerate(lines.items(), 2):
        page.row_key(row, key)
        page.put(row, 2, text)
    page.sheet.sheet_state = "veryHidden"


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
    said = "Xuống dòng trong ô: Alt+Enter. Không có gì để nêu thì ghi “Không có”."
    heads = (("Số", 7.0), ("Mục", 34.0), ("Nội dung", 84.0))
    page = _answers(book, SheetKind.TEXTS, "PHẦN LỜI VĂN", said, heads)
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
    said = "Chỉ ghi khi số liệu đúng như cột giữa nêu; để trống nếu không."
    heads = (("Số", 7.0), ("Khi số liệu", 60.0), ("Lý do", 58.0))
    page = _answers(book, SheetKind.REASONS, "GIẢI TRÌNH SỐ LIỆU", said, heads)
    for row, check in enumerate(checks, _HEAD_ROW + 1):
        page.row_key(row, check.id)
        page.put(row, 2, str(row - _HEAD_ROW), CENTRE)
        page.put(row, 3, check.message)
        page.open(row, 4, report.explanations.get(check.id, ""), name=f"giai_trinh.{check.id}", asked=False)
    page.freeze(_HEAD_ROW + 1, 4, _HEAD_ROW)
    page.fit()


def _answers(
    book: Workbook, kind: SheetKind, title: str, said: str, heads: Sequence[tuple[str, float]]
) -> SheetPainter:
    """A sheet of questions, one below the other: number, what is asked, room for the answer."""
    page = SheetPainter(book, kind)
    page.widths(*(width for _, width in heads))
    for row, text, look in ((2, title, TITLE), (3, said, CellStyle(italic=True, boxed=False))):
        page.put(row, 2, text, look)
        page.merge(row, 2, 4)
    for column, (head, _) in enumerate(heads, 2):
        page.put(_HEAD_ROW, column, head, HEAD)
    page.column_key(4, VALUE)
    return page


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
