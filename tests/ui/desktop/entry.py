"""What the tests of the entry screen share: sections made of a few lines, a screen that only remembers what it was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from forms.all_services import Services, open_services
from forms.model.cell import Cell
from forms.model.form import Section
from forms.model.office import Office
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.catalogue import Catalogue, parse_pack
from forms.programmes.programme import Programme
from forms.services.reports_on_offer import Offered
from tests.fakes import FakeLedger
from tests.small_form import FORM, PROGRAMME
from tests.ui.desktop.parts import FakeProgram
from ui.desktop.entry.grid_layout import ReportFigures, ShownCell
from ui.desktop.entry.presenter import EntryPage, EntryPresenter

_SEX = '[breakdown.sex]\ntitle = "Giới tính"\nfemale = "Nữ"\nmale = "Nam"\n'


def section_with(rows: str, breakdowns: str = "") -> Section:
    """A section of these rows; counts by sex, or by one of the breakdowns given."""
    head, _, _ = FORM.partition("[breakdown.sex]")
    text = f'{head}{_SEX}{breakdowns}\n[[section]]\nnumber = "1"\ntitle = "Thử"\n{rows}'
    files = {"programme.toml": PROGRAMME.encode(), "year.toml": text.encode()}
    return parse_pack("small.v1", files).forms[0].sections[0]


def count(id: str, by: str = "") -> str:
    """The lines of a count of that name."""
    split = f'by = "{by}"\n' if by else ""
    return f'[[section.row]]\ncount = "{id}"\nnumber = "{id}"\ntitle = "{id}"\nmeasure = "x"\n{split}'


class FakeFace:
    """The entry screen without Qt: what it was shown last."""

    def __init__(self) -> None:
        self.place, self.refused, self.nothing = "", "", ""

    def show(self, what: Offered | EntryPage | ReportFigures) -> None:
        match what:
            case ReportFigures():
                self.figures = what
            case Offered():
                self.offered, self.shown_place, self.nothing = what.reports, what.place, what.nothing
            case EntryPage():
                self.parts, self.chosen, self.saved = what.parts, what.chosen, what.saved
                self.found, self.blank, self.reasons = what.found, what.blank, what.reasons
                self.before, self.state = what.session.reasons_before, what.session.report.state
                if what.layout is not None:
                    self.layout, self.figures = what.layout, what.figures

    def stand_on(self, cell: str) -> None:
        self.place = cell

    def say(self, words: str) -> None:
        self.refused = words

    def row(self, key: str) -> tuple[ShownCell, ...]:
        """What stands in the row of this count, part or indicator."""
        return self.figures.line(next(row for row in self.layout.rows if row.key == key), self.layout)

    def cell(self, name: str) -> ShownCell:
        """What stands in one cell of the section that is shown."""
        row, column = self.layout.places[name]
        return self.row(self.layout.rows[row].key)[column]


@dataclass
class Desktop:
    """A desk with the presenter of its entry screen: what a person does is undone from `edits`."""

    desk: Services
    face: FakeFace = field(default_factory=FakeFace)
    edits: list[Done] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        face = self.face
        self.entry = EntryPresenter(
            self.desk, FakeProgram(), face.show, face.stand_on, face.say, self._push, lambda *to: self.gone.append(to)
        )

    def undo(self) -> None:
        self.edits.pop().undo()

    def stored(self, name: str, period: str = "2025") -> Cell:
        """What the ledger holds."""
        return self.desk.entry.open("nq28_hue", Period(period)).cell(name)

    def write(self, period: str, cells: dict[str, Cell], programme: str = "nq28_hue") -> Report:
        """Straight into the ledger."""
        return self.desk.entry.put_cells(self.desk.entry.open(programme, Period.parse(period)), cells.items())

    def _push(self, words: str, do: Callable[[], bool], undo: Callable[[], bool]) -> bool:
        done = do()
        self.edits += [Done(words, do, undo)] if done else []
        return done


class Done(NamedTuple):
    """An act on the list of what was done."""

    words: str
    do: Callable[[], bool]
    undo: Callable[[], bool]


def desk_with(programme: Programme, name: str = "", kind: str = "ward") -> Services:
    """An office that follows one made-up programme alone; an agency by its name."""
    program = FakeProgram()
    vars(program)["catalogue"] = Catalogue((programme,))
    unit = program.units.get("19804", program.now.date())
    office = Office(unit.key, name or unit.full_name, False, unit.parent, programme.id, kind=kind)
    return open_services(program, FakeLedger(office))
