"""Verbs that print: report, letters, the check of a layout.

Verbs about our own report of a period: check, seal.

The verb that measures a finished PDF or Word file against the decree; no ledger is needed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict

from forms.all_services import Services
from forms.checks import all_checks
from forms.errors import AppError, ReportStateError, StorageError
from forms.exchange.statements import Sealed
from forms.model.count import Role
from forms.model.finding import Finding
from forms.model.location import Location
from forms.model.office import PersonRole
from forms.model.report import Report
from forms.ports import Signer
from forms.services.bundles import bundle_name
from forms.services.sealing import package_name
from ui.cli.command_context import Seat

LEVEL_TITLES = {"error": "Lỗi", "warning": "Cảnh báo", "hint": "Gợi ý"}


def check(seat: Seat) -> int:
    with seat.desk() as desk:
        found = desk.session(Location(*seat.period(desk))).found
    blocking = all_checks.blocking(found)
    seat.out.give({"ok": not blocking, "problems": [_problem(finding) for finding in found]})
    for finding in found:
        mark = " (đã ghi lý do)" if finding.explained else ""
        seat.out.say(f"{LEVEL_TITLES[finding.level]}{mark}: {finding.message} [{finding.check}]")
    seat.out.say(
        f"Chưa niêm phong được, còn {len(blocking)} điểm." if blocking else "Báo cáo không còn điểm nào phải xử lý."
    )
    return 1 if blocking else 0


def seal(seat: Seat) -> int:
    folder_must_be_ready(seat)
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        left = None if seat.args.again else desk.sealing.unwritten(programme, period)
        if seat.args.revision is not None:
            report, sealed = desk.sealing.earlier(programme, period, seat.args.revision)
        elif seat.args.again:
            report, sealed = desk.sealing.last(programme, period)
        else:
            report, sealed = left or desk.sealing.seal(programme, period, _signers(seat, desk), seat.args.reason)
        file = written(seat, desk, report, sealed)
        only_own = report.role is Role.SUMMING and desk.office.parent
    tell_sealed(seat, report, sealed, file, resumed=left is not None)
    if only_own:
        seat.out.note(
            "Gói này chỉ có phần riêng của đơn vị. Cấp trên cộng được số của cấp dưới thì cần gói chuyển: dùng forward."
        )
    return 0


def tell_sealed(seat: Seat, report: Report, sealed: Sealed, file: str, *, resumed: bool) -> None:
    """`resumed`: it was sealed before, and only its file was missing."""
    seat.out.give(
        {
            "resumed": resumed,
            "file": file,
            "digest": sealed.digest,
            "revision": report.revision,
            "supersedes": report.supersedes,
            "digits": sealed.digits,
        }
    )
    if resumed:
        seat.out.say(
            f"Báo cáo {report.period.words}, lần gửi {report.revision} đã niêm phong từ trước nhưng chưa ghi được tệp: phần mềm bị "
            "ngắt hoặc ổ đĩa báo lỗi giữa chừng. Nay ghi lại đúng gói ấy, không niêm phong lần nữa."
        )
    seat.out.say(f"Đã niêm phong báo cáo {report.period.words}, lần gửi {report.revision}: {file}")
    seat.out.say(f"Mã niêm phong: {sealed.digits}")


def forward(seat: Seat) -> int:
    """What was received and counted, with the own part, in one file for the office above."""
    folder_must_be_ready(seat)
    with seat.desk() as desk:
        programme, period = seat.period(desk)
        sealed, content = desk.forwarding.forward(programme, period, _signers(seat, desk)[-1])
        file = str(seat.program.write_file(seat.args.out / bundle_name(desk.office.unit, content), sealed.raw))
    seat.out.give(
        {
            "file": file,
            "digest": sealed.digest,
            "digits": sealed.digits,
            "revision": content.revision,
            "originals": len(content.originals),
            "missing": [one.unit.code for one in content.missing],
            "on_behalf": [one.unit.unit.code for one in content.on_behalf],
        }
    )
    seat.out.say(
        f"Đã niêm phong gói chuyển lần {content.revision}: {len(content.originals)} gói, {len(content.on_behalf)} bản nhập thay, "
        f"còn thiếu {len(content.missing)} đơn vị: {file}",
        f"Mã niêm phong: {sealed.digits}",
    )
    return 0


def folder_must_be_ready(seat: Seat) -> None:
    """A report is sealed once: whether its package can be written is asked before."""
    folder = seat.args.out
    try:
        folder.mkdir(parents=True, exist_ok=True)
        usable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        usable = False
    if not usable:
        raise StorageError(
            "FOLDER_READONLY",
            f"Không ghi được vào thư mục {folder}. Chọn thư mục khác; lần này chưa niêm phong gì.",
            str(folder),
        )


def _signers(seat: Seat, desk: Services) -> Sequence[Signer]:
    """The signed-in person, and the head of unit where the ledger has one."""
    own = desk.ledger.own_signer()
    heads = [person for person in desk.enrolment.people() if person.role is PersonRole.HEAD]
    if own.person.role is not PersonRole.PREPARER or not heads:
        return (own,)
    return (own, desk.ledger.signer(heads[0].keyid, seat.head_password()))


def written(seat: Seat, desk: Services, report: Report, sealed: Sealed) -> str:
    """The package file. Trouble after sealing leaves a sealed report, so the refusal says how to go on; a package of that
    name from another ledger of the unit is not ours to replace."""
    file = seat.args.out / package_name(report)
    try:
        if file.exists() and seat.read_file(file) != sealed.raw:
            raise StorageError("FILE_EXISTS", f"Đã có tệp {file} với nội dung khác. Chọn thư mục khác.", str(file))
        return str(desk.sealing.write(seat.program, seat.args.out, report, sealed))
    except AppError as error:
        message = f"{error.message} Báo cáo đã niêm phong xong; chạy lại với --again để chỉ ghi tệp gói."
        raise ReportStateError(error.code, message, error.where) from error


def _problem(finding: Finding) -> dict[str, object]:
    return {
        "level": finding.level,
        "check": finding.check,
        "cells": list(finding.cells),
        "message": finding.message,
        "explained": finding.explained,
    }


def lint(seat: Seat) -> int:
    """What deviates from NĐ 30/2020/NĐ-CP in the file. Exit code 1 if anything does."""
    found = seat.program.layout_faults(seat.read_file(seat.args.file))
    faults = [asdict(deviation) | {"item": deviation.item.value} for deviation in found]
    seat.out.give({"ok": not found, "file": str(seat.args.file), "deviations": faults})
    for deviation in found:
        seat.out.say(f"{deviation.item.value}: {deviation.where}: {deviation.found} (quy định: {deviation.allowed})")
    seat.out.say(
        f"{len(found)} sai lệch so với Nghị định 30/2020/NĐ-CP." if found else "Thể thức đúng, không có sai lệch."
    )
    return 1 if found else 0
