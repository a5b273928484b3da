"""Two people at one PC, by keys only and on a real ledger: hand over, give back, put right, approve, the package."""

from __future__ import annotations

import pytest

from forms.exchange.statements import Prepared
from forms.model.period import Period
from forms.model.report import ReportState
from tests.ui.desktop.keyboard import CTRL, SHIFT, FolderAsk, Hands, Key, at_the_keyboard
from tests.ui.desktop.test_by_keyboard import HUNG, LAN, first_run, four_items

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q4 = Period("2025-Q4")
READ, ACTS = "Nội dung thay đổi", "Duyệt và niêm phong…"


@pytest.fixture
def ask(tmp_path):
    stick = tmp_path / "usb"
    stick.mkdir()
    return FolderAsk(stick)


@pytest.fixture
def hands(qtbot, tmp_path, ask):
    """Lan has noted four items in the ledger of Phú Xuân."""
    made = at_the_keyboard(qtbot, tmp_path / "so", ask)
    first_run(made, "phu xuan hue")
    four_items(made)
    yield made
    made.window.close()


def bench(hands: Hands):
    assert hands.window.workbench
    return hands.window.workbench


def state(hands: Hands) -> ReportState:
    return bench(hands).desk.entry.open("nq28_hue", Q4).state


def hand_over(hands: Hands) -> None:
    hands.visit("approval")
    assert hands.here == READ
    hands.push("Chuyển thủ trưởng duyệt")
    assert state(hands) is ReportState.CHECKED


def change_places(hands: Hands, password: str) -> None:
    """Who sits there leaves it to the other, who signs in."""
    hands.press(Key.Key_K, CTRL | SHIFT)
    assert hands.here == "Mật khẩu"
    hands.type(password)
    hands.press(Key.Key_Return)
    hands.settle()
    assert bench(hands).here == "home"


def paper(hands: Hands) -> str:
    return bench(hands).screen_shown._paper.toPlainText()


def test_from_the_preparers_hands_to_the_heads_back_and_on_to_the_package(hands, ask):
    hand_over(hands)
    handed = bench(hands).desk.approval.handed_over(bench(hands).desk.entry.open("nq28_hue", Q4))
    assert (handed.by.name, handed.to.name) == ("Nguyễn Thị Lan", "Trần Văn Hùng")

    change_places(hands, HUNG)
    assert hands.here == "Duyệt", "what waits for the head is one Enter away"
    hands.press(Key.Key_Return)
    assert (bench(hands).here, hands.here) == ("approval", READ)
    assert "Hop phu nu" in paper(hands)
    hands.go_to("Điều cần sửa")
    hands.type("Ghi ro ten truong thon")
    hands.push("Trả lại để sửa")
    assert state(hands) is ReportState.DRAFT

    change_places(hands, LAN)
    (first, *_) = bench(hands).desk.todo.now().items
    assert first.remark == "Ghi ro ten truong thon"
    hands.visit("news")
    hands.go_to("Danh mục tin, bài", Key.Key_Backtab)
    hands.press(Key.Key_Return)
    hands.go_to("Tên tin, bài")
    hands.press(Key.Key_End)
    hands.type(" thon Dong")
    hands.press(Key.Key_S, CTRL)
    hand_over(hands)
    assert " thon Dong\nMới: 25/11/2025" in paper(hands)
    ledger = bench(hands).desk.ledger
    with ledger.begin() as work:
        (key,) = work.pending.keys()
        prepared = work.pending.get(key).prepared

    change_places(hands, HUNG)
    hands.press(Key.Key_Return)
    hands.go_to(ACTS)
    hands.answer(lambda: hands.press(Key.Key_Return), Key.Key_Left, Key.Key_Return)
    assert state(hands) is ReportState.SEALED
    assert (bench(hands).here, hands.here) == ("packages", "Xuất tệp…")
    hands.press(Key.Key_Return)
    (file,) = ask.place.iterdir()
    assert file.name == "19753_2025-Q4_nq28_hue_R01.bdg"

    must_be(file.read_bytes(), prepared, hands)
    assert state(hands) is ReportState.EXPORTED


def must_be(package: bytes, prepared: Prepared, hands: Hands) -> None:
    """The very bytes that were handed over, under two seals."""
    opened = hands.window.program.codec.read(package, None)
    assert opened.digest == prepared.digest
    assert prepared.members["payload.json"] in package
    assert len(opened.seals) == 2


def test_the_preparer_takes_it_back_and_goes_on_typing(hands):
    hand_over(hands)
    hands.push("Lấy lại để sửa")
    assert (bench(hands).here, state(hands)) == ("entry", ReportState.DRAFT)


def test_from_the_last_figure_to_the_package_few_keys_are_needed(hands, capsys):
    """Both persons together, beside their passwords and the folder: no dialog of ours but the head's one decision."""
    before, asked = hands.keys, hands.boxes
    hand_over(hands)
    change_places(hands, HUNG)
    hands.press(Key.Key_Return)
    hands.go_to(ACTS)
    hands.answer(lambda: hands.press(Key.Key_Return), Key.Key_Left, Key.Key_Return)
    hands.press(Key.Key_Return)
    commands = hands.keys - before - len(HUNG)
    with capsys.disabled():
        print(
            f"\nhanding over, changing places, approving and writing out: {commands} keys, {hands.boxes - asked} question"
        )
    assert commands <= 16
    assert hands.boxes - asked == 1
