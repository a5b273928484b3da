"""What the line keeps of the item before is a proposal: the first key replaces it, and the whole of what will be stored is
read before it is.

    Kênh [ Truyền thanh, Bản tin ]      from the item before
         5                              Trực tiếp
         51                             Truyền thanh, Trực tiếp
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from forms.model.news_item import CHANNELS, NewsKind, Origin
from forms.model.period import Period
from main import workbench
from tests.ui.desktop.keyboard import CTRL, Hands, Key, in_front_of
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from tests.ui.desktop.seen import label, the
from ui.desktop.main_window import MainWindow
from ui.desktop.news.entry_line import EntryLine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q4 = Period("2025-Q4")
NUMBER = {channel.id: str(number) for number, channel in enumerate(CHANNELS, 1)}


@pytest.fixture
def hands(qtbot, tmp_path):
    program = FakeProgram(home=tmp_path)
    window = MainWindow(program, workbench, FakeAsk())
    window.open_ledger(desk_of(program).ledger)
    made = in_front_of(qtbot, window)
    window.go("news", "2025-Q4")
    made.settle()
    yield made
    window.close()


def line(hands: Hands) -> EntryLine:
    return hands.window.workbench.screen_shown.dock.line


def stored(hands: Hands):
    return hands.window.workbench.desk.news.list(Q4)


def up_to_kind(hands: Hands, day: int, title: str = "Tin") -> None:
    hands.type(f"{day}/10")
    hands.press(Key.Key_Return)
    hands.type(f"{title} {day}")
    hands.press(Key.Key_Return)
    assert hands.here == "Loại"


def item(hands: Hands, day: int, kind: str, channels: str) -> None:
    up_to_kind(hands, day)
    hands.type(kind)
    hands.press(Key.Key_Return)
    hands.type(channels)
    hands.press(Key.Key_S, CTRL)


def test_the_channels_that_are_typed_are_those_that_are_stored(hands):
    typed = ["1", "13", "5", "1", "7"]
    for day, channels in enumerate(typed, 1):
        item(hands, day, "t", channels)
    assert ["".join(sorted(NUMBER[id] for id in one.channels)) for one in stored(hands)] == typed


def test_channels_that_nobody_touches_are_those_of_the_item_before(hands):
    item(hands, 1, "t", "13")
    item(hands, 2, "t", "")
    assert stored(hands)[0].channels == stored(hands)[1].channels


def test_a_second_key_adds_and_the_same_key_again_takes_away(hands):
    item(hands, 1, "t", "2")
    item(hands, 2, "t", "133")
    assert [NUMBER[id] for id in stored(hands)[1].channels] == ["1"]


def test_of_an_item_that_is_changed_the_channels_are_its_own(hands):
    item(hands, 1, "t", "1")
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, times=3)
    assert hands.here == "Kênh"
    hands.type("3")
    hands.press(Key.Key_S, CTRL)
    assert sorted(NUMBER[id] for id in stored(hands)[0].channels) == ["1", "3"]


@pytest.mark.parametrize(
    ("before", "typed", "kind", "origin"),
    [
        ("tp", "t", NewsKind.BRIEF, Origin.OWN),
        ("tp", "b", NewsKind.FEATURE, Origin.OWN),
        ("tp", "p", NewsKind.BRIEF, Origin.RELAYED),
        ("bp", "", NewsKind.FEATURE, Origin.RELAYED),
        ("t", "bp", NewsKind.FEATURE, Origin.RELAYED),
        ("bp", "pp", NewsKind.FEATURE, Origin.OWN),
    ],
)
def test_the_kind_that_is_typed_is_the_one_that_is_stored(hands, before, typed, kind, origin):
    """Relayed is kept of the item before only where nobody touches the field."""
    item(hands, 1, before, "1")
    item(hands, 2, typed, "")
    assert (stored(hands)[1].kind, stored(hands)[1].origin) == (kind, origin)


def test_a_chip_shows_what_is_chosen_and_turns_just_that(hands):
    item(hands, 1, "t", "1")
    up_to_kind(hands, 2)
    QTest.mouseClick(line(hands)._channel_chips._chips["3"], Qt.MouseButton.LeftButton)
    hands.press(Key.Key_S, CTRL)
    assert sorted(NUMBER[id] for id in stored(hands)[1].channels) == ["1", "3"]


def test_a_click_into_the_day_that_is_kept_proposes_it_too(hands):
    item(hands, 25, "t", "1")
    hands.press(Key.Key_Return)
    field = the(line(hands), QLineEdit, "Ngày đăng, phát đầu")
    assert field.text() == "25/10/2025"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() // 2, field.height() // 2))
    hands.type("27")
    assert field.text() == "27"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(14, field.height() // 2))
    assert not field.hasSelectedText(), "what was typed is put right, not proposed"


def test_what_is_kept_is_marked_so_while_the_keys_stand_on_it(hands):
    item(hands, 1, "t", "13")
    up_to_kind(hands, 2)
    hands.press(Key.Key_Return)
    places = the(line(hands), QLineEdit, "Kênh")
    assert places.selectedText() == places.text() != ""
    hands.type("3")
    assert not places.hasSelectedText()


def test_all_that_will_be_stored_is_read_in_full_before_it_is(hands):
    long = (
        "Hop mat ky niem ngay Phu nu Viet Nam 20/10, phat dong Thang hanh dong vi binh dang gioi va phong chong bao luc"
    )
    up_to_kind(hands, 20, long)
    hands.type("bp")
    hands.press(Key.Key_Return)
    hands.type("12345678")
    hands.press(Key.Key_Return)
    hands.type("12")
    told = label(line(hands), "Sẽ cất: ")
    assert told.isVisible()
    for part in (
        "Thứ Hai, 20/10/2025",
        f"“{long} 20”",
        "Bài, tiếp phát",
        ", ".join(channel.short for channel in CHANNELS),
        "12 lượt",
        "không tính",
    ):
        assert part in told.text()
    assert told.height() >= told.heightForWidth(told.width())


def test_before_a_title_is_typed_it_says_what_comes_from_the_item_before(hands):
    item(hands, 1, "b", "18")
    assert (
        label(line(hands), "Giữ của tin trước").text()
        == "Giữ của tin trước: 01/10/2025 · Bài · Truyền thanh, Tin nhắn. Phím đầu tiên trong ô thay cả ô."
    )
    up_to_kind(hands, 2)
    assert label(line(hands), "Sẽ cất: ")
