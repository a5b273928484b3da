"""Decides the handing down: which packs, whose password, where the file goes. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from forms.errors import AppError
from forms.office import Person, PersonRole
from forms.pack import Pack, PackState
from forms.ports import Signer
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame

SUPPLY_FILES = "Tệp cấp phát (*.bdc);;Mọi tệp (*)"
_HEADS = (PersonRole.HEAD, PersonRole.SOLE)


class Supplier:
    def __init__(self, desk: Desk, program: Program, frame: Frame) -> None:
        self._desk, self._program, self._frame = desk, program, frame

    def offered(self, chosen: Pack) -> tuple[Pack, ...]:
        """The chosen one, and the newest of every other programme that did not come with the program."""
        newest: dict[str, Pack] = {}
        for pack in self._desk.programmes.packs():
            if pack.state is not PackState.DRAFT and pack.id != chosen.id:
                newest[pack.id] = pack
        return (chosen, *newest.values())

    def heads(self) -> tuple[Person, ...]:
        """Who may seal; who signed in first, since no password is asked of them."""
        own = self._desk.ledger.person.keyid
        found = [person for person in self._desk.enrolment.people() if person.role in _HEADS]
        return tuple(sorted(found, key=lambda person: person.keyid != own))

    def needs_password(self, keyid: str) -> bool:
        return keyid != self._desk.ledger.person.keyid

    def seal(self, packs: Sequence[Pack], keyid: str, password: str) -> bytes | AppError:
        """The file's bytes, or the refusal for the dialog to show."""
        try:
            return self._desk.programmes.supply(packs, self._signer(keyid, password))
        except AppError as error:
            return error

    def write(self, data: bytes) -> None:
        """Where the person wants it."""
        name = f"{self._desk.office.unit.code}_{self._program.clock():%Y-%m-%d}_cap-phat.bdc"
        file = self._frame.ask.save_file("Lưu tệp cấp phát", name, SUPPLY_FILES)
        if file is None:
            return
        try:
            made = self._program.write_file(file, data)
        except AppError as error:
            self._frame.ask.refused(error)
        else:
            self._frame.toast(f"Đã lưu {made.name}. Gửi kèm cho đơn vị bên dưới; nơi nhận cần có khóa của thủ trưởng.")

    def _signer(self, keyid: str, password: str) -> Signer:
        ledger = self._desk.ledger
        return ledger.signer(keyid, password) if self.needs_password(keyid) else ledger.own_signer()
