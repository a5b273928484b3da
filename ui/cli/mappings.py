"""The verb `mapping`: saved ways to read the province's own workbooks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from forms import legacy_text
from forms.errors import InputRefused
from forms.mapping import whole
from forms.mapping.candidates import Question
from forms.mapping.sheet_map import SCALES, CellPlace, SheetMap, read, written
from forms.report import Report
from forms.services.desk import Desk
from forms.sheets import column_of
from forms.text import nfc, one_line, quoted
from ui.cli.parsing import UsageProblem
from ui.cli.seat import Seat

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
        proposing = whole.Proposing(report, sheets)
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


def _chosen(proposing: whole.Proposing, report: Report, choice: _Choice) -> CellPlace:
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


def _saved(desk: Desk, name: str, mapped: SheetMap, *, asked: bool = False) -> str:
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
