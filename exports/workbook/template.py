"""The fill-in workbook (phiếu điền): one form for one unit and period, with what its draft holds already, for whoever has no
program. `write(…)` gives the bytes; exports/workbook/reader.py takes them back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl.workbook import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from exports.markup_escape import plain
from exports.nd30 import PRACTICE
from exports.workbook import figures_sheet, list_sheets
from exports.workbook.cell_styles import (
    BARE,
    CENTRE,
    DAY,
    HEAD,
    PLAIN,
    SUBTITLE,
    TITLE,
    Allowed,
    CellStyle,
    SheetPainter,
    listed,
)
from exports.workbook.template_keys import AS_OF, ESTIMATE, FORMAT, VALUE, SheetKind
from forms.model.cell import STATE_SIGNS, STATE_TITLES, CellState
from forms.model.office import Office
from forms.model.report import Report
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


def write(report: Report, programme: Programme, office: Office, due: date | None) -> bytes:
    """The finished workbook."""
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
    row = _instructions(page, row + 2)
    _signs(page, row + 2)
    page.fit()
    figures_sheet.add(book, report)
    list_sheets.add_news(book, report, programme)
    list_sheets.add_tasks(book, report)
    list_sheets.add_texts(book, report)
    list_sheets.add_nominations(book, report)
    list_sheets.add_reasons(book, report)
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
    page.open(row + 1, 3, list_sheets.YES if report.estimate else list_sheets.NO, name=ESTIMATE, asked=False)
    page.allow(listed([list_sheets.YES, list_sheets.NO], "Chọn Có hoặc Không."), (row + 1, 3))
    page.row_key(row + 1, ESTIMATE)
    return row + 1


def _instructions(page: SheetPainter, row: int) -> int:
    page.put(row, 2, "CÁCH ĐIỀN", SUBTITLE)
    for number, text in enumerate(_HOW, 1):
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
