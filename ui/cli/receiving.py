"""Verbs about packages from below: look at them, take them in, take a batch back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from forms.exchange.brought_files import Brought, told
from forms.exchange.statements import ARRIVAL_TITLES, MERGED, Arrival, Batch, BatchLine, OpenedPackage
from forms.model.fingerprint import grouped
from forms.model.office import Office
from forms.model.text import quoted
from forms.services.on_behalf import Answers
from forms.services.verifying import FoundPaper, Verified, verified
from ui.cli.command_context import Seat
from ui.cli.output import Output, picked
from ui.cli.parsing import PROGRAM, UsageProblem
from ui.cli.summaries import format_must_be_known


def verify(seat: Seat) -> int:
    if seat.args.paper is not None:
        return _paper(seat)
    if not seat.args.files:
        return _inspect(seat)
    brought = seat.program.find_packages(seat.args.files, everything=seat.args.all)
    files = brought.files
    if seat.args.ledger is None:
        found = [*verified(files, seat.program.codec, None, seat.program.units)]
    else:
        with seat.desk() as desk:
            found = [*verified(files, seat.program.codec, desk.enrolment.register(), desk.units.all())]
    seat.out.give({"files": [_verified(file) for file in found]} | _searched(brought))
    for file in found:
        seat.out.say(*_told(file))
    _tell_search(seat, brought)
    if seat.args.ledger is None:
        seat.out.say(
            "Chưa đối chiếu với sổ khóa nào: chỉ kiểm tra cấu trúc và phép tính niêm phong, không biết khóa là của ai."
        )
    return 0 if all(file.opened for file in found) else 1


def _inspect(seat: Seat) -> int:
    """The ledger itself: its pages, its journal, and each sealed figure against its package."""
    if seat.args.ledger is None:
        raise UsageProblem("USAGE", f"Dòng lệnh chưa đúng: thiếu TỆP hoặc --ledger. Xem “{PROGRAM} verify --help”.")
    with seat.desk() as desk:
        head, entries = desk.ledger.verify()
        found = desk.inspection.inspect()
        notices = list(desk.ledger.notices)
    shown = {
        "ok": found.is_sound,
        "journal": {"head": head, "entries": entries},
        "packages": found.compared,
        "problems": list(found.problems),
        "missing": [picked(one, "programme", "version", "sha256", "packages") for one in found.missing],
        "notices": notices,
    }
    seat.out.give({"files": [], "ledger": shown})
    for line in (*found.problems, *(one.words for one in found.missing)):
        seat.out.say(line)
    seat.out.say(
        f"Tệp sổ nguyên vẹn, nhật ký {entries} dòng liền mạch, mã cuối {head}.",
        f"Đã đối chiếu {found.compared} gói với số liệu trong sổ: {len(found.problems)} chỗ không khớp.",
    )
    return 0 if found.is_sound else 1


def _paper(seat: Seat) -> int:
    """Thirty digits from a page, typed or scanned."""
    if seat.args.ledger is None or seat.args.files:
        raise UsageProblem("USAGE", f"Dòng lệnh chưa đúng: --paper chỉ đi với --ledger. Xem “{PROGRAM} verify --help”.")
    with seat.desk() as desk:
        answer = desk.paper_seals.look_up(seat.args.paper)
    found, near = ([_sealed(one) for one in some] for some in (answer.found, answer.near))
    seat.out.give({"files": [], "paper": {"digits": grouped(answer.digits), "found": found, "near": near}})
    for one in answer.found:
        seat.out.say(
            f"CÓ GÓI MANG MÃ NÀY. {_sealed_words(one)}",
            "Chỉ tra mã: trang giấy có đúng không thì so từng số với bản in ra từ gói.",
        )
    if not answer.found:
        seat.out.say("KHÔNG TÌM THẤY gói nào có mã niêm phong này trong sổ.")
    for one in answer.near:
        seat.out.say(f"  Có thể gõ nhầm một chữ số của {one.digits}: {_sealed_words(one)}")
    return 0 if answer.found else 1


def _sealed(one: FoundPaper) -> dict[str, Any]:
    package = one.package
    return {
        **picked(package, "digest", "unit_name", "revision", "at"),
        **picked(package.key, "programme", "form", "period"),
        "digits": one.digits,
        "direction": "sent" if package.arrival is None else "received",
        "class": package.arrival,
        "unit": package.unit.code if package.unit else None,
        "newest": one.is_newest,
        "publications": [issue.id for issue in one.issues],
    }


def _sealed_words(one: FoundPaper) -> str:
    package = one.package
    did = "niêm phong" if package.arrival is None else "nhận"
    kept = "" if package.arrival in (None, *MERGED) else f" Gói không được cộng: {ARRIVAL_TITLES[package.arrival]}."
    stands = "Là lần gửi mới nhất." if one.is_newest else "" if kept else "ĐÃ CÓ LẦN GỬI MỚI HƠN."
    when = f"{did} ngày {package.at:%d/%m/%Y}"
    return f"{package.unit_name}, {package.key.programme} {package.key.period}, lần gửi {package.revision}, {when}. {stands}{kept}"


def merge(seat: Seat) -> int:
    brought = seat.program.find_packages(seat.args.files, everything=seat.args.all)
    files = brought.files
    answers = Answers(seat.args.replace, seat.args.convert)
    if seat.args.letters:
        format_must_be_known(seat.args.letters_format)
    with seat.desk() as desk, seat.out.progress("Kiểm tra gói") as progress:
        if seat.args.dry_run:
            batch = desk.receiving.preview(files, progress, answers)
        else:
            batch = desk.receiving.receive(files, desk.ledger.person.name, progress, answers)
    letters = _letters(seat, desk.office, batch) if seat.args.letters else []
    said = {"batch": batch.id, "files": [_line(line) for line in batch.lines]} | _searched(brought)
    seat.out.give(said | ({"letters": letters} if seat.args.letters else {}))
    _tell_search(seat, brought)
    tell_batch(seat.out, batch, preview=seat.args.dry_run)
    return 1 if any(line.arrival is Arrival.REFUSED for line in batch.lines) else 0


def _letters(seat: Seat, office: Office, batch: Batch) -> list[str]:
    """A letter to each unit whose workbook has to be mended."""
    format, folder = seat.args.letters_format, seat.args.letters
    made = seat.program.fault_letters(office, batch.lines, format)
    with suppress(OSError):  # then writing says why not
        folder.mkdir(parents=True, exist_ok=True)
    files = [str(seat.program.write_file(folder / f"sua-phieu_{unit}.{format}", data)) for unit, data in made.items()]
    seat.out.say(f"Đã ghi {len(files)} công văn báo lỗi vào {folder}." if files else "Không có phiếu nào phải sửa.")
    return files


def _searched(brought: Brought) -> dict[str, Any]:
    """What was looked through besides what was named, and what was passed over."""
    skipped = [picked(one, "path", "code", "can_take", message="reason") for one in brought.skipped]
    return {"looked_at": brought.looked_at, "skipped": skipped}


def _tell_search(seat: Seat, brought: Brought) -> None:
    for line in told(brought):
        seat.out.say(line)
    if brought.can_take_more:
        seat.out.say("Muốn lấy cả tệp ẩn và thư mục bị bỏ qua: chạy lại với --all.")


def undo(seat: Seat) -> int:
    with seat.desk() as desk:
        undone = desk.receiving.undo(seat.args.batch)
    seat.out.give({"batch": seat.args.batch, "undone": undone})
    seat.out.say(f"Đã hoàn tác đợt nhận {seat.args.batch}: {undone} gói. Có thể nhận lại các tệp này.")
    return 0


def tell_batch(out: Output, batch: Batch, *, preview: bool) -> None:
    """How many of each class, then every file that needs somebody."""
    counts = Counter(line.arrival for line in batch.lines)
    out.table(
        ("Kết quả", "Số tệp"), [(ARRIVAL_TITLES[kind], str(counts[kind])) for kind in Arrival if counts[kind]], {1}
    )
    for line in batch.lines:
        unit = f" – {line.unit_name}" if line.unit_name else ""
        if line.arrival not in (*MERGED, Arrival.SAME, Arrival.ON_BEHALF):
            out.say(f"{line.path}{unit}: {line.message} ({line.code})")
            for fault in line.faults:
                out.say(f"  {fault.where or 'tệp'}: {fault.message} ({fault.code})")
        if line.changes and line.arrival in (Arrival.NEW, Arrival.ON_BEHALF, Arrival.CONFLICT):
            out.say(*(f"  {one.cell}: {one.old} → {one.new} ({one.reason})" for one in line.changes))
        for warned in line.warnings:
            out.say(f"{line.path}{unit}: {warned.message} ({warned.code})")
    if pages := sum(line.in_pdf for line in batch.lines):
        out.say(f"{pages} tệp PDF: chỉ lấy gói mang theo, không đọc các trang.")
    if preview:
        out.say("Mới xem trước, chưa ghi gì vào sổ.")
    else:
        out.say(
            f"Đợt nhận {batch.id}. Muốn hoàn tác cả đợt: undo SỔ {batch.id}"
            if batch.id
            else "Không có gì mới để ghi vào sổ."
        )


def _verified(file: Verified) -> dict[str, Any]:
    opened, problem = file.opened, file.problem
    if opened is None:
        assert problem is not None
        empty = dict.fromkeys(("digest", "digits", "unit", "period", "programme", "form", "revision"))
        return {"path": file.path, "ok": False, "code": problem.code, "message": problem.message, "seals": []} | empty
    claimed = {} if file.unit_name else {"unit_name_claimed": opened.unit_name}
    return claimed | {
        **picked(file, "path", "checked", "not_checked"),
        **picked(opened, "digest", "digits", "revision", "practice"),
        **picked(opened.key, "period", "programme", "form"),
        "ok": True,
        "code": "OK",
        "message": "",
        "unit": opened.unit.code,
        "unit_name": file.unit_name or None,
        "seals": [picked(seal, "keyid", "role", "known") for seal in opened.seals],
    }


def _told(file: Verified) -> Iterator[str]:
    if file.problem:
        yield f"{file.path}: TỪ CHỐI. {file.problem.message} ({file.problem.code})"
    if (opened := file.opened) is None:
        return
    verdict = "GÓI TRONG TỆP ĐÚNG, CÁC TRANG CHƯA KIỂM TRA." if opened.in_pdf else "ĐÚNG."
    practice = " BẢN THỬ." if opened.practice else ""
    yield (
        f"{file.path}: {verdict}{practice} {_whose(file, opened)}, {opened.key.programme} {opened.key.period}, lần gửi "
        f"{opened.revision}, {len(opened.seals)} niêm phong."
    )
    yield f"  Mã niêm phong: {opened.digits}"
    if opened.in_pdf:
        yield (
            "  Đã kiểm tra gói mà tệp PDF mang theo. Không đọc các trang: ai cũng sửa được trang mà gói vẫn nguyên. Muốn tin "
            "trang in thì so từng số với bản in ra từ gói."
        )


def _whose(file: Verified, opened: OpenedPackage) -> str:
    if file.unit_name:
        return f"{file.unit_name} ({opened.unit.code})"
    return f"Đơn vị mã {opened.unit.code}, danh mục ở đây không có, tự ghi tên {quoted(opened.unit_name, 200)}"


def _line(line: BatchLine) -> dict[str, Any]:
    pages = {"pages": "not_checked"} if line.in_pdf else {}
    pages |= {"vouched_by": line.vouched_by} if line.vouched_by else {}
    known = {name: getattr(line, name) or None for name in ("unit", "period", "revision", "digest")}
    warnings = [picked(warned, "code", "message") for warned in line.warnings]
    more: dict[str, Any] = (
        {"faults": [picked(one, "code", "where", "message") for one in line.faults]} if line.faults else {}
    )
    if line.changes:
        more["changes"] = [picked(one, "cell", "old", "new", "reason") for one in line.changes]
    return (
        picked(line, "path", "code", "message") | {"class": line.arrival, "warnings": warnings} | known | pages | more
    )
