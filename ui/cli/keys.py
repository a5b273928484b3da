"""Verbs about keys: introducing ours to the office above, trusting those of units below."""

from __future__ import annotations

from forms.office import PERSON_ROLE_TITLES, EnrolledKey
from ui.cli.seat import Seat


def request(seat: Seat) -> int:
    with seat.desk() as desk:
        signer = desk.ledger.own_signer()
        data, fingerprint = desk.enrolment.request(signer)
        person, office = signer.person, desk.office
    name = f"{office.unit.code}_{person.role.value}_{person.keyid[:8]}.bdk"
    file = seat.program.write_file(seat.args.out / name, data)
    seat.out.give({"file": str(file), "keyid": person.keyid, "fingerprint": fingerprint})
    seat.out.say(f"Tệp khóa của {person.name} ({PERSON_ROLE_TITLES[person.role]}, {office.name}): {file}")
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
