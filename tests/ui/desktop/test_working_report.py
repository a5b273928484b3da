"""One report is being worked on: it belongs to the window, every page follows it, and the rail says which it is.

10/11/2025    quý III is being reported, quý IV is running

Trang chủ > quý IV > Tin, bài > Ctrl+3 Nhập số liệu > Ctrl+8 Báo cáo in      quý IV on each of them
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from forms.all_services import Services
from forms.exchange.statements import Arrival, Batch, BatchLine, ReportKey
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Basis, Period
from main import workbench
from tests.ui.desktop.keyboard import CTRL, SHIFT, Hands, Key, in_front_of
from tests.ui.desktop.parts import PASSWORD, FakeAsk, FakeProgram, desk_of
from ui.desktop.main_window import MainWindow
from ui.desktop.shell import Location

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q2, Q3, Q4, YEAR = Period("2025-Q2"), Period("2025-Q3"), Period("2025-Q4"), Period("2025")
AT = datetime(2025, 11, 10, 9, 0, tzinfo=UTC)
HUE = "nq28_hue"


@pytest.fixture
def opened(qtbot, tmp_path):
    made = []

    def make(code: str = "19804", *, collates: bool = False, follows: tuple[str, ...] = (HUE,)) -> Hands:
        program = FakeProgram(now=AT, home=tmp_path)
        desk = desk_of(program, code, collates=collates)
        desk.ledger.folder = tmp_path
        program.house.ledgers[tmp_path] = desk.ledger
        desk.programmes.follow(follows)
        window = MainWindow(program, workbench, FakeAsk(place=tmp_path))
        window.open_ledger(desk.ledger)
        hands = in_front_of(qtbot, window)
        made.append(window)
        return hands

    yield make
    for window in made:
        window.close()


def shown(hands: Hands) -> Period | None:
    """The report on the page that is shown, by what the page says it has open."""
    screen = hands.window.workbench.screen_shown
    match hands.window.workbench.here:
        case "news":
            return screen._presenter.period
        case "entry":
            return screen._presenter.opened.report.period
        case "texts":
            return screen._presenter._place.period
        case "printing":
            return screen._report.presenter._place.period
        case "receiving":
            return Location.read(screen._presenter.place).period
        case "packages" | "approval" as here:
            page = screen._presenter._page
            found = Location.read(page.standing if here == "packages" else page.chosen)
            return found.period if found else None
    raise AssertionError(hands.window.workbench.here)


def told(around: QWidget) -> str:
    return "\n".join(label.text() for label in around.findChildren(QLabel) if label.isVisible())


def rail(hands: Hands) -> str:
    return told(hands.window.workbench._rail)


def goes(hands: Hands, page: str, place: str = "") -> None:
    """As a button of a page leads there."""
    hands.window.go(page, place)
    hands.settle()


def news(hands: Hands) -> Services:
    """Four items in each of two quarters: their reports are complete."""
    desk = hands.window.workbench.desk
    for month in (7, 10):
        for day in (1, 3, 5, 7):
            item = NewsItem("", date(2025, month, day), f"Tin {day}/{month}", NewsKind.BRIEF, ("website",))
            desk.news.save(item)
    return desk


def test_before_anything_was_opened_none_is_said_to_be_worked_on(opened):
    assert "Đang làm" not in rail(opened())


@pytest.mark.parametrize("page", ["entry", "printing"])
def test_from_the_news_of_a_quarter_to_its_figures_and_its_print(opened, page):
    hands = opened()
    goes(hands, "news", str(Location(HUE, Q4)))
    hands.visit(page)
    assert shown(hands) == Q4
    assert "Quý IV năm 2025" in rail(hands)


def test_the_first_page_that_opens_a_report_says_which_it_is_for_all(opened):
    hands = opened()
    hands.visit("news")
    assert shown(hands) == Q4, "news of these days are noted"
    hands.visit("entry")
    assert shown(hands) == Q4


def test_the_other_way_round_too(opened):
    hands = opened()
    hands.visit("entry")
    assert shown(hands) == Q3, "the quarter that is over is reported"
    hands.visit("news")
    assert shown(hands) == Q3
    assert "Quý III năm 2025" in rail(hands)


def test_a_report_that_is_chosen_on_one_page_is_open_on_all(opened):
    hands = opened()
    hands.visit("entry")
    hands.go_to("Kỳ báo cáo", Key.Key_Backtab)
    hands.press(Key.Key_Down)
    assert shown(hands) == Q2
    for page in ("news", "printing", "entry"):
        hands.visit(page)
        assert shown(hands) == Q2, page


def test_a_quarter_that_is_chosen_in_the_news_is_open_on_all(opened):
    hands = opened()
    hands.visit("news")
    hands.go_to("Tháng, quý", Key.Key_Backtab)
    hands.press(Key.Key_Up)
    assert shown(hands) == Q3
    hands.visit("entry")
    assert shown(hands) == Q3


def test_a_month_is_only_looked_at_and_stays_in_sight(opened):
    """No report is made of it: the others keep theirs."""
    hands = opened()
    goes(hands, "news", str(Location(HUE, Q4)))
    hands.window.workbench.screen_shown._choose(Period("2025-10"))
    hands.visit("entry")
    assert shown(hands) == Q4
    hands.visit("news")
    assert shown(hands) == Period("2025-10")


def test_the_year_is_followed_into_the_news(opened):
    hands = opened()
    goes(hands, "entry", str(Location(HUE, YEAR)))
    hands.visit("news")
    assert shown(hands) == YEAR


def test_after_sealing_the_report_stays_the_one_that_is_worked_on(opened):
    hands = opened()
    desk = news(hands)
    goes(hands, "entry", str(Location(HUE, Q4)))
    hands.press(Key.Key_F12)
    for whose in ("người lập biểu", "thủ trưởng đơn vị"):
        hands.go_to(f"Mật khẩu của {whose}")
        hands.type(PASSWORD)
    hands.push("Niêm phong")
    hands.settle()
    assert desk.entry.open(HUE, Q4).state != "draft"
    for page in ("packages", "printing", "news", "entry"):
        hands.visit(page)
        assert shown(hands) == Q4, page


def test_a_page_that_has_nothing_of_it_says_so_and_shows_no_other(opened):
    """The quarter of Huế has no words; another report is opened only by somebody."""
    hands = opened("42", collates=True, follows=("bvstbpn_hatinh", "qd2351_hatinh", "nq28"))
    goes(hands, "printing", str(Location("nq28", Q4)))
    hands.visit("texts")
    screen = hands.window.workbench.screen_shown
    assert not screen._filled.isVisible()
    assert "quý IV năm 2025" in told(screen)
    assert "Quý IV năm 2025" in rail(hands)
    hands.push("Mở năm 2024")
    assert screen._filled.isVisible()
    assert "Năm 2024" in rail(hands)


def test_a_report_that_waits_for_no_head_chooses_none_among_those_that_do(opened):
    hands = opened()
    news(hands)
    goes(hands, "entry", str(Location(HUE, YEAR)))
    hands.visit("approval")
    assert shown(hands) is None
    assert "Chọn một báo cáo ở bên trái" in told(hands.window.workbench.screen_shown)
    goes(hands, "entry", str(Location(HUE, Q3)))
    hands.visit("approval")
    assert shown(hands) == Q3


def test_a_package_is_written_out_of_the_report_that_is_worked_on_or_of_none(opened):
    hands = opened()
    desk = news(hands)
    for period in (Q3, Q4):
        desk.sealing.seal(HUE, period, desk.ledger.signers())
    goes(hands, "entry", str(Location(HUE, YEAR)))
    hands.visit("packages")
    assert shown(hands) is None
    goes(hands, "entry", str(Location(HUE, Q3)))
    hands.visit("packages")
    assert shown(hands) == Q3
    hands.go_to("Gói báo cáo đã niêm phong")
    hands.press(Key.Key_Up)
    assert shown(hands) == Q4
    hands.visit("entry")
    assert shown(hands) == Q4


def test_it_stays_when_the_look_changes_and_when_another_person_comes(opened):
    hands = opened()
    goes(hands, "entry", str(Location(HUE, Q2)))
    hands.window.look("dark", 100)
    hands.settle()
    assert shown(hands) == Q2
    hands.press(Key.Key_K, CTRL | SHIFT)
    hands.type(PASSWORD)
    hands.press(Key.Key_Return)
    assert "Quý II năm 2025" in rail(hands)
    hands.visit("entry")
    assert shown(hands) == Q2


def test_the_windows_of_another_basis_are_a_report_of_their_own(opened):
    hands = opened()
    other = Period("2025-Q4", Basis.ND09)
    goes(hands, "entry", str(Location(HUE, other)))
    assert shown(hands) == other
    assert "15/09 - 14/12" in rail(hands)
    hands.visit("news")
    assert shown(hands) == other


def test_what_was_done_in_one_report_is_not_taken_back_in_another(opened):
    """Tasks of 2019, then of 2018: Ctrl+Z must not write the one's state into the other."""
    hands = opened("42", collates=True, follows=("ct21_langson", "qd2351_hatinh"))
    desk = hands.window.workbench.desk
    goes(hands, "texts", str(Location("ct21_langson", Period("2024"))))
    first = next(iter(desk.entry.open("ct21_langson", Period("2024")).form.tasks))
    goes(hands, "texts", str(Location("ct21_langson", Period("2024"), f"task:{first}")))
    hands.go_to("Bảng nhiệm vụ")
    hands.press(Key.Key_H)
    assert desk.entry.open("ct21_langson", Period("2024")).task(first).state == "done"
    goes(hands, "texts", str(Location("ct21_langson", Period("2025"), f"task:{first}")))
    hands.press(Key.Key_D)
    goes(hands, "texts", str(Location("ct21_langson", Period("2024"))))
    hands.press(Key.Key_Z, CTRL)
    assert desk.entry.open("ct21_langson", Period("2024")).task(first).state == "done"


def test_after_receiving_the_office_looks_at_what_it_looked_at(opened):
    hands = opened("46", collates=True)
    goes(hands, "receiving", str(Location(HUE, Q3)))
    screen = hands.window.workbench.screen_shown
    key = ReportKey(HUE, "quarter_news", "2025-Q4", Basis.CALENDAR)
    line = BatchLine("a.bdg", Arrival.NEW, "", "Mới", "19804", "Hương An", "2025-Q4", 1, "d", (), key)
    screen._presenter._received(Batch("b1", (line,)))
    hands.settle()
    assert shown(hands) == Q3
    hands.push("Xem quý IV năm 2025")
    hands.settle()
    assert shown(hands) == Q4
