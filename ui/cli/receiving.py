"""Verbs about packages from below: look at them, take them in, take a batch back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from forms.digits import grouped
from forms.errors import AppError
from forms.exchange import ARRIVAL_TITLES, MERGED, Arrival, Batch, BatchLine, Opened, Seal
from forms.ports import Codec, Register
from forms.services.paper_seal import Found
from forms.services.receiving import Incoming
from ui.cli.output import Output
from ui.cli.parsing import PROGRAM, UsageProblem
from ui.cli.seat import Seat


def verify(seat: Seat) -> int:
    if seat.args.paper is not None:
        return _paper(seat)
    if not seat.args.files:
        return _inspect(seat)
    files = seat.program.read_files(seat.args.files)
    if seat.args.ledger is None:
        shown = [_verified(seat.program.codec, file, None) for file in files]
    else:
        with seat.desk() as desk:
            register = desk.enrolment.register()
        shown = [_verified(seat.program.codec, file, register) for file in files]
    seat.out.give({"files": shown})
    for file in shown:
        seat.out.say(_told(file))
    if seat.args.ledger is None:
        seat.out.say(
            "Chưa đối chiếu với sổ khóa nào: chỉ kiểm tra cấu trúc và phép tính niêm phong, không biết khóa là của ai."
        )
    return 0 if all(file["ok"] for file in shown) else 1


def _inspect(seat: Seat) -> int:
    """The ledger itself: its pages, its journal, and each sealed figure against its package."""
    if seat.args.ledger is None:
        raise UsageProblem("USAGE", f"Dòng lệnh chưa đúng: thiếu TỆP hoặc --ledger. Xem “{PROGRAM} verify --help”.")
    with seat.desk() as desk:
        head, entries = desk.ledger.verify()
        compared, problems = desk.inspection.inspect()
        notices = list(desk.ledger.notices)
    journal = {"head": head, "entries": entries}
    found = {
        "ok": not problems,
        "journal": journal,
        "packages": compared,
        "problems": list(problems),
        "notices": notices,
    }
    seat.out.give({"files": [], "ledger": found})
    for problem in problems:
        seat.out.say(problem)
    seat.out.say(f"Tệp sổ nguyên vẹn, nhật ký {entries} dòng liền mạch, mã cuối {head}.")
    seat.out.say(f"Đã đối chiếu {compared} gói với số liệu trong sổ: {len(problems)} gói không khớp.")
    return 1 if problems else 0


def _paper(seat: Seat) -> int:
    """Thirty digits from a page, typed or scanned."""
    if seat.args.ledger is None or seat.args.files:
        raise UsageProblem("USAGE", f"Dòng lệnh chưa đúng: --paper chỉ đi với --ledger. Xem “{PROGRAM} verify --help”.")
    with seat.desk() as desk:
        answer = desk.paper_seals.look_up(seat.args.paper)
    found, near = ([_sealed(one) for one in some] for some in (answer.found, answer.near))
    seat.out.give({"files": [], "paper": {"digits": grouped(answer.digits), "found": found, "near": near}})
    for one in answer.found:
        seat.out.say(f"ĐÚNG. {_sealed_words(one)}")
    if not answer.found:
        seat.out.say("KHÔNG TÌM THẤY gói nào có mã niêm phong này trong sổ.")
    for one in answer.near:
        seat.out.say(f"  Có thể gõ nhầm một chữ số của {one.digits}: {_sealed_words(one)}")
    return 0 if answer.found else 1


def _sealed(one: Found) -> dict[str, Any]:
    package = one.package
    return {
        "digits": one.digits,
        "digest": package.digest,
        "direction": "sent" if package.arrival is None else "received",
        "class": package.arrival.value if package.arrival else None,
        "unit": package.unit.code if package.unit else None,
        "unit_name": package.unit_name,
        "programme": package.key.programme,
        "form": package.key.form,
        "period": package.key.period,
        "revision": package.revision,
        "at": package.at.isoformat(),
        "newest": one.is_newest,
        "publications": [issue.id for issue in one.issues],
    }


def _sealed_words(one: Found) -> str:
    package = one.package
    did = "niêm phong" if package.arrival is None else "nhận"
    kept = "" if package.arrival in (None, *MERGED) else f" Gói không được cộng: {ARRIVAL_TITLES[package.arrival]}."
    stands = "Là lần gửi mới nhất." if one.is_newest else "" if kept else "ĐÃ CÓ LẦN GỬI MỚI HƠN."
    when = f"{did} ngày {package.at:%d/%m/%Y}"
    return f"{package.unit_name}, {package.key.programme} {package.key.period}, lần gửi {package.revision}, {when}. {stands}{kept}"


def merge(seat: Seat) -> int:
    files = seat.program.read_files(seat.args.files)
    with seat.desk() as desk, seat.out.progress("Kiểm tra gói") as progress:
        if seat.args.dry_run:
            batch = desk.receiving.preview(files, progress)
        else:
            batch = desk.receiving.receive(files, desk.ledger.person.name, progress)
    seat.out.give({"batch": batch.id, "files": [_line(line) for line in batch.lines]})
    tell_batch(seat.out, batch, preview=seat.args.dry_run)
    return 1 if any(line.arrival is Arrival.REFUSED for line in batch.lines) else 0


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
        if line.arrival not in (*MERGED, Arrival.SAME):
            unit = f" – {line.unit_name}" if line.unit_name else ""
            out.say(f"{line.path}{unit}: {line.message} ({line.code})")
    if preview:
        out.say("Mới xem trước, chưa ghi gì vào sổ.")
    else:
        out.say(
            f"Đợt nhận {batch.id}. Muốn hoàn tác cả đợt: undo SỔ {batch.id}"
            if batch.id
            else "Không có gì mới để ghi vào sổ."
        )


def _verified(codec: Codec, file: Incoming, register: Register | None) -> dict[str, Any]:
    try:
        if file.problem:
            raise file.problem
        return _package(file.path, codec.read(file.data, register))
    except AppError as error:
        empty = dict.fromkeys(("digest", "digits", "unit", "period", "programme", "form", "revision"))
        return {"path": file.path, "ok": False, "code": error.code, "message": error.message, "seals": []} | empty


def _package(path: str, opened: Opened) -> dict[str, Any]:
    return {
        "path": path,
        "ok": True,
        "code": "OK",
        "message": "",
        "digest": opened.digest,
        "digits": opened.digits,
        "unit": opened.unit.code,
        "unit_name": opened.unit_name,
        "period": opened.key.period,
        "programme": opened.key.programme,
        "form": opened.key.form,
        "revision": opened.revision,
        "practice": opened.practice,
        "seals": _seals(opened.seals),
    }


def _seals(seals: Sequence[Seal]) -> list[dict[str, Any]]:
    return [{"keyid": seal.keyid, "role": seal.role, "known": seal.known} for seal in seals]


def _told(file: dict[str, Any]) -> str:
    if not file["ok"]:
        return f"{file['path']}: TỪ CHỐI. {file['message']} ({file['code']})"
    practice = " BẢN THỬ." if file["practice"] else ""
    return (
        f"{file['path']}: ĐÚNG.{practice} {file['unit_name']} ({file['unit']}), {file['programme']} {file['period']}, lần gửi "
        f"{file['revision']}, {len(file['seals'])} niêm phong.\n  Mã niêm phong: {file['digits']}"
    )


def _line(line: BatchLine) -> dict[str, Any]:
    return {
        "path": line.path,
        "class": line.arrival.value,
        "code": line.code,
        "message": line.message,
        "unit": line.unit or None,
        "period": line.period or None,
        "revision": line.revision or None,
        "digest": line.digest or None,
    }
