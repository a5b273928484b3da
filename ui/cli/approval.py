"""Verbs of persons and keys: hand-over, approve, take-back, enrol, revoke.

Verbs of two people over one report: the preparer hands it over, the head approves it or gives it back.

Verbs about keys: introducing ours to the office above, trusting those of units below.
"""

from __future__ import annotations

from forms.all_services import Services
from forms.errors import NotAllowed
from forms.model.office import PERSON_ROLE_TITLES, EnrolledKey, Person, PersonRole
from forms.model.text import nfc
from ui.cli.command_context import Seat
from ui.cli.reports import folder_must_be_ready, tell_sealed, written


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
        file = written(seat, desk, report, sealed)
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


def _head(seat: Seat, desk: Services) -> Person:
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


def request(seat: Seat) -> int:
    with seat.desk() as desk:
        signer = desk.ledger.own_signer()
        data, fingerprint = desk.enrolment.request(signer)
        person, office, whole = signer.person, desk.office, desk.units.whole_name(desk.office)
    name = f"{office.unit.code}_{person.role.value}_{person.keyid[:8]}.bdk"
    file = seat.program.write_file(seat.args.out / name, data)
    seat.out.give({"file": str(file), "keyid": person.keyid, "fingerprint": fingerprint})
    seat.out.say(f"Tệp khóa của {person.name} ({PERSON_ROLE_TITLES[person.role]}, {whole}): {file}")
    seat.out.say("30 chữ số, ghi lên phiếu giấy có đóng dấu để nơi nhận gõ lại:", f"  {fingerprint}")
    return 0


def enrol(seat: Seat) -> int:
    data = seat.read_file(seat.args.file)
    with seat.desk() as desk:
        key = desk.enrolment.enrol(data, seat.args.fingerprint)
    seat.out.give({"keyid": key.keyid, "unit": key.unit.code, "person": key.person, "role": key.role.value})
    seat.out.say(f"Đã đăng ký khóa {key.keyid} của {key.person} ({PERSON_ROLE_TITLES[key.role]}), {key.unit_name}.")
    return 0


def revoke(seat: Seat) -> int:
    with seat.desk() as desk:
        key = desk.enrolment.revoke(seat.args.keyid)
    seat.out.give({"keyid": key.keyid, "unit": key.unit.code, "person": key.person})
    seat.out.say(
        f"Đã thu hồi khóa {key.keyid} của {key.person}, {key.unit_name}. Báo cáo đã nhận trước đây giữ nguyên."
    )
    return 0


def register(seat: Seat) -> int:
    with seat.desk() as desk:
        keys = desk.enrolment.keys()
    seat.out.give({"keys": [_key(key) for key in keys]})
    rows = [
        (
            key.keyid,
            key.unit.code,
            key.unit_name,
            key.person,
            PERSON_ROLE_TITLES[key.role],
            f"thu hồi {key.revoked_at:%d/%m/%Y}" if key.revoked_at else f"từ {key.enrolled_at:%d/%m/%Y}",
        )
        for key in keys
    ]
    seat.out.table(("Khóa", "Mã", "Đơn vị", "Người", "Vai trò", "Hiệu lực"), rows)
    return 0


def _key(key: EnrolledKey) -> dict[str, str | None]:
    return {
        "keyid": key.keyid,
        "unit": key.unit.code,
        "unit_name": key.unit_name,
        "person": key.person,
        "title": key.title,
        "role": key.role.value,
        "enrolled_at": key.enrolled_at.isoformat(timespec="seconds"),
        "revoked_at": key.revoked_at.isoformat(timespec="seconds") if key.revoked_at else None,
    }
