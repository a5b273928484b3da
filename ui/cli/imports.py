"""Verbs that fill our own report from a file: the fill-in workbook goes out, comes back, and so do other workbooks and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from forms import findings, legacy_text
from forms.comparison import KIND_TITLES, Difference, differences
from forms.errors import AppError, InputRefused
from forms.legacy_text import ENCODING_TITLES, Conversion
from forms.mapping import whole
from forms.periods import Basis, Period
from forms.reading import Reading, Remark
from forms.report import Report
from forms.services.desk import Desk
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


@dataclass(frozen=True)
class _Given:
    """What a file says, and the old text in it that somebody has to agree to convert."""

    reading: Reading
    conversions: tuple[Conversion, ...] = ()
    agreed: bool = True

    @property
    def is_sound(self) -> bool:
        return not self.reading.problems and (self.agreed or not self.waiting)

    @property
    def waiting(self) -> tuple[Conversion, ...]:
        return tuple(one for one in self.conversions if not one.doubtful)


def take(seat: Seat) -> int:
    """Fills the draft, or shows what would change; with anything wrong in the file nothing is taken."""
    data, is_workbook = _file(seat)
    sheets = seat.program.read_workbook(data) if is_workbook else None
    filled = None if sheets else seat.program.read_import(data)
    with seat.desk() as desk:
        if sheets is None:
            assert filled is not None
            given = _Given(Reading(filled))
        else:
            given = _of_workbook(seat, desk, sheets)
        if seat.args.preview:
            return _preview(seat, desk, given)
        if not given.is_sound:
            return _refuse(seat, given)
        try:
            report = desk.entry.take(given.reading.filled, correct=seat.args.correct)
        except InputRefused as error:
            raise _located(error, given.reading) from error
    _tell_taken(seat, report, given)
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


def _of_workbook(seat: Seat, desk: Desk, sheets: Sheets) -> _Given:
    conversions = legacy_text.proposed(sheets)
    agreed = bool(seat.args.convert)
    if agreed:
        sheets = legacy_text.taken(sheets, conversions)
    if seat.args.mapping is None:
        return _Given(seat.program.read_template(sheets, desk.office, desk.entry.open), conversions, agreed)
    if not seat.args.period:
        raise UsageProblem("USAGE", "Bảng tính riêng không cho biết kỳ báo cáo. Thêm --period KỲ.")
    mapped = desk.mappings.get(seat.args.mapping)
    programme = seat.args.programme or mapped.programme
    report = desk.entry.open(programme, Period.parse(seat.args.period, Basis(seat.args.basis)))
    return _Given(whole.apply(mapped, sheets, report, only_news=bool(seat.args.news)), conversions, agreed)


def _preview(seat: Seat, desk: Desk, given: _Given) -> int:
    """What would change, place by place; nothing is written."""
    reading, changes = given.reading, tuple[Difference, ...]()
    try:
        before, after = desk.entry.tried(reading.filled, correct=seat.args.correct)
        changes = differences(before, after)
    except InputRefused as error:
        found = _located(error, reading)
        reading = replace(reading, problems=(*reading.problems, Remark(found.code, found.where, found.message)))
    form = reading.filled.form
    seat.out.give(
        {
            "preview": True,
            "programme": reading.filled.programme,
            "form": form,
            "period": reading.filled.period.label,
            "changes": [_change(one, reading.places) for one in changes],
            **_said(replace(given, reading=reading)),
        }
    )
    seat.out.say(f"Xem trước, chưa ghi gì: {len(changes)} chỗ thay đổi.")
    for one in changes[:_SHOWN]:
        place = f" ({reading.places[one.where]})" if one.where in reading.places else ""
        old, new = one.old or "trống", one.new or "trống"
        seat.out.say(f"  {KIND_TITLES[one.kind]}: {one.title}{place}: {old} → {new}")
    _tell(seat, reading, given.conversions)
    return 1 if reading.problems else 0


def _refuse(seat: Seat, given: _Given) -> int:
    """Everything that is wrong, at once."""
    problems = given.reading.problems
    if problems:
        said = f"Tệp có {len(problems)} chỗ chưa nhập được nên chưa nhập gì. Sửa các chỗ đó rồi nhập lại."
        refusal = AppError("WORKBOOK_PROBLEMS", said, problems[0].where)
    else:
        said = (
            f"Tệp có {len(given.waiting)} ô chữ {ENCODING_TITLES[given.waiting[0].encoding]}. Xem kết quả chuyển sang Unicode "
            "bằng --preview; đồng ý thì chạy lại với --convert. Chưa nhập gì."
        )
        refusal = AppError("LEGACY_TEXT", said, given.waiting[0].where)
    shape = {"code": refusal.code, "message": refusal.message, "where": refusal.where}
    seat.out.give({"error": shape, **_said(given)})
    if not seat.out.json:
        seat.out.refuse(refusal)
    _tell(seat, given.reading, given.conversions)
    return 1


def _located(error: InputRefused, reading: Reading) -> InputRefused:
    """A refusal of a cell of the form is told with its place in the workbook."""
    return InputRefused(error.code, error.message, reading.places.get(error.where, error.where))


def _tell_taken(seat: Seat, report: Report, given: _Given) -> None:
    blocking = len(findings.blocking(findings.find(report)))
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


def _said(given: _Given) -> dict[str, Any]:
    return {
        "problems": _remarks(given.reading.problems),
        "notes": _remarks(given.reading.notes),
        "conversions": [asdict(one) for one in given.conversions],
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, str]]:
    return [asdict(one) for one in remarks]


def _change(one: Difference, places: Mapping[str, str]) -> dict[str, str]:
    return {**asdict(one), "place": places.get(one.where, "")}
