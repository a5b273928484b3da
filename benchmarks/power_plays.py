"""What the power-cut rig records: days at work in a practice ledger, each act done by the program's own services.

A play is done in a child that benchmarks/syscalls.py watches. After each commit the child says what the ledger holds (a digest
of every row), and after each act that the person would now be told it is done.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from benchmarks.communes import OFFICE, QUARTER, SINCE, YEAR
from benchmarks.merge import Stick
from benchmarks.office import OFFICER, Bench
from benchmarks.office import PASSWORD as OFFICE_PASSWORD
from forms.all_services import Services, open_services
from forms.model.cell import given
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.org_unit import UnitKey
from forms.ports import Ledger
from forms.services.practice import quarter_news, year_figures
from forms.services.sealing import package_name
from storage.ledger import OpenLedger
from storage.ledger_store import SqlLedgerStore
from storage.migrations.upgrade import bring_up_to_date
from storage.work import Database
from storage.wrapping import LIGHT, Kdf

LEDGER, STICK = "so", "usb"  # in the folder that is watched: the ledger, and where files are taken away to
PROGRAMME = "nq28_hue"
LAN = NewPerson("Nguyễn Thị Lan", "Công chức", PersonRole.PREPARER, "bốn từ dễ nhớ")
HUNG = NewPerson("Trần Văn Hùng", "Chủ tịch", PersonRole.HEAD, "một câu thật dài")
COMMUNE = Office(
    UnitKey("19804", SINCE), "Xã Bình Điền", parent="46", programme=PROGRAMME, practice=True, kind="commune"
)
COMMUNES = 24
OLD = Path(__file__).parents[1] / "tests" / "old_data" / "schema-1" / "xa"
PAGE, TORN = 4096, 6
EVIDENCE = b"%PDF-1.4\n" + bytes(range(256)) * 600  # 150 KB: taken away again, it leaves some forty free pages


@dataclass(frozen=True)
class Play:
    """`start`: the folder as it stands before; `act`: what is done in it. `goes_on`: in a ledger that is there."""

    name: str
    start: Callable[[Path], None]
    act: Callable[[Teller, Path], None]
    password: str = LAN.password
    goes_on: bool = True


class Teller:
    """Says what a person could rely on: inside the child, between its system calls."""

    def __init__(self, say: Callable[[bytes], None], *, early: bool = False) -> None:
        self._say, self._early = say, early

    def stands(self, rows: str | None) -> None:
        """This is in the ledger from now on, whether or not somebody was told."""
        self._tell(state=rows)

    def begins(self, **what: Any) -> None:
        """An act begins. A control that tells too early has told its end already."""
        self._tell(begins=True, **what)
        if self._early:
            self._tell(done=True, early=True)

    def done(self, **what: Any) -> None:
        """The person is told that it is done. `file`: with this content; `opens`: the passwords that count."""
        self._tell(done=True, **what)

    def file(self, place: Path, root: Path) -> None:
        """A file stands ready to be taken away."""
        self.done(file=place.relative_to(root).as_posix(), sha256=hashlib.sha256(place.read_bytes()).hexdigest())

    def listen(self) -> None:
        """From now on each commit is told. Only ever in a child that ends soon."""
        commit, teller = Database._commit, self

        def told(database: Database, *rest: Any) -> None:
            commit(database, *rest)
            teller.stands(rows_of(database._raw))

        Database._commit = told  # type: ignore[assignment,method-assign]

    def _tell(self, **what: Any) -> None:
        self._say(json.dumps(what).encode())


def rows_of(connection: dbapi2.Connection) -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        rows = connection.execute(f'SELECT * FROM "{table}"')
        digest.update(repr((table, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()


def rows_in(ledger: Ledger) -> str:
    assert isinstance(ledger, OpenLedger)
    with ledger._database.connection() as connection:
        return rows_of(connection)


def passwords_cost_little() -> None:
    """Argon2id gives the same for the same: once for each password and salt is enough for a rig."""
    Kdf.derive = cache(Kdf.derive)  # type: ignore[method-assign]


class Stage:
    """The ledgers that plays begin with, made once."""

    def __init__(self, folder: Path) -> None:
        self.bench = Bench(folder)
        self.program = self.bench.program
        self.house = SqlLedgerStore(self.program.clock, bring_up_to_date, LIGHT)
        self._stick: Stick | None = None

    def plays(self) -> tuple[Play, ...]:
        return (
            Play("gõ số liệu, tin, minh chứng", self.commune, self._type),
            Play("niêm phong, đính chính", self.commune, self._seal),
            Play("nhận gói, hoàn tác, nhận lại", self.office, self._receive, OFFICE_PASSWORD),
            Play("người và mật khẩu", self.commune, self._people),
            Play("sao lưu, đóng, mở lại", self.commune, self._back_up),
            Play("mở sổ có trang trống bị rách", self._torn, self._mend),
            Play("mở sổ của bản phần mềm cũ", self._old, self._bring_up_to_date),
            Play("lập sổ, phục hồi", self._backup_only, self._found, goes_on=False),
        )

    def open(self, folder: Path, password: str = LAN.password) -> Ledger:
        return self.house.open(folder / LEDGER, password)

    def commune(self, root: Path) -> None:
        """A commune's ledger with a year's figures, and free pages where a scanned page was."""
        made = self.bench.folder / "commune"
        if not made.exists():
            ledger, _ = self.house.create(made, COMMUNE, [LAN, HUNG])
            desk = open_services(self.program, ledger)
            desk.entry.take(year_figures(desk.entry.open(PROGRAMME, YEAR), 6))
            desk.entry.take(quarter_news(desk.entry.open(PROGRAMME, QUARTER), 6))
            _evidence_comes_and_goes(desk)
            ledger.close()
        _copy(made, root)

    def office(self, root: Path) -> None:
        """An office above that knows the communes' keys, and has taken a batch back: free pages."""
        if self._stick is None:
            self._stick = Stick(self.bench, COMMUNES)
            self.bench.found("office", OFFICE, self._stick.communes)
            with self._open_office(self.bench.folder / "office") as ledger:
                self._stick.receive(ledger, QUARTER)
                self._undo(ledger)
        _copy(self.bench.folder / "office", root)

    @contextmanager
    def _open_office(self, folder: Path) -> Iterator[Ledger]:
        ledger = self.house.open(folder, OFFICER.password)
        try:
            yield ledger
        finally:
            ledger.close()

    def _undo(self, ledger: Ledger) -> None:
        assert self._stick is not None
        with ledger.begin() as work:
            batch = work.received.batches()[-1][0]
        self.bench.receiving(ledger, self._stick.units).undo(batch)

    def _type(self, teller: Teller, root: Path) -> None:
        with self._at_work(teller, root) as (desk, do):
            report = desk.entry.open(PROGRAMME, YEAR)
            for number, name in enumerate(report.expected_cells[:10]):
                do(desk.entry.put_cell, report, name, given(1000 + number))
            do(desk.entry.explain, report, "unusual", "Số liệu đã đối chiếu")
            _evidence_comes_and_goes(desk, do)
            for number, name in enumerate(report.expected_cells[5:10]):
                do(desk.entry.put_cell, report, name, given(2000 + number))
            _evidence_comes_and_goes(desk, do)
            do(desk.entry.take, year_figures(desk.entry.open(PROGRAMME, YEAR), 6))

    def _seal(self, teller: Teller, root: Path) -> None:
        with self._at_work(teller, root) as (desk, do):
            ledger = desk.ledger
            head = next(one for one in desk.enrolment.people() if one.role is PersonRole.HEAD)
            signers = (ledger.own_signer(), ledger.signer(head.keyid, HUNG.password))
            for items in (6, 7):
                desk.entry.take(quarter_news(desk.entry.open(PROGRAMME, QUARTER), items), correct=True)
                report, sealed = do(desk.sealing.seal, PROGRAMME, QUARTER, signers, "Bổ sung")
                teller.begins()
                written = self.program.write_file(root / STICK / "goi" / package_name(report), sealed.raw)
                teller.file(written, root)
                do(desk.sealing.exported, PROGRAMME, QUARTER, written.name)

    def _receive(self, teller: Teller, root: Path) -> None:
        stick = self._stick
        assert stick is not None
        with self._at_work(teller, root, OFFICE_PASSWORD) as (desk, do):
            for period in (QUARTER, YEAR):
                do(stick.receive, desk.ledger, period)
                do(self._undo, desk.ledger)
                do(stick.receive, desk.ledger, period)

    def _people(self, teller: Teller, root: Path) -> None:
        with self._at_work(teller, root) as (desk, do):
            ledger = desk.ledger
            assert isinstance(ledger, OpenLedger)
            added = do(ledger.add_person, "Lê Thị Hòa", "Văn thư", PersonRole.PREPARER, "bốn từ khác hẳn")
            for password in ("mật khẩu thứ hai", "mật khẩu thứ ba"):
                teller.begins(opens=password)
                ledger.change_password(password)
                teller.done(opens=password)
            do(ledger.new_recovery_code)
            do(ledger.remove_person, added.keyid)

    def _back_up(self, teller: Teller, root: Path) -> None:
        for number in range(2):
            with self._at_work(teller, root) as (desk, do):
                report = desk.entry.open(PROGRAMME, YEAR)
                do(desk.entry.put_cell, report, report.expected_cells[0], given(3000 + number))
                teller.begins()
                teller.file(desk.ledger.backup(root / STICK / f"ban-{number}.sbdbackup"), root)
                do(desk.ledger.automatic_backup)

    def _backup_only(self, root: Path) -> None:
        """No ledger yet: a stick with a backup."""
        made = self.bench.folder / "backup-only"
        if not made.exists():
            self.commune(made)
            ledger = self.open(made)
            ledger.backup(made / STICK / "ban.sbdbackup")
            ledger.close()
            shutil.rmtree(made / LEDGER)
        shutil.copytree(made, root, dirs_exist_ok=True)

    def _torn(self, root: Path) -> None:
        """As a cut left it: pages at the end of the file, which nothing uses, are torn."""
        self.commune(root)
        with (root / LEDGER / "ledger.db").open("r+b") as file:
            for page in range(1, TORN + 1):
                file.seek(-page * PAGE + 512, 2)
                file.write(b"Z" * 512)
        (root / LEDGER / "lock").write_text("left by a power cut")

    def _mend(self, teller: Teller, root: Path) -> None:
        with self._at_work(teller, root) as (desk, do):
            assert f"{TORN} trang trống" in desk.ledger.notices[0]
            report = desk.entry.open(PROGRAMME, YEAR)
            do(desk.entry.put_cell, report, report.expected_cells[0], given(4000))
            _evidence_comes_and_goes(desk, do)

    def _old(self, root: Path) -> None:
        shutil.copytree(OLD, root / LEDGER)
        (root / STICK).mkdir()

    def _bring_up_to_date(self, teller: Teller, root: Path) -> None:
        with self._at_work(teller, root) as (desk, do):
            report = desk.entry.open(PROGRAMME, YEAR)
            do(desk.entry.put_cell, report, report.expected_cells[0], given(5000))

    def _found(self, teller: Teller, root: Path) -> None:
        """A ledger in a new folder below a new folder; one in a folder that is there and empty; one restored."""
        (root / "trong").mkdir()
        for place in ("moi/nam/so", "trong"):
            teller.begins(ledger=place)
            ledger, _ = self.house.create(root / place, COMMUNE, [LAN])
            teller.done(ledger=place)
            ledger.close()
        teller.begins(ledger="lai/so")
        self.house.restore(root / STICK / "ban.sbdbackup", root / "lai" / "so")
        teller.done(ledger="lai/so")

    @contextmanager
    def _at_work(
        self, teller: Teller, root: Path, password: str = LAN.password
    ) -> Iterator[tuple[Services, Callable[..., Any]]]:
        """The desk, and a way to do an act of which the person is told."""
        ledger = self.open(root, password)

        def do(act: Callable[..., Any], *arguments: Any) -> Any:
            teller.begins()
            result = act(*arguments)
            teller.done()
            return result

        teller.stands(rows_in(ledger))
        teller.done()
        try:
            yield open_services(self.program, ledger), do
        finally:
            ledger.close()


def _evidence_comes_and_goes(desk: Services, do: Callable[..., Any] | None = None) -> None:
    """A scanned page is attached, taken away and forgotten: its pages in the ledger become free."""
    act = do or (lambda act, *arguments: act(*arguments))
    item = desk.news.list(QUARTER)[0]
    with_file = act(desk.news.attach, item, "quet.pdf", EVIDENCE)
    act(desk.news.detach, with_file, with_file.files[-1].digest)
    act(desk.news.sweep)


def _copy(ledger: Path, root: Path) -> None:
    shutil.copytree(ledger, root / LEDGER)
    (root / STICK).mkdir()


def all_said(texts: Iterable[bytes]) -> Sequence[dict[str, Any]]:
    said = []
    for text in texts:
        with suppress(ValueError):
            said.append(json.loads(text))
    return said
