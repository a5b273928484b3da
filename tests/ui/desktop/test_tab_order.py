"""Tab visits everything that takes keys, once, in the order of reading, and comes back; Alt and a letter mean one thing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from operator import ne

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import PersonRole
from forms.model.period import Period
from main import workbench
from tests import fakes
from tests.ui.desktop.keyboard import ALT, Hands, Key, called, in_front_of, loop, mnemonics, picture, reachable
from tests.ui.desktop.parts import RECOVERY, FakeAsk, FakeHouse, FakeProgram, desk_of
from ui.desktop import theme
from ui.desktop.app import application
from ui.desktop.ledger_view import pages_for
from ui.desktop.main_window import MainWindow
from ui.desktop.sign_in.view import SignInView
from ui.desktop.wizard.view import WizardView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

OFFICES = (False, True)  # only reports; sums up


@pytest.fixture
def visit(qtbot, tmp_path):
    """The hands on a screen of a commune's or a summing office's ledger."""

    def go(page: str, *, collates: bool = False) -> Hands:
        program = FakeProgram(home=tmp_path / "so")
        desk = desk_of(program, "46" if collates else "19804", collates=collates)
        desk.ledger.folder = tmp_path
        for day in (3, 9):
            desk.news.save(NewsItem("", date(2025, 10, day), f"Tin ngày {day}", NewsKind.BRIEF, ("website",)))
        window = MainWindow(program, workbench, FakeAsk())
        window.open_ledger(desk.ledger)
        hands = in_front_of(qtbot, window)
        window.go(page)
        hands.settle()
        return hands

    yield go
    if theme.current() is not theme.LIGHT:
        theme.apply(application(), theme.LIGHT)


@pytest.mark.parametrize("collates", OFFICES, ids=["reports", "sums"])
def test_tab_visits_everything_once_as_one_reads_and_comes_back(visit, collates):
    """From one field to the next it goes down, to the right, or to the top of a column further right."""
    hands = visit("home", collates=collates)
    for page in pages_for(collates):
        hands.window.go(page.id)
        hands.settle()
        met = loop(hands)
        assert [called(one) for one in reachable(hands.window) - set(met)] == [], page.id
        assert loop(hands, Key.Key_Backtab)[1:] == met[:0:-1], page.id
        screen = hands.window.workbench.screen_shown
        begins = next((number for number, one in enumerate(met) if not screen.isAncestorOf(one)), 0)
        inside = [one for one in met[begins:] + met[:begins] if screen.isAncestorOf(one)]
        assert [(called(one), called(after)) for one, after in pairwise(inside) if _goes_back(one, after)] == [], (
            page.id
        )


@pytest.mark.parametrize("collates", OFFICES, ids=["reports", "sums"])
def test_alt_and_a_letter_mean_one_thing_on_a_screen(visit, collates):
    hands = visit("home", collates=collates)
    for page in pages_for(collates):
        hands.window.go(page.id)
        letters = mnemonics(hands.window)
        assert len(letters) == len(set(letters)), page.id
        assert all(letter.isascii() for letter in letters), "a letter with marks takes more than one key"


@pytest.mark.parametrize("palette", theme.THEMES)
def test_where_the_keys_go_is_seen_in_every_palette(visit, palette):
    """At least half of what goes round a thing looks otherwise while it has the focus."""
    hands = visit("news")
    hands.window.look(palette, 100)
    hands.settle()
    faint = []
    for one in loop(hands):
        with_keys = picture(one)
        hands.press(Key.Key_Tab)
        changed = sum(map(ne, with_keys, picture(one)))
        if changed < one.width() + one.height():
            faint.append((called(one), changed))
    assert faint == []


def test_a_palette_is_chosen_by_going_down_the_list(visit):
    hands = visit("settings")
    hands.go_to("Màu giao diện")
    for palette in ("dark", "contrast"):
        hands.press(Key.Key_Down)
        assert (hands.here, theme.current().id) == ("Màu giao diện", palette)


def test_the_row_that_tab_comes_to_is_the_chosen_one(visit):
    hands = visit("news")
    hands.go_to("Danh mục tin, bài", Key.Key_Backtab)
    hands.press(Key.Key_Return)
    line = hands.window.workbench.screen_shown.dock.line
    assert (bool(line.typed().id), line.typed().title) == (True, "Tin ngày 9")


def test_alt_and_a_letter_go_to_the_field(visit):
    hands = visit("news")
    for letter, name in (
        (Key.Key_T, "Tên tin, bài"),
        (Key.Key_L, "Loại"),
        (Key.Key_K, "Kênh"),
        (Key.Key_N, "Ngày đăng, phát đầu"),
    ):
        hands.press(letter, ALT)
        assert hands.here == name


def test_the_arrows_walk_the_rail(visit):
    hands = visit("home")
    hands.go_to("Trang chủ", Key.Key_Backtab)
    for screen in hands.window.workbench.pages[1:4]:
        hands.press(Key.Key_Down)
        assert hands.window.workbench.here == screen


def test_tab_stops_on_the_rail_at_the_screen_that_is_shown(visit):
    hands = visit("home")
    hands.visit("news")
    hands.visit("packages")
    rail = hands.window.workbench._rail
    assert [called(one) for one in loop(hands) if rail.isAncestorOf(one)] == ["Gói báo cáo"]


def test_enter_leads_through_the_news_line_and_keeps_it_at_the_end(visit):
    """Date, title, kind, channels, airings: then the item is there and one stands on the date of the next."""
    hands = visit("news")
    met = []
    for _ in range(5):
        met.append(hands.here)
        if hands.here == "Tên tin, bài":
            hands.type("Hop to")
        hands.press(Key.Key_Return)
    assert met == ["Ngày đăng, phát đầu", "Tên tin, bài", "Loại", "Kênh", "Số lượt"]
    assert hands.here == met[0]
    assert "Hop to" in [item.title for item in hands.window.workbench.desk.news.list(Period("2025-Q4"))]


def test_the_steps_of_the_first_run_are_gone_through(qtbot):
    program = FakeProgram()
    view = WizardView(program, FakeAsk(), lambda _: None, lambda: None)
    hands = in_front_of(qtbot, view)
    assert set(loop(hands)) == reachable(view)
    hands.push("Bắt đầu sổ của đơn vị")
    assert hands.here == "Tìm đơn vị"
    hands.type("19753")
    hands.press(Key.Key_Return)
    assert set(loop(hands)) == reachable(view)
    letters = mnemonics(view)
    assert len(letters) == len(set(letters)) == 2
    hands.push("Tiếp")
    assert hands.here == "Họ và tên"
    assert set(loop(hands)) == reachable(view)
    hands.push("Quay lại")
    assert hands.here == "Tìm đơn vị"


def test_the_recovery_of_the_sign_in_is_gone_through(qtbot):
    house = FakeHouse()
    program = FakeProgram(house=house)
    house.create(program.home, desk_of(program).office, [fakes.person("Lan", PersonRole.SOLE)])
    entered = []
    view = SignInView(house, program.home, entered.append)
    hands = in_front_of(qtbot, view)
    assert hands.here == "Mật khẩu"
    assert set(loop(hands)) == reachable(view)
    hands.push("Quên mật khẩu?")
    assert hands.here == "Mã khôi phục"
    letters = mnemonics(view)
    assert len(letters) == len(set(letters)) == 3, "one person alone is not to be chosen"
    for text in (RECOVERY, "hai mat khau moi", "hai mat khau moi"):
        hands.type(text)
        hands.press(Key.Key_Tab)
    hands.press(Key.Key_Tab)
    assert hands.here == "Mở sổ"
    hands.press(Key.Key_Return)
    assert len(entered) == 1


def _goes_back(one: QWidget, after: QWidget) -> bool:
    """The next field lies above this one, and not in a column to its right."""
    here, there = (QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()) for widget in (one, after))
    return there.bottom() < here.top() and there.left() < here.right()
