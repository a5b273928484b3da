"""Decides what the register of keys (sổ khóa) shows, and lets a key in by the digits on its sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.model.office import PERSON_ROLE_TITLES, EnrolledKey
from forms.model.org_unit import OrgUnit
from forms.model.text import collation_key
from forms.org_units.catalogue import UnknownUnit, name_of
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, row
from ui.desktop.shell import Shell, accepted

DIGITS = 30
KEY_FILES = "Tệp đăng ký khóa (*.bdk);;Mọi tệp (*)"
KEY_COLUMNS = (
    ListColumnHead("Đơn vị"),
    ListColumnHead("Người giữ khóa", 220),
    ListColumnHead("Vai trò", 170),
    ListColumnHead("Đăng ký ngày", 120),
    ListColumnHead("Trạng thái", 270),
    ListColumnHead("Mã khóa", 110),
)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who a key file says it belongs to; believed only once the digits were typed from paper."""

    unit: str
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The keys, and who asks to be let in; `own` are those that are enrolled here and can be revoked;
    `counted` says how many digits are typed, `complete` whether they are all there.
    The rows and the applicant are the same objects until they are others."""

    keys: tuple[ListRow, ...] = ()
    own: frozenset[str] = frozenset()
    applicant: Applicant | None = None
    counted: str = ""
    complete: bool = False
    problem: str = ""


class RegisterPresenter:
    def __init__(
        self, show: Callable[[RegisterPage], object], desk: Services, program: Application, frame: Shell
    ) -> None:
        self._show, self._desk, self._program, self._frame = show, desk, program, frame
        self._page = RegisterPage()
        self._data = b""

    def refresh(self) -> None:
        keys = self._desk.enrolment.keys()
        in_order = sorted(keys, key=lambda key: (key.revoked, collation_key(key.unit_name), key.role))
        vouched = sorted(self._desk.enrolment.vouched(), key=lambda one: collation_key(one.key.unit_name))
        rows = (*map(_key_row, in_order), *(_key_row(one.key, one.by.name) for one in vouched))
        self._now(keys=rows, own=frozenset(key.keyid for key in keys))

    def choose_file(self) -> None:
        """A key file from a unit below."""
        for path in self._frame.ask.open_files("Chọn tệp đăng ký khóa", KEY_FILES)[:1]:
            self.open(path)

    def open(self, path: Path) -> None:
        (file,) = self._program.read_files([path])
        try:
            if file.problem:
                raise file.problem
            request = self._desk.enrolment.read(file.data)
        except AppError as error:
            self._frame.ask.refused(error)
            return
        self._data = file.data
        # Only a unit that the catalogue lacks is called as the file calls it.
        unit = f"{name_of(self._desk.units.all(), request.unit) or request.unit_name} (mã {request.unit.code})"
        person = f"{request.person}, {request.title}" if request.title else request.person
        self._page = replace(
            self._page, applicant=Applicant(unit, person, PERSON_ROLE_TITLES[request.role]), problem=""
        )
        self.typed("")

    def typed(self, text: str) -> None:
        """While the digits are being typed: how many are there."""
        found = len(re.sub(r"\D", "", text))
        words = f"{found} trong {DIGITS} chữ số" if found <= DIGITS else f"Thừa {found - DIGITS} chữ số"
        self._now(counted=words, complete=found == DIGITS)

    def enrol(self, text: str) -> None:
        """By the digits typed from paper. An agency that the catalogue lacks is made a unit below us, once confirmed."""
        try:
            key = self._enrolled(text)
        except AppError as error:
            self._now(problem=error.message)
            return
        self.give_up()
        self._frame.toast(f"Đã đăng ký khóa của {key.person}, {key.unit_name}.")
        self.refresh()

    def give_up(self) -> None:
        self._data = b""
        self._now(applicant=None, problem="")

    def revoke(self, keyid: str) -> None:
        """From now on, once confirmed."""
        known = self._desk.enrolment.keys()
        key = next((key for key in known if key.keyid == keyid), None)
        if key is None or not self._frame.ask.confirm(
            f"Thu hồi khóa của {key.person}?",
            f"{key.unit_name}: gói mới niêm phong bằng khóa này sẽ bị từ chối. Số liệu đã nhận giữ nguyên. "
            "Muốn gửi tiếp, đơn vị phải đăng ký khóa khác.",
            "Thu hồi",
        ):
            return
        if accepted(self._frame.ask, lambda: self._desk.enrolment.revoke(keyid)):
            self._frame.toast(f"Đã thu hồi khóa của {key.person}, {key.unit_name}.")
            self.refresh()

    def _enrolled(self, text: str) -> EnrolledKey:
        try:
            return self._desk.enrolment.enrol(self._data, text)
        except UnknownUnit:
            request, office = self._desk.enrolment.read(self._data), self._desk.office
            if not self._frame.ask.confirm(
                f"Thêm {request.unit_name} vào danh sách đơn vị?",
                f"Danh mục chưa có đơn vị mã {request.unit.code}. Thêm thành cơ quan thuộc {office.name} rồi đăng ký khóa.",
                "Thêm và đăng ký",
            ):
                raise
        name, (code, since) = request.unit_name, request.unit
        self._desk.units.add(OrgUnit(code, name, name, "agency", office.unit.code, since))
        return self._desk.enrolment.enrol(self._data, text)

    def _now(self, **changed: Any) -> None:
        self._page = replace(self._page, **changed)
        self._show(self._page)


def _key_row(key: EnrolledKey, by: str = "") -> ListRow:
    """`by`: who vouches for a key that is not enrolled here; it holds for what that office forwards, as long as it does."""
    state = ListItem(f"Do {by} giới thiệu", "accent", "hint") if by else ListItem("Đang dùng", "good", "done")
    if key.revoked_at:
        state = ListItem(f"Thu hồi {key.revoked_at:%d/%m/%Y}", "error", "error")
    return row(
        key.keyid,
        key.unit_name,
        f"{key.person}, {key.title}" if key.title else key.person,
        PERSON_ROLE_TITLES[key.role],
        "" if by else f"{key.enrolled_at:%d/%m/%Y}",
        state,
        ListItem(key.keyid[:8], "muted"),
        note=f"Mã khóa {key.keyid}",
    )
