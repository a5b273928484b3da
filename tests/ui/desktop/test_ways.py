"""How long the way is, over a real ledger on disk: what a typed cell and an opened report ask of the database, and through how
many of our functions a figure goes from the key to its row.

SQL is counted as the driver gets it, BEGIN left out: `SELECT …`, `INSERT …`. A hop is a function of ours between Qt's
call and the statement that stores the figure, looked up on the stack while that statement is executed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from forms.all_services import Services, open_services
from forms.model.cell import given
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.period import Period
from tests.ui.desktop.keyboard import Hands, Key, StillProgram, in_front_of
from tests.ui.desktop.parts import FakeFrame, FakeProgram
from ui.desktop.entry.view import EntryView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
MOST_HOPS, MOST_BESIDE, MOST_FOR_A_CELL, MOST_TO_OPEN = 12, 60, 4, 8
ROOMS = ("forms", "storage", "ui")
OFFICER = NewPerson("Nguyễn Thị Lan", "Công chức", PersonRole.SOLE, "bốn từ dễ nhớ")


@pytest.fixture
def desk(tmp_path):
    """A ward's ledger with four earlier years of the report, and items in its news ledger."""
    program = StillProgram()
    unit = program.units.get("19804", program.clock().date())
    office = Office(unit.key, unit.full_name, False, unit.parent, "nq28_hue", kind=unit.kind)
    ledger, _ = program.house.create(tmp_path / "so", office, [OFFICER])
    made = open_services(program, ledger)
    for year in ("2022", "2023", "2024", "2025"):
        report = made.entry.open("nq28_hue", Period(year))
        made.entry.put_cells(report, [(name, given(1)) for name in report.expected_cells[:6]])
    yield made
    ledger.close()


@pytest.fixture
def sql():
    """Every statement that the driver is given."""
    said: list[str] = []

    def hear(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith("BEGIN"):
            said.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", hear)
    yield said
    event.remove(Engine, "before_cursor_execute", hear)


def shown(qtbot, desk: Services) -> Hands:
    view = EntryView(desk, FakeProgram(), FakeFrame())
    hands = in_front_of(qtbot, view)
    view.resize(1152, 744)
    view.entered("2025")
    hands.settle()
    return hands


def ours(frame) -> str:
    """room/file.py:function, where it is code of the product."""
    path = Path(frame.f_code.co_filename)
    root = Path(__file__).parents[3]
    if not path.is_relative_to(root) or path.relative_to(root).parts[0] not in ROOMS:
        return ""
    return f"{path.relative_to(root).as_posix()}:{frame.f_code.co_qualname}"


def hops_to_the_row(hands: Hands, typed: str) -> list[str]:
    """The functions on the stack while the row of the cell is written."""
    met: list[list[str]] = []

    def look(_connection, _cursor, statement, *_rest) -> None:
        if statement.startswith("INSERT INTO report_cell"):
            frame, way = sys._getframe(1), []
            while frame is not None:
                if (name := ours(frame)) and name not in way:
                    way.append(name)
                frame = frame.f_back
            met.append(way[::-1])

    event.listen(Engine, "before_cursor_execute", look)
    try:
        enter(hands, typed)
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    assert len(met) == 1, "the figure is stored once"
    return met[0]


def enter(hands: Hands, typed: str) -> None:
    for letter in typed:
        QTest.keyClick(hands.focus, letter)
    hands.press(Key.Key_Return)


def entered(hands: Hands, typed: str) -> set[str]:
    """Every function of ours between Enter and the row, on the way or beside it."""
    met: set[str] = set()
    stored = False

    def hear(_connection, _cursor, statement, *_rest) -> None:
        nonlocal stored
        stored = stored or statement.startswith("INSERT INTO report_cell")

    def profile(frame, what, _argument) -> None:
        if what == "call" and not stored and (name := ours(frame)):
            met.add(name)

    for letter in typed:
        QTest.keyClick(hands.focus, letter)
    event.listen(Engine, "before_cursor_execute", hear)
    sys.setprofile(profile)
    try:
        hands.press(Key.Key_Return)
    finally:
        sys.setprofile(None)
        event.remove(Engine, "before_cursor_execute", hear)
    return met


def test_a_typed_cell_is_a_short_way_from_its_row(qtbot, desk):
    way = hops_to_the_row(shown(qtbot, desk), "7")
    assert len(way) <= MOST_HOPS, "\n".join(way)


def test_few_functions_are_entered_beside_that_way(qtbot, desk):
    met = entered(shown(qtbot, desk), "7")
    assert len(met) <= MOST_BESIDE, "\n".join(sorted(met))


def test_a_typed_cell_takes_four_statements_also_the_first_of_a_report(qtbot, desk, sql):
    hands = shown(qtbot, desk)
    sql.clear()
    enter(hands, "7")
    assert len(sql) <= MOST_FOR_A_CELL, "\n".join(sql)


def test_a_report_opens_with_eight_statements(qtbot, desk, sql):
    view = EntryView(desk, FakeProgram(), FakeFrame())
    qtbot.addWidget(view)
    sql.clear()
    view.entered("2025")
    assert len(sql) <= MOST_TO_OPEN, "\n".join(f"{n} {one[:200]}" for n, one in enumerate(sql, 1))


def test_the_tree_of_who_has_sent_takes_fifteen_statements_however_many_units(tmp_path, sql):
    """Of the office above 40 communes, which received nothing yet: what is asked does not grow with what there is."""
    program = StillProgram()
    unit = program.units.get("46", program.clock().date())
    office = Office(unit.key, unit.full_name, True, None, "nq28_hue", kind=unit.kind)
    ledger, _ = program.house.create(tmp_path / "tinh", office, [OFFICER])
    desk = open_services(program, ledger)
    sql.clear()
    assert len(desk.trees.tree("nq28_hue", Period("2025-Q4")).leaves) == 40
    assert len(sql) <= 15, "\n".join(sql)
    ledger.close()
