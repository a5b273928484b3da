"""Programmes by keys only, on two real ledgers: a province copies, changes, releases and hands down; a commune takes it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel

from forms.all_services import Services
from forms.model.cell import given
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.period import Period
from forms.summary.verdict import Verdict
from tests.forms.services.test_programmes import verdict
from tests.ui.desktop.keyboard import CTRL, FolderAsk, Hands, Key, StillProgram, at_the_keyboard

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
LAN, HUNG = "bon tu de nho", "mot cau that dai"
COPY, SHARE = "nq28_hue_46", "Mức phải đạt"
YEAR = Period("2025")
LIST, FIELDS = "Danh sách chương trình", "Các mục của bản soạn"


@pytest.fixture
def ask(tmp_path):
    stick = tmp_path / "usb"
    stick.mkdir()
    return FolderAsk(stick)


@pytest.fixture
def enter(qtbot, tmp_path, ask):
    """The hands of Lan on the page of programmes of a real ledger, made when it is first entered."""
    opened = []

    def at(code: str, *, collates: bool = False) -> Hands:
        folder = tmp_path / code
        program = StillProgram(folder)
        if not folder.exists():
            unit = program.units.get(code, program.clock().date())
            people = [
                NewPerson("Nguyễn Thị Lan", "Công chức", PersonRole.PREPARER, LAN),
                NewPerson("Trần Văn Hùng", "Chủ tịch", PersonRole.HEAD, HUNG),
            ]
            office = Office(unit.key, unit.full_name, collates, unit.parent, kind=unit.kind)
            program.house.create(folder, office, people)[0].close()
        hands = at_the_keyboard(qtbot, folder, ask)
        opened.append(hands)
        hands.type(LAN)
        hands.press(Key.Key_Return)
        hands.settle()
        hands.visit("programmes")
        hands.go_to(LIST)
        return hands

    yield at
    for hands in opened:
        hands.window.close()


def desk(hands: Hands) -> Services:
    return hands.window.workbench.desk


def said(hands: Hands) -> str:
    """All that stands in words on the window, or on the dialog over it."""
    return "\n".join(label.text() for label in hands.focus.window().findChildren(QLabel) if label.isVisible())


def retype(hands: Hands, text: str) -> None:
    hands.press(Key.Key_A, CTRL)
    hands.type(text)
    hands.press(Key.Key_Return)


def copy(hands: Hands) -> None:
    """The plan of Huế, which the office follows, under another name: its draft is open."""
    hands.push("Chép thành chương trình riêng…")
    hands.settle()
    assert hands.here == "Tên chương trình"
    retype(hands, "Ke hoach moi cua thanh pho")
    assert hands.here == FIELDS


def to_the_share(hands: Hands) -> None:
    """Ctrl+F finds the target of 1.1; Down to its amount, Enter to change it."""
    hands.press(Key.Key_F, CTRL)
    hands.press(Key.Key_A, CTRL)
    hands.type("1.1 ty le cac co quan")
    hands.go_to(FIELDS)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert hands.here == SHARE


def release(hands: Hands, amount: str) -> None:
    to_the_share(hands)
    retype(hands, amount)
    hands.push("Phát hành…", Key.Key_Backtab)
    assert hands.here == "Những mục đã sửa", "what is different is read first"
    hands.push("Phát hành", Key.Key_Backtab)
    hands.settle()


def supply(hands: Hands) -> None:
    hands.go_to(LIST)
    hands.push("Xuất tệp cấp phát…")
    hands.settle()
    assert hands.here == "Mật khẩu của thủ trưởng"
    hands.type(HUNG)
    hands.press(Key.Key_Return)
    hands.settle()


def test_from_the_copy_to_the_target_that_judges_in_the_commune(enter, ask):
    """60 in the plan; the province's copy asks 65: 62 of 100 do not reach it in the commune that took the copy."""
    province = enter("46", collates=True)
    copy(province)
    release(province, "65")
    assert desk(province).drafting.drafts() == ()
    assert desk(province).catalogue.programme(COPY).title == "Ke hoach moi cua thanh pho"
    supply(province)
    (file,) = ask.place.iterdir()
    assert file.name == "46_2025-12-30_cap-phat.bdc"
    key, digits = desk(province).enrolment.request(desk(province).ledger.signer(head_of(province), HUNG))
    province.window.close()

    commune = enter("19804")
    ask.files = [file]
    commune.push("Nhận tệp cấp phát…", Key.Key_Backtab)
    assert commune.here == "Đến Sổ khóa"
    assert "30 chữ số" in said(commune)
    commune.press(Key.Key_Space)
    assert commune.here == "Sổ khóa"
    ask.files = [ask.place / "khoa.bdk"]
    ask.files[0].write_bytes(key)
    commune.push("Đăng ký khóa mới…")
    commune.type(digits)
    commune.press(Key.Key_Return)
    (enrolled,) = desk(commune).enrolment.keys()
    assert enrolled.person == "Trần Văn Hùng"

    ask.files = [file]
    commune.push("Nhận tệp cấp phát…", Key.Key_Backtab)
    assert commune.here == "Nhận vào sổ"
    assert "Tệp cấp phát của Thành phố Huế" in said(commune)
    commune.press(Key.Key_Space)
    commune.settle()
    assert commune.window.workbench.here == "programmes"
    assert [one.id for one in desk(commune).programmes.followed()] == ["nq28_hue", COPY]
    judged = [verdict(desk(commune), id) for id in ("nq28_hue", COPY)]
    assert judged == [Verdict.MET, Verdict.NOT_MET]


def head_of(hands: Hands) -> str:
    return next(one.keyid for one in desk(hands).enrolment.people() if one.role is PersonRole.HEAD)


def test_what_is_refused_is_said_beside_the_field_and_nothing_is_kept(enter):
    hands = enter("46", collates=True)
    copy(hands)
    to_the_share(hands)
    retype(hands, "sau muoi")
    assert hands.here == SHARE
    assert "“sau muoi” không phải là số" in said(hands)
    hands.press(Key.Key_Escape)
    assert hands.here == FIELDS
    (draft,) = desk(hands).drafting.drafts()
    assert "65" not in [change.new for change in desk(hands).drafting.changes(draft)]


def test_a_field_that_is_left_by_tab_is_kept(enter):
    hands = enter("46", collates=True)
    copy(hands)
    to_the_share(hands)
    hands.type("65")
    hands.press(Key.Key_Tab)
    (draft,) = desk(hands).drafting.drafts()
    assert "65" in [change.new for change in desk(hands).drafting.changes(draft)]


def test_a_tick_changes_by_space_and_keeps_the_keys(enter):
    """The target of 1.1: verified against the original; after a change of its figure it is not."""
    hands = enter("46", collates=True)
    copy(hands)
    to_the_share(hands)
    retype(hands, "65")
    hands.press(Key.Key_Down, times=3)
    hands.press(Key.Key_Return)
    assert hands.here == "Có"
    assert not hands.focus.isChecked()
    hands.press(Key.Key_Space)
    assert (hands.here, hands.focus.isChecked()) == ("Có", True)
    hands.press(Key.Key_Escape)
    assert hands.here == FIELDS
    hands.press(Key.Key_Escape)
    assert hands.here == LIST


def test_a_milestone_is_added_beside_the_others(enter):
    hands = enter("46", collates=True)
    copy(hands)
    to_the_share(hands)
    hands.push("Thêm mốc…")
    hands.settle()
    hands.type("2025")
    hands.go_to("Mức phải đạt")
    hands.type("80")
    hands.press(Key.Key_Return)
    assert "Đã có mốc năm 2025" in said(hands)
    hands.go_to("Năm của mốc", Key.Key_Backtab)
    hands.press(Key.Key_A, CTRL)
    hands.type("2035")
    hands.press(Key.Key_Return)
    assert "dành cho các năm 2021–2025" in said(hands)
    hands.go_to("Năm của mốc", Key.Key_Backtab)
    hands.press(Key.Key_A, CTRL)
    hands.type("2024")
    hands.press(Key.Key_Return)
    hands.settle()
    assert hands.here == FIELDS
    (draft,) = desk(hands).drafting.drafts()
    added = [change.new for change in desk(hands).drafting.changes(draft) if change.where.endswith("Mốc năm 2024")]
    assert added == ["ít nhất (≥) · 80 · 80%"]


def test_the_wrong_password_of_the_head_is_said_and_no_file_is_written(enter, ask):
    hands = enter("46", collates=True)
    hands.push("Xuất tệp cấp phát…")
    hands.settle()
    hands.type("khong phai")
    hands.press(Key.Key_Return)
    hands.settle()
    assert "Mật khẩu không đúng" in said(hands)
    hands.press(Key.Key_Escape)
    assert list(ask.place.iterdir()) == []


def test_space_follows_and_a_draft_that_is_not_wanted_goes(enter):
    hands = enter("46", collates=True)
    hands.press(Key.Key_Down)
    id = hands.focus.chosen_id.partition(".")[0]
    hands.press(Key.Key_Space)
    assert [one.id for one in desk(hands).programmes.followed()] == ["nq28_hue", id]
    hands.press(Key.Key_Space)
    assert [one.id for one in desk(hands).programmes.followed()] == ["nq28_hue"]
    copy(hands)
    hands.go_to("Bỏ bản soạn…", Key.Key_Backtab)
    hands.answer(lambda: hands.press(Key.Key_Space), Key.Key_Left, Key.Key_Return)
    assert hands.here == LIST
    assert desk(hands).drafting.drafts() == ()


def test_a_draft_of_figures_moves_to_the_version_that_was_released(enter):
    """The quarter begun under version 1 is moved in the tab of old versions, once what it loses was read."""
    hands = enter("46", collates=True)
    copy(hands)
    release(hands, "65")
    report = desk(hands).entry.open(COPY, YEAR)
    desk(hands).entry.put_cell(report, "agencies.committee", given(Decimal(1)))
    hands.go_to(LIST)
    hands.push("Soạn phiên bản tiếp theo")
    release(hands, "70")
    hands.go_to("Các trang của Chương trình", Key.Key_Backtab)
    hands.press(Key.Key_Right)
    hands.go_to("Chuyển sang phiên bản mới…")
    hands.answer(lambda: hands.press(Key.Key_Space), Key.Key_Left, Key.Key_Return)
    moved = desk(hands).entry.open(COPY, YEAR)
    assert (moved.form.programme_version, moved.cell("agencies.committee").amount) == (2, Decimal(1))
