"""Verbs about an office: its place in the catalogue, its ledger, copies of it."""

from __future__ import annotations

from dataclasses import asdict

from forms.all_services import open_services
from forms.model.office import PERSON_ROLE_TITLES, NewPerson, PersonRole
from forms.model.org_unit import TWO_TIERS, OrgUnit
from forms.model.text import nfc
from forms.org_units.catalogue import OrgUnits
from forms.programmes.followed_programmes import agencies_at, unnamed_in
from forms.services.founding import FoundingPlan, check_password, found, usual_programme
from ui.cli.command_context import Seat
from ui.cli.output import picked

MOST_UNITS = 50


def units(seat: Seat) -> int:
    on = seat.args.on or seat.program.clock().date()
    found_units = seat.program.units.search(seat.args.query, on, MOST_UNITS)
    seat.out.give({"units": found_units})
    rows = [
        (unit.code, ", ".join(seat.program.units.path(unit, on)), f"{unit.valid_from:%d/%m/%Y}") for unit in found_units
    ]
    if rows:
        seat.out.table(("Mã", "Đơn vị", "Từ ngày"), rows)
    else:
        seat.out.say(f"Không có đơn vị nào như “{seat.args.query}” vào ngày {on:%d/%m/%Y}.")
    return 0


def init(seat: Seat) -> int:
    args = seat.args
    today = args.on or seat.program.clock().date()
    made = _made(seat, seat.program.units) if args.unit_name else None
    programme = args.programme or usual_programme(
        seat.program.catalogue, seat.program.units, args.parent if made else args.unit, today
    )
    seat.program.catalogue.programme(programme)
    plan = FoundingPlan(args.unit, _founders(seat), args.collates, args.parent, programme, args.practice, made)
    ledger, recovery = found(seat.program.house, seat.program.units, args.ledger, plan, today)
    try:
        desk = open_services(seat.program, ledger)
        office, people, whole = desk.office, desk.enrolment.people(), desk.units.whole_name(desk.office)
        unit = desk.units.all().by_key(office.unit)
        unnamed = () if office.collates else unnamed_in(desk.catalogue, (programme,), unit, today)
        listed = agencies_at(desk.catalogue, unit.parent or "", today) if unnamed else ()
    finally:
        ledger.close()
    seat.out.give(
        {
            "ledger": str(args.ledger),
            "unit": office.unit.code,
            "person": plan.founders[0].name,
            "recovery_code": recovery,
            "programme": programme,
            "people": [picked(person, "keyid", "name", "role") for person in people],
            "unnamed_in": [one.id for one in unnamed],
            "agencies": list(listed),
        }
    )
    seat.out.say(f"Đã lập sổ của {whole} tại {args.ledger}.")
    for person in people:
        seat.out.say(f"  {PERSON_ROLE_TITLES[person.role]}: {person.name} (khóa {person.keyid})")
    for one in unnamed:
        seat.out.say(
            f"Lưu ý: “{one.short_title}” không nêu tên {office.name}: không giao số liệu nào cho đơn vị, và nơi nhận sẽ không chờ số "
            "liệu của đơn vị.",
            *([f"  Đúng là một cơ quan dưới đây thì lập lại sổ theo tên ấy: {'; '.join(listed)}."] if listed else []),
        )
    seat.out.say("Mã khôi phục, chép ra giấy và cất riêng, chỉ hiện một lần:", f"  {recovery}")
    return 0


def backup(seat: Seat) -> int:
    with seat.desk() as desk:
        now = seat.program.clock()
        default = desk.ledger.folder / "backups" / f"{desk.office.unit.code}_{now:%Y%m%d-%H%M%S}.sbdbackup"
        made = desk.ledger.backup(seat.args.out or default)
    seat.out.give({"file": str(made)})
    seat.out.say(f"Đã sao lưu và kiểm tra bản sao: {made}")
    return 0


def restore(seat: Seat) -> int:
    seat.program.house.restore(seat.args.file, seat.args.ledger)
    seat.out.give({"ledger": str(seat.args.ledger)})
    seat.out.say(f"Đã phục hồi sổ vào {seat.args.ledger}. Mở bằng mật khẩu của ngày sao lưu.")
    return 0


def recover(seat: Seat) -> int:
    """For who has forgotten the password: the printed code lets them choose a new one."""
    args, password = seat.args, seat.password()
    check_password(password)
    ledger = seat.program.house.recover(args.ledger, args.recovery_code, nfc(args.person), password)
    person = ledger.person
    ledger.close()
    seat.out.give({"ledger": str(args.ledger), "person": person.name, "keyid": person.keyid})
    seat.out.say(f"{person.name} mở được sổ bằng mật khẩu mới, với khóa niêm phong mới {person.keyid}.")
    seat.out.say("Xuất tệp khóa (enrol-request) gửi nơi nhận đăng ký; đề nghị nơi nhận thu hồi khóa cũ.")
    return 0


def unit_add(seat: Seat) -> int:
    with seat.desk() as desk:
        unit = desk.units.add(_made(seat, desk.units.all()))
    seat.out.give(asdict(unit))
    seat.out.say(f"Đã thêm {unit.full_name} ({unit.code}) vào sổ, có từ {unit.valid_from:%d/%m/%Y}.")
    return 0


def _made(seat: Seat, units: OrgUnits) -> OrgUnit:
    """The unit that was typed because the catalogue lacks it; as old as the one above unless said otherwise."""
    args, name = seat.args, nfc(seat.args.unit_name)
    since = args.unit_from
    if since is None:
        since = units.get(args.parent, seat.program.clock().date()).valid_from if args.parent else TWO_TIERS
    members = tuple(sorted({one.strip() for one in args.members.split(",") if one.strip()}))
    return OrgUnit(args.unit, name, name, args.unit_kind, args.parent, since, args.unit_to, members)


def _founders(seat: Seat) -> tuple[NewPerson, ...]:
    args, password = seat.args, seat.password()
    if args.head is None:
        return (NewPerson(args.person, args.title, PersonRole.SOLE, password),)
    return (
        NewPerson(args.person, args.title, PersonRole.PREPARER, password),
        NewPerson(args.head, args.head_title, PersonRole.HEAD, seat.head_password()),
    )
