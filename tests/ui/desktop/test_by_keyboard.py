"""A whole quarter without a mouse: first run, news, figures, sealing, and the office above."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forms.all_services import Services, open_services
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.period import Period
from tests.ui.desktop.keyboard import CTRL, SHIFT, FolderAsk, Hands, Key, StillProgram, at_the_keyboard, roll_over
from ui.desktop.entry.view import EntryView
from ui.desktop.news.view import NewsView
from ui.desktop.number_wording import cell_text

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q4 = Period("2025-Q4")
LAN, HUNG = "bon tu de nho", "mot cau that dai"


@pytest.fixture
def ask(tmp_path):
    stick = tmp_path / "usb"
    stick.mkdir()
    return FolderAsk(stick)


@pytest.fixture
def hands(qtbot, tmp_path, ask):
    made = at_the_keyboard(qtbot, tmp_path / "so", ask)
    yield made
    made.window.close()


def person(hands: Hands, name: str, title: str, password: str) -> None:
    """One person's four fields, each left with Enter."""
    for text in (name, title, password, password):
        hands.type(text)
        hands.press(Key.Key_Return)


def first_run(hands: Hands, unit: str, password: str = LAN, second: str = HUNG) -> None:
    """Enter all the way; only the code is said to be written down, by Space."""
    assert hands.here == "Bắt đầu sổ của đơn vị"
    hands.press(Key.Key_Return)
    hands.type(unit)
    hands.press(Key.Key_Return, times=2)
    person(hands, "Nguyễn Thị Lan", "Công chức", password)
    person(hands, "Trần Văn Hùng", "Chủ tịch", second)
    hands.press(Key.Key_Return)  # says nothing: the code must be written down first
    assert hands.window.workbench is None
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return)


def news_item(hands: Hands, day: str, *title: str) -> None:
    """Date, Enter, title and Ctrl+S."""
    hands.type(day)
    hands.press(Key.Key_Return)
    hands.telex(*title)
    hands.press(Key.Key_S, CTRL)


def counter(screen: NewsView) -> str:
    return screen.boards.shown[0].big


def four_items(hands: Hands) -> None:
    hands.visit("news")
    news_item(hands, "03/10/2025", "Hop phu nu")
    assert hands.here == "Kênh", "told that a channel is missing, one stands on the channels"
    hands.press(Key.Key_1)
    hands.press(Key.Key_S, CTRL)
    news_item(hands, "9/10/25", "Phat thanh ve binh dang gioi")
    news_item(hands, "20-10-2025", "Gap mat 20/10")
    news_item(hands, "25/11/2025", "d", "đ", "đa", "đã", "đã phat dong Thang hanh dong")


@pytest.fixture
def opened(hands):
    """The ledger of Phú Xuân, just made."""
    first_run(hands, "phu xuan hue")
    return hands


def test_the_first_run_makes_a_ledger(hands):
    first_run(hands, "phu xuan hue")
    office = hands.window.workbench.desk.office
    assert (office.name, office.collates) == ("Phường Phú Xuân", False)
    assert hands.window.workbench.here == "home"


def test_four_items_fill_the_quarter_and_every_change_can_be_taken_back(opened):
    four_items(opened)
    screen = opened.window.workbench.screen_shown
    assert counter(screen) == "4/4 tin, bài"

    def items() -> list[str]:
        return [item.title for item in opened.window.workbench.desk.news.list(Q4)]

    assert items()[-1] == "đã phat dong Thang hanh dong"
    opened.press(Key.Key_Down)
    assert opened.here == "Danh mục tin, bài"
    opened.press(Key.Key_Down, times=2)
    opened.press(Key.Key_Return)
    assert opened.here == "Ngày đăng, phát đầu"
    opened.go_to("Tên tin, bài")
    opened.press(Key.Key_End)
    opened.type(" nua")
    opened.press(Key.Key_S, CTRL)
    assert "Phat thanh ve binh dang gioi nua" in items()
    assert opened.here == "Danh mục tin, bài"
    opened.press(Key.Key_Delete)
    assert counter(screen) == "3/4 tin, bài"
    opened.press(Key.Key_Z, CTRL)
    assert counter(screen) == "4/4 tin, bài"
    opened.press(Key.Key_Z, CTRL)
    assert "Phat thanh ve binh dang gioi" in items()
    opened.press(Key.Key_Y, CTRL)
    assert "Phat thanh ve binh dang gioi nua" in items()


def open_year(hands: Hands) -> EntryView:
    """Nhập số liệu opens with the quarter; 02 chooses the yearly form, Enter goes to its grid."""
    hands.visit("entry")
    hands.go_to("Biểu", Key.Key_Backtab)
    hands.type("02")
    hands.press(Key.Key_Return)
    return hands.window.workbench.screen_shown


def test_the_yearly_figures_are_typed_and_corrected(opened):
    screen = open_year(opened)
    grid, stops = screen._grid, []

    def stored(name: str) -> str:
        return cell_text(screen._presenter.opened.report.cell(name))

    for text in ("1", "-", "2", "x"):
        opened.type(text)
        opened.press(Key.Key_Return)
        stops.append(grid.cell)
    assert stops == [
        "women_led_agencies.committee",
        "agencies.council",
        "agencies.committee",
        "business_leaders.female",
    ]
    opened.press(Key.Key_Return, SHIFT)
    assert (grid.cell, stored(grid.cell)) == ("agencies.committee", "x")
    opened.press(Key.Key_F2)
    opened.press(Key.Key_Backspace)
    opened.type("1")
    opened.press(Key.Key_Return)
    assert stored("agencies.committee") == "1"
    opened.press(Key.Key_Z, CTRL)
    assert stored("agencies.committee") == "x"
    opened.press(Key.Key_Y, CTRL)
    assert stored("agencies.committee") == "1"
    opened.press(Key.Key_F8)
    assert grid.cell == "business_leaders.male"


def test_a_warning_is_found_and_takes_its_reason(opened):
    screen = open_year(opened)
    opened.press(Key.Key_Down)
    opened.type("2")
    opened.press(Key.Key_Return)
    opened.press(Key.Key_F7)
    assert (opened.here, screen._grid.cell) == ("Bảng nhập số liệu", "agencies.council")
    opened.press(Key.Key_F9)
    assert opened.here == "Lý do của cảnh báo"
    opened.type("Hai Hoi dong")
    opened.press(Key.Key_Return)
    assert screen._presenter.opened.report.explanations == {"one_council": "Hai Hoi dong"}
    assert opened.here == "Bảng nhập số liệu"


def test_the_wheel_changes_no_figure(opened):
    screen = open_year(opened)
    opened.type("1")
    before = screen._presenter.opened.report
    for place in (screen._grid.viewport(), opened.focus):
        roll_over(place)
    opened.press(Key.Key_Escape)
    assert screen._presenter.opened.report == before
    assert opened.here == "Bảng nhập số liệu"


def sealed_quarter(hands: Hands, first: str = LAN, second: str = HUNG) -> None:
    """From the news ledger to the sealed file on the stick."""
    hands.visit("entry")
    hands.press(Key.Key_F12)
    assert hands.here.startswith("Mật khẩu")
    hands.type(first)
    hands.go_to("Mật khẩu của thủ trưởng đơn vị")
    hands.type(second)
    hands.push("Niêm phong")


def test_the_quarter_is_sealed_with_both_passwords(opened, ask):
    four_items(opened)
    sealed_quarter(opened)
    assert [file.name for file in ask.place.iterdir()] == ["19753_2025-Q4_nq28_hue_R01.bdg"]
    assert ask.dialogs == 1
    assert opened.here == "Bảng nhập số liệu"


BEFORE = (317, 46, 1)  # keys, of them commands, and questions, before Enter led through the first run


def test_from_the_first_start_to_the_sealed_quarter_few_keys_are_no_letters(opened, ask, capsys):
    """Beside what is typed into fields: Tabs, Enters, Ctrl+S. One question of the system (where to), none of ours."""
    four_items(opened)
    sealed_quarter(opened)
    commands = [key for key in opened.seen if len(key) > 1 and key != "Key_Backspace"]
    now = (opened.keys, len(commands), ask.dialogs)
    with capsys.disabled():
        print(f"\nfrom the first start to the sealed quarter: (keys, commands, questions) {now}, before {BEFORE}")
    assert len(commands) <= 40
    assert (ask.dialogs, opened.boxes) == (1, 0)


def office(folder: Path, code: str, *, collates: bool = False) -> Services:
    """A ledger made without the window, to have something to open or to receive from."""
    program = StillProgram(folder)
    unit = program.units.get(code, program.clock().date())
    people = [
        NewPerson("Nguyễn Thị Lan", "Công chức", PersonRole.PREPARER, LAN),
        NewPerson("Trần Văn Hùng", "Chủ tịch", PersonRole.HEAD, HUNG),
    ]
    ledger, _ = program.house.create(folder, Office(unit.key, unit.full_name, collates, unit.parent), people)
    return open_services(program, ledger)


@pytest.fixture
def stick(ask, tmp_path):
    """A commune's sealed quarter and its two key files lie on the stick; what is on its sheets of paper."""
    desk = office(tmp_path / "xa", "19753")
    for day in (3, 9, 20, 25):
        desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("loudspeaker",)))
    signers = [
        desk.ledger.signer(who.keyid, word) for who, word in zip(desk.enrolment.people(), (LAN, HUNG), strict=True)
    ]
    ask.place.joinpath("quy.bdg").write_bytes(desk.sealing.seal("nq28_hue", Q4, signers)[1].raw)
    sheets = {}
    for signer in signers:
        file = ask.place / f"{signer.person.role}.bdk"
        data, sheets[file] = desk.enrolment.request(signer)
        file.write_bytes(data)
    desk.ledger.close()
    return sheets


def test_the_office_above_lets_keys_in_receives_and_saves_the_report(qtbot, tmp_path, ask, stick):
    office(tmp_path / "so", "46", collates=True).ledger.close()
    hands = at_the_keyboard(qtbot, tmp_path / "so", ask)
    assert hands.here == "Mật khẩu"
    hands.type(LAN)
    hands.press(Key.Key_Return)
    hands.visit("receiving")
    hands.go_to("Các trang của Tổng hợp")
    hands.press(Key.Key_Right, times=2)
    for file, digits in stick.items():
        ask.files = [file]
        hands.push("Đăng ký khóa mới…")
        hands.type(digits)
        hands.press(Key.Key_Return)
    hands.push("Chọn thư mục…", Key.Key_Backtab)
    assert hands.here == "Nhận vào sổ"
    assert hands.window.workbench.screen_shown._preview._title.text() == "Vừa đọc: 1 mới"
    hands.press(Key.Key_Return)
    desk = hands.window.workbench.desk
    keys = desk.enrolment.keys()
    assert {key.person for key in keys} == {"Nguyễn Thị Lan", "Trần Văn Hùng"}
    assert len(desk.summaries.status("nq28_hue", Q4).received) == 1
    hands.visit("printing")
    hands.push("Lưu PDF…")
    assert ask.place.joinpath("46_2025-Q4_nq28_hue_bao-cao.pdf").read_bytes().startswith(b"%PDF")
    hands.window.close()
