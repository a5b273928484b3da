"""Verbs that fill our own report from a file (import, template), and the saved ways to read somebody's own workbooks (mapping)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from forms.all_services import Services
from forms.checks import all_checks
from forms.errors import InputRefused
from forms.exchange.report_diff import KIND_TITLES, Difference
from forms.model.period import Basis, Period
from forms.model.report import Report
from forms.model.text import nfc, one_line, quoted
from forms.services.workbooks import Given, ImportAnswers, ImportLook
from forms.workbooks import foreign_workbook, legacy_text
from forms.workbooks.candidates import Question
from forms.workbooks.cell_parsing import RealDays
from forms.workbooks.import_result import Reading, Remark
from forms.workbooks.legacy_text import ENCODING_TITLES, Conversion
from forms.workbooks.sheet_map import SCALES, CellPlace, SheetMap, read, written
from forms.workbooks.sheets import column_of
from ui.cli.command_context import Seat
from ui.cli.on_behalf import templates_below
from ui.cli.parsing import UsageProblem

_SHOWN = 40  # lines of each kind, for people; --json has all


def template(seat: Seat) -> int:
    """The fill-in workbook of a period, with what the draft holds; or empty ones for units below."""
    if seat.args.unit or seat.args.all_missing:
        return templates_below(seat)
    with seat.desk() as desk:
        report, data = desk.workbooks.template(*seat.period(desk))
    file = seat.program.write_file(seat.args.out, data)
    seat.out.give({"file": str(file)})
    seat.out.say(f"Đã xuất phiếu điền biểu {report.form.number}, {report.period.words}: {file}")
    return 0


def take(seat: Seat) -> int:
    """Fills the draft, or shows what would change; with anything wrong in the file nothing is taken."""
    args = seat.args
    path: Path | None = args.news or args.file
    if path is None or (args.news and args.file):
        raise UsageProblem("USAGE", "Ghi một tệp cần nhập: TỆP, hoặc --news TỆP. Xem “import --help”.")
    if args.news and not args.mapping:
        raise UsageProblem("USAGE", "Với --news phải có --mapping TÊN và --period KỲ. Xem “import --help”.")
    if args.mapping is not None and not args.period:
        raise UsageProblem("USAGE", "Bảng tính riêng không cho biết kỳ báo cáo. Thêm --period KỲ.")
    data = seat.read_file(path)
    with seat.desk() as desk:
        source = desk.workbooks.open(data, path.name, mapped=bool(args.mapping))
        answers = ImportAnswers(
            args.mapping or "",
            Period.parse(args.period, Basis(args.basis)) if args.mapping else None,
            args.convert,
            RealDays(args.real_days or RealDays.ASK),
            bool(args.news),
            args.correct,
        )
        given = desk.workbooks.read(source, answers)
        if args.preview:
            return _preview(seat, desk.workbooks.look(given))
        try:
            report = desk.workbooks.take(given)
        except InputRefused as refusal:
            if given.reading.problems or given.waiting:
                return _refuse(seat, given, refusal)
            raise
        found = desk.sealing.findings(report)
    _tell_taken(seat, report, given, len(all_checks.blocking(found)))
    return 0


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


def _preview(seat: Seat, look: ImportLook) -> int:
    """What would change, place by place; nothing is written."""
    given, changes = look.given, look.changes
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


_CHOICE = re.compile(
    r"(?P<cell>[^=]+)=(?P<sheet>.*)!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9][0-9]{0,6})(?:\s*[*×x]\s*(?P<scale>[0-9]{1,10}))?"
)


def mapping(seat: Seat) -> int:
    """Lists, shows, proposes, sets or drops."""
    if seat.args.choose and not seat.args.propose:
        raise UsageProblem("USAGE", "--choose trả lời câu hỏi của --propose. Ghi cả --propose TỆP --period KỲ.")
    if seat.args.name is None:
        return _list(seat)
    if seat.args.propose:
        return _propose(seat)
    if seat.args.set:
        return _set(seat)
    with seat.desk() as desk:
        if seat.args.drop:
            desk.mappings.drop(seat.args.name)
            seat.out.give({"name": seat.args.name, "dropped": True})
            seat.out.say(f"Đã bỏ bảng đối chiếu {seat.args.name}.")
        else:
            _show(seat, seat.args.name, desk.mappings.get(seat.args.name))
    return 0


def _list(seat: Seat) -> int:
    with seat.desk() as desk:
        names = desk.mappings.names()
    seat.out.give({"names": list(names)})
    seat.out.say(*names or ("Sổ chưa có bảng đối chiếu nào.",))
    return 0


def _propose(seat: Seat) -> int:
    """By the workbook's titles: what is certain is kept, what has two readings is asked; --choose answers."""
    if not seat.args.period:
        raise UsageProblem("USAGE", "Thêm --period KỲ, để biết đối chiếu với biểu nào.")
    choices = [_choice(text) for text in seat.args.choose or ()]
    sheets = seat.program.read_workbook(seat.read_file(seat.args.propose))
    sheets = legacy_text.taken(sheets, legacy_text.proposed(sheets))  # only to find titles: nothing is taken over
    with seat.desk() as desk:
        report = desk.entry.open(*seat.period(desk))
        proposing = foreign_workbook.Proposing(report, sheets)
        found = proposing.proposal()
        chosen = {one.cell: _chosen(proposing, report, one) for one in choices}
        mapped = replace(found.mapped, cells={**found.mapped.cells, **chosen})
        questions = tuple(one for one in found.questions if one.cell not in chosen)
        name = _saved(desk, seat.args.name, mapped, asked=bool(questions))
    missing = tuple(cell for cell in found.missing if cell not in chosen)
    _show(seat, name, mapped, missing, questions)
    asked = {one.cell for one in questions}
    for cell in missing:
        if cell not in asked:
            seat.out.note(f"Không thấy trong tệp: {cell} ({report.form.count_of_cell[cell].label(cell)})")
    return 0


@dataclass(frozen=True)
class _Choice:
    """What a person answered: CELL=SHEET!PLACE, with *1000 where the figure is to be multiplied."""

    cell: str
    sheet: str
    row: int
    column: int
    scale: int | None


def _choice(text: str) -> _Choice:
    found = _CHOICE.fullmatch(nfc(text).strip())
    scale = int(found["scale"]) if found and found["scale"] else None
    if found is None or (scale is not None and scale not in SCALES):
        raise UsageProblem(
            "USAGE",
            f'Không hiểu --choose {quoted(text)}. Ghi Ô=SHEET!CHỖ, ví dụ --choose "population.female=Biểu 01!E7".',
        )
    sheet = found["sheet"].strip()
    sheet = sheet[1:-1].replace("''", "'") if len(sheet) > 1 and sheet[0] == sheet[-1] == "'" else sheet
    return _Choice(found["cell"].strip(), sheet, int(found["row"]) - 1, column_of(found["column"]), scale)


def _chosen(proposing: foreign_workbook.Proposing, report: Report, choice: _Choice) -> CellPlace:
    if choice.cell not in report.expected_cells:
        problem = f"Biểu {report.form.number} không có ô {quoted(choice.cell)} cho đơn vị này. Xem tên ô trong câu hỏi."
        raise InputRefused("MAPPING_CELL", problem, choice.cell[:60])
    return proposing.chosen(choice.sheet, choice.row, choice.column, choice.scale)


def _set(seat: Seat) -> int:
    try:
        mapped = read(seat.read_file(seat.args.set).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputRefused("MAPPING_SHAPE", "Tệp bảng đối chiếu phải là văn bản UTF-8. Lưu lại rồi nhập.") from error
    with seat.desk() as desk:
        name = _saved(desk, seat.args.name, mapped)
    _show(seat, name, mapped)
    return 0


def _saved(desk: Services, name: str, mapped: SheetMap, *, asked: bool = False) -> str:
    """With questions alone it is kept too: answers come later."""
    if not mapped.cells and mapped.news is None and not asked:
        raise InputRefused(
            "MAPPING_EMPTY",
            "Không thấy tiêu đề nào giống biểu của kỳ này nên chưa cất gì. Soạn bảng đối chiếu trong tệp .json rồi dùng --set.",
        )
    return desk.mappings.save(name, mapped)


def _show(
    seat: Seat, name: str, mapped: SheetMap, missing: tuple[str, ...] = (), questions: tuple[Question, ...] = ()
) -> None:
    text = written(mapped)
    asked = [_asked(one) for one in questions]
    seat.out.give({"name": name, "mapping": json.loads(text), "missing": list(missing), "questions": asked})
    seat.out.say(*text.splitlines())
    for one in questions:
        seat.out.say("", *_told(one))
    if questions:
        seat.out.say(
            "",
            f"{len(questions)} câu hỏi. Chưa trả lời thì các ô ấy để trống. Trả lời: thêm --choose Ô=SHEET!CHỖ vào lệnh này, "
            "mỗi ô một lần; *1000 ở cuối để nhân.",
        )


def _asked(question: Question) -> dict[str, Any]:
    return {
        "cell": question.cell,
        "title": question.title,
        "why": question.why,
        "candidates": [
            {
                "sheet": one.sheet,
                "place": one.place,
                "row": list(one.rows),
                "column": list(one.heads),
                "value": one.value,
                "scale": one.scale,
                "why": one.why,
            }
            for one in question.candidates
        ],
    }


def _told(question: Question) -> list[str]:
    """The question for people, a line for each candidate."""
    lines = [f"? {question.title} ({question.cell})", f"  {question.why}"]
    for one in question.candidates:
        times = f" (×{one.scale})" if one.scale != 1 else ""
        lines.append(
            f"  {one.sheet}!{one.place}: {one.value}{times} · {' › '.join(one.rows)} · {' › '.join(one.heads) or 'không có tiêu đề cột'}"
        )
        lines += [f"      {one.why}"] if one.why else []
    return list(map(one_line, lines))
