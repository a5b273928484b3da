"""The office that receives in the benches: a real encrypted ledger whose register knows every commune."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.communes import OFFICE, Commune
from forms.model.office import NewPerson, Office, PersonRole
from forms.org_units.catalogue import OrgUnits
from forms.ports import Ledger
from forms.services.receiving import Receiving
from main import MainApplication
from storage.ledger_store import SqlLedgerStore
from storage.wrapping import LIGHT

PASSWORD = "mật khẩu để đo"
OFFICER = NewPerson("Người đo", "Chuyên viên", PersonRole.SOLE, PASSWORD)


class Bench:
    """One temporary folder and the parts of the program, with passwords that cost little to try."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = MainApplication()
        self.house = SqlLedgerStore(self.program.clock, _no_upgrade, LIGHT)

    def found(
        self, name: str, office: Office = OFFICE, communes: Iterable[Commune] = (), *, dear: bool = False
    ) -> Path:
        """A closed ledger in which the communes' keys are enrolled; `dear`: a guess of its password costs what it does in an
        office."""
        folder = self.folder / name
        house = self.program.house if dear else self.house
        ledger, _ = house.create(folder, office, [OFFICER])
        with ledger.begin() as work:
            for commune in communes:
                for key in commune.enrolled():
                    work.register.add(key)
        ledger.close()
        return folder

    @contextmanager
    def copy_of(self, ledger: Path) -> Iterator[Ledger]:
        """A copy of that ledger, open; thrown away afterwards."""
        copy = self.folder / "copy"
        shutil.copytree(ledger, copy)
        opened = self.house.open(copy, PASSWORD)
        try:
            yield opened
        finally:
            opened.close()
            shutil.rmtree(copy)

    def receiving(self, ledger: Ledger, units: OrgUnits) -> Receiving:
        program = self.program
        return Receiving(ledger.begin, program.catalogue, units, program.codec, program.clock, program.new_id)


def _no_upgrade(_connection: object) -> None:
    raise RuntimeError("a ledger made a moment ago is never behind")
