"""Words, tasks and commendations by keys only: what is typed is in the ledger, can be taken back, and is never sent twice.

Bài viết của Tỉnh Hà Tĩnh:
    Lời văn, nhiệm vụ > [Lời văn (0/4)] [Nhiệm vụ (0/9)]      bvstbpn_hatinh, năm 2019
    Lời văn, nhiệm vụ > [Lời văn] [Nhiệm vụ] [Khen thưởng (0)]  qd2351_hatinh, 2011-2020
"""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QTabBar

from forms.model.period import Period
from forms.model.task import Nomination, Nominee, TaskState
from forms.services.practice import filled
from main import workbench
from tests.ui.desktop.keyboard import ALT, CTRL, Hands, Key, in_front_of, roll_over
from tests.ui.desktop.parts import FakeAsk, FakeProgram, desk_of
from tests.ui.desktop.seen import every, refusal, the, words
from ui.desktop.main_window import MainWindow
from ui.desktop.shell import Location
from ui.desktop.texts.tasks import TaskPanel, TaskTable
from ui.desktop.texts.view import TextsView
from ui.desktop.widgets.prose_editor import ProseEditor
from ui.desktop.widgets.report_picker import ReportPicker

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
BOARD, REVIEW = Location("bvstbpn_hatinh", Period("2019")), Location("qd2351_hatinh", Period("2011..2020"))
EDITOR, TASKS, LIST = "Lời văn của mục", "Bảng nhiệm vụ", "Danh sách đề nghị khen thưởng"


class Writer:
    """The hands of an officer of Hà Tĩnh, and what the ledger holds of the report that is shown."""

    def __init__(self, qtbot, tmp_path) -> None:
        program = FakeProgram(home=tmp_path)
        self.desk = desk_of(program, "42", collates=True)
        self.desk.programmes.follow(("bvstbpn_hatinh", "qd2351_hatinh"))
        self.window = MainWindow(program, workbench, FakeAsk())
        self.window.open_ledger(self.desk.ledger)
        self.hands: Hands = in_front_of(qtbot, self.window)
        self.place = BOARD

    def open(self, place: Location, spot: str = "") -> None:
        self.place = place
        self.window.go("texts", str(Location(place.programme, place.period, spot)))
        self.hands.settle()

    @property
    def screen(self) -> TextsView:
        return self.window.workbench.screen_shown

    @property
    def report(self):
        return self.window.workbench.desk.entry.open(self.place.programme, self.place.period)

    @property
    def tabs(self) -> QTabBar:
        return the(self.screen, QTabBar)

    @property
    def editor(self) -> ProseEditor:
        return the(self.screen, ProseEditor)

    @property
    def tab(self) -> str:
        return self.tabs.tabText(self.tabs.currentIndex())

    @property
    def refused(self) -> str:
        return refusal(self.screen)


@pytest.fixture
def writer(qtbot, tmp_path):
    made = Writer(qtbot, tmp_path)
    yield made
    made.window.close()


def test_a_section_is_written_as_unikey_types_and_kept_when_it_is_left(writer):
    writer.open(BOARD, "text:results")
    hands = writer.hands
    hands.telex("D", "Đ", "Đa", "Đã")
    hands.type(" xong.")
    hands.press(Key.Key_PageDown, ALT)
    assert writer.report.narratives["results"] == "Đã xong."
    assert writer.tab.startswith("Lời văn (1/4)")
    assert hands.here == "3. Khó khăn, vướng mắc"


def test_bold_and_lists_are_stored_as_marks(writer):
    writer.open(BOARD, "text:results")
    writer.hands.type("- mot")
    writer.hands.press(Key.Key_Return)
    writer.hands.press(Key.Key_B, CTRL)
    writer.hands.type("hai")
    writer.hands.press(Key.Key_S, CTRL)
    assert writer.report.narratives["results"] == "- mot\n- **hai**"


def test_one_key_says_that_there_is_nothing_but_never_over_words(writer):
    writer.open(BOARD, "text:difficulties")
    writer.hands.press(Key.Key_K, CTRL)
    assert writer.report.narratives["difficulties"] == "Không có."
    writer.open(BOARD, "text:plan")
    writer.hands.type("Ke hoach 12")
    writer.hands.press(Key.Key_K, CTRL)
    writer.hands.press(Key.Key_S, CTRL)
    assert writer.report.narratives["plan"] == "Ke hoach 12"
    assert "đang có lời văn" in writer.refused


def test_words_that_are_too_long_stay_on_the_screen_and_are_not_half_kept(writer):
    writer.open(BOARD, "text:plan")
    writer.editor.insertPlainText("a" * 4001)
    writer.hands.press(Key.Key_S, CTRL)
    assert "plan" not in writer.report.narratives
    assert "4001/4000" in words(writer.screen)
    assert len(writer.editor.toPlainText()) == 4001


def test_a_state_by_one_key_and_back_by_undo(writer):
    writer.open(BOARD, "task:t-1")
    hands = writer.hands
    assert hands.here == TASKS
    id = next(iter(writer.report.form.tasks))
    hands.press(Key.Key_H)
    assert writer.report.task(id).state is TaskState.DONE
    hands.press(Key.Key_Z, CTRL)
    assert writer.report.task(id).state is TaskState.NOT_STARTED
    hands.press(Key.Key_Y, CTRL)
    assert writer.report.task(id).state is TaskState.DONE


def test_a_done_task_is_offered_its_hundred_percent(writer):
    writer.open(BOARD, "task:t-1")
    id = next(iter(writer.report.form.tasks))
    writer.hands.press(Key.Key_H)
    assert writer.report.task(id).percent == 0
    writer.hands.press(Key.Key_Return, CTRL)
    assert writer.report.task(id).percent == 100


def test_a_percent_is_typed_over_and_what_cannot_be_read_stays_to_be_put_right(writer):
    writer.open(BOARD, "task:t-1")
    hands, id = writer.hands, next(iter(writer.report.form.tasks))
    hands.press(Key.Key_Right)
    hands.type("140")
    hands.press(Key.Key_Return)
    assert "từ 0 đến 100" in writer.refused
    assert writer.report.task(id).percent == 0
    hands.press(Key.Key_Escape)
    hands.type("40")
    hands.press(Key.Key_Return)
    assert writer.report.task(id).percent == 40
    assert not writer.refused


def test_the_wheel_changes_neither_a_state_nor_a_tab(writer):
    writer.open(BOARD, "task:t-1")
    writer.hands.press(Key.Key_D)
    before, tab = writer.report, writer.tab
    screen = writer.screen
    states = list(every(the(screen, TaskPanel), QComboBox))
    assert states
    for place in (*states, the(screen, TaskTable).viewport(), writer.tabs, the(screen, ReportPicker)):
        roll_over(place)
    assert (writer.report, writer.tab) == (before, tab)


def test_a_commendation_is_added_named_and_taken_back(writer):
    """TT | Loại     | Tên                | Hình thức | Thành tích
    1  | Tập thể  | Hoi Phu nu         |           | Dan dau
    """
    writer.open(REVIEW)
    hands = writer.hands
    hands.press(Key.Key_PageUp, CTRL)
    assert writer.tab.startswith("Khen thưởng")
    hands.press(Key.Key_Insert)
    assert hands.here == "Tên tập thể, cá nhân"
    hands.type("Hoi Phu nu")
    hands.press(Key.Key_Return, times=2)
    assert hands.here == "Thành tích"
    hands.type("Dan dau")
    hands.press(Key.Key_S, CTRL)
    assert writer.report.nominations == (Nomination(Nominee.COLLECTIVE, "Hoi Phu nu", "", "Dan dau"),)
    hands.go_to(LIST, Key.Key_Backtab)
    hands.press(Key.Key_C)
    assert writer.report.nominations[0].kind is Nominee.PERSON
    hands.press(Key.Key_Delete)
    assert writer.report.nominations == ()
    hands.press(Key.Key_Z, CTRL, times=2)
    assert writer.report.nominations[0].kind is Nominee.COLLECTIVE


def test_f7_goes_round_what_blocks_and_f8_to_what_is_empty(writer):
    writer.open(BOARD, "text:plan")
    writer.hands.press(Key.Key_F7)
    assert writer.hands.here == "2. Đánh giá tình hình thực hiện"
    writer.hands.press(Key.Key_F7)
    assert writer.tab.startswith("Nhiệm vụ")
    writer.hands.press(Key.Key_F8)
    assert writer.hands.here == TASKS


def test_what_was_done_in_one_report_is_not_taken_back_in_another(writer):
    writer.open(BOARD, "task:t-1")
    id = next(iter(writer.report.form.tasks))
    writer.hands.press(Key.Key_H)
    writer.hands.go_to("Chương trình", Key.Key_Backtab)
    writer.hands.type("Tổng")
    writer.hands.press(Key.Key_Z, CTRL)
    assert writer.report.task(id).state is TaskState.DONE


def test_a_report_that_waits_for_the_head_is_only_read(writer):
    desk = writer.window.workbench.desk
    report = desk.entry.open(BOARD.programme, BOARD.period)
    desk.entry.take(filled(report.form, report.role, BOARD.period))
    lan, hung = desk.ledger.signers()
    desk.approval.hand_over(BOARD.programme, BOARD.period, lan, hung.person)
    writer.open(BOARD, "task:t-1")
    assert "đang chờ thủ trưởng duyệt" in words(writer.screen)
    before = writer.report
    writer.hands.press(Key.Key_C)
    writer.hands.press(Key.Key_K, CTRL)
    assert writer.report == before


def test_a_task_that_leaves_the_filter_is_not_replaced_by_another(writer):
    """Chưa thực hiện: 1 2 3 …  on 1 press D: it is "đang" now, and stays the chosen one until somebody goes on."""
    writer.open(BOARD, "task:" + next(iter(writer.report.form.tasks)))
    hands, (first, second, *_) = writer.hands, writer.report.form.tasks
    writer.screen._presenter.tasks.narrow("not_started")
    writer.screen._presenter.tasks.choose(first)
    hands.go_to(TASKS)
    hands.press(Key.Key_D)
    hands.press(Key.Key_H)
    assert (writer.report.task(first).state, writer.report.task(second).state) == (
        TaskState.DONE,
        TaskState.NOT_STARTED,
    )
    writer.screen._presenter.tasks.narrow("running")
    hands.press(Key.Key_H)
    assert [task.state for task in writer.report.tasks] == [TaskState.DONE], "nothing is chosen among none"


def test_a_second_delete_does_not_take_the_next_commendation(writer):
    writer.open(REVIEW)
    rows = tuple(Nomination(Nominee.PERSON, name, "", "Tốt") for name in ("Lan", "Hoa", "Mai"))
    writer.desk.entry.put_nominations(writer.report, rows)
    writer.open(REVIEW, "nomination:2")
    hands = writer.hands
    hands.go_to(LIST, Key.Key_Backtab)
    hands.press(Key.Key_Delete, times=2)
    assert [one.name for one in writer.report.nominations] == ["Lan", "Mai"]
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Delete)
    assert [one.name for one in writer.report.nominations] == ["Lan"]
