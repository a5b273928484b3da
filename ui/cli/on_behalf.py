"""Verbs about reports that an office enters for its units (nhập thay): workbooks out, paper in, what was entered."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from forms.all_services import open_services
from forms.errors import InputRefused
from forms.exchange.brought_files import Incoming
from forms.exchange.on_behalf import KeptEntry, entered_words
from forms.exchange.statements import ARRIVAL_TITLES
from forms.services.on_behalf import template_name
from ui.cli.command_context import Seat
from ui.cli.output import picked
from ui.cli.parsing import UsageProblem


def templates_below(seat: Seat) -> int:
    """A workbook for each unit, in a folder."""
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        made = desk.on_behalf.templates(programme, period, tuple(seat.args.unit or ()))
    with suppress(OSError):  # then writing says why not
        seat.args.out.mkdir(parents=True, exist_ok=True)
    files = [
        str(seat.program.write_file(seat.args.out / template_name(unit, period, programme), data))
        for unit, data in made
    ]
    seat.out.give({"files": files})
    seat.out.say(
        f"Đã xuất {len(files)} phiếu điền vào {seat.args.out}. Đơn vị điền xong gửi lại, nhận bằng: merge SỔ THƯ_MỤC"
        if files
        else "Không còn đơn vị nào thiếu báo cáo."
    )
    return 0


def on_behalf(seat: Seat) -> int:
    """Takes the figures of a sheet of paper with its scan, or shows what was entered for the unit."""
    args = seat.args
    if args.figures and not args.scan:
        raise UsageProblem("USAGE", "Nhập thay từ giấy phải kèm bản quét. Thêm --scan TỆP.")
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        if not args.scan:
            return _history(seat, desk.on_behalf.history(programme, period, args.unit), desk.on_behalf.source)
        draft = desk.on_behalf.draft(programme, period, args.unit)
        scan = Incoming(args.scan.name, seat.read_file(args.scan))
        if args.figures:
            typed = open_services(seat.program, desk.ledger, draft.begin)
            given = typed.workbooks.read(typed.workbooks.open(seat.read_file(args.figures), args.figures.name))
            if (given.reading.filled.programme, given.reading.filled.period) != (programme, period):
                raise InputRefused(
                    "WORKBOOK_PERIOD", f"Tệp số liệu không phải của {period.words}. Chọn đúng tệp.", "figures"
                )
            typed.workbooks.take(given)
        line = desk.on_behalf.enter(draft, scan, desk.ledger.person.name, replacing=args.replace)
        entry = desk.on_behalf.history(programme, period, args.unit)[-1]
    seat.out.give(shape(entry) | {"class": line.arrival, "code": line.code})
    seat.out.say(
        f"{entry.entry.unit.name}, {period.words}: {line.message} Bản quét {entry.entry.file.name} được giữ trong sổ."
    )
    return 0


def _history(seat: Seat, found: tuple[KeptEntry, ...], source: Any) -> int:
    seat.out.give({"entries": [shape(one) for one in found]})
    for one in found:
        seat.out.say(f"{ARRIVAL_TITLES[one.arrival]}: {entered_words(one.entry)}, tệp {one.entry.file.name}")
    if not found:
        seat.out.say("Chưa nhập thay báo cáo này cho đơn vị.")
    elif seat.args.source:
        kept = source(found[-1].entry.digest)
        if kept is None:
            raise InputRefused(
                "ON_BEHALF_FILE", "Tệp gốc không ở sổ này: bản nhập thay do nơi khác chuyển lên.", "source"
            )
        seat.out.say(f"Đã ghi {seat.program.write_file(seat.args.source, kept[1])}")
    return 0


def shape(kept: KeptEntry) -> dict[str, Any]:
    """The JSON of an entry."""
    one = kept.entry
    return {
        **picked(one, "digest", "source", "by", "at"),
        "unit": one.unit.unit.code,
        "office": one.office.name,
        "file": picked(one.file, "name", "sha256", "size"),
        "period": one.key.period,
        "class": kept.arrival,
        "code": kept.code,
    }
