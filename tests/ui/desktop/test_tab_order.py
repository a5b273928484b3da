"""Tab visits everything that takes keys, once, in the order of reading, and comes back; Alt and a letter mean one thing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from forms.news import NewsItem, NewsKind
from forms.spec import Role
from main import workbench
from tests.ui.desktop.keyboard import Hands, Key, called, loop, reachable
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from ui.desktop.main_window import MainWindow
from ui.desktop.pages import pages_for

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
VISITS = [(role, page.id) for role in Role for page in pages_for(role)]


@pytest.fixture
def visit(qtbot, tmp_path):
    """The hands on a screen of a commune's or a summing office's ledger."""

    def go(role: Role, page: str) -> Hands:
        program = FakeProgram(home=tmp_path / "so")
        desk = desk_of(program, "46" if role is Role.SUMMING else "19804", collates=role is Role.SUMMING)
        desk.ledger.folder = tmp_path
        for day in (3, 9):
            desk.news.save(NewsItem("", date(2025, 10, day), f"Tin ngày {day}", NewsKind.BRIEF, ("website",)))
        window = MainWindow(program, workbench, FakeAsk())
        qtbot.addWidget(window)
        window.open_ledger(desk.ledger)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.go(page)
        hands = Hands(window)
        hands.settle()
        return hands

    return go


@pytest.mark.parametrize(("role", "page"), VISITS, ids=str)
def test_tab_visits_everything_once_and_comes_back(visit, role, page):
    hands = visit(role, page)
    met = loop(hands)
    assert [called(one) for one in reachable(hands.window) - set(met)] == []
    assert loop(hands, Key.Key_Backtab)[1:] == met[:0:-1]


@pytest.mark.parametrize(("role", "page"), VISITS, ids=str)
def test_tab_goes_down_every_column_as_one_reads(visit, role, page):
    """From one field to the next it goes down, to the right, or to the top of a column further right."""
    hands = visit(role, page)
    screen = hands.window.workbench.screen_shown
    met = loop(hands)
    begins = next((number for number, one in enumerate(met) if not screen.isAncestorOf(one)), 0)
    inside = [one for one in met[begins:] + met[:begins] if screen.isAncestorOf(one)]
    assert [(called(one), called(after)) for one, after in pairwise(inside) if _goes_back(one, after)] == []


def _goes_back(one: QWidget, after: QWidget) -> bool:
    """The next field lies above this one, and not in a column to its right."""
    here, there = (QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()) for widget in (one, after))
    return there.bottom() < here.top() and there.left() < here.right()
