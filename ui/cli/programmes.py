"""Verbs about programmes: what an office knows and follows, handing packs down, taking those handed down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from forms.all_services import Services
from forms.errors import InputRefused
from forms.model.office import PersonRole
from forms.ports import Signer
from forms.programmes.pack import Pack, PackState
from forms.programmes.pack_outline import PackChange
from forms.programmes.programme import Programme, unverified
from ui.cli.command_context import Seat
from ui.cli.output import picked

ORIGIN_TITLES = {
    "shipped": "kèm phần mềm",
    PackState.RELEASED: "đơn vị phát hành",
    PackState.RECEIVED: "cấp trên cấp",
    PackState.DRAFT: "bản soạn",
}
_PACK = re.compile(r"([a-z][a-z0-9_]{0,63})(?:\.v([1-9][0-9]{0,3}))?")


def programmes(seat: Seat) -> int:
    """Each programme in its newest version, then the drafts."""
    with seat.desk() as desk:
        packs = {(pack.id, pack.version): pack.state for pack in desk.programmes.packs()}
        followed = {programme.id for programme in desk.programmes.followed()}
        shown = [_shown(desk, programme, followed, packs) for programme in desk.catalogue.newest]
        drafts = [
            picked(pack, "version", programme="id") | {"title": pack.programme().title}
            for pack in desk.drafting.drafts()
        ]
    seat.out.give({"programmes": shown, "drafts": drafts})
    rows = [
        (
            "x" if one["followed"] else "",
            f"{one['programme']}.v{one['version']}",
            one["title"],
            ORIGIN_TITLES[one["origin"]],
            str(len(one["unverified"])),
        )
        for one in shown
    ]
    rows += [("", f"{one['programme']}.v{one['version']}", one["title"], "bản soạn", "") for one in drafts]
    seat.out.table(("Theo", "Mã", "Chương trình", "Từ đâu", "Chưa đối chiếu"), rows, {4})
    return 0


def supply(seat: Seat) -> int:
    with seat.desk() as desk:
        packs = [_pack(desk, name) for name in dict.fromkeys(seat.args.pack)]
        data = desk.programmes.supply(packs, _head(seat, desk))
    file = seat.program.write_file(seat.args.out, data)
    seat.out.give({"file": str(file), "packs": [picked(pack, "version", programme="id") for pack in packs]})
    seat.out.say(f"Đã niêm phong tệp cấp phát: {file}")
    for pack in packs:
        seat.out.say(f"  {pack.folder}")
    seat.out.say("Nơi nhận phải có khóa của thủ trưởng trong sổ khóa (enrol-request, enrol) rồi mới nhận được.")
    return 0


def take(seat: Seat) -> int:
    data = seat.read_file(seat.args.file)
    with seat.desk() as desk:
        seen = desk.programmes.look(data)
        known = set(desk.catalogue.keys)
        packs = [
            _handed(pack, (pack.id, pack.version) not in known, desk.programmes.changes_in(pack)) for pack in seen.packs
        ]
        if not seat.args.preview:
            desk.programmes.take(data, follow=seat.args.follow)
    who = picked(seen, "digest", "issuer_name", "person") | {"issuer": seen.issuer.code}
    seat.out.give(who | {"packs": packs, "taken": not seat.args.preview})
    seat.out.say(f"{seen.issuer_name}, {seen.person} niêm phong:")
    for one in packs:
        seat.out.say(f"  {one['programme']}.v{one['version']} {one['title']}: {'mới' if one['new'] else 'đã có'}")
        for change in one["changes"]:
            seat.out.say(f"    {change['where']}: {change['old'] or '(không có)'} → {change['new'] or '(bỏ)'}")
    seat.out.say("Mới xem trước, chưa ghi gì vào sổ." if seat.args.preview else "Đã nhận vào sổ.")
    return 0


def _shown(
    desk: Services, programme: Programme, followed: set[str], packs: Mapping[tuple[str, int], PackState]
) -> dict[str, Any]:
    return {
        **picked(programme, "version", "title", "document", "issuer", "source", "sha256", programme="id"),
        "versions": sorted(version for id, version in desk.catalogue.keys if id == programme.id),
        "origin": str(packs.get((programme.id, programme.version), "shipped")),
        "followed": programme.id in followed,
        "basis": desk.programmes.basis(programme.id),
        "unverified": unverified(programme),
    }


def _pack(desk: Services, name: str) -> Pack:
    """`nq28` or `nq28.v2`. Raises InputRefused PROGRAMME_UNKNOWN."""
    found = _PACK.fullmatch(name)
    if found is None:
        raise InputRefused(
            "PROGRAMME_UNKNOWN", f"Không hiểu “{name[:60]}”. Ghi mã chương trình, ví dụ nq28 hoặc nq28.v2.", name[:60]
        )
    id, version = found[1], int(found[2]) if found[2] else None
    draft = desk.drafting.draft(id, version) if version else None
    return draft or desk.programmes.files(id, version)  # a draft is refused by the service, in its own words


def _head(seat: Seat, desk: Services) -> Signer:
    """Who signed in, or the head of unit where that is another person."""
    own = desk.ledger.own_signer()
    heads = [person for person in desk.enrolment.people() if person.role is PersonRole.HEAD]
    if own.person.role is not PersonRole.PREPARER or not heads:
        return own
    return desk.ledger.signer(heads[0].keyid, seat.head_password())


def _handed(pack: Pack, new: bool, changes: tuple[PackChange, ...]) -> dict[str, Any]:
    told = [picked(one, "where", "old", "new") for one in changes]
    return {**picked(pack, "version", programme="id"), "title": pack.programme().title, "new": new, "changes": told}
