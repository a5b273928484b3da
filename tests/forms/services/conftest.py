"""A commune and the office above it, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from forms.exchange.brought_files import incoming
from forms.model.location import Location
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import EnrolledKey, Office
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import Catalogue, load_all
from forms.services.approval import Approval
from forms.services.bundles import Forwarding
from forms.services.entry import Entry
from forms.services.news import NewsLedger
from forms.services.receiving import Receiving
from forms.services.refused_entries import Refusals
from forms.services.report_session import ReportSession
from forms.services.sealing import Press, Sealing
from forms.services.summary import Summaries
from tests.fakes import FakeCodec, FakeLedger, clock, ids

ROOT = Path(__file__).parents[3]
Q4 = Period("2025-Q4")
SINCE = date(2025, 7, 1)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_all()


@pytest.fixture(scope="session")
def units() -> OrgUnits:
    return OrgUnits.load(ROOT / "resources" / "org_units" / "org_units.tsv")


@dataclass
class Desk:
    """One office with everything it can do."""

    ledger: FakeLedger
    entry: Entry
    news: NewsLedger
    sealing: Sealing
    approval: Approval
    receiving: Receiving
    summaries: Summaries
    forwarding: Forwarding
    codec: FakeCodec

    def session(self, programme: str, period: Period) -> ReportSession:
        refusals, collates = Refusals(self.ledger.begin), self.ledger.state.office.collates
        return ReportSession(self.entry, refusals, self.summaries, Location(programme, period), collates=collates)

    def news_item(self, day: int, title: str = "", **more) -> NewsItem:
        return self.news.save(
            NewsItem("", date(2025, 10, day), title or f"Tin ngày {day}", NewsKind.BRIEF, ("loudspeaker",), **more)
        )

    def seal(self, reason: str = "") -> bytes:
        return self.sealing.seal("nq28_hue", Q4, self.ledger.signers(), reason)[1].raw

    def receive(self, *packages: bytes):
        return self.receiving.receive(incoming((f"{n}.bdg", data) for n, data in enumerate(packages)), "Người nhận")

    def trust(self, commune: Desk) -> None:
        with self.ledger.begin() as work:
            for person in commune.ledger.state.people:
                office = commune.ledger.state.office
                work.register.add(
                    EnrolledKey(
                        person.keyid,
                        person.public_key,
                        office.unit,
                        office.name,
                        person.name,
                        person.title,
                        person.role,
                        datetime(2025, 7, 2),
                    )
                )


@pytest.fixture
def make(catalogue, units):
    codec, new_id = FakeCodec(), ids()

    def desk(
        code: str,
        name: str,
        *,
        collates: bool = False,
        since: date = SINCE,
        practice: bool = False,
        kind: str = "commune",
        packs: Catalogue = catalogue,
        ledger: FakeLedger | None = None,
    ) -> Desk:
        parent = None if code == "46" else "46"
        office = Office(UnitKey(code, since), name, collates, parent, practice=practice, kind=kind)
        ledger = ledger or FakeLedger(office)
        begin, summaries = ledger.begin, Summaries(ledger.begin, packs, units, codec)
        press = Press(packs, codec, clock, new_id, "1.0.0", summaries.figures_in, units)
        entry = Entry(begin, packs, clock, units)
        return Desk(
            ledger,
            entry,
            NewsLedger(begin, packs),
            Sealing(begin, press),
            Approval(begin, press),
            Receiving(begin, packs, units, codec, clock, new_id),
            summaries,
            Forwarding(begin, packs, summaries, codec, clock, new_id, "1.0.0"),
            codec,
        )

    return desk


@pytest.fixture
def commune(make, units):
    unit = units.children("46", date(2025, 12, 31))[0]
    return make(unit.code, unit.full_name, since=unit.valid_from)


@pytest.fixture
def office(make, units, commune):
    unit = units.get("46", date(2025, 12, 31))
    desk = make("46", unit.full_name, collates=True, since=unit.valid_from)
    desk.trust(commune)
    return desk
