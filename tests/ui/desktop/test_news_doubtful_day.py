"""An item of a day that nobody can have meant is asked about before it is stored; a no leaves everything as it was typed.

today 30/12/2025, quý IV năm 2025 is shown; 1/1/2027 is typed
"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit

from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from main import workbench
from tests.ui.desktop.keyboard import CTRL, Hands, Key, in_front_of
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from tests.ui.desktop.seen import refusal, the, tooltips
from ui.desktop.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
TODAY = date(2025, 12, 31)


class Telling(FakeAsk):
    """Remembers the words of each question too."""

    def confirm(self, title: str, text: str, yes: str) -> bool:
        super().confirm(title, text, yes)
        self.words = text
        return self.yes


@pytest.fixture
def hands(qtbot, tmp_path):
    program = FakeProgram(home=tmp_path)
    window = MainWindow(program, workbench, Telling())
    desk = desk_of(program)
    desk.news.save(NewsItem("", date(2025, 11, 9), "Toa dam", NewsKind.BRIEF, ("website",)))
    window.open_ledger(desk.ledger)
    made = in_front_of(qtbot, window)
    window.go("news", "2025-Q4")
    made.settle()
    yield made
    window.close()


def typed(hands: Hands, day: str) -> None:
    hands.type(day)
    hands.press(Key.Key_Return)
    hands.type("Hop")
    hands.press(Key.Key_Return, times=2)
    hands.type("1")
    hands.press(Key.Key_S, CTRL)


def stored(hands: Hands) -> list[date]:
    news = hands.window.workbench.desk.news
    return sorted(
        item.date for year in (2024, 2025, 2026, 2027) for item in news.list(Period(str(year))) if item.title == "Hop"
    )


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        ("1/1/2027", ["chưa tới", "ngoài quý IV năm 2025"]),
        ("30/9/2025", ["ngoài quý IV năm 2025"]),
        ("31/12/2025", []),
        ("5/10", []),
    ],
)
def test_a_day_to_come_or_of_another_quarter_is_asked_about(hands, day, asked):
    typed(hands, day)
    assert len(hands.window.ask.asked) == bool(asked)
    assert all(part in hands.window.ask.words for part in asked)
    assert len(stored(hands)) == 1, "a yes stores it"


def test_a_no_stores_nothing_and_the_keys_stand_on_the_day(hands):
    hands.window.ask.yes = False
    typed(hands, "1/1/2027")
    assert stored(hands) == []
    assert hands.here == "Ngày đăng, phát đầu"
    assert hands.focus.text() == "01/01/2027"
    line = hands.window.workbench.screen_shown.dock.line
    assert "chưa tới" in refusal(line)
    assert "Chưa cất" in refusal(line)
    assert the(line, QLineEdit, "Tên tin, bài").text() == "Hop"


def test_inside_the_quarter_that_is_open_a_month_may_be_looked_at(hands):
    hands.window.go("news", "2025-10")
    hands.settle()
    typed(hands, "5/11/2025")
    assert hands.window.ask.asked == []
    assert stored(hands) == [date(2025, 11, 5)]


def test_an_item_that_is_changed_is_asked_about_only_where_its_day_is(hands):
    typed(hands, "1/1/2027")
    hands.window.go("news", "2027-Q1")
    hands.settle()
    hands.window.ask.asked.clear()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    hands.go_to("Tên tin, bài")
    hands.press(Key.Key_End)
    hands.type("p")
    hands.press(Key.Key_S, CTRL)
    assert hands.window.ask.asked == []


def test_what_is_stored_all_the_same_needs_a_reason_before_the_report_is_sealed(hands):
    """The other face has no question to ask: an import of a day to come is found at the check."""
    program = hands.window.program
    program.now = program.now.replace(month=11, day=1)
    hands.window.go("entry", "nq28_hue/2025-Q4/calendar#")
    hands.settle()
    told = tooltips(hands.window.workbench.screen_shown)
    assert [words for words in told if "“Toa dam”: Ngày 09/11/2025 chưa tới (hôm nay là 01/11/2025)." in words]
