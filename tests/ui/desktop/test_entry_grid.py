"""The grid by keyboard: Enter, Shift+Enter, F2, typing over, Delete, copy and paste; and Qt's rules of a model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QLineEdit

from forms.cell import CellState, given
from forms.periods import Period
from tests.ui.desktop.parts import PASSWORD, FakeFrame, FakeProgram, desk_of
from tests.ui.desktop.test_entry_presenter import quarter_ready
from ui.desktop.screens.entry.model import VALUE
from ui.desktop.screens.entry.view import EntryView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
WOMEN, ALL = "women_led_agencies.council", "agencies.council"
Key = Qt.Key


@pytest.fixture
def desk():
    return desk_of(FakeProgram())


@pytest.fixture
def view(qtbot, desk):
    made = EntryView(desk, FakeProgram(), FakeFrame())
    qtbot.addWidget(made)
    made.resize(1150, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.entered("2025")
    return made


def stored(desk, name):
    return desk.entry.open("nq28_hue", Period("2025")).cell(name)


def typed(view, keys: str, end: Qt.Key = Key.Key_Return, shift: bool = False):
    """Type over the cell one stands on and leave it."""
    QTest.keyClicks(view._grid, keys[:1])
    field = view._grid.findChild(QLineEdit)
    QTest.keyClicks(field, keys[1:])
    QTest.keyClick(field, end, Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier)


def test_the_model_keeps_qts_rules(view, qtmodeltester):
    QAbstractItemModelTester(view._model)
    qtmodeltester.check(view._model)


def test_typing_stands_on_the_first_cell_and_enter_goes_on(view, desk):
    typed(view, "1")
    assert stored(desk, WOMEN) == given(1)
    assert view._grid.cell == "women_led_agencies.committee"
    typed(view, "0")
    assert view._grid.cell == ALL  # over the total's row


def test_shift_enter_goes_back(view):
    typed(view, "1")
    typed(view, "0", shift=True)
    assert view._grid.cell == WOMEN


def test_vietnamese_typed_with_backspaces_arrives_whole(view, desk):
    view._grid.setCurrentIndex(view._model.index(view._model.row_of(WOMEN), 5))
    QTest.keyClicks(view._grid, "d")
    field = view._grid.findChild(QLineEdit)
    QTest.keyClick(field, Key.Key_Backspace)
    field.insert("đã có")
    QTest.keyClick(field, Key.Key_Return)
    assert stored(desk, WOMEN).note == "đã có"


def test_a_refused_text_stays_and_so_does_the_place(view, desk):
    typed(view, "8a")
    assert view._grid.cell == WOMEN
    assert view._model.index(view._model.row_of(WOMEN), VALUE).data() == "8a"
    assert "không phải là số" in view._refused.text()
    assert stored(desk, WOMEN).state is CellState.BLANK


def test_escape_leaves_what_was_there(view, desk):
    typed(view, "1")
    view._grid.stand_on(WOMEN)
    typed(view, "5", Key.Key_Escape)
    assert stored(desk, WOMEN) == given(1)


def test_delete_empties_and_ctrl_z_brings_back(view, desk, qtbot):
    typed(view, "1")
    view._grid.stand_on(WOMEN)
    QTest.keyClick(view._grid, Key.Key_Delete)
    assert stored(desk, WOMEN).state is CellState.BLANK
    view._undo.undo()
    assert stored(desk, WOMEN) == given(1)
    view._undo.redo()
    assert stored(desk, WOMEN).state is CellState.BLANK


def test_a_column_from_a_workbook_fills_the_places_to_type(view, desk):
    QGuiApplication.clipboard().setText("1\r\n0\r\n1\r\n1\r\n")
    view._grid.stand_on(WOMEN)
    QTest.keyClick(view._grid, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [line.value for line in view._model.lines] == ["1", "1", "0", "2", "1", "1", "50,0"]


def test_what_is_copied_can_be_pasted_back(view, desk):
    for text in ("1", "-"):
        typed(view, text)
    view._grid.stand_on(WOMEN)
    view._grid.selectionModel().select(
        view._model.index(view._model.row_of("women_led_agencies.committee"), VALUE),
        view._grid.selectionModel().SelectionFlag.Select,
    )
    QTest.keyClick(view._grid, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1\n-"


def test_f8_goes_to_the_next_blank_in_another_part(view):
    typed(view, "1", Key.Key_Escape)
    for _ in range(3):
        view._go_on(problems=False)
    assert view._grid.cell == "agencies.committee"
    view._go_on(problems=False)
    assert view._grid.cell == "business_leaders.female"


def test_enter_on_the_last_place_of_a_part_goes_on_in_the_next_and_back(view, desk):
    for _ in range(4):
        typed(view, "1")
    assert view._grid.cell == "business_leaders.female"
    QTest.keyClick(view._grid, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view._grid.cell == "agencies.committee"


def test_f1_opens_the_sheet_and_escape_closes_it(view, qtbot):
    QTest.keyClick(view._grid, Key.Key_F1)
    sheet = view.findChild(QDialog)
    assert sheet.isVisible()
    QTest.keyClick(sheet, Key.Key_Escape)
    assert not sheet.isVisible()


def test_an_open_field_is_kept_when_the_screen_is_left(view, desk):
    QTest.keyClicks(view._grid, "1")
    view.left()
    assert stored(desk, WOMEN) == given(1)


def test_sealing_by_keyboard_ends_with_a_package(qtbot, desk):
    program, frame = FakeProgram(), FakeFrame()
    report = quarter_ready(desk)
    view = EntryView(desk, program, frame)
    qtbot.addWidget(view)
    view.entered("2025-Q4")
    view._seal_asked()
    dialog = view.findChild(QDialog)
    for _, password in dialog._hands:
        password.setText("sai")
    dialog._seal.click()
    assert "Mật khẩu không đúng" in dialog._problem.text()
    for _, password in dialog._hands:
        password.setText(PASSWORD)
    dialog._seal.click()
    assert [file.name for file in program.written] == ["19804_2025-Q4_nq28_hue_R01.bdg"]
    assert desk.entry.open("nq28_hue", report.period).state.value == "exported"
    assert not view._seal.isVisibleTo(view)
