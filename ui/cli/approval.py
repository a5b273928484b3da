"""Verbs of two people over one report: the preparer hands it over, the head approves it or gives it back."""

from __future__ import annotations

from forms.errors import NotAllowed
from forms.office import Person, PersonRole
from forms.services.desk import Desk
from forms.text import nfc
from ui.cli.reports import folder_must_be_ready, tell_sealed, written
from ui.cli.seat import Seat


def hand_over(seat: Seat) -> int:
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        head = _head(seat, desk)
        report = desk.approval.hand_over(programme, period, desk.ledger.own_signer(), head, seat.args.reason)
        changes = desk.approval.changes(report)
    seat.out.give(
        {
            "state": report.state.value,
            "revision": report.revision,
            "head": {"keyid": head.keyid, "name": head.name},
            "changes": [
                {"kind": one.kind.value, "where": one.where, "title": one.title, "old": one.old, "new": one.new}
                for one in changes
            ],
        }
    )
    seat.out.say(f"Đã chuyển {head.name} duyệt báo cáo {report.period.words}, lần gửi {report.revision}.")
    seat.out.say(f"{len(changes)} thay đổi so với lần niêm phong trước; {head.name} duyệt bằng lệnh approve.")
    return 0


def approve(seat: Seat) -> int:
    folder_must_be_ready(seat)
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        left = desk.sealing.unwritten(programme, period)
        report, sealed = left or desk.approval.approve(programme, period, desk.ledger.own_signer())
        file = written(seat, report, sealed)
        desk.sealing.exported(programme, period, file)
    tell_sealed(seat, report, sealed, file, resumed=left is not None)
    return 0


def take_back(seat: Seat) -> int:
    with seat.desk() as desk:
        report = desk.approval.take_back(*seat.period(desk), seat.args.remark)
        remark = desk.approval.remark(report)
    seat.out.give({"state": report.state.value, "revision": report.revision, "remark": remark})
    seat.out.say(f"Báo cáo {report.period.words} mở lại để sửa; niêm phong của người lập biểu không còn hiệu lực.")
    if remark:
        seat.out.say(f"Điều cần sửa: {remark}")
    return 0


def _head(seat: Seat, desk: Desk) -> Person:
    """By name, or the only one there is."""
    heads = [person for person in desk.enrolment.people() if person.role is PersonRole.HEAD]
    wanted = nfc(seat.args.head) if seat.args.head else ""
    found = [person for person in heads if wanted in ("", person.name)]
    if len(found) != 1:
        names = ", ".join(person.name for person in heads) or "chưa có ai"
        raise NotAllowed(
            "HEAD_UNCLEAR", f"Không rõ chuyển thủ trưởng nào. Ghi --head TÊN; thủ trưởng của sổ: {names}.", wanted
        )
    return found[0]
