"""A fill-in workbook goes out, comes back, is looked at and taken: decided without a window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from forms.errors import Cancelled
from forms.model.cell import Cell, CellState
from forms.model.news_item import NewsItem, NewsKind
from forms.model.period import Period
from forms.services.workbooks import ImportLook
from tests.ui.desktop.parts import FakeFrame
from tests.ui.desktop.sticks import seal
from tests.ui.desktop.workbooks import FORM, Office, filled
from ui.desktop.importing.presenter import MOST, preview
from ui.desktop.shell import Location

Q4 = Location("nq28_hue", Period("2025-Q4"))
TOTALS = {"news_counted": 6, "news_brief": 6, "news_feature": 0, "news_own": 6, "news_relayed": 0, "news_airings": 6}
NAMED = {f"so.{name}": amount for name, amount in TOTALS.items()}


@pytest.fixture(scope="module")
def form() -> bytes:
    """The fill-in workbook of the fourth quarter, empty."""
    return Office().template(Q4)


@pytest.fixture
def xa() -> Office:
    office = Office()
    office.screen.start(Q4)
    return office


def draft(xa: Office):
    return xa.desk.entry.open(Q4.programme, Q4.period)


def test_the_form_goes_out_under_a_name_that_says_whose_and_for_when(xa):
    form = xa.template(Q4)
    assert list(xa.program.written) == [Path("/tmp/19804_2025-Q4_nq28_hue_phieu.xlsx")]
    assert form.startswith(b"PK")
    assert "Đã xuất 19804_2025-Q4_nq28_hue_phieu.xlsx" in xa.frame.said[-1]


def test_a_filled_form_is_looked_at_before_anything_is_written(xa, form):
    """6 cells were typed: 6 lines “trống → 6”, and the ledger is as it was."""
    xa.bring(filled(form, NAMED))
    assert xa.face.shown.words == "6 chỗ sẽ thay đổi"
    assert xa.face.lines()[:2] == [
        ["Sẽ thay đổi (6)"],
        ["Số liệu!H5", "1. Số tin, bài được tính trong quý", "trống", "6"],
    ]
    assert xa.face.shown.can_take
    assert draft(xa).cells == {}


def test_what_was_looked_at_is_taken_in_one_act(xa, form):
    xa.bring(filled(form, NAMED))
    xa.screen.take()
    assert {name: cell.amount for name, cell in draft(xa).cells.items()} == TOTALS
    assert xa.face.left == [Q4]
    assert xa.frame.said[-1] == "Đã nhập 6 chỗ vào báo cáo quý IV năm 2025."
    assert [kind for kind, _ in xa.desk.ledger.state.journal].count("import") == 1


def test_with_one_place_wrong_nothing_can_be_taken(xa, form):
    xa.bring(filled(form, NAMED | {"so.news_brief": "nhiều"}))
    shown = xa.face.shown
    assert xa.face.lines()[0] == ["Chưa nhập được (1)"]
    assert xa.face.lines()[1][0] == "Số liệu!H6"
    assert xa.face.lines()[1][1].startswith("1.1. Trong đó: tin\n“nhiều” không phải là số")
    assert shown.problems.startswith("Số liệu!H6 (1.1. Trong đó: tin): “nhiều” không phải là số. Chỉ gõ chữ số 0–9")
    assert not shown.can_take
    xa.screen.take()
    assert (xa.face.left, draft(xa).cells) == ([], {})


def test_the_file_put_right_is_read_again(xa, form):
    xa.bring(filled(form, NAMED | {"so.news_brief": "nhiều"}))
    xa.program.stick[FORM] = filled(form, NAMED)
    xa.screen.read_again()
    assert xa.face.shown.can_take


def test_a_file_that_says_what_the_ledger_says_has_nothing_to_take(xa, form):
    xa.bring(form)
    assert (xa.face.shown.words, xa.face.shown.can_take) == ("Không có gì khác với sổ", False)


def test_what_the_file_no_longer_has_is_shown_as_going(xa, form):
    """The ledger has a figure that the form sent earlier does not: taking the form takes it away, and that is said."""
    xa.desk.entry.put_cell(draft(xa), "news_counted", Cell(CellState.GIVEN, 3))
    xa.bring(form)
    assert xa.face.lines()[1][2:] == ["3", "xóa"]
    assert "1 chỗ đang có sẽ bị xóa" in xa.face.shown.advice


def test_a_form_of_another_quarter_is_refused_with_both_named(xa, form):
    xa.screen.choose(Location("nq28_hue", Period("2025-Q3")))
    xa.bring(filled(form, NAMED))
    assert xa.ask.asked == ["WORKBOOK_PERIOD"]
    assert xa.face.shown is None


def test_a_form_of_another_unit_is_refused(xa, form):
    xa.bring(filled(form, NAMED, lambda book: _stamp(book, "unit", "19815")))
    assert xa.ask.asked == ["WORKBOOK_UNIT"]


def _stamp(book, key: str, value: str) -> None:
    sheet = book["_sobinhdang"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == key:
                cell.offset(column=1).value = value


def test_a_file_that_is_no_workbook_is_refused_and_one_may_choose_another(xa, form):
    xa.bring(b"<html></html>")
    assert xa.ask.asked == ["WORKBOOK_KIND"]
    xa.bring(filled(form, NAMED))
    assert xa.face.shown.can_take


def test_a_sealed_report_is_filled_as_its_correction_once_agreed_to(xa):
    for day in (1, 8, 15, 22):
        xa.desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("loudspeaker",)))
    seal(xa.desk)
    data = filled(xa.template(Q4), {"loi_van.highlights": "Đã đính chính."})
    xa.bring(data)
    assert xa.ask.asked == ["Nhập thành bản thay thế quý IV năm 2025?"]
    assert draft(xa).revision == 1, "a preview opens no correction"
    xa.screen.take()
    assert (draft(xa).revision, draft(xa).narratives["highlights"]) == (2, "Đã đính chính.")


def test_a_sealed_report_stays_sealed_when_that_is_declined(xa):
    for day in (1, 8, 15, 22):
        xa.desk.news.save(NewsItem("", date(2025, 10, day), f"Tin {day}", NewsKind.BRIEF, ("loudspeaker",)))
    seal(xa.desk)
    xa.screen.start(Q4)
    xa.ask.yes = False
    xa.bring(b"never read")
    assert (xa.program.reads, xa.face.shown) == (0, None)


def test_old_text_waits_for_an_agreement_and_is_shown_converted(xa, form):
    """§· ph¸t ®éng … → Đã phát động …"""
    xa.bring(filled(form, {"loi_van.highlights": "§· ph¸t ®éng th¸ng hµnh ®éng"}))
    shown = xa.face.shown
    assert (shown.offer, shown.agreed, shown.can_take) == ("Chuyển 1 ô chữ TCVN3 (ABC) sang Unicode", False, False)
    assert [
        "Lời văn!D5",
        "TCVN3 (ABC)",
        "§· ph¸t ®éng th¸ng hµnh ®éng",
        "Đã phát động tháng hành động",
    ] in xa.face.lines()
    xa.screen.agree(True)
    assert (xa.face.shown.agreed, xa.face.shown.can_take) == (True, True)
    xa.screen.agree(False)
    assert not xa.face.shown.can_take
    xa.screen.agree(True)
    xa.screen.take()
    assert draft(xa).narratives["highlights"] == "Đã phát động tháng hành động"


def test_a_reading_that_is_stopped_leaves_one_where_one_was(xa, form):
    class Impatient(FakeFrame):
        def work(self, title, work, done):
            def stop(done: int, total: int) -> None:
                raise Cancelled

            done(work(stop))

    xa.screen._frame = Impatient(xa.ask)
    xa.bring(filled(form, NAMED))
    assert (xa.face.shown, xa.ask.asked) == (None, [])
    assert xa.screen._frame.said == [Cancelled().message]


def test_when_the_dialog_is_gone_nothing_is_shown_any_more(xa, form):
    class Slow(FakeFrame):
        def work(self, title, work, done):
            self.later = lambda: done(work(lambda *_: None))

    xa.screen._frame = slow = Slow(xa.ask)
    xa.bring(filled(form, NAMED))
    xa.screen.stop()
    slow.later()
    assert xa.face.shown is None


def test_only_reports_that_ask_something_of_this_office_are_offered(xa):
    xa.screen.start(None)
    assert xa.face.place == Q4
    assert xa.face.words == "Quý IV năm 2025: đang nhập, đã có 0/12 ô."


def test_a_long_list_is_cut_and_says_how_much_is_left(xa, form):
    xa.bring(filled(form, NAMED))
    look = xa.screen._look
    shown = preview("tệp", ImportLook(look.given, look.changes * MOST))
    assert len(shown.rows) == MOST + 2
    assert shown.rows[-1].items[1].text == "… và 1.500 chỗ nữa"
