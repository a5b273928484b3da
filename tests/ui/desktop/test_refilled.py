"""A list is filled anew while something in it is chosen: that stays chosen, or nothing is. No other line takes its place,
so that no key acts upon what nobody chose.

    a           a                 a
    b  ←        b  ←    never:    c  ←
    c           (c gone)          (b gone)
"""

from __future__ import annotations

from datetime import date

import pytest

from forms.model.finding import Finding
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from tests.ui.desktop.keyboard import CTRL, Key, in_front_of
from tests.ui.desktop.parts import FakeAsk, FakeFrame, FakeProgram, desk_of
from ui.desktop.approval.presenter import AvailableAction, ShownReport
from ui.desktop.approval.view import ApprovalActions
from ui.desktop.findings_panel import FindingsPanel
from ui.desktop.news.evidence import EvidenceStrip
from ui.desktop.news.evidence_presenter import FilesPage
from ui.desktop.news.totals import PeriodPicker
from ui.desktop.news.view import NewsView
from ui.desktop.programmes.view import OutdatedTab, ProgrammesView
from ui.desktop.rows import ListColumnHead, row
from ui.desktop.settings.view import SettingsView
from ui.desktop.widgets.fields import ChoiceField
from ui.desktop.widgets.listing import Listing

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
ONE = (ListColumnHead("Tên"),)


def rows(*names: str):
    return [row(name, name.upper()) for name in names]


@pytest.fixture
def before(qtbot):
    """A widget with the keys, in front of somebody."""
    return lambda widget: in_front_of(qtbot, widget)


@pytest.fixture
def listing(before):
    made, told = Listing("Danh sách"), []
    made.show_rows(ONE, rows("a", "b", "c", "d"))
    made.chosen.connect(told.append)
    hands = before(made)
    made.setFocus()
    hands.press(Key.Key_Down, times=2)
    assert made.chosen_id == "b"
    return hands, made, told


def test_what_is_chosen_stays_chosen_wherever_it_comes_to_lie(listing):
    _, made, told = listing
    made.show_rows(ONE, rows("d", "c", "b", "a"))
    assert made.chosen_id == "b"
    assert told[-2:] == ["b", "b"]


def test_where_it_is_gone_nothing_is_chosen_and_that_is_told(listing):
    hands, made, told = listing
    made.show_rows(ONE, rows("a", "c", "d"))
    assert made.chosen_id == ""
    assert told[-1] == ""
    opened = []
    made.opened.connect(opened.append)
    hands.press(Key.Key_Return)
    assert opened == [""], "Enter opens nothing that was not chosen"


@pytest.mark.parametrize(("key", "id"), [(Key.Key_Down, "c"), (Key.Key_Up, "c")])
def test_the_next_arrow_goes_on_from_there(listing, key, id):
    hands, made, _ = listing
    made.show_rows(ONE, rows("a", "c", "d"))
    hands.press(key)
    assert made.chosen_id == id


def test_a_list_that_does_not_hold_the_value_shows_none_of_its_options(qtbot):
    choice = ChoiceField("Kỳ", (("Quý I", 1), ("Quý II", 2)))
    qtbot.addWidget(choice)
    choice.choose(2)
    choice.choose(7)
    assert (choice.currentText(), choice.currentData()) == ("", None)


@pytest.mark.parametrize(
    ("label", "words"),
    [("2025-H1", "6 tháng đầu"), ("2025-H2", "6 tháng cuối"), ("2025-Q3", "Quý III"), ("2025", "Cả năm")],
)
def test_the_period_that_is_looked_at_is_the_one_that_is_shown(qtbot, label, words):
    """A half year was shown as the whole."""
    picker = PeriodPicker()
    qtbot.addWidget(picker)
    picker.show_period([2026, 2025, 2024], Period(label))
    assert picker._parts.currentText().startswith(words)


@pytest.fixture
def news(before):
    """Three items of the quarter; one stands on the middle one."""
    program, frame = FakeProgram(), FakeFrame()
    desk = desk_of(program)
    for day, title in ((3, "Hop phu nu"), (9, "Toa dam"), (20, "Gap mat")):
        desk.news.save(NewsItem("", date(2025, 10, day), title, NewsKind.BRIEF, ("website",)))
    view = NewsView(desk, program, frame)
    hands = before(view)
    view.entered("2025-Q4")
    view.table.setFocus()
    hands.press(Key.Key_Down)
    assert titles(view) == ["Gap mat", "Toa dam", "Hop phu nu"]
    assert chosen(view) == "Toa dam"
    return hands, view, desk


def titles(view: NewsView) -> list[str]:
    return [view._model.index(number, 1).data() for number in range(view._model.rowCount())]


def chosen(view: NewsView) -> str:
    item = view._presenter.book.get(view._here())
    return item.title if item else ""


def kept(desk) -> list[str]:
    return [item.title for item in desk.news.list(Period("2025-Q4"))]


def test_an_item_that_the_search_hides_is_not_replaced_by_another(news):
    hands, view, _ = news
    hands.press(Key.Key_F, CTRL)
    hands.type("hop")
    assert titles(view) == ["Hop phu nu"]
    assert chosen(view) == ""
    assert not any(button.isEnabled() for button in view._actions)
    for key in (Key.Key_F4, Key.Key_F5, Key.Key_F6):
        hands.press(key)
    assert view.dock.line.isVisible(), "nothing was begun with an item that nobody chose"


def test_a_second_delete_does_not_take_the_next_item(news):
    hands, view, desk = news
    hands.press(Key.Key_Delete, times=2)
    assert kept(desk) == ["Hop phu nu", "Gap mat"]
    hands.press(Key.Key_Down)
    assert chosen(view) == "Hop phu nu", "the arrows go on from where one was"


def test_a_topic_that_is_chosen_is_not_lost_when_the_plans_topics_change(news):
    _, view, _ = news
    details = view.dock.line._details
    details._topic.choose("3")
    assert details._topic.currentData() == "3"
    details.show_topics((("1. Chính trị", "1"),))
    assert details._topic.currentData() == "3"


def test_a_file_is_known_by_itself_not_by_its_place_in_the_list(before):
    """Of another item, or when one before it was taken away."""
    strip = EvidenceStrip(FakeAsk(), print)
    hands = before(strip)
    files = [(digest, f"{digest}.pdf") for digest in ("aa", "bb", "cc")]
    strip.show_files(FilesPage("Tin một", files, "", full=False))
    strip.begin()
    hands.press(Key.Key_Down)
    assert strip._chosen() == "bb"
    strip.show_files(FilesPage("Tin một", files[1:], "", full=False))
    assert strip._chosen() == "bb"
    strip.show_files(FilesPage("Tin hai", [("dd", "d.pdf"), ("ee", "e.pdf")], "", full=False))
    assert strip._chosen() == ""
    assert not strip._drop.isEnabled()


def test_the_head_that_was_chosen_stays_chosen_after_a_refusal(before):
    """And so does what was written to go with it."""

    class Presenter:
        def __init__(self):
            self.done = []

        def hand_over(self, head, reason):
            self.done.append((head, reason))
            acts.show_acts(shown)  # refused: the report is shown anew

        def give_back(self, remark): ...
        def print(self): ...
        def take_back(self): ...
        def approve(self): ...

    presenter = Presenter()
    acts = ApprovalActions(presenter)
    heads = (("Bà Hai", "k2"), ("Ông Ba", "k3"))
    shown = ShownReport("Quý IV", "", (), (), AvailableAction.HAND_OVER, heads, asks_reason=True)
    hands = before(acts)
    acts.show_acts(shown)
    hands.go_to("Lý do đính chính")
    hands.type("Nham so nu")
    hands.go_to("Thủ trưởng")
    hands.press(Key.Key_Down)
    hands.push("Chuyển thủ trưởng duyệt")
    hands.push("Chuyển thủ trưởng duyệt")
    assert presenter.done == [("k3", "Nham so nu")] * 2


def test_the_due_day_that_is_stored_is_of_the_report_that_is_shown(before):
    """The programme whose day was looked at is followed no more."""
    program, frame = FakeProgram(), FakeFrame()
    desk = desk_of(program, "46", collates=True)
    desk.programmes.follow(["nq28_hue", "qd2351_hatinh"])
    view = SettingsView(desk, program, frame)
    before(view)
    view.entered("")
    view._due_of.choose("qd2351_hatinh/month")
    view._due_of.activated.emit(view._due_of.currentIndex())
    desk.programmes.follow(["nq28_hue"])
    view.entered("")
    assert view._due_of.currentText() == "Mọi báo cáo tháng, quý, 6 tháng"
    view._due.setText("12")
    view._set_due()
    assert desk.summaries.quarter_due() == 12


def test_the_draft_that_was_chosen_stays_chosen_among_the_outdated(before):
    tab = OutdatedTab(desk_of(FakeProgram()), FakeFrame())
    before(tab)
    made = [row(id, id) for id in ("a", "b", "c")]
    tab._show(made)
    tab._list.show_rows((ListColumnHead(""),), made, "b")
    tab._show(made)
    assert tab._list.chosen_id == "b"
    tab._show([made[0], made[2]])
    assert tab._list.chosen_id == ""


@pytest.mark.parametrize("beside_grid", [True, False])
def test_of_two_findings_of_one_check_the_chosen_one_stays_chosen(qtbot, beside_grid):
    """A check of a span of years finds something in each of them."""
    found = [Finding("warning", "parts", f"Năm {year} không khớp.", (f"women_led@{year}",)) for year in (2015, 2020)]
    made = FindingsPanel(beside_grid=beside_grid)
    qtbot.addWidget(made)
    made.show_problems(found, {})
    made._list.setCurrentRow(0)
    made.show_problems(found, {})
    assert made._list.currentRow() == 0


@pytest.fixture
def drafting(before):
    """A province's draft, a copy of the national plan, open as a table of fields."""
    program, frame = FakeProgram(), FakeFrame()
    view = ProgrammesView(desk_of(program, "46", collates=True), program, frame)
    hands = before(view)
    view.entered("nq28")
    assert view._presenter.copy(view._presenter.proposed()) is None
    return hands, view


def test_a_draft_that_was_discarded_leaves_no_programme_chosen_in_its_place(drafting):
    """Space in the list would follow, or follow no more, a programme that nobody chose."""
    hands, view = drafting
    view._draft._leave()
    view._list.setFocus()
    draft = next(id for id, shown in view._presenter._shown.items() if shown.is_draft)
    view._presenter.start(draft)
    view._presenter.open(draft)
    followed = {one.id for one in view._presenter._desk.programmes.followed()}
    view._draft._presenter.discard()
    assert view._list.chosen_id == ""
    assert not view._card.isVisible()
    hands.press(Key.Key_Space)
    assert {one.id for one in view._presenter._desk.programmes.followed()} == followed
