"""What is due (forms/services/todo.py), over a real ledger: how many statements it takes, and by whose day."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, event

import resources
from forms.all_services import open_services
from forms.model.cell import given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.period import Period
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import load_all
from forms.services.todo import TodoState
from storage.ledger_store import SqlLedgerStore
from storage.wrapping import LIGHT
from tests import fakes

MOST = 10  # statements, BEGIN among them
NOW = datetime(2025, 12, 20, 9, 0, tzinfo=UTC)
UNITS = OrgUnits.load(resources.path("org_units/org_units.tsv"))
PEOPLE = [
    NewPerson("Lan", "", PersonRole.PREPARER, "bốn từ dễ nhớ"),
    NewPerson("Hùng", "", PersonRole.HEAD, "câu thật dài"),
]
FOUR = ["nq28_hue", "qd1790", "nq28", "qd2282"]


@dataclass
class Program:
    """The parts that the services want."""

    now: datetime = NOW
    version: str = "0.1.0"

    def __post_init__(self) -> None:
        self.catalogue, self.units, self.codec, self.new_id = load_all(), UNITS, fakes.FakeCodec(), fakes.ids()
        self.edit_pack = self.draw = None

    def clock(self) -> datetime:
        return self.now


@contextmanager
def opened(folder, code: str, *, collates: bool = False):
    program = Program()
    unit = UNITS.get(code, NOW.date())
    office = Office(unit.key, unit.full_name, collates, unit.parent, kind=unit.kind)
    ledger, _ = SqlLedgerStore(program.clock, lambda _: None, LIGHT).create(folder, office, PEOPLE)
    yield open_services(program, ledger)
    ledger.close()


def begin_reports(desk, periods) -> None:
    for label in periods:
        report = desk.entry.open("nq28_hue", Period(label))
        mine = [name for name in report.expected_cells if not report.form.count_of_cell[name].from_news]
        desk.entry.put_cells(report, [(name, given(1)) for name in mine[:5]])


def statements(act) -> list[str]:
    """What was asked of SQLite meanwhile."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return asked


@pytest.mark.parametrize(("code", "collates"), [("19804", False), ("46", True)])
def test_one_report_to_do_and_a_dozen_take_the_same_few_statements(tmp_path, code, collates):
    with opened(tmp_path / "so", code, collates=collates) as desk:
        desk.programmes.follow(["nq28_hue"])
        begin_reports(desk, ["2025"])
        few = statements(desk.todo.now)
        begun = len(desk.todo.now().items)
        desk.programmes.follow(FOUR)
        if not collates:
            for month in range(7, 12):
                desk.news.save(NewsItem("", date(2025, month, 3), f"Tin {month}", NewsKind.BRIEF, ("website",)))
        begin_reports(desk, ["2025-Q4", "2025-Q3"])
        many = statements(desk.todo.now)
        assert len(desk.todo.now().items) >= begun + 4
        assert len(many) == len(few) <= MOST


def test_one_that_waits_for_the_head_costs_one_more_and_is_still_within_ten(tmp_path):
    with opened(tmp_path / "so", "19804") as desk:
        for day in (2, 3, 4, 5):
            desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("loudspeaker",)))
        head = next(one for one in desk.enrolment.people() if one.role is PersonRole.HEAD)
        desk.approval.hand_over("nq28_hue", Period("2025-Q4"), desk.ledger.own_signer(), head)
        assert len(statements(desk.todo.now)) <= MOST
        assert TodoState.FOR_HEAD in {item.state for item in desk.todo.now().items}


def test_the_earlier_periods_take_no_more(tmp_path):
    with opened(tmp_path / "so", "46", collates=True) as desk:
        desk.programmes.follow(FOUR)
        desk.todo.now()
        assert len(statements(desk.todo.before)) <= MOST + 2, "whether anything was written since is asked first"


def test_nothing_was_written_since_is_found_out_with_one_look_at_the_journal(tmp_path):
    with opened(tmp_path / "so", "19804") as desk:
        desk.todo.now()
        assert len(statements(desk.todo.now)) == 2  # BEGIN, the journal's head


def test_what_the_units_below_send_is_counted_down_to_the_day_that_is_told_of_them(tmp_path):
    """The plan gives communes until 29/11 and the province until 9/12. Before, the words were the communes' ("trước ngày
    30/11") and the days left were counted to the province's own day."""
    with opened(tmp_path / "so", "46", collates=True) as desk:
        (theirs,) = [i for i in desk.todo.now().items if not i.is_own and i.period == Period("2025")]
        (ours,) = [i for i in desk.todo.now().items if i.is_own and i.period == Period("2025")]
    assert (theirs.due.plan_words, theirs.due.day, theirs.due.left) == ("trước ngày 30/11", date(2025, 11, 29), -21)
    assert (ours.due.day, ours.due.left) == (date(2025, 12, 9), -11)
