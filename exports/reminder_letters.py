"""Letters (công văn, NĐ 30/2020 Mẫu 1.5) to units whose report has not come, one to each or one to all; and to those whose
workbook came with something to be mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from exports.document import Annex, Block, Bullet, ColumnHead, Document, Para, Row, Table, table_of
from exports.reports.report_texts import ReportTexts, issuer_of, letterhead, signature_of, subject_of
from forms.exchange.statements import Arrival, BatchLine
from forms.model.number import counted
from forms.model.office import Office
from forms.model.org_unit import OrgUnit
from forms.model.period import Period
from forms.org_units.unit_words import units_counted
from forms.programmes.programme import Programme
from forms.prose.wording import inside_sentence
from forms.services.summary import Status

TO_ALL = "tat_ca"
_MOST_NAMED = 4  # addressees that page one holds; more stand in the annex
_SUBJECT = "đôn đốc gửi báo cáo"


def to_each(programme: Programme, status: Status, paper: ReportTexts, today: date) -> dict[str, Document]:
    """By the code of each unit that sent nothing its letter."""
    return {unit.key.code: _letter(programme, status, paper, today, (unit,)) for unit in status.missing}


def to_all(programme: Programme, status: Status, paper: ReportTexts, today: date) -> dict[str, Document]:
    """One letter to all of them, under "tat_ca", with the list as its annex where there are many; none where nobody is
    missing."""
    return {TO_ALL: _letter(programme, status, paper, today, status.missing)} if status.missing else {}


def _letter(
    programme: Programme, status: Status, paper: ReportTexts, today: date, units: Sequence[OrgUnit]
) -> Document:
    many = len(units) > _MOST_NAMED
    to = ("Các đơn vị có tên trong danh sách kèm theo",) if many else tuple(issuer_of(unit.full_name) for unit in units)
    annexes = (Annex("Danh sách đơn vị chưa gửi báo cáo", (_table(units, status, today),)),) if many else ()
    # On what ground, what was due and when, that it has not come, what is asked now.
    issuer = issuer_of(status.office.name)
    subject = subject_of(status.form, status.period)
    report = f"báo cáo {subject[:1].lower()}{subject[1:]} (biểu {status.form.number})"
    whose = "quý đơn vị" if len(units) == 1 else units_counted(units)
    # ", quá hạn 12 ngày" where all of them share one day.
    days = {_day(status, unit) for unit in units}
    (day,) = days if len(days) == 1 else (None,)
    late = f", quá hạn {counted((today - day).days)} ngày" if day is not None and today > day else ""
    blocks: list[Block] = [
        Para(f"Thực hiện {programme.document}, các đơn vị gửi {report} về {issuer}{_due(status, units)}."),
        Para(f"Đến ngày {today:%d/%m/%Y}, {issuer} chưa nhận được báo cáo của {whose}{late}."),
    ]
    if held := [unit for unit in units if unit.key in status.held]:
        names = "; ".join(inside_sentence(unit.full_name) for unit in held)
        blocks.append(Bullet(f"Gói báo cáo đã đến nhưng đang giữ lại để hỏi: {names}. Đề nghị liên hệ để xác nhận."))
    blocks.append(
        Para(
            f"{issuer} đề nghị {'đơn vị' if len(units) == 1 else 'các đơn vị'} khẩn trương hoàn thành, niêm phong và gửi "
            "gói báo cáo; nếu đã gửi, đề nghị thông báo 30 chữ số đối chiếu của gói để kiểm tra. Đơn vị chưa gửi không "
            "được tính là số 0 trong tổng hợp."
        )
    )
    return Document(
        head=letterhead(status.office.name, paper, ""),
        kind="CÔNG VĂN",
        subject=f"{_SUBJECT} {status.period.words}",
        blocks=tuple(blocks),
        signature=signature_of(status.office.name, paper),
        recipients=paper.recipients or ("- Như trên;", "- Lưu: VT."),
        addressees=to,
        annexes=annexes,
        practice=status.office.practice,
        layout="letter",
    )


def _due(status: Status, units: Sequence[OrgUnit]) -> str:
    days = sorted({day for unit in units if (day := _day(status, unit)) is not None})
    return f" trước hoặc trong ngày {', '.join(f'{day:%d/%m/%Y}' for day in days)}" if days else ""


def _day(status: Status, unit: OrgUnit) -> date | None:
    return status.due_of(unit)


def _table(units: Sequence[OrgUnit], status: Status, today: date) -> Table:
    heads: list[ColumnHead] = [
        ("TT", 12, "centre"), ("Đơn vị", 80, "text"), ("Mã", 28, "centre"), ("Hạn gửi", 34, "centre"), ("Ghi chú", 40, "text"),
    ]  # fmt: skip
    return table_of(heads, (_row(number, unit, status, today) for number, unit in enumerate(units, start=1)))


def _row(number: int, unit: OrgUnit, status: Status, today: date) -> Row:
    day = _day(status, unit)
    late = f"quá hạn {(today - day).days} ngày" if day is not None and today > day else ""
    held = "gói đang giữ lại để hỏi" if unit.key in status.held else ""
    due = f"{day:%d/%m/%Y}" if day else "chưa đặt"
    return Row((str(number), unit.full_name, unit.key.code, due, "; ".join(part for part in (late, held) if part)))


def about_faults(office: Office, lines: Sequence[BatchLine], paper: ReportTexts) -> dict[str, Document]:
    """By the code of each unit whose workbook was refused or kept aside what to mend, cell by cell."""
    by_unit: dict[str, list[BatchLine]] = {}
    for line in lines:
        if line.unit and line.key and (line.faults or line.arrival is Arrival.QUARANTINED):
            by_unit.setdefault(line.unit, []).append(line)
    return {unit: _mending(office, mine, paper) for unit, mine in by_unit.items()}


def _mending(office: Office, lines: Sequence[BatchLine], paper: ReportTexts) -> Document:
    issuer, period = issuer_of(office.name), Period.parse(lines[0].period).words
    heads: list[ColumnHead] = [
        ("TT", 12, "centre"),
        ("Tệp", 56, "text"),
        ("Sheet, ô", 40, "text"),
        ("Chỗ phải sửa", 120, "text"),
    ]
    places = [
        (PurePath(line.path).name, where, said)
        for line in lines
        for where, said in [(one.where, one.message) for one in line.faults] or [("cả tệp", line.message)]
    ]
    rows = (Row((str(number), *place)) for number, place in enumerate(places, start=1))
    blocks: list[Block] = [
        Para(
            f"{issuer} đã nhận phiếu báo cáo {period} của quý đơn vị nhưng chưa đưa vào tổng hợp được, vì các chỗ ghi ở bảng sau."
        ),
        table_of(heads, rows),
        Para(
            "Đề nghị đơn vị sửa đúng các ô ấy trong chính tệp phiếu đã nhận, không đổi tên sheet, không thêm bớt dòng, cột, rồi "
            "gửi lại cả tệp. Cho tới khi nhận được tệp đã sửa, số liệu trong tệp này chưa được cộng vào tổng hợp."
        ),
    ]
    return Document(
        head=letterhead(office.name, paper, ""),
        kind="CÔNG VĂN",
        subject=f"đề nghị sửa phiếu báo cáo {period}",
        blocks=tuple(blocks),
        signature=signature_of(office.name, paper),
        recipients=paper.recipients or ("- Như trên;", "- Lưu: VT."),
        addressees=(issuer_of(lines[0].unit_name),),
        practice=office.practice,
        layout="letter",
    )
