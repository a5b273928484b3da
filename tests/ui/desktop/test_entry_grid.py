"""The grid by keyboard: typing over, states by one key, moving, marking, copying, pasting; and Qt's rules of a model."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from forms.model.cell import Cell, CellState, given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from tests.span_form import span_programme
from tests.ui.desktop.entry import desk_with
from tests.ui.desktop.keyboard import ALT, CTRL, SHIFT, Hands, Key, in_front_of
from tests.ui.desktop.parts import FakeFrame, FakeProgram, desk_of
from ui.desktop.entry.dialogs import IndicatorHelp, KeysCard, PasteDialog
from ui.desktop.entry.view import EntryView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
WOMEN, WOMEN2 = "women_led_agencies.council", "women_led_agencies.committee"
ALL, ALL2 = "agencies.council", "agencies.committee"
FIRST_OF_NEXT = "business_leaders.female"


@pytest.fixture
def desk():
    return desk_of(FakeProgram())


def shown(qtbot, desk, place: str = "2025") -> Hands:
    """The entry screen by itself, as large as the smallest window leaves it, with the keys in the grid."""
    view = EntryView(desk, FakeProgram(), FakeFrame())
    hands = in_front_of(qtbot, view)
    view.resize(1152, 744)
    view.entered(place)
    hands.settle()
    return hands


@pytest.fixture
def hands(qtbot, desk):
    return shown(qtbot, desk)


@pytest.fixture
def grid(hands):
    return hands.window._grid


def stored(desk, name: str, period: str = "2025") -> Cell:
    return desk.entry.open("nq28_hue", Period(period)).cell(name)


def write(desk, period: str, **cells: int) -> None:
    named = {name.replace("__", "."): given(amount) for name, amount in cells.items()}
    desk.entry.put_cells(desk.entry.open("nq28_hue", Period(period)), named.items())


def said(hands: Hands) -> str:
    return hands.window._strip._keys.text()


def test_the_model_keeps_qts_rules(hands, qtmodeltester):
    QAbstractItemModelTester(hands.window._model)
    qtmodeltester.check(hands.window._model)


def test_typing_overwrites_and_enter_goes_on_as_one_reads(hands, grid, desk):
    assert grid.cell == WOMEN
    hands.type("1")
    hands.press(Key.Key_Return)
    assert stored(desk, WOMEN) == given(1)
    assert grid.cell == WOMEN2, "to the right"
    hands.type("0")
    hands.press(Key.Key_Tab)
    assert grid.cell == ALL, "to the next row"
    hands.press(Key.Key_Return, SHIFT)
    assert grid.cell == WOMEN2


def test_tab_goes_on_in_the_grid_once_one_works_in_it_and_esc_lets_it_out(hands, grid):
    hands.press(Key.Key_Tab)
    assert hands.here != "Bảng nhập số liệu", "who only passes through is not held"
    hands.press(Key.Key_Backtab, SHIFT)
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Tab)
    assert (hands.here, grid.cell) == ("Bảng nhập số liệu", ALL)
    hands.press(Key.Key_Backtab, SHIFT)
    assert grid.cell == WOMEN2
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Tab)
    assert hands.here != "Bảng nhập số liệu"


def test_down_and_up_stay_in_the_column_and_arrows_end_the_typing(hands, grid, desk):
    hands.press(Key.Key_Right)
    hands.type("1")
    hands.press(Key.Key_Down)
    assert grid.cell == ALL2
    hands.type("2")
    hands.press(Key.Key_Left)
    assert grid.cell == ALL
    assert (stored(desk, WOMEN2), stored(desk, ALL2)) == (given(1), given(2))
    hands.press(Key.Key_Up)
    assert grid.cell == WOMEN


def test_f2_opens_the_text_itself_and_there_the_arrows_walk(hands, grid, desk):
    write(desk, "2025", women_led_agencies__council=12)
    hands.window.entered("2025")
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Left)
    hands.type("5")
    hands.press(Key.Key_Return)
    assert stored(desk, WOMEN) == given(152)


def test_escape_leaves_what_was_there(hands, grid, desk):
    hands.type("1")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, SHIFT)
    hands.type("5")
    hands.press(Key.Key_Escape)
    assert (grid.cell, stored(desk, WOMEN)) == (WOMEN, given(1))


def test_nothing_is_rewritten_while_it_is_typed(hands, grid):
    typed = ""
    for letter in "1.234,50 ":
        hands.type(letter)
        typed += letter
        assert grid._field().text() == typed


def test_a_refused_text_stays_and_so_does_the_place(hands, grid, desk):
    hands.type("8a")
    hands.press(Key.Key_Return)
    assert grid.cell == WOMEN
    assert grid.currentIndex().data() == "8a"
    assert "không phải là số" in said(hands)
    assert stored(desk, WOMEN).state is CellState.BLANK


@pytest.mark.parametrize(
    ("key", "state"), [("-", CellState.NONE), ("x", CellState.NOT_APPLICABLE), (".", CellState.NOT_COLLECTED)]
)
def test_one_key_says_why_there_is_no_number_and_stays(hands, grid, desk, key, state):
    hands.type(key)
    assert (stored(desk, WOMEN).state, grid.cell) == (state, WOMEN)
    hands.press(Key.Key_Z, CTRL)
    assert stored(desk, WOMEN).state is CellState.BLANK


def test_a_digit_right_after_the_minus_makes_a_negative_number(hands, grid, desk):
    hands.type("-5")
    hands.press(Key.Key_Return)
    assert stored(desk, WOMEN) == given(-5)


def test_a_digit_after_a_minus_and_a_move_is_a_number_of_its_own(hands, grid, desk):
    hands.type("-")
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Left)
    hands.type("5")
    hands.press(Key.Key_Return)
    assert stored(desk, WOMEN) == given(5)


def test_a_sign_inside_a_typed_text_is_text(hands, grid, desk):
    hands.type("1.234")
    hands.press(Key.Key_Return)
    assert stored(desk, WOMEN) == given(1234)


def test_a_chosen_block_is_signed_emptied_and_brought_back_at_once(hands, grid, desk):
    hands.press(Key.Key_Right, SHIFT)
    hands.press(Key.Key_Down, SHIFT)
    hands.type("-")
    assert {stored(desk, name).state for name in (WOMEN, WOMEN2, ALL, ALL2)} == {CellState.NONE}
    hands.press(Key.Key_Delete)
    assert stored(desk, ALL).state is CellState.BLANK
    hands.press(Key.Key_Z, CTRL)
    assert stored(desk, ALL).state is CellState.NONE
    hands.press(Key.Key_Y, CTRL)
    assert stored(desk, ALL).state is CellState.BLANK


def test_undo_knows_no_end_and_leads_back_to_another_report(hands, grid, desk):
    for number in range(30):
        hands.type(str(number % 10))
        hands.press(Key.Key_Return)
        hands.press(Key.Key_Return, SHIFT)
    hands.window.entered("2024")
    hands.press(Key.Key_Z, CTRL, times=30)
    assert stored(desk, WOMEN).state is CellState.BLANK
    assert hands.window._presenter.opened.report.period.label == "2025"
    hands.press(Key.Key_Y, CTRL, times=30)
    assert stored(desk, WOMEN) == given(9)


def test_enter_on_the_last_place_goes_on_in_the_next_section_and_back(hands, grid):
    hands.press(Key.Key_End, CTRL)
    hands.press(Key.Key_Return)
    assert grid.cell == FIRST_OF_NEXT
    hands.press(Key.Key_Return, SHIFT)
    assert grid.cell == ALL2
    hands.press(Key.Key_Home, CTRL)
    assert grid.cell == WOMEN


def test_ctrl_page_turns_the_sections_and_keeps_what_is_being_typed(hands, grid, desk):
    hands.type("1")
    hands.press(Key.Key_PageDown, CTRL)
    assert (grid.cell, stored(desk, WOMEN)) == (FIRST_OF_NEXT, given(1))
    hands.press(Key.Key_PageUp, CTRL)
    assert grid.cell == WOMEN


def test_f7_and_f8_lead_through_what_is_wrong_and_what_is_blank(hands, grid):
    hands.press(Key.Key_F8, times=3)
    assert grid.cell == ALL2
    hands.press(Key.Key_F8)
    assert grid.cell == FIRST_OF_NEXT
    hands.press(Key.Key_F8, SHIFT)
    assert grid.cell == ALL2
    hands.type("2")
    hands.press(Key.Key_F7)
    assert grid.cell == ALL2, "typed and found: more than one committee"
    assert "Ủy ban nhân dân" in hands.window._problems.finding.message
    hands.press(Key.Key_F7, SHIFT)
    assert grid.cell == ALL2, "the only one"


def test_a_reason_is_given_without_leaving_the_keys_and_last_years_is_taken_by_one(hands, grid, desk):
    write(desk, "2024", agencies__committee=2)
    last = desk.entry.open("nq28_hue", Period("2024"))
    desk.entry.explain(last, "one_committee", "Sáp nhập hai phường")
    write(desk, "2025", agencies__committee=2)
    hands.window.entered("2025")
    hands.press(Key.Key_F7)
    hands.press(Key.Key_F9)
    assert hands.here == "Lý do của cảnh báo"
    assert "Sáp nhập hai phường" in hands.focus.placeholderText()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert hands.here == "Bảng nhập số liệu"
    assert hands.window._presenter.opened.report.explanations == {"one_committee": "Sáp nhập hai phường"}


def test_f9_where_no_reason_is_asked_says_so(hands):
    hands.press(Key.Key_F9)
    assert "không có cảnh báo" in said(hands)


def test_a_note_is_written_beside_the_cell(hands, grid, desk):
    hands.press(Key.Key_F2, SHIFT)
    assert hands.here == "Ghi chú của ô"
    hands.telex("d", "đ", "đa", "đã", "đã có")
    hands.press(Key.Key_Return)
    assert (hands.here, stored(desk, WOMEN).note) == ("Bảng nhập số liệu", "đã có")
    hands.press(Key.Key_F2, SHIFT)
    hands.type("khac")
    hands.press(Key.Key_Escape)
    assert (hands.here, stored(desk, WOMEN).note) == ("Bảng nhập số liệu", "đã có")


def test_a_note_left_open_is_kept_when_the_screen_is_left(hands, desk):
    hands.press(Key.Key_F2, SHIFT)
    hands.type("cho so")
    hands.window.left()
    assert stored(desk, WOMEN).note == "cho so"


def test_f6_marks_and_f4_carries_forward_until_ctrl_enter_confirms(hands, grid, desk):
    write(desk, "2024", women_led_agencies__council=1, women_led_agencies__committee=0, agencies__council=1)
    hands.window.entered("2025")
    hands.press(Key.Key_F4)
    assert (stored(desk, WOMEN).amount, stored(desk, WOMEN).carried) == (1, True)
    hands.press(Key.Key_Return, CTRL)
    assert (stored(desk, WOMEN).carried, grid.cell) == (False, WOMEN2)
    hands.press(Key.Key_F4, SHIFT)
    assert [stored(desk, name).carried for name in (WOMEN2, ALL, ALL2)] == [True, True, False]
    hands.press(Key.Key_A, CTRL)
    hands.press(Key.Key_Return, CTRL)
    assert [stored(desk, name).carried for name in (WOMEN2, ALL)] == [False, False]
    hands.press(Key.Key_F6)
    assert stored(desk, WOMEN2).flagged


def test_ctrl_d_fills_down(hands, grid, desk):
    hands.type("1")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, SHIFT)
    hands.press(Key.Key_Down, SHIFT)
    hands.press(Key.Key_D, CTRL)
    assert stored(desk, ALL) == given(1)
    hands.press(Key.Key_End, CTRL)
    hands.press(Key.Key_D, CTRL)
    assert stored(desk, ALL2).state is CellState.BLANK, "above it nothing stands"


def test_a_single_number_is_pasted_like_typing(hands, grid, desk):
    QGuiApplication.clipboard().setText("1\r\n")
    hands.press(Key.Key_V, CTRL)
    assert stored(desk, WOMEN) == given(1)


def test_a_block_is_shown_before_it_is_taken_enter_takes_it(hands, grid, desk):
    QGuiApplication.clipboard().setText("1\t0\r\n1\t1\r\n")
    hands.press(Key.Key_V, CTRL)
    dialog = hands.window.findChild(PasteDialog)
    assert dialog.isVisible()
    assert stored(desk, WOMEN).state is CellState.BLANK
    hands.press(Key.Key_Return)
    assert [stored(desk, name).amount for name in (WOMEN, WOMEN2, ALL, ALL2)] == [1, 0, 1, 1]
    hands.press(Key.Key_Z, CTRL)
    assert stored(desk, ALL2).state is CellState.BLANK


def test_esc_leaves_the_paste_and_enter_takes_nothing_that_is_refused(hands, grid, desk):
    QGuiApplication.clipboard().setText("1\t0\r\n1\tmột\r\n")
    hands.press(Key.Key_V, CTRL)
    hands.press(Key.Key_Return)
    assert hands.window.findChild(PasteDialog).isVisible()
    hands.press(Key.Key_Escape)
    assert hands.here == "Bảng nhập số liệu"
    assert stored(desk, WOMEN).state is CellState.BLANK


def test_copy_and_cut_take_the_chosen_block(hands, grid, desk):
    write(desk, "2025", women_led_agencies__council=1234, agencies__committee=5)
    hands.window.entered("2025")
    hands.press(Key.Key_Home, CTRL)
    hands.press(Key.Key_Right, SHIFT)
    hands.press(Key.Key_Down, SHIFT)
    hands.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1234\t\n\t5\n"
    hands.press(Key.Key_X, CTRL)
    assert stored(desk, WOMEN).state is CellState.BLANK


def test_the_whole_section_goes_to_a_spreadsheet_and_back(hands, grid, desk):
    hands.press(Key.Key_A, CTRL)
    hands.press(Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Số\tChỉ tiêu, số liệu\tĐVT\t")
    first = lines[1].split("\t")
    QGuiApplication.clipboard().setText("\n".join([lines[0], "\t".join([*first[:3], "1", "0", *first[5:]])]))
    hands.press(Key.Key_End, CTRL)
    hands.press(Key.Key_V, CTRL)
    hands.press(Key.Key_Return)
    assert (stored(desk, WOMEN), stored(desk, WOMEN2)) == (given(1), given(0))


def test_f1_opens_the_sheet_and_escape_closes_it(hands):
    hands.press(Key.Key_F1)
    sheet = hands.window.findChild(IndicatorHelp)
    assert sheet.isVisible()
    hands.press(Key.Key_Escape)
    assert hands.window.findChild(IndicatorHelp) is None
    assert hands.here == "Bảng nhập số liệu"


def test_the_card_of_keys_opens_by_its_letter(hands, qtbot):
    hands.press(Key.Key_P, ALT)
    qtbot.waitUntil(lambda: hands.window.findChild(KeysCard) is not None)  # Qt presses a button for a tenth of a second


def test_an_open_field_is_kept_when_the_screen_is_left(hands, desk):
    hands.type("1")
    hands.window.left()
    assert stored(desk, WOMEN) == given(1)


def test_what_follows_the_news_ledger_cannot_be_typed(qtbot, desk):
    desk.news.save(NewsItem("", date(2025, 10, 3), "Tin", NewsKind.BRIEF, ("website",)))
    hands = shown(qtbot, desk, "2025#news_q3")
    hands.press(Key.Key_Return)
    assert hands.window._grid.cell != "news_q4", "passed over"
    grid = hands.window._grid
    grid.stand_on("news_q4")
    hands.type("7")
    assert (grid._field(), stored(desk, "news_q4")) == (None, given(1))
    assert "Sửa ở sổ tin, bài" in said(hands)


def test_typing_into_a_sealed_report_says_what_to_do(qtbot, desk):
    for day in (1, 2, 3, 4):
        desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("website",)))
    desk.sealing.seal("nq28_hue", Period("2025-Q4"), desk.ledger.signers())
    hands = shown(qtbot, desk, "2025-Q4")
    hands.type("7")
    assert "Mở bản thay thế" in said(hands)
    QGuiApplication.clipboard().setText("7")
    hands.press(Key.Key_V, CTRL)
    assert hands.window.findChild(PasteDialog) is None


def test_the_headings_stay_while_the_years_scroll(qtbot):
    """Ten years do not fit: the title stays, and the place one goes to is seen."""
    hands = shown(qtbot, desk_with(span_programme(), "Sở Y tế", "agency"), "")
    grid = hands.window._grid
    assert grid.cell == "reached.female@2011"
    hands.press(Key.Key_End)
    assert grid.cell == "reached.female@2020"
    place = grid.visualRect(grid.currentIndex())
    assert grid.viewport().rect().contains(place)
    assert grid.horizontalScrollBar().value() > 0
    assert grid.verticalHeader().width() > 250
    hands.press(Key.Key_Home)
    assert (grid.cell, grid.horizontalScrollBar().value()) == ("reached.female@2011", 0)


def test_the_grid_fits_the_smallest_screen_without_scrolling_sideways(qtbot, desk):
    for year in ("2023", "2024"):
        write(desk, year, women_led_agencies__council=1)
    hands = shown(qtbot, desk)
    assert hands.window._grid.horizontalScrollBar().maximum() == 0
    assert not any(hands.window._grid.isColumnHidden(column) for column in range(6))


def test_a_screen_reader_hears_row_column_and_figure(hands, grid, desk):
    hands.type("1")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return, SHIFT)
    spoken = grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("1.1.1 Số cơ quan")
    assert spoken.endswith("Hội đồng nhân dân: 1")
    QTest.keyClick(QApplication.focusWidget(), "2")
    assert grid._field().accessibleName().endswith("Hội đồng nhân dân")


def test_a_heading_that_still_asks_for_old_rows_gets_nothing(hands, grid):
    """While a table of few rows takes the place of one with many, Qt asks for headings that are no more."""
    model = grid.entries
    for orientation, beyond in (
        (Qt.Orientation.Vertical, model.rowCount()),
        (Qt.Orientation.Horizontal, model.columnCount()),
    ):
        assert model.headerData(beyond, orientation) is None
        assert model.headerData(beyond - 1, orientation) is not None


def test_going_between_forms_of_all_sizes_ends_well(qtbot, desk):
    hands = shown(qtbot, desk)
    for place in ("2025-Q3", "2025", "2025-Q4#news_counted", "2025#victims_found.female", "2025-Q3"):
        hands.window.entered(place)
        hands.settle()
        assert hands.window._grid.entries.rowCount() > 0


def test_esc_leaves_what_was_there_also_in_the_sums_that_followed_the_typing(hands, grid, desk):
    """
    1.1.1   1  0  | 1
            7…    | 7   while it is typed
            Esc   | 1
    """
    write(desk, "2025", women_led_agencies__council=1, women_led_agencies__committee=0)
    hands.window.entered("2025")
    grid.stand_on(WOMEN)
    row, column = grid.entries.layout.places[WOMEN]
    total = column + 2
    hands.type("7")
    assert grid.entries.shown(row, total).text == "7"
    hands.press(Key.Key_Escape)
    assert (grid.entries.shown(row, column).text, grid.entries.shown(row, total).text) == ("1", "1")
