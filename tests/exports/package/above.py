"""An office above with the real package format over a ledger in memory, and communes that seal for it with fixed keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path

from exports.package.codec import PackageCodec
from forms.exchange.brought_files import incoming
from forms.exchange.statements import Batch, Envelope
from forms.model.cell import Cell, given
from forms.model.count import Role
from forms.model.fingerprint import key_id
from forms.model.office import EnrolledKey, Office, Person, PersonRole
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import Report
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import Catalogue, load_all
from forms.services.receiving import Receiving
from forms.services.sealing import sealed_by
from tests.exports.package.parts import CLERK, HEAD, UNIT, FakeSigner
from tests.fakes import FakeLedger, clock, ids

ROOT = Path(__file__).parents[3]
SINCE = date(2025, 7, 1)
Q4 = Period("2025-Q4")
CODEC = PackageCodec()
_numbers = count(1)


@cache
def catalogue() -> Catalogue:
    return load_all()


@cache
def units() -> OrgUnits:
    return OrgUnits.load(ROOT / "resources" / "org_units" / "org_units.tsv")


@dataclass(frozen=True)
class Commune:
    """A unit below; its two keys follow from its code. 19804 has the keys that the hostile corpus is sealed with."""

    code: str
    since: date = SINCE

    @property
    def unit(self) -> UnitKey:
        return UnitKey(self.code, self.since)

    @property
    def signers(self) -> tuple[FakeSigner, FakeSigner]:
        if self.code == UNIT.code:
            return CLERK, HEAD
        return FakeSigner(f"clerk {self.code}", PersonRole.PREPARER), FakeSigner(f"head {self.code}", PersonRole.HEAD)

    def report(self, items: int = 4, revision: int = 1, supersedes: str | None = None, **cells: Cell) -> Report:
        """The quarterly form with totals alone: so many items, all of its own."""
        form = catalogue().form_for("nq28_hue", Q4)
        filled = {name: given(0) for name in form.cells_for(Role.REPORTING)}
        filled |= {"news_counted": given(items), "news_own": given(items)} | cells
        return Report(
            form, self.unit, Role.REPORTING, Q4, cells=filled, revision=revision, supersedes=supersedes
        ).explained("enough_news", "Hỏng loa")

    def sealed(self, report: Report, *, name: str = "Tên tự ghi", seq: int = 1) -> tuple[str, bytes]:
        """(digest, bytes) of a package of this report, sealed by both."""
        id = sha256(f"{next(_numbers)}".encode()).hexdigest()[:32]
        envelope = Envelope(id, name, seq, "cd" * 32, 41, datetime(2026, 1, 5, tzinfo=UTC), "0.1.0", practice=False)
        people = [signer.person for signer in self.signers]
        sealed = sealed_by(CODEC, CODEC.prepare(report, envelope, people, {}), self.signers)
        return sealed.digest, sealed.raw


class Above:
    """Thành phố Huế, which trusts the keys of these communes."""

    def __init__(self, *communes: Commune) -> None:
        city = units().get("46", Q4.last)
        self.ledger = FakeLedger(Office(city.key, city.full_name, collates=True))
        self.receiving = Receiving(self.ledger.begin, catalogue(), units(), CODEC, clock, ids())
        with self.ledger.begin() as work:
            for commune in communes:
                for signer in commune.signers:
                    work.register.add(_enrolled(signer.person, commune.unit))

    def revoke(self, *signers: FakeSigner) -> None:
        with self.ledger.begin() as work:
            for signer in signers:
                work.register.revoke(signer.keyid, clock())

    def receive(self, *files: bytes) -> Batch:
        return self.receiving.receive(incoming((f"{n}.bdg", data) for n, data in enumerate(files)), "Người nhận")

    def preview(self, *files: bytes) -> Batch:
        return self.receiving.preview(incoming((f"{n}.bdg", data) for n, data in enumerate(files)))

    def figures(self) -> Mapping[str, Cell]:
        """What stands for each unit: the counted items of the quarter."""
        with self.ledger.begin() as work:
            heads = [head for key in work.received.keys() for head in work.received.heads(key)]  # noqa: SIM118 - a store
        return {head.unit.code: head.cells["news_counted"] for head in heads}


def _enrolled(person: Person, unit: UnitKey) -> EnrolledKey:
    name = units().by_key(unit).full_name
    return EnrolledKey(
        key_id(person.public_key), person.public_key, unit, name, person.name, person.title, person.role, clock()
    )


def classes(batch: Batch) -> Sequence[str]:
    return [line.arrival.value for line in batch.lines]


def codes(batch: Batch) -> Sequence[str]:
    return [line.code for line in batch.lines]
