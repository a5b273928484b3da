"""What is done with the report as a whole: sealing, handing over, taking back, a newer version, another report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.all_services import open_services
from forms.model.cell import given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import Office, PersonRole
from forms.model.period import Period
from forms.model.report import ReportState
from forms.programmes.catalogue import Catalogue, parse_pack
from tests import fakes
from tests.small_form import FORM, PROGRAMME
from tests.ui.desktop.keyboard import Key, in_front_of
from tests.ui.desktop.parts import PASSWORD, FakeFrame, FakeProgram, desk_of
from ui.desktop.entry.view import EntryView
from ui.desktop.sealing.dialog import SealDialog, standing

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Q4 = Period("2025-Q4")


@pytest.fixture
def program():
    return FakeProgram()


@pytest.fixture
def desk(program):
    return desk_of(program)


@pytest.fixture
def frame():
    return FakeFrame()


@pytest.fixture
def screen(qtbot, desk, program, frame):
    """The keys on the entry screen with a quarter that is ready to be sealed."""
    for day in (1, 2, 3, 4):
        desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("website",)))
    view = EntryView(desk, program, frame)
    hands = in_front_of(qtbot, view)
    view.resize(1152, 744)
    view.entered("2025-Q4")
    hands.settle()
    return hands


def state(desk) -> ReportState:
    return desk.entry.open("nq28_hue", Q4).state


def offered(screen) -> list[str]:
    return [button.text() for button in screen.window._acts.buttons if button.isVisible()]


def test_both_seal_each_with_a_password_and_the_package_is_written(screen, desk, program):
    assert offered(screen) == ["Niêm phong…"]
    screen.push("Niêm phong…", Key.Key_Backtab)
    screen.type("sai")
    screen.go_to("Mật khẩu của thủ trưởng đơn vị")
    screen.type("sai")
    screen.push("Niêm phong")
    dialog = screen.window.findChild(SealDialog)
    assert "Mật khẩu không đúng" in dialog._problem.text()
    for _, password in dialog._hands:
        password.setText(PASSWORD)
    screen.push("Niêm phong")
    assert [file.name for file in program.written] == ["19804_2025-Q4_nq28_hue_R01.bdg"]
    assert state(desk) is ReportState.EXPORTED
    assert offered(screen) == ["Xuất gói…", "Mở bản thay thế"]


def test_what_was_sealed_while_its_file_was_never_written_is_written_by_the_same_key(
    screen, desk, program, frame, tmp_path
):
    """The program was killed in between: F12 says so and asks where the file goes, without a password."""
    desk.sealing.seal("nq28_hue", Q4, desk.ledger.signers())
    screen.window.entered("2025-Q4")
    screen.settle()
    frame.ask.place = tmp_path
    screen.press(Key.Key_F12)
    screen.settle()
    assert any("chưa ghi tệp gói" in words for words in frame.said)
    assert (state(desk), len(program.written)) == (ReportState.EXPORTED, 1)


def test_a_preparer_leaves_the_other_seal_to_the_head_and_may_take_it_back(screen, desk, frame):
    screen.push("Niêm phong…", Key.Key_Backtab)
    screen.push("Chuyển thủ trưởng duyệt")
    assert state(desk) is ReportState.CHECKED
    assert frame.said == ["Đã chuyển Người H19804 – Công chức duyệt."]
    assert (offered(screen), screen.here) == (["Lấy lại để sửa"], "Bảng nhập số liệu")
    screen.type("7")
    assert "Lấy lại để sửa" in screen.window._strip._keys.text()
    screen.push("Lấy lại để sửa", Key.Key_Backtab)
    assert state(desk) is ReportState.DRAFT
    assert offered(screen) == ["Niêm phong…"]


def test_what_the_head_wants_changed_stands_above_the_grid(screen, desk):
    screen.push("Niêm phong…", Key.Key_Backtab)
    screen.push("Chuyển thủ trưởng duyệt")
    desk.approval.take_back("nq28_hue", Q4, "Xem lại số tin tiếp phát")
    screen.window.entered("")
    remark = screen.window._acts.banners[0]
    assert remark.isVisible()
    assert remark._words.text() == "Thủ trưởng trả lại để sửa: Xem lại số tin tiếp phát"


def test_only_a_preparer_who_has_a_head_hands_over(desk):
    assert desk.sealing.hands(desk.ledger.person).may_hand_over
    desk.ledger.state.people = desk.ledger.state.people[::-1]
    assert not desk.sealing.hands(desk.ledger.person).may_hand_over, "the head is signed in"
    desk.ledger.state.people = (fakes.person("S", PersonRole.SOLE),)
    alone = desk.sealing.hands(desk.ledger.person)
    assert ([role.value for role, _ in alone.roles], alone.may_hand_over) == (["sole_officer"], False)


def test_a_correction_is_opened_in_place(screen, desk, frame):
    desk.sealing.seal("nq28_hue", Q4, desk.ledger.signers())
    screen.window.entered("")
    screen.push("Mở bản thay thế", Key.Key_Backtab)
    assert frame.ask.asked == ["Mở bản thay thế?"]
    assert (state(desk), screen.here) == (ReportState.DRAFT, "Bảng nhập số liệu")
    assert "lần gửi 2" in screen.window._state.text()


def test_what_blocks_the_seal_is_said_before_any_password(desk):
    words, tone = standing(desk.sealing.findings(desk.entry.open("nq28_hue", Period("2025"))))
    assert (tone, "50 điểm" in words) == ("error", True)


def test_the_seal_asks_what_the_screen_asks_with_the_periods_before(desk):
    """A figure that is unusual after the year before blocks on the screen and in the dialog alike."""
    for year, amount in (("2024", 6000), ("2025", 60000)):
        report = desk.entry.open("nq28_hue", Period(year))
        desk.entry.put_cell(report, "population.female", given(amount))
    found = desk.sealing.findings(desk.entry.open("nq28_hue", Period("2025")))
    assert "unusual:population.female" in [one.check for one in found]


def pack(version: int, form: str = FORM):
    head = PROGRAMME.replace("version = 1", f"version = {version}")
    return parse_pack(f"small.v{version}", {"programme.toml": head.encode(), "year.toml": form.encode()})


def newer(desk_now, program):
    """The same ledger in a program that knows version 2, in which the second count has no men any more."""
    vars(program)["catalogue"] = Catalogue(
        (pack(1), pack(2, FORM.replace('count = "reached"', 'count = "came"').replace("reached", "came")))
    )
    return open_services(program, desk_now.ledger)


@pytest.fixture
def outdated(program):
    """A draft begun under version 1, seen by a program with version 2."""
    vars(program)["catalogue"] = Catalogue((pack(1),))
    unit = program.units.get("19804", program.now.date())
    first = open_services(program, fakes.FakeLedger(Office(unit.key, unit.full_name, programme="small", kind="ward")))
    report = first.entry.open("small", Period("2025"))
    first.entry.put_cells(report, [("reached.female", given(5)), ("population.female", given(9))])
    return newer(first, program)


def test_a_draft_under_an_older_version_is_offered_the_new_one_and_told_what_it_loses(qtbot, outdated, program):
    frame = FakeFrame()
    told = []
    frame.ask.confirm = lambda title, text, yes: bool(told.append(text)) or True
    view = EntryView(outdated, program, frame)
    hands = in_front_of(qtbot, view)
    view.entered("2025")
    assert "phiên bản 1" in view._acts.banners[2]._words.text()
    hands.push("Chuyển sang phiên bản mới", Key.Key_Backtab)
    assert "Mất 1 ô không còn trong biểu" in told[0]
    assert "Dân số được tiếp cận – Nữ" in told[0]
    report = outdated.entry.open("small", Period("2025"))
    assert (report.form.programme_version, dict(report.cells)) == (2, {"population.female": given(9)})
    assert not view._acts.banners[2].isVisible()
    assert "came.female" in view._model.layout.places


def test_who_declines_stays_under_the_old_version(qtbot, outdated, program):
    frame = FakeFrame()
    frame.ask.yes = False
    view = EntryView(outdated, program, frame)
    hands = in_front_of(qtbot, view)
    view.entered("2025")
    hands.push("Chuyển sang phiên bản mới", Key.Key_Backtab)
    assert outdated.entry.open("small", Period("2025")).form.programme_version == 1
    hands.type("7")
    hands.press(Key.Key_Return)
    assert outdated.entry.open("small", Period("2025")).cell("reached.female") == replace(given(7))


def test_another_report_is_chosen_by_keys_and_what_was_being_typed_is_kept(screen, desk):
    screen.window.entered("2025")
    screen.type("1")
    screen.go_to("Kỳ báo cáo", Key.Key_Backtab)
    screen.press(Key.Key_Down)
    assert screen.window._presenter.opened.report.period == Period("2024")
    assert desk.entry.open("nq28_hue", Period("2025")).cell("women_led_agencies.council") == given(1)
    assert screen.here == "Kỳ báo cáo", "one may go on choosing; Enter goes to the grid"
    screen.press(Key.Key_Return)
    assert screen.here == "Bảng nhập số liệu"


def test_what_is_filled_on_another_screen_is_opened_by_enter_from_the_list(screen, frame):
    screen.go_to("Các phần của báo cáo", Key.Key_Backtab)
    screen.press(Key.Key_Down)
    assert frame.gone == [], "walking past opens nothing"
    screen.press(Key.Key_Return)
    assert frame.gone[0] == ("news", "nq28_hue/2025-Q4/calendar#")
