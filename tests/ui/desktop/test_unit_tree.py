"""The tree of units: what its rows, chips and card say, without a window and in one. 479 forwarded three communes and its own
part, of 480 three communes came one by one; the day is 10/01/2025, the year's reports were due on 29/11/2024."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton

from forms.exchange.statements import Arrival
from forms.model.org_unit import OrgUnit
from forms.org_units.catalogue import OrgUnits
from forms.programmes.reporting_lines import AgencyQuestion
from forms.services.summary import Summary
from forms.services.unit_tree import UnitNode, UnitState, find, unit_tree
from tests.forms.services.test_unit_tree import SINCE, NoStores, base_status, status_of
from tests.ui.desktop.parts import CATALOGUE, PASSWORD, FakeFrame, Shown, desk_of
from tests.ui.desktop.seen import button, every, label, refusal, the
from tests.ui.desktop.sticks import HUE, ChoosingAsk, StickProgram
from tests.ui.desktop.tree_of_2024 import COMMUNES, YEAR, ProvinceOf2024
from ui.desktop.receiving.presenter import SendingUp
from ui.desktop.receiving.register_presenter import RegisterPresenter
from ui.desktop.receiving.unit_tree import REVISION, STATE, UnitTreePresenter, state_item
from ui.desktop.receiving.unit_tree_view import UnitTreeList, UnitTreeModel
from ui.desktop.receiving.view import ReceivingView, SendUpDialog
from ui.desktop.shell import Location
from ui.desktop.widgets.fields import ChoiceField, LineField, PasswordField
from ui.desktop.widgets.listing import Listing

TODAY = date(2025, 1, 10)


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> ProvinceOf2024:
    made = ProvinceOf2024()
    made.desk.ledger.folder = tmp_path_factory.mktemp("so")
    made.desk.receiving.receive(made.program.read_files(made.program.stick), "Người nhận")
    return made


@pytest.fixture
def root(province) -> UnitNode:
    return province.desk.trees.tree("nq28_hue", YEAR)


@pytest.fixture
def tree(root):
    """The presenter with what it shows."""
    shown = Shown()
    presenter = UnitTreePresenter(shown, lambda: TODAY)
    presenter.show_tree(root)
    presenter.shown = shown
    return presenter


def words(tree, id: str) -> list[str]:
    def found(row):
        return row if row.id == id else next((one for child in row.children if (one := found(child))), None)

    return [item.text for item in found(tree.shown.root).items]


def test_a_row_says_state_coverage_day_way_and_rates(tree):
    assert words(tree, "479")[:9] == [
        *("Thị xã Hương Thủy", "Đã nhận, thiếu 7", "4/11", "10/01/2025", "gói chuyển", "1", "75,0", "-", "0,0"),
    ]
    assert words(tree, "480")[:7] == ["Thị xã Hương Trà", "Chưa chuyển lên", "3/10", "", "từng gói", "", "33,3"]
    assert words(tree, "19996")[:6] == ["Phường Tứ Hạ", "Muộn", "49/49 ô", "10/01/2025", "gói", "1"]
    assert words(tree, "480/own")[:3] == ["Phần riêng của thị xã", "Thiếu", ""]


def test_the_chips_count_up_to_all(tree):
    first, *others = tree.shown.chips
    assert first.words == "Tất cả"
    assert first.count == sum(chip.count for chip in others)
    assert [(chip.words, chip.tone) for chip in others] == [("Muộn", "warning"), ("Thiếu", "error")]


def test_an_agency_that_several_units_may_answer_as_is_asked_about(root):
    agency, (unit, *_) = CATALOGUE.programme("nq28_hue").agencies[0], root.status.expected
    asked = replace(root.status, questions=(AgencyQuestion(agency, (unit, unit)),))
    shown = Shown()
    UnitTreePresenter(shown, lambda: TODAY).show_tree(replace(root, status=asked))
    assert shown.counted.endswith(f"chưa chọn ai trả lời thay {agency.title} (ở Cài đặt)")


def test_before_the_day_nobody_is_in_the_red(root):
    shown = Shown()
    UnitTreePresenter(shown, lambda: date(2024, 11, 1)).show_tree(root)
    assert shown.chips[-1].words == "Chưa gửi"
    assert state_item(find(root, "480"), date(2024, 11, 1)).tone == "muted"


def test_a_unit_that_waits_for_a_decision_says_which(root):
    leaf = find(root, "19996")
    asked = replace(leaf, state=UnitState.HELD, held=Arrival.QUARANTINED)
    assert (state_item(asked, TODAY).text, state_item(asked, TODAY).tone) == ("Giữ lại để hỏi", "warning")


def test_narrowed_to_a_state_and_a_text(tree):
    tree.narrow("huong tra", UnitState.LATE)
    assert tree.shown.accepted == {"19996", "20005", "20008"}
    tree.narrow("", None)
    assert tree.shown.accepted is None


def test_the_next_that_waits_is_of_those_that_are_seen(tree):
    tree.stand("479")
    first = tree.next_waiting()
    assert find(tree.root, first).state is UnitState.MISSING
    tree.narrow("", UnitState.LATE)
    assert tree.next_waiting() == ""


def test_the_card_follows_what_one_stands_on(tree):
    tree.stand("479")
    card = tree.shown.card
    assert (card.title, card.state.text, card.can_open) == ("Thị xã Hương Thủy", "Đã nhận, thiếu 7", True)
    assert [row.items[1].text for row in card.rows][:3] == ["75,0", "-", "0,0"]
    tree.stand("480/own")
    card = tree.shown.card
    assert card.title == "Thị xã Hương Trà: phần riêng của thị xã"
    assert card.lines == ("Quá hạn 42 ngày",)
    assert (card.can_open, card.blank_forms) == (False, ("480",))


def test_what_was_sent_a_year_ago_stands_beside_and_what_it_would_change(root, tree):
    own = replace(find(root, "480/own"), earlier=find(root, "479/own").head)
    district = find(root, "480")
    district = replace(district, children=(own, *district.children[1:]))
    grown = replace(root, children=tuple(district if one.id == "480" else one for one in root.children))
    tree.show_tree(grown)
    tree.stand("480/own")
    card = tree.shown.card
    assert card.columns == ("Chỉ tiêu", "2024", "2023")
    assert [item.text for item in card.rows[0].items][1:] == ["chưa có", "100,0"]
    assert "1.1 từ 57,1 thành 62,5" in card.effect
    assert "6.2 từ 83,8 thành 85,3" in card.effect


def test_on_the_first_day_the_ways_in_are_told():
    program = StickProgram()
    shown = Shown()
    UnitTreePresenter(shown, lambda: TODAY).show_tree(
        desk_of(program, HUE, collates=True).trees.tree("nq28_hue", YEAR.previous())
    )
    assert any("ba cách" in line for line in shown.card.lines)


@pytest.fixture
def view(province, qtbot):
    return opened(province.desk, province, qtbot)


def opened(desk, province, qtbot, ask: ChoosingAsk | None = None) -> ReceivingView:
    made = ReceivingView(desk, province.program, FakeFrame(ask or ChoosingAsk()))
    qtbot.addWidget(made)
    made.resize(1152, 700)
    made.show()
    made.entered(str(Location("nq28_hue", YEAR)))
    return made


@pytest.fixture
def listing(view) -> UnitTreeList:
    return the(view, UnitTreeList)


@pytest.fixture
def query(view) -> LineField:
    return the(view, LineField, "Tìm đơn vị")


def seen_names(listing: UnitTreeList) -> list[str]:
    """Of all places that are left, from the top."""
    found = []

    def add(index) -> None:
        found.append(index.data())
        for row in range(listing.seen.rowCount(index)):
            add(listing.seen.index(row, 0, index))

    add(listing.seen.index(0, 0))
    return found


def test_the_model_keeps_qts_rules(root, qapp):
    shown = Shown()
    UnitTreePresenter(shown, lambda: TODAY).show_tree(root)
    model = UnitTreeModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_tree(shown.root, shown.columns, shown.titles)
    assert model.rowCount() == 1
    assert model.data(model.index_of("479", STATE)) == "Đã nhận, thiếu 7"


def test_typing_narrows_and_escape_shows_all_again(view, listing, query, qtbot):
    qtbot.keyClicks(query, "tu ha")
    assert seen_names(listing) == ["Thành phố Huế", "Thị xã Hương Trà", "Phường Tứ Hạ"]
    query.setText("không có ai")
    query.setFocus()
    assert label(view, "Không có đơn vị nào khớp").isVisible()
    qtbot.keyClick(query, Qt.Key.Key_Escape)
    assert query.text() == ""
    assert listing.isVisible()


def test_a_chip_is_chosen_by_click_and_by_alt_and_number(view, listing, qtbot):
    qtbot.mouseClick(button(view, "Muộn  7"), Qt.MouseButton.LeftButton)
    assert len(seen_names(listing)) == 1 + 2 + 7
    qtbot.keyClick(listing, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert len(seen_names(listing)) > 142


def test_f7_goes_to_who_waits_and_enter_opens_who_sent(view, root, listing, qtbot):
    qtbot.keyClick(listing, Qt.Key.Key_F7)
    assert find(root, listing.here).state is UnitState.MISSING
    listing.stand("479")
    qtbot.keyClick(listing, Qt.Key.Key_Return)
    assert label(view, "Thị xã Hương Thủy, năm 2024").isVisible()
    qtbot.keyClick(the(view, Listing, "Số liệu của đơn vị"), Qt.Key.Key_Escape)
    assert listing.here == "479"


def test_arrows_unfold_and_fold(listing, qtbot):
    listing.stand("479")
    assert not listing.isExpanded(listing.currentIndex())
    qtbot.keyClick(listing, Qt.Key.Key_Right)
    assert listing.isExpanded(listing.currentIndex())
    qtbot.keyClick(listing, Qt.Key.Key_Left)
    assert not listing.isExpanded(listing.currentIndex())


def test_the_block_that_is_copied_has_the_heads(listing, qtbot):
    listing.stand("479")
    qtbot.keyClick(listing, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, line = (text.split("\t") for text in QGuiApplication.clipboard().text().splitlines())
    assert dict(zip(head, line, strict=True))["Trạng thái"] == "Đã nhận, thiếu 7"
    assert dict(zip(head, line, strict=True))["1.1 %"] == "75,0"


def test_sorted_by_name_where_its_head_is_clicked_and_so_the_next_time(listing, province, qtbot):
    listing.header().sectionClicked.emit(0)
    root = listing.seen.index(0, 0)
    assert listing.seen.index(0, 0, root).data() == "Huyện A Lưới"
    later = the(opened(province.desk, province, qtbot), UnitTreeList)
    assert later.seen.index(0, 0, later.seen.index(0, 0)).data() == "Huyện A Lưới"
    listing.header().sectionClicked.emit(STATE)
    assert listing.seen.index(0, 0, listing.seen.index(0, 0)).data() != "Huyện A Lưới"


def test_narrow_the_columns_leave_and_the_card_is_a_drawer(view, listing, qtbot):
    view.resize(810, 520)
    assert list(every(view, ChoiceField, "Hiện đơn vị"))
    assert not any(one.text() == "Công văn đôn đốc…" for one in every(view, QPushButton))
    qtbot.keyClick(listing, Qt.Key.Key_F3)
    assert button(view, "Công văn đôn đốc…").isVisible()
    assert not listing.isColumnHidden(STATE)
    assert listing.isColumnHidden(REVISION)


def test_blank_workbooks_are_written_for_who_is_missing(view, listing, province, qtbot):
    listing.stand("480/own")
    before = set(province.program.written)
    qtbot.mouseClick(button(view, "Xuất biểu trống (Excel)…"), Qt.MouseButton.LeftButton)
    (made,) = set(province.program.written) - before
    assert made.name.startswith("480_")
    assert made.suffix == ".xlsx"


def test_a_district_sends_up_in_the_window_with_its_heads_password(province, qtbot):
    desk = province.districts["480"]
    files = [path for path in province.program.stick if path.stem in COMMUNES["480"]]
    desk.receiving.receive(province.program.read_files(files), "A")
    ask = ChoosingAsk(place=Path("/usb"))
    made = opened(desk, province, qtbot, ask)
    qtbot.mouseClick(button(made, "Chuyển lên…"), Qt.MouseButton.LeftButton)
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, SendUpDialog) and one.isVisible())
    the(dialog, PasswordField).setText("sai")
    button(dialog, "Niêm phong và ghi…").click()
    assert refusal(dialog)
    the(dialog, PasswordField).setText(PASSWORD)
    button(dialog, "Niêm phong và ghi…").click()
    assert Path("/usb/480_2024_nq28_hue_B01.bdg") in province.program.written
    assert ask.asked == ["Đã niêm phong gói chuyển"]


def test_what_the_ledger_refuses_to_send_up_is_told(province):
    """A province of which nobody has sealed its own part."""
    desk = desk_of(StickProgram(now=province.program.now), HUE, collates=True)
    frame = FakeFrame(ChoosingAsk())
    sending = SendingUp(lambda words: None, desk, province.program, frame, Location("nq28_hue", YEAR))
    assert sending.send(sending.heads[0].keyid, PASSWORD)
    assert frame.ask.asked == ["BUNDLE_OWN_PART"]


def test_keys_that_a_district_vouches_for_are_told_and_are_nobodys_to_revoke_here(province):
    shown = Shown()
    RegisterPresenter(shown, province.desk, province.program, FakeFrame()).refresh()
    vouched = [row for row in shown.keys if row.items[0].text == "Phường Phú Bài"]
    assert [row.items[4].text for row in vouched] == ["Do Thị xã Hương Thủy giới thiệu"] * 2
    assert not shown.own & {row.id for row in vouched}


def test_the_lines_of_a_bundle_say_who_vouches_for_the_key():
    fresh = ProvinceOf2024()
    lines = fresh.desk.receiving.preview(fresh.program.read_files([Path("/stick/479.bdg")])).lines
    inside = {line.unit: line.vouched_by for line in lines if "›" in line.path}
    assert inside == dict.fromkeys(COMMUNES["479"], "Thị xã Hương Thủy") | {"479": ""}


def test_three_and_a_half_thousand_units_are_shown_at_once(qtbot):
    units = [OrgUnit("T", "T", "Tỉnh T", "province", None, SINCE)]
    units += [OrgUnit(f"d{d}", f"H{d}", f"Huyện H{d}", "district", "T", SINCE) for d in range(50)]
    units += [OrgUnit(f"x{n}", f"X{n}", f"Xã X{n}", "commune", f"d{n % 50}", SINCE) for n in range(3_500)]
    programme, base = CATALOGUE.programme("nq28_hue"), base_status(CATALOGUE)
    made = OrgUnits.of(units)
    status = status_of(base, made, {}, {})
    shown, listing = Shown(), UnitTreeList()
    qtbot.addWidget(listing)
    listing.resize(800, 500)
    listing.show()
    before = time.process_time()
    root = unit_tree(NoStores(), Summary(programme, status, None, {}, ()), made)
    presenter = UnitTreePresenter(shown, lambda: TODAY)
    presenter.show_tree(root)
    listing.show_tree(shown.pages[-1])
    listing.expandAll()
    presenter.narrow("x12", None)
    listing.accept(shown.accepted)
    assert len(listing.rows.rows) == 3_551
    assert time.process_time() - before < 3  # half a second where nothing else runs
