"""Every verb over one open ledger, ready to use: what a screen or a command line is given."""

from __future__ import annotations

from dataclasses import dataclass

from forms.application import Application
from forms.model.location import Location
from forms.model.office import Office
from forms.ports import BeginWork, Ledger
from forms.programmes.catalogue import Catalogue
from forms.services.adjusting import Adjusting
from forms.services.answering import Answering
from forms.services.approval import Approval
from forms.services.auto_lock import Locking
from forms.services.bundles import Forwarding
from forms.services.enrolment import Enrolment
from forms.services.entry import Entry
from forms.services.founding import HandUnits
from forms.services.inspection import Inspection
from forms.services.news import NewsLedger
from forms.services.on_behalf import OnBehalf
from forms.services.programmes import Drafting, Programmes, known_with
from forms.services.publishing import Publishing
from forms.services.receiving import Receiving
from forms.services.refused_entries import Refusals
from forms.services.report_session import ReportSession
from forms.services.reports_on_offer import ReportsOnOffer
from forms.services.sealing import Press, Sealing
from forms.services.summary import Summaries
from forms.services.todo import Todo
from forms.services.unit_narratives import Gathering
from forms.services.unit_tree import UnitTrees
from forms.services.verifying import PaperSeals
from forms.services.workbooks import Mappings, Workbooks


@dataclass(frozen=True)
class Services:
    """The services of an open, unlocked ledger. `catalogue` holds the ledger's own packs beside the shipped ones."""

    ledger: Ledger
    office: Office
    catalogue: Catalogue
    programmes: Programmes
    drafting: Drafting
    entry: Entry
    news: NewsLedger
    sealing: Sealing
    approval: Approval
    enrolment: Enrolment
    receiving: Receiving
    summaries: Summaries
    trees: UnitTrees
    units: HandUnits
    inspection: Inspection
    locking: Locking
    mappings: Mappings
    workbooks: Workbooks
    publishing: Publishing
    paper_seals: PaperSeals
    gathering: Gathering
    forwarding: Forwarding
    on_behalf: OnBehalf
    refusals: Refusals
    on_offer: ReportsOnOffer
    todo: Todo
    answering: Answering
    adjusting: Adjusting

    def session(self, place: Location) -> ReportSession:
        """The report of a place, open to be filled. Raises what Entry.open raises."""
        collates = self.office.collates
        return ReportSession(self.entry, self.refusals, self.summaries, place, collates=collates)


def open_services(program: Application, ledger: Ledger, begin: BeginWork | None = None) -> Services:
    """The services over this ledger, whose office and packs are read once: opened anew when a pack is added. `begin`: over
    what is typed for a unit below (UnitDraft), as if it were that unit's ledger."""
    begin, units, codec = begin or ledger.begin, program.units, program.codec
    clock, new_id, version = program.clock, program.new_id, program.version
    with begin() as work:
        office = work.office.get()
        catalogue = known_with(work, program.catalogue)
    entry = Entry(begin, catalogue, clock, units)
    programmes = Programmes(begin, catalogue, units, codec, clock, version)
    mappings = Mappings(begin)
    summaries = Summaries(begin, catalogue, units, codec)
    on_behalf = OnBehalf(begin, catalogue, units, summaries, codec, program, clock, new_id)
    press = Press(catalogue, codec, clock, new_id, version, summaries.figures_in, units)
    return Services(
        ledger,
        office,
        catalogue,
        programmes,
        Drafting(programmes, catalogue, units, program.edit_pack, clock),
        entry,
        NewsLedger(begin, catalogue),
        Sealing(begin, press),
        Approval(begin, press),
        Enrolment(begin, units, codec, clock, version),
        Receiving(begin, catalogue, units, codec, clock, new_id, on_behalf),
        summaries,
        UnitTrees(begin, summaries, units),
        HandUnits(begin, units),
        Inspection(begin, catalogue, codec),
        Locking(begin),
        mappings,
        Workbooks(begin, catalogue, mappings, office, program, clock),
        Publishing(begin, catalogue, summaries, codec, clock, new_id, program.draw),
        PaperSeals(begin, units),
        Gathering(begin, catalogue, summaries, codec),
        Forwarding(begin, catalogue, summaries, codec, clock, new_id, version),
        on_behalf,
        Refusals(begin),
        ReportsOnOffer(begin, catalogue),
        Todo(ledger, catalogue, units, clock, summaries),
        Answering(begin, catalogue, units, summaries, clock),
        Adjusting(begin, summaries, clock),
    )
