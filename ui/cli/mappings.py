"""The verb `mapping`: saved ways to read the province's own workbooks."""

from __future__ import annotations

import json

from forms import legacy_text
from forms.errors import InputRefused
from forms.mapping import whole
from forms.mapping.sheet_map import SheetMap, read, written
from forms.services.desk import Desk
from ui.cli.parsing import UsageProblem
from ui.cli.seat import Seat


def mapping(seat: Seat) -> int:
    """Lists, shows, proposes, sets or drops."""
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
    """By the workbook's titles; what they do not tell is listed, to be added by hand with --set."""
    if not seat.args.period:
        raise UsageProblem("USAGE", "Thêm --period KỲ, để biết đối chiếu với biểu nào.")
    sheets = seat.program.read_workbook(seat.read_file(seat.args.propose))
    sheets = legacy_text.taken(sheets, legacy_text.proposed(sheets))  # only to find titles: nothing is taken over
    with seat.desk() as desk:
        report = desk.entry.open(*seat.period(desk))
        mapped, missing = whole.propose(report, sheets)
        name = _saved(desk, seat.args.name, mapped)
    _show(seat, name, mapped, missing)
    for cell in missing:
        seat.out.note(f"Chưa rõ ở đâu: {cell} ({report.form.count_of_cell[cell].label(cell)})")
    return 0


def _set(seat: Seat) -> int:
    try:
        mapped = read(seat.read_file(seat.args.set).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputRefused("MAPPING_SHAPE", "Tệp bảng đối chiếu phải là văn bản UTF-8. Lưu lại rồi nhập.") from error
    with seat.desk() as desk:
        name = _saved(desk, seat.args.name, mapped)
    _show(seat, name, mapped)
    return 0


def _saved(desk: Desk, name: str, mapped: SheetMap) -> str:
    if not mapped.cells and mapped.news is None:
        raise InputRefused(
            "MAPPING_EMPTY",
            "Không thấy tiêu đề nào giống biểu của kỳ này nên chưa cất gì. Soạn bảng đối chiếu trong tệp .json rồi dùng --set.",
        )
    return desk.mappings.save(name, mapped)


def _show(seat: Seat, name: str, mapped: SheetMap, missing: tuple[str, ...] = ()) -> None:
    text = written(mapped)
    seat.out.give({"name": name, "mapping": json.loads(text), "missing": list(missing)})
    seat.out.say(text)
