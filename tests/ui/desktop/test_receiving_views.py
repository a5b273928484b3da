"""The screens of packages, receiving and printing as widgets: what a click, a key and a dropped stick do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from forms.errors import ExportError
from forms.model.period import Period
from tests.ui.desktop.parts import FakeFrame, desk_of
from tests.ui.desktop.sticks import DIGITS, HUE, ChoosingAsk, StickProgram, bring, commune, seal
from ui.desktop.app import application
from ui.desktop.ledger_view import LedgerView
from ui.desktop.packages.presenter import KeySheet
from ui.desktop.packages.view import PackagesView, sheet_pdf
from ui.desktop.printing.preview import PdfPages
from ui.desktop.printing.view import PrintingView
from ui.desktop.receiving.view import ReceivingView
from ui.desktop.rows import ListColumnHead, ListItem, heading, row
from ui.desktop.shell import Location
from ui.desktop.widgets.cards import FileDrop
from ui.desktop.widgets.listing import Listing

SHEET = KeySheet("Xã Bình Điền (mã 19804)", "Lê Thị <Mới>", "Chủ tịch", "Thủ trưởng đơn vị", DIGITS, "19804_khoa.bdk")


@pytest.fixture(scope="session")
def qapp():
    return application()


@pytest.fixture
def hue(qtbot):
    program, ask = StickProgram(), ChoosingAsk()
    office = desk_of(program, HUE, collates=True)
    view = ReceivingView(office, program, FakeFrame(ask))
    view.program, view.office, view.ask = program, office, ask
    shown(qtbot, view)
    return view


def shown(qtbot, view: QWidget) -> None:
    qtbot.addWidget(view)
    view.resize(1152, 700)  # the room beside the rail at 1366×768
    view.show()
    view.entered("")


def button(view: QWidget, words: str) -> QAbstractButton:
    return next(b for b in view.findChildren(QAbstractButton) if b.text().replace("&", "") == words and b.isVisible())


def press(qtbot, view: QWidget, words: str) -> None:
    qtbot.mouseClick(button(view, words), Qt.MouseButton.LeftButton)


def dropped(target: QWidget, *paths: Path) -> bool:
    """Whether the widget took it."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    kinds = (Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), *kinds)
    enter.ignore()
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), *kinds))
    return enter.isAccepted()


def test_a_stick_is_looked_at_received_and_taken_back(hue, qtbot):
    hue.brought(bring(hue.program, hue.office, c19804=4))
    press(qtbot, hue, "Nhận vào sổ")
    assert hue._units._counted.text().startswith("40 xã, phường: 1 ")
    press(qtbot, hue, "Hoàn tác đợt vừa nhận (1 gói)…")
    assert hue._units._counted.text().startswith("40 xã, phường: 0 ")
    assert not hue._undo.isVisible()


def test_with_nothing_new_the_button_is_off(hue, qtbot):
    paths = bring(hue.program, hue.office, c19804=4)
    for _ in range(2):
        hue.brought(paths)
        hue._preview._receive.click()
    hue.brought(paths)
    assert not button(hue, "Nhận vào sổ").isEnabled()
    press(qtbot, hue, "Bỏ, chưa nhận")
    assert hue._units.isVisible()


def test_the_whole_sentence_of_a_refused_file_stands_below_the_list(hue):
    hue.program.stick[Path("/stick/x.bdg")] = b"?"
    hue.brought([Path("/stick/x.bdg")])
    assert hue._preview._detail.text() == f"Tệp hỏng. Chép lại từ đơn vị gửi.\n{Path('/stick/x.bdg')}"


def test_a_unit_is_opened_with_enter_and_left_with_escape(hue, qtbot):
    hue.brought(bring(hue.program, hue.office, c19804=4))
    press(qtbot, hue, "Nhận vào sổ")
    hue._units.tree.stand("19804")
    qtbot.keyClick(hue._units.tree, Qt.Key.Key_Return)
    assert hue._unit.isVisible()
    qtbot.keyClick(hue._unit._list, Qt.Key.Key_Escape)
    assert hue._units.isVisible()


def test_a_key_is_let_in_by_typing_its_digits(hue, qtbot):
    hue.program.stick[Path("/stick/khoa.bdg")] = b"key"
    hue.ask.files = [Path("/stick/khoa.bdg")]
    hue._tabs.setCurrentWidget(hue._register)
    press(qtbot, hue, "Đăng ký khóa mới…")
    digits = hue._register._applicant._digits
    assert not button(hue, "Đăng ký khóa này").isEnabled()
    qtbot.keyClicks(digits, DIGITS)
    qtbot.keyClick(digits, Qt.Key.Key_Return)
    assert hue._register.listing.model().rowCount() == 1
    assert not digits.isVisible()


def test_a_dropped_key_file_opens_the_register(hue):
    hue.program.stick[Path("/stick/khoa.bdk")] = b"key"
    hue.brought([Path("/stick/khoa.bdk")])
    assert hue._register._applicant.isVisible()


def test_batches_are_undone_from_their_list(hue, qtbot):
    hue.brought(bring(hue.program, hue.office, c19804=4))
    press(qtbot, hue, "Nhận vào sổ")
    hue._tabs.setCurrentWidget(hue._batches)
    assert not button(hue, "Hoàn tác đợt đang chọn…").isEnabled()
    hue._batches.listing.selectRow(0)
    press(qtbot, hue, "Hoàn tác đợt đang chọn…")
    assert hue._batches.listing.model().rowCount() == 0


def test_another_period_is_chosen_from_the_keyboard(hue, qtbot):
    qtbot.keyClick(hue._picker._forms, Qt.Key.Key_Down)
    qtbot.keyClick(hue._picker._periods, Qt.Key.Key_End)
    assert hue._presenter.place == str(Location("nq28_hue", Period("2021")))
    assert hue._results.listing.model().rowCount() > 1


def test_files_are_taken_wherever_they_fall(qtbot):
    window, came = QWidget(), []
    qtbot.addWidget(window)
    FileDrop(window, came.extend)
    assert dropped(window, Path("/stick/a.bdg"), Path("/stick"))
    assert came == [Path("/stick/a.bdg"), Path("/stick")]
    assert not dropped(window)


def test_a_stick_dropped_on_any_screen_is_looked_at(qtbot):
    program = StickProgram()
    office, frame = desk_of(program, HUE, collates=True), FakeFrame(ChoosingAsk())
    bench = LedgerView(office, program, frame)
    qtbot.addWidget(bench)
    bench.go("home")
    assert dropped(bench, *bring(program, office, c19804=4))
    assert bench.screen_shown._preview._title.text() == "Vừa đọc: 1 mới"


def test_an_office_that_only_reports_takes_no_stick(qtbot):
    program = StickProgram()
    bench = LedgerView(commune(program, "19804"), program, FakeFrame(ChoosingAsk()))
    qtbot.addWidget(bench)
    assert not dropped(bench, Path("/stick/a.bdg"))


def test_the_list_model_keeps_qts_rules(qtbot):
    listing = Listing("Thử", wraps=True)
    qtbot.addWidget(listing)
    QAbstractItemModelTester(listing.model(), QAbstractItemModelTester.FailureReportingMode.Warning, listing)
    columns = (ListColumnHead("Tên"), ListColumnHead("Số", 60, "right"))
    listing.show_rows(
        columns, [heading("Phần 1"), row("a", ListItem("Một", "good", "done"), "1"), row("b", "Hai", "2")], "b"
    )
    assert listing.chosen_id == "b"
    listing.show_rows(columns, [row("b", "Hai", "2")])
    assert listing.chosen_id == "b"
    listing.show_rows(columns, [])
    assert listing.chosen_id == ""


def test_long_words_take_the_lines_they_need(qtbot):
    listing = Listing("Thử", wraps=True)
    qtbot.addWidget(listing)
    listing.resize(300, 300)
    listing.show()
    listing.show_rows((ListColumnHead("Tên"),), [row("a", "ngắn"), row("b", "một chỉ tiêu có tên rất dài " * 6)])
    assert listing.rowHeight(1) > 2 * listing.rowHeight(0)


def test_a_list_that_grows_gives_the_room_to_the_column_without_a_width(qtbot):
    """Trong bảng tính | Nội dung ……… | Đang có"""
    listing = Listing("Thử", wraps=True)
    qtbot.addWidget(listing)
    listing.resize(400, 300)
    listing.show()
    listing.show_rows(
        (ListColumnHead("Chỗ", 80), ListColumnHead("Nội dung"), ListColumnHead("Có", 60)), [row("a", "A1", "Một", "1")]
    )
    narrow = listing.columnWidth(1)
    listing.resize(600, 300)
    assert [listing.columnWidth(number) for number in range(3)] == [80, narrow + 200, 60]


def test_the_last_of_few_words_has_the_room_of_the_columns_behind_it(qtbot):
    """A1 | what is wrong there, in one line over both columns; a row that was tall is low again."""
    listing = Listing("Thử", wraps=True)
    qtbot.addWidget(listing)
    listing.resize(800, 300)
    listing.show()
    columns = (ListColumnHead("Chỗ", 80), ListColumnHead("Nội dung", 120), ListColumnHead("Có"))
    listing.show_rows(columns, [row("a", "A1", "một chỉ tiêu có tên dài " * 2, "")])
    tall = listing.rowHeight(0)
    listing.show_rows(columns, [row("a", "A1", "một chỉ tiêu có tên dài " * 2)])
    assert (listing.columnSpan(0, 1), listing.rowHeight(0) < tall) == (2, True)


def test_a_package_is_written_out_from_the_keyboard(qtbot):
    program = StickProgram()
    office = commune(program, "19804", 1, 2, 3, 4)
    raw = seal(office)
    view = PackagesView(office, program, FakeFrame(ChoosingAsk()))
    shown(qtbot, view)
    qtbot.keyClick(view._list, Qt.Key.Key_Return)
    assert list(program.written.values()) == [raw]


def test_before_anything_is_sealed_the_way_to_the_figures_is_shown(qtbot):
    program, frame = StickProgram(), FakeFrame(ChoosingAsk())
    view = PackagesView(commune(program, "19804"), program, frame)
    shown(qtbot, view)
    press(qtbot, view, "Mở trang Nhập số liệu")
    assert frame.gone == [("entry", "")]


def test_the_head_is_asked_for_a_password_and_the_sheet_is_saved(qtbot):
    program = StickProgram()
    view = PackagesView(commune(program, "19804"), program, FakeFrame(ChoosingAsk()))
    shown(qtbot, view)
    key = view._key
    assert not key._password.isVisible()
    qtbot.keyClick(key._person, Qt.Key.Key_Down)
    key._password.setText("đúng mật khẩu")  # QTest types ASCII only
    qtbot.keyClick(key._password, Qt.Key.Key_Return)
    assert key._digits.text().split() == DIGITS.split()
    press(qtbot, view, "Lưu phiếu PDF…")
    assert [path.suffix for path in program.written] == [".bdk", ".pdf"]


def test_the_sheet_is_one_page_of_a4(qapp):
    pages = PdfPages(sheet_pdf(SHEET))
    assert [(round(size.width()), round(size.height())) for size in pages.sizes] == [(595, 842)]
    pages.close()


def test_the_printed_report_is_shown_page_by_page(qtbot):
    program, frame = StickProgram(paper=sheet_pdf(SHEET)), FakeFrame(ChoosingAsk())
    view = PrintingView(commune(program, "19804", 1, 2, 3, 4), program, frame)
    shown(qtbot, view)
    assert view._report.paper._page.text() == "Trang 1/1"
    before = view._report.paper._zoom.text()
    press(qtbot, view, "Thu nhỏ")
    assert int(view._report.paper._zoom.text().split()[0]) < int(before.split()[0])
    press(qtbot, view, "Vừa bề ngang")
    assert view._report.paper._zoom.text() == before
    assert (
        view._report.paper.preview.grab()
        .toImage()
        .pixelColor(QSize(view._report.paper.preview.size() / 2).width(), 60)
        .lightness()
        > 250
    )


def test_the_report_is_printed_at_the_size_of_the_sheet(qtbot, tmp_path):
    program, ask = StickProgram(paper=sheet_pdf(SHEET)), ChoosingAsk()
    frame = FakeFrame(ask)
    view = PrintingView(commune(program, "19804", 1, 2, 3, 4), program, frame)
    shown(qtbot, view)
    paper = QPrinter()
    paper.setOutputFileName(str(tmp_path / "in.pdf"))
    ask.printer = lambda pages: paper
    press(qtbot, view, "In…")
    printed = PdfPages((tmp_path / "in.pdf").read_bytes())
    assert [(round(size.width()), round(size.height())) for size in printed.sizes] == [(595, 842)]
    printed.close()
    assert frame.said == ["Đã gửi báo cáo tới máy in."]


def test_a_report_that_cannot_be_drawn_leaves_nothing_to_print(qtbot):
    program = StickProgram(unprintable=ExportError("FONT", "Thiếu phông chữ. Cài lại phần mềm."))
    view = PrintingView(commune(program, "19804", 1), program, FakeFrame(ChoosingAsk()))
    shown(qtbot, view)
    assert view._report.paper._words.text() == "Thiếu phông chữ. Cài lại phần mềm."
    assert not button(view, "In…").isEnabled()


def test_every_input_has_a_name_that_is_read_aloud(hue):
    nameless = [w for w in hue.findChildren(QLineEdit) if not w.accessibleName()]
    assert nameless == []
