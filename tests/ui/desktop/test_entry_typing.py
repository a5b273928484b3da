"""UniKey on the grid, also faster than the window keeps up; and the mouse's wheel, which changes nothing.

An input method for Vietnamese takes letters back with Backspace and gives them anew with their marks. All keys of a
word may be waiting before the first one is looked at: here they are posted to the window in one go.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from forms.model.cell import CellState, given
from tests.ui.desktop.keyboard import SHIFT, Hands, Key, roll_over
from tests.ui.desktop.parts import FakeProgram, desk_of
from tests.ui.desktop.seen import the
from tests.ui.desktop.test_entry_grid import ALL, WOMEN, shown, stored, write
from ui.desktop.entry.grid import EntryGrid

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
BACK = "\b"

TELEX = {  # what is struck → what UniKey sends
    "dax cos": ["d", "a", BACK, "ã", " ", "c", "o", BACK, "ó"],
    "Dduowcj": ["D", BACK, "Đ", "u", "o", BACK, BACK, "ư", "ơ", "c", BACK, BACK, "ợ", "c"],
    "nguwowif": [*"ngu", BACK, "ư", "o", BACK, "ơ", "i", BACK, BACK, "ờ", "i"],
}
VNI = {
    "d9a4 co1": ["d", BACK, "đ", "a", BACK, "ã", " ", "c", "o", BACK, "ó"],
    "nu74": ["n", "u", BACK, "ư", BACK, "ữ"],
}
_KEYS = {BACK: Qt.Key.Key_Backspace, "\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}


def result(sent: list[str]) -> str:
    """What stands there in the end."""
    text = ""
    for letter in sent:
        text = text[:-1] if letter == BACK else text + letter
    return text


def burst(hands: Hands, sent: list[str]) -> None:
    """Every key lies in the window's queue before the first is handled; each goes where the focus then is."""
    window = hands.window.window().windowHandle()
    for letter in sent:
        key = _KEYS.get(letter) or (ord(letter.upper()) if letter.isascii() else 0)
        text = "" if letter in (BACK, "\t") else letter
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.postEvent(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
    QApplication.processEvents()


@pytest.fixture
def desk():
    return desk_of(FakeProgram())


@pytest.fixture
def hands(qtbot, desk):
    return shown(qtbot, desk)


@pytest.mark.parametrize("sent", [*TELEX.values(), *VNI.values()], ids=[*TELEX, *VNI])
def test_a_word_typed_into_a_note_faster_than_the_window_arrives_whole(hands, desk, sent):
    hands.press(Key.Key_F2, SHIFT)
    burst(hands, [*sent, "\r"])
    assert stored(desk, WOMEN).note == result(sent)


@pytest.mark.parametrize("sent", [*TELEX.values(), *VNI.values()], ids=[*TELEX, *VNI])
def test_a_word_typed_on_a_cell_opens_it_with_its_first_key_and_loses_none(hands, desk, sent):
    """No word is a figure: it stays as it was typed, to be put right, and nothing is kept of it."""
    burst(hands, [*sent, "\r"])
    assert grid(hands).currentIndex().data() == result(sent)
    assert stored(desk, WOMEN).state is CellState.BLANK


def test_a_row_of_figures_faster_than_the_window_lands_in_the_right_cells(hands, desk):
    names = grid(hands).model().layout.cells
    burst(hands, list("12\r34\r56\t78\r"))
    assert [stored(desk, name).amount for name in names] == [12, 34, 56, 78]


def test_signs_and_figures_mixed_in_one_burst(hands, desk):
    """- ↵ 5 ↵ x ↵ -7 ↵"""
    names = grid(hands).model().layout.cells
    burst(hands, list("-\r5\rx\r-7\r"))
    cells = [stored(desk, name) for name in names]
    assert [cell.state for cell in cells[:3]] == [CellState.NONE, CellState.GIVEN, CellState.NOT_APPLICABLE]
    assert cells[3] == given(-7)


def test_what_is_taken_back_to_nothing_leaves_a_blank_and_no_sign(hands, desk):
    """A first letter that the input method takes back again: the cell is open and empty, x and - are then text."""
    burst(hands, ["a", BACK, "1", "2", "\r"])
    assert stored(desk, WOMEN) == given(12)


def grid(hands: Hands) -> EntryGrid:
    return the(hands.window, EntryGrid)


def values(around: QWidget) -> list[str]:
    """What every field on the screen holds."""
    found = [field.text() for field in around.findChildren(QLineEdit)]
    return found + [choice.currentText() for choice in around.findChildren(QComboBox)]


@pytest.mark.parametrize("typing", [False, True], ids=["standing", "typing"])
def test_the_wheel_changes_no_value_wherever_it_is_turned(hands, desk, typing):
    write(desk, "2025", women_led_agencies__council=1, agencies__council=1)
    hands.window.entered("2025")
    if typing:
        hands.type("7")
    before, report = values(hands.window), hands.window._presenter.opened.report
    turned = [one for one in hands.window.findChildren(QWidget) if one.isVisible()]
    for place in turned:
        roll_over(place)
    assert len(turned) > 30
    assert values(hands.window) == before
    assert (hands.window._presenter.opened.report, stored(desk, ALL)) == (report, given(1))
    assert stored(desk, WOMEN) == given(1)


def test_a_screen_that_scrolls_under_an_open_field_keeps_what_is_typed_in_it(hands, desk):
    hands.type("1")
    for _ in range(20):
        roll_over(grid(hands).viewport())
    hands.type("2")
    hands.press(Key.Key_Return)
    assert stored(desk, WOMEN) == given(12)
