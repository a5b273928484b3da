"""Every verb over one open ledger, ready to use: what a screen or a command line is given."""

from __future__ import annotations

from dataclasses import dataclass

from forms.office import Office
from forms.ports import Ledger
from forms.program import Program
from forms.services.enrolment import Enrolment
from forms.services.entry import Entry
from forms.services.hand_units import HandUnits
from forms.services.inspection import Inspection
from forms.services.news_ledger import NewsLedger
from forms.services.receiving import Receiving
from forms.services.sealing import Sealing
from forms.services.summary import Summaries


@dataclass(frozen=True)
class Desk:
    """The services of an open, unlocked ledger."""

    ledger: Ledger
    office: Office
    entry: Entry
    news: NewsLedger
    sealing: Sealing
    enrolment: Enrolment
    receiving: Receiving
    summaries: Summaries
    units: HandUnits
    inspection: Inspection


def open_desk(program: Program, ledger: Ledger) -> Desk:
    """The services over this ledger, whose office is read once: it does not change while the ledger is open."""
    begin, catalogue, units, codec = ledger.begin, program.catalogue, program.units, program.codec
    clock, new_id, version = program.clock, program.new_id, program.version
    with begin() as work:
        office = work.office.get()
    return Desk(
        ledger,
        office,
        Entry(begin, catalogue, clock),
        NewsLedger(begin, catalogue, new_id),
        Sealing(begin, catalogue, codec, clock, new_id, version),
        Enrolment(begin, units, codec, clock, version),
        Receiving(begin, catalogue, units, codec, clock, new_id),
        Summaries(begin, catalogue, units),
        HandUnits(begin, units),
        Inspection(begin, catalogue, codec),
    )
