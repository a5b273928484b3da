"""What was typed and not taken stays until it is answered: on the page, on the way back to it, in the ledger. Until then it is
an error of its report, and nothing is sealed past it.

    1.1.1  [ 1 ]    the ledger has 1
           1,000    is typed: two readings, refused, red
           F12      "Chưa niêm phong được": the 1 is not sealed
"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from forms.errors import ReportStateError
from forms.model.cell import given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.model.report import ImportedReport
from forms.model.task import Nomination, Nominee
from main import workbench
from tests.ui.desktop.keyboard import CTRL, Hands, Key, in_front_of
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from ui.desktop.main_window import MainWindow
from ui.desktop.shell import Location

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
YEAR, Q3, Q4 = Period("2025"), Period("2025-Q3"), Period("2025-Q4")
HUE, CELL = "nq28_hue", "people_reached.female"
BOARD, REVIEW = Location("bvstbpn_hatinh", Period("2019")), Location("qd2351_hatinh", Period("2011..2020"))
GRID, TASKS = "Bảng nhập số liệu", "Bảng nhiệm vụ"


class Office:
    """An office whose window can be closed and opened again over the same ledger."""

    def __init__(self, qtbot, tmp_path, code: str, follows: tuple[str, ...], *, collates: bool) -> None:
        self._qtbot, self.program = qtbot, FakeProgram(home=tmp_path)
        self.desk = desk_of(self.program, code, collates=collates)
        self.desk.ledger.folder = tmp_path
        self.desk.programmes.follow(follows)
        self.begin()

    def begin(self) -> None:
        self.window = MainWindow(self.program, workbench, FakeAsk())
        self.window.open_ledger(self.desk.ledger)
        self.hands: Hands = in_front_of(self._qtbot, self.window)

    def again(self) -> None:
        """The window is closed; another day it is opened."""
        self.window.close()
        self.begin()

    def open(self, page: str, place: Location | str) -> None:
        self.window.go(page, str(place))
        self.hands.settle()

    @property
    def screen(self):
        return self.window.workbench.screen_shown

    def waiting(self, place: Location) -> list[str]:
        """The checks of what was refused, as anybody who checks the report finds them."""
        report = self.desk.entry.open(place.programme, place.period)
        return sorted(self.desk.entry.context(report).refused)

    def cannot_be_sealed(self, place: Location) -> bool:
        try:
            self.desk.sealing.seal(place.programme, place.period, self.desk.ledger.signers())
        except ReportStateError as error:
            return error.code == "CHECKS_FAILED" and "chưa nhận" in error.message
        return False


def told(around) -> str:
    return "\n".join(label.text() for label in around.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def make(qtbot, tmp_path):
    made = []

    def office(code: str = "19804", follows: tuple[str, ...] = (HUE,), *, collates: bool = False) -> Office:
        made.append(Office(qtbot, tmp_path, code, follows, collates=collates))
        return made[0]

    yield office
    made[0].window.close()


@pytest.fixture
def typed(make) -> Office:
    """The ledger has 1 in a cell of the year; 1,000 was typed over it and refused."""
    office = make()
    office.desk.entry.put_cell(office.desk.entry.open(HUE, YEAR), CELL, given(1))
    office.open("entry", Location(HUE, YEAR, CELL))
    office.hands.type("1,000")
    office.hands.press(Key.Key_Return)
    return office


def shown(office: Office) -> tuple[str, bool]:
    """What stands in the cell, and whether it is marked as refused."""
    model = office.screen._model
    found = model.shown(*model.layout.places[CELL])
    return found.text, found.is_refused


PLACE = Location(HUE, YEAR)


def test_why_it_was_refused_is_read_in_full_below_the_table(typed):
    """On the smallest screen: the cell is named above it, so its name is not said again."""
    told = typed.screen._strip._keys.text()
    assert "…" not in told
    assert told.replace("\n", " ").startswith("“1,000” có thể hiểu hai cách")
    assert "Chưa cất ô này." in told.replace("\n", " ")


def test_it_stays_in_its_cell_and_among_what_is_wrong(typed):
    assert shown(typed) == ("1,000", True)
    problems = typed.screen._problems
    listed = [problems._list.item(number).toolTip() for number in range(problems._list.count())]
    assert [words for words in listed if "chưa nhận “1,000”" in words]
    assert typed.waiting(PLACE) == [CELL]


def test_nothing_is_sealed_past_it_on_any_way(typed):
    assert typed.cannot_be_sealed(PLACE)
    typed.hands.press(Key.Key_F12)
    dialog = QApplication.activeModalWidget()
    assert "Chưa niêm phong được" in told(dialog)
    assert "“1,000”" in told(dialog)
    assert not dialog._seal.isEnabled()
    assert not dialog._leave.isEnabled()
    typed.hands.press(Key.Key_Escape)


def test_it_is_there_on_the_way_back_from_another_page_report_look_and_day(typed):
    typed.hands.visit("home")
    typed.hands.visit("entry")
    assert shown(typed) == ("1,000", True)
    typed.open("entry", Location(HUE, Q4))
    typed.open("entry", Location(HUE, YEAR, CELL))
    assert shown(typed) == ("1,000", True)
    typed.window.look("dark", 100)
    typed.open("entry", Location(HUE, YEAR, CELL))
    assert shown(typed) == ("1,000", True)
    typed.again()
    typed.open("entry", Location(HUE, YEAR, CELL))
    assert shown(typed) == ("1,000", True)
    typed.window.look("light", 100)


@pytest.mark.parametrize(("text", "stored"), [("1000", "1000"), ("1", "1"), ("", None)])
def test_a_number_answers_it_also_the_one_that_was_there_and_so_does_delete(typed, text, stored):
    if text:
        typed.hands.type(text)
        typed.hands.press(Key.Key_Return)
    else:
        typed.hands.press(Key.Key_Delete)
    cell = typed.desk.entry.open(HUE, YEAR).cell(CELL)
    assert (cell.amount and str(cell.amount)) == stored
    assert typed.waiting(PLACE) == []
    assert not shown(typed)[1]


def test_a_whole_report_out_of_a_file_answers_all_of_it(typed):
    typed.desk.entry.take(ImportedReport(HUE, YEAR, cells={CELL: given(7)}))
    assert typed.waiting(PLACE) == []


def test_the_home_page_says_that_something_is_to_be_put_right(typed):
    typed.hands.visit("home")
    assert "lỗi" in told(typed.screen).lower()


def test_a_day_that_cannot_be_read_stays_beside_the_old_one(make):
    office = make()
    office.desk.entry.date(office.desk.entry.open(HUE, YEAR), date(2025, 12, 1), False)
    office.open("entry", PLACE)
    office.hands.go_to("Số liệu tính đến ngày")
    office.hands.press(Key.Key_A, CTRL)
    office.hands.type("31/13/2025")
    office.hands.press(Key.Key_Tab)
    assert office.waiting(PLACE) == ["as_of"]
    assert office.screen._side._day.text() == "31/13/2025"
    office.hands.visit("home")
    office.hands.visit("entry")
    assert office.screen._side._day.text() == "31/13/2025"
    assert office.cannot_be_sealed(PLACE)
    office.hands.go_to("Ước thực hiện cả kỳ")
    office.hands.press(Key.Key_Space)
    report = office.desk.entry.open(HUE, YEAR)
    assert (report.as_of, report.estimate) == (date(2025, 12, 1), True), "the tick is taken, the day still waits"
    assert office.waiting(PLACE) == ["as_of"]
    office.hands.go_to("Số liệu tính đến ngày", Key.Key_Backtab)
    office.hands.press(Key.Key_A, CTRL)
    office.hands.type("31/12/2025")
    office.hands.press(Key.Key_Tab)
    assert office.waiting(PLACE) == []


def test_a_note_that_is_too_long_stays_to_be_cut(make):
    office = make()
    office.open("entry", Location(HUE, YEAR, CELL))
    office.screen._presenter.note(CELL, "dài " * 1000)
    assert office.waiting(PLACE) == [f"note:{CELL}"]
    office.hands.visit("home")
    office.hands.visit("entry")
    office.screen._grid.stand_on(CELL)
    office.screen._strip.write_note()
    assert office.screen._strip._note.text().startswith("dài dài")
    office.screen._presenter.note(CELL, "ngắn")
    assert office.waiting(PLACE) == []


def test_a_reason_that_is_not_taken_stays(make):
    office = make()
    office.open("entry", PLACE)
    office.screen._presenter.explain("unusual:x", "lý do " * 1000)
    assert office.waiting(PLACE) == ["reason:unusual:x"]
    office.screen._presenter.explain("unusual:x", "lý do")
    assert office.waiting(PLACE) == []


def test_totals_of_news_keep_what_was_refused(make):
    office = make()
    office.open("news", Location(HUE, Q4))
    office.screen._turn.click()
    office.hands.settle()
    first = next(iter(office.screen.totals._fields))
    office.hands.type("4a")
    office.hands.press(Key.Key_Return)
    assert office.waiting(Location(HUE, Q4)) == [first]
    office.hands.visit("entry")
    model = office.screen._model
    assert model.shown(*model.layout.places[first]).text == "4a"
    office.hands.visit("news")
    field = office.screen.totals._fields[first]
    assert (field.text(), field.property("wrong")) == ("4a", "true")
    assert office.cannot_be_sealed(Location(HUE, Q4))
    field.setFocus()
    field.selectAll()
    office.hands.type("4")
    office.hands.press(Key.Key_Return)
    assert office.waiting(Location(HUE, Q4)) == []
    assert field.property("wrong") == "false"


@pytest.fixture
def board(make) -> tuple[Office, str]:
    """The first task of Hà Tĩnh's work programme; nothing is told of it yet."""
    office = make("42", ("bvstbpn_hatinh", "qd2351_hatinh"), collates=True)
    first = next(iter(office.desk.entry.open(BOARD.programme, BOARD.period).form.tasks))
    office.open("texts", Location(BOARD.programme, BOARD.period, f"task:{first}"))
    office.hands.go_to(TASKS)
    return office, first


def test_a_percent_of_a_task_that_was_refused_stays(board):
    office, first = board
    office.hands.press(Key.Key_Right)
    office.hands.type("150")
    office.hands.press(Key.Key_Return)
    where = f"task:{first}:percent"
    assert office.waiting(BOARD) == [where]
    office.open("texts", REVIEW)
    office.again()
    office.open("texts", Location(BOARD.programme, BOARD.period, f"task:{first}"))
    row = office.screen._board._table.tasks._rows[0]
    assert dict(row.typed) == {"percent": "150"}
    assert office.cannot_be_sealed(BOARD)
    assert office.screen._presenter.tasks.put("percent", "50")
    assert office.waiting(BOARD) == []


def test_a_long_text_of_a_task_that_was_refused_stays(board):
    office, first = board
    note = office.screen._board._panel._notes["result"]
    note.setFocus()
    note.setPlainText("dài " * 3000)
    note.keep()
    assert office.waiting(BOARD) == [f"task:{first}:result"]
    office.again()
    office.open("texts", Location(BOARD.programme, BOARD.period, f"task:{first}"))
    note = office.screen._board._panel._notes["result"]
    assert note.toPlainText().startswith("dài dài")
    note.setPlainText("ngắn")
    note.keep()
    assert office.waiting(BOARD) == []


def test_a_section_that_was_refused_stays(board):
    office, _ = board
    office.open("texts", Location(BOARD.programme, BOARD.period, "text:results"))
    editor = office.screen._writing._editor
    editor.setPlainText("dài " * 10000)
    editor.keep()
    assert office.waiting(BOARD) == ["text:results"]
    office.open("texts", REVIEW)
    office.again()
    office.open("texts", Location(BOARD.programme, BOARD.period, "text:results"))
    editor = office.screen._writing._editor
    assert editor.toPlainText().startswith("dài dài")
    assert office.desk.entry.open(BOARD.programme, BOARD.period).narratives.get("results", "") == ""
    editor.setPlainText("ngắn")
    editor.keep()
    assert office.waiting(BOARD) == []


def nominees(office: Office) -> list[str]:
    return [one.name for one in office.desk.entry.open(REVIEW.programme, REVIEW.period).nominations]


def test_a_commendation_that_was_refused_stays_row_by_row(make):
    office = make("42", ("bvstbpn_hatinh", "qd2351_hatinh"), collates=True)
    report = office.desk.entry.open(REVIEW.programme, REVIEW.period)
    office.desk.entry.put_nominations(report, [Nomination(Nominee.PERSON, name, "", "Tốt") for name in ("Lan", "Hoa")])
    office.open("texts", Location(REVIEW.programme, REVIEW.period, "nomination:2"))
    form = office.screen._list._form
    office.hands.press(Key.Key_A, CTRL)
    office.hands.type("H" * 400)
    office.hands.press(Key.Key_Tab)
    assert [one.partition(":")[0] for one in office.waiting(REVIEW)] == ["nomination"]
    office.screen._presenter.nominations.choose(0)
    office.screen._presenter.nominations.choose(1)
    assert form._name.text() == "H" * 400
    office.again()
    office.open("texts", Location(REVIEW.programme, REVIEW.period, "nomination:2"))
    form = office.screen._list._form
    assert form._name.text() == "H" * 400
    assert nominees(office) == ["Lan", "Hoa"]
    assert office.cannot_be_sealed(REVIEW)
    office.hands.press(Key.Key_A, CTRL)
    office.hands.type("Hoa Mai")
    office.hands.press(Key.Key_Tab)
    assert (nominees(office), office.waiting(REVIEW)) == (["Lan", "Hoa Mai"], [])


def test_what_was_written_of_somebody_without_a_name_stays(make):
    office = make("42", ("bvstbpn_hatinh", "qd2351_hatinh"), collates=True)
    office.open("texts", REVIEW)
    office.screen._tabs.setCurrentIndex(office.screen._tabs.count() - 1)
    office.screen._list.add()
    form = office.screen._list._form
    form._ground.setPlainText("Vận động được 40 hộ")
    form.keep()
    assert len(office.waiting(REVIEW)) == 1
    office.again()
    office.open("texts", Location(REVIEW.programme, REVIEW.period, "nomination:1"))
    form = office.screen._list._form
    assert form._ground.toPlainText() == "Vận động được 40 hộ"
    form._name.setText("Tổ phụ nữ 3")
    form.keep()
    assert (nominees(office), office.waiting(REVIEW)) == (["Tổ phụ nữ 3"], [])


@pytest.fixture
def line(make) -> Office:
    """An item of the quarter is changed; its airings are no number."""
    office = make()
    office.desk.news.save(NewsItem("", date(2025, 10, 3), "Hop phu nu", NewsKind.BRIEF, ("website",), airings=2))
    office.open("news", Location(HUE, Q4))
    office.screen.table.setFocus()
    office.hands.press(Key.Key_Return)
    office.hands.go_to("Số lượt")
    office.hands.press(Key.Key_A, CTRL)
    office.hands.type("hai")
    office.hands.press(Key.Key_S, CTRL)
    return office


def test_an_item_that_was_refused_waits_on_its_line_and_blocks_its_report(line):
    place = Location(HUE, Q4)
    assert [one.partition(":")[0] for one in line.waiting(place)] == ["news"]
    assert line.cannot_be_sealed(place)
    line.hands.visit("entry")
    line.hands.visit("news")
    assert line.screen.dock.line._airings.text() == "hai"
    line.again()
    line.open("news", place)
    typing = line.screen.dock.line
    assert (typing._airings.text(), typing._title.text(), bool(typing.typed().id)) == ("hai", "Hop phu nu", True)
    assert "số nguyên" in typing._problem.text()


def test_an_item_is_answered_when_it_is_kept_or_given_up(line):
    place = Location(HUE, Q4)
    line.hands.press(Key.Key_Escape)
    assert line.waiting(place) == []
    line.hands.press(Key.Key_Return)
    line.hands.go_to("Số lượt")
    line.hands.press(Key.Key_A, CTRL)
    line.hands.type("x")
    line.hands.press(Key.Key_S, CTRL)
    assert len(line.waiting(place)) == 1
    line.hands.press(Key.Key_A, CTRL)
    line.hands.type("3")
    line.hands.press(Key.Key_S, CTRL)
    assert line.waiting(place) == []
    assert line.desk.news.list(Q4)[0].airings == 3


def test_an_item_that_is_half_typed_is_not_lost_on_the_way_to_another_page(make):
    office = make()
    office.open("news", Location(HUE, Q4))
    office.hands.type("5/10")
    office.hands.press(Key.Key_Return)
    office.hands.type("Hop phu")
    office.hands.visit("entry")
    office.hands.visit("news")
    assert office.screen.dock.line._title.text() == "Hop phu"


def test_a_field_of_a_plans_draft_keeps_what_was_refused_and_is_not_released(make):
    office = make("46", (HUE,), collates=True)
    office.open("programmes", HUE)
    office.screen._presenter.copy(office.screen._presenter.proposed())
    page = office.screen._draft
    amount = next(row.id for row in page._presenter._rows() if row.id.endswith("amount"))
    others = [row.id for row in page._presenter._rows() if row.id and row.id != amount]
    page._list.show_rows(page._list._columns, page._list._rows.rows, amount)
    page._field.begin()
    office.hands.press(Key.Key_A, CTRL)
    office.hands.type("nhieu")
    office.hands.press(Key.Key_Return)
    page._presenter.choose(others[0])
    page._presenter.choose(amount)
    assert page._field._line.text() == "nhieu"
    assert page._field._problem.text()
    assert page._presenter.ask_release() is None
    assert page.currentWidget() is page._table
    assert "nhieu" in told(page)
    office.window.look("dark", 100)
    office.hands.settle()
    screen = office.screen
    screen._presenter.open(next(id for id, one in screen._presenter._shown.items() if one.is_draft))
    screen._draft._presenter.choose(amount)
    assert screen._draft._field._line.text() == "nhieu"
    screen._draft._field.begin()
    office.hands.press(Key.Key_Escape)
    assert screen._draft._field._line.text() != "nhieu", "Esc lets go of it"
    screen._draft._ask_release()
    assert screen._draft.currentWidget() is not screen._draft._table
    office.window.look("light", 100)


@pytest.mark.parametrize(
    ("field", "button", "text"),
    [("Số ngày sau khi hết kỳ", "Cất hạn gửi", "mười"), ("Số phút tự khóa", "Cất số phút", "lâu")],
)
def test_a_setting_that_was_refused_stays(make, field, button, text):
    office = make("46", (HUE,), collates=True)
    office.open("settings", "")

    def typed() -> QLineEdit:
        return next(one for one in office.screen.findChildren(QLineEdit) if one.accessibleName() == field)

    office.hands.go_to(field)
    office.hands.press(Key.Key_A, CTRL)
    office.hands.type(text)
    office.hands.push(button)
    said = told(office.screen)
    assert "Ghi số" in said
    office.hands.visit("home")
    office.hands.visit("settings")
    assert typed().text() == text
    assert "Ghi số" in told(office.screen)
    office.again()
    office.open("settings", "")
    assert typed().text() == text
    office.hands.go_to(field)
    office.hands.press(Key.Key_A, CTRL)
    office.hands.type("9")
    office.hands.push(button)
    office.hands.visit("home")
    office.open("settings", "")
    assert typed().text() == "9"
    assert "Ghi số" not in told(office.screen)
