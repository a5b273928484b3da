"""Verbs that fill our own report from a file: the fill-in workbook goes out, comes back, and so do other workbooks and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from forms import findings
from forms.comparison import KIND_TITLES, Difference
from forms.day_column import RealDays
from forms.errors import InputRefused
from forms.legacy_text import ENCODING_TITLES, Conversion
from forms.periods import Basis, Period
from forms.reading import Reading, Remark
from forms.report import Report
from forms.services.desk import Desk
from forms.services.workbooks import Given
from forms.sheets import Sheets
from ui.cli.parsing import UsageProblem
from ui.cli.seat import Seat

WORKBOOK_STARTS = (b"PK", b"\xd0\xcf\x11\xe0")  # a ZIP, an old Excel
WORKBOOK_NAMES = (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb")
_SHOWN = 40  # lines of each kind, for people; --json has all


def template(seat: Seat) -> int:
    """The fill-in workbook of a period, with what the draft holds."""
    with seat.desk() as desk:
        id, period = seat.period(desk)
        report = desk.entry.open(id, period)
        programme = desk.catalogue.programme(id, report.form.programme_version)
        data = seat.program.template(report, programme, desk.office, desk.summaries.due(id, period))
    file = seat.program.write_file(seat.args.out, data)
    seat.out.give({"file": str(file)})
    seat.out.say(f"Đã xuất phiếu điền biểu {report.form.number}, {report.period.words}: {file}")
    return 0


def take(seat: Seat) -> int:
    """Fills the draft, or shows what would change; with anything wrong in the file nothing is taken."""
    data, is_workbook = _file(seat)
    sheets = seat.program.read_workbook(data) if is_workbook else None
    said = Given(Reading(seat.program.read_import(data))) if sheets is None else None
    with seat.desk() as desk:
        given = said or _of_workbook(seat, desk, sheets)
        if seat.args.preview:
            return _preview(seat, desk, given)
        try:
            report = desk.workbooks.take(given, correct=seat.args.correct)
        except InputRefused as refusal:
            if given.reading.problems or given.waiting:
                return _refuse(seat, given, refusal)
            raise
        found = findings.find(report, desk.entry.context(report))
    _tell_taken(seat, report, given, len(findings.blocking(found)))
    return 0


def _file(seat: Seat) -> tuple[bytes, bool]:
    """The file's bytes, and whether it is a workbook: by what it begins with, or by what it is called."""
    path: Path | None = seat.args.news or seat.args.file
    if path is None or (seat.args.news and seat.args.file):
        raise UsageProblem("USAGE", "Ghi một tệp cần nhập: TỆP, hoặc --news TỆP. Xem “import --help”.")
    if seat.args.news and not seat.args.mapping:
        raise UsageProblem("USAGE", "Với --news phải có --mapping TÊN và --period KỲ. Xem “import --help”.")
    data = seat.read_file(path)
    return data, data.startswith(WORKBOOK_STARTS) or path.suffix.lower() in WORKBOOK_NAMES or bool(seat.args.mapping)


def _of_workbook(seat: Seat, desk: Desk, sheets: Sheets | None) -> Given:
    assert sheets is not None
    args = seat.args
    if args.mapping is None:
        return desk.workbooks.read(sheets, convert=args.convert)
    if not args.period:
        raise UsageProblem("USAGE", "Bảng tính riêng không cho biết kỳ báo cáo. Thêm --period KỲ.")
    period = Period.parse(args.period, Basis(args.basis))
    return desk.workbooks.read_mapped(
        sheets,
        args.mapping,
        period,
        convert=args.convert,
        only_news=bool(args.news),
        real_days=RealDays(args.real_days or RealDays.ASK),
    )


def _preview(seat: Seat, desk: Desk, given: Given) -> int:
    """What would change, place by place; nothing is written."""
    changes, given = desk.workbooks.preview(given, correct=seat.args.correct)
    reading, filled = given.reading, given.reading.filled
    seat.out.give(
        {
            "preview": True,
            "programme": filled.programme,
            "form": filled.form,
            "period": filled.period.label,
            "changes": [_change(one, reading.places) for one in changes],
            **_said(given),
        }
    )
    seat.out.say(f"Xem trước, chưa ghi gì: {len(changes)} chỗ thay đổi.")
    for one in changes[:_SHOWN]:
        place = f" ({reading.places[one.where]})" if one.where in reading.places else ""
        old, new = one.old or "trống", one.new or "trống"
        seat.out.say(f"  {KIND_TITLES[one.kind]}: {one.title}{place}: {old} → {new}")
    _tell(seat, reading, given.conversions)
    return 1 if reading.problems else 0


def _refuse(seat: Seat, given: Given, refusal: InputRefused) -> int:
    """Everything that is wrong, at once."""
    shape = {"code": refusal.code, "message": refusal.message, "where": refusal.where}
    seat.out.give({"error": shape, **_said(given)})
    if not seat.out.json:
        seat.out.refuse(refusal)
    _tell(seat, given.reading, given.conversions)
    return 1


def _tell_taken(seat: Seat, report: Report, given: Given, blocking: int) -> None:
    seat.out.give(
        {
            "programme": report.form.programme,
            "form": report.form.id,
            "period": report.period.label,
            "revision": report.revision,
            "cells": len(report.cells),
            "news": len(report.news),
            "blocking": blocking,
            "notes": _remarks(given.reading.notes),
        }
    )
    seat.out.say(
        f"Đã nhập {len(report.cells)} ô và {len(report.news)} tin, bài vào báo cáo {report.period.words}, "
        f"lần gửi {report.revision}."
    )
    _tell(seat, given.reading, ())
    seat.out.say(
        f"Còn {blocking} điểm phải xử lý trước khi niêm phong." if blocking else "Không còn điểm nào phải xử lý."
    )


def _tell(seat: Seat, reading: Reading, conversions: Iterable[Conversion]) -> None:
    lines = [f"Lỗi ở {one.where or 'tệp'}: {one.message} ({one.code})" for one in reading.problems]
    lines += [f"Lưu ý {one.where or 'tệp'}: {one.message}" for one in reading.notes]
    for one in conversions:
        kept = ", đọc được cả hai cách nên giữ nguyên" if one.doubtful else ""
        lines.append(f"Chữ {ENCODING_TITLES[one.encoding]} ở {one.where}: {one.before} → {one.after}{kept}")
    for line in lines[:_SHOWN]:
        seat.out.note(line)
    if len(lines) > _SHOWN:
        seat.out.note(f"… và {len(lines) - _SHOWN} chỗ nữa; xem đủ bằng --json.")


def _said(given: Given) -> dict[str, Any]:
    return {
        "problems": _remarks(given.reading.problems),
        "notes": _remarks(given.reading.notes),
        "conversions": [asdict(one) for one in given.conversions],
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, str]]:
    return [asdict(one) for one in remarks]


def _change(one: Difference, places: Mapping[str, str]) -> dict[str, str]:
    return {**asdict(one), "place": places.get(one.where, "")}
